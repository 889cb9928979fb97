//! The one table of transitions: from, action, to, and the guard that the facts of the case must pass.

use chrono::NaiveDate;

use crate::applications::model::ApplicationState;
use crate::error::{Code, Refusal};
use crate::platform::calendar::end_of_day_utc;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::rounds::model::RoundState;
use crate::say;

/// Everything that can happen to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    Edit,
    Submit,
    Withdraw,
    Accept,
    Return,
    Reject,
    /// A return past its due date, by the worker.
    Lapse,
    Override,
    /// The round enters expert review.
    EnterReview,
    /// The experts' result is frozen.
    Score,
    /// A site visit was concluded.
    CheckSite,
    Propose,
    NotSelect,
    /// The round's publicity begins.
    Publicise,
    Object,
    /// An objection was upheld.
    Deny,
    /// An objection was dismissed.
    Clear,
    Recognise,
    Void,
    /// The round was cancelled.
    Cease,
}

impl Move {
    pub const ALL: [Move; 20] = [
        Move::Edit,
        Move::Submit,
        Move::Withdraw,
        Move::Accept,
        Move::Return,
        Move::Reject,
        Move::Lapse,
        Move::Override,
        Move::EnterReview,
        Move::Score,
        Move::CheckSite,
        Move::Propose,
        Move::NotSelect,
        Move::Publicise,
        Move::Object,
        Move::Deny,
        Move::Clear,
        Move::Recognise,
        Move::Void,
        Move::Cease,
    ];

    /// Under this name it stands in the audit trail, whoever or whatever caused it.
    pub fn name(self) -> &'static str {
        match self {
            Move::Edit => "application.update",
            Move::Submit => "application.submit",
            Move::Withdraw => "application.withdraw",
            Move::Accept => "application.accept",
            Move::Return => "application.return",
            Move::Reject => "application.reject",
            Move::Lapse => "application.lapse",
            Move::Override => "application.override",
            Move::EnterReview => "application.enter_review",
            Move::Score => "application.score",
            Move::CheckSite => "application.check_site",
            Move::Propose => "application.propose",
            Move::NotSelect => "application.not_select",
            Move::Publicise => "application.publicise",
            Move::Object => "application.object",
            Move::Deny => "application.deny",
            Move::Clear => "application.clear",
            Move::Recognise => "application.recognise",
            Move::Void => "application.void",
            Move::Cease => "application.cease",
        }
    }
}

/// What the guards look at.
#[derive(Debug, Clone)]
pub struct Facts {
    pub state: ApplicationState,
    pub round_state: RoundState,
    /// The round has an expert phase.
    pub expert_review: bool,
    pub arrived_at: Stamp,
    /// The round's deadline with its grace.
    pub accepts_until: Stamp,
    pub return_due_on: Option<NaiveDate>,
    pub returns_left: i32,
    /// Some owner of the enterprise has been verified by an officer.
    pub owner_verified: bool,
    /// Signed as it is now, or the round does not ask for it.
    pub certified: bool,
    /// The caller has a stake in the enterprise.
    pub conflicted: bool,
    /// Places of the tier that are neither taken nor asked for; none = no quota.
    pub places_left: Option<i64>,
}

type Guard = fn(&Facts) -> Result<(), Refusal>;

