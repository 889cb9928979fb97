use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    ApproveDecisionBody, BatchDecisionsBody, DecisionBatchView, DecisionId, DecisionReasonBody, DecisionSummary,
    DecisionView, ListDecisionsParams,
};
use super::{batch, service};
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_decisions)
        .service(decide_batch)
        .service(get_decision)
        .service(approve_decision)
        .service(refuse_decision)
        .service(void_decision);
}

/// Decisions of every kind, newest first.
#[utoipa::path(tag = "decisions", params(ListDecisionsParams), responses((status = 200, body = Page<DecisionSummary>)))]
#[get("/decisions")]
async fn list_decisions(app: Data<App>, caller: Caller, params: Params<ListDecisionsParams>) -> Answer {
    let page = app.look(&caller, Action::DecisionList, move |cx| service::list_decisions(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// One word for many decisions, all or nothing; `dry_run` tells what would happen.
#[utoipa::path(tag = "decisions", request_body = BatchDecisionsBody, responses((status = 200, body = DecisionBatchView)))]
#[post("/decisions/batches")]
async fn decide_batch(app: Data<App>, caller: Caller, body: Body<BatchDecisionsBody>) -> Answer {
    // A body that names no step: whoever may approve is told what is wrong with it.
    let action = body.get().map_or(Action::DecisionApprove, |body| batch::permission(body.action));
    let view = app.act(&caller, action, move |cx| batch::decide_batch(cx, body.get()?)).await?;
    Ok(reply::ok(&view))
}

/// One decision: what will change, who prepared it and why, and who has said what.
#[utoipa::path(tag = "decisions", params(("id" = DecisionId, Path)), responses((status = 200, body = DecisionView)))]
#[get("/decisions/{id}")]
async fn get_decision(app: Data<App>, caller: Caller, id: Path<DecisionId>) -> Answer {
    let view = app.look(&caller, Action::DecisionView, move |cx| service::get_decision(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Approves; the last approval that is needed makes it happen.
#[utoipa::path(
    tag = "decisions", params(("id" = DecisionId, Path)), request_body = ApproveDecisionBody,
    responses((status = 200, body = DecisionView))
)]
#[post("/decisions/{id}/approval")]
async fn approve_decision(
    app: Data<App>,
    caller: Caller,
    id: Path<DecisionId>,
    body: Body<ApproveDecisionBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::DecisionApprove, move |cx| service::approve_decision(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Refuses; the subject stays as it is.
#[utoipa::path(
    tag = "decisions", params(("id" = DecisionId, Path)), request_body = DecisionReasonBody,
    responses((status = 200, body = DecisionView))
)]
#[post("/decisions/{id}/refusal")]
async fn refuse_decision(
    app: Data<App>,
    caller: Caller,
    id: Path<DecisionId>,
    body: Body<DecisionReasonBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::DecisionRefuse, move |cx| service::refuse_decision(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Takes a pending decision back; only who prepared it may.
#[utoipa::path(
    tag = "decisions", params(("id" = DecisionId, Path)), request_body = DecisionReasonBody,
    responses((status = 200, body = DecisionView))
)]
#[post("/decisions/{id}/voiding")]
async fn void_decision(app: Data<App>, caller: Caller, id: Path<DecisionId>, body: Body<DecisionReasonBody>) -> Answer {
    let view = app.act(&caller, Action::DecisionVoid, move |cx| service::void_decision(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The answer of every step that prepares a decision.
pub fn prepared(decision: DecisionView) -> actix_web::HttpResponse {
    reply::created(format!("/api/v1/decisions/{}", decision.id), decision.version, &decision)
}
