//! Use cases of expert review, one file each.

pub mod conflicts;
pub mod drawing;
pub mod experts;
pub mod plan;
pub mod redraw;
pub mod replay;
pub mod reviewing;
pub mod scoring;
mod stepping_back;
pub mod tasks;

use std::sync::Arc;

use crate::error::{AppError, Faults};
use crate::platform::door::Cx;
use crate::platform::trail::Subject;
use crate::programme::document::RuleSet;
use crate::programme::model::Tier;
use crate::reviews::db::cases;
use crate::reviews::model::{ReviewId, ReviewPlan};
use crate::reviews::rules::score::Dimension;
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

/// What experts score in a tier; nothing when the rule set leaves it to the figures.
fn dimensions_of(rule_set: &RuleSet, tier: Tier) -> Vec<Dimension> {
    let rubric = rule_set.tier(tier).and_then(|rules| rules.rubric.as_ref());
    let dimensions = rubric.map_or(&[][..], |rubric| &rubric.dimensions);
    let hundredths = |points: u32| i64::from(points) * 100;
    dimensions
        .iter()
        .map(|d| Dimension {
            code: d.code.clone(),
            full: hundredths(d.weight),
            weight: hundredths(d.weight),
            floor: hundredths(d.floor),
        })
        .collect()
}
