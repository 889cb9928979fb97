use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::decisions::model::DecisionView;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::subsidies::model::*;
use crate::subsidies::service::{budgets, claw_backs, payments};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_subsidy_budgets)
        .service(set_subsidy_budget)
        .service(get_subsidy_budget)
        .service(list_payment_batches)
        .service(create_payment_batch)
        .service(get_payment_batch)
        .service(get_subsidy_payment)
        .service(record_subsidy_payment)
        .service(reopen_subsidy_payment)
        .service(list_claw_backs)
        .service(claw_back_subsidy)
        .service(record_repayment);
}

/// The yearly budgets, newest first.
#[utoipa::path(tag = "subsidies", responses((status = 200, body = SubsidyBudgetsView)))]
#[get("/subsidy-budgets")]
async fn list_subsidy_budgets(app: Data<App>, caller: Caller) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::SubsidyBudgetView, budgets::list_subsidy_budgets).await?))
}

/// Prepares the budget of a year, or a change of it; it holds when somebody else approves.
#[utoipa::path(tag = "subsidies", request_body = SetSubsidyBudgetBody, responses((status = 201, body = DecisionView)))]
#[post("/subsidy-budgets")]
async fn set_subsidy_budget(app: Data<App>, caller: Caller, body: Body<SetSubsidyBudgetBody>) -> Answer {
    let act = move |cx: &mut Cx| budgets::set_subsidy_budget(cx, body.get()?);
    let view = app.act(&caller, Action::SubsidyBudgetSet, act).await?;
    Ok(reply::created(format!("/api/v1/decisions/{}", view.id), view.version, &view))
}

/// The budget of one year: total, committed, paid and available.
#[utoipa::path(tag = "subsidies", params(("year" = String, Path)), responses((status = 200, body = SubsidyBudgetView)))]
#[get("/subsidy-budgets/{year}")]
async fn get_subsidy_budget(app: Data<App>, caller: Caller, year: Path<String>) -> Answer {
    // What is no year has no budget.
    let year = year.parse().unwrap_or_default();
    let look = move |cx: &mut Cx| budgets::get_subsidy_budget(cx, year);
    let view = app.look(&caller, Action::SubsidyBudgetView, look).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Payments ordered together, newest first.
#[utoipa::path(tag = "subsidies", params(ListBatchesParams), responses((status = 200, body = Page<PaymentBatchSummary>)))]
#[get("/payment-batches")]
async fn list_payment_batches(app: Data<App>, caller: Caller, params: Params<ListBatchesParams>) -> Answer {
    let look = move |cx: &mut Cx| payments::list_payment_batches(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::PaymentBatchView, look).await?))
}

/// Orders one payment per claim, all of them or none. Who reviewed a claim does not pay it.
#[utoipa::path(tag = "subsidies", request_body = CreateBatchBody, responses((status = 201, body = PaymentBatchView)))]
#[post("/payment-batches")]
async fn create_payment_batch(app: Data<App>, caller: Caller, body: Body<CreateBatchBody>) -> Answer {
    let act = move |cx: &mut Cx| payments::create_payment_batch(cx, body.get()?);
    let view = app.act(&caller, Action::PaymentBatchCreate, act).await?;
    Ok(reply::created(format!("/api/v1/payment-batches/{}", view.batch.id), 1, &view))
}

/// One batch with its payments and the amounts as vouchers write them.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), responses((status = 200, body = PaymentBatchView)))]
#[get("/payment-batches/{id}")]
async fn get_payment_batch(app: Data<App>, caller: Caller, id: Path<PaymentBatchId>) -> Answer {
    let look = move |cx: &mut Cx| payments::get_payment_batch(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::PaymentBatchView, look).await?))
}

/// One payment: what its voucher says.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), responses((status = 200, body = PaymentView)))]
#[get("/subsidy-payments/{id}")]
async fn get_subsidy_payment(app: Data<App>, caller: Caller, id: Path<SubsidyPaymentId>) -> Answer {
    let look = move |cx: &mut Cx| payments::get_subsidy_payment(cx, &id);
    let view = app.look(&caller, Action::PaymentBatchView, look).await?;
    Ok(reply::versioned(view.payment.version, &view))
}

/// Notes that the bank paid, with the voucher, or that it did not. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = RecordPaymentBody, responses((status = 200, body = PaymentView)))]
#[post("/subsidy-payments/{id}/outcome")]
async fn record_subsidy_payment(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyPaymentId>,
    body: Body<RecordPaymentBody>,
) -> Answer {
    let act = move |cx: &mut Cx| payments::record_subsidy_payment(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SubsidyPaymentRecord, act).await?;
    Ok(reply::versioned(view.payment.version, &view))
}

/// Lets the claim of a failed payment be ordered again.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = ReopenPaymentBody, responses((status = 200, body = PaymentView)))]
#[post("/subsidy-payments/{id}/reopening")]
async fn reopen_subsidy_payment(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyPaymentId>,
    body: Body<ReopenPaymentBody>,
) -> Answer {
    let act = move |cx: &mut Cx| payments::reopen_subsidy_payment(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SubsidyPaymentReopen, act).await?;
    Ok(reply::versioned(view.payment.version, &view))
}

/// Demands on a claim, newest first.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), responses((status = 200, body = ClawBacksView)))]
#[get("/subsidy-claims/{id}/claw-backs")]
async fn list_claw_backs(app: Data<App>, caller: Caller, id: Path<SubsidyClaimId>) -> Answer {
    let look = move |cx: &mut Cx| claw_backs::list_claw_backs(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::ClawBackList, look).await?))
}

/// Prepares a demand for money that was paid; it is made when somebody else approves the decision.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = ClawBackBody, responses((status = 201, body = ClawBackView)))]
#[post("/subsidy-claims/{id}/claw-backs")]
async fn claw_back_subsidy(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<ClawBackBody>,
) -> Answer {
    let act = move |cx: &mut Cx| claw_backs::claw_back_subsidy(cx, &id, body.get()?);
    let view = app.act(&caller, Action::ClawBackPrepare, act).await?;
    Ok(reply::created(format!("/api/v1/subsidy-claims/{}/claw-backs", view.claim_id), view.version, &view))
}

/// Books what the enterprise returned.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = RecordRepaymentBody, responses((status = 200, body = ClawBackView)))]
#[post("/claw-backs/{id}/repayments")]
async fn record_repayment(
    app: Data<App>,
    caller: Caller,
    id: Path<ClawBackId>,
    body: Body<RecordRepaymentBody>,
) -> Answer {
    let act = move |cx: &mut Cx| claw_backs::record_repayment(cx, &id, body.get()?);
    let view = app.act(&caller, Action::ClawBackRepay, act).await?;
    Ok(reply::versioned(view.version, &view))
}
