//! From the marks of several experts to one result, on integers only: the same inputs give the same digits for ever.
//!
//! Marks and totals are hundredths (`8340` = 83.40). A quotient is rounded once, half up. A result carries everything it was
//! computed from, so it can be computed again years later.

mod refit;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Code, Refusal};
use crate::platform::money::half_up;
use crate::reviews::model::{ExpertId, Method};
use crate::say;

pub use refit::{Moments, Scale, Scales};

/// 100.00
pub const FULL: i64 = 10_000;

/// How scores of one tier become a result: the round's choices and the rubric of its pinned rule set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScoreRules {
    pub method: Method,
    /// A larger distance between the highest and the lowest total asks for arbitration; hundredths.
    pub spread_limit: i64,
    /// Fewer valid scores than this give no result.
    pub min_valid: u32,
    /// Lowest passing total; hundredths.
    pub pass: i64,
    pub dimensions: Vec<Dimension>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dimension {
    pub code: String,
    /// Full marks an expert can give; hundredths, above zero.
    pub full: i64,
    /// What full marks are worth in the total. The same as `full`, unless another weighting is tried out.
    pub weight: i64,
    /// Lowest passing marks; hundredths.
    pub floor: i64,
}

/// The submitted marks of one expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sheet {
    pub expert_id: ExpertId,
    /// Called in because the others were too far apart.
    pub arbiter: bool,
    /// Hundredths by dimension. A dimension left out counts as zero; a submitted sheet leaves none out.
    pub marks: BTreeMap<String, i64>,
}

/// Everything a result follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScoreInput {
    pub rules: ScoreRules,
    /// Valid sheets only: submitted, and nobody among them recused or abstaining.
    pub sheets: Vec<Sheet>,
    /// Hundredths by dimension that follow from the frozen figures; every sheet has them in its marks already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub computed: BTreeMap<String, i64>,
    /// How each expert scored in the whole group that competes; only the z-score re-fit looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scales: Option<Scales>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Score {
    /// Hundredths.
    pub total: i64,
    /// The total reaches the pass mark and every dimension its floor.
    pub passed: bool,
    pub valid: u32,
    /// Highest total less the lowest, as the experts gave them; hundredths.
    pub spread: i64,
    pub arbitration: Arbitration,
    pub dimensions: Vec<DimensionScore>,
    pub experts: Vec<ExpertTotal>,
}

crate::text_enum! {
    pub enum Arbitration {
        NotNeeded = "not_needed",
        /// The spread is over the limit and no further expert has scored yet.
        Needed = "needed",
        Done = "done",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DimensionScore {
    pub code: String,
    /// Hundredths, by the same method as the total.
    pub marks: i64,
    pub floor: i64,
    pub floor_met: bool,
}

/// In the order of the expert ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExpertTotal {
    pub expert_id: ExpertId,
    pub total: i64,
    pub arbiter: bool,
}

/// One column of numbers to be made one: by whom, how many hundredths.
type Column<'a> = Vec<(&'a ExpertId, i64)>;

