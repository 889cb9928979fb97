use super::super::ledger::{self, Booking};
use super::super::{check_reason, queue};
use super::file::stand_on_loan;
use super::{find, record_money, store, view};
use crate::error::{AppError, Faults};
use crate::platform::door::Cx;
use crate::platform::trail::Event;
use crate::risk_pool::db;
use crate::risk_pool::model::{
    CompensationClaimId, CompensationReasonBody, CompensationState, CompensationView, TransactionKind,
};
use crate::risk_pool::rules;
use crate::risk_pool::rules::claims::{may_admit, may_refuse, may_return, may_trigger};

/// Back to the bank, with everything that is missing; the payment clock stops.
pub fn return_compensation(
    cx: &mut Cx,
    id: &CompensationClaimId,
    body: &CompensationReasonBody,
) -> Result<CompensationView, AppError> {
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_return(&before)?;
    checked(body)?;
    let mut after = before.clone();
    after.state = CompensationState::Returned;
    after.reason = Some(body.reason.trim().to_owned());
    (after.complete_on, after.due_on, after.due_provisional) = (None, None, false);
    cx.record(Event::on(after.subject()).moved(before.state, after.state).reason(body.reason.trim()));
    let after = store(cx, after)?;
    view::view(cx, after)
}

/// Admitting is joining the queue: whoever is first in it gets the money that is there.
pub fn admit_compensation(cx: &mut Cx, id: &CompensationClaimId) -> Result<CompensationView, AppError> {
    ledger::take_turn(cx)?;
    let me = cx.person()?.id.clone();
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_admit(&before, &me)?;
    let mut after = before.clone();
    let terms = stand_on_loan(cx, &mut after)?;
    may_trigger(&after, &terms)?;
    after.state = CompensationState::Queued;
    after.queued_fen = after.entitled_fen;
    after.queue_no = Some(db::claims::find_last_queue_no(cx.conn)?.unwrap_or(0) + 1);
    after.admitted_by = Some(me);
    record_money(cx, "compensation.admit", &before, after)?;
    queue::serve(cx)?;
    view::get_compensation(cx, id)
}

/// Refused after admission, the claim gives back what was committed to it, and those who wait are served from it.
pub fn refuse_compensation(
    cx: &mut Cx,
    id: &CompensationClaimId,
    body: &CompensationReasonBody,
) -> Result<CompensationView, AppError> {
    ledger::take_turn(cx)?;
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_refuse(&before)?;
    checked(body)?;
    if before.committed_fen > 0 {
        let booking = Booking {
            id: cx.id(),
            kind: TransactionKind::Release,
            subject: before.subject(),
            reason: body.reason.clone(),
            voucher_no: None,
            booked_on: cx.today(),
            decision_id: None,
        };
        ledger::book(cx, booking, &rules::ledger::release(before.committed_fen))?;
    }
    let mut after = before.clone();
    after.state = CompensationState::Refused;
    (after.committed_fen, after.queued_fen) = (0, 0);
    after.reason = Some(body.reason.trim().to_owned());
    record_money(cx, "compensation.refuse", &before, after)?;
    queue::serve(cx)?;
    view::get_compensation(cx, id)
}

fn checked(body: &CompensationReasonBody) -> Result<(), AppError> {
    let mut faults = Faults::default();
    check_reason(&mut faults, &body.reason);
    faults.done()
}
