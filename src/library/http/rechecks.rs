//! Re-checks and the draws that open them.

use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::decisions::http::prepared;
use crate::decisions::model::DecisionView;
use crate::library::model::{
    ConcludeRecheckBody, CreateRecheckBody, CreateRecheckDrawBody, ListRecheckDrawsParams, ListRechecksParams,
    RecheckDrawId, RecheckDrawView, RecheckId, RecheckSummary, RecheckView,
};
use crate::library::service::{draws, rechecks};
use crate::platform::actor::Caller;
use crate::platform::clock::random_bytes;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_rechecks).service(create_recheck).service(get_recheck).service(conclude_recheck);
    cfg.service(list_recheck_draws).service(create_recheck_draw).service(get_recheck_draw);
}

/// Re-checks, newest first. Applicants see those of their own enterprises.
#[utoipa::path(tag = "library", params(ListRechecksParams), responses((status = 200, body = Page<RecheckSummary>)))]
#[get("/rechecks")]
async fn list_rechecks(app: Data<App>, caller: Caller, params: Params<ListRechecksParams>) -> Answer {
    let work = move |cx: &mut Cx| rechecks::list_rechecks(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::RecheckList, work).await?))
}

/// Opens a re-check of a member: figures and evaluation of today are frozen, and the member is in re-review.
#[utoipa::path(tag = "library", request_body = CreateRecheckBody, responses((status = 201, body = RecheckView)))]
#[post("/rechecks")]
async fn create_recheck(app: Data<App>, caller: Caller, body: Body<CreateRecheckBody>) -> Answer {
    let work = move |cx: &mut Cx| rechecks::create_recheck(cx, body.get()?);
    let view = app.act(&caller, Action::RecheckCreate, work).await?;
    Ok(reply::created(format!("/api/v1/rechecks/{}", view.id), view.version, &view))
}

/// One re-check with what it found.
#[utoipa::path(tag = "library", params(("id" = RecheckId, Path)), responses((status = 200, body = RecheckView)))]
#[get("/rechecks/{id}")]
async fn get_recheck(app: Data<App>, caller: Caller, id: Path<RecheckId>) -> Answer {
    let view = app.look(&caller, Action::RecheckView, move |cx| rechecks::get_recheck(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Prepares the decision that concludes a re-check.
#[utoipa::path(
    tag = "library", params(("id" = RecheckId, Path)), request_body = ConcludeRecheckBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/rechecks/{id}/conclusion")]
async fn conclude_recheck(
    app: Data<App>,
    caller: Caller,
    id: Path<RecheckId>,
    body: Body<ConcludeRecheckBody>,
) -> Answer {
    let programme = app.config.programme.clone();
    let work = move |cx: &mut Cx| rechecks::prepare_conclusion(cx, &id, body.get()?, &programme);
    Ok(prepared(app.act(&caller, Action::RecheckConclude, work).await?))
}

/// Draws of members to look at again, newest first.
#[utoipa::path(tag = "library", params(ListRecheckDrawsParams), responses((status = 200, body = Page<RecheckDrawView>)))]
#[get("/recheck-draws")]
async fn list_recheck_draws(app: Data<App>, caller: Caller, params: Params<ListRecheckDrawsParams>) -> Answer {
    let work = move |cx: &mut Cx| draws::list_recheck_draws(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::RecheckDrawList, work).await?))
}

/// Draws a share of the active members and opens a re-check of each (双随机).
#[utoipa::path(tag = "library", request_body = CreateRecheckDrawBody, responses((status = 201, body = RecheckDrawView)))]
#[post("/recheck-draws")]
async fn create_recheck_draw(app: Data<App>, caller: Caller, body: Body<CreateRecheckDrawBody>) -> Answer {
    let seed = random_bytes::<32>();
    let work = move |cx: &mut Cx| draws::create_recheck_draw(cx, body.get()?, seed);
    let view = app.act(&caller, Action::RecheckDrawCreate, work).await?;
    Ok(reply::created(format!("/api/v1/recheck-draws/{}", view.id), 1, &view))
}

/// One draw, drawn again on the spot.
#[utoipa::path(tag = "library", params(("id" = RecheckDrawId, Path)), responses((status = 200, body = RecheckDrawView)))]
#[get("/recheck-draws/{id}")]
async fn get_recheck_draw(app: Data<App>, caller: Caller, id: Path<RecheckDrawId>) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::RecheckDrawList, move |cx| draws::get_recheck_draw(cx, &id)).await?))
}
