use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::support::model::{
    AnswerChangeBody, CreatePlanBody, EvaluatePlanBody, ListPlansParams, MidReviewBody, PlanId, PlanReasonBody,
    PlanSummary, PlanView, ProposalView, RequestChangeBody, RevisionView, UpdatePlanBody,
};
use crate::support::service::{plans, proposal};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_support_plans).service(create_support_plan).service(get_support_plan).service(update_support_plan);
    cfg.service(propose_support_plan)
        .service(consult_support_plan)
        .service(send_back_support_plan)
        .service(confirm_support_plan);
    cfg.service(execute_support_plan)
        .service(list_support_plan_revisions)
        .service(request_support_plan_change)
        .service(accept_support_plan_change);
    cfg.service(refuse_support_plan_change)
        .service(withdraw_support_plan_change)
        .service(review_support_plan)
        .service(evaluate_support_plan);
    cfg.service(close_support_plan);
}

/// Support plans within reach, newest first. Enterprises see theirs once they were asked, units those that name them.
#[utoipa::path(tag = "support", params(ListPlansParams), responses((status = 200, body = Page<PlanSummary>)))]
#[get("/support-plans")]
async fn list_support_plans(app: Data<App>, caller: Caller, params: Params<ListPlansParams>) -> Answer {
    let work = move |cx: &mut Cx| plans::list_plans(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportPlanList, work).await?))
}

/// Begins the plan of a member for a year.
#[utoipa::path(tag = "support", request_body = CreatePlanBody, responses((status = 201, body = PlanView)))]
#[post("/support-plans")]
async fn create_support_plan(app: Data<App>, caller: Caller, body: Body<CreatePlanBody>) -> Answer {
    let work = move |cx: &mut Cx| plans::create_plan(cx, body.get()?);
    let view = app.act(&caller, Action::SupportPlanCreate, work).await?;
    Ok(reply::created(format!("/api/v1/support-plans/{}", view.id), view.version, &view))
}

/// One plan: what it says, how its goals stand, and what the caller may do.
#[utoipa::path(tag = "support", params(("id" = PlanId, Path)), responses((status = 200, body = PlanView)))]
#[get("/support-plans/{id}")]
async fn get_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>) -> Answer {
    let work = move |cx: &mut Cx| plans::get_plan(cx, &id);
    let view = app.look(&caller, Action::SupportPlanView, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Writes the draft (If-Match). What is edited in consultation has to be signed anew.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path)), request_body = UpdatePlanBody,
    responses((status = 200, body = PlanView))
)]
#[patch("/support-plans/{id}")]
async fn update_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>, body: Body<UpdatePlanBody>) -> Answer {
    let work = move |cx: &mut Cx| plans::update_plan(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportPlanUpdate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// What the draft might say, from facts, each line with its origin. Nothing is written.
#[utoipa::path(tag = "support", params(("id" = PlanId, Path)), responses((status = 200, body = ProposalView)))]
#[get("/support-plans/{id}/proposal")]
async fn propose_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>) -> Answer {
    let work = move |cx: &mut Cx| proposal::propose_plan(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::SupportPlanPropose, work).await?))
}

