//! How a membership moves, from candidate to its end.

pub mod asking;
pub mod draw;
pub mod path;
pub mod triggers;

use chrono::NaiveDate;

use super::model::{MembershipState, Recognition};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::text::Say;
use crate::programme::model::Tier;
use crate::say;

/// Everything that moves a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// A candidate becomes a member.
    Recognise,
    Watch,
    /// What was watched, or re-reviewed, is in order.
    Clear,
    Suspend,
    ReReview,
    /// Ends in favour of a higher tier.
    Promote,
    /// Ends in favour of a lower tier.
    Demote,
    /// Ends without fault.
    Exit,
    /// Ends for fault.
    Revoke,
    /// The term is over, or a new one of the same tier begins.
    Expire,
}

impl Move {
    pub const ALL: &'static [Move] = &[
        Move::Recognise,
        Move::Watch,
        Move::Clear,
        Move::Suspend,
        Move::ReReview,
        Move::Promote,
        Move::Demote,
        Move::Exit,
        Move::Revoke,
        Move::Expire,
    ];

    /// Under this name it stands in the audit trail, whoever or whatever caused it.
    pub fn name(self) -> &'static str {
        match self {
            Move::Recognise => "membership.recognise",
            Move::Watch => "membership.watch",
            Move::Clear => "membership.clear",
            Move::Suspend => "membership.suspend",
            Move::ReReview => "membership.re_review",
            Move::Promote => "membership.promote",
            Move::Demote => "membership.demote",
            Move::Exit => "membership.exit",
            Move::Revoke => "membership.revoke",
            Move::Expire => "membership.expire",
        }
    }
}

use MembershipState as S;

/// Every transition there is: the states it starts from, the move, the state it leads to.
pub const TRANSITIONS: &[(&[MembershipState], Move, MembershipState)] = &[
    (&[S::Candidate], Move::Recognise, S::Active),
    (&[S::Active, S::ReReview], Move::Watch, S::Watch),
    (&[S::Watch, S::ReReview], Move::Clear, S::Active),
    (&[S::Active, S::Watch], Move::Suspend, S::Suspended),
    (&[S::Active, S::Watch, S::Suspended], Move::ReReview, S::ReReview),
    (&[S::Active, S::Watch, S::Suspended, S::ReReview], Move::Promote, S::Promoted),
    (&[S::Active, S::Watch, S::Suspended, S::ReReview], Move::Demote, S::Demoted),
    (&[S::Candidate, S::Active, S::Watch, S::Suspended, S::ReReview], Move::Exit, S::Exited),
    (&[S::Active, S::Watch, S::Suspended, S::ReReview], Move::Revoke, S::Revoked),
    (&[S::Active, S::Watch, S::Suspended, S::ReReview], Move::Expire, S::Expired),
];

/// The state the move leads to.
pub fn may_move(state: MembershipState, by: Move) -> Result<MembershipState, Refusal> {
    let row = TRANSITIONS.iter().find(|(from, listed, _)| *listed == by && from.contains(&state));
    row.map(|(_, _, to)| *to).ok_or_else(|| {
        let Say { zh, en } = state.label();
        let said = say!("库内资格当前为“{zh}”，不允许此操作", "the membership is {en}, which does not allow this");
        Refusal::new(Code::InvalidTransition, said)
    })
}

/// How an older membership of the lane ends when the enterprise is recognised in `new`.
pub fn ending(old: Tier, new: Tier) -> Move {
    match rung(new).cmp(&rung(old)) {
        std::cmp::Ordering::Greater => Move::Promote,
        std::cmp::Ordering::Less => Move::Demote,
        std::cmp::Ordering::Equal => Move::Expire,
    }
}

/// The rung below, for a demotion.
pub fn below(tier: Tier) -> Option<Tier> {
    match tier {
        Tier::Leading => Some(Tier::FutureStar),
        Tier::FutureStar => Some(Tier::Seed),
        Tier::Seed | Tier::Ecosystem => None,
    }
}

/// A term of whole years ends on the day before its anniversary.
pub fn last_day(from: NaiveDate, years: u32) -> Option<NaiveDate> {
    from.checked_add_months(chrono::Months::new(years.checked_mul(12)?))?.pred_opt()
}

