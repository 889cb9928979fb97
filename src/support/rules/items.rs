//! The one table of an item's moves, and who may make them.

use chrono::NaiveDate;

use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::text::Say;
use crate::say;
use crate::support::model::{ItemKind, ItemState, ItemStep, RaiseItemBody, Side};

/// Working days a unit has for its answer.
pub const ANSWER_DAYS: u16 = 7;
/// Days after its end in which an item may be reopened.
pub const REOPEN_DAYS: i64 = 30;
/// Ratings up to this one open a ticket.
pub const BAD_RATING: i64 = 2;

/// What a file of an item is called that shows the work done.
pub const EVIDENCE: &str = "evidence";

/// What the guards look at.
#[derive(Debug, Clone)]
pub struct ItemFacts {
    pub state: ItemState,
    /// The caller's.
    pub side: Side,
    /// The caller acts for the unit that has the item.
    pub in_unit: bool,
    /// The caller has answered, worked on or completed the item.
    pub handled: bool,
    pub evidence: bool,
    /// The enterprise has said that it is done.
    pub confirmed: bool,
    pub extended: bool,
    pub ended_on: Option<NaiveDate>,
    pub today: NaiveDate,
}

type Guard = fn(&ItemFacts) -> Result<(), Refusal>;

const TRANSITIONS: &[(ItemState, ItemStep, ItemState, Guard)] = {
    use ItemState as S;
    use ItemStep as T;
    &[
        (S::Raised, T::Accept, S::Accepted, office),
        (S::Accepted, T::Assign, S::Assigned, office),
        (S::Returned, T::Assign, S::Assigned, office),
        (S::Reopened, T::Assign, S::Assigned, office),
        (S::Assigned, T::Answer, S::InProgress, unit),
        (S::Reopened, T::Answer, S::InProgress, unit),
        (S::Assigned, T::Return, S::Returned, unit),
        (S::Reopened, T::Return, S::Returned, unit),
        (S::InProgress, T::Progress, S::InProgress, unit),
        (S::InProgress, T::Extend, S::InProgress, not_extended),
        (S::InProgress, T::Complete, S::PendingConfirm, shown),
        (S::Assigned, T::Suspend, S::Suspended, office),
        (S::InProgress, T::Suspend, S::Suspended, office),
        (S::Reopened, T::Suspend, S::Suspended, office),
        (S::Suspended, T::Resume, S::InProgress, office),
        (S::PendingConfirm, T::Confirm, S::PendingConfirm, unconfirmed),
        (S::PendingConfirm, T::Reject, S::Reopened, unconfirmed),
        (S::PendingConfirm, T::Close, S::Closed, closable),
        (S::Raised, T::Explain, S::Explained, not_own),
        (S::Accepted, T::Explain, S::Explained, not_own),
        (S::Assigned, T::Explain, S::Explained, not_own),
        (S::InProgress, T::Explain, S::Explained, not_own),
        (S::Returned, T::Explain, S::Explained, not_own),
        (S::Suspended, T::Explain, S::Explained, not_own),
        (S::Reopened, T::Explain, S::Explained, not_own),
        (S::Closed, T::Reopen, S::Reopened, recent),
        (S::Explained, T::Reopen, S::Reopened, recent),
    ]
};

/// Where the step leads, or why it is not possible.
pub fn may_step(step: ItemStep, facts: &ItemFacts) -> Result<ItemState, Refusal> {
    let row = TRANSITIONS.iter().find(|(from, row, _, _)| *from == facts.state && *row == step);
    let Some((_, _, to, guard)) = row else {
        let Say { zh, en } = facts.state.label();
        let said = say!("事项当前为“{zh}”，不能执行此操作", "not possible now: the item is {en}");
        return Err(Refusal::new(Code::InvalidTransition, said));
    };
    guard(facts).map(|()| *to)
}

/// An officer who acts for the enterprise leaves its items to others.
fn office(facts: &ItemFacts) -> Result<(), Refusal> {
    if facts.side == Side::Office { Ok(()) } else { Err(Refusal::plain(Code::ConflictOfInterest)) }
}

fn unit(facts: &ItemFacts) -> Result<(), Refusal> {
    office(facts)?;
    if facts.in_unit {
        return Ok(());
    }
    Err(Refusal::new(
        Code::InvalidTransition,
        say!("须由承办单位经办人办理", "only the unit that has the item does this"),
    ))
}

fn not_extended(facts: &ItemFacts) -> Result<(), Refusal> {
    unit(facts)?;
    if facts.extended { Err(Refusal::plain(Code::ExtensionUsed)) } else { Ok(()) }
}

/// Nothing is done that cannot be shown.
fn shown(facts: &ItemFacts) -> Result<(), Refusal> {
    unit(facts)?;
    if facts.evidence { Ok(()) } else { Err(Refusal::plain(Code::EvidenceMissing)) }
}

