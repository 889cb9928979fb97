//! Money is an integer of fen (0.01 yuan): how it is shown, rounded and shared out.

/// `1,234.56`: yuan with two decimals and thousands separators.
pub fn yuan_text(fen: i64) -> String {
    let amount = fen.unsigned_abs();
    format!("{}{}.{:02}", sign(fen), grouped(amount / 100), amount % 100)
}

/// Ten thousands of yuan (万元), exact: `50`, `1,234.5678`. Trailing zeros are dropped, nothing is rounded.
pub fn wan_text(fen: i64) -> String {
    let amount = fen.unsigned_abs();
    let decimals = format!("{:06}", amount % 1_000_000);
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{}{}{point}{decimals}", sign(fen), grouped(amount / 1_000_000))
}

/// A rate in parts per million as people read it: `3.45 %`, exact, spaced as in the texts of the rules.
pub fn percent_text(ppm: i64) -> String {
    let amount = ppm.unsigned_abs();
    let digits = format!("{}{}.{:04}", sign(ppm), amount / 10_000, amount % 10_000);
    format!("{} %", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// The amount in capital Chinese numerals, as vouchers want it: `人民币壹仟肆佰零玖元伍角`.
///
/// Source: 正确填写票据和结算凭证的基本规定, annex 1 of 支付结算办法 (银发〔1997〕393号), items 2 to 4. 整 closes an amount that
/// ends at 元; it is left out after 角 and never written after 分. Where item 4 (3) lets the writer choose, the first form
/// of its examples is taken: `壹仟陆佰捌拾元零叁角贰分`, `壹拾万柒仟元零伍角叁分`. A negative amount is headed by 负.
pub fn capital_text(fen: i64) -> String {
    let amount = fen.unsigned_abs();
    let (yuan, jiao, cents) = (amount / 100, amount / 10 % 10, amount % 10);
    let mut text = String::from(if fen < 0 { "人民币负" } else { "人民币" });
    if yuan > 0 {
        push_integer(&mut text, yuan);
        text.push('元');
    }
    match (jiao, cents) {
        (0, 0) if yuan == 0 => text.push_str("零元整"),
        (0, 0) => text.push('整'),
        _ => {
            if yuan > 0 && (jiao == 0 || yuan % 10 == 0) {
                text.push('零');
            }
            push_digit(&mut text, jiao, "角");
            push_digit(&mut text, cents, "分");
        }
    }
    text
}

/// `n / d` to the nearest integer; a half goes away from zero, so a correction rounds like the amount it corrects.
///
/// # Panics
/// When `d` is not positive.
pub fn half_up(n: i128, d: i128) -> i128 {
    assert!(d > 0, "a denominator is positive");
    let (quotient, rest) = (n / d, n % d);
    // `rest >= d - rest` is `2 * rest >= d` without the overflow.
    if rest.abs() >= d - rest.abs() { quotient + n.signum() } else { quotient }
}

/// Shares `total` out in proportion to `weights` by largest remainder; of equal remainders the earlier goes first.
///
/// The shares add up to `total` and each is the exact proportion rounded up or down. A negative total is shared like its
/// absolute value. Weights below zero count as zero; when no weight is positive, nobody gets anything.
pub fn allocate(total: i64, weights: &[i64]) -> Vec<i64> {
    let weight = |i: usize| i128::from(weights[i].max(0));
    let sum: i128 = (0..weights.len()).map(weight).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let amount = i128::from(total).abs();
    let mut shares: Vec<i128> = (0..weights.len()).map(|i| amount * weight(i) / sum).collect();
    // Fewer than one for each weight, because every share lost less than 1.
    let left = usize::try_from(amount - shares.iter().sum::<i128>()).expect("less than the number of weights");
    if left > 0 {
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(amount * weight(*i) % sum));
        order[..left].iter().for_each(|i| shares[*i] += 1);
    }
    let sign = i128::from(total.signum());
    shares.into_iter().map(|share| i64::try_from(sign * share).expect("no share is beyond the total")).collect()
}

fn sign(fen: i64) -> &'static str {
    if fen < 0 { "-" } else { "" }
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn push_digit(text: &mut String, digit: u64, unit: &str) {
    const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
    if digit > 0 {
        text.push(DIGITS[digit as usize]);
        text.push_str(unit);
    }
}

/// Splits off the highest unit and goes on with what is left of it, one 零 for any gap between the two.
fn push_integer(text: &mut String, n: u64) {
    const UNITS: [(u64, &str); 5] = [(100_000_000, "亿"), (10_000, "万"), (1_000, "仟"), (100, "佰"), (10, "拾")];
    let Some((size, unit)) = UNITS.into_iter().find(|(size, _)| n >= *size) else {
        return push_digit(text, n, "");
    };
    push_integer(text, n / size);
    text.push_str(unit);
    let rest = n % size;
    if rest > 0 {
        if rest < size / 10 {
            text.push('零');
        }
        push_integer(text, rest);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rates_are_shown_in_percent_without_rounding() {
        let rows = [
            (34_500, "3.45 %"),
            (500_000, "50 %"),
            (1_000_000, "100 %"),
            (59_999, "5.9999 %"),
            (1, "0.0001 %"),
            (0, "0 %"),
            (-2_500, "-0.25 %"),
        ];
        for (ppm, text) in rows {
            assert_eq!(percent_text(ppm), text);
        }
    }

    #[test]
    fn yuan_are_shown_with_separators_and_two_decimals() {
        let rows = [
            (0, "0.00"),
            (7, "0.07"),
            (-7, "-0.07"),
            (12_345, "123.45"),
            (123_456, "1,234.56"),
            (-100_000_000, "-1,000,000.00"),
            (i64::MIN, "-92,233,720,368,547,758.08"),
        ];
        for (fen, text) in rows {
            assert_eq!(yuan_text(fen), text);
        }
    }

    #[test]
    fn ten_thousands_are_shown_exactly_and_without_trailing_zeros() {
        let rows =
            [(0, "0"), (50_000_000, "50"), (123_456_780_000, "123,456.78"), (1, "0.000001"), (-1_500_000, "-1.5")];
        for (fen, text) in rows {
            assert_eq!(wan_text(fen), text);
        }
    }

    #[test]
    fn amounts_are_written_in_capitals_as_vouchers_want_them() {
        let rows = [
            // The examples of the rule itself.
            (140_950, "壹仟肆佰零玖元伍角"),
            (600_714, "陆仟零柒元壹角肆分"),
            (168_032, "壹仟陆佰捌拾元零叁角贰分"),
            (10_700_053, "壹拾万柒仟元零伍角叁分"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (32_504, "叁佰贰拾伍元零肆分"),
            // Nothing, and less than one yuan.
            (0, "零元整"),
            (1, "壹分"),
            (10, "壹角"),
            (55, "伍角伍分"),
            // 整 after 元 only.
            (100, "壹元整"),
            (1_000, "壹拾元整"),
            (1_500, "壹拾伍元整"),
            (101, "壹元零壹分"),
            (110, "壹元壹角"),
            (1_010, "壹拾元零壹角"),
            // Gaps inside and between the groups of four digits.
            (10_100, "壹佰零壹元整"),
            (100_100, "壹仟零壹元整"),
            (101_000, "壹仟零壹拾元整"),
            (1_000_000, "壹万元整"),
            (1_000_100, "壹万零壹元整"),
            (1_100_000, "壹万壹仟元整"),
            (1_010_000, "壹万零壹佰元整"),
            (100_000_000, "壹佰万元整"),
            (100_700_000, "壹佰万柒仟元整"),
            (100_010_000, "壹佰万零壹佰元整"),
            (44_100_000_000, "肆亿肆仟壹佰万元整"),
            (10_000_000_000, "壹亿元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (10_000_500_000, "壹亿零伍仟元整"),
            (10_005_000_000, "壹亿零伍万元整"),
            (11_000_000_000, "壹亿壹仟万元整"),
            (1_000_000_000_000, "壹佰亿元整"),
            (100_000_000_000_000, "壹万亿元整"),
            (100_010_000_000_000, "壹万零壹亿元整"),
            (17_489_583, "壹拾柒万肆仟捌佰玖拾伍元捌角叁分"),
            (-8_744_792, "负捌万柒仟肆佰肆拾柒元玖角贰分"),
        ];
        for (fen, text) in rows {
            assert_eq!(capital_text(fen), format!("人民币{}", text), "{fen}");
        }
    }

    #[test]
    fn a_half_rounds_away_from_zero() {
        let rows = [
            (10_005, 10, 1_001),
            (10_004, 10, 1_000),
            (-10_005, 10, -1_001),
            (-10_004, 10, -1_000),
            (1, 3, 0),
            (2, 3, 1),
            (0, 7, 0),
            (i128::MAX, 1, i128::MAX),
            (i128::MAX, i128::MAX, 1),
        ];
        for (n, d, rounded) in rows {
            assert_eq!(half_up(n, d), rounded, "{n} / {d}");
        }
    }

    #[test]
    fn an_odd_fen_goes_to_the_largest_remainder_and_of_equal_ones_to_the_earlier() {
        let rows: [(i64, &[i64], &[i64]); 8] = [
            (100, &[1, 1, 1], &[34, 33, 33]),
            (-100, &[1, 1, 1], &[-34, -33, -33]),
            (441_000_000, &[6, 4], &[264_600_000, 176_400_000]),
            (2, &[1, 1, 1, 1], &[1, 1, 0, 0]),
            (10, &[5, 2, 3], &[5, 2, 3]),
            (7, &[0, -3], &[0, 0]),
            (5, &[], &[]),
            (i64::MAX, &[i64::MAX, i64::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2]),
        ];
        for (total, weights, shares) in rows {
            assert_eq!(allocate(total, weights), shares, "{total} over {weights:?}");
        }
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_is_a_whole_fen_from_its_proportion(
            total in any::<i64>(),
            weights in prop::collection::vec(0..i64::MAX, 1..8),
        ) {
            let shares = allocate(total, &weights);
            let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            let given: i128 = shares.iter().map(|s| i128::from(*s)).sum();
            prop_assert_eq!(given, if sum == 0 { 0 } else { i128::from(total) });
            for (share, weight) in shares.iter().zip(&weights).filter(|_| sum > 0) {
                let floor = i128::from(total).abs() * i128::from(*weight) / sum;
                prop_assert!((floor..=floor + 1).contains(&i128::from(*share).abs()));
            }
        }

        #[test]
        fn nobody_gets_more_than_their_weight_when_the_total_is_not_above_the_sum(
            weights in prop::collection::vec(0..1_000_000i64, 1..8),
            part in 0..=1_000_000i64,
        ) {
            let total = weights.iter().sum::<i64>() * part / 1_000_000;
            for (share, weight) in allocate(total, &weights).iter().zip(&weights) {
                prop_assert!(share <= weight);
            }
        }

        #[test]
        fn rounding_is_never_more_than_a_half_away(n in any::<i64>(), d in 1..i64::MAX) {
            let (n, d) = (i128::from(n), i128::from(d));
            prop_assert!(2 * (half_up(n, d) * d - n).abs() <= d);
            prop_assert_eq!(half_up(-n, d), -half_up(n, d));
        }
    }
}