/// Shows the draft to the enterprise.
#[utoipa::path(tag = "support", params(("id" = PlanId, Path)), responses((status = 200, body = PlanView)))]
#[post("/support-plans/{id}/consultation")]
async fn consult_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>) -> Answer {
    let work = move |cx: &mut Cx| plans::consult_plan(cx, &id);
    let view = app.act(&caller, Action::SupportPlanConsult, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The enterprise sends the draft back and says why.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path)), request_body = PlanReasonBody,
    responses((status = 200, body = PlanView))
)]
#[post("/support-plans/{id}/return")]
async fn send_back_support_plan(
    app: Data<App>,
    caller: Caller,
    id: Path<PlanId>,
    body: Body<PlanReasonBody>,
) -> Answer {
    let work = move |cx: &mut Cx| plans::send_back_plan(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportPlanSendBack, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Signs for the caller's side what was read at the version of If-Match. With both signatures the plan stands.
#[utoipa::path(tag = "support", params(("id" = PlanId, Path)), responses((status = 200, body = PlanView)))]
#[post("/support-plans/{id}/confirmation")]
async fn confirm_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>) -> Answer {
    let work = move |cx: &mut Cx| plans::confirm_plan(cx, &id);
    let view = app.act(&caller, Action::SupportPlanConfirm, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Begins the execution, or goes on with it after the mid-term review.
#[utoipa::path(tag = "support", params(("id" = PlanId, Path)), responses((status = 200, body = PlanView)))]
#[post("/support-plans/{id}/execution")]
async fn execute_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>) -> Answer {
    let work = move |cx: &mut Cx| plans::execute_plan(cx, &id);
    let view = app.act(&caller, Action::SupportPlanExecute, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Every revision with its signatures and what it changes.
#[utoipa::path(tag = "support", params(("id" = PlanId, Path)), responses((status = 200, body = Page<RevisionView>)))]
#[get("/support-plans/{id}/revisions")]
async fn list_support_plan_revisions(app: Data<App>, caller: Caller, id: Path<PlanId>) -> Answer {
    let work = move |cx: &mut Cx| plans::list_plan_revisions(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::SupportPlanView, work).await?))
}

/// Asks the other side for a change of a confirmed plan.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path)), request_body = RequestChangeBody,
    responses((status = 200, body = PlanView))
)]
#[post("/support-plans/{id}/change-requests")]
async fn request_support_plan_change(
    app: Data<App>,
    caller: Caller,
    id: Path<PlanId>,
    body: Body<RequestChangeBody>,
) -> Answer {
    let work = move |cx: &mut Cx| plans::request_change(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportPlanRequestChange, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The other side accepts what was read at the version of If-Match: the new revision is in force.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path), ("number" = String, Path)),
    responses((status = 200, body = PlanView))
)]
#[post("/support-plans/{id}/change-requests/{number}/acceptance")]
async fn accept_support_plan_change(app: Data<App>, caller: Caller, path: Path<(PlanId, String)>) -> Answer {
    let work = move |cx: &mut Cx| plans::accept_change(cx, &path.0, &path.1);
    let view = app.act(&caller, Action::SupportPlanAcceptChange, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The other side refuses; the plan stays as it is.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path), ("number" = String, Path)), request_body = AnswerChangeBody,
    responses((status = 200, body = PlanView))
)]
#[post("/support-plans/{id}/change-requests/{number}/refusal")]
async fn refuse_support_plan_change(
    app: Data<App>,
    caller: Caller,
    path: Path<(PlanId, String)>,
    body: Body<AnswerChangeBody>,
) -> Answer {
    let work = move |cx: &mut Cx| plans::refuse_change(cx, &path.0, &path.1, body.get()?);
    let view = app.act(&caller, Action::SupportPlanRefuseChange, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The side that asked takes its request back.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path), ("number" = String, Path)),
    responses((status = 200, body = PlanView))
)]
#[post("/support-plans/{id}/change-requests/{number}/withdrawal")]
async fn withdraw_support_plan_change(app: Data<App>, caller: Caller, path: Path<(PlanId, String)>) -> Answer {
    let work = move |cx: &mut Cx| plans::withdraw_change(cx, &path.0, &path.1);
    let view = app.act(&caller, Action::SupportPlanWithdrawChange, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Holds the mid-term review.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path)), request_body = MidReviewBody,
    responses((status = 200, body = PlanView))
)]
#[post("/support-plans/{id}/mid-review")]
async fn review_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>, body: Body<MidReviewBody>) -> Answer {
    let work = move |cx: &mut Cx| plans::review_plan(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportPlanReview, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Evaluates the year, once its last goal is due: goals by the annual figures, with a score.
#[utoipa::path(
    tag = "support", params(("id" = PlanId, Path)), request_body = EvaluatePlanBody,
    responses((status = 200, body = PlanView))
)]
#[post("/support-plans/{id}/evaluation")]
async fn evaluate_support_plan(
    app: Data<App>,
    caller: Caller,
    id: Path<PlanId>,
    body: Body<EvaluatePlanBody>,
) -> Answer {
    let work = move |cx: &mut Cx| plans::evaluate_plan(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportPlanEvaluate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Closes an evaluated plan none of whose items is open.
#[utoipa::path(tag = "support", params(("id" = PlanId, Path)), responses((status = 200, body = PlanView)))]
#[post("/support-plans/{id}/closing")]
async fn close_support_plan(app: Data<App>, caller: Caller, id: Path<PlanId>) -> Answer {
    let work = move |cx: &mut Cx| plans::close_plan(cx, &id);
    let view = app.act(&caller, Action::SupportPlanClose, work).await?;
    Ok(reply::versioned(view.version, &view))
}
