//! What is in the pool, and how it came and went.

use super::ledger;
use crate::error::AppError;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::risk_pool::db;
use crate::risk_pool::model::{
    Account, BalanceView, ListPoolTransactionsParams, PoolTransactionId, PoolTransactionSummary, PoolTransactionView,
    PoolView, shipped_lines,
};
use crate::risk_pool::rules::ledger::light;
use crate::talent_loans::service::schemes;

pub fn get_pool(cx: &mut Cx) -> Result<PoolView, AppError> {
    let on = cx.today();
    let lines = match schemes::in_effect(cx, on)? {
        Some(scheme) => scheme.document.read()?.pool,
        None => shipped_lines(),
    };
    let balances = ledger::balances(cx)?;
    let of = |account: Account| balances.get(&account).copied().unwrap_or(0);
    let (available_fen, committed_fen) = (of(Account::Available), of(Account::Committed));
    let balance_fen = available_fen + committed_fen;
    let queued = db::claims::list_queued_amounts(cx.conn)?;
    let queued_claims = queued.len() as i64;
    // Rounded down; an empty pool has nothing committed.
    let committed_ppm = i128::from(committed_fen) * 1_000_000 / i128::from(balance_fen.max(1));
    let actions = Actions::of(cx)
        .add(Action::PoolAllocate, "POST", "/api/v1/pool/allocations".into(), Ok(()))
        .add(Action::PoolCredit, "POST", "/api/v1/pool/interest".into(), Ok(()))
        .add(Action::PoolRefund, "POST", "/api/v1/pool/refunds".into(), Ok(()))
        .add(Action::PoolAdjust, "POST", "/api/v1/pool/adjustments".into(), Ok(()))
        .list();
    Ok(PoolView {
        balance_fen,
        committed_fen,
        available_fen,
        queued_fen: queued.iter().sum(),
        queued_claims,
        committed_ppm: i64::try_from(committed_ppm).map_err(AppError::internal)?,
        amber_ppm: lines.amber_ppm,
        red_ppm: lines.red_ppm,
        light: light(balance_fen, committed_fen, queued_claims, lines),
        accounts: Account::ALL
            .iter()
            .map(|account| BalanceView { account: *account, balance_fen: of(*account) })
            .collect(),
        actions,
    })
}

pub fn list_pool_transactions(
    cx: &mut Cx,
    params: &ListPoolTransactionsParams,
) -> Result<Page<PoolTransactionSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::ledger::list_transactions(cx.conn, params, &page)?;
    let total = if page.count { Some(db::ledger::count_transactions(cx.conn, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |t| t.id.clone(), PoolTransactionSummary::from))
}

pub fn get_pool_transaction(cx: &mut Cx, id: &PoolTransactionId) -> Result<PoolTransactionView, AppError> {
    let transaction = db::ledger::find_transaction(cx.conn, id)?;
    let lines = db::ledger::list_lines(cx.conn, id)?;
    Ok(PoolTransactionView { transaction: transaction.into(), lines })
}
