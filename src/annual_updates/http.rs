use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    AnnualUpdateSummary, AnnualUpdateView, CreateAnnualUpdateBody, CreateWindowBody, JudgeAnnualUpdateBody,
    ListAnnualUpdatesParams, ListWindowsParams, MissingView, UpdateAnnualUpdateBody, UpdateId, UpdateWindowBody,
    WindowView,
};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_windows).service(create_window).service(list_missing).service(get_window).service(update_window);
    cfg.service(list_annual_updates).service(create_annual_update).service(get_annual_update);
    cfg.service(update_annual_update).service(submit_annual_update).service(judge_annual_update);
}

/// Windows of yearly reports, latest first.
#[utoipa::path(tag = "annual updates", params(ListWindowsParams), responses((status = 200, body = Page<WindowView>)))]
#[get("/update-windows")]
async fn list_windows(app: Data<App>, caller: Caller, params: Params<ListWindowsParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_windows(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::UpdateWindowList, work).await?))
}

/// Announces the window of a year.
#[utoipa::path(tag = "annual updates", request_body = CreateWindowBody, responses((status = 201, body = WindowView)))]
#[post("/update-windows")]
async fn create_window(app: Data<App>, caller: Caller, body: Body<CreateWindowBody>) -> Answer {
    let work = move |cx: &mut Cx| service::create_window(cx, body.get()?);
    let view = app.act(&caller, Action::UpdateWindowCreate, work).await?;
    Ok(reply::created(format!("/api/v1/update-windows/{}", view.year), view.version, &view))
}

/// One window.
#[utoipa::path(tag = "annual updates", params(("year" = i32, Path)), responses((status = 200, body = WindowView)))]
#[get("/update-windows/{year}")]
async fn get_window(app: Data<App>, caller: Caller, year: Path<String>) -> Answer {
    let work = move |cx: &mut Cx| service::get_window(cx, service::read_year(&year)?);
    let view = app.look(&caller, Action::UpdateWindowList, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Gives everybody more time (If-Match).
#[utoipa::path(
    tag = "annual updates", params(("year" = i32, Path)), request_body = UpdateWindowBody,
    responses((status = 200, body = WindowView))
)]
#[patch("/update-windows/{year}")]
async fn update_window(app: Data<App>, caller: Caller, year: Path<String>, body: Body<UpdateWindowBody>) -> Answer {
    let work = move |cx: &mut Cx| service::update_window(cx, service::read_year(&year)?, body.get()?);
    let view = app.act(&caller, Action::UpdateWindowUpdate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Members that have not reported in a window.
#[utoipa::path(
    tag = "annual updates", params(("year" = i32, Path), ListWindowsParams),
    responses((status = 200, body = Page<MissingView>))
)]
#[get("/update-windows/{year}/missing")]
async fn list_missing(app: Data<App>, caller: Caller, year: Path<String>, params: Params<ListWindowsParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_missing(cx, service::read_year(&year)?, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::AnnualUpdateMissing, work).await?))
}

/// Yearly reports, newest first. Applicants see those of their own enterprises.
#[utoipa::path(
    tag = "annual updates", params(ListAnnualUpdatesParams),
    responses((status = 200, body = Page<AnnualUpdateSummary>))
)]
#[get("/annual-updates")]
async fn list_annual_updates(app: Data<App>, caller: Caller, params: Params<ListAnnualUpdatesParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_annual_updates(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::AnnualUpdateList, work).await?))
}

/// Begins the report of a year, filled in with the figures on record.
#[utoipa::path(
    tag = "annual updates", request_body = CreateAnnualUpdateBody,
    responses((status = 201, body = AnnualUpdateView))
)]
#[post("/annual-updates")]
async fn create_annual_update(app: Data<App>, caller: Caller, body: Body<CreateAnnualUpdateBody>) -> Answer {
    let work = move |cx: &mut Cx| service::create_annual_update(cx, body.get()?);
    let view = app.act(&caller, Action::AnnualUpdateCreate, work).await?;
    Ok(reply::created(format!("/api/v1/annual-updates/{}", view.id), view.version, &view))
}

/// One report, each value beside the one of the year before.
#[utoipa::path(
    tag = "annual updates", params(("id" = UpdateId, Path)), responses((status = 200, body = AnnualUpdateView))
)]
#[get("/annual-updates/{id}")]
async fn get_annual_update(app: Data<App>, caller: Caller, id: Path<UpdateId>) -> Answer {
    let work = move |cx: &mut Cx| service::get_annual_update(cx, &id);
    let view = app.look(&caller, Action::AnnualUpdateView, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Edits values (merge patch, If-Match).
#[utoipa::path(
    tag = "annual updates", params(("id" = UpdateId, Path)), request_body = UpdateAnnualUpdateBody,
    responses((status = 200, body = AnnualUpdateView))
)]
#[patch("/annual-updates/{id}")]
async fn update_annual_update(
    app: Data<App>,
    caller: Caller,
    id: Path<UpdateId>,
    body: Body<UpdateAnnualUpdateBody>,
) -> Answer {
    let work = move |cx: &mut Cx| service::update_annual_update(cx, &id, body.get()?);
    let view = app.act(&caller, Action::AnnualUpdateUpdate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Hands a report in; its values become the figures of the year before.
#[utoipa::path(
    tag = "annual updates", params(("id" = UpdateId, Path)), responses((status = 200, body = AnnualUpdateView))
)]
#[post("/annual-updates/{id}/submission")]
async fn submit_annual_update(app: Data<App>, caller: Caller, id: Path<UpdateId>) -> Answer {
    let work = move |cx: &mut Cx| service::submit_annual_update(cx, &id);
    let view = app.act(&caller, Action::AnnualUpdateSubmit, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Verifies values, and asks about others (If-Match).
#[utoipa::path(
    tag = "annual updates", params(("id" = UpdateId, Path)), request_body = JudgeAnnualUpdateBody,
    responses((status = 200, body = AnnualUpdateView))
)]
#[post("/annual-updates/{id}/judgements")]
async fn judge_annual_update(
    app: Data<App>,
    caller: Caller,
    id: Path<UpdateId>,
    body: Body<JudgeAnnualUpdateBody>,
) -> Answer {
    let work = move |cx: &mut Cx| service::judge_annual_update(cx, &id, body.get()?);
    let view = app.act(&caller, Action::AnnualUpdateJudge, work).await?;
    Ok(reply::versioned(view.version, &view))
}
