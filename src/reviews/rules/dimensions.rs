//! What of a rubric figures decide and what is left to experts.

use std::collections::BTreeMap;

use super::score::Dimension;
use crate::programme::TierEvaluation;
use crate::programme::document::RuleSet;
use crate::programme::model::Tier;

/// What is scored in a tier; nothing when the rule set leaves it to the figures.
pub fn dimensions_of(rule_set: &RuleSet, tier: Tier) -> Vec<Dimension> {
    let rubric = rule_set.tier(tier).and_then(|rules| rules.rubric.as_ref());
    let dimensions = rubric.map_or(&[][..], |rubric| &rubric.dimensions);
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

/// What is left to experts: the dimensions, each with the marks that figures do not decide. One that figures decide alone is
/// left out.
pub fn judged_dimensions(rule_set: &RuleSet, tier: Tier) -> Vec<Dimension> {
    let mut judged = dimensions_of(rule_set, tier);
    for dimension in &mut judged {
        dimension.full -= hundredths(by_figures(rule_set, tier, &dimension.code));
    }
    judged.retain(|dimension| dimension.full > 0);
    judged
}

/// Whether figures decide any part of the rubric.
pub fn computes(rule_set: &RuleSet, tier: Tier) -> bool {
    dimensions_of(rule_set, tier).iter().any(|d| by_figures(rule_set, tier, &d.code) > 0)
}

/// The marks that follow from the figures as they were frozen: hundredths by dimension. What is unknown gives nothing.
pub fn computed_marks(evaluation: &TierEvaluation, dimensions: &[Dimension]) -> BTreeMap<String, i64> {
    let items = || evaluation.score.iter().flat_map(|card| &card.items);
    let points = |code: &str| items().filter(|i| i.dimension.as_deref() == Some(code)).map(|i| i.points.least).sum();
    let marks = dimensions.iter().map(|d| (d.code.clone(), hundredths(points(&d.code))));
    marks.filter(|(_, marks)| *marks > 0).collect()
}

fn by_figures(rule_set: &RuleSet, tier: Tier, dimension: &str) -> u32 {
    rule_set.tier(tier).map_or(0, |rules| rules.computed_most(dimension))
}

fn hundredths(points: u32) -> i64 {
    i64::from(points) * 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{EvalContext, Figures, Mode, evaluate, laoshan_2026};
    use serde_json::json;

    /// The seed rubric, whose growth (10) is decided by revenue up to 6 and whose local contribution (10) wholly by staff.
    fn rules() -> RuleSet {
        let mut rules = laoshan_2026().clone();
        let gte = |code: &str, indicator: &str, value: i64| json!({ "code": code, "text": { "zh": "甲", "en": "a" }, "gte": { "indicator": indicator, "value": value } });
        let items = json!([
            { "code": "size", "name": { "zh": "规模", "en": "size" }, "dimension": "growth", "bands": [
                { "points": 6, "when": gte("size_6", "revenue", 1_000) }, { "points": 2, "when": gte("size_2", "revenue", 100) }] },
            { "code": "jobs", "name": { "zh": "就业", "en": "jobs" }, "dimension": "local", "bands": [
                { "points": 10, "when": gte("jobs_10", "staff", 20) }, { "points": 0 }] },
        ]);
        let seed = rules.tiers.get_mut(&Tier::Seed).unwrap();
        seed.scoring = serde_json::from_value(items).unwrap();
        rules
    }

    #[test]
    fn figures_decide_their_part_and_experts_judge_the_rest() {
        let rules = rules();
        assert!(computes(&rules, Tier::Seed) && !computes(laoshan_2026(), Tier::Seed));
        let judged: Vec<_> = judged_dimensions(&rules, Tier::Seed).into_iter().map(|d| (d.code, d.full)).collect();
        let judged: Vec<_> = judged.iter().map(|(code, full)| (code.as_str(), *full)).collect();
        let expected =
            [("technology", 3_500), ("growth", 400), ("team", 2_500), ("chain", 1_000), ("governance", 1_000)];
        assert_eq!(judged, expected);

        let context = EvalContext { base_year: 2026, as_of: "2026-03-01".parse().unwrap(), mode: Mode::First };
        for (revenue, staff, growth, local) in
            [(Some(1_000), Some(20), 600, 1_000), (Some(999), Some(19), 200, 0), (None, None, 0, 0)]
        {
            let mut year = serde_json::Map::new();
            for (key, value) in [("revenue", revenue), ("staff", staff)] {
                if let Some(value) = value {
                    year.insert(key.into(), json!(value));
                }
            }
            let figures: Figures = serde_json::from_value(json!({ "years": { "2025": year } })).unwrap();
            let evaluation = evaluate(&rules, Tier::Seed, &figures, context).unwrap();
            let marks = computed_marks(&evaluation, &dimensions_of(&rules, Tier::Seed));
            let of = |code: &str| marks.get(code).copied().unwrap_or(0);
            assert_eq!((of("growth"), of("local"), of("team")), (growth, local, 0), "{revenue:?} {staff:?}");
        }
    }
}
