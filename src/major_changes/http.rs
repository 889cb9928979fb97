use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    CreateMajorChangeBody, ListMajorChangesParams, MajorChangeId, MajorChangeSummary, MajorChangeView, MergersView,
    ResolveMajorChangeBody,
};
use super::service;
use crate::app::App;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_major_changes).service(create_major_change).service(get_major_change);
    cfg.service(resolve_major_change).service(list_mergers);
}

/// Reports of major changes, newest first. Applicants see those of their own enterprises.
#[utoipa::path(
    tag = "major changes", params(ListMajorChangesParams), responses((status = 200, body = Page<MajorChangeSummary>))
)]
#[get("/major-changes")]
async fn list_major_changes(app: Data<App>, caller: Caller, params: Params<ListMajorChangesParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_major_changes(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::MajorChangeList, work).await?))
}

/// Reports a major change: a rename, a merger, a relocation, a change of control.
#[utoipa::path(
    tag = "major changes", request_body = CreateMajorChangeBody, responses((status = 201, body = MajorChangeView))
)]
#[post("/major-changes")]
async fn create_major_change(app: Data<App>, caller: Caller, body: Body<CreateMajorChangeBody>) -> Answer {
    let months = app.config.programme.change_report_months;
    let work = move |cx: &mut Cx| service::create_major_change(cx, body.get()?, months);
    let view = app.act(&caller, Action::MajorChangeReport, work).await?;
    Ok(reply::created(format!("/api/v1/major-changes/{}", view.id), view.version, &view))
}

/// One report.
#[utoipa::path(
    tag = "major changes", params(("id" = MajorChangeId, Path)), responses((status = 200, body = MajorChangeView))
)]
#[get("/major-changes/{id}")]
async fn get_major_change(app: Data<App>, caller: Caller, id: Path<MajorChangeId>) -> Answer {
    let months = app.config.programme.change_report_months;
    let work = move |cx: &mut Cx| service::get_major_change(cx, &id, months);
    let view = app.look(&caller, Action::MajorChangeView, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Settles a report: the title stays as it is, or is looked at again (If-Match).
#[utoipa::path(
    tag = "major changes", params(("id" = MajorChangeId, Path)), request_body = ResolveMajorChangeBody,
    responses((status = 200, body = MajorChangeView))
)]
#[post("/major-changes/{id}/resolution")]
async fn resolve_major_change(
    app: Data<App>,
    caller: Caller,
    id: Path<MajorChangeId>,
    body: Body<ResolveMajorChangeBody>,
) -> Answer {
    let months = app.config.programme.change_report_months;
    let work = move |cx: &mut Cx| service::resolve_major_change(cx, &id, body.get()?, months);
    let view = app.act(&caller, Action::MajorChangeResolve, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The mergers an enterprise was part of: what ended in it, and what it ended in.
#[utoipa::path(
    tag = "major changes", params(("id" = EnterpriseId, Path)), responses((status = 200, body = MergersView))
)]
#[get("/enterprises/{id}/mergers")]
async fn list_mergers(app: Data<App>, caller: Caller, id: Path<EnterpriseId>) -> Answer {
    let work = move |cx: &mut Cx| service::list_mergers(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::MajorChangeList, work).await?))
}
