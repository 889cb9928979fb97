use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::risk_pool::model::{
    CompensationClaimId, CompensationReasonBody, CompensationSummary, CompensationView, FileCompensationBody,
    ListCompensationsParams, PayCompensationBody, RecordRecoveryBody, UpdateCompensationBody, WriteOffCompensationBody,
};
use crate::risk_pool::service::claims as service;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_compensations)
        .service(file_compensation)
        .service(get_compensation)
        .service(update_compensation)
        .service(submit_compensation)
        .service(return_compensation)
        .service(admit_compensation)
        .service(refuse_compensation)
        .service(pay_compensation)
        .service(record_recovery)
        .service(write_off_compensation)
        .service(close_compensation);
}

fn shown(view: &CompensationView) -> Answer {
    Ok(reply::versioned(view.version, view))
}

/// Claims on the pool, newest first.
#[utoipa::path(
    tag = "compensation",
    params(ListCompensationsParams),
    responses((status = 200, body = Page<CompensationSummary>))
)]
#[get("/compensation-claims")]
async fn list_compensations(app: Data<App>, caller: Caller, params: Params<ListCompensationsParams>) -> Answer {
    let look = move |cx: &mut Cx| service::list_compensations(cx, params.get()?);
    let page = app.look(&caller, Action::CompensationList, look).await?;
    Ok(reply::ok(&page))
}

/// Files a bank's claim for the lost principal of a loan.
#[utoipa::path(
    tag = "compensation",
    request_body = FileCompensationBody,
    responses((status = 201, body = CompensationView))
)]
#[post("/compensation-claims")]
async fn file_compensation(app: Data<App>, caller: Caller, body: Body<FileCompensationBody>) -> Answer {
    let act = move |cx: &mut Cx| service::file_compensation(cx, body.get()?);
    let view = app.act(&caller, Action::CompensationFile, act).await?;
    Ok(reply::created(format!("/api/v1/compensation-claims/{}", view.claim.id), view.version, &view))
}

/// One claim with its amounts per level, its recoveries and what may be done next.
#[utoipa::path(tag = "compensation", params(("id" = CompensationClaimId, Path)), responses((status = 200, body = CompensationView)))]
#[get("/compensation-claims/{id}")]
async fn get_compensation(app: Data<App>, caller: Caller, id: Path<CompensationClaimId>) -> Answer {
    let look = move |cx: &mut Cx| service::get_compensation(cx, &id);
    shown(&app.look(&caller, Action::CompensationView, look).await?)
}

/// Corrects the figures of a claim that is not admitted yet.
#[utoipa::path(
    tag = "compensation", params(("id" = CompensationClaimId, Path)),
    request_body = UpdateCompensationBody,
    responses((status = 200, body = CompensationView))
)]
#[patch("/compensation-claims/{id}")]
async fn update_compensation(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    body: Body<UpdateCompensationBody>,
) -> Answer {
    let act = move |cx: &mut Cx| service::update_compensation(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::CompensationUpdate, act).await?)
}

/// Hands a returned claim in again; the payment clock starts anew.
#[utoipa::path(tag = "compensation", params(("id" = CompensationClaimId, Path)), responses((status = 200, body = CompensationView)))]
#[post("/compensation-claims/{id}/submission")]
async fn submit_compensation(app: Data<App>, caller: Caller, id: Path<CompensationClaimId>) -> Answer {
    let act = move |cx: &mut Cx| service::submit_compensation(cx, &id);
    shown(&app.act(&caller, Action::CompensationSubmit, act).await?)
}

/// Returns a claim for completion; the payment clock stops.
#[utoipa::path(
    tag = "compensation", params(("id" = CompensationClaimId, Path)),
    request_body = CompensationReasonBody,
    responses((status = 200, body = CompensationView))
)]
#[post("/compensation-claims/{id}/return")]
async fn return_compensation(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    body: Body<CompensationReasonBody>,
) -> Answer {
    let act = move |cx: &mut Cx| service::return_compensation(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::CompensationReturn, act).await?)
}

/// Admits a claim whose conditions are met: the pool commits what it has, the rest waits in order of admission.
#[utoipa::path(tag = "compensation", params(("id" = CompensationClaimId, Path)), responses((status = 200, body = CompensationView)))]
#[post("/compensation-claims/{id}/admission")]
async fn admit_compensation(app: Data<App>, caller: Caller, id: Path<CompensationClaimId>) -> Answer {
    let act = move |cx: &mut Cx| service::admit_compensation(cx, &id);
    shown(&app.act(&caller, Action::CompensationAdmit, act).await?)
}

/// Refuses a claim, also an admitted one that nothing was paid on: what was committed to it is released.
#[utoipa::path(
    tag = "compensation", params(("id" = CompensationClaimId, Path)),
    request_body = CompensationReasonBody,
    responses((status = 200, body = CompensationView))
)]
#[post("/compensation-claims/{id}/refusal")]
async fn refuse_compensation(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    body: Body<CompensationReasonBody>,
) -> Answer {
    let act = move |cx: &mut Cx| service::refuse_compensation(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::CompensationRefuse, act).await?)
}

/// Books a payment to the bank, at most what the pool has committed to the claim.
#[utoipa::path(
    tag = "compensation", params(("id" = CompensationClaimId, Path)),
    request_body = PayCompensationBody,
    responses((status = 200, body = CompensationView))
)]
#[post("/compensation-claims/{id}/payouts")]
async fn pay_compensation(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    body: Body<PayCompensationBody>,
) -> Answer {
    let act = move |cx: &mut Cx| service::pay_compensation(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::CompensationPay, act).await?)
}

/// Books what the bank recovered: government's share of the net amount goes back to the pool, also after write-off and closing.
#[utoipa::path(
    tag = "compensation", params(("id" = CompensationClaimId, Path)),
    request_body = RecordRecoveryBody,
    responses((status = 200, body = CompensationView))
)]
#[post("/compensation-claims/{id}/recoveries")]
async fn record_recovery(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    body: Body<RecordRecoveryBody>,
) -> Answer {
    let act = move |cx: &mut Cx| service::record_recovery(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::CompensationRecover, act).await?)
}

/// Notes that the bank has written the loan off. Later recoveries are still owed.
#[utoipa::path(
    tag = "compensation", params(("id" = CompensationClaimId, Path)),
    request_body = WriteOffCompensationBody,
    responses((status = 200, body = CompensationView))
)]
#[post("/compensation-claims/{id}/write-off")]
async fn write_off_compensation(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    body: Body<WriteOffCompensationBody>,
) -> Answer {
    let act = move |cx: &mut Cx| service::write_off_compensation(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::CompensationWriteOff, act).await?)
}

/// Archives a paid claim.
#[utoipa::path(tag = "compensation", params(("id" = CompensationClaimId, Path)), responses((status = 200, body = CompensationView)))]
#[post("/compensation-claims/{id}/closure")]
async fn close_compensation(app: Data<App>, caller: Caller, id: Path<CompensationClaimId>) -> Answer {
    let act = move |cx: &mut Cx| service::close_compensation(cx, &id);
    shown(&app.act(&caller, Action::CompensationClose, act).await?)
}
