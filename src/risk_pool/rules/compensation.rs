//! What the pool owes a bank for a lost loan.

use crate::platform::money::{allocate, half_up};
use crate::platform::text::Say;
use crate::say;

const ONE_PPM: i64 = 1_000_000;

/// A compensation claim in figures. Amounts in fen, ratios in parts per million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompensationFigures<'a> {
    pub principal_loss_fen: i64,
    /// The principal the scheme covers; a loss beyond it stays with the bank. `None`: all of it is covered.
    pub covered_cap_fen: Option<i64>,
    /// Government's share of the covered loss, at most 1,000,000.
    pub ratio_ppm: i64,
    /// How the levels of government share what is paid, in their fixed order: `[6, 4]` is city : district = 6 : 4.
    pub level_weights: &'a [i64],
    /// Pool balance less what is committed to claims admitted earlier.
    pub available_fen: i64,
}

/// Who owes what now and later. `paid_fen + queued_fen == entitled_fen`, for each level too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompensationSplit {
    pub covered_loss_fen: i64,
    pub entitled_fen: i64,
    pub paid_fen: i64,
    /// Waits, in order of admission, until the pool is filled again.
    pub queued_fen: i64,
    pub paid_by_level: Vec<i64>,
    pub queued_by_level: Vec<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompensationFault {
    NegativeAmount,
    RatioOutOfRange,
    NoLevel,
}

impl CompensationFault {
    pub fn say(self) -> Say {
        match self {
            Self::NegativeAmount => say!("金额不能为负", "an amount must not be negative"),
            Self::RatioOutOfRange => {
                say!("补偿比例须在 0 至 100% 之间", "the compensation ratio is between 0 and 100 %")
            }
            Self::NoLevel => say!("至少一级财政须承担补偿", "at least one level of government has to bear a share"),
        }
    }
}

/// Covered loss × ratio, rounded half-up once, shared between the levels by largest remainder. A pool that is short
/// pays what it has and queues the rest.
pub fn compensation_split(claim: &CompensationFigures) -> Result<CompensationSplit, CompensationFault> {
    let covered_cap = claim.covered_cap_fen.unwrap_or(i64::MAX);
    if claim.principal_loss_fen < 0 || covered_cap < 0 || claim.available_fen < 0 {
        return Err(CompensationFault::NegativeAmount);
    }
    if !(0..=ONE_PPM).contains(&claim.ratio_ppm) {
        return Err(CompensationFault::RatioOutOfRange);
    }
    if claim.level_weights.iter().any(|w| *w < 0) || claim.level_weights.iter().all(|w| *w == 0) {
        return Err(CompensationFault::NoLevel);
    }
    let covered_loss_fen = claim.principal_loss_fen.min(covered_cap);
    let entitled = half_up(i128::from(covered_loss_fen) * i128::from(claim.ratio_ppm), ONE_PPM.into());
    let entitled_fen = i64::try_from(entitled).expect("no more than the covered loss");
    let paid_fen = entitled_fen.min(claim.available_fen);
    let entitled_by_level = allocate(entitled_fen, claim.level_weights);
    // By what each level owes, so that a part payment never asks a level for more than its whole share.
    let paid_by_level = allocate(paid_fen, &entitled_by_level);
    let queued_by_level = entitled_by_level.iter().zip(&paid_by_level).map(|(owed, paid)| owed - paid).collect();
    Ok(CompensationSplit {
        covered_loss_fen,
        entitled_fen,
        paid_fen,
        queued_fen: entitled_fen - paid_fen,
        paid_by_level,
        queued_by_level,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CLAIM: CompensationFigures = CompensationFigures {
        principal_loss_fen: 0,
        covered_cap_fen: None,
        ratio_ppm: 800_000,
        level_weights: &[1],
        available_fen: i64::MAX,
    };

    #[test]
    fn city_and_district_share_six_to_four() {
        let claim = CompensationFigures {
            principal_loss_fen: 630_000_000,
            ratio_ppm: 700_000,
            level_weights: &[6, 4],
            ..CLAIM
        };
        let split = compensation_split(&claim).expect("a split");
        let expected = CompensationSplit {
            covered_loss_fen: 630_000_000,
            entitled_fen: 441_000_000,
            paid_fen: 441_000_000,
            queued_fen: 0,
            paid_by_level: vec![264_600_000, 176_400_000],
            queued_by_level: vec![0, 0],
        };
        assert_eq!(split, expected);
    }

    #[test]
    fn a_loss_beyond_the_covered_principal_stays_with_the_bank() {
        let claim =
            CompensationFigures { principal_loss_fen: 1_234_567_890, covered_cap_fen: Some(1_000_000_000), ..CLAIM };
        let split = compensation_split(&claim).expect("a split");
        assert_eq!((split.covered_loss_fen, split.paid_fen, split.queued_fen), (1_000_000_000, 800_000_000, 0));
    }

    #[test]
    fn a_pool_that_is_short_pays_what_it_has_and_queues_the_rest() {
        let claim = CompensationFigures { principal_loss_fen: 1_000_000_000, available_fen: 500_000_000, ..CLAIM };
        let split = compensation_split(&claim).expect("a split");
        assert_eq!((split.entitled_fen, split.paid_fen, split.queued_fen), (800_000_000, 500_000_000, 300_000_000));
    }

    #[test]
    fn figures_that_make_no_claim_are_refused() {
        let rows = [
            (CompensationFigures { principal_loss_fen: -1, ..CLAIM }, CompensationFault::NegativeAmount),
            (CompensationFigures { covered_cap_fen: Some(-1), ..CLAIM }, CompensationFault::NegativeAmount),
            (CompensationFigures { available_fen: -1, ..CLAIM }, CompensationFault::NegativeAmount),
            (CompensationFigures { ratio_ppm: 1_000_001, ..CLAIM }, CompensationFault::RatioOutOfRange),
            (CompensationFigures { ratio_ppm: -1, ..CLAIM }, CompensationFault::RatioOutOfRange),
            (CompensationFigures { level_weights: &[], ..CLAIM }, CompensationFault::NoLevel),
            (CompensationFigures { level_weights: &[0, 0], ..CLAIM }, CompensationFault::NoLevel),
            (CompensationFigures { level_weights: &[2, -1], ..CLAIM }, CompensationFault::NoLevel),
        ];
        for (claim, fault) in rows {
            assert_eq!(compensation_split(&claim), Err(fault), "{claim:?}");
        }
    }

    proptest! {
        #[test]
        fn paid_and_queued_make_the_entitlement_for_every_level(
            principal_loss_fen in 0..i64::MAX,
            cap in prop::option::of(0..i64::MAX),
            ratio_ppm in 0..=1_000_000i64,
            available_fen in 0..i64::MAX,
            weights in prop::collection::vec(1..100i64, 1..5),
        ) {
            let claim = CompensationFigures {
                principal_loss_fen, covered_cap_fen: cap, ratio_ppm, level_weights: &weights, available_fen,
            };
            let split = compensation_split(&claim).expect("a split");
            prop_assert!(split.entitled_fen <= split.covered_loss_fen && split.covered_loss_fen <= principal_loss_fen);
            prop_assert!(split.paid_fen <= available_fen);
            prop_assert_eq!(split.paid_fen + split.queued_fen, split.entitled_fen);
            prop_assert_eq!(split.paid_by_level.iter().sum::<i64>(), split.paid_fen);
            prop_assert_eq!(split.queued_by_level.iter().sum::<i64>(), split.queued_fen);
            prop_assert!(split.paid_by_level.iter().chain(&split.queued_by_level).all(|fen| *fen >= 0));
        }
    }
}
