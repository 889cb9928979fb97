use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    AnswerSiteVisitBody, ConcludeSiteVisitBody, ListSiteVisitsParams, ListVisitorsParams, PlanSiteVisitBody,
    SiteVisitId, SiteVisitReasonBody, SiteVisitSummary, SiteVisitView, UpdateSiteVisitBody, VisitorView,
};
use super::service;
use crate::app::App;
use crate::applications::model::ApplicationId;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(plan_site_visit)
        .service(list_visitors)
        .service(list_site_visits)
        .service(get_site_visit)
        .service(update_site_visit)
        .service(conclude_site_visit)
        .service(cancel_site_visit)
        .service(answer_site_visit);
}

/// Plans a visit by two people at least, with the checklist of the pinned rule set.
#[utoipa::path(
    tag = "visits", params(("id" = ApplicationId, Path)), request_body = PlanSiteVisitBody,
    responses((status = 201, body = SiteVisitView))
)]
#[post("/applications/{id}/site-visits")]
async fn plan_site_visit(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<PlanSiteVisitBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::SiteVisitPlan, move |cx| service::plan_site_visit(cx, &id, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/site-visits/{}", view.id), view.version, &view))
}

/// Who could be sent to visit an applicant: people of the office whom no conflict of interest keeps away.
#[utoipa::path(
    tag = "visits", params(("id" = ApplicationId, Path), ListVisitorsParams),
    responses((status = 200, body = Page<VisitorView>))
)]
#[get("/applications/{id}/visitors")]
async fn list_visitors(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    params: Params<ListVisitorsParams>,
) -> Answer {
    let work = move |cx: &mut Cx| service::list_visitors(cx, &id, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SiteVisitPlan, work).await?))
}

/// Visits within reach, newest first.
#[utoipa::path(
    tag = "visits", params(ListSiteVisitsParams), responses((status = 200, body = Page<SiteVisitSummary>))
)]
#[get("/site-visits")]
async fn list_site_visits(app: Data<App>, caller: Caller, params: Params<ListSiteVisitsParams>) -> Answer {
    let page = app.look(&caller, Action::SiteVisitList, move |cx| service::list_site_visits(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// One visit: who goes, the checklist with what was found, the conclusion and the enterprise's answer.
#[utoipa::path(
    tag = "visits", params(("id" = SiteVisitId, Path)), responses((status = 200, body = SiteVisitView))
)]
#[get("/site-visits/{id}")]
async fn get_site_visit(app: Data<App>, caller: Caller, id: Path<SiteVisitId>) -> Answer {
    let view = app.look(&caller, Action::SiteVisitView, move |cx| service::get_site_visit(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Day, visitors, findings and summary of a visit that is not concluded; needs If-Match.
#[utoipa::path(
    tag = "visits", params(("id" = SiteVisitId, Path)), request_body = UpdateSiteVisitBody,
    responses((status = 200, body = SiteVisitView))
)]
#[patch("/site-visits/{id}")]
async fn update_site_visit(
    app: Data<App>,
    caller: Caller,
    id: Path<SiteVisitId>,
    body: Body<UpdateSiteVisitBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::SiteVisitUpdate, move |cx| service::update_site_visit(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Concludes a visit whose every item was looked at; the enterprise can answer from now on.
#[utoipa::path(
    tag = "visits", params(("id" = SiteVisitId, Path)), request_body = ConcludeSiteVisitBody,
    responses((status = 200, body = SiteVisitView))
)]
#[post("/site-visits/{id}/conclusion")]
async fn conclude_site_visit(
    app: Data<App>,
    caller: Caller,
    id: Path<SiteVisitId>,
    body: Body<ConcludeSiteVisitBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::SiteVisitUpdate, move |cx| service::conclude_site_visit(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Calls a planned visit off, with a reason.
#[utoipa::path(
    tag = "visits", params(("id" = SiteVisitId, Path)), request_body = SiteVisitReasonBody,
    responses((status = 200, body = SiteVisitView))
)]
#[post("/site-visits/{id}/cancellation")]
async fn cancel_site_visit(
    app: Data<App>,
    caller: Caller,
    id: Path<SiteVisitId>,
    body: Body<SiteVisitReasonBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::SiteVisitUpdate, move |cx| service::cancel_site_visit(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The enterprise confirms the record of a visit, or disputes it with its reasons.
#[utoipa::path(
    tag = "visits", params(("id" = SiteVisitId, Path)), request_body = AnswerSiteVisitBody,
    responses((status = 200, body = SiteVisitView))
)]
#[post("/site-visits/{id}/answer")]
async fn answer_site_visit(
    app: Data<App>,
    caller: Caller,
    id: Path<SiteVisitId>,
    body: Body<AnswerSiteVisitBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::SiteVisitAnswer, move |cx| service::answer_site_visit(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}
