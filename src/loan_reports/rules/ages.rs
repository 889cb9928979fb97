//! How long claims have been where they are.

use std::collections::BTreeMap;

use crate::loan_reports::model::ClaimsByState;
use crate::subsidies::model::SubsidyClaimState;

/// State, days in it, computed, granted.
pub type ClaimAge = (SubsidyClaimState, i64, i64, i64);

/// One line per state that occurs, in the order of a claim's life.
pub fn by_state_and_age(rows: &[ClaimAge]) -> Vec<ClaimsByState> {
    let mut lines: BTreeMap<SubsidyClaimState, ClaimsByState> = BTreeMap::new();
    for (state, days, computed_fen, granted_fen) in rows {
        let line = lines.entry(*state).or_insert(ClaimsByState {
            state: *state,
            claims: 0,
            computed_fen: 0,
            granted_fen: 0,
            up_to_10_days: 0,
            up_to_30_days: 0,
            up_to_60_days: 0,
            older: 0,
        });
        line.claims += 1;
        line.computed_fen += computed_fen;
        line.granted_fen += granted_fen;
        *match days {
            ..=10 => &mut line.up_to_10_days,
            11..=30 => &mut line.up_to_30_days,
            31..=60 => &mut line.up_to_60_days,
            _ => &mut line.older,
        } += 1;
    }
    lines.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_counted_by_state_and_age() {
        use SubsidyClaimState::{Filed, Paid};
        let rows = [(Paid, 61, 5, 4), (Filed, 10, 1, 0), (Filed, 11, 1, 0), (Filed, 31, 1, 0), (Filed, 60, 1, 0)];
        let lines = by_state_and_age(&rows);
        let shown: Vec<_> = lines
            .iter()
            .map(|l| {
                (
                    l.state,
                    l.claims,
                    l.computed_fen,
                    l.granted_fen,
                    [l.up_to_10_days, l.up_to_30_days, l.up_to_60_days, l.older],
                )
            })
            .collect();
        assert_eq!(shown, [(Filed, 4, 4, 0, [1, 1, 2, 0]), (Paid, 1, 5, 4, [0, 0, 0, 1])]);
    }
}
