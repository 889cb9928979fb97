//! When a floating rate changes, and to what.

use chrono::{Datelike, Months, NaiveDate};

use crate::talent_loans::model::{LprRateView, LprTenor, Pricing, RateResetView, Repricing};
use crate::talent_loans::rules::ledger::{Posted, Posting};

const BASIS_POINT_PPM: i64 = 100;

/// The rate that was in force on a day: the latest published on it or before. A rate counts from the day it is published.
pub fn lpr_on(table: &[LprRateView], tenor: LprTenor, on: NaiveDate) -> Option<LprRateView> {
    table
        .iter()
        .filter(|rate| rate.tenor == tenor && rate.published_on <= on)
        .max_by_key(|rate| rate.published_on)
        .copied()
}

/// A spread never brings a rate below zero.
pub fn with_spread(lpr_ppm: i64, spread_bp: i64) -> i64 {
    (lpr_ppm + spread_bp * BASIS_POINT_PPM).max(0)
}

/// The tenor a rate is held against: its own, or for a fixed rate the one of the loan's term.
pub fn tenor_of(pricing: Pricing, signed_on: NaiveDate, matures_on: NaiveDate) -> LprTenor {
    const FIVE_YEARS: Months = Months::new(60);
    match pricing {
        Pricing::Lpr { tenor, .. } => tenor,
        Pricing::Fixed { .. } if signed_on.checked_add_months(FIVE_YEARS).is_some_and(|end| matures_on >= end) => {
            LprTenor::FiveYears
        }
        Pricing::Fixed { .. } => LprTenor::OneYear,
    }
}

/// Days after `anchor` (the first drawdown) up to and including `until` on which the rate is set anew. Months are added to the
/// anchor by the calendar; a day the month lacks becomes its last.
pub fn repricing_dates(rule: Repricing, anchor: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let every = |months: u32| -> Vec<NaiveDate> {
        (1..)
            .map_while(|n: u32| anchor.checked_add_months(Months::new(n.checked_mul(months)?)))
            .take_while(|date| *date <= until)
            .collect()
    };
    match rule {
        Repricing::Monthly => every(1),
        Repricing::Quarterly => every(3),
        Repricing::Yearly => every(12),
        Repricing::January => {
            let years = anchor.year() + 1..=until.year();
            years.filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1)).filter(|date| *date <= until).collect()
        }
    }
}

/// What each repricing date demands. Nothing for a fixed rate, nor for dates before the table begins.
pub fn resets(pricing: Pricing, anchor: NaiveDate, until: NaiveDate, table: &[LprRateView]) -> Vec<RateResetView> {
    let Pricing::Lpr { tenor, spread_bp, repricing } = pricing else { return Vec::new() };
    let reset = |on: NaiveDate| {
        let lpr = lpr_on(table, tenor, on)?;
        let rate_ppm = with_spread(lpr.rate_ppm, spread_bp);
        Some(RateResetView { on, published_on: lpr.published_on, lpr_ppm: lpr.rate_ppm, rate_ppm })
    };
    repricing_dates(repricing, anchor, until).into_iter().filter_map(reset).collect()
}

