use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    FileObjectionBody, ListNoticesParams, ListObjectionsParams, NoticeId, NoticeSummary, NoticeView, ObjectionId,
    ObjectionSummary, ObjectionView, ReceiptView, RecordObjectionBody, RefuseObjectionBody, ResolveObjectionBody,
};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_notices).service(get_notice).service(file_objection);
    cfg.service(list_objections).service(record_objection).service(get_objection);
    cfg.service(admit_objection).service(refuse_objection).service(investigate_objection);
    cfg.service(resolve_objection).service(reply_to_objection);
}

/// Public notices, newest first. No sign-in; may be cached for a minute.
#[utoipa::path(
    tag = "publicity", params(ListNoticesParams),
    responses((status = 200, body = Page<NoticeSummary>), (status = 304, description = "Unchanged"))
)]
#[get("/public/notices")]
async fn list_notices(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    params: Params<ListNoticesParams>,
) -> Answer {
    let page = app.look(&caller, Action::NoticeList, move |cx| service::list_notices(cx, params.get()?)).await?;
    Ok(reply::cacheable(&request, &page))
}

/// One public notice. No sign-in; may be cached for a minute.
#[utoipa::path(
    tag = "publicity", params(("id" = NoticeId, Path)),
    responses((status = 200, body = NoticeView), (status = 304, description = "Unchanged"))
)]
#[get("/public/notices/{id}")]
async fn get_notice(app: Data<App>, caller: Caller, request: HttpRequest, id: Path<NoticeId>) -> Answer {
    let view = app.look(&caller, Action::NoticeView, move |cx| service::get_notice(cx, &id)).await?;
    Ok(reply::cacheable(&request, &view))
}

/// Objects to one entry of a running notice, under a real name and with evidence.
#[utoipa::path(
    tag = "publicity", request_body = FileObjectionBody, params(("id" = NoticeId, Path)),
    responses((status = 201, body = ReceiptView))
)]
#[post("/public/notices/{id}/objections")]
async fn file_objection(app: Data<App>, caller: Caller, id: Path<NoticeId>, body: Body<FileObjectionBody>) -> Answer {
    let days = app.config.programme.objection_days;
    let work = move |cx: &mut Cx| service::file_objection(cx, &id, body.get()?, days);
    let receipt = app.act(&caller, Action::ObjectionFile, work).await?;
    Ok(reply::received(&receipt))
}

/// Objections, newest first.
#[utoipa::path(tag = "publicity", params(ListObjectionsParams), responses((status = 200, body = Page<ObjectionSummary>)))]
#[get("/objections")]
async fn list_objections(app: Data<App>, caller: Caller, params: Params<ListObjectionsParams>) -> Answer {
    let page = app.look(&caller, Action::ObjectionList, move |cx| service::list_objections(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// Enters an objection that came on paper.
#[utoipa::path(tag = "publicity", request_body = RecordObjectionBody, responses((status = 201, body = ObjectionView)))]
#[post("/objections")]
async fn record_objection(app: Data<App>, caller: Caller, body: Body<RecordObjectionBody>) -> Answer {
    let days = app.config.programme.objection_days;
    let work = move |cx: &mut Cx| service::record_objection(cx, body.get()?, days);
    let view = app.act(&caller, Action::ObjectionRecord, work).await?;
    Ok(reply::created(format!("/api/v1/objections/{}", view.id), view.version, &view))
}

/// One objection with what the caller may do to it. Who objected is shown to the handling officer only.
#[utoipa::path(tag = "publicity", params(("id" = ObjectionId, Path)), responses((status = 200, body = ObjectionView)))]
#[get("/objections/{id}")]
async fn get_objection(app: Data<App>, caller: Caller, id: Path<ObjectionId>) -> Answer {
    let view = app.look(&caller, Action::ObjectionView, move |cx| service::get_objection(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Takes an objection up: what it is about is held until it is resolved.
#[utoipa::path(tag = "publicity", params(("id" = ObjectionId, Path)), responses((status = 200, body = ObjectionView)))]
#[post("/objections/{id}/admission")]
async fn admit_objection(app: Data<App>, caller: Caller, id: Path<ObjectionId>) -> Answer {
    let view = app.act(&caller, Action::ObjectionAdmit, move |cx| service::admit_objection(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Does not take an objection up, with the reason.
#[utoipa::path(
    tag = "publicity", request_body = RefuseObjectionBody, params(("id" = ObjectionId, Path)),
    responses((status = 200, body = ObjectionView))
)]
#[post("/objections/{id}/inadmissibility")]
async fn refuse_objection(
    app: Data<App>,
    caller: Caller,
    id: Path<ObjectionId>,
    body: Body<RefuseObjectionBody>,
) -> Answer {
    let work = move |cx: &mut Cx| service::refuse_objection(cx, &id, body.get()?);
    let view = app.act(&caller, Action::ObjectionReject, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Begins the investigation.
#[utoipa::path(tag = "publicity", params(("id" = ObjectionId, Path)), responses((status = 200, body = ObjectionView)))]
#[post("/objections/{id}/investigation")]
async fn investigate_objection(app: Data<App>, caller: Caller, id: Path<ObjectionId>) -> Answer {
    let work = move |cx: &mut Cx| service::investigate_objection(cx, &id);
    let view = app.act(&caller, Action::ObjectionInvestigate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Decides an objection, with the answer to it.
#[utoipa::path(
    tag = "publicity", request_body = ResolveObjectionBody, params(("id" = ObjectionId, Path)),
    responses((status = 200, body = ObjectionView))
)]
#[post("/objections/{id}/resolution")]
async fn resolve_objection(
    app: Data<App>,
    caller: Caller,
    id: Path<ObjectionId>,
    body: Body<ResolveObjectionBody>,
) -> Answer {
    let work = move |cx: &mut Cx| service::resolve_objection(cx, &id, body.get()?);
    let view = app.act(&caller, Action::ObjectionResolve, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Notes that the objector has been given the answer.
#[utoipa::path(tag = "publicity", params(("id" = ObjectionId, Path)), responses((status = 200, body = ObjectionView)))]
#[post("/objections/{id}/reply")]
async fn reply_to_objection(app: Data<App>, caller: Caller, id: Path<ObjectionId>) -> Answer {
    let view = app.act(&caller, Action::ObjectionReply, move |cx| service::reply_to_objection(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}