/// A move that stands more than once from a state would be ambiguous; a test forbids it.
pub const TRANSITIONS: &[(ApplicationState, Move, ApplicationState, Guard)] = {
    use ApplicationState as S;
    &[
        (S::Draft, Move::Edit, S::Draft, anytime),
        (S::Returned, Move::Edit, S::Returned, return_not_due),
        (S::Draft, Move::Submit, S::Submitted, may_hand_in),
        (S::Returned, Move::Submit, S::Submitted, may_hand_in_again),
        (S::Draft, Move::Withdraw, S::Withdrawn, anytime),
        (S::Submitted, Move::Withdraw, S::Withdrawn, anytime),
        (S::Returned, Move::Withdraw, S::Withdrawn, anytime),
        (S::Accepted, Move::Withdraw, S::Withdrawn, anytime),
        (S::InReview, Move::Withdraw, S::Withdrawn, anytime),
        (S::Scored, Move::Withdraw, S::Withdrawn, anytime),
        (S::SiteChecked, Move::Withdraw, S::Withdrawn, anytime),
        (S::Submitted, Move::Accept, S::Accepted, formal_review),
        (S::Submitted, Move::Return, S::Returned, may_return),
        (S::Submitted, Move::Reject, S::RejectedFormal, formal_review),
        (S::Submitted, Move::Override, S::Submitted, formal_review),
        (S::Returned, Move::Lapse, S::RejectedFormal, anytime),
        (S::Accepted, Move::EnterReview, S::InReview, anytime),
        (S::InReview, Move::Score, S::Scored, unconflicted),
        (S::Accepted, Move::CheckSite, S::SiteChecked, visited_unreviewed),
        (S::Scored, Move::CheckSite, S::SiteChecked, visited),
        (S::Accepted, Move::Propose, S::Proposed, may_propose_unreviewed),
        (S::Scored, Move::Propose, S::Proposed, may_propose),
        (S::SiteChecked, Move::Propose, S::Proposed, may_propose),
        (S::Accepted, Move::NotSelect, S::NotSelected, may_pass_over_unreviewed),
        (S::InReview, Move::NotSelect, S::NotSelected, may_set_aside),
        (S::Scored, Move::NotSelect, S::NotSelected, may_pass_over),
        (S::SiteChecked, Move::NotSelect, S::NotSelected, may_pass_over),
        (S::Proposed, Move::Publicise, S::InPublicity, anytime),
        (S::InPublicity, Move::Object, S::Objected, anytime),
        (S::Objected, Move::Deny, S::Denied, anytime),
        (S::Objected, Move::Clear, S::InPublicity, anytime),
        (S::InPublicity, Move::Recognise, S::Recognised, anytime),
        (S::Submitted, Move::Void, S::Void, unconflicted),
        (S::Returned, Move::Void, S::Void, unconflicted),
        (S::Accepted, Move::Void, S::Void, unconflicted),
        (S::InReview, Move::Void, S::Void, unconflicted),
        (S::Scored, Move::Void, S::Void, unconflicted),
        (S::SiteChecked, Move::Void, S::Void, unconflicted),
        (S::Proposed, Move::Void, S::Void, unconflicted),
        (S::InPublicity, Move::Void, S::Void, unconflicted),
        (S::Objected, Move::Void, S::Void, unconflicted),
        (S::Draft, Move::Cease, S::Void, round_cancelled),
        (S::Submitted, Move::Cease, S::Void, round_cancelled),
        (S::Returned, Move::Cease, S::Void, round_cancelled),
        (S::Accepted, Move::Cease, S::Void, round_cancelled),
        (S::InReview, Move::Cease, S::Void, round_cancelled),
        (S::Scored, Move::Cease, S::Void, round_cancelled),
        (S::SiteChecked, Move::Cease, S::Void, round_cancelled),
        (S::Proposed, Move::Cease, S::Void, round_cancelled),
    ]
};

/// Where the move leads, or why it is not possible.
pub fn allowed(what: Move, facts: &Facts) -> Result<ApplicationState, Refusal> {
    let row = TRANSITIONS.iter().find(|(from, row, _, _)| *from == facts.state && *row == what);
    let Some((_, _, to, guard)) = row else {
        let said = in_state("申报", "the application", facts.state.label());
        return Err(Refusal::new(Code::InvalidTransition, said));
    };
    guard(facts).map(|()| *to)
}

fn anytime(_: &Facts) -> Result<(), Refusal> {
    Ok(())
}

