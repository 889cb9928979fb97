//! Computed points. What is unknown leaves a range of points open, and a floor is judged against the whole range.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::facts::Facts;
use super::numbers::{Finding, used_of};
use super::walk::Walk;
use super::{Op, Used};
use crate::platform::text::Say;
use crate::programme::document::{ScoreBand, ScoreItem, ScoreTest};
use crate::programme::indicators::Unit;
use crate::programme::model::Outcome;

/// The points an enterprise can have: exactly so many when both ends are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct ScoreRange {
    pub least: u32,
    pub most: u32,
    /// What is open waits for an officer, not for figures.
    pub manual_review: bool,
}

impl ScoreRange {
    fn plus(self, other: ScoreRange) -> ScoreRange {
        ScoreRange {
            least: self.least + other.least,
            most: self.most + other.most,
            manual_review: match (self.is_open(), other.is_open()) {
                (true, true) => self.manual_review && other.manual_review,
                (true, false) => self.manual_review,
                _ => other.manual_review,
            },
        }
    }

    fn better(self, other: ScoreRange) -> ScoreRange {
        let manual_review = self.plus(other).manual_review;
        ScoreRange { least: self.least.max(other.least), most: self.most.max(other.most), manual_review }
    }

    fn is_open(self) -> bool {
        self.least < self.most
    }
}

/// The points of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemScore {
    pub code: String,
    pub name: Say,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
    pub points: ScoreRange,
    pub used: Vec<Used>,
}

/// All computed points of a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScoreCard {
    pub items: Vec<ItemScore>,
    pub total: ScoreRange,
}

impl ScoreCard {
    /// The points of an item or of a dimension; of everything when nothing is named.
    pub fn points(&self, of: Option<&str>) -> ScoreRange {
        self.items_of(of).fold(ScoreRange::default(), |sum, item| sum.plus(item.points))
    }

    fn items_of<'c>(&'c self, of: Option<&'c str>) -> impl Iterator<Item = &'c ItemScore> {
        let counts = move |of: &str, item: &ItemScore| item.code == of || item.dimension.as_deref() == Some(of);
        self.items.iter().filter(move |item| of.is_none_or(|of| counts(of, item)))
    }

    pub(super) fn finding(&self, test: &ScoreTest) -> Finding {
        let of = test.of.as_deref();
        let points = self.points(of);
        let mut used: Vec<Used> = Vec::new();
        for value in self.items_of(of).flat_map(|item| &item.used) {
            if !used.contains(value) {
                used.push(value.clone());
            }
        }
        let mut finding = Finding { used, ..Finding::needing(Op::Gte, test.value.into(), Unit::Points) }
            .between(points.least.into(), Some(points.most.into()));
        if finding.outcome == Outcome::Unknown && points.manual_review {
            finding.outcome = Outcome::ManualReview;
        }
        finding
    }
}

pub(super) fn score_card(facts: Facts<'_>, items: &[ScoreItem]) -> ScoreCard {
    let items: Vec<_> = items.iter().map(|item| score_item(facts, item)).collect();
    let total = items.iter().fold(ScoreRange::default(), |sum, item| sum.plus(item.points));
    ScoreCard { items, total }
}

fn score_item(facts: Facts<'_>, item: &ScoreItem) -> ItemScore {
    let chosen = facts.figures.choices.get(&item.code);
    let chosen = chosen.filter(|choice| item.best_of.iter().any(|option| option.code == **choice));
    let mut used = Vec::new();
    let points = if item.best_of.is_empty() {
        band_points(facts, &item.bands, &mut used)
    } else {
        let options = item.best_of.iter().filter(|option| chosen.is_none_or(|choice| option.code == *choice));
        let points = options.map(|option| band_points(facts, &option.bands, &mut used));
        points.reduce(ScoreRange::better).unwrap_or_default()
    };
    ItemScore { code: item.code.clone(), name: item.name.clone(), dimension: item.dimension.clone(), points, used }
}

/// From the best band down: a band that is met ends the search, one that is open only raises what is possible.
fn band_points(facts: Facts<'_>, bands: &[ScoreBand], used: &mut Vec<Used>) -> ScoreRange {
    let mut most = None;
    let mut least = 0;
    let mut manual_review = true;
    for band in bands {
        let (outcome, leaves) = match &band.when {
            Some(when) => Walk::new(facts, None).single(when),
            None => (Outcome::Met, Vec::new()),
        };
        for value in used_of(leaves) {
            if !used.contains(&value) {
                used.push(value);
            }
        }
        match outcome {
            Outcome::Met => {
                least = band.points;
                break;
            }
            Outcome::Unknown | Outcome::ManualReview => {
                most = most.or(Some(band.points));
                manual_review &= outcome == Outcome::ManualReview;
            }
            Outcome::Unmet | Outcome::NotApplicable => {}
        }
    }
    let most = most.unwrap_or(least);
    ScoreRange { least, most, manual_review: manual_review && most > least }
}
