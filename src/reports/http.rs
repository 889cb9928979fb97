use actix_web::get;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{CohortFlowView, CohortParams, FunnelView, HeatMapView, ReportParams, StageDurationsView};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_funnel).service(show_cohort_flow).service(show_track_heat_map).service(show_stage_durations);
}

/// How far the applications of a round, or of the rounds of a year, have come.
#[utoipa::path(tag = "reports", params(ReportParams), responses((status = 200, body = FunnelView)))]
#[get("/reports/funnel")]
async fn show_funnel(app: Data<App>, caller: Caller, params: Params<ReportParams>) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::ReportView, move |cx| service::show_funnel(cx, params.get()?)).await?))
}

/// How enterprises moved between the tiers of the ladder over the years.
#[utoipa::path(tag = "reports", params(CohortParams), responses((status = 200, body = CohortFlowView)))]
#[get("/reports/cohort-flow")]
async fn show_cohort_flow(app: Data<App>, caller: Caller, params: Params<CohortParams>) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::ReportView, move |cx| service::show_cohort_flow(cx, params.get()?)).await?))
}

/// How many live memberships there are per track and tier.
#[utoipa::path(tag = "reports", responses((status = 200, body = HeatMapView)))]
#[get("/reports/track-heat-map")]
async fn show_track_heat_map(app: Data<App>, caller: Caller) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::ReportView, service::show_track_heat_map).await?))
}

/// How long applications stay in each state: the median of the stays that have ended.
#[utoipa::path(tag = "reports", params(ReportParams), responses((status = 200, body = StageDurationsView)))]
#[get("/reports/stage-durations")]
async fn show_stage_durations(app: Data<App>, caller: Caller, params: Params<ReportParams>) -> Answer {
    let work = move |cx: &mut crate::platform::door::Cx| service::show_stage_durations(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::ReportView, work).await?))
}
