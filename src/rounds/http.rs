use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    CancelRoundBody, CreateRoundBody, ExtendRoundBody, ListRoundsParams, PublicityBody, RoundId, RoundSummary,
    RoundView, UpdateRoundBody,
};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_rounds).service(create_round).service(get_round).service(update_round);
    cfg.service(publish_round).service(open_round).service(extend_round).service(close_round);
    cfg.service(start_formal_review).service(start_expert_review).service(start_site_check).service(start_deliberation);
    cfg.service(start_publicity).service(conclude_round).service(archive_round).service(cancel_round);
}

/// Rounds, newest first. Drafts are seen by officers and approvers only.
#[utoipa::path(tag = "rounds", params(ListRoundsParams), responses((status = 200, body = Page<RoundSummary>)))]
#[get("/rounds")]
async fn list_rounds(app: Data<App>, caller: Caller, params: Params<ListRoundsParams>) -> Answer {
    let page = app.look(&caller, Action::RoundList, move |cx| service::list_rounds(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// Drafts a round.
#[utoipa::path(tag = "rounds", request_body = CreateRoundBody, responses((status = 201, body = RoundView)))]
#[post("/rounds")]
async fn create_round(app: Data<App>, caller: Caller, body: Body<CreateRoundBody>) -> Answer {
    let view = app.act(&caller, Action::RoundCreate, move |cx| service::create_round(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/rounds/{}", view.id), view.version, &view))
}

/// One round with what the caller may do to it.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[get("/rounds/{id}")]
async fn get_round(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.look(&caller, Action::RoundView, move |cx| service::get_round(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Edits a round before it opens (merge patch, If-Match).
#[utoipa::path(
    tag = "rounds", request_body = UpdateRoundBody, params(("id" = RoundId, Path)),
    responses((status = 200, body = RoundView))
)]
#[patch("/rounds/{id}")]
async fn update_round(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<UpdateRoundBody>) -> Answer {
    let work = move |cx: &mut Cx| service::update_round(cx, &id, body.get()?);
    let view = app.act(&caller, Action::RoundUpdate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Moves the deadline of an open round, or of a closed one that is not under review yet: that one opens again.
#[utoipa::path(
    tag = "rounds", request_body = ExtendRoundBody, params(("id" = RoundId, Path)),
    responses((status = 200, body = RoundView))
)]
#[post("/rounds/{id}/extension")]
async fn extend_round(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<ExtendRoundBody>) -> Answer {
    let work = move |cx: &mut Cx| service::extend_round(cx, &id, body.get()?);
    let view = app.act(&caller, Action::RoundExtend, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Ends a round before its publicity.
#[utoipa::path(
    tag = "rounds", request_body = CancelRoundBody, params(("id" = RoundId, Path)),
    responses((status = 200, body = RoundView))
)]
#[post("/rounds/{id}/cancellation")]
async fn cancel_round(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<CancelRoundBody>) -> Answer {
    let work = move |cx: &mut Cx| service::cancel_round(cx, &id, body.get()?);
    let view = app.act(&caller, Action::RoundCancel, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Makes the call public.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/publication")]
async fn publish_round(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundPublish, move |cx| service::publish_round(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Opens a published round whose time has come; the worker does so by itself.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/opening")]
async fn open_round(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundOpen, move |cx| service::open_round(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Closes an open round after its deadline and grace; the worker does so by itself.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/closing")]
async fn close_round(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundClose, move |cx| service::close_round(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Begins the formal review.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/formal-review")]
async fn start_formal_review(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundAdvance, move |cx| service::start_formal_review(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Begins the expert review, in rounds that have one.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/expert-review")]
async fn start_expert_review(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundAdvance, move |cx| service::start_expert_review(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Begins the site checks, in rounds that have them.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/site-check")]
async fn start_site_check(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundAdvance, move |cx| service::start_site_check(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Begins the deliberation.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/deliberation")]
async fn start_deliberation(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundAdvance, move |cx| service::start_deliberation(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Shows everything proposed to the public; without `ends_on` for the round's working days.
#[utoipa::path(
    tag = "rounds", request_body = PublicityBody, params(("id" = RoundId, Path)),
    responses((status = 200, body = RoundView))
)]
#[post("/rounds/{id}/publicity")]
async fn start_publicity(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<PublicityBody>) -> Answer {
    let work = move |cx: &mut Cx| service::start_publicity(cx, &id, body.get()?);
    let view = app.act(&caller, Action::RoundPublicise, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Recognises everybody whose publicity passed, each with a certificate; from 00:00 (Shanghai) after its last day.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/conclusion")]
async fn conclude_round(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let prefix = app.config.programme.certificate_prefix.clone();
    let view = app.act(&caller, Action::RoundConclude, move |cx| service::conclude_round(cx, &id, &prefix)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Puts a concluded round into the archive.
#[utoipa::path(tag = "rounds", params(("id" = RoundId, Path)), responses((status = 200, body = RoundView)))]
#[post("/rounds/{id}/archival")]
async fn archive_round(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.act(&caller, Action::RoundArchive, move |cx| service::archive_round(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}
