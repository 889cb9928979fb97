//! Tasks of experts, and the results of applications.

use actix_web::web::{Data, Path};
use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::applications::model::ApplicationId;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::reviews::model::{
    DeclareReviewBody, FreezeScoresBody, FreezeView, ListReviewsParams, MarkSheet, RedactionView, ReviewId,
    ReviewReasonBody, ReviewSummary, ReviewView, ScoreView, StepBackView, UpdateRedactionBody,
};
use crate::reviews::service::{redaction, reviewing, scoring, tasks};
use crate::rounds::model::RoundId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_reviews)
        .service(get_review)
        .service(declare_review)
        .service(update_scores)
        .service(submit_review)
        .service(recuse_review)
        .service(call_arbiter)
        .service(freeze_scores)
        .service(get_score)
        .service(get_redaction)
        .service(update_redaction);
}

/// An expert's own tasks; for staff all of them. Newest first, without cases the caller is in conflict with.
#[utoipa::path(tag = "reviews", params(ListReviewsParams), responses((status = 200, body = Page<ReviewSummary>)))]
#[get("/reviews")]
async fn list_reviews(app: Data<App>, caller: Caller, params: Params<ListReviewsParams>) -> Answer {
    let page = app.look(&caller, Action::ReviewList, move |cx| tasks::list_reviews(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// One task. The material is there once the expert has declared no conflict.
#[utoipa::path(tag = "reviews", params(("id" = ReviewId, Path)), responses((status = 200, body = ReviewView)))]
#[get("/reviews/{id}")]
async fn get_review(app: Data<App>, caller: Caller, id: Path<ReviewId>) -> Answer {
    let view = app.look(&caller, Action::ReviewView, move |cx| tasks::get_review(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Says whether anything ties the expert to the applicant; with a conflict they abstain and an alternate steps in.
#[utoipa::path(
    tag = "reviews", params(("id" = ReviewId, Path)), request_body = DeclareReviewBody,
    responses((status = 200, body = StepBackView))
)]
#[post("/reviews/{id}/declaration")]
async fn declare_review(app: Data<App>, caller: Caller, id: Path<ReviewId>, body: Body<DeclareReviewBody>) -> Answer {
    let view =
        app.act(&caller, Action::ReviewDeclare, move |cx| reviewing::declare_review(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Saves the sheet as a draft; needs If-Match. Gaps are allowed, wrong values are not.
#[utoipa::path(
    tag = "reviews", params(("id" = ReviewId, Path)), request_body = MarkSheet,
    responses((status = 200, body = ReviewView))
)]
#[put("/reviews/{id}/scores")]
async fn update_scores(app: Data<App>, caller: Caller, id: Path<ReviewId>, body: Body<MarkSheet>) -> Answer {
    let view = app.act(&caller, Action::ReviewScore, move |cx| reviewing::update_scores(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Hands the sheet in, complete and final.
#[utoipa::path(tag = "reviews", params(("id" = ReviewId, Path)), responses((status = 200, body = ReviewView)))]
#[post("/reviews/{id}/submission")]
async fn submit_review(app: Data<App>, caller: Caller, id: Path<ReviewId>) -> Answer {
    let view = app.act(&caller, Action::ReviewSubmit, move |cx| reviewing::submit_review(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Takes an expert off the case; an alternate steps in.
#[utoipa::path(
    tag = "reviews", params(("id" = ReviewId, Path)), request_body = ReviewReasonBody,
    responses((status = 200, body = StepBackView))
)]
#[post("/reviews/{id}/recusal")]
async fn recuse_review(app: Data<App>, caller: Caller, id: Path<ReviewId>, body: Body<ReviewReasonBody>) -> Answer {
    let view = app
        .act(&caller, Action::ReviewRecuse, move |cx| reviewing::recuse_review(cx, &id, &body.get()?.reason))
        .await?;
    Ok(reply::versioned(view.version, &view))
}

/// Calls a further expert to a case whose scores are too far apart.
#[utoipa::path(
    tag = "reviews", params(("id" = ApplicationId, Path)), request_body = ReviewReasonBody,
    responses((status = 201, body = ReviewView))
)]
#[post("/applications/{id}/arbitration")]
async fn call_arbiter(app: Data<App>, caller: Caller, id: Path<ApplicationId>, body: Body<ReviewReasonBody>) -> Answer {
    let view =
        app.act(&caller, Action::ArbiterCall, move |cx| reviewing::call_arbiter(cx, &id, &body.get()?.reason)).await?;
    Ok(reply::created(format!("/api/v1/reviews/{}", view.id), view.version, &view))
}

/// Freezes the results of the round's applications in review: all or nothing, each application's reason listed.
#[utoipa::path(
    tag = "reviews", params(("id" = RoundId, Path)), request_body = FreezeScoresBody,
    responses((status = 200, body = FreezeView))
)]
#[post("/rounds/{id}/score-freeze")]
async fn freeze_scores(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<FreezeScoresBody>) -> Answer {
    let view = app.act(&caller, Action::ScoreFreeze, move |cx| scoring::freeze_scores(cx, &id, body.get()?)).await?;
    Ok(reply::ok(&view))
}

/// The result of an application with all it follows from: frozen, or as it stands now.
#[utoipa::path(tag = "reviews", params(("id" = ApplicationId, Path)), responses((status = 200, body = ScoreView)))]
#[get("/applications/{id}/score")]
async fn get_score(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view = app.look(&caller, Action::ScoreView, move |cx| scoring::get_score(cx, &id)).await?;
    Ok(reply::ok(&view))
}

/// The applicant's free texts with what of them blind reviewers may read.
#[utoipa::path(tag = "reviews", params(("id" = ApplicationId, Path)), responses((status = 200, body = RedactionView)))]
#[get("/applications/{id}/redaction")]
async fn get_redaction(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view = app.look(&caller, Action::RedactionView, move |cx| redaction::get_redaction(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Releases texts to blind reviewers, in the words given; `null` takes a release back. Needs If-Match.
#[utoipa::path(
    tag = "reviews", params(("id" = ApplicationId, Path)), request_body = UpdateRedactionBody,
    responses((status = 200, body = RedactionView))
)]
#[patch("/applications/{id}/redaction")]
async fn update_redaction(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<UpdateRedactionBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::RedactionUpdate, move |cx| redaction::update_redaction(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}
