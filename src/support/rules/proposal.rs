//! Lines of a first draft, from facts; each says where it comes from, and a person decides about each.

use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

use crate::platform::text::Lang;
use crate::programme::TierEvaluation;
use crate::programme::indicators::find_indicator;
use crate::programme::model::Tier;
use crate::programme::rules::{LeafResult, Op, Used};
use crate::say;
use crate::support::model::{Category, Goal, LineOrigin, LineOriginKind, ProposedMeasure};

/// Below so many similar plans nothing is derived from them: a figure of one or two would tell whose it is, and prove nothing.
pub const LEAST_SIMILAR: usize = 5;

/// A similar plan that was evaluated.
pub struct Similar {
    /// All its goals were reached.
    pub reached: bool,
    pub categories: BTreeSet<Category>,
}

/// What stands between the enterprise and the next tier: a goal where one annual figure is short, otherwise a measure.
pub fn from_gaps(evaluation: &TierEvaluation, year: i32, lang: Lang) -> (Vec<Goal>, Vec<ProposedMeasure>) {
    let (mut goals, mut measures): (Vec<Goal>, Vec<ProposedMeasure>) = (Vec::new(), Vec::new());
    for leaf in evaluation.blocking() {
        match goal_of(leaf, year) {
            Some((indicator, base, target, due_on)) => {
                let origin = Some(gap(evaluation.tier, leaf, lang));
                match goals.iter_mut().find(|goal| goal.indicator == indicator) {
                    Some(goal) if target > goal.target => (goal.target, goal.origin) = (target, origin),
                    Some(_) => {}
                    None => goals.push(Goal { indicator, base, target, due_on, origin }),
                }
            }
            None => {
                let title = leaf.text.in_lang(lang).chars().take(200).collect();
                let origin = gap(evaluation.tier, leaf, lang);
                measures.push(ProposedMeasure { category: Category::Other, title, origin });
            }
        }
    }
    (goals, measures)
}

/// When the leaf holds one annual figure against a threshold from below: indicator, value, threshold, last day of the year.
fn goal_of(leaf: &LeafResult, year: i32) -> Option<(String, i64, i64, NaiveDate)> {
    let need = leaf.needs?;
    let [Used { what, .. }] = leaf.used.as_slice() else { return None };
    let indicator = find_indicator(what).filter(|indicator| indicator.unit == need.unit)?;
    let target = match need.op {
        Op::Gte => need.value,
        Op::Gt => need.value.checked_add(1)?,
        Op::Lte | Op::Lt | Op::Eq => return None,
    };
    let due_on = NaiveDate::from_ymd_opt(year, 12, 31)?;
    Some((indicator.code.to_owned(), leaf.got.unwrap_or(indicator.min.max(0)), target, due_on))
}

fn gap(tier: Tier, leaf: &LeafResult, lang: Lang) -> LineOrigin {
    let (tier, text) = (tier.label(), &leaf.text);
    let got = leaf.got.map_or_else(|| say!("无数据", "no figure"), |got| say!("{got}", "{got}"));
    let zh = format!("距{}的差距：{}（目前：{}）", tier.zh, text.zh, got.zh);
    let en = format!("gap to {}: {} (now: {})", tier.en, text.en, got.en);
    let text = if lang == Lang::En { en } else { zh };
    LineOrigin { kind: LineOriginKind::Gap, text, reference: leaf.code.clone() }
}

/// An open problem or need of the enterprise.
pub fn from_request(id: &str, category: Category, title: &str, lang: Lang) -> ProposedMeasure {
    let text = say!("企业尚未办结的诉求：{title}", "open request of the enterprise: {title}").in_lang(lang).to_owned();
    let origin = LineOrigin { kind: LineOriginKind::Request, text, reference: id.to_owned() };
    ProposedMeasure { category, title: title.to_owned(), origin }
}

