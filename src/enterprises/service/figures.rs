//! Everything known of an enterprise in the shape that rule sets read.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::facts::detail_of_row;
use super::grouped;
use super::record::find_enterprise;
use crate::ecosystem::rules::take_over;
use crate::ecosystem::service::partners_of;
use crate::enterprises::db;
use crate::enterprises::model::EnterpriseId;
use crate::enterprises::rules::facts::{add_fact, legal_person};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::programme::Figures;
use crate::programme::figures::AnnualValue;

/// Growth over three years wants a fourth.
const YEARS_BACK: i32 = 4;

/// The figures of an enterprise for a round of `base_year`: the record, the annual figures of that year and the four before it
/// with source and verification, and the facts that count now. Asks for no permission: the caller has found its own record.
pub fn current_figures(cx: &mut Cx, id: &EnterpriseId, base_year: i32) -> Result<Figures, AppError> {
    let mut figures = figures_of(cx, std::slice::from_ref(id), base_year)?;
    figures.remove(id).ok_or_else(AppError::not_found)
}

/// The same of many enterprises, with as many statements as for one.
pub fn figures_of(
    cx: &mut Cx,
    ids: &[EnterpriseId],
    base_year: i32,
) -> Result<BTreeMap<EnterpriseId, Figures>, AppError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let refs: Vec<&EnterpriseId> = ids.iter().collect();
    let mut tracks = grouped(db::record::list_tracks(cx.conn, &refs)?);
    let years = base_year.saturating_sub(YEARS_BACK)..=base_year;
    let metrics = db::metrics::list_metrics_of(cx.conn, ids, years)?;
    let mut metrics = grouped(metrics.into_iter().map(|row| (row.enterprise_id.clone(), row)).collect());
    let facts = db::facts::list_live_facts_of(cx.conn, ids)?;
    let mut facts = grouped(facts.into_iter().map(|row| (row.enterprise_id.clone(), row)).collect());
    let mut linked = partners_of(cx, ids, base_year)?;
    let today = cx.today();
    let mut all = BTreeMap::new();
    for enterprise in db::record::list_by_ids(cx.conn, ids)? {
        let further = tracks.remove(&enterprise.id).unwrap_or_default();
        let mut figures = Figures {
            tracks: further.into_iter().filter(|t| Some(t) != enterprise.main_track.as_ref()).collect(),
            track: enterprise.main_track,
            registered_on: enterprise.registered_on,
            registered_in_laoshan: Some(enterprise.registered_in_laoshan),
            legal_person: legal_person(&enterprise.credit_code, &enterprise.name),
            ..Figures::default()
        };
        for row in metrics.remove(&enterprise.id).unwrap_or_default() {
            let value = AnnualValue::sourced(row.value, row.source.as_str(), row.verified_by.is_some());
            figures.years.entry(row.year.to_string()).or_default().insert(row.indicator, value);
        }
        for row in facts.remove(&enterprise.id).unwrap_or_default() {
            add_fact(&mut figures, detail_of_row(&row)?, today);
        }
        if let Some(linked) = linked.remove(&enterprise.id) {
            take_over(&mut figures, linked);
        }
        all.insert(enterprise.id, figures);
    }
    Ok(all)
}

/// `year` is the round's; this year when left out.
pub fn view_figures(cx: &mut Cx, id: &EnterpriseId, year: Option<i32>) -> Result<Figures, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    let year = year.unwrap_or_else(|| cx.today().year());
    current_figures(cx, &enterprise.id, year)
}
