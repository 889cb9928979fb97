use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use serde_json::{Map, Value};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    AcceptApplicationBody, ApplicationId, ApplicationReasonBody, ApplicationSummary, ApplicationView,
    BatchApplicationsBody, BatchView, CreateApplicationBody, DifferencesParams, DifferencesView, Form,
    ListApplicationsParams, OverrideApplicationBody, ReturnApplicationBody, SubmissionSummary, SubmissionView,
    WithdrawApplicationBody,
};
use super::service::{batch, certification, draft, preparation, reading, review, submission, submissions};
use crate::app::App;
use crate::audit::model::{TimelineItem, TimelineParams};
use crate::decisions::http::prepared;
use crate::decisions::model::DecisionView;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_applications)
        .service(create_application)
        .service(batch_applications)
        .service(get_application)
        .service(update_application)
        .service(submit_application)
        .service(withdraw_application)
        .service(accept_application)
        .service(return_application)
        .service(reject_application)
        .service(override_application)
        .service(propose_application)
        .service(not_select_application)
        .service(void_application)
        .service(get_application_timeline)
        .service(certify_application)
        .service(list_submissions)
        .service(get_submission)
        .service(get_differences);
}

/// Applications within reach, newest first.
#[utoipa::path(
    tag = "applications",
    params(ListApplicationsParams),
    responses((status = 200, body = Page<ApplicationSummary>))
)]
#[get("/applications")]
async fn list_applications(app: Data<App>, caller: Caller, params: Params<ListApplicationsParams>) -> Answer {
    let days = app.config.programme.formal_review_days;
    let look = move |cx: &mut Cx| reading::list_applications(cx, params.get()?, days);
    let page = app.look(&caller, Action::ApplicationList, look).await?;
    Ok(reply::ok(&page))
}

/// Begins a draft in an open round, for an enterprise the caller acts for.
#[utoipa::path(
    tag = "applications",
    request_body = CreateApplicationBody,
    responses((status = 201, body = ApplicationView))
)]
#[post("/applications")]
async fn create_application(app: Data<App>, caller: Caller, body: Body<CreateApplicationBody>) -> Answer {
    let view =
        app.act(&caller, Action::ApplicationCreate, move |cx| draft::create_application(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/applications/{}", view.id), view.version, &view))
}

/// One step for many applications, all or nothing; `dry_run` tells what would happen.
#[utoipa::path(
    tag = "applications",
    request_body = BatchApplicationsBody,
    responses((status = 200, body = BatchView))
)]
#[post("/applications/batches")]
async fn batch_applications(app: Data<App>, caller: Caller, body: Body<BatchApplicationsBody>) -> Answer {
    // A body that names no step: whoever may accept is told what is wrong with it.
    let action = body.get().map_or(Action::ApplicationAccept, |body| batch::permission(body.action));
    let view = app.act(&caller, action, move |cx| batch::apply_batch(cx, body.get()?)).await?;
    Ok(reply::ok(&view))
}

/// One application: its form, how the rules see it, what was returned, and what the caller may do.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = 200, body = ApplicationView))
)]
#[get("/applications/{id}")]
async fn get_application(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view = app.look(&caller, Action::ApplicationView, move |cx| reading::get_application(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Merge patch (RFC 7396) of the form's sections; needs If-Match.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)), request_body = Form,
    responses((status = 200, body = ApplicationView))
)]
#[patch("/applications/{id}")]
async fn update_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<Map<String, Value>>,
) -> Answer {
    let view =
        app.act(&caller, Action::ApplicationUpdate, move |cx| draft::update_application(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Hands in a draft or a corrected application; everything that is missing is named at once.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = 200, body = ApplicationView))
)]
#[post("/applications/{id}/submission")]
async fn submit_application(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view = app.act(&caller, Action::ApplicationSubmit, move |cx| submission::submit_application(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Takes an application back, until it is proposed.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = WithdrawApplicationBody,
    responses((status = 200, body = ApplicationView))
)]
#[post("/applications/{id}/withdrawal")]
async fn withdraw_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<WithdrawApplicationBody>,
) -> Answer {
    let view = app
        .act(&caller, Action::ApplicationWithdraw, move |cx| submission::withdraw_application(cx, &id, body.get()?))
        .await?;
    Ok(reply::versioned(view.version, &view))
}

