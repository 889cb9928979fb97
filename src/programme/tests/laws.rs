//! Laws that hold for any figures and any tree.

use proptest::prelude::*;
use serde_json::json;

use super::{CX, figures};
use crate::programme::document::{Rule, TierRules};
use crate::programme::{Lane, Outcome, RuleSet, Tier, evaluate, laoshan_2026};

/// A rule set of one tier with this gate.
fn gate_of(gate: Rule) -> RuleSet {
    let mut rules = laoshan_2026().clone();
    let tier = TierRules {
        name: None,
        lane: Lane::Ladder,
        validity_years: 1,
        quota: None,
        vetoes: Some(Vec::new()),
        required: Vec::new(),
        required_facts: Vec::new(),
        gate,
        scoring: Vec::new(),
        rubric: None,
        evidence: Vec::new(),
        site_checks: Vec::new(),
    };
    rules.common_gate = None;
    rules.tiers = [(Tier::Seed, tier)].into();
    rules
}

fn rule(value: serde_json::Value) -> Rule {
    serde_json::from_value(value).unwrap()
}

/// Trees over revenue, which is given, and net profit, which may not be.
fn trees() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        (0i64..5).prop_map(|value| json!({"code": "r", "text": {"zh": "r", "en": "r"}, "gte": {"indicator": "revenue", "value": value}})),
        (0i64..5).prop_map(|value| json!({"code": "p", "text": {"zh": "p", "en": "p"}, "lte": {"indicator": "rd_expense", "value": value}})),
        Just(json!({"code": "h", "text": {"zh": "h", "en": "h"}, "human": {"question": "q"}})),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|rules| json!({"all": rules})),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|rules| json!({"any": rules})),
            inner.prop_map(|rule| json!({"not": rule})),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_met_without_a_figure_is_met_whatever_the_figure_is(tree in trees(), revenue in 0i64..5, missing in 0i64..5) {
        let rules = gate_of(rule(tree));
        let without = figures(json!({"years": {"2025": {"revenue": revenue}}}));
        let with = figures(json!({"years": {"2025": {"revenue": revenue, "rd_expense": missing}}}));
        let before = evaluate(&rules, Tier::Seed, &without, CX).unwrap().outcome;
        let after = evaluate(&rules, Tier::Seed, &with, CX).unwrap().outcome;
        if matches!(before, Outcome::Met | Outcome::Unmet) {
            prop_assert_eq!(before, after, "an unknown figure was taken for one that meets or fails");
        }
    }

    #[test]
    fn turning_every_list_of_children_round_changes_nothing(tree in trees(), revenue in 0i64..5) {
        fn turned(tree: &serde_json::Value) -> serde_json::Value {
            match tree {
                serde_json::Value::Array(items) => items.iter().rev().map(turned).collect(),
                serde_json::Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), turned(value))).collect(),
                other => other.clone(),
            }
        }
        let facts = figures(json!({"years": {"2025": {"revenue": revenue}}}));
        let outcome = |tree| evaluate(&gate_of(rule(tree)), Tier::Seed, &facts, CX).unwrap().outcome;
        prop_assert_eq!(outcome(turned(&tree)), outcome(tree));
    }

    #[test]
    fn nothing_blocks_a_gate_that_is_met_and_something_blocks_one_that_is_not(tree in trees(), revenue in 0i64..5) {
        let facts = figures(json!({"years": {"2025": {"revenue": revenue}}}));
        let evaluation = evaluate(&gate_of(rule(tree)), Tier::Seed, &facts, CX).unwrap();
        prop_assert_eq!(evaluation.blocking().next().is_some(), evaluation.gate != Outcome::Met);
        prop_assert_eq!(evaluation.gate_with(&Default::default()), evaluation.gate);
    }

    #[test]
    fn a_fen_below_six_percent_never_passes(revenue in 100i64..1_000_000_000_000) {
        let gate = json!({"code": "rd", "text": {"zh": "x", "en": "x"}, "gte": {"indicator": "rd_ratio", "ppm": 60_000}});
        let rules = gate_of(rule(gate));
        let least = (revenue * 6 + 99) / 100;
        for (expense, expected) in [(least, Outcome::Met), (least - 1, Outcome::Unmet)] {
            let facts = figures(json!({"years": {"2025": {"revenue": revenue, "rd_expense": expense}}}));
            let evaluation = evaluate(&rules, Tier::Seed, &facts, CX).unwrap();
            prop_assert_eq!(evaluation.outcome, expected);
            let got = evaluation.leaf("rd").unwrap().got.unwrap();
            prop_assert_eq!(got >= 60_000, expected == Outcome::Met, "nor is it shown as passing");
        }
    }
}
