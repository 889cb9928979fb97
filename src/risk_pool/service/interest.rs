use super::ledger::{self, Booking};
use super::{check_money, check_past_day, check_reason, check_voucher, pool, queue};
use crate::error::{AppError, Faults};
use crate::platform::door::Cx;
use crate::risk_pool::model::{BookInterestBody, PoolTransactionView, TransactionKind};
use crate::risk_pool::rules;

/// Interest of the pool's bank account: a fact of the bank statement, so nobody has to approve it.
pub fn book_interest(cx: &mut Cx, body: &BookInterestBody) -> Result<PoolTransactionView, AppError> {
    ledger::take_turn(cx)?;
    let mut faults = Faults::default();
    check_money(&mut faults, "/amount_fen", body.amount_fen, 1);
    check_reason(&mut faults, &body.reason);
    check_voucher(&mut faults, &body.voucher_no);
    let booked_on = check_past_day(cx, &mut faults, "/booked_on", body.booked_on);
    faults.done()?;
    let booking = Booking {
        id: cx.id(),
        kind: TransactionKind::Interest,
        subject: ledger::pool(),
        reason: body.reason.clone(),
        voucher_no: Some(body.voucher_no.clone()),
        booked_on,
        decision_id: None,
    };
    let transaction = ledger::book(cx, booking, &rules::ledger::interest(body.amount_fen))?;
    queue::serve(cx)?;
    pool::get_pool_transaction(cx, &transaction.id)
}
