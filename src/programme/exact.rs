//! Exact comparison of ratios and growth rates, on integers only.
//!
//! A threshold is ppm. `a / b >= p` is decided as `a * 10^6 >= p * b`; a compound annual growth rate
//! `(last / first)^(1/n) - 1 >= p` as `last * 10^(6n) >= first * (10^6 + p)^n`. Neither divides, so 5.99996 %
//! never passes 6 %. The ppm values these functions give back are for display.

use std::cmp::Ordering;

const MILLION: i128 = 1_000_000;
/// Largest threshold that is accepted: a million times one. Keeps every product inside 128 bits.
pub const MAX_PPM: i64 = 1_000_000_000_000;
/// Growth beyond this (a hundred million fold) is shown as this; comparison is exact nonetheless.
const SHOWN_PPM: i64 = 100_000_000_000_000;

/// `numerator / denominator` against `ppm`; none when the denominator is zero or negative.
pub fn compare_ratio(numerator: i128, denominator: i128, ppm: i64) -> Option<Ordering> {
    (denominator > 0).then(|| (numerator * MILLION).cmp(&(i128::from(ppm) * denominator)))
}

/// The ratio in ppm, rounded half up, for display.
pub fn ratio_ppm(numerator: i128, denominator: i128) -> Option<i64> {
    if denominator <= 0 {
        return None;
    }
    let rounded = (2 * numerator * MILLION + denominator).div_euclid(2 * denominator);
    Some(i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX }))
}

/// The compound annual growth rate from `first` to `last` over `years` against `ppm`; none when `first` is zero
/// or negative, because the rate is then undefined.
pub fn compare_growth(first: i64, last: i64, years: u32, ppm: i64) -> Option<Ordering> {
    scaled_growth(first, last, years, MILLION, MILLION + i128::from(ppm))
}

/// The compound annual growth rate in ppm, rounded half up, for display; none when it is no real number.
pub fn growth_ppm(first: i64, last: i64, years: u32) -> Option<i64> {
    if first <= 0 || last < 0 || years == 0 {
        return None;
    }
    let (mut low, mut high) = (-1_000_000, SHOWN_PPM);
    // The largest ppm the rate still reaches: low always holds, high never does (or is the cap).
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match compare_growth(first, last, years, middle)? {
            Ordering::Less => high = middle,
            _ => low = middle,
        }
    }
    let half_up = scaled_growth(first, last, years, 2 * MILLION, 2 * MILLION + 2 * i128::from(low) + 1)?;
    Some(if half_up == Ordering::Less { low } else { low + 1 })
}

/// `last * unit^years` against `first * factor^years`.
fn scaled_growth(first: i64, last: i64, years: u32, unit: i128, factor: i128) -> Option<Ordering> {
    if first <= 0 || years == 0 {
        return None;
    }
    let Ok(last) = u64::try_from(last) else { return Some(Ordering::Less) };
    let Ok(factor) = u64::try_from(factor) else { return Some(Ordering::Greater) };
    let (unit, years) = (unit as u64, years as usize);
    let power = |start: u64, base: u64| {
        let mut product = Wide::from(start);
        (0..years).for_each(|_| product.multiply(base));
        product
    };
    Some(power(last, unit).cmp(&power(first.unsigned_abs(), factor)))
}

/// An unsigned integer of any size: just enough of one to multiply and compare. Least limb first, no zero on top.
#[derive(PartialEq, Eq)]
struct Wide(Vec<u64>);

impl From<u64> for Wide {
    fn from(value: u64) -> Self {
        Wide(if value == 0 { Vec::new() } else { vec![value] })
    }
}

impl Wide {
    fn multiply(&mut self, factor: u64) {
        let mut carry: u128 = 0;
        for limb in &mut self.0 {
            carry += u128::from(*limb) * u128::from(factor);
            *limb = carry as u64;
            carry >>= 64;
        }
        if carry > 0 {
            self.0.push(carry as u64);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn cmp(&self, other: &Wide) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_rate_just_below_the_threshold_does_not_reach_it() {
        // 5.99996 % against 6 %, then exactly 6 %.
        assert_eq!(compare_ratio(599_996, 10_000_000, 60_000), Some(Ordering::Less));
        assert_eq!(compare_ratio(600_000, 10_000_000, 60_000), Some(Ordering::Equal));
        assert_eq!(compare_ratio(1, 0, 60_000), None);
        assert_eq!(compare_ratio(1, -5, 60_000), None);
    }

    #[test]
    fn growth_of_twelve_to_eighteen_and_a_half_million_over_two_years_is_24_1639_percent() {
        assert_eq!(growth_ppm(1_200_000_000, 1_850_000_000, 2), Some(241_639));
        assert_eq!(compare_growth(1_200_000_000, 1_850_000_000, 2, 241_638), Some(Ordering::Greater));
        assert_eq!(compare_growth(1_200_000_000, 1_850_000_000, 2, 241_639), Some(Ordering::Less));
    }

    #[test]
    fn growth_is_undefined_without_a_positive_start_and_total_loss_is_minus_one_hundred_percent() {
        assert_eq!(growth_ppm(0, 5, 2), None);
        assert_eq!(compare_growth(-1, 5, 2, 0), None);
        assert_eq!(growth_ppm(5, 0, 2), Some(-1_000_000));
        assert_eq!(compare_growth(5, -1, 1, -999_999), Some(Ordering::Less));
        assert_eq!(growth_ppm(100, 121, 2), Some(100_000));
        assert_eq!(growth_ppm(100, 100, 3), Some(0));
    }

    #[test]
    fn the_largest_figures_are_still_compared_exactly() {
        assert_eq!(compare_growth(i64::MAX, i64::MAX, 3, 0), Some(Ordering::Equal));
        assert_eq!(compare_growth(i64::MAX - 1, i64::MAX, 3, 0), Some(Ordering::Greater));
        assert_eq!(compare_growth(1, i64::MAX, 3, MAX_PPM), Some(Ordering::Greater));
    }

    proptest! {
        #[test]
        fn growth_over_one_year_agrees_with_the_ratio(first in 1i64..=i64::MAX, last in 0i64.., ppm in -999_999i64..MAX_PPM) {
            let ratio = compare_ratio(i128::from(last) - i128::from(first), i128::from(first), ppm);
            prop_assert_eq!(compare_growth(first, last, 1, ppm), ratio);
        }

        #[test]
        fn the_shown_rate_is_the_nearest(first in 1i64..1_000_000_000_000, last in 1i64..1_000_000_000_000, years in 1u32..4) {
            let shown = growth_ppm(first, last, years).unwrap();
            prop_assert_ne!(compare_growth(first, last, years, shown - 1), Some(Ordering::Less));
            prop_assert_eq!(compare_growth(first, last, years, shown + 1), Some(Ordering::Less));
        }

        #[test]
        fn a_shortfall_of_one_fen_fails_the_ratio(revenue in 1_000i64..1_000_000_000_000, ppm in 1i64..1_000_000) {
            // The least numerator that passes, and one fen less.
            let least = (i128::from(revenue) * i128::from(ppm) + 999_999) / 1_000_000;
            prop_assert_ne!(compare_ratio(least, revenue.into(), ppm), Some(Ordering::Less));
            prop_assert_eq!(compare_ratio(least - 1, revenue.into(), ppm), Some(Ordering::Less));
        }
    }
}
