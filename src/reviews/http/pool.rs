//! The pool, conflicts of interest, and the draw.

use actix_web::web::{Data, Path};
use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::decisions::model::DecisionView;
use crate::platform::actor::Caller;
use crate::platform::clock::random_bytes;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::reviews::model::{
    ConflictId, ConflictView, CreateExpertBody, DrawId, DrawPanelBody, DrawSummary, DrawView, ExpertId, ExpertSummary,
    ExpertView, ListConflictsParams, ListDrawsParams, ListExpertsParams, PanelId, PanelView, PinConflictBody,
    ReviewPlan, ReviewPlanView, ReviewReasonBody, UpdateExpertBody,
};
use crate::reviews::service::{conflicts, drawing, experts, plan, redraw};
use crate::rounds::model::RoundId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_experts)
        .service(create_expert)
        .service(get_expert)
        .service(update_expert)
        .service(list_conflicts)
        .service(pin_conflict)
        .service(end_conflict)
        .service(get_review_plan)
        .service(update_review_plan)
        .service(draw_panel)
        .service(get_panel)
        .service(redraw_panel)
        .service(list_draws)
        .service(get_draw);
}

/// The pool of experts, newest first.
#[utoipa::path(tag = "reviews", params(ListExpertsParams), responses((status = 200, body = Page<ExpertSummary>)))]
#[get("/experts")]
async fn list_experts(app: Data<App>, caller: Caller, params: Params<ListExpertsParams>) -> Answer {
    let page = app.look(&caller, Action::ExpertList, move |cx| experts::list_experts(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// Takes a person with the role `expert` into the pool.
#[utoipa::path(tag = "reviews", request_body = CreateExpertBody, responses((status = 201, body = ExpertView)))]
#[post("/experts")]
async fn create_expert(app: Data<App>, caller: Caller, body: Body<CreateExpertBody>) -> Answer {
    let view = app.act(&caller, Action::ExpertCreate, move |cx| experts::create_expert(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/experts/{}", view.id), view.version, &view))
}

/// One expert with their absences, past service and load.
#[utoipa::path(tag = "reviews", params(("id" = ExpertId, Path)), responses((status = 200, body = ExpertView)))]
#[get("/experts/{id}")]
async fn get_expert(app: Data<App>, caller: Caller, id: Path<ExpertId>) -> Answer {
    let view = app.look(&caller, Action::ExpertView, move |cx| experts::get_expert(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Merge patch (RFC 7396); needs If-Match. Who retires is not drawn any more.
#[utoipa::path(
    tag = "reviews", params(("id" = ExpertId, Path)), request_body = UpdateExpertBody,
    responses((status = 200, body = ExpertView))
)]
#[patch("/experts/{id}")]
async fn update_expert(app: Data<App>, caller: Caller, id: Path<ExpertId>, body: Body<UpdateExpertBody>) -> Answer {
    let view = app.act(&caller, Action::ExpertUpdate, move |cx| experts::update_expert(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Conflicts of interest, newest first, without those about cases hidden from the caller.
#[utoipa::path(tag = "reviews", params(ListConflictsParams), responses((status = 200, body = Page<ConflictView>)))]
#[get("/conflicts")]
async fn list_conflicts(app: Data<App>, caller: Caller, params: Params<ListConflictsParams>) -> Answer {
    let page = app.look(&caller, Action::ConflictList, move |cx| conflicts::list_conflicts(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// Keeps a person - expert or colleague - away from everything that concerns an enterprise. Their open reviews of it end.
#[utoipa::path(tag = "reviews", request_body = PinConflictBody, responses((status = 201, body = ConflictView)))]
#[post("/conflicts")]
async fn pin_conflict(app: Data<App>, caller: Caller, body: Body<PinConflictBody>) -> Answer {
    let view = app.act(&caller, Action::ConflictPin, move |cx| conflicts::pin_conflict(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/conflicts?user_id={}", view.user_id), view.version, &view))
}

/// Ends a conflict, with a reason. What it ended before stays ended.
#[utoipa::path(
    tag = "reviews", params(("id" = ConflictId, Path)), request_body = ReviewReasonBody,
    responses((status = 200, body = ConflictView))
)]
#[post("/conflicts/{id}/ending")]
async fn end_conflict(app: Data<App>, caller: Caller, id: Path<ConflictId>, body: Body<ReviewReasonBody>) -> Answer {
    let view =
        app.act(&caller, Action::ConflictEnd, move |cx| conflicts::end_conflict(cx, &id, &body.get()?.reason)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// How a round is reviewed: composition of panels, method, limits, deadline. Version 0 = the defaults.
#[utoipa::path(tag = "reviews", params(("id" = RoundId, Path)), responses((status = 200, body = ReviewPlanView)))]
#[get("/rounds/{id}/review-plan")]
async fn get_review_plan(app: Data<App>, caller: Caller, id: Path<RoundId>) -> Answer {
    let view = app.look(&caller, Action::ReviewPlanView, move |cx| plan::get_review_plan(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Replaces the plan; needs If-Match. Once a panel is drawn only the deadline can change.
#[utoipa::path(
    tag = "reviews", params(("id" = RoundId, Path)), request_body = ReviewPlan,
    responses((status = 200, body = ReviewPlanView))
)]
#[put("/rounds/{id}/review-plan")]
async fn update_review_plan(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<ReviewPlan>) -> Answer {
    let view =
        app.act(&caller, Action::ReviewPlanUpdate, move |cx| plan::update_review_plan(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Draws a panel at random under the round's rules of composition, alternates included, and hands out the tasks.
///
/// When no panel keeps the rules: 409 `panel_infeasible` with `shortages`, which name the rules in the way.
#[utoipa::path(
    tag = "reviews", params(("id" = RoundId, Path)), request_body = DrawPanelBody,
    responses((status = 201, body = PanelView))
)]
#[post("/rounds/{id}/panels")]
async fn draw_panel(app: Data<App>, caller: Caller, id: Path<RoundId>, body: Body<DrawPanelBody>) -> Answer {
    // Outside the closure: a transaction that runs again draws the same panel.
    let seed = random_bytes::<32>();
    let view = app.act(&caller, Action::PanelDraw, move |cx| drawing::draw_panel(cx, &id, body.get()?, seed)).await?;
    Ok(reply::created(format!("/api/v1/panels/{}", view.id), view.version, &view))
}

/// One panel: who sits, who waits, which applications.
#[utoipa::path(tag = "reviews", params(("id" = PanelId, Path)), responses((status = 200, body = PanelView)))]
#[get("/panels/{id}")]
async fn get_panel(app: Data<App>, caller: Caller, id: Path<PanelId>) -> Answer {
    let view = app.look(&caller, Action::PanelView, move |cx| drawing::get_panel(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Asks for the panel to be drawn again: once an approver agrees, its tasks end and its applications wait for another draw.
#[utoipa::path(
    tag = "reviews", params(("id" = PanelId, Path)), request_body = ReviewReasonBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/panels/{id}/redraw")]
async fn redraw_panel(app: Data<App>, caller: Caller, id: Path<PanelId>, body: Body<ReviewReasonBody>) -> Answer {
    let view =
        app.act(&caller, Action::PanelRedraw, move |cx| redraw::prepare_redraw(cx, &id, &body.get()?.reason)).await?;
    Ok(reply::created(format!("/api/v1/decisions/{}", view.id), view.version, &view))
}

/// Every draw that was made, newest first.
#[utoipa::path(tag = "reviews", params(ListDrawsParams), responses((status = 200, body = Page<DrawSummary>)))]
#[get("/draws")]
async fn list_draws(app: Data<App>, caller: Caller, params: Params<ListDrawsParams>) -> Answer {
    let page = app.look(&caller, Action::DrawList, move |cx| drawing::list_draws(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// A draw with seed, rules and candidates: all that is needed to draw it again.
#[utoipa::path(tag = "reviews", params(("id" = DrawId, Path)), responses((status = 200, body = DrawView)))]
#[get("/draws/{id}")]
async fn get_draw(app: Data<App>, caller: Caller, id: Path<DrawId>) -> Answer {
    let view = app.look(&caller, Action::DrawView, move |cx| drawing::get_draw(cx, &id)).await?;
    Ok(reply::ok(&view))
}
