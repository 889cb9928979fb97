//! The one table of a claim's steps, and who may take which.

use crate::error::{Code, Refusal};
use crate::say;
use crate::subsidies::model::{Claim, ClaimLoan, SubsidyClaimState as S};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Edit,
    Submit,
    Withdraw,
    /// A bank confirms interest.
    Confirm,
    Return,
    Reject,
    /// The first review.
    Review,
    SecondReview,
    /// The last approval that was needed.
    Approve,
    /// The decision was refused or taken back.
    Reopen,
    Announce,
    Object,
    /// An objection was upheld.
    Deny,
    /// No objection is left.
    Clear,
    /// The notice has ended.
    Release,
    Order,
    Pay,
    Fail,
    Retry,
    Archive,
}

/// From, step, to. A step that leads to several states from one (the review, by the scheme's number of people; a confirmation, by
/// whether it was the last) names the one it leads to at most; the service says which.
pub const TRANSITIONS: &[(S, Step, S)] = &[
    (S::Draft, Step::Edit, S::Draft),
    (S::Returned, Step::Edit, S::Returned),
    (S::Draft, Step::Submit, S::Filed),
    (S::Returned, Step::Submit, S::Filed),
    (S::Draft, Step::Withdraw, S::Withdrawn),
    (S::Filed, Step::Withdraw, S::Withdrawn),
    (S::Returned, Step::Withdraw, S::Withdrawn),
    (S::Confirmed, Step::Withdraw, S::Withdrawn),
    (S::Reviewed, Step::Withdraw, S::Withdrawn),
    (S::PendingApproval, Step::Withdraw, S::Withdrawn),
    (S::Filed, Step::Confirm, S::Confirmed),
    (S::Confirmed, Step::Confirm, S::Confirmed),
    (S::Filed, Step::Return, S::Returned),
    (S::Confirmed, Step::Return, S::Returned),
    (S::Reviewed, Step::Return, S::Returned),
    (S::Filed, Step::Reject, S::Rejected),
    (S::Confirmed, Step::Reject, S::Rejected),
    (S::Reviewed, Step::Reject, S::Rejected),
    (S::Confirmed, Step::Review, S::Reviewed),
    (S::Reviewed, Step::SecondReview, S::PendingApproval),
    (S::PendingApproval, Step::Approve, S::Approved),
    (S::PendingApproval, Step::Reopen, S::Confirmed),
    (S::Approved, Step::Announce, S::InPublicity),
    (S::InPublicity, Step::Object, S::Objected),
    (S::Payable, Step::Object, S::Objected),
    (S::Objected, Step::Deny, S::Rejected),
    (S::InPublicity, Step::Deny, S::Rejected),
    (S::Payable, Step::Deny, S::Rejected),
    (S::Objected, Step::Clear, S::InPublicity),
    (S::InPublicity, Step::Release, S::Payable),
    (S::Payable, Step::Order, S::InPayment),
    (S::InPayment, Step::Pay, S::Paid),
    (S::InPayment, Step::Fail, S::PaymentFailed),
    (S::PaymentFailed, Step::Retry, S::Payable),
    (S::Paid, Step::Archive, S::Archived),
];

/// The state a step leads to.
pub fn may(claim: &Claim, step: Step) -> Result<S, Refusal> {
    let row = TRANSITIONS.iter().find(|(from, by, _)| *from == claim.state && *by == step);
    row.map(|(_, _, to)| *to).ok_or_else(|| {
        let label = claim.state.label();
        let (zh, en) = (label.zh, label.en);
        Refusal::new(
            Code::InvalidTransition,
            say!("申请当前为“{zh}”，不允许此操作", "the claim is {en}, which does not allow this"),
        )
    })
}

/// Whoever filed a claim does not review it.
pub fn may_review(claim: &Claim, me: &str) -> Result<(), Refusal> {
    may(claim, Step::Review)?;
    if claim.filed_by.as_deref() == Some(me) || claim.created_by == me {
        return Err(Refusal::plain(Code::ConflictOfInterest));
    }
    Ok(())
}

/// The second reviewer is another person than the first.
pub fn may_review_again(claim: &Claim, me: &str) -> Result<(), Refusal> {
    may(claim, Step::SecondReview)?;
    if claim.first_reviewer.as_deref() == Some(me) {
        return Err(Refusal::plain(Code::TwoPersonRule));
    }
    if claim.filed_by.as_deref() == Some(me) || claim.created_by == me {
        return Err(Refusal::plain(Code::ConflictOfInterest));
    }
    Ok(())
}

/// Nobody approves what they filed or reviewed.
pub fn is_involved(claim: &Claim, me: &str) -> bool {
    let people = [&claim.filed_by, &claim.first_reviewer, &claim.second_reviewer];
    claim.created_by == me || people.into_iter().flatten().any(|person| person == me)
}

/// Before the first review only: afterwards the calculation rests on it.
pub fn may_confirm(claim: &Claim) -> Result<(), Refusal> {
    may(claim, Step::Confirm).map(drop)
}

pub fn all_confirmed(loans: &[ClaimLoan]) -> bool {
    loans.iter().all(|loan| loan.confirmed_at.is_some())
}

/// How many approvals a decision needs when its scheme wants so many different people: the reviewers are two of them, or one when
/// two people are all it wants.
pub fn approvals_needed(steps: i64) -> i32 {
    i32::try_from(if has_second_review(steps) { steps - 2 } else { steps - 1 }).unwrap_or(1).max(1)
}

pub fn has_second_review(steps: i64) -> bool {
    steps > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_reached_and_only_the_ends_are_left_by_nothing() {
        for state in S::ALL {
            let reached = *state == S::Draft || TRANSITIONS.iter().any(|(from, _, to)| to == state && from != to);
            assert!(reached, "{state} is never reached");
            let left = TRANSITIONS.iter().any(|(from, _, to)| from == state && from != to);
            let end = matches!(state, S::Archived | S::Rejected | S::Withdrawn);
            assert_eq!(left, !end, "{state}");
        }
    }

    #[test]
    fn a_step_leads_to_one_state_from_each() {
        for (i, (from, step, _)) in TRANSITIONS.iter().enumerate() {
            let same = TRANSITIONS[i + 1..].iter().filter(|(f, s, _)| f == from && s == step).count();
            assert_eq!(same, 0, "{from} {step:?}");
        }
    }

    #[test]
    fn money_is_taken_from_approval_on_and_given_back_by_nothing_but_a_denial() {
        for (from, step, to) in TRANSITIONS {
            let (before, after) = (S::TAKING.contains(from), S::TAKING.contains(to));
            match (before, after) {
                (false, true) => assert_eq!(*step, Step::Approve),
                (true, false) => assert_eq!(*step, Step::Deny),
                _ => {}
            }
        }
    }

    #[test]
    fn a_scheme_says_how_many_people_decide() {
        let rows = [(2, false, 1), (3, true, 1), (4, true, 2), (9, true, 7)];
        for (steps, second, approvals) in rows {
            assert_eq!((has_second_review(steps), approvals_needed(steps)), (second, approvals), "{steps}");
            let people = 1 + i64::from(second) + i64::from(approvals);
            assert_eq!(people, steps);
        }
    }
}
