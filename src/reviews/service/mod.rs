//! Use cases of expert review, one file each.

pub mod conflicts;
pub mod drawing;
pub mod experts;
pub mod plan;
pub mod redaction;
pub mod redraw;
pub mod replay;
pub mod reviewing;
pub mod scoring;
pub mod stepping_back;
pub mod tasks;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::error::{AppError, Faults};
use crate::platform::door::Cx;
use crate::platform::trail::Subject;
use crate::programme::document::RuleSet;
use crate::reviews::db::cases::{self, Case};
use crate::reviews::model::{ReviewId, ReviewPlan};
use crate::reviews::rules::dimensions::{computed_marks, computes, dimensions_of};
use crate::rounds::model::{Round, RoundId};

const REASON_MAX: usize = 2_000;

fn check_reason(faults: &mut Faults, reason: &str) {
    faults.text("/reason", reason, 1, REASON_MAX);
}

fn checked_reason(reason: &str) -> Result<(), AppError> {
    let mut faults = Faults::default();
    check_reason(&mut faults, reason);
    faults.done()
}

fn subject(id: &ReviewId) -> Subject {
    Subject::new("review", id)
}

/// The round's plan and its version; the defaults until somebody sets one.
fn plan_of(cx: &mut Cx, round: &RoundId) -> Result<(ReviewPlan, i64), AppError> {
    match cases::find_plan(cx.conn, round)? {
        Some(row) => Ok((row.document.read()?, row.version)),
        None => Ok((ReviewPlan::default(), 0)),
    }
}

/// The rule set the round and its applications are judged by.
fn rule_set_of(cx: &mut Cx, round: &Round) -> Result<Arc<RuleSet>, AppError> {
    crate::programme::service::rule_set(cx, &round.rule_set_id)
}

/// The marks of an application that follow from its frozen figures, by dimension.
fn computed_of(cx: &mut Cx, case: &Case, rule_set: &RuleSet) -> Result<BTreeMap<String, i64>, AppError> {
    let (Some(snapshot), true) = (&case.snapshot_id, computes(rule_set, case.tier)) else { return Ok(BTreeMap::new()) };
    let evaluation = cases::find_evaluation(cx.conn, snapshot)?.read()?;
    Ok(computed_marks(&evaluation, &dimensions_of(rule_set, case.tier)))
}
