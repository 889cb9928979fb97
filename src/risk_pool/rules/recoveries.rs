//! Sharing what a bank recovers after it was compensated.

use crate::platform::money::allocate;

const ONE_PPM: i64 = 1_000_000;

/// A recovery in figures, fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryFigures<'a> {
    /// After the cost of getting it, not negative.
    pub net_fen: i64,
    /// Government's share of the loss, as it was compensated.
    pub ratio_ppm: i64,
    /// What each level paid for this claim and has not got back, not negative.
    pub outstanding_by_level: &'a [i64],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoverySplit {
    pub returned_fen: i64,
    pub bank_fen: i64,
    pub returned_by_level: Vec<i64>,
}

/// Net proceeds in the ratio the loss was compensated in, by largest remainder, between government and bank and then between
/// the levels. Nobody gets back more than they paid: what goes beyond stays with the bank.
pub fn recovery_split(recovery: &RecoveryFigures) -> RecoverySplit {
    let shares = allocate(recovery.net_fen, &[recovery.ratio_ppm, ONE_PPM - recovery.ratio_ppm]);
    let outstanding: i64 = recovery.outstanding_by_level.iter().sum();
    let returned_fen = shares[0].min(outstanding);
    RecoverySplit {
        returned_fen,
        bank_fen: recovery.net_fen - returned_fen,
        // By what each has still to get: the ratio they paid in, and never beyond it.
        returned_by_level: allocate(returned_fen, recovery.outstanding_by_level),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_recovery_goes_back_in_the_ratio_it_was_paid_in() {
        // Of 630,000,000 lost, 70 % was paid, 6 : 4.
        let paid = [264_600_000, 176_400_000];
        for (net_fen, returned_fen, by_level) in [
            (100_000_000, 70_000_000, vec![42_000_000, 28_000_000]),
            (1, 1, vec![1, 0]),
            (2, 1, vec![1, 0]),
            (3, 2, vec![1, 1]),
            (0, 0, vec![0, 0]),
            (630_000_000, 441_000_000, paid.to_vec()),
            (700_000_000, 441_000_000, paid.to_vec()),
        ] {
            let split = recovery_split(&RecoveryFigures { net_fen, ratio_ppm: 700_000, outstanding_by_level: &paid });
            let bank_fen = net_fen - returned_fen;
            assert_eq!(split, RecoverySplit { returned_fen, bank_fen, returned_by_level: by_level }, "{net_fen}");
        }
    }

    proptest! {
        #[test]
        fn shares_make_the_whole_and_nobody_gets_more_than_they_paid(
            net_fen in 0..1_000_000_000_000i64,
            ratio_ppm in 1..=1_000_000i64,
            outstanding in prop::collection::vec(0..1_000_000_000i64, 1..4),
        ) {
            let split = recovery_split(&RecoveryFigures { net_fen, ratio_ppm, outstanding_by_level: &outstanding });
            prop_assert_eq!(split.returned_fen + split.bank_fen, net_fen);
            prop_assert_eq!(split.returned_by_level.iter().sum::<i64>(), split.returned_fen);
            prop_assert!(split.returned_by_level.iter().zip(&outstanding).all(|(back, paid)| *back >= 0 && back <= paid));
        }
    }
}
