//! What a visit must be before it counts.

use chrono::NaiveDate;

use super::model::{CheckItem, FindingResult, SiteVisitState};
use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::actor::UserId;
use crate::rounds::model::{Round, RoundState};
use crate::say;

/// On-site checks are made by two people at least.
pub const VISITORS_MIN: usize = 2;
const REMARK_MAX: usize = 2_000;

/// Visits belong to a phase of their own, which a round may have.
pub fn may_plan(round: &Round) -> Result<(), Refusal> {
    if round.state == RoundState::SiteCheck {
        return Ok(());
    }
    Err(Refusal::new(Code::InvalidTransition, say!("本批次当前不安排实地核查", "the round takes no site visits now")))
}

pub fn may_change(state: SiteVisitState) -> Result<(), Refusal> {
    if state == SiteVisitState::Planned { Ok(()) } else { Err(Refusal::plain(Code::InvalidTransition)) }
}

/// The enterprise answers a concluded visit, once.
pub fn may_answer(state: SiteVisitState) -> Result<(), Refusal> {
    if state == SiteVisitState::Concluded { Ok(()) } else { Err(Refusal::plain(Code::InvalidTransition)) }
}

/// `fit` says of each visitor whether they are of the office and without a stake.
pub fn check_visitors(visitors: &[UserId], fit: impl Fn(&UserId) -> Result<(), FieldCode>, faults: &mut Faults) {
    if visitors.len() < VISITORS_MIN {
        let said = say!("至少 {VISITORS_MIN} 人", "takes at least {VISITORS_MIN} people");
        faults.add("/visitors", FieldCode::TooShort, said);
    }
    for (n, visitor) in visitors.iter().enumerate() {
        let at = format!("/visitors/{n}");
        if visitors[..n].contains(visitor) {
            faults.plain(at, FieldCode::Duplicate);
        } else if let Err(code) = fit(visitor) {
            faults.plain(at, code);
        }
    }
}

pub fn check_remark(at: &str, result: FindingResult, remark: &str, faults: &mut Faults) {
    faults.text(&format!("{at}/remark"), remark, usize::from(result == FindingResult::Unmet), REMARK_MAX);
}

/// A visit is concluded when every item was looked at.
pub fn check_conclusion(checklist: &[CheckItem], held_on: Option<NaiveDate>, today: NaiveDate, faults: &mut Faults) {
    match held_on {
        None => faults.plain("/held_on", FieldCode::Required),
        Some(day) if day > today => faults.plain("/held_on", FieldCode::InTheFuture),
        Some(_) => {}
    }
    for item in checklist.iter().filter(|item| item.finding.is_none()) {
        faults.plain(format!("/findings/{}", item.code), FieldCode::Required);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::text::Say;
    use crate::visits::model::Finding;

    #[test]
    fn two_different_fit_people_go() {
        let id = |name: &str| UserId(name.into());
        let fit = |id: &UserId| match id.as_str() {
            "stranger" => Err(FieldCode::NotExisting),
            "cousin" => Err(FieldCode::NotAllowed),
            _ => Ok(()),
        };
        let found = |visitors: &[UserId]| {
            let mut faults = Faults::default();
            check_visitors(visitors, fit, &mut faults);
            faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer + " " + &f.code).collect::<Vec<_>>())
        };
        assert_eq!(found(&[id("a"), id("b")]), None);
        assert_eq!(found(&[id("a")]), Some(vec!["/visitors too_short".into()]));
        assert_eq!(
            found(&[id("a"), id("a"), id("stranger"), id("cousin")]),
            Some(vec![
                "/visitors/1 duplicate".into(),
                "/visitors/2 not_existing".into(),
                "/visitors/3 not_allowed".into()
            ])
        );
    }

    #[test]
    fn a_visit_is_concluded_when_everything_was_looked_at() {
        let item = |code: &str, found: bool| CheckItem {
            code: code.into(),
            name: Say::new("甲", "a"),
            finding: found.then(|| Finding { result: FindingResult::Met, remark: String::new() }),
        };
        let today: NaiveDate = "2026-04-10".parse().unwrap();
        let found = |items: &[CheckItem], held: Option<&str>| {
            let mut faults = Faults::default();
            check_conclusion(items, held.map(|day| day.parse().unwrap()), today, &mut faults);
            faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer).collect::<Vec<_>>())
        };
        assert_eq!(found(&[item("S1", true)], Some("2026-04-10")), None);
        assert_eq!(
            found(&[item("S1", true), item("S2", false)], None),
            Some(vec!["/held_on".into(), "/findings/S2".into()])
        );
        assert_eq!(found(&[], Some("2026-04-11")), Some(vec!["/held_on".into()]));
    }
}