fn may_hand_in(facts: &Facts) -> Result<(), Refusal> {
    owner_verified(facts)?;
    match facts.round_state {
        RoundState::Open | RoundState::Closed | RoundState::FormalReview if facts.arrived_at <= facts.accepts_until => {
            certified(facts)
        }
        RoundState::Draft | RoundState::Published => Err(Refusal::plain(Code::NotYetDue)),
        RoundState::Cancelled => Err(round_is(facts)),
        _ => Err(Refusal::plain(Code::DeadlinePassed)),
    }
}

/// What was returned may come back although the round has closed, until its own due date.
fn may_hand_in_again(facts: &Facts) -> Result<(), Refusal> {
    owner_verified(facts)?;
    return_not_due(facts)?;
    if facts.round_state == RoundState::Cancelled {
        return Err(round_is(facts));
    }
    certified(facts)
}

fn round_cancelled(facts: &Facts) -> Result<(), Refusal> {
    if facts.round_state == RoundState::Cancelled { Ok(()) } else { Err(round_is(facts)) }
}

fn certified(facts: &Facts) -> Result<(), Refusal> {
    if facts.certified { Ok(()) } else { Err(Refusal::plain(Code::CertificationRequired)) }
}

/// A due date ends at 24:00 in Shanghai.
fn return_not_due(facts: &Facts) -> Result<(), Refusal> {
    match facts.return_due_on {
        Some(due_on) if facts.arrived_at.utc() >= end_of_day_utc(due_on) => {
            let said = say!("补正期限 {due_on} 已过", "the time for corrections ended on {due_on}");
            Err(Refusal::new(Code::DeadlinePassed, said))
        }
        _ => Ok(()),
    }
}

fn owner_verified(facts: &Facts) -> Result<(), Refusal> {
    if facts.owner_verified { Ok(()) } else { Err(Refusal::plain(Code::OwnerUnverified)) }
}

fn formal_review(facts: &Facts) -> Result<(), Refusal> {
    unconflicted(facts)?;
    if facts.round_state == RoundState::FormalReview { Ok(()) } else { Err(round_is(facts)) }
}

fn may_return(facts: &Facts) -> Result<(), Refusal> {
    formal_review(facts)?;
    if facts.returns_left > 0 { Ok(()) } else { Err(Refusal::plain(Code::ReturnLimit)) }
}

fn visited(facts: &Facts) -> Result<(), Refusal> {
    unconflicted(facts)?;
    if facts.round_state == RoundState::SiteCheck { Ok(()) } else { Err(round_is(facts)) }
}

fn visited_unreviewed(facts: &Facts) -> Result<(), Refusal> {
    visited(facts)?;
    unreviewed(facts)
}

fn may_propose(facts: &Facts) -> Result<(), Refusal> {
    unconflicted(facts)?;
    if facts.round_state != RoundState::Deliberation {
        return Err(round_is(facts));
    }
    if facts.places_left.is_none_or(|left| left > 0) { Ok(()) } else { Err(Refusal::plain(Code::QuotaExceeded)) }
}

fn may_propose_unreviewed(facts: &Facts) -> Result<(), Refusal> {
    may_propose(facts)?;
    unreviewed(facts)
}

/// Also while the publicity of the others runs: only the conclusion needs an outcome for everybody.
fn may_pass_over(facts: &Facts) -> Result<(), Refusal> {
    unconflicted(facts)?;
    match facts.round_state {
        RoundState::Deliberation | RoundState::Publicity => Ok(()),
        _ => Err(round_is(facts)),
    }
}

/// A case that comes to no result does not keep the others waiting.
fn may_set_aside(facts: &Facts) -> Result<(), Refusal> {
    unconflicted(facts)?;
    match facts.round_state {
        RoundState::ExpertReview | RoundState::SiteCheck | RoundState::Deliberation | RoundState::Publicity => Ok(()),
        _ => Err(round_is(facts)),
    }
}

fn may_pass_over_unreviewed(facts: &Facts) -> Result<(), Refusal> {
    may_pass_over(facts)?;
    unreviewed(facts)
}

