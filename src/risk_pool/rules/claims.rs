//! From a filed claim to a paid one: who may do what when, and what the pool can commit to whom.

use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::actor::UserId;
use crate::risk_pool::model::{CompensationClaim, CompensationState as State, PoolTerms};
use crate::say;

/// The facts a claim must show before it is admitted; all that is missing is named at once.
pub fn may_trigger(claim: &CompensationClaim, terms: &PoolTerms) -> Result<(), AppError> {
    let mut faults = Faults::default();
    if claim.overdue_days < terms.overdue_days {
        let (least, is) = (terms.overdue_days, claim.overdue_days);
        let said = say!("本金逾期须满 {least} 天，现为 {is} 天", "principal must be {least} days overdue, it is {is}");
        faults.add("/overdue_days", FieldCode::OutOfRange, said);
    }
    if claim.class < terms.class {
        let (least, is) = (terms.class, claim.class);
        let said = say!("贷款分类须不优于 {least}，现为 {is}", "the loan must be classed {least} or worse, it is {is}");
        faults.add("/class", FieldCode::NotAllowed, said);
    }
    if claim.recovery_started_on.is_none() {
        let said = say!("须已启动追偿", "recovery must have been started");
        faults.add("/recovery_started_on", FieldCode::Required, said);
    }
    faults.done().map_err(|e| AppError { code: Code::TriggerUnmet, ..e })
}

pub fn may_update(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed, State::Returned])
}

pub fn may_submit(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Returned])
}

pub fn may_return(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed])
}

/// Nobody admits what they filed.
pub fn may_admit(claim: &CompensationClaim, me: &UserId) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed])?;
    another(&claim.filed_by, me)
}

/// Also after admission, as long as nothing has been paid.
pub fn may_refuse(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed, State::Returned, State::Admitted, State::Queued])?;
    if claim.paid_fen > 0 {
        let said = say!("已支付部分补偿，不能再驳回", "part of it has been paid; it can no longer be refused");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    Ok(())
}

/// Nobody pays what they admitted. A claim that only waits is told so in its own code.
pub fn may_pay(claim: &CompensationClaim, me: &UserId) -> Result<(), Refusal> {
    in_state(claim, &[State::Admitted, State::Queued])?;
    if let Some(admitted_by) = &claim.admitted_by {
        another(admitted_by, me)?;
    }
    if claim.committed_fen == 0 {
        let said = say!("风险池余额不足，此申请仍在排队", "the pool is short; this claim still waits in the queue");
        return Err(Refusal::new(Code::PoolShort, said));
    }
    Ok(())
}

/// As soon as anything was paid, and for ever: neither write-off nor closing ends the duty to return what is recovered.
pub fn may_recover(claim: &CompensationClaim) -> Result<(), Refusal> {
    if claim.paid_fen > 0 { Ok(()) } else { Err(wrong_state(claim)) }
}

pub fn may_write_off(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Paid, State::Closed])?;
    match claim.written_off_on {
        None => Ok(()),
        Some(on) => {
            let said = say!("已于 {on} 核销", "it was written off on {on}");
            Err(Refusal::new(Code::InvalidTransition, said))
        }
    }
}

pub fn may_close(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Paid])
}

/// The state of an admitted claim follows from its money.
pub fn state_of_admitted(claim: &CompensationClaim) -> State {
    if claim.queued_fen > 0 {
        State::Queued
    } else if claim.committed_fen > 0 {
        State::Admitted
    } else {
        State::Paid
    }
}

/// What each waiting claim gets of the available money, in the order given: the first is served as far as the money goes before
/// the next gets anything.
pub fn serve(available_fen: i64, queued_fen: &[i64]) -> Vec<i64> {
    let mut left = available_fen.max(0);
    let take = |wanted: &i64| {
        let given = left.min(*wanted);
        left -= given;
        given
    };
    queued_fen.iter().map(take).collect()
}

fn another(first: &UserId, me: &UserId) -> Result<(), Refusal> {
    if first == me { Err(Refusal::plain(Code::TwoPersonRule)) } else { Ok(()) }
}

fn in_state(claim: &CompensationClaim, allowed: &[State]) -> Result<(), Refusal> {
    if allowed.contains(&claim.state) { Ok(()) } else { Err(wrong_state(claim)) }
}

fn wrong_state(claim: &CompensationClaim) -> Refusal {
    let state = claim.state;
    Refusal::new(Code::InvalidTransition, say!("补偿申请当前状态为 {state}", "the claim is {state}"))
}