fn unconfirmed(facts: &ItemFacts) -> Result<(), Refusal> {
    if facts.side != Side::Enterprise {
        return Err(Refusal::plain(Code::OwnSide));
    }
    if facts.confirmed {
        let said = say!("企业已确认", "the enterprise has given its word already");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    Ok(())
}

fn closable(facts: &ItemFacts) -> Result<(), Refusal> {
    not_own(facts)?;
    if !facts.evidence {
        return Err(Refusal::plain(Code::EvidenceMissing));
    }
    if facts.confirmed { Ok(()) } else { Err(Refusal::plain(Code::NotConfirmed)) }
}

/// Who handled an item does not end it.
fn not_own(facts: &ItemFacts) -> Result<(), Refusal> {
    office(facts)?;
    if !facts.handled {
        return Ok(());
    }
    Err(Refusal::new(Code::TwoPersonRule, say!("承办人不能销号本人办理的事项", "nobody ends an item they handled")))
}

fn recent(facts: &ItemFacts) -> Result<(), Refusal> {
    match facts.ended_on {
        Some(day) if (facts.today - day).num_days() > REOPEN_DAYS => {
            let said = say!("已超过 {REOPEN_DAYS} 天重办期限", "it ended more than {REOPEN_DAYS} days ago");
            Err(Refusal::new(Code::DeadlinePassed, said))
        }
        _ => Ok(()),
    }
}

/// Measures come from confirmed plans, not from requests.
pub fn check_request(faults: &mut Faults, at: &str, kind: ItemKind, title: &str, description: &str) {
    if kind == ItemKind::Measure {
        let said = say!("措施由已确认的方案产生", "measures come from confirmed plans");
        faults.add(format!("{at}/kind"), FieldCode::NotAllowed, said);
    }
    faults.text(&format!("{at}/title"), title, 2, 200);
    faults.text(&format!("{at}/description"), description, 0, 4_000);
}

pub fn check_raise(faults: &mut Faults, body: &RaiseItemBody) {
    for (pointer, missing) in [("/kind", body.kind.is_none()), ("/category", body.category.is_none())] {
        if missing {
            faults.plain(pointer, FieldCode::Required);
        }
    }
    check_request(faults, "", body.kind.unwrap_or(ItemKind::Need), &body.title, &body.description);
}

/// Files come until the item is at its end.
pub fn may_attach(facts: &ItemFacts) -> Result<(), Refusal> {
    if facts.state.is_open() { Ok(()) } else { Err(Refusal::plain(Code::InvalidTransition)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn willing(state: ItemState, step: ItemStep) -> ItemFacts {
        let enterprise = matches!(step, ItemStep::Confirm | ItemStep::Reject);
        ItemFacts {
            state,
            side: if enterprise { Side::Enterprise } else { Side::Office },
            in_unit: true,
            handled: false,
            evidence: true,
            confirmed: step == ItemStep::Close,
            extended: false,
            ended_on: Some(day("2026-03-01")),
            today: day("2026-03-31"),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_pair_of_state_and_step_is_in_the_table_once_or_refused() {
        for state in ItemState::ALL {
            for step in ItemStep::ALL {
                let rows: Vec<_> = TRANSITIONS.iter().filter(|row| (row.0, row.1) == (*state, *step)).collect();
                assert!(rows.len() <= 1, "{state} {step} is ambiguous");
                let expected = rows.first().map(|row| row.2).ok_or(Code::InvalidTransition);
                assert_eq!(may_step(*step, &willing(*state, *step)).map_err(|r| r.code), expected, "{state} {step}");
            }
        }
    }

    #[test]
    fn what_has_ended_can_only_be_reopened() {
        for state in ItemState::ALL.iter().filter(|state| !state.is_open()) {
            let out: Vec<_> = TRANSITIONS.iter().filter(|row| row.0 == *state).map(|row| row.1).collect();
            assert_eq!(out, [ItemStep::Reopen], "{state}");
        }
    }

    #[test]
    fn each_guard_says_no_with_its_own_code() {
        type Change = fn(&mut ItemFacts);
        use ItemState as S;
        use ItemStep as T;
        let cases: [(S, T, Change, Code); 10] = [
            (S::Raised, T::Accept, |f| f.side = Side::Enterprise, Code::ConflictOfInterest),
            (S::Assigned, T::Answer, |f| f.in_unit = false, Code::InvalidTransition),
            (S::InProgress, T::Extend, |f| f.extended = true, Code::ExtensionUsed),
            (S::InProgress, T::Complete, |f| f.evidence = false, Code::EvidenceMissing),
            (S::PendingConfirm, T::Confirm, |f| f.side = Side::Office, Code::OwnSide),
            (S::PendingConfirm, T::Reject, |f| f.confirmed = true, Code::InvalidTransition),
            (S::PendingConfirm, T::Close, |f| f.handled = true, Code::TwoPersonRule),
            (S::PendingConfirm, T::Close, |f| f.confirmed = false, Code::NotConfirmed),
            (S::Assigned, T::Explain, |f| f.handled = true, Code::TwoPersonRule),
            (S::Closed, T::Reopen, |f| f.today = day("2026-04-01"), Code::DeadlinePassed),
        ];
        for (state, step, change, code) in cases {
            let mut facts = willing(state, step);
            change(&mut facts);
            assert_eq!(may_step(step, &facts).unwrap_err().code, code, "{state} {step}");
        }
    }
}