/// The result of one application. Too few valid scores give none.
pub fn score(input: &ScoreInput) -> Result<Score, Refusal> {
    let rules = &input.rules;
    let valid = input.sheets.len() as u32;
    if valid < rules.min_valid.max(1) {
        let needed = rules.min_valid.max(1);
        return Err(Refusal::new(
            Code::ScoresMissing,
            say!("有效评分 {valid} 份，少于最低 {needed} 份", "{valid} valid scores, at least {needed} are needed"),
        ));
    }
    let totals: Column = input.sheets.iter().map(|s| (&s.expert_id, weighted_total(&rules.dimensions, s))).collect();
    let total = aggregate(rules.method, &totals, input.scales.as_ref().map(|s| &s.total), FULL);
    let dimensions: Vec<DimensionScore> = rules.dimensions.iter().map(|d| dimension_score(input, d)).collect();
    let (lowest, highest) = range(&totals);
    let mut experts: Vec<ExpertTotal> = input
        .sheets
        .iter()
        .zip(&totals)
        .map(|(sheet, (id, total))| ExpertTotal { expert_id: (*id).clone(), total: *total, arbiter: sheet.arbiter })
        .collect();
    experts.sort_by(|a, b| a.expert_id.cmp(&b.expert_id));
    let arbitration = match highest - lowest > rules.spread_limit {
        false => Arbitration::NotNeeded,
        true if input.sheets.iter().any(|s| s.arbiter) => Arbitration::Done,
        true => Arbitration::Needed,
    };
    Ok(Score {
        total,
        passed: total >= rules.pass && dimensions.iter().all(|d| d.floor_met),
        valid,
        spread: highest - lowest,
        arbitration,
        dimensions,
        experts,
    })
}

/// One expert's total: the marks of each dimension as a share of its full marks, times its weight. Rounded once, at the end;
/// with the weights of the rubric nothing has to be rounded, the marks add up.
pub fn weighted_total(dimensions: &[Dimension], sheet: &Sheet) -> i64 {
    let marks = |d: &Dimension| sheet.marks.get(&d.code).copied().unwrap_or(0);
    if dimensions.iter().all(|d| d.weight == d.full) {
        return dimensions.iter().map(marks).sum();
    }
    // Full marks add up to 100, so their least common multiple stays far inside 128 bits (Landau: at most 232,792,560).
    let common = dimensions.iter().fold(1_i128, |all, d| all / gcd(all, d.full.into()) * i128::from(d.full));
    let shares = dimensions.iter().map(|d| i128::from(marks(d)) * i128::from(d.weight) * (common / i128::from(d.full)));
    half_up(shares.sum(), common) as i64
}

/// Several experts' hundredths made one; `top` is the highest possible.
fn aggregate(method: Method, column: &Column, scale: Option<&Scale>, top: i64) -> i64 {
    let mut values: Vec<i64> = column.iter().map(|(_, value)| *value).collect();
    values.sort_unstable();
    match method {
        Method::Plain => mean(&values),
        Method::Median => median(&values),
        Method::Trimmed => mean(trim(&values)),
        Method::ZScore => {
            let own = Scale::of(column.iter().map(|(expert, value)| (*expert, *value)));
            let scale = scale.unwrap_or(&own);
            mean(&column.iter().map(|(expert, value)| scale.refit(expert, *value, top)).collect::<Vec<_>>())
        }
    }
}

fn dimension_score(input: &ScoreInput, dimension: &Dimension) -> DimensionScore {
    let marks = |sheet: &Sheet| sheet.marks.get(&dimension.code).copied().unwrap_or(0);
    let column: Column = input.sheets.iter().map(|s| (&s.expert_id, marks(s))).collect();
    let scale = input.scales.as_ref().and_then(|s| s.dimensions.get(&dimension.code));
    let marks = aggregate(input.rules.method, &column, scale, dimension.full);
    DimensionScore { code: dimension.code.clone(), marks, floor: dimension.floor, floor_met: marks >= dimension.floor }
}

/// Without one highest and one lowest from five up.
fn trim(sorted: &[i64]) -> &[i64] {
    if sorted.len() >= 5 { &sorted[1..sorted.len() - 1] } else { sorted }
}

fn mean(values: &[i64]) -> i64 {
    if values.is_empty() {
        return 0;
    }
    half_up(values.iter().copied().map(i128::from).sum(), values.len() as i128) as i64
}

/// Of at least one value.
fn median(sorted: &[i64]) -> i64 {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { mean(&sorted[middle - 1..=middle]) }
}

fn range(column: &Column) -> (i64, i64) {
    let values = || column.iter().map(|(_, value)| *value);
    (values().min().unwrap_or(0), values().max().unwrap_or(0))
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
