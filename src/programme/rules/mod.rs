//! Evaluation: a rule set, a tier and the figures of one enterprise give outcomes that explain themselves.

mod facts;
mod missing;
mod numbers;
pub mod publication;
mod score;
mod used;
mod walk;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use missing::{MissingFigure, missing_figures};
pub use score::{ItemScore, ScoreCard, ScoreRange};

use crate::platform::text::Say;
use crate::programme::document::RuleSet;
use crate::programme::figures::Figures;
use crate::programme::indicators::Unit;
use crate::programme::model::{Mode, Outcome, Tier};

/// What an evaluation is reckoned against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvalContext {
    /// The year of the round; year -1 of a rule is the year before it.
    pub base_year: i32,
    /// The day on which ages, titles and vetoes are looked at.
    pub as_of: NaiveDate,
    pub mode: Mode,
}

/// How one enterprise stands to one tier. Plain data, so it can be frozen beside the figures it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TierEvaluation {
    pub tier: Tier,
    /// Gate and vetoes together: a veto hit is `unmet`, an unanswered veto `manual_review`.
    pub outcome: Outcome,
    /// The gate alone.
    pub gate: Outcome,
    pub tree: Node,
    /// Every rule of the gate that is explained by itself, in the order of the document.
    pub leaves: Vec<LeafResult>,
    pub vetoes: Vec<VetoResult>,
    /// Computed points, when the tier has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreCard>,
}

impl TierEvaluation {
    /// The leaves that stand in the way: not met, and no alternative or waiver makes them needless.
    pub fn blocking(&self) -> impl Iterator<Item = &LeafResult> {
        self.leaves.iter().filter(|leaf| leaf.blocking)
    }

    /// What the gate would be if these leaves were met: the officer's overrides, each of them a decision with a
    /// reason. Vetoes are not in it, because they cannot be overridden.
    pub fn gate_with(&self, overridden: &BTreeSet<String>) -> Outcome {
        self.tree.outcome_with(overridden)
    }

    /// The vetoes that are hit; they cannot be overridden.
    pub fn veto_hits(&self) -> impl Iterator<Item = &VetoResult> {
        self.vetoes.iter().filter(|veto| veto.outcome == Outcome::Unmet)
    }

    pub fn leaf(&self, code: &str) -> Option<&LeafResult> {
        self.leaves.iter().find(|leaf| leaf.code == code)
    }
}

/// One rule of the tree; leaves are explained in the flat list under the same code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Node {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The key of the rule in the document: `all`, `any`, `gte`, ...
    pub rule: String,
    pub outcome: Outcome,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub children: Vec<Node>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub waiver: Option<Box<Node>>,
}

impl Node {
    fn outcome_with(&self, overridden: &BTreeSet<String>) -> Outcome {
        if self.outcome == Outcome::NotApplicable {
            return self.outcome;
        }
        if self.code.as_ref().is_some_and(|code| overridden.contains(code)) {
            return Outcome::Met;
        }
        let children = self.children.iter().map(|child| child.outcome_with(overridden));
        match self.rule.as_str() {
            "all" => Outcome::all(children),
            "any" => Outcome::any(children),
            "not" => Outcome::all(children).negated(),
            "piecewise" if children.clone().any(|child| child != Outcome::NotApplicable) => Outcome::all(children),
            _ => self.outcome,
        }
    }
}

/// One rule, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeafResult {
    pub code: String,
    pub outcome: Outcome,
    /// What the rule demands.
    pub text: Say,
    /// The values it was decided on; a value that is missing stands here with `value` null.
    pub used: Vec<Used>,
    /// The legal basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Say>,
    /// The threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Need>,
    /// What was reached, in the unit of the threshold. A rate is rounded to the nearest ppm, but never so that it
    /// seems to meet a threshold it does not meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub got: Option<i64>,
    /// How much is missing to the threshold, in its unit; only for what is not met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<i64>,
    /// Codes of the evidence that proves it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// For a rule that only a person can judge: the key of the answer in `human`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The rule stands in the way of the gate: it is not met and no alternative or waiver makes it needless.
    pub blocking: bool,
}

/// One value an outcome rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Used {
    /// Code of the indicator or fact.
    pub what: String,
    pub name: Say,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Null when it is missing.
    pub value: Option<UsedValue>,
    pub unit: Unit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    pub verified: bool,
    /// JSON pointer into the figures.
    pub pointer: String,
}

/// A value as it stands in the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum UsedValue {
    Flag(bool),
    Number(i64),
    Date(NaiveDate),
    Text(String),
}

/// How a threshold is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    Gte,
    Gt,
    Lte,
    Lt,
    Eq,
}

/// A threshold with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Need {
    pub op: Op,
    pub value: i64,
    pub unit: Unit,
}

/// A veto and whether it is hit (`unmet`), answered with no (`met`) or left to an officer (`manual_review`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VetoResult {
    pub code: String,
    pub outcome: Outcome,
    pub text: Say,
    pub used: Vec<Used>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Say>,
}

/// Evaluates one tier; none when the rule set does not have it. The figures are taken as sound: check
/// [`Figures::faults`] first.
pub fn evaluate(rules: &RuleSet, tier: Tier, figures: &Figures, cx: EvalContext) -> Option<TierEvaluation> {
    let tier_rules = rules.tier(tier)?;
    let facts = facts::Facts { rules, figures, cx };
    let score = (!tier_rules.scoring.is_empty()).then(|| score::score_card(facts, &tier_rules.scoring));
    let gate = walk::Walk::new(facts, score.as_ref()).gate(rules.common_gate.as_ref(), &tier_rules.gate);
    let vetoes: Vec<_> = rules.vetoes_of(tier_rules).map(|veto| facts.veto(veto)).collect();
    let clear = Outcome::all(vetoes.iter().map(|veto| veto.outcome));
    Some(TierEvaluation {
        tier,
        outcome: Outcome::all([gate.tree.outcome, clear]),
        gate: gate.tree.outcome,
        tree: gate.tree,
        leaves: gate.leaves,
        vetoes,
        score,
    })
}
