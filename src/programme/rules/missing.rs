//! Figures without which an application cannot be submitted.

use serde::Serialize;
use utoipa::ToSchema;

use super::facts::Facts;
use super::numbers::Finding;
use super::used::given;
use super::{EvalContext, Used, evaluate};
use crate::platform::text::Say;
use crate::programme::document::RuleSet;
use crate::programme::figures::Figures;
use crate::programme::model::{Outcome, Tier};

/// A figure that is not given, with the JSON pointer to where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MissingFigure {
    pub pointer: String,
    pub name: Say,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

impl From<Used> for MissingFigure {
    fn from(used: Used) -> Self {
        Self { pointer: used.pointer, name: used.name, year: used.year }
    }
}

/// What the tier requires in any case, then what its undecided rules still lack. A figure that could no longer
/// change anything (another alternative is met, the rule is waived) is not asked for.
pub fn missing_figures(rules: &RuleSet, tier: Tier, figures: &Figures, cx: EvalContext) -> Vec<MissingFigure> {
    let Some((tier_rules, evaluation)) = rules.tier(tier).zip(evaluate(rules, tier, figures, cx)) else {
        return Vec::new();
    };
    let mut used: Vec<Used> = Vec::new();
    for fact in &tier_rules.required_facts {
        let (fact, is_given) = given(figures, *fact);
        if !is_given {
            used.push(fact);
        }
    }
    let facts = Facts { rules, figures, cx };
    let mut required = Finding::default();
    for row in &tier_rules.required {
        for year in &row.years {
            facts.amount(&row.indicator, *year, &mut required);
        }
    }
    used.extend(required.used);
    let undecided = evaluation.leaves.into_iter().filter(|leaf| leaf.blocking && leaf.outcome == Outcome::Unknown);
    used.extend(undecided.flat_map(|leaf| leaf.used));

    let mut missing: Vec<MissingFigure> = Vec::new();
    for figure in used.into_iter().filter(|used| used.value.is_none()).map(MissingFigure::from) {
        if missing.iter().all(|known| known.pointer != figure.pointer) {
            missing.push(figure);
        }
    }
    missing
}
