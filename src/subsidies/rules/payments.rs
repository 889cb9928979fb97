//! Ordering and recording payments.

use crate::error::{Code, Refusal};
use crate::say;
use crate::subsidies::model::{Claim, Payment, PaymentState, SubsidyClaimState};

/// Whoever reviewed the claim does not pay it.
pub fn may_order(claim: &Claim, me: &str) -> Result<(), Refusal> {
    if claim.state != SubsidyClaimState::Payable {
        let (id, label) = (&claim.id, claim.state.label());
        let (zh, en) = (label.zh, label.en);
        let said = say!("申请 {id} 当前为“{zh}”，不能拨付", "claim {id} is {en} and cannot be paid");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    if [&claim.first_reviewer, &claim.second_reviewer].into_iter().flatten().any(|reviewer| reviewer == me) {
        return Err(Refusal::plain(Code::TwoPersonRule));
    }
    Ok(())
}

pub fn may_record(payment: &Payment) -> Result<(), Refusal> {
    match payment.state {
        PaymentState::Pending => Ok(()),
        PaymentState::Paid => {
            Err(Refusal::new(Code::InvalidTransition, say!("该笔已拨付", "this payment is recorded as paid already")))
        }
        PaymentState::Failed => Err(Refusal::new(
            Code::InvalidTransition,
            say!("该笔拨付失败，须重新开立", "this payment failed; reopen it and order another"),
        )),
    }
}

/// The last payment of a claim failed, and nobody has reopened it.
pub fn may_reopen(payment: &Payment, claim: &Claim) -> Result<(), Refusal> {
    if payment.state == PaymentState::Failed && claim.state == SubsidyClaimState::PaymentFailed {
        Ok(())
    } else {
        Err(Refusal::new(
            Code::InvalidTransition,
            say!("该笔不是待重办的失败拨付", "this is no failed payment to reopen"),
        ))
    }
}
