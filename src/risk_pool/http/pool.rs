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
use crate::risk_pool::model::{
    AdjustPoolBody, BookInterestBody, LevelMoneyBody, ListPoolTransactionsParams, PoolCheckView, PoolTransactionId,
    PoolTransactionSummary, PoolTransactionView, PoolView,
};
use crate::risk_pool::service;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(get_pool)
        .service(list_pool_transactions)
        .service(get_pool_transaction)
        .service(allocate_to_pool)
        .service(book_interest)
        .service(refund_from_pool)
        .service(adjust_pool)
        .service(check_pool);
}

/// What the pool holds, what of it is committed, what waits, and every account.
#[utoipa::path(tag = "risk pool", responses((status = 200, body = PoolView)))]
#[get("/pool")]
async fn get_pool(app: Data<App>, caller: Caller) -> Answer {
    let view = app.look(&caller, Action::PoolView, service::get_pool).await?;
    Ok(reply::ok(&view))
}

/// The ledger, newest first.
#[utoipa::path(
    tag = "risk pool",
    params(ListPoolTransactionsParams),
    responses((status = 200, body = Page<PoolTransactionSummary>))
)]
#[get("/pool/transactions")]
async fn list_pool_transactions(app: Data<App>, caller: Caller, params: Params<ListPoolTransactionsParams>) -> Answer {
    let look = move |cx: &mut Cx| service::list_pool_transactions(cx, params.get()?);
    let page = app.look(&caller, Action::PoolTransactionList, look).await?;
    Ok(reply::ok(&page))
}

/// One transaction with its postings, which sum to zero.
#[utoipa::path(tag = "risk pool", params(("id" = PoolTransactionId, Path)), responses((status = 200, body = PoolTransactionView)))]
#[get("/pool/transactions/{id}")]
async fn get_pool_transaction(app: Data<App>, caller: Caller, id: Path<PoolTransactionId>) -> Answer {
    let look = move |cx: &mut Cx| service::get_pool_transaction(cx, &id);
    let view = app.look(&caller, Action::PoolTransactionView, look).await?;
    Ok(reply::ok(&view))
}

/// Prepares money put in by a level of government; booked when somebody else approves the decision this answers with.
#[utoipa::path(tag = "risk pool", request_body = LevelMoneyBody, responses((status = 201, body = DecisionView)))]
#[post("/pool/allocations")]
async fn allocate_to_pool(app: Data<App>, caller: Caller, body: Body<LevelMoneyBody>) -> Answer {
    let act = move |cx: &mut Cx| service::proposals::allocate_to_pool(cx, body.get()?);
    proposed(app.act(&caller, Action::PoolAllocate, act).await?)
}

/// Prepares money given back to a level of government; booked when somebody else approves.
#[utoipa::path(tag = "risk pool", request_body = LevelMoneyBody, responses((status = 201, body = DecisionView)))]
#[post("/pool/refunds")]
async fn refund_from_pool(app: Data<App>, caller: Caller, body: Body<LevelMoneyBody>) -> Answer {
    let act = move |cx: &mut Cx| service::proposals::refund_from_pool(cx, body.get()?);
    proposed(app.act(&caller, Action::PoolRefund, act).await?)
}

/// Prepares a correction of the books; booked when somebody else approves.
#[utoipa::path(tag = "risk pool", request_body = AdjustPoolBody, responses((status = 201, body = DecisionView)))]
#[post("/pool/adjustments")]
async fn adjust_pool(app: Data<App>, caller: Caller, body: Body<AdjustPoolBody>) -> Answer {
    let act = move |cx: &mut Cx| service::proposals::adjust_pool(cx, body.get()?);
    proposed(app.act(&caller, Action::PoolAdjust, act).await?)
}

fn proposed(view: DecisionView) -> Answer {
    Ok(reply::created(format!("/api/v1/decisions/{}", view.id), view.version, &view))
}

/// Books interest of the pool's bank account.
#[utoipa::path(tag = "risk pool", request_body = BookInterestBody, responses((status = 201, body = PoolTransactionView)))]
#[post("/pool/interest")]
async fn book_interest(app: Data<App>, caller: Caller, body: Body<BookInterestBody>) -> Answer {
    let act = move |cx: &mut Cx| service::book_interest(cx, body.get()?);
    let view = app.act(&caller, Action::PoolCredit, act).await?;
    Ok(reply::created(format!("/api/v1/pool/transactions/{}", view.transaction.id), 1, &view))
}

/// Adds up every posting and compares: transactions with zero, balances with postings, commitments with claims.
#[utoipa::path(tag = "risk pool", responses((status = 200, body = PoolCheckView)))]
#[post("/pool/checks")]
async fn check_pool(app: Data<App>, caller: Caller) -> Answer {
    let view = app.look(&caller, Action::PoolCheck, service::check_balances).await?;
    Ok(reply::ok(&view))
}
