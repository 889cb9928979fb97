//! What an expert may do with a task, and what a sheet must hold.

use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::text::segment;
use crate::platform::types::Stamp;
use crate::reviews::model::{MarkSheet, PanelState, ReviewState};
use crate::reviews::rules::score::Dimension;
use crate::rounds::model::RoundState;
use crate::say;

/// Shortest justification of a mark, in characters.
pub const JUSTIFICATION_MIN: usize = 20;
const JUSTIFICATION_MAX: usize = 4_000;

#[derive(Debug, Clone, Copy)]
pub struct TaskFacts {
    pub state: ReviewState,
    pub round_state: RoundState,
    pub due_at: Option<Stamp>,
    pub arrived_at: Stamp,
    /// Between the expert and the applicant, whatever the task's own state.
    pub conflicted: bool,
}

pub fn may_declare(facts: &TaskFacts) -> Result<(), Refusal> {
    not_out(facts)?;
    match facts.state {
        ReviewState::Assigned => in_time(facts),
        // What came up later can be said later, until the score is in.
        ReviewState::Open => Ok(()),
        _ => Err(Refusal::plain(Code::InvalidTransition)),
    }
}

/// Writing a draft and submitting it ask for the same.
pub fn may_score(facts: &TaskFacts) -> Result<(), Refusal> {
    not_out(facts)?;
    match facts.state {
        ReviewState::Assigned => Err(Refusal::plain(Code::DeclarationRequired)),
        ReviewState::Open => in_time(facts),
        _ => Err(Refusal::new(
            Code::InvalidTransition,
            say!("评分已提交，不能再修改", "the score is submitted and final"),
        )),
    }
}

/// An officer takes an expert off a case as long as its result is open.
pub fn may_recuse(state: ReviewState, frozen: bool) -> Result<(), Refusal> {
    if state.is_live() && !frozen { Ok(()) } else { Err(Refusal::plain(Code::InvalidTransition)) }
}

/// A panel is drawn again only while none of its results is frozen.
pub fn may_dissolve(state: PanelState, frozen: bool) -> Result<(), Refusal> {
    if state == PanelState::Sitting && !frozen { Ok(()) } else { Err(Refusal::plain(Code::InvalidTransition)) }
}

/// What experts read stays as it was once the result is frozen.
pub fn may_redact(frozen: bool) -> Result<(), Refusal> {
    if frozen { Err(Refusal::plain(Code::InvalidTransition)) } else { Ok(()) }
}

fn not_out(facts: &TaskFacts) -> Result<(), Refusal> {
    let out = matches!(facts.state, ReviewState::Recused | ReviewState::Abstained);
    if out || facts.conflicted { Err(Refusal::plain(Code::ConflictOfInterest)) } else { Ok(()) }
}

fn in_time(facts: &TaskFacts) -> Result<(), Refusal> {
    match (facts.round_state, facts.due_at) {
        (RoundState::ExpertReview, Some(due_at)) if facts.arrived_at > due_at => {
            Err(Refusal::plain(Code::DeadlinePassed))
        }
        (RoundState::ExpertReview, _) => Ok(()),
        (RoundState::Closed | RoundState::FormalReview, _) => Err(Refusal::plain(Code::NotYetDue)),
        _ => Err(Refusal::plain(Code::DeadlinePassed)),
    }
}

