use chrono::Datelike;

use super::db;
use super::model::{
    CohortFlowView, CohortParams, FunnelView, HeatCell, HeatMapView, ReportParams, StageDurationsView, StateCount,
};
use super::rules;
use crate::error::{AppError, Faults};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;

const YEARS: i32 = 10;

pub fn show_funnel(cx: &mut Cx, params: &ReportParams) -> Result<FunnelView, AppError> {
    let year = year_of(cx, params);
    let counts = db::count_states(cx.conn, cx.actor.user_id(), params, year)?;
    let mut states: Vec<_> =
        counts.iter().map(|(state, count, _)| StateCount { state: *state, count: *count }).collect();
    states.sort_by_key(|row| row.state.as_str());
    Ok(FunnelView { stages: rules::funnel(&counts), states })
}

pub fn show_cohort_flow(cx: &mut Cx, params: &CohortParams) -> Result<CohortFlowView, AppError> {
    let today = business_day(cx.now.utc());
    let from = params.from.unwrap_or(today.year() - 4);
    let mut faults = Faults::default();
    faults.range("from", i64::from(from), i64::from(today.year() - YEARS), i64::from(today.year()));
    faults.done()?;
    Ok(CohortFlowView { links: rules::cohort_flow(&db::list_spells(cx.conn)?, from, today) })
}

pub fn show_track_heat_map(cx: &mut Cx) -> Result<HeatMapView, AppError> {
    let cells = db::count_tracks(cx.conn)?;
    Ok(HeatMapView { cells: cells.into_iter().map(|(track, tier, count)| HeatCell { track, tier, count }).collect() })
}

pub fn show_stage_durations(cx: &mut Cx, params: &ReportParams) -> Result<StageDurationsView, AppError> {
    let year = year_of(cx, params);
    Ok(StageDurationsView { states: rules::durations(&db::list_entries(cx.conn, cx.actor.user_id(), params, year)?) })
}

fn year_of(cx: &Cx, params: &ReportParams) -> i32 {
    params.year.unwrap_or_else(|| business_day(cx.now.utc()).year())
}
