//! The one table of a plan's moves: from, move, to, and the guard that the facts must pass.

use chrono::NaiveDate;

use crate::error::{Code, Refusal};
use crate::platform::text::Say;
use crate::say;
use crate::support::model::{PlanState, Side};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanMove {
    Edit,
    /// The enterprise is asked.
    Consult,
    /// The enterprise asks for another draft.
    SendBack,
    /// One side signs; with both signatures the plan is confirmed.
    Confirm,
    Execute,
    RequestChange,
    AcceptChange,
    RefuseChange,
    WithdrawChange,
    MidReview,
    Evaluate,
    Close,
}

impl PlanMove {
    pub const ALL: [PlanMove; 12] = [
        PlanMove::Edit,
        PlanMove::Consult,
        PlanMove::SendBack,
        PlanMove::Confirm,
        PlanMove::Execute,
        PlanMove::RequestChange,
        PlanMove::AcceptChange,
        PlanMove::RefuseChange,
        PlanMove::WithdrawChange,
        PlanMove::MidReview,
        PlanMove::Evaluate,
        PlanMove::Close,
    ];
}

/// What the guards look at.
#[derive(Debug, Clone)]
pub struct PlanFacts {
    pub state: PlanState,
    /// The caller's.
    pub side: Side,
    /// Sides that have signed the revision at hand.
    pub signed: Vec<Side>,
    /// Who made the change request that waits for an answer.
    pub request: Option<Side>,
    /// Some owner of the enterprise has been verified by an officer.
    pub owner_verified: bool,
    pub mid_review_held: bool,
    /// The membership was promoted, revoked or has expired: what is left of the year is another plan's, or nobody's.
    pub membership_ended: bool,
    pub last_goal_on: Option<NaiveDate>,
    pub today: NaiveDate,
    pub open_items: i64,
}

type Guard = fn(&PlanFacts) -> Result<(), Refusal>;

const TRANSITIONS: &[(PlanState, PlanMove, PlanState, Guard)] = {
    use PlanMove as M;
    use PlanState as S;
    &[
        (S::Draft, M::Edit, S::Draft, office),
        (S::Consulting, M::Edit, S::Consulting, office),
        (S::Draft, M::Consult, S::Consulting, office),
        (S::Consulting, M::SendBack, S::Draft, enterprise),
        (S::Consulting, M::Confirm, S::Confirmed, unsigned),
        (S::Confirmed, M::Execute, S::Executing, office),
        (S::MidReview, M::Execute, S::Executing, office),
        (S::Confirmed, M::RequestChange, S::Confirmed, no_request),
        (S::Executing, M::RequestChange, S::Executing, no_request),
        (S::MidReview, M::RequestChange, S::MidReview, no_request),
        (S::Adjusted, M::RequestChange, S::Adjusted, no_request),
        (S::Confirmed, M::AcceptChange, S::Confirmed, asked_by_other),
        (S::Executing, M::AcceptChange, S::Adjusted, asked_by_other),
        (S::MidReview, M::AcceptChange, S::Adjusted, asked_by_other),
        (S::Adjusted, M::AcceptChange, S::Adjusted, asked_by_other),
        (S::Confirmed, M::RefuseChange, S::Confirmed, asked_by_other),
        (S::Executing, M::RefuseChange, S::Executing, asked_by_other),
        (S::MidReview, M::RefuseChange, S::MidReview, asked_by_other),
        (S::Adjusted, M::RefuseChange, S::Adjusted, asked_by_other),
        (S::Confirmed, M::WithdrawChange, S::Confirmed, asked_by_us),
        (S::Executing, M::WithdrawChange, S::Executing, asked_by_us),
        (S::MidReview, M::WithdrawChange, S::MidReview, asked_by_us),
        (S::Adjusted, M::WithdrawChange, S::Adjusted, asked_by_us),
        (S::Executing, M::MidReview, S::MidReview, not_reviewed),
        (S::Adjusted, M::MidReview, S::MidReview, not_reviewed),
        (S::Executing, M::Evaluate, S::Evaluated, goals_due),
        (S::MidReview, M::Evaluate, S::Evaluated, goals_due),
        (S::Adjusted, M::Evaluate, S::Evaluated, goals_due),
        (S::Evaluated, M::Close, S::Closed, nothing_open),
    ]
};

