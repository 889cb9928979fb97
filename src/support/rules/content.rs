//! Whether the values of a plan make sense, and whether it says enough to be shown to the enterprise.

use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

use crate::error::{Faults, FieldCode};
use crate::programme::indicators::find_indicator;
use crate::say;
use crate::support::model::{BudgetLine, DepartmentId, DocumentRef, Goal, Measure, PlanContent};

/// A hundred billion yuan: above it somebody has mistaken the unit.
const MOST_FEN: i64 = 10_000_000_000_000;

/// Every fault of the values given. `unit` says of a unit whether it may be named; `None` when there is no such unit.
pub fn content_faults(
    faults: &mut Faults,
    content: &PlanContent,
    year: i32,
    unit: impl Fn(&DepartmentId) -> Option<bool>,
) {
    faults.text("/diagnosis", &content.diagnosis, 0, 8_000);
    if let Some(lead) = &content.lead {
        check_unit(faults, "/lead", unit(lead));
    }
    check_length(faults, "/goals", content.goals.len(), 20);
    check_length(faults, "/measures", content.measures.len(), 50);
    check_length(faults, "/budget", content.budget.len(), 20);
    check_length(faults, "/commitments", content.commitments.len(), 20);
    let mut seen = BTreeSet::new();
    for (i, goal) in content.goals.iter().enumerate() {
        check_goal(faults, &format!("/goals/{i}"), goal, year);
        check_once(faults, format!("/goals/{i}/indicator"), seen.insert(&goal.indicator));
    }
    let mut seen = BTreeSet::new();
    for (i, line) in content.budget.iter().enumerate() {
        check_line(faults, &format!("/budget/{i}"), line);
        check_once(faults, format!("/budget/{i}/key"), seen.insert(&line.key));
    }
    let mut seen = BTreeSet::new();
    for (i, measure) in content.measures.iter().enumerate() {
        let at = format!("/measures/{i}");
        check_measure(faults, &at, measure, content, year);
        check_once(faults, format!("{at}/key"), seen.insert(&measure.key));
        check_unit(faults, &format!("{at}/lead"), unit(&measure.lead));
        for (n, supporting) in measure.supporting.iter().enumerate() {
            check_unit(faults, &format!("{at}/supporting/{n}"), unit(supporting));
        }
    }
    for (i, commitment) in content.commitments.iter().enumerate() {
        faults.text(&format!("/commitments/{i}"), commitment, 1, 500);
    }
    if let Some(day) = content.mid_review_on {
        check_day(faults, "/mid_review_on", day, year);
    }
}

/// What must be there before the enterprise is asked.
pub fn complete(faults: &mut Faults, content: &PlanContent) {
    for (pointer, missing) in [
        ("/diagnosis", content.diagnosis.trim().is_empty()),
        ("/lead", content.lead.is_none()),
        ("/goals", content.goals.is_empty()),
        ("/measures", content.measures.is_empty()),
    ] {
        if missing {
            faults.plain(pointer, FieldCode::Required);
        }
    }
}

pub fn documents_faults(faults: &mut Faults, pointer: &str, documents: &[DocumentRef]) {
    check_length(faults, pointer, documents.len(), 20);
    for (i, document) in documents.iter().enumerate() {
        let at = format!("{pointer}/{i}");
        faults.text(&format!("{at}/title"), &document.title, 1, 200);
        faults.text(&format!("{at}/number"), document.number.as_deref().unwrap_or_default(), 0, 100);
        faults.text(&format!("{at}/issued_by"), document.issued_by.as_deref().unwrap_or_default(), 0, 200);
        if let Some(digest) = &document.sha256
            && !(digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            let said = say!("应为 64 位十六进制的 SHA-256 值", "must be a SHA-256 in 64 hexadecimal digits");
            faults.add(format!("{at}/sha256"), FieldCode::Format, said);
        }
    }
}

/// Lower-case letters, digits and hyphens, up to 20.
pub(super) fn check_key(faults: &mut Faults, pointer: &str, key: &str) {
    faults.text(pointer, key, 1, 20);
    if !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        let said = say!("只能用小写字母、数字和连字符", "takes lower-case letters, digits and hyphens only");
        faults.add(pointer, FieldCode::Format, said);
    }
}

fn check_goal(faults: &mut Faults, at: &str, goal: &Goal, year: i32) {
    match find_indicator(&goal.indicator) {
        None => {
            let code = &goal.indicator;
            let said = say!("没有指标“{code}”", "there is no indicator {code:?}");
            faults.add(format!("{at}/indicator"), FieldCode::UnknownIndicator, said);
        }
        Some(indicator) => {
            faults.range(&format!("{at}/base"), goal.base, indicator.min, indicator.max);
            faults.range(&format!("{at}/target"), goal.target, indicator.min, indicator.max);
        }
    }
    check_day(faults, &format!("{at}/due_on"), goal.due_on, year);
}

fn check_line(faults: &mut Faults, at: &str, line: &BudgetLine) {
    check_key(faults, &format!("{at}/key"), &line.key);
    faults.text(&format!("{at}/purpose"), &line.purpose, 1, 200);
    faults.range(&format!("{at}/amount_fen"), line.amount_fen, 1, MOST_FEN);
}

