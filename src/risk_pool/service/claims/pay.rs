use super::super::ledger::{self, Booking};
use super::super::{check_money, check_past_day, check_voucher};
use super::{find, record_money, view};
use crate::error::{AppError, Code, Faults};
use crate::platform::door::Cx;
use crate::platform::money::{allocate, yuan_text};
use crate::platform::types::Doc;
use crate::risk_pool::model::{CompensationClaimId, CompensationView, PayCompensationBody, TransactionKind};
use crate::risk_pool::rules;
use crate::risk_pool::rules::claims::{may_pay, state_of_admitted};
use crate::say;

/// Books a bank transfer. Only what the pool has committed to the claim is paid, so the order of the queue holds whatever order
/// payments come in; one voucher number pays once.
pub fn pay_compensation(
    cx: &mut Cx,
    id: &CompensationClaimId,
    body: &PayCompensationBody,
) -> Result<CompensationView, AppError> {
    ledger::take_turn(cx)?;
    let me = cx.person()?.id.clone();
    let before = find(cx, id)?;
    // Before the state is judged: the answer to a replayed payment is that it is one, also when the claim is paid by now.
    ledger::check_unused(cx, TransactionKind::Payout, &body.voucher_no)?;
    may_pay(&before, &me)?;
    let mut faults = Faults::default();
    check_money(&mut faults, "/amount_fen", body.amount_fen, 1);
    check_voucher(&mut faults, &body.voucher_no);
    let booked_on = check_past_day(cx, &mut faults, "/paid_on", body.paid_on);
    faults.done()?;
    if body.amount_fen > before.committed_fen {
        let (ready, asked) = (yuan_text(before.committed_fen), yuan_text(body.amount_fen));
        let said = say!(
            "此申请目前可付 {ready} 元，不足 {asked} 元",
            "{ready} yuan can be paid on this claim now, {asked} are asked for"
        );
        return Err(AppError::with(Code::PoolShort, said).member("payable_fen", before.committed_fen));
    }
    let mut levels = before.levels.read()?;
    let owed: Vec<i64> = levels.iter().map(|level| level.entitled_fen - level.paid_fen).collect();
    let mut by_level = Vec::new();
    for (level, fen) in levels.iter_mut().zip(allocate(body.amount_fen, &owed)) {
        level.paid_fen += fen;
        by_level.push((level.level, fen));
    }
    let booking = Booking {
        id: cx.id(),
        kind: TransactionKind::Payout,
        subject: before.subject(),
        reason: "compensation of a lost loan".to_owned(),
        voucher_no: Some(body.voucher_no.clone()),
        booked_on,
        decision_id: None,
    };
    ledger::book(cx, booking, &rules::ledger::payout(&by_level))?;
    let mut after = before.clone();
    after.committed_fen -= body.amount_fen;
    after.paid_fen += body.amount_fen;
    after.levels = Doc::of(&levels);
    after.state = state_of_admitted(&after);
    let after = record_money(cx, "compensation.pay", &before, after)?;
    view::view(cx, after)
}