/// Where the move leads, or why it is not possible.
pub fn may(what: PlanMove, facts: &PlanFacts) -> Result<PlanState, Refusal> {
    let row = TRANSITIONS.iter().find(|(from, row, _, _)| *from == facts.state && *row == what);
    let Some((from, _, to, guard)) = row else {
        let Say { zh, en } = facts.state.label();
        let said = say!("帮扶方案当前为“{zh}”，不能执行此操作", "not possible now: the plan is {en}");
        return Err(Refusal::new(Code::InvalidTransition, said));
    };
    guard(facts)?;
    // The first signature leaves the plan in consultation.
    if what == PlanMove::Confirm && facts.signed.is_empty() { Ok(*from) } else { Ok(*to) }
}

/// An officer who acts for the enterprise stands on its side.
fn office(facts: &PlanFacts) -> Result<(), Refusal> {
    if facts.side == Side::Office { Ok(()) } else { Err(Refusal::plain(Code::ConflictOfInterest)) }
}

fn enterprise(facts: &PlanFacts) -> Result<(), Refusal> {
    if facts.side == Side::Enterprise { Ok(()) } else { Err(Refusal::plain(Code::OwnSide)) }
}

fn unsigned(facts: &PlanFacts) -> Result<(), Refusal> {
    if facts.side == Side::Enterprise && !facts.owner_verified {
        return Err(Refusal::plain(Code::OwnerUnverified));
    }
    if facts.signed.contains(&facts.side) {
        return Err(Refusal::new(
            Code::OwnSide,
            say!("本方已确认，等待对方", "this side has signed; the other has not"),
        ));
    }
    Ok(())
}

fn no_request(facts: &PlanFacts) -> Result<(), Refusal> {
    if facts.request.is_none() { Ok(()) } else { Err(Refusal::plain(Code::ChangePending)) }
}

fn asked_by_other(facts: &PlanFacts) -> Result<(), Refusal> {
    match facts.request {
        Some(side) if side != facts.side => Ok(()),
        Some(_) => Err(Refusal::plain(Code::OwnSide)),
        None => Err(nothing_asked()),
    }
}

fn asked_by_us(facts: &PlanFacts) -> Result<(), Refusal> {
    match facts.request {
        Some(side) if side == facts.side => Ok(()),
        Some(_) => Err(Refusal::plain(Code::NotPreparer)),
        None => Err(nothing_asked()),
    }
}

fn nothing_asked() -> Refusal {
    Refusal::new(Code::InvalidTransition, say!("没有待答复的变更申请", "no change request waits for an answer"))
}

fn not_reviewed(facts: &PlanFacts) -> Result<(), Refusal> {
    office(facts)?;
    if !facts.mid_review_held {
        return Ok(());
    }
    Err(Refusal::new(Code::InvalidTransition, say!("中期评估已完成", "the mid-term review has been held")))
}

fn goals_due(facts: &PlanFacts) -> Result<(), Refusal> {
    office(facts)?;
    no_request(facts)?;
    match facts.last_goal_on {
        Some(day) if facts.today < day && !facts.membership_ended => {
            let said =
                say!("目标期限 {day} 未到，尚不能评价", "the last goal is due on {day}; the evaluation comes after it");
            Err(Refusal::new(Code::NotYetDue, said))
        }
        _ => Ok(()),
    }
}