/// Whether a re-check that keeps the tier begins a new term: the old one is over, or ends within half a year.
pub fn renews(valid_to: NaiveDate, today: NaiveDate) -> bool {
    today.checked_add_months(chrono::Months::new(6)).is_none_or(|soon| valid_to <= soon)
}

/// The ladder from its first rung up; `ecosystem` is alone in its lane.
fn rung(tier: Tier) -> u8 {
    match tier {
        Tier::Seed | Tier::Ecosystem => 0,
        Tier::FutureStar => 1,
        Tier::Leading => 2,
    }
}

pub fn recognition_faults(recognition: &Recognition) -> Result<(), AppError> {
    let mut faults = Faults::default();
    if recognition.valid_to < recognition.valid_from {
        faults.plain("/valid_to", FieldCode::DateOrder);
    }
    if recognition.tier.lane() != recognition.lane {
        faults.plain("/lane", FieldCode::NotAllowed);
    }
    faults.done()
}

/// `PREFIX-YEAR-0001`; more digits only when a year needs them.
pub fn certificate_number(prefix: &str, year: i32, n: i32) -> String {
    format!("{prefix}-{year}-{n:04}")
}

/// Whether a certificate holds on this day.
pub fn holds(state: MembershipState, valid_from: NaiveDate, valid_to: NaiveDate, today: NaiveDate) -> bool {
    let standing = matches!(state, S::Active | S::Watch | S::ReReview);
    standing && (valid_from..=valid_to).contains(&today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listed_moves_are_allowed() {
        for state in MembershipState::ALL {
            for by in Move::ALL {
                let row = TRANSITIONS.iter().find(|(from, listed, _)| listed == by && from.contains(state));
                match may_move(*state, *by) {
                    Ok(to) => assert_eq!(Some(to), row.map(|row| row.2), "{state} {by:?}"),
                    Err(refusal) => {
                        assert!(row.is_none(), "{state} {by:?}");
                        assert_eq!(refusal.code, Code::InvalidTransition);
                    }
                }
            }
        }
    }

    #[test]
    fn what_has_ended_never_moves_again() {
        for state in MembershipState::ALL.iter().filter(|state| !state.is_live()) {
            for by in Move::ALL {
                assert!(may_move(*state, *by).is_err(), "{state} {by:?}");
            }
        }
    }

    #[test]
    fn candidates_become_members_or_leave_and_nothing_else() {
        let possible: Vec<Move> =
            Move::ALL.iter().copied().filter(|by| may_move(MembershipState::Candidate, *by).is_ok()).collect();
        assert_eq!(possible, [Move::Recognise, Move::Exit]);
    }

    #[test]
    fn the_older_membership_ends_by_the_order_of_the_ladder() {
        for (old, new, by) in [
            (Tier::Seed, Tier::FutureStar, Move::Promote),
            (Tier::Seed, Tier::Leading, Move::Promote),
            (Tier::Leading, Tier::FutureStar, Move::Demote),
            (Tier::FutureStar, Tier::FutureStar, Move::Expire),
            (Tier::Ecosystem, Tier::Ecosystem, Move::Expire),
        ] {
            assert_eq!(ending(old, new), by, "{old} -> {new}");
        }
    }

    #[test]
    fn certificate_numbers_have_four_digits_or_as_many_as_they_need() {
        assert_eq!(certificate_number("LS-WLZX", 2026, 1), "LS-WLZX-2026-0001");
        assert_eq!(certificate_number("LS-WLZX", 2026, 12_345), "LS-WLZX-2026-12345");
    }

    #[test]
    fn a_certificate_holds_on_its_first_and_its_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (from, to) = (day("2026-11-02"), day("2029-11-01"));
        for (state, today, expected) in [
            (MembershipState::Active, "2026-11-01", false),
            (MembershipState::Active, "2026-11-02", true),
            (MembershipState::Watch, "2029-11-01", true),
            (MembershipState::Active, "2029-11-02", false),
            (MembershipState::Suspended, "2027-01-01", false),
            (MembershipState::Revoked, "2027-01-01", false),
        ] {
            assert_eq!(holds(state, from, to, day(today)), expected, "{state} on {today}");
        }
    }
}
