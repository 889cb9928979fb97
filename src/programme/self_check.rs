//! The public self-check: an enterprise tries itself against the tiers. Nothing is stored.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::RuleSet;
use super::figures::Figures;
use super::indicators::Unit;
use super::model::{Mode, Outcome, Tier};
use super::rules::{EvalContext, LeafResult, Need, Node, Used, UsedValue, VetoResult, evaluate};
use crate::platform::text::{Lang, Say};

/// The result, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfCheckView {
    /// Code of the rule set.
    pub rule_set: String,
    pub version: u32,
    pub tiers: Vec<TierCheck>,
}

/// One tier of a self-check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierCheck {
    pub tier: Tier,
    pub outcome: Outcome,
    pub tree: Node,
    pub leaves: Vec<LeafResult>,
    pub vetoes: Vec<VetoResult>,
}

/// Checks the tiers asked for, or all of the rule set. Year -1 is the year before `today`'s, ages are taken on
/// `today` (a day in Asia/Shanghai), and officers' answers among the figures are ignored.
pub fn self_check(rules: &RuleSet, tiers: Option<Vec<Tier>>, figures: Figures, today: NaiveDate) -> SelfCheckView {
    let figures = figures.as_declared();
    let cx = EvalContext { base_year: today.year(), as_of: today, mode: Mode::First };
    let asked = |tier: &Tier| tiers.as_ref().is_none_or(|tiers| tiers.contains(tier));
    let evaluations = rules.tiers.keys().copied().filter(asked).filter_map(|tier| evaluate(rules, tier, &figures, cx));
    SelfCheckView {
        rule_set: rules.code.clone(),
        version: rules.version,
        tiers: evaluations
            .map(|it| TierCheck {
                tier: it.tier,
                outcome: it.outcome,
                tree: it.tree,
                leaves: it.leaves,
                vetoes: it.vetoes,
            })
            .collect(),
    }
}

/// The result in one language, as it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SelfCheckShown {
    /// Code of the rule set.
    pub rule_set: String,
    pub version: u32,
    pub tiers: Vec<TierShown>,
}

/// One tier of a self-check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TierShown {
    pub tier: Tier,
    pub name: String,
    /// Gate and vetoes together; `manual_review` when only an officer can still say no.
    pub outcome: Outcome,
    /// How the rules stand together; `leaves` explains them under their codes.
    pub tree: Node,
    pub leaves: Vec<LeafShown>,
    /// What ends eligibility whatever else is true: hit (`unmet`), denied (`met`) or not stated (`manual_review`).
    pub vetoes: Vec<LeafShown>,
}

/// One rule, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeafShown {
    pub code: String,
    pub outcome: Outcome,
    pub text: String,
    pub used: Vec<UsedShown>,
    pub basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<Need>,
    /// What was reached, in the unit of the threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<i64>,
    /// How much is missing to the threshold, in its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<i64>,
    /// Codes of the evidence that proves it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// The rule stands in the way: not met, and no alternative or waiver makes it needless.
    pub blocking: bool,
}

/// One value a rule was decided on; `value` is null when it is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UsedShown {
    pub what: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub value: Option<UsedValue>,
    pub unit: Unit,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// JSON pointer into the figures.
    pub pointer: String,
}

impl SelfCheckView {
    pub fn in_lang(self, lang: Lang) -> SelfCheckShown {
        let tier = |check: TierCheck| TierShown {
            tier: check.tier,
            name: told(&check.tier.label(), lang),
            outcome: check.outcome,
            tree: check.tree,
            leaves: check.leaves.into_iter().map(|leaf| leaf.in_lang(lang)).collect(),
            vetoes: check.vetoes.into_iter().map(|veto| veto.in_lang(lang)).collect(),
        };
        SelfCheckShown {
            rule_set: self.rule_set,
            version: self.version,
            tiers: self.tiers.into_iter().map(tier).collect(),
        }
    }
}

impl LeafResult {
    pub fn in_lang(self, lang: Lang) -> LeafShown {
        LeafShown {
            code: self.code,
            outcome: self.outcome,
            text: told(&self.text, lang),
            used: self.used.into_iter().map(|used| used.in_lang(lang)).collect(),
            basis: self.basis.map(|basis| told(&basis, lang)),
            needs: self.needs,
            got: self.got,
            gap: self.gap,
            evidence: self.evidence,
            blocking: self.blocking,
        }
    }
}

impl VetoResult {
    pub fn in_lang(self, lang: Lang) -> LeafShown {
        LeafShown {
            blocking: self.outcome == Outcome::Unmet,
            code: self.code,
            outcome: self.outcome,
            text: told(&self.text, lang),
            used: self.used.into_iter().map(|used| used.in_lang(lang)).collect(),
            basis: self.basis.map(|basis| told(&basis, lang)),
            needs: None,
            got: None,
            gap: None,
            evidence: Vec::new(),
        }
    }
}

impl Used {
    pub fn in_lang(self, lang: Lang) -> UsedShown {
        UsedShown {
            what: self.what,
            name: told(&self.name, lang),
            year: self.year,
            value: self.value,
            unit: self.unit,
            source: self.source,
            pointer: self.pointer,
        }
    }
}

fn told(say: &Say, lang: Lang) -> String {
    say.in_lang(lang).to_owned()
}
