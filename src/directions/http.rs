use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    CreateDirectionBody, CreateSignalBody, DirectionId, DirectionSummary, DirectionView, ListDirectionsParams,
    ReviewDirectionBody, TrackStandingsView, UpdateDirectionBody,
};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_track_standings);
    cfg.service(list_directions).service(create_direction).service(get_direction).service(update_direction);
    cfg.service(create_signal).service(review_direction);
}

/// The tracks with their maturity, its history, and how many members stand in each.
#[utoipa::path(tag = "directions", responses((status = 200, body = TrackStandingsView)))]
#[get("/track-standings")]
async fn list_track_standings(app: Data<App>, caller: Caller) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::TrackStandings, service::list_track_standings).await?))
}

/// New directions under observation, newest first.
#[utoipa::path(
    tag = "directions", params(ListDirectionsParams), responses((status = 200, body = Page<DirectionSummary>))
)]
#[get("/directions")]
async fn list_directions(app: Data<App>, caller: Caller, params: Params<ListDirectionsParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_directions(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::DirectionList, work).await?))
}

/// Puts a direction under observation.
#[utoipa::path(tag = "directions", request_body = CreateDirectionBody, responses((status = 201, body = DirectionView)))]
#[post("/directions")]
async fn create_direction(app: Data<App>, caller: Caller, body: Body<CreateDirectionBody>) -> Answer {
    let view = app.act(&caller, Action::DirectionWrite, move |cx| service::create_direction(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/directions/{}", view.id), view.version, &view))
}

/// One direction with what was noticed and what was decided.
#[utoipa::path(tag = "directions", params(("id" = DirectionId, Path)), responses((status = 200, body = DirectionView)))]
#[get("/directions/{id}")]
async fn get_direction(app: Data<App>, caller: Caller, id: Path<DirectionId>) -> Answer {
    let view = app.look(&caller, Action::DirectionList, move |cx| service::get_direction(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Edits a direction (merge patch, If-Match).
#[utoipa::path(
    tag = "directions", params(("id" = DirectionId, Path)), request_body = UpdateDirectionBody,
    responses((status = 200, body = DirectionView))
)]
#[patch("/directions/{id}")]
async fn update_direction(
    app: Data<App>,
    caller: Caller,
    id: Path<DirectionId>,
    body: Body<UpdateDirectionBody>,
) -> Answer {
    let work = move |cx: &mut Cx| service::update_direction(cx, &id, body.get()?);
    let view = app.act(&caller, Action::DirectionWrite, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Notes what was noticed about a direction, and where.
#[utoipa::path(
    tag = "directions", params(("id" = DirectionId, Path)), request_body = CreateSignalBody,
    responses((status = 200, body = DirectionView))
)]
#[post("/directions/{id}/signals")]
async fn create_signal(app: Data<App>, caller: Caller, id: Path<DirectionId>, body: Body<CreateSignalBody>) -> Answer {
    let work = move |cx: &mut Cx| service::create_signal(cx, &id, body.get()?);
    let view = app.act(&caller, Action::DirectionWrite, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Keeps a direction, raises it to a track of the next rule set, or drops it (If-Match).
#[utoipa::path(
    tag = "directions", params(("id" = DirectionId, Path)), request_body = ReviewDirectionBody,
    responses((status = 200, body = DirectionView))
)]
#[post("/directions/{id}/reviews")]
async fn review_direction(
    app: Data<App>,
    caller: Caller,
    id: Path<DirectionId>,
    body: Body<ReviewDirectionBody>,
) -> Answer {
    let work = move |cx: &mut Cx| service::review_direction(cx, &id, body.get()?);
    let view = app.act(&caller, Action::DirectionReview, work).await?;
    Ok(reply::versioned(view.version, &view))
}
