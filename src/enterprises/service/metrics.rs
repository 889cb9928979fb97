//! Annual figures, each with who said it and who verified it.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::members::find_member;
use super::record::find_enterprise;
use crate::enterprises::db;
use crate::enterprises::model::{
    EnterpriseId, EntrySource, Metric, MetricView, MetricsView, VerifyMetricsBody, WriteMetricsBody,
};
use crate::enterprises::rules::metrics::{check_metrics, check_year, may_verify_entries};
use crate::error::{AppError, Faults, FieldCode};
use crate::library::service::promotion::measure;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::indicators::unit_of;

pub fn list_metrics(cx: &mut Cx, id: &EnterpriseId) -> Result<MetricsView, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    let rows = db::metrics::list_metrics(cx.conn, &enterprise.id, i32::MIN..=i32::MAX)?;
    Ok(view(enterprise.id, rows))
}

/// The year of a path; what is no number is a year nobody has figures of.
pub fn read_year(text: &str) -> Result<i32, AppError> {
    text.parse().map_err(|_| AppError::not_found())
}

/// Writes the values given and leaves all others. A changed value loses its verification; one that stays keeps it.
pub fn write_metrics(
    cx: &mut Cx,
    id: &EnterpriseId,
    year: i32,
    body: &WriteMetricsBody,
) -> Result<MetricsView, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    let mut faults = Faults::default();
    check_year(year, business_day(cx.now.utc()).year(), &mut faults);
    check_metrics(body, &mut faults);
    faults.done()?;
    let source = source_of(cx);
    state_metrics(cx, &enterprise.id, year, &body.0, source)?;
    year_view(cx, enterprise.id, year)
}

/// Writes checked values of a year as of `source`. Asks for no permission: the caller has found its own record.
pub fn state_metrics(
    cx: &mut Cx,
    enterprise: &EnterpriseId,
    year: i32,
    values: &BTreeMap<String, Option<i64>>,
    source: EntrySource,
) -> Result<(), AppError> {
    let mut known = by_indicator(cx, enterprise, year)?;
    let mut changes = Changes::default();
    for (indicator, value) in values {
        let old = known.remove(indicator);
        let field = format!("{year}.{indicator}");
        changes = changes.field(&field, old.as_ref().map(|old| old.value), value);
        match (old, value) {
            (Some(old), Some(value)) if old.value == *value => {}
            (old, Some(value)) => {
                let row = Metric {
                    enterprise_id: enterprise.clone(),
                    year,
                    indicator: indicator.clone(),
                    value: *value,
                    source,
                    written_by: cx.actor.label(),
                    written_at: cx.now,
                    verified_by: None,
                    verified_at: None,
                };
                match old {
                    Some(_) => db::metrics::update_metric(cx.conn, &row)?,
                    None => db::metrics::insert_metric(cx.conn, &row)?,
                }
            }
            (Some(old), None) => db::metrics::delete_metric(cx.conn, &old)?,
            (None, None) => {}
        }
    }
    cx.record(event(enterprise).changes(changes));
    measure(cx, enterprise)
}

/// An officer has compared the values with the books.
pub fn verify_metrics(
    cx: &mut Cx,
    id: &EnterpriseId,
    year: i32,
    body: &VerifyMetricsBody,
) -> Result<MetricsView, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    refuse_own(cx, &enterprise.id)?;
    let mut known = by_indicator(cx, &enterprise.id, year)?;
    let mut faults = Faults::default();
    if body.indicators.is_empty() {
        faults.plain("/indicators", FieldCode::Required);
    }
    let mut rows = Vec::new();
    for (i, indicator) in body.indicators.iter().enumerate() {
        match known.remove(indicator) {
            Some(row) => rows.push(row),
            None if body.indicators[..i].contains(indicator) => {
                faults.plain(format!("/indicators/{i}"), FieldCode::Duplicate);
            }
            None => faults.plain(format!("/indicators/{i}"), FieldCode::NotExisting),
        }
    }
    faults.done()?;
    let mut changes = Changes::default();
    for row in rows.into_iter().filter(|row| row.verified_by.is_none()) {
        changes = changes.field(&format!("{year}.{}.verified", row.indicator), false, true);
        let row = Metric { verified_by: cx.actor.user_id().cloned(), verified_at: Some(cx.now), ..row };
        db::metrics::update_metric(cx.conn, &row)?;
    }
    cx.record(event(&enterprise.id).changes(changes));
    year_view(cx, enterprise.id, year)
}

/// Refuses an officer who acts for the enterprise as well.
pub(super) fn refuse_own(cx: &mut Cx, enterprise: &EnterpriseId) -> Result<(), AppError> {
    let is_member = match cx.actor.user_id().cloned() {
        Some(user) => find_member(cx, enterprise, &user)?.is_some(),
        None => false,
    };
    Ok(may_verify_entries(is_member)?)
}

pub(super) fn source_of(cx: &Cx) -> EntrySource {
    if cx.scope.all { EntrySource::Officer } else { EntrySource::Enterprise }
}

fn by_indicator(cx: &mut Cx, id: &EnterpriseId, year: i32) -> Result<BTreeMap<String, Metric>, AppError> {
    let rows = db::metrics::list_metrics(cx.conn, id, year..=year)?;
    Ok(rows.into_iter().map(|row| (row.indicator.clone(), row)).collect())
}

fn year_view(cx: &mut Cx, id: EnterpriseId, year: i32) -> Result<MetricsView, AppError> {
    let rows = db::metrics::list_metrics(cx.conn, &id, year..=year)?;
    Ok(view(id, rows))
}

fn view(enterprise_id: EnterpriseId, rows: Vec<Metric>) -> MetricsView {
    let mut view = MetricsView { enterprise_id, years: BTreeMap::new() };
    for row in rows {
        let metric = MetricView {
            value: row.value,
            unit: unit_of(&row.indicator),
            source: row.source,
            written_by: row.written_by,
            written_at: row.written_at,
            verified: row.verified_by.is_some(),
            verified_by: row.verified_by,
            verified_at: row.verified_at,
        };
        view.years.entry(row.year.to_string()).or_default().insert(row.indicator, metric);
    }
    view
}

fn event(id: &EnterpriseId) -> Event {
    Event::on(Subject::new("enterprise", id))
}