fn nothing_open(facts: &PlanFacts) -> Result<(), Refusal> {
    office(facts)?;
    if facts.open_items == 0 {
        return Ok(());
    }
    let n = facts.open_items;
    Err(Refusal::new(Code::ItemsOpen, say!("尚有 {n} 个事项未销号", "{n} items of the plan are still open")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn willing(state: PlanState, what: PlanMove) -> PlanFacts {
        PlanFacts {
            state,
            side: if what == PlanMove::SendBack { Side::Enterprise } else { Side::Office },
            signed: if what == PlanMove::Confirm { vec![Side::Enterprise] } else { vec![] },
            request: match what {
                PlanMove::AcceptChange | PlanMove::RefuseChange => Some(Side::Enterprise),
                PlanMove::WithdrawChange => Some(Side::Office),
                _ => None,
            },
            owner_verified: true,
            mid_review_held: false,
            membership_ended: false,
            last_goal_on: Some(day("2026-12-31")),
            today: day("2026-12-31"),
            open_items: 0,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_pair_of_state_and_move_is_in_the_table_once_or_refused() {
        for state in PlanState::ALL {
            for what in PlanMove::ALL {
                let rows: Vec<_> = TRANSITIONS.iter().filter(|row| (row.0, row.1) == (*state, what)).collect();
                assert!(rows.len() <= 1, "{state} {what:?} is ambiguous");
                let expected = rows.first().map(|row| row.2).ok_or(Code::InvalidTransition);
                assert_eq!(may(what, &willing(*state, what)).map_err(|r| r.code), expected, "{state} {what:?}");
            }
        }
    }

    #[test]
    fn a_plan_is_confirmed_by_the_second_signature_of_the_other_side() {
        let mut facts = willing(PlanState::Consulting, PlanMove::Confirm);
        facts.signed = vec![];
        assert_eq!(may(PlanMove::Confirm, &facts), Ok(PlanState::Consulting));
        facts.signed = vec![Side::Office];
        assert_eq!(may(PlanMove::Confirm, &facts).unwrap_err().code, Code::OwnSide);
        facts.side = Side::Enterprise;
        assert_eq!(may(PlanMove::Confirm, &facts), Ok(PlanState::Confirmed));
        facts.owner_verified = false;
        assert_eq!(may(PlanMove::Confirm, &facts).unwrap_err().code, Code::OwnerUnverified);
    }

    #[test]
    fn the_plan_of_a_membership_that_has_ended_is_evaluated_at_once() {
        let mut facts = willing(PlanState::Executing, PlanMove::Evaluate);
        facts.today = day("2026-05-01");
        assert_eq!(may(PlanMove::Evaluate, &facts).unwrap_err().code, Code::NotYetDue);
        facts.membership_ended = true;
        assert_eq!(may(PlanMove::Evaluate, &facts), Ok(PlanState::Evaluated));
    }

    #[test]
    fn each_guard_says_no_with_its_own_code() {
        type Change = fn(&mut PlanFacts);
        use PlanMove as M;
        use PlanState as S;
        let cases: [(S, M, Change, Code); 10] = [
            (S::Draft, M::Consult, |f| f.side = Side::Enterprise, Code::ConflictOfInterest),
            (S::Consulting, M::SendBack, |f| f.side = Side::Office, Code::OwnSide),
            (S::Executing, M::RequestChange, |f| f.request = Some(Side::Office), Code::ChangePending),
            (S::Executing, M::AcceptChange, |f| f.request = Some(Side::Office), Code::OwnSide),
            (S::Executing, M::AcceptChange, |f| f.request = None, Code::InvalidTransition),
            (S::Executing, M::WithdrawChange, |f| f.request = Some(Side::Enterprise), Code::NotPreparer),
            (S::Adjusted, M::MidReview, |f| f.mid_review_held = true, Code::InvalidTransition),
            (S::Executing, M::Evaluate, |f| f.today = day("2026-12-30"), Code::NotYetDue),
            (S::Executing, M::Evaluate, |f| f.request = Some(Side::Office), Code::ChangePending),
            (S::Evaluated, M::Close, |f| f.open_items = 1, Code::ItemsOpen),
        ];
        for (state, what, change, code) in cases {
            let mut facts = willing(state, what);
            change(&mut facts);
            assert_eq!(may(what, &facts).unwrap_err().code, code, "{state} {what:?}");
        }
    }
}
