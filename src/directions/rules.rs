//! What directions under observation have to say, and how the maturity of tracks went.

use chrono::NaiveDate;

use super::model::{Direction, DirectionState, DirectionVerdict, MaturityStep, ReviewDirectionBody};
use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::text::Say;
use crate::programme::RuleSet;
use crate::programme::model::RuleSetId;
use crate::say;

pub const TEXT_MAX: usize = 2_000;
pub const SOURCE_MAX: usize = 500;
const NAME_MAX: usize = 100;

/// Only what is watched changes.
pub fn may_work_on(state: DirectionState) -> Result<(), Refusal> {
    if state == DirectionState::Watching {
        return Ok(());
    }
    let Say { zh, en } = state.label();
    Err(Refusal::new(
        Code::InvalidTransition,
        say!("该方向当前为“{zh}”，不允许此操作", "the direction is {en}, which does not allow this"),
    ))
}

pub fn check_code(pointer: &str, code: &str, faults: &mut Faults) {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if code.is_empty() {
        faults.plain(pointer, FieldCode::Required);
    } else if !(2..=40).contains(&code.len()) || !code.bytes().all(fits) {
        faults.plain(pointer, FieldCode::Format);
    }
}

/// The direction as it shall be.
pub fn check_direction(row: &Direction, today: NaiveDate, faults: &mut Faults) {
    faults.text("/name/zh", &row.name_zh, 1, NAME_MAX);
    faults.text("/name/en", &row.name_en, 1, NAME_MAX);
    faults.text("/summary", row.summary.as_deref().unwrap_or_default(), 0, TEXT_MAX);
    check_ahead("/review_on", row.review_on, today, faults);
}

fn check_ahead(pointer: &str, day: Option<NaiveDate>, today: NaiveDate, faults: &mut Faults) {
    match day {
        None => faults.plain(pointer, FieldCode::Required),
        Some(day) if day <= today => {
            faults.add(pointer, FieldCode::DateOrder, say!("应晚于今天", "must lie after today"));
        }
        Some(_) => {}
    }
}

pub fn check_review(body: &ReviewDirectionBody, today: NaiveDate, faults: &mut Faults) {
    faults.text("/reason", &body.reason, 1, TEXT_MAX);
    match body.verdict {
        None => faults.plain("/verdict", FieldCode::Required),
        Some(DirectionVerdict::Keep) => check_ahead("/next_review_on", body.next_review_on, today, faults),
        Some(DirectionVerdict::Raise) => check_code("/track", body.track.as_deref().unwrap_or_default(), faults),
        Some(DirectionVerdict::Drop) => {}
    }
    if body.verdict.is_some_and(|verdict| verdict != DirectionVerdict::Keep) && body.next_review_on.is_some() {
        faults.plain("/next_review_on", FieldCode::NotAllowed);
    }
    if body.verdict.is_some_and(|verdict| verdict != DirectionVerdict::Raise) && body.track.is_some() {
        faults.plain("/track", FieldCode::NotAllowed);
    }
}

pub fn is_due(row: &Direction, today: NaiveDate) -> bool {
    row.review_on.is_some_and(|day| day <= today)
}

/// How a track's maturity went through the rule sets, which come oldest first: only where it changed.
pub fn history<'a>(
    code: &str,
    rule_sets: impl IntoIterator<Item = (NaiveDate, RuleSetId, &'a RuleSet)>,
) -> Vec<MaturityStep> {
    let mut steps: Vec<MaturityStep> = Vec::new();
    for (from, rule_set_id, rules) in rule_sets {
        let Some(track) = rules.tracks.iter().find(|track| track.code == code) else { continue };
        if steps.last().is_none_or(|last| last.maturity != track.maturity) {
            steps.push(MaturityStep { from, maturity: track.maturity, rule_set_id });
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::laoshan_2026;
    use crate::programme::model::Maturity;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_history_tells_only_where_the_maturity_changed() {
        let with = |maturity: Maturity| {
            let mut rules = laoshan_2026().clone();
            rules
                .tracks
                .iter_mut()
                .filter(|track| track.code == "terahertz")
                .for_each(|track| track.maturity = maturity);
            rules
        };
        let (none, early, base) = (with(Maturity::NotYet), with(Maturity::Starting), with(Maturity::Base));
        let mut before = base.clone();
        before.tracks.clear();
        let of = |year: &str, rules| (day(&format!("{year}-01-01")), RuleSetId(year.into()), rules);
        let all = [of("2023", &before), of("2024", &none), of("2025", &none), of("2026", &early), of("2027", &base)];
        let told: Vec<_> =
            history("terahertz", all).into_iter().map(|step| (step.rule_set_id.0, step.maturity)).collect();
        let step = |year: &str, maturity| (year.to_owned(), maturity);
        assert_eq!(
            told,
            [step("2024", Maturity::NotYet), step("2026", Maturity::Starting), step("2027", Maturity::Base)]
        );
        assert!(history("astrology", [of("2026", &base)]).is_empty());
    }

    #[test]
    fn each_verdict_tells_its_own_and_nothing_else() {
        let empty = || ReviewDirectionBody { reason: "r".into(), ..ReviewDirectionBody::default() };
        let of = |verdict| ReviewDirectionBody { verdict: Some(verdict), ..empty() };
        let (later, track) = (Some(day("2026-09-01")), Some("hydrogen".to_owned()));
        for (body, expected) in [
            (ReviewDirectionBody::default(), &["/reason", "/verdict"][..]),
            (of(DirectionVerdict::Keep), &["/next_review_on"]),
            (
                ReviewDirectionBody { next_review_on: Some(day("2026-03-02")), ..of(DirectionVerdict::Keep) },
                &["/next_review_on"],
            ),
            (ReviewDirectionBody { next_review_on: later, ..of(DirectionVerdict::Keep) }, &[]),
            (of(DirectionVerdict::Raise), &["/track"]),
            (ReviewDirectionBody { track: Some("氢".into()), ..of(DirectionVerdict::Raise) }, &["/track"]),
            (ReviewDirectionBody { track: track.clone(), ..of(DirectionVerdict::Raise) }, &[]),
            (
                ReviewDirectionBody { track, next_review_on: later, ..of(DirectionVerdict::Drop) },
                &["/next_review_on", "/track"],
            ),
        ] {
            let mut faults = Faults::default();
            check_review(&body, day("2026-03-02"), &mut faults);
            let found: Vec<_> =
                faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer).collect()).unwrap_or_default();
            assert_eq!(found, expected, "{body:?}");
        }
    }
}
