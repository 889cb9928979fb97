//! Leaves over numbers. Every comparison is exact; ppm values are made for display only.

use std::cmp::Ordering;

use super::facts::Facts;
use super::walk::holds;
use super::{LeafResult, Need, Op, Used, UsedValue};
use crate::programme::document::{Compare, EachYear, Growth, Ratio, Sum};
use crate::programme::exact::{compare_growth, compare_ratio, growth_ppm, ratio_ppm};
use crate::programme::indicators::{DerivedForm, Unit, find_derived, find_indicator, unit_of};
use crate::programme::model::Outcome;

/// What a leaf found.
pub(super) struct Finding {
    pub outcome: Outcome,
    pub used: Vec<Used>,
    pub needs: Option<Need>,
    pub got: Option<i64>,
    pub gap: Option<i64>,
}

impl Default for Finding {
    fn default() -> Self {
        Self { outcome: Outcome::Unknown, used: Vec::new(), needs: None, got: None, gap: None }
    }
}

impl Finding {
    pub fn needing(op: Op, value: i64, unit: Unit) -> Self {
        Self { needs: Some(Need { op, value, unit }), ..Self::default() }
    }

    /// Decides by bounds: what is known for certain, and what it could be at most. Met when the least suffices,
    /// unmet when the most does not, else unknown.
    pub fn between(mut self, least: i128, most: Option<i128>) -> Self {
        let Some(Need { value, .. }) = self.needs else { return self };
        let value = i128::from(value);
        self.outcome = match most {
            _ if least >= value => Outcome::Met,
            Some(most) if most < value => Outcome::Unmet,
            _ => Outcome::Unknown,
        };
        if most == Some(least) || self.outcome == Outcome::Met {
            self.got = i64::try_from(least).ok();
        }
        self.measure_gap()
    }

    fn measure_gap(mut self) -> Self {
        if let (Outcome::Unmet, Some(need), Some(got)) = (self.outcome, self.needs, self.got) {
            self.gap = Some(need.value.saturating_sub(got).saturating_abs().max(1));
        }
        self
    }
}

/// A number before it is rounded.
#[derive(Clone, Copy)]
enum Measured {
    Amount(i128),
    Ratio(i128, i128),
    /// First, last, years between.
    Growth(i64, i64, u32),
}

impl Measured {
    fn compare(self, threshold: i64) -> Option<Ordering> {
        match self {
            Measured::Amount(value) => Some(value.cmp(&i128::from(threshold))),
            Measured::Ratio(numerator, denominator) => compare_ratio(numerator, denominator, threshold),
            Measured::Growth(first, last, years) => compare_growth(first, last, years, threshold),
        }
    }

    fn shown(self) -> Option<i64> {
        match self {
            Measured::Amount(value) => i64::try_from(value).ok(),
            Measured::Ratio(numerator, denominator) => ratio_ppm(numerator, denominator),
            Measured::Growth(first, last, years) => growth_ppm(first, last, years),
        }
    }

    fn judged(self, mut finding: Finding) -> Finding {
        let Some(Need { op, value, .. }) = finding.needs else { return finding };
        let Some(ordering) = self.compare(value) else { return finding };
        let met = holds(op, ordering);
        finding.outcome = if met { Outcome::Met } else { Outcome::Unmet };
        finding.got = self.shown().map(|shown| match (op, ordering) {
            // Rounding has carried the value onto or over a threshold it stays on this side of.
            (Op::Gte | Op::Gt | Op::Eq, Ordering::Less) => shown.min(value.saturating_sub(1)),
            (Op::Lte | Op::Lt | Op::Eq, Ordering::Greater) => shown.max(value.saturating_add(1)),
            _ => shown,
        });
        finding.measure_gap()
    }
}

impl<'a> Facts<'a> {
    /// Reads one reported value and notes it, also when it is missing.
    pub fn amount(&self, indicator: &str, offset: i32, finding: &mut Finding) -> Option<i64> {
        let row = find_indicator(indicator)?;
        let year = self.cx.base_year + offset;
        let found = self.figures.annual(year, indicator);
        let pointer = format!("/years/{year}/{indicator}");
        if finding.used.iter().all(|used| used.pointer != pointer) {
            finding.used.push(Used {
                what: indicator.to_owned(),
                name: row.name(),
                year: Some(year),
                value: found.map(|found| UsedValue::Number(found.value)),
                unit: row.unit,
                source: found.and_then(|found| found.source.clone()),
                verified: found.is_some_and(|found| found.verified),
                pointer,
            });
        }
        found.map(|found| found.value)
    }

