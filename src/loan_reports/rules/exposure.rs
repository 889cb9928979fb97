//! What could be lost, against what is there.

use std::collections::BTreeMap;

use crate::loan_reports::model::{ExposureLine, ExposureOf};
use crate::platform::money::half_up;

const ONE_PPM: i128 = 1_000_000;

/// Loans of one bank, enterprise and scheme taken together.
#[derive(Debug, Clone)]
pub struct Holding {
    pub bank: (String, String),
    pub tier: String,
    pub track: String,
    pub loans: i64,
    pub covered_fen: i64,
    pub ratio_ppm: i64,
}

pub fn share(covered_fen: i64, ratio_ppm: i64) -> i64 {
    let fen = half_up(i128::from(covered_fen) * i128::from(ratio_ppm), ONE_PPM);
    i64::try_from(fen).unwrap_or(covered_fen)
}

pub fn total(holdings: &[Holding], balance_fen: i64) -> ExposureLine {
    let mut line = ExposureLine::default();
    holdings.iter().for_each(|holding| add(&mut line, holding));
    line.leverage_ppm = leverage(line.exposure_fen, balance_fen);
    line
}

/// Largest exposure first, of equal ones by key.
pub fn by<'a>(
    holdings: &'a [Holding],
    balance_fen: i64,
    key: impl Fn(&'a Holding) -> (&'a str, &'a str),
) -> Vec<ExposureOf> {
    let mut lines: BTreeMap<&str, (&str, ExposureLine)> = BTreeMap::new();
    for holding in holdings {
        let (key, name) = key(holding);
        add(&mut lines.entry(key).or_insert((name, ExposureLine::default())).1, holding);
    }
    let of = |(key, (name, mut line)): (&str, (&str, ExposureLine))| {
        line.leverage_ppm = leverage(line.exposure_fen, balance_fen);
        ExposureOf { key: key.to_owned(), name: name.to_owned(), line }
    };
    let mut lines: Vec<_> = lines.into_iter().map(of).collect();
    lines.sort_by_key(|of| std::cmp::Reverse(of.line.exposure_fen));
    lines
}

fn add(line: &mut ExposureLine, holding: &Holding) {
    line.loans += holding.loans;
    line.covered_fen += holding.covered_fen;
    line.exposure_fen += share(holding.covered_fen, holding.ratio_ppm);
}

fn leverage(exposure_fen: i64, balance_fen: i64) -> Option<i64> {
    if balance_fen <= 0 {
        return None;
    }
    i64::try_from(i128::from(exposure_fen) * ONE_PPM / i128::from(balance_fen)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exposure_is_governments_share_and_leverage_is_over_the_balance() {
        let holding = |bank: &str, tier: &str, covered_fen, ratio_ppm| Holding {
            bank: (bank.into(), format!("Bank {bank}")),
            tier: tier.into(),
            track: "none".into(),
            loans: 1,
            covered_fen,
            ratio_ppm,
        };
        let all = [
            holding("a", "seed", 1_000, 800_000),
            holding("b", "seed", 3, 500_000),
            holding("b", "none", 5_000, 700_000),
        ];
        let line = total(&all, 2_000);
        assert_eq!(
            (line.loans, line.covered_fen, line.exposure_fen, line.leverage_ppm),
            (3, 6_003, 4_302, Some(2_151_000))
        );
        let banks: Vec<_> = by(&all, 0, |h| (&h.bank.0, &h.bank.1))
            .into_iter()
            .map(|o| (o.key, o.line.exposure_fen, o.line.leverage_ppm))
            .collect();
        assert_eq!(banks, [("b".to_owned(), 3_502, None), ("a".to_owned(), 800, None)]);
        assert_eq!(by(&all, 1, |h| (&h.tier, &h.tier)).len(), 2);
    }
}