/// Of those, the ones the ledger does not have: a date is dealt with when a reset counts from it, or when the rate in force is the
/// one it demands.
pub fn resets_due(resets: &[RateResetView], signed_rate_ppm: i64, postings: &[Posting]) -> Vec<RateResetView> {
    let mut known: Vec<(NaiveDate, i64)> = postings
        .iter()
        .filter_map(|posting| match posting.what {
            Posted::RateReset(ppm) => Some((posting.on, ppm)),
            _ => None,
        })
        .collect();
    let mut due = Vec::new();
    for reset in resets {
        let behind = known.partition_point(|(on, _)| *on <= reset.on);
        let (last, in_force) =
            behind.checked_sub(1).map_or((None, signed_rate_ppm), |i| (Some(known[i].0), known[i].1));
        if last != Some(reset.on) && in_force != reset.rate_ppm {
            known.insert(behind, (reset.on, reset.rate_ppm));
            due.push(*reset);
        }
    }
    due
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn table() -> Vec<LprRateView> {
        let rate = |on: &str, tenor, rate_ppm| LprRateView { published_on: day(on), tenor, rate_ppm };
        vec![
            rate("2024-10-21", LprTenor::OneYear, 31_000),
            rate("2024-10-21", LprTenor::FiveYears, 36_000),
            rate("2025-05-20", LprTenor::OneYear, 30_000),
            rate("2025-05-20", LprTenor::FiveYears, 35_000),
        ]
    }

    fn lpr(repricing: Repricing) -> Pricing {
        Pricing::Lpr { tenor: LprTenor::OneYear, spread_bp: 35, repricing }
    }

    #[test]
    fn dates_keep_the_day_of_the_first_drawdown() {
        for (rule, anchor, until, expected) in [
            (Repricing::Monthly, "2025-01-31", "2025-04-30", vec!["2025-02-28", "2025-03-31", "2025-04-30"]),
            (Repricing::Quarterly, "2025-03-21", "2025-12-20", vec!["2025-06-21", "2025-09-21"]),
            (Repricing::Yearly, "2024-02-29", "2026-03-01", vec!["2025-02-28", "2026-02-28"]),
            (Repricing::January, "2025-01-01", "2027-01-01", vec!["2026-01-01", "2027-01-01"]),
            (Repricing::January, "2025-06-01", "2025-12-31", vec![]),
            (Repricing::Monthly, "2025-06-01", "2025-05-01", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(day).collect();
            assert_eq!(repricing_dates(rule, day(anchor), day(until)), expected, "{rule} from {anchor}");
        }
    }

    #[test]
    fn a_rate_is_set_on_the_repricing_date_and_not_when_the_prime_rate_is_published() {
        let made = resets(lpr(Repricing::Quarterly), day("2025-03-21"), day("2025-12-31"), &table());
        let rows: Vec<_> = made.iter().map(|r| (r.on, r.published_on, r.rate_ppm)).collect();
        let expected = [("2025-06-21", "2025-05-20"), ("2025-09-21", "2025-05-20"), ("2025-12-21", "2025-05-20")];
        assert_eq!(rows, expected.map(|(on, published)| (day(on), day(published), 33_500)));
        // Published on the repricing date itself, it counts.
        let made = resets(lpr(Repricing::Monthly), day("2025-04-20"), day("2025-05-20"), &table());
        assert_eq!(made[0].rate_ppm, 33_500);
        assert_eq!(resets(Pricing::Fixed { rate_ppm: 1 }, day("2025-01-01"), day("2026-01-01"), &table()), []);
    }

    #[test]
    fn only_resets_that_change_the_rate_are_due_and_a_written_one_settles_its_date() {
        let made = resets(lpr(Repricing::Quarterly), day("2025-03-21"), day("2025-12-31"), &table());
        assert_eq!(resets_due(&made, 34_500, &[]), made[..1], "later dates find the rate set already");
        let written = |on: &str, ppm| [Posting { seq: 1, on: day(on), what: Posted::RateReset(ppm) }];
        assert_eq!(resets_due(&made, 34_500, &written("2025-06-21", 33_500)), []);
        // Another rate agreed on a repricing date stands until the next one.
        assert_eq!(resets_due(&made, 34_500, &written("2025-06-21", 33_000)), made[1..2]);
    }

    #[test]
    fn a_fixed_rate_is_held_against_the_tenor_of_its_term() {
        let fixed = Pricing::Fixed { rate_ppm: 30_000 };
        for (matures, tenor) in [("2031-03-02", LprTenor::FiveYears), ("2031-03-01", LprTenor::OneYear)] {
            assert_eq!(tenor_of(fixed, day("2026-03-02"), day(matures)), tenor);
        }
        assert_eq!(tenor_of(lpr(Repricing::Yearly), day("2026-03-02"), day("2036-03-02")), LprTenor::OneYear);
        assert_eq!((with_spread(30_000, 80), with_spread(30_000, -20), with_spread(100, -80)), (38_000, 28_000, 0));
    }

    proptest! {
        #[test]
        fn whatever_is_published_between_two_dates_moves_nothing_between_them(
            rates in prop::collection::vec((0..900u64, 20_000..60_000i64), 1..12),
            rule in prop::sample::select(Repricing::ALL.to_vec()),
        ) {
            let anchor = day("2024-03-31");
            let table: Vec<_> = rates.into_iter()
                .map(|(n, rate_ppm)| LprRateView { published_on: day("2024-01-01") + chrono::Days::new(n), tenor: LprTenor::OneYear, rate_ppm })
                .collect();
            let until = day("2026-08-01");
            let dates = repricing_dates(rule, anchor, until);
            let made = resets(lpr(rule), anchor, until, &table);
            for reset in &made {
                prop_assert!(dates.contains(&reset.on) && reset.published_on <= reset.on);
                prop_assert!(!table.iter().any(|r| r.published_on > reset.published_on && r.published_on <= reset.on));
                prop_assert_eq!(reset.rate_ppm, reset.lpr_ppm + 3_500);
            }
            // Once written, nothing is due any more.
            let due = resets_due(&made, 1, &[]);
            let written: Vec<_> = due.iter().map(|r| Posting { seq: 1, on: r.on, what: Posted::RateReset(r.rate_ppm) }).collect();
            prop_assert_eq!(resets_due(&made, 1, &written), vec![]);
        }
    }
}