/// Accepts in formal review; `gate_unmet` lists as `leaves` what still stands in the way.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = AcceptApplicationBody,
    responses((status = 200, body = ApplicationView))
)]
#[post("/applications/{id}/acceptance")]
async fn accept_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<AcceptApplicationBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::ApplicationAccept, move |cx| review::accept_application(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Returns for correction, with a due date in working days.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = ReturnApplicationBody,
    responses((status = 200, body = ApplicationView))
)]
#[post("/applications/{id}/return")]
async fn return_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<ReturnApplicationBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::ApplicationReturn, move |cx| review::return_application(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Rejects in formal review.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = ApplicationReasonBody,
    responses((status = 200, body = ApplicationView))
)]
#[post("/applications/{id}/rejection")]
async fn reject_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<ApplicationReasonBody>,
) -> Answer {
    let view =
        app.act(&caller, Action::ApplicationReject, move |cx| review::reject_application(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Prepares a decision to let rules of the gate pass although they are not met.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = OverrideApplicationBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/applications/{id}/overrides")]
async fn override_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<OverrideApplicationBody>,
) -> Answer {
    Ok(prepared(
        app.act(&caller, Action::ApplicationOverride, move |cx| preparation::prepare_override(cx, &id, body.get()?))
            .await?,
    ))
}

/// Prepares the decision to propose an application for recognition.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = ApplicationReasonBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/applications/{id}/proposal")]
async fn propose_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<ApplicationReasonBody>,
) -> Answer {
    Ok(prepared(
        app.act(&caller, Action::ApplicationPropose, move |cx| preparation::prepare_proposal(cx, &id, body.get()?))
            .await?,
    ))
}

/// Prepares the decision not to select an application; the enterprise stays in the library as a candidate.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = ApplicationReasonBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/applications/{id}/non-selection")]
async fn not_select_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<ApplicationReasonBody>,
) -> Answer {
    Ok(prepared(
        app.act(&caller, Action::ApplicationNotSelect, move |cx| {
            preparation::prepare_non_selection(cx, &id, body.get()?)
        })
        .await?,
    ))
}

/// Prepares the decision to declare an application void for fraud.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = ApplicationReasonBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/applications/{id}/voiding")]
async fn void_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    body: Body<ApplicationReasonBody>,
) -> Answer {
    Ok(prepared(
        app.act(&caller, Action::ApplicationVoid, move |cx| preparation::prepare_voiding(cx, &id, body.get()?)).await?,
    ))
}

/// What happened, oldest first; without the partial saves of the form.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path), TimelineParams),
    responses((status = 200, body = Page<TimelineItem>))
)]
#[get("/applications/{id}/timeline")]
async fn get_application_timeline(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    params: Params<TimelineParams>,
) -> Answer {
    let page = app
        .look(&caller, Action::TimelineView, move |cx| reading::get_application_timeline(cx, &id, params.get()?))
        .await?;
    Ok(reply::ok(&page))
}

/// The legal representative's account signs form and files as they are; needs If-Match. Any later change needs another signature.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = 200, body = ApplicationView))
)]
#[post("/applications/{id}/certification")]
async fn certify_application(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let view =
        app.act(&caller, Action::ApplicationCertify, move |cx| certification::certify_application(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Every submission of an application, oldest first.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = 200, body = Page<SubmissionSummary>))
)]
#[get("/applications/{id}/submissions")]
async fn list_submissions(app: Data<App>, caller: Caller, id: Path<ApplicationId>) -> Answer {
    let page = app.look(&caller, Action::ApplicationView, move |cx| submissions::list_submissions(cx, &id)).await?;
    Ok(reply::ok(&page))
}

/// One submission as it was frozen: form, figures and files.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path), ("number" = i32, Path)),
    responses((status = 200, body = SubmissionView))
)]
#[get("/applications/{id}/submissions/{number}")]
async fn get_submission(app: Data<App>, caller: Caller, path: Path<(ApplicationId, String)>) -> Answer {
    let (id, number) = path.into_inner();
    // What is no number is the number of nothing.
    let number = number.parse().unwrap_or(0);
    let view =
        app.look(&caller, Action::ApplicationView, move |cx| submissions::get_submission(cx, &id, number)).await?;
    Ok(reply::ok(&view))
}

/// What changed between two submissions, or since the last one, value by value.
#[utoipa::path(
    tag = "applications", params(("id" = ApplicationId, Path), DifferencesParams),
    responses((status = 200, body = DifferencesView))
)]
#[get("/applications/{id}/differences")]
async fn get_differences(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    params: Params<DifferencesParams>,
) -> Answer {
    let view = app
        .look(&caller, Action::ApplicationView, move |cx| submissions::get_differences(cx, &id, params.get()?))
        .await?;
    Ok(reply::ok(&view))
}