/// All faults of a sheet at once. A draft may have gaps; what it has must be right.
pub fn check_sheet(sheet: &MarkSheet, dimensions: &[Dimension], complete: bool, faults: &mut Faults) {
    for code in sheet.dimensions.keys().filter(|code| dimensions.iter().all(|d| d.code != **code)) {
        faults.plain(format!("/dimensions/{}", segment(code)), FieldCode::Unknown);
    }
    for dimension in dimensions {
        let at = format!("/dimensions/{}", segment(&dimension.code));
        let mark = sheet.dimensions.get(&dimension.code);
        match mark.and_then(|mark| mark.marks) {
            None if complete => faults.plain(format!("{at}/marks"), FieldCode::Required),
            Some(marks) if !(0..=dimension.full).contains(&marks) => {
                let full = dimension.full / 100;
                let said = say!("应在 0 与 {full}.00 分之间", "must lie between 0 and {full}.00 marks");
                faults.add(format!("{at}/marks"), FieldCode::OutOfRange, said);
            }
            _ => {}
        }
        let justification = mark.map_or("", |mark| mark.justification.as_str());
        let least = if complete { JUSTIFICATION_MIN } else { 0 };
        faults.text(&format!("{at}/justification"), justification, least, JUSTIFICATION_MAX);
    }
    faults.text("/comment", sheet.comment.as_deref().unwrap_or_default(), 0, JUSTIFICATION_MAX);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reviews::model::Mark;

    fn facts(state: ReviewState) -> TaskFacts {
        let at = |text: &str| Stamp::new(text.parse().unwrap());
        TaskFacts {
            state,
            round_state: RoundState::ExpertReview,
            due_at: Some(at("2026-03-10T16:00:00Z")),
            arrived_at: at("2026-03-10T16:00:00Z"),
            conflicted: false,
        }
    }

    #[test]
    fn a_task_is_declared_then_scored_then_final() {
        use ReviewState::*;
        let cases = [
            (Assigned, None, Some(Code::DeclarationRequired)),
            (Open, None, None),
            (Submitted, Some(Code::InvalidTransition), Some(Code::InvalidTransition)),
            (Abstained, Some(Code::ConflictOfInterest), Some(Code::ConflictOfInterest)),
            (Recused, Some(Code::ConflictOfInterest), Some(Code::ConflictOfInterest)),
            (Replaced, Some(Code::InvalidTransition), Some(Code::InvalidTransition)),
            (Ended, Some(Code::InvalidTransition), Some(Code::InvalidTransition)),
        ];
        for (state, declare, score) in cases {
            assert_eq!(may_declare(&facts(state)).err().map(|r| r.code), declare, "{state}");
            assert_eq!(may_score(&facts(state)).err().map(|r| r.code), score, "{state}");
        }
    }

    #[test]
    fn a_score_counts_until_its_deadline_in_expert_review_only() {
        let late = TaskFacts {
            arrived_at: facts(ReviewState::Open).arrived_at.plus(chrono::Duration::microseconds(1)),
            ..facts(ReviewState::Open)
        };
        assert_eq!(may_score(&late).unwrap_err().code, Code::DeadlinePassed);
        assert!(may_score(&TaskFacts { due_at: None, ..late }).is_ok());
        let early = TaskFacts { round_state: RoundState::FormalReview, ..facts(ReviewState::Open) };
        assert_eq!(may_score(&early).unwrap_err().code, Code::NotYetDue);
        let over = TaskFacts { round_state: RoundState::Deliberation, ..facts(ReviewState::Open) };
        assert_eq!(may_score(&over).unwrap_err().code, Code::DeadlinePassed);
        // A conflict goes before everything else.
        assert_eq!(may_score(&TaskFacts { conflicted: true, ..late }).unwrap_err().code, Code::ConflictOfInterest);
    }

    #[test]
    fn a_sheet_names_every_fault_at_once() {
        let dimensions =
            ["a/b", "growth", "team"].map(|code| Dimension { code: code.into(), full: 3_000, weight: 3_000, floor: 0 });
        let mark = |marks, justification: &str| Mark { marks, justification: justification.into() };
        let sheet = MarkSheet {
            dimensions: [
                ("a/b".to_owned(), mark(Some(3_001), "twenty characters are enough")),
                ("growth".to_owned(), mark(Some(-1), "too short")),
                ("colour".to_owned(), mark(Some(1), "")),
            ]
            .into(),
            comment: None,
        };
        let faults_of = |complete| {
            let mut faults = Faults::default();
            check_sheet(&sheet, &dimensions, complete, &mut faults);
            let fields = faults.done().unwrap_err().fields;
            fields.into_iter().map(|f| format!("{} {}", f.pointer, f.code)).collect::<Vec<_>>()
        };
        let draft = [
            "/dimensions/colour unknown",
            "/dimensions/a~1b/marks out_of_range",
            "/dimensions/growth/marks out_of_range",
        ];
        assert_eq!(faults_of(false), draft);
        let rest = [
            "/dimensions/growth/justification too_short",
            "/dimensions/team/marks required",
            "/dimensions/team/justification required",
        ];
        assert_eq!(faults_of(true), [draft.as_slice(), &rest].concat());
    }
}