/// Where experts review, nothing is decided without them.
fn unreviewed(facts: &Facts) -> Result<(), Refusal> {
    if !facts.expert_review {
        return Ok(());
    }
    let said = say!("本批次须经专家评审", "this round decides after expert review only");
    Err(Refusal::new(Code::InvalidTransition, said))
}

fn unconflicted(facts: &Facts) -> Result<(), Refusal> {
    if facts.conflicted { Err(Refusal::plain(Code::ConflictOfInterest)) } else { Ok(()) }
}

fn in_state(zh: &str, en: &str, state: Say) -> Say {
    Say::new(format!("{zh}当前为“{}”，不能执行此操作", state.zh), format!("not possible now: {en} is {}", state.en))
}

fn round_is(facts: &Facts) -> Refusal {
    Refusal::new(Code::InvalidTransition, in_state("批次", "the round", facts.round_state.label()))
}

#[cfg(test)]
mod tests {
    use super::ApplicationState as S;
    use super::*;

    fn stamp(text: &str) -> Stamp {
        Stamp::new(text.parse().unwrap())
    }

    /// Facts under which every guard says yes to what suits the state.
    fn willing(state: S, what: Move) -> Facts {
        Facts {
            state,
            round_state: match what {
                Move::Submit => RoundState::Open,
                Move::Accept | Move::Return | Move::Reject | Move::Override => RoundState::FormalReview,
                Move::CheckSite => RoundState::SiteCheck,
                Move::Cease => RoundState::Cancelled,
                _ => RoundState::Deliberation,
            },
            expert_review: state != S::Accepted,
            arrived_at: stamp("2026-05-31T16:00:30Z"),
            accepts_until: stamp("2026-05-31T16:00:30Z"),
            return_due_on: None,
            returns_left: 1,
            owner_verified: true,
            certified: true,
            conflicted: false,
            places_left: Some(1),
        }
    }

    #[test]
    fn every_pair_of_state_and_move_is_either_in_the_table_or_refused() {
        let mut possible = 0;
        for state in S::ALL {
            for what in Move::ALL {
                let rows: Vec<_> = TRANSITIONS.iter().filter(|row| (row.0, row.1) == (*state, what)).collect();
                assert!(rows.len() <= 1, "{state} {what:?} is ambiguous");
                let outcome = allowed(what, &willing(*state, what)).map_err(|r| r.code);
                let expected = rows.first().map(|row| row.2).ok_or(Code::InvalidTransition);
                assert_eq!(outcome, expected, "{state} {what:?}");
                possible += rows.len();
            }
        }
        assert_eq!(possible, TRANSITIONS.len());
    }

    #[test]
    fn the_table_is_the_one_people_know() {
        use Move::*;
        let out = |state: S| -> Vec<(Move, S)> {
            TRANSITIONS.iter().filter(|row| row.0 == state).map(|row| (row.1, row.2)).collect()
        };
        assert_eq!(
            out(S::Draft),
            [(Edit, S::Draft), (Submit, S::Submitted), (Withdraw, S::Withdrawn), (Cease, S::Void)]
        );
        assert_eq!(
            out(S::Submitted),
            [
                (Withdraw, S::Withdrawn),
                (Accept, S::Accepted),
                (Return, S::Returned),
                (Reject, S::RejectedFormal),
                (Override, S::Submitted),
                (Void, S::Void),
                (Cease, S::Void)
            ]
        );
        assert_eq!(out(S::Proposed), [(Publicise, S::InPublicity), (Void, S::Void), (Cease, S::Void)]);
        assert_eq!(out(S::Objected), [(Deny, S::Denied), (Clear, S::InPublicity), (Void, S::Void)]);
        for end in [S::RejectedFormal, S::NotSelected, S::Recognised, S::Denied, S::Withdrawn, S::Void] {
            assert_eq!(out(end), [], "{end} is an end");
        }
    }

    #[test]
    fn nothing_leads_out_of_what_is_no_longer_live() {
        for (from, _, _, _) in TRANSITIONS {
            assert!(from.is_live(), "{from}");
        }
    }