/// Kinds of measures that more than half of the similar plans with all goals reached had; the most frequent first.
pub fn from_similar(similar: &[Similar], lang: Lang) -> Vec<ProposedMeasure> {
    if similar.len() < LEAST_SIMILAR {
        return Vec::new();
    }
    let reached: Vec<&Similar> = similar.iter().filter(|plan| plan.reached).collect();
    let mut counts: BTreeMap<Category, usize> = BTreeMap::new();
    for category in reached.iter().flat_map(|plan| &plan.categories) {
        *counts.entry(*category).or_default() += 1;
    }
    let mut usual: Vec<(Category, usize)> =
        counts.into_iter().filter(|(category, n)| *category != Category::Other && n * 2 > reached.len()).collect();
    usual.sort_by_key(|(category, n)| (std::cmp::Reverse(*n), *category));
    let (all, of) = (similar.len(), reached.len());
    let line = |(category, n): (Category, usize)| {
        let said = say!(
            "{all} 个同类方案中 {of} 个达成全部目标，其中 {n} 个采取了此类措施",
            "of {all} similar plans {of} reached all their goals; {n} of those had a measure of this kind"
        );
        let text = said.in_lang(lang).to_owned();
        let origin = LineOrigin { kind: LineOriginKind::Similar, text, reference: category.as_str().to_owned() };
        ProposedMeasure { category, title: category.label().in_lang(lang).to_owned(), origin }
    };
    usual.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::indicators::Unit;
    use crate::programme::{EvalContext, Figures, Mode, evaluate, laoshan_2026};

    fn similar(reached: bool, categories: &[Category]) -> Similar {
        Similar { reached, categories: categories.iter().copied().collect() }
    }

    #[test]
    fn four_similar_plans_are_silent_and_five_speak_for_what_most_of_the_successful_had() {
        use Category::{Finance, Land, Talent};
        let mut plans: Vec<Similar> = vec![
            similar(true, &[Finance, Talent]),
            similar(true, &[Finance]),
            similar(true, &[Finance, Talent]),
            similar(false, &[Land]),
        ];
        assert_eq!(from_similar(&plans, Lang::En), []);
        plans.push(similar(false, &[Land]));
        let proposed = from_similar(&plans, Lang::En);
        let seen: Vec<_> = proposed.iter().map(|p| (p.category, p.origin.text.as_str())).collect();
        assert_eq!(
            seen,
            [
                (Finance, "of 5 similar plans 3 reached all their goals; 3 of those had a measure of this kind"),
                (Talent, "of 5 similar plans 3 reached all their goals; 2 of those had a measure of this kind"),
            ]
        );
    }

    #[test]
    fn every_proposed_line_names_a_rule_that_stands_in_the_way() {
        let figures = Figures::default();
        let day = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let cx = EvalContext { base_year: 2026, as_of: day, mode: Mode::First };
        let evaluation = evaluate(laoshan_2026(), Tier::Leading, &figures, cx).unwrap();
        let (goals, measures) = from_gaps(&evaluation, 2026, Lang::Zh);
        let blocking: BTreeSet<_> = evaluation.blocking().map(|leaf| leaf.code.as_str()).collect();
        let origins = goals.iter().filter_map(|g| g.origin.as_ref()).chain(measures.iter().map(|m| &m.origin));
        let named: Vec<_> = origins.map(|o| (o.kind, o.reference.as_str())).collect();
        assert!(!named.is_empty() && named.len() == goals.len() + measures.len());
        assert!(named.iter().all(|(kind, code)| *kind == LineOriginKind::Gap && blocking.contains(code)), "{named:?}");
        let indicators: BTreeSet<_> = goals.iter().map(|goal| &goal.indicator).collect();
        assert_eq!(indicators.len(), goals.len(), "each indicator once");
        for goal in &goals {
            assert!(find_indicator(&goal.indicator).is_some_and(|i| i.unit != Unit::Ppm || goal.target <= 1_000_000));
        }
    }
}
