//! Which part of a principal is within the caps.

use crate::talent_loans::scheme::Caps;

/// What live loans under the caps take up already, over all banks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    pub talent_fen: i64,
    pub enterprise_fen: i64,
}

/// The part of a principal that both caps leave room for; never negative, also when a later scheme has lower caps than what was
/// granted before.
pub fn covered_part(principal_fen: i64, caps: Caps, taken: Taken) -> i64 {
    let left = |cap: i64, taken: i64| cap.saturating_sub(taken).max(0);
    principal_fen.min(left(caps.talent_fen, taken.talent_fen)).min(left(caps.enterprise_fen, taken.enterprise_fen))
}

/// Of a balance, what is covered: repayments lower the uncovered part first, for a loss is compensated up to the covered principal.
pub fn covered_balance(balance_fen: i64, covered_fen: i64) -> i64 {
    balance_fen.min(covered_fen)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_principal_is_covered_up_to_the_narrower_cap() {
        let caps = Caps { talent_fen: 2_000, enterprise_fen: 6_000 };
        for (principal, talent, enterprise, covered) in [
            (1_500, 0, 0, 1_500),
            (2_000, 0, 0, 2_000),
            (2_001, 0, 0, 2_000),
            (1_500, 1_000, 0, 1_000),
            (1_500, 0, 5_500, 500),
            (1_500, 2_000, 0, 0),
            (1_500, 9_000, 0, 0),
            (1_500, 1_000, 5_900, 100),
        ] {
            let taken = Taken { talent_fen: talent, enterprise_fen: enterprise };
            assert_eq!(covered_part(principal, caps, taken), covered, "{principal} beside {taken:?}");
        }
    }

    proptest! {
        #[test]
        fn no_sequence_of_loans_passes_a_cap(
            talent_fen in 0..5_000i64,
            enterprise_fen in 0..9_000i64,
            loans in prop::collection::vec((1..3_000i64, 0..2usize, 0..2usize), 0..20),
        ) {
            let caps = Caps { talent_fen, enterprise_fen };
            let (mut talents, mut enterprises) = ([0i64; 2], [0i64; 2]);
            for (principal, talent, enterprise) in loans {
                let taken = Taken { talent_fen: talents[talent], enterprise_fen: enterprises[enterprise] };
                let covered = covered_part(principal, caps, taken);
                prop_assert!((0..=principal).contains(&covered));
                talents[talent] += covered;
                enterprises[enterprise] += covered;
                prop_assert!(talents[talent] <= talent_fen && enterprises[enterprise] <= enterprise_fen);
                // Nothing is left uncovered while both caps have room.
                let full = talents[talent] == talent_fen || enterprises[enterprise] == enterprise_fen;
                prop_assert!(covered == principal || full);
            }
        }
    }
}
