//! The way to the next tier (晋级路径): which rules stand in it, and how far each is from being met.

use crate::platform::money::{percent_text, wan_text, yuan_text};
use crate::platform::text::Say;
use crate::programme::indicators::Unit;
use crate::programme::model::{Lane, Outcome, Tier};
use crate::programme::{LeafResult, Node, TierEvaluation};
use crate::say;

/// The gap of a rule that is a yes or no, or whose figures are missing: farther than any number.
pub const UNMEASURED: i64 = i64::MAX;

/// What separates an enterprise from a tier. Ordered: fewer unmet rules first, then the smaller largest gap; what cannot be measured
/// at all comes last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    /// Rules that are failed at least, whatever alternatives are taken; what an officer has yet to judge is not among them.
    pub unmet: i32,
    /// The largest gap that can be measured among them, as a share of what is needed, in ppm; [`UNMEASURED`] when none can.
    pub gap_ppm: i64,
}

impl Distance {
    const ONE: Distance = Distance { unmet: 1, gap_ppm: UNMEASURED };

    /// Both have to be overcome.
    fn and(self, other: Distance) -> Distance {
        if self.unmet == 0 {
            return other;
        }
        let measured = [self.gap_ppm, other.gap_ppm].into_iter().filter(|gap| *gap != UNMEASURED).max();
        Distance { unmet: self.unmet.saturating_add(other.unmet), gap_ppm: measured.unwrap_or(UNMEASURED) }
    }
}

/// The tier somebody in the library reaches next: of a candidate the first of its lane; none above `leading` and none beside the
/// ladder.
pub fn aim(lane: Lane, held: Option<Tier>) -> Option<Tier> {
    match (held, lane) {
        (Some(held), _) => held.next(),
        (None, Lane::Ladder) => Some(Tier::Seed),
        (None, Lane::Ecosystem) => Some(Tier::Ecosystem),
    }
}

/// Tiers of the lane above the one that is held, the highest first: what somebody in the library may apply for to get on.
pub fn above(lane: Lane, held: Option<Tier>) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = std::iter::successors(aim(lane, held), |tier| tier.next()).collect();
    tiers.reverse();
    tiers
}

/// Of a rule with alternatives the nearest one counts; a veto that is hit counts as a rule that cannot be measured.
pub fn distance(evaluation: &TierEvaluation) -> Distance {
    let gate = from_node(&evaluation.tree, &evaluation.leaves);
    evaluation.veto_hits().fold(gate, |sum, _| sum.and(Distance::ONE))
}

fn from_node(node: &Node, leaves: &[LeafResult]) -> Distance {
    if !is_failed(node) {
        return Distance::default();
    }
    let below = || node.children.iter().filter(|child| is_failed(child)).map(|child| from_node(child, leaves));
    let own = match node.rule.as_str() {
        "all" | "piecewise" => below().reduce(Distance::and),
        "any" => below().min(),
        _ => None,
    };
    let own = own.unwrap_or_else(|| of_leaf(node, leaves));
    // A waiver that is within reach makes the rule needless.
    let waiver = node.waiver.as_deref().filter(|waiver| is_failed(waiver)).map(|waiver| from_node(waiver, leaves));
    waiver.map_or(own, |waiver| waiver.min(own))
}

fn is_failed(node: &Node) -> bool {
    matches!(node.outcome, Outcome::Unmet | Outcome::Unknown)
}

fn of_leaf(node: &Node, leaves: &[LeafResult]) -> Distance {
    let leaf = leaves.iter().find(|leaf| Some(&leaf.code) == node.code.as_ref());
    let gap_ppm = leaf.and_then(relative_gap_ppm).unwrap_or(UNMEASURED);
    Distance { gap_ppm, ..Distance::ONE }
}

/// What is missing as a share of what is needed, in ppm, rounded up; none where nothing can be measured.
pub fn relative_gap_ppm(leaf: &LeafResult) -> Option<i64> {
    let (gap, needed) = (i128::from(leaf.gap?), i128::from(leaf.needs?.value).abs());
    if needed == 0 {
        return None;
    }
    let share = (gap * 1_000_000 + needed - 1) / needed;
    // One below what cannot be measured.
    Some(i64::try_from(share).unwrap_or(UNMEASURED).min(UNMEASURED - 1))
}

/// Where the enterprise stands to a rule, for people: "R&D at least 6 % of revenue last year: now 4.2 %".
pub fn told(leaf: &LeafResult) -> Say {
    let Say { zh, en } = leaf.text.clone();
    let missing = leaf.used.iter().any(|used| used.value.is_none());
    match (leaf.got, leaf.needs, leaf.outcome) {
        (Some(got), Some(needs), _) => {
            let Say { zh: amount_zh, en: amount_en } = amount(got, needs.unit);
            say!("{zh}：现为 {amount_zh}", "{en}: now {amount_en}")
        }
        (_, _, Outcome::Unknown | Outcome::ManualReview) if missing => {
            say!("{zh}：缺少数据", "{en}: figures are missing")
        }
        (_, _, outcome) => {
            let Say { zh: outcome_zh, en: outcome_en } = outcome.label();
            say!("{zh}：{outcome_zh}", "{en}: {outcome_en}")
        }
    }
}

fn amount(value: i64, unit: Unit) -> Say {
    match unit {
        Unit::Fen => {
            let wan = wan_text(value);
            let yuan = yuan_text(value);
            say!("{wan} 万元", "{yuan} yuan")
        }
        Unit::Ppm => {
            let percent = percent_text(value);
            say!("{percent}", "{percent}")
        }
        Unit::Persons => say!("{value} 人", "{value} persons"),
        Unit::Years => say!("{value} 年", "{value} years"),
        Unit::Days => say!("{value} 天", "{value} days"),
        Unit::Points => say!("{value} 分", "{value} points"),
        Unit::Count | Unit::Date | Unit::Code | Unit::Flag => say!("{value}", "{value}"),
    }
}

#[cfg(test)]
mod tests;