    /// An indicator, reported or derived; every input is noted even when another one is missing.
    fn measure(&self, indicator: &str, offset: i32, finding: &mut Finding) -> Option<Measured> {
        match find_derived(indicator).map(|derived| derived.form) {
            None => self.amount(indicator, offset, finding).map(|value| Measured::Amount(value.into())),
            Some(DerivedForm::Ratio(numerator, denominator)) => self.ratio(numerator, denominator, &[offset], finding),
            Some(DerivedForm::Growth(indicator, over)) => self.growth(indicator, offset, over, finding),
        }
    }

    fn ratio(&self, above: &str, below: &str, years: &[i32], finding: &mut Finding) -> Option<Measured> {
        let mut total = |indicator| {
            let values: Vec<_> = years.iter().map(|year| self.amount(indicator, *year, finding)).collect();
            values.into_iter().map(|value| value.map(i128::from)).sum::<Option<i128>>()
        };
        let (numerator, denominator) = (total(above), total(below));
        Some(Measured::Ratio(numerator?, denominator?))
    }

    fn growth(&self, indicator: &str, offset: i32, over: u32, finding: &mut Finding) -> Option<Measured> {
        let last = self.amount(indicator, offset, finding);
        let first = self.amount(indicator, offset.checked_sub_unsigned(over)?, finding);
        Some(Measured::Growth(first?, last?, over))
    }

    pub(super) fn compare(&self, op: Op, test: &Compare) -> Finding {
        let threshold = test.value.or(test.ppm).unwrap_or_default();
        let mut finding = Finding::needing(op, threshold, unit_of(&test.indicator).unwrap_or(Unit::Count));
        match self.measure(&test.indicator, test.year, &mut finding) {
            Some(measured) => measured.judged(finding),
            None => finding,
        }
    }

    /// The worst year decides and is shown.
    pub(super) fn each_year(&self, op: Op, test: &EachYear) -> Finding {
        let single = |year: &i32| {
            let EachYear { indicator, value, ppm, .. } = test.clone();
            self.compare(op, &Compare { indicator, year: *year, value, ppm })
        };
        let years: Vec<Finding> = test.years.iter().map(single).collect();
        let outcome = Outcome::all(years.iter().map(|year| year.outcome));
        let got = years.iter().filter_map(|year| year.got);
        let got = if matches!(op, Op::Lte | Op::Lt) { got.max() } else { got.min() };
        let needs = years.first().and_then(|year| year.needs);
        let mut used: Vec<Used> = Vec::new();
        for value in years.into_iter().flat_map(|year| year.used) {
            if !used.contains(&value) {
                used.push(value);
            }
        }
        Finding { outcome, used, needs, got, gap: None }.measure_gap()
    }

    /// Of figures that cannot be negative a part may already be enough, whatever the missing year was.
    pub(super) fn sum(&self, test: &Sum) -> Finding {
        let mut finding = Finding::needing(Op::Gte, test.value, unit_of(&test.indicator).unwrap_or(Unit::Count));
        let values: Vec<_> = test.years.iter().map(|year| self.amount(&test.indicator, *year, &mut finding)).collect();
        let known: i128 = values.iter().flatten().map(|value| i128::from(*value)).sum();
        let complete = values.iter().all(Option::is_some);
        if complete || find_indicator(&test.indicator).is_some_and(|row| row.never_negative()) {
            finding = finding.between(known, complete.then_some(known));
        }
        finding
    }

    pub(super) fn ratio_test(&self, op: Op, test: &Ratio) -> Finding {
        let mut finding = Finding::needing(op, test.ppm, Unit::Ppm);
        match self.ratio(&test.numerator, &test.denominator, &test.years, &mut finding) {
            Some(measured) => measured.judged(finding),
            None => finding,
        }
    }

    pub(super) fn growth_test(&self, test: &Growth) -> Finding {
        let mut finding = Finding::needing(Op::Gte, test.ppm, Unit::Ppm);
        match self.growth(&test.indicator, test.year, test.over, &mut finding) {
            Some(measured) => measured.judged(finding),
            None => finding,
        }
    }
}

/// The values of several leaves, each once.
pub(super) fn used_of(leaves: Vec<LeafResult>) -> Vec<Used> {
    let mut all: Vec<Used> = Vec::new();
    for used in leaves.into_iter().flat_map(|leaf| leaf.used) {
        if !all.contains(&used) {
            all.push(used);
        }
    }
    all
}
