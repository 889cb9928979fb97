//! Everything known of an enterprise in the shape that rule sets read.

use chrono::Datelike;

use super::facts::detail_of_row;
use super::record::find_enterprise;
use crate::enterprises::db;
use crate::enterprises::model::EnterpriseId;
use crate::enterprises::rules::facts::{add_fact, legal_person};
use crate::error::AppError;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::programme::Figures;
use crate::programme::figures::AnnualValue;

/// Growth over three years wants a fourth.
const YEARS_BACK: i32 = 4;

/// The figures of an enterprise for a round of `base_year`: the record, the annual figures of that year and the four before it
/// with source and verification, and the facts that count now. Asks for no permission: the caller has found its own record.
pub fn current_figures(cx: &mut Cx, id: &EnterpriseId, base_year: i32) -> Result<Figures, AppError> {
    let enterprise = db::record::find_enterprise(cx.conn, id)?;
    let tracks = db::record::list_tracks(cx.conn, &[id])?;
    let further = tracks.into_iter().map(|(_, track)| track).filter(|t| Some(t) != enterprise.main_track.as_ref());
    let mut figures = Figures {
        tracks: further.collect(),
        track: enterprise.main_track,
        registered_on: enterprise.registered_on,
        registered_in_laoshan: Some(enterprise.registered_in_laoshan),
        legal_person: legal_person(&enterprise.credit_code, &enterprise.name),
        ..Figures::default()
    };
    let years = base_year.saturating_sub(YEARS_BACK)..=base_year;
    for row in db::metrics::list_metrics(cx.conn, id, years)? {
        let value = AnnualValue::sourced(row.value, row.source.as_str(), row.verified_by.is_some());
        figures.years.entry(row.year.to_string()).or_default().insert(row.indicator, value);
    }
    let today = business_day(cx.now.utc());
    for row in db::facts::list_live_facts(cx.conn, id)? {
        add_fact(&mut figures, detail_of_row(&row)?, today);
    }
    Ok(figures)
}

/// `year` is the round's; this year when left out.
pub fn view_figures(cx: &mut Cx, id: &EnterpriseId, year: Option<i32>) -> Result<Figures, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    let year = year.unwrap_or_else(|| business_day(cx.now.utc()).year());
    current_figures(cx, &enterprise.id, year)
}
