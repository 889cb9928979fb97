//! The one way into the books.

use chrono::NaiveDate;

use crate::decisions::model::DecisionId;
use crate::error::{AppError, Code};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::reconciliation::model::MoneyAccount;
use crate::reconciliation::service::may_book;
use crate::risk_pool::db;
use crate::risk_pool::model::{Line, PoolTransaction, PoolTransactionId, TransactionKind};
use crate::risk_pool::rules::ledger::{Balances, LedgerFault, apply};

/// Why a transaction is booked, and on what.
pub(super) struct Booking {
    pub id: PoolTransactionId,
    pub kind: TransactionKind,
    pub subject: Subject,
    pub reason: String,
    pub voucher_no: Option<String>,
    pub booked_on: NaiveDate,
    pub decision_id: Option<DecisionId>,
}

/// The pool itself, for what is about no claim.
pub(super) fn pool() -> Subject {
    Subject::new("pool", "pool")
}

pub(super) fn take_turn(cx: &mut Cx) -> Result<(), AppError> {
    Ok(db::ledger::take_turn(cx.conn)?)
}

pub(super) fn balances(cx: &mut Cx) -> Result<Balances, AppError> {
    Ok(db::ledger::list_balances(cx.conn)?.into_iter().collect())
}

/// A voucher is booked once; whoever sends it again is told where it was.
pub(super) fn check_unused(cx: &mut Cx, kind: TransactionKind, voucher_no: &str) -> Result<(), AppError> {
    match db::ledger::find_by_voucher(cx.conn, kind, voucher_no.trim())? {
        None => Ok(()),
        Some(id) => Err(AppError::new(Code::VoucherUsed).member("transaction_id", id)),
    }
}

/// Writes postings and balances together, or refuses: the pool never goes below zero.
pub(super) fn book(cx: &mut Cx, booking: Booking, lines: &[Line]) -> Result<PoolTransaction, AppError> {
    if let Some(voucher_no) = &booking.voucher_no {
        check_unused(cx, booking.kind, voucher_no)?;
    }
    may_book(cx, MoneyAccount::Pool, booking.booked_on)?;
    let before = balances(cx)?;
    let after = apply(&before, lines).map_err(refused)?;
    for (account, balance_fen) in &after {
        db::ledger::update_balance(cx.conn, *account, *balance_fen)?;
    }
    let transaction = PoolTransaction {
        id: booking.id,
        kind: booking.kind,
        at: cx.now,
        booked_on: booking.booked_on,
        amount_fen: lines.iter().map(|line| line.amount_fen.max(0)).sum(),
        reason: booking.reason.trim().to_owned(),
        voucher_no: booking.voucher_no.map(|voucher| voucher.trim().to_owned()),
        subject_kind: booking.subject.kind.to_owned(),
        subject_id: booking.subject.id,
        made_by: cx.actor.label(),
        decision_id: booking.decision_id,
    };
    db::ledger::insert_transaction(cx.conn, &transaction, lines)?;
    let mut changes = Changes::default().set("kind", transaction.kind);
    for (account, balance_fen) in &after {
        changes = changes.field(account.as_str(), before.get(account), balance_fen);
    }
    let event = Event::on(Subject::new("pool_transaction", &transaction.id)).to("booked").changes(changes);
    cx.record(event.reason(&transaction.reason));
    Ok(transaction)
}

pub(super) fn refused(fault: LedgerFault) -> AppError {
    fault.refusal().map_or_else(|| AppError::internal(format!("{fault:?}")), AppError::from)
}
