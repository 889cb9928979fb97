use actix_web::web::{Data, Path};
use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    FeedbackView, MinutesView, MoveRankingBody, RankingParams, RankingView, ReleaseRankingBody, UpdateFeedbackBody,
    UpdateMinutesBody,
};
use super::service::{feedback, minutes, ranking, release};
use crate::app::App;
use crate::applications::model::ApplicationId;
use crate::decisions::model::DecisionView;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::policy::Action;
use crate::rounds::model::RoundId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(get_ranking)
        .service(move_ranking)
        .service(get_minutes)
        .service(update_minutes)
        .service(release_ranking)
        .service(get_feedback)
        .service(prepare_feedback)
        .service(update_feedback)
        .service(send_feedback);
}

/// The ranking of a tier with its line. `quota` and `weights` try something else out: nothing is stored.
#[utoipa::path(
    tag = "deliberation", params(("id" = RoundId, Path), RankingParams), responses((status = 200, body = RankingView))
)]
#[get("/rounds/{id}/ranking")]
async fn get_ranking(app: Data<App>, caller: Caller, id: Path<RoundId>, params: Params<RankingParams>) -> Answer {
    let view = app.look(&caller, Action::RankingView, move |cx| ranking::get_ranking(cx, &id, params.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Moves an application to another place by hand, with a reason; needs If-Match with the ranking's version.
#[utoipa::path(
    tag = "deliberation", params(("id" = RoundId, Path)), request_body = MoveRankingBody,
    responses((status = 200, body = RankingView))
)]
#[post("/rounds/{id}/ranking-moves")]
async fn move_ranking(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<MoveRankingBody>) -> Answer {
    let view = app.act(&caller, Action::RankingMove, move |cx| ranking::move_ranking(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The minutes of the round's joint meeting; version 0 while nothing is recorded.
#[utoipa::path(
    tag = "deliberation", params(("id" = RoundId, Path)), responses((status = 200, body = MinutesView))
)]
#[get("/rounds/{id}/minutes")]
async fn get_minutes(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.look(&caller, Action::MinutesView, move |cx| minutes::get_minutes(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Replaces the minutes; needs If-Match.
#[utoipa::path(
    tag = "deliberation", params(("id" = RoundId, Path)), request_body = UpdateMinutesBody,
    responses((status = 200, body = MinutesView))
)]
#[put("/rounds/{id}/minutes")]
async fn update_minutes(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<UpdateMinutesBody>) -> Answer {
    let view = app.act(&caller, Action::MinutesUpdate, move |cx| minutes::update_minutes(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Prepares one decision for a whole tier: above the line proposed, the others not selected, all together.
///
/// 409 `minutes_required`, `scores_missing`, `tie_at_line`.
#[utoipa::path(
    tag = "deliberation", params(("id" = RoundId, Path)), request_body = ReleaseRankingBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/rounds/{id}/releases")]
async fn release_ranking(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<ReleaseRankingBody>) -> Answer {
    let view =
        app.act(&caller, Action::RankingRelease, move |cx| release::prepare_release(cx, &id, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/decisions/{}", view.id), view.version, &view))
}

/// The feedback on an application; an applicant reads theirs once it is sent.
#[utoipa::path(
    tag = "deliberation", params(("id" = ApplicationId, Path)), responses((status = 200, body = FeedbackView))
)]
#[get("/applications/{id}/feedback")]
async fn get_feedback(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view = app.look(&caller, Action::FeedbackView, move |cx| feedback::get_feedback(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Drafts the feedback from the frozen appraisals of an application that was not selected.
#[utoipa::path(
    tag = "deliberation", params(("id" = ApplicationId, Path)), responses((status = 201, body = FeedbackView))
)]
#[post("/applications/{id}/feedback")]
async fn prepare_feedback(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view = app.act(&caller, Action::FeedbackUpdate, move |cx| feedback::prepare_feedback(cx, &id)).await?;
    Ok(reply::created(format!("/api/v1/applications/{}/feedback", view.application_id), view.version, &view))
}

/// Changes the words; needs If-Match. An approval that waits is taken back.
#[utoipa::path(
    tag = "deliberation", params(("id" = ApplicationId, Path)), request_body = UpdateFeedbackBody,
    responses((status = 200, body = FeedbackView))
)]
#[patch("/applications/{id}/feedback")]
async fn update_feedback(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<UpdateFeedbackBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::FeedbackUpdate, move |cx| feedback::update_feedback(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Prepares the decision that sends the feedback, once the publicity has begun.
#[utoipa::path(
    tag = "deliberation", params(("id" = ApplicationId, Path)), responses((status = 201, body = DecisionView))
)]
#[post("/applications/{id}/feedback/sending")]
async fn send_feedback(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view = app.act(&caller, Action::FeedbackSend, move |cx| feedback::prepare_sending(cx, &id)).await?;
    Ok(reply::created(format!("/api/v1/decisions/{}", view.id), view.version, &view))
}