    #[test]
    fn a_guard_says_no_with_its_own_code() {
        type Change = fn(&mut Facts);
        let cases: &[(S, Move, Change, Code)] = &[
            (S::Draft, Move::Submit, |f| f.owner_verified = false, Code::OwnerUnverified),
            (S::Draft, Move::Submit, |f| f.arrived_at = stamp("2026-05-31T16:00:30.000001Z"), Code::DeadlinePassed),
            (S::Draft, Move::Submit, |f| f.round_state = RoundState::Published, Code::NotYetDue),
            (S::Draft, Move::Submit, |f| f.round_state = RoundState::Deliberation, Code::DeadlinePassed),
            (S::Draft, Move::Submit, |f| f.round_state = RoundState::Cancelled, Code::InvalidTransition),
            (S::Returned, Move::Submit, |f| f.return_due_on = Some(day("2026-05-31")), Code::DeadlinePassed),
            (S::Returned, Move::Edit, |f| f.return_due_on = Some(day("2026-05-31")), Code::DeadlinePassed),
            (S::Returned, Move::Submit, |f| f.owner_verified = false, Code::OwnerUnverified),
            (S::Draft, Move::Submit, |f| f.certified = false, Code::CertificationRequired),
            (S::Returned, Move::Submit, |f| f.certified = false, Code::CertificationRequired),
            (S::Submitted, Move::Accept, |f| f.round_state = RoundState::Closed, Code::InvalidTransition),
            (S::Submitted, Move::Accept, |f| f.conflicted = true, Code::ConflictOfInterest),
            (S::Submitted, Move::Return, |f| f.returns_left = 0, Code::ReturnLimit),
            (S::Submitted, Move::Reject, |f| f.conflicted = true, Code::ConflictOfInterest),
            (S::Accepted, Move::Propose, |f| f.round_state = RoundState::FormalReview, Code::InvalidTransition),
            (S::Accepted, Move::Propose, |f| f.expert_review = true, Code::InvalidTransition),
            (S::Accepted, Move::Propose, |f| f.places_left = Some(0), Code::QuotaExceeded),
            (S::Accepted, Move::NotSelect, |f| f.expert_review = true, Code::InvalidTransition),
            (S::Scored, Move::Propose, |f| f.places_left = Some(0), Code::QuotaExceeded),
            (S::Returned, Move::Submit, |f| f.round_state = RoundState::Cancelled, Code::InvalidTransition),
            (S::InReview, Move::Cease, |f| f.round_state = RoundState::ExpertReview, Code::InvalidTransition),
            (S::InReview, Move::Score, |f| f.conflicted = true, Code::ConflictOfInterest),
            (S::Accepted, Move::CheckSite, |f| f.expert_review = true, Code::InvalidTransition),
            (S::Scored, Move::CheckSite, |f| f.round_state = RoundState::Deliberation, Code::InvalidTransition),
            (S::Scored, Move::NotSelect, |f| f.conflicted = true, Code::ConflictOfInterest),
            (S::Proposed, Move::Void, |f| f.conflicted = true, Code::ConflictOfInterest),
        ];
        for (state, what, change, code) in cases {
            let mut facts = willing(*state, *what);
            assert!(allowed(*what, &facts).is_ok(), "{state} {what:?}");
            change(&mut facts);
            assert_eq!(allowed(*what, &facts).unwrap_err().code, *code, "{state} {what:?}");
        }
    }

    #[test]
    fn a_return_is_in_time_until_midnight_in_shanghai_although_the_round_has_closed() {
        let mut facts = willing(S::Returned, Move::Submit);
        facts.round_state = RoundState::FormalReview;
        facts.return_due_on = Some(day("2026-06-08"));
        facts.arrived_at = stamp("2026-06-08T15:59:59.999999Z");
        assert_eq!(allowed(Move::Submit, &facts), Ok(S::Submitted));
        facts.arrived_at = stamp("2026-06-08T16:00:00Z");
        assert_eq!(allowed(Move::Submit, &facts).unwrap_err().code, Code::DeadlinePassed);
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }
}