fn check_measure(faults: &mut Faults, at: &str, measure: &Measure, content: &PlanContent, year: i32) {
    check_key(faults, &format!("{at}/key"), &measure.key);
    faults.text(&format!("{at}/title"), &measure.title, 2, 200);
    check_day(faults, &format!("{at}/due_on"), measure.due_on, year);
    check_length(faults, &format!("{at}/supporting"), measure.supporting.len(), 10);
    if let Some(key) = &measure.budget_line
        && content.budget.iter().all(|line| line.key != *key)
    {
        let said = say!("没有预算项“{key}”", "there is no budget line {key:?}");
        faults.add(format!("{at}/budget_line"), FieldCode::NotExisting, said);
    }
}

fn check_day(faults: &mut Faults, pointer: &str, day: NaiveDate, year: i32) {
    if day.year() != year {
        let said = say!("{day} 不在计划年度 {year} 内", "{day} does not lie in {year}, the plan's year");
        faults.add(pointer, FieldCode::OutsideYear, said);
    }
}

fn check_unit(faults: &mut Faults, pointer: &str, open: Option<bool>) {
    match open {
        None => faults.plain(pointer, FieldCode::NotExisting),
        Some(false) => faults.plain(pointer, FieldCode::ClosedUnit),
        Some(true) => {}
    }
}

fn check_once(faults: &mut Faults, pointer: String, first: bool) {
    if !first {
        faults.plain(pointer, FieldCode::Duplicate);
    }
}

fn check_length(faults: &mut Faults, pointer: &str, length: usize, most: usize) {
    if length > most {
        faults.add(pointer, FieldCode::TooLong, say!("最多 {most} 项", "takes at most {most} entries"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn content() -> PlanContent {
        serde_json::from_value(json!({
            "diagnosis": "缺中试场地", "lead": "open",
            "goals": [{"indicator": "revenue", "base": 100, "target": 200, "due_on": "2026-12-31"}],
            "measures": [{"key": "m1", "category": "LAND", "title": "落实中试场地", "lead": "open", "due_on": "2026-06-30", "budget_line": "b1"}],
            "budget": [{"key": "b1", "source": "district", "purpose": "中试补助", "amount_fen": 100}],
        }))
        .unwrap()
    }

    fn unit(id: &DepartmentId) -> Option<bool> {
        match id.as_str() {
            "open" => Some(true),
            "closed" => Some(false),
            _ => None,
        }
    }

    fn found(change: impl FnOnce(&mut PlanContent)) -> Vec<(String, String)> {
        let mut content = content();
        change(&mut content);
        let mut faults = Faults::default();
        content_faults(&mut faults, &content, 2026, unit);
        let fields = faults.done().err().map(|e| e.fields).unwrap_or_default();
        fields.into_iter().map(|f| (f.pointer, f.code)).collect()
    }

    #[test]
    fn every_wrong_value_is_named_where_it_stands() {
        type Change = fn(&mut PlanContent);
        let cases: [(Change, &str, &str); 12] = [
            (|c| c.goals[0].indicator = "magic".into(), "/goals/0/indicator", "unknown_indicator"),
            (|c| c.goals[0].target = -1, "/goals/0/target", "out_of_range"),
            (|c| c.goals[0].due_on = "2027-01-01".parse().unwrap(), "/goals/0/due_on", "outside_year"),
            (|c| c.goals.push(c.goals[0].clone()), "/goals/1/indicator", "duplicate"),
            (|c| c.measures[0].lead = DepartmentId("closed".into()), "/measures/0/lead", "closed_unit"),
            (
                |c| c.measures[0].supporting = vec![DepartmentId("nobody".into())],
                "/measures/0/supporting/0",
                "not_existing",
            ),
            (|c| c.measures[0].budget_line = Some("b2".into()), "/measures/0/budget_line", "not_existing"),
            (|c| c.measures[0].key = "M 1".into(), "/measures/0/key", "format"),
            (|c| c.measures[0].due_on = "2025-12-31".parse().unwrap(), "/measures/0/due_on", "outside_year"),
            (|c| c.budget[0].amount_fen = 0, "/budget/0/amount_fen", "out_of_range"),
            (|c| c.commitments = vec![" ".into()], "/commitments/0", "required"),
            (|c| c.lead = Some(DepartmentId("closed".into())), "/lead", "closed_unit"),
        ];
        for (change, pointer, code) in cases {
            assert_eq!(found(change), [(pointer.to_owned(), code.to_owned())]);
        }
        assert_eq!(found(|_| {}), []);
    }

    #[test]
    fn an_empty_plan_is_told_everything_it_lacks() {
        let mut faults = Faults::default();
        complete(&mut faults, &PlanContent::default());
        let fields = faults.done().unwrap_err().fields;
        let pointers: Vec<_> = fields.iter().map(|f| f.pointer.as_str()).collect();
        assert_eq!(pointers, ["/diagnosis", "/lead", "/goals", "/measures"]);
    }
}
