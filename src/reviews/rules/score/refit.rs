//! The z-score re-fit: every expert is brought to the average and the deviation of the group, so that a strict and a generous
//! expert count alike.
//!
//! With n scores of an expert, sum s and sum of squares q, a score x lies `z = (n·x − s) / √(n·q − s²)` standard deviations
//! (of the population) from the expert's mean. In the group of N scores with sum S and squares Q it becomes
//! `(S + z·√(N·Q − S²)) / N`. Both roots are integer square roots, the largest integer whose square does not exceed the
//! operand, taken of 10^18 times the operand: nine decimals. One division, one half-up rounding; then 0 to full marks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Dimension, Sheet, weighted_total};
use crate::platform::money::half_up;
use crate::reviews::model::ExpertId;

/// 10^18: under the root it gives nine decimals, and a million scores stay inside 128 bits.
const NINE_DECIMALS_SQUARED: u128 = 1_000_000_000_000_000_000;
const NINE_DECIMALS: i128 = 1_000_000_000;

/// What a set of scores (hundredths) amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Moments {
    pub count: i64,
    pub sum: i64,
    pub squares: i64,
}

impl Moments {
    fn add(&mut self, value: i64) {
        self.count += 1;
        self.sum += value;
        self.squares += value * value;
    }

    /// count × standard deviation, with nine decimals.
    fn deviation(self) -> i128 {
        let (n, s, q) = (i128::from(self.count), i128::from(self.sum), i128::from(self.squares));
        // Never negative for real scores (Cauchy-Schwarz); a document edited by hand must not panic.
        let operand = (n * q - s * s).max(0).unsigned_abs();
        operand.saturating_mul(NINE_DECIMALS_SQUARED).isqrt() as i128
    }
}

/// How one kind of number was given in the group that competes: by all, and by each expert.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Scale {
    pub group: Moments,
    #[schema(value_type = BTreeMap<String, Moments>)]
    pub experts: BTreeMap<ExpertId, Moments>,
}

impl Scale {
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a ExpertId, i64)>) -> Self {
        let mut scale = Self::default();
        for (expert, value) in values {
            scale.group.add(value);
            scale.experts.entry(expert.clone()).or_default().add(value);
        }
        scale
    }

    /// The score as if the expert scored like the group. An expert without any deviation has z = 0: the group's mean.
    pub(super) fn refit(&self, expert: &ExpertId, value: i64, top: i64) -> i64 {
        let group = self.group;
        if group.count == 0 {
            return value.clamp(0, top);
        }
        let own = self.experts.get(expert).copied().unwrap_or_default();
        let distance = i128::from(own.count) * i128::from(value) - i128::from(own.sum);
        let (ours, theirs) = (own.deviation(), group.deviation());
        let sum = i128::from(group.sum);
        let fitted = if ours == 0 {
            half_up(sum, group.count.into())
        } else {
            // (S + distance × theirs / ours) / N. The inner quotient keeps nine decimals, cut towards zero.
            let moved = scaled_quotient(distance * theirs, ours);
            half_up(sum * NINE_DECIMALS + moved, i128::from(group.count) * NINE_DECIMALS)
        };
        fitted.clamp(0, top.into()) as i64
    }
}

/// `n / d` with nine decimals, cut towards zero, without overflow for a large `n`.
fn scaled_quotient(n: i128, d: i128) -> i128 {
    let (whole, rest) = (n / d, n % d);
    whole * NINE_DECIMALS + rest.saturating_mul(NINE_DECIMALS) / d
}

/// The scales of the totals and of every dimension.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Scales {
    pub total: Scale,
    pub dimensions: BTreeMap<String, Scale>,
}

impl Scales {
    /// Of all valid sheets of the group: every application that is ranked against the others.
    pub fn of(dimensions: &[Dimension], sheets: &[&Sheet]) -> Self {
        let column = |d: &Dimension| {
            Scale::of(sheets.iter().map(|s| (&s.expert_id, s.marks.get(&d.code).copied().unwrap_or(0))))
        };
        Self {
            total: Scale::of(sheets.iter().map(|s| (&s.expert_id, weighted_total(dimensions, s)))),
            dimensions: dimensions.iter().map(|d| (d.code.clone(), column(d))).collect(),
        }
    }

    /// Only what the result of an application with these experts depends on: what is frozen with it.
    pub fn restricted_to<'a>(&self, experts: impl Iterator<Item = &'a ExpertId> + Clone) -> Self {
        let cut = |scale: &Scale| Scale {
            group: scale.group,
            experts: experts
                .clone()
                .filter_map(|id| scale.experts.get(id).map(|moments| (id.clone(), *moments)))
                .collect(),
        };
        let dimensions = self.dimensions.iter().map(|(code, scale)| (code.clone(), cut(scale))).collect();
        Self { total: cut(&self.total), dimensions }
    }
}
