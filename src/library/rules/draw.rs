//! Double-random audit (双随机): which members are looked at again.

use sha2::{Digest, Sha256};

use crate::library::model::MembershipId;

const MILLION: usize = 1_000_000;

/// The share of `candidates` in ppm, rounded up and at least one of any: the first in ascending order of SHA-256 over seed and id.
/// The same seed and candidates give the same draw for ever, whatever the order of the candidates.
pub fn draw(seed: &[u8], candidates: &[MembershipId], share_ppm: usize) -> Vec<MembershipId> {
    let count = (candidates.len() * share_ppm).div_ceil(MILLION).max(1).min(candidates.len());
    let mut ranked: Vec<([u8; 32], &MembershipId)> = candidates.iter().map(|id| (rank(seed, id), id)).collect();
    ranked.sort();
    ranked.into_iter().take(count).map(|(_, id)| id.clone()).collect()
}

fn rank(seed: &[u8], id: &MembershipId) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update(id.as_str()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(n: usize) -> Vec<MembershipId> {
        (0..n).map(|i| MembershipId(format!("m{i}"))).collect()
    }

    #[test]
    fn the_share_is_rounded_up_and_is_never_nobody() {
        for (members, share_ppm, drawn) in
            [(0, 50_000, 0), (1, 1, 1), (20, 50_000, 1), (21, 50_000, 2), (100, 1_000_000, 100), (7, 500_000, 4)]
        {
            assert_eq!(draw(&[7; 32], &ids(members), share_ppm).len(), drawn, "{share_ppm} ppm of {members}");
        }
    }

    #[test]
    fn the_order_of_the_candidates_changes_nothing_and_another_seed_does() {
        let members = ids(50);
        let mut turned = members.clone();
        turned.reverse();
        assert_eq!(draw(&[1; 32], &members, 200_000), draw(&[1; 32], &turned, 200_000));
        assert_ne!(draw(&[1; 32], &members, 200_000), draw(&[2; 32], &members, 200_000));
    }

    /// Ten of fifty over 4,000 seeds: each is drawn about 800 times. Six standard deviations are 152.
    #[test]
    fn every_candidate_has_the_same_chance() {
        let members = ids(50);
        let mut times = std::collections::HashMap::new();
        for seed in 0..4_000_u32 {
            for id in draw(&seed.to_be_bytes(), &members, 200_000) {
                *times.entry(id).or_insert(0_i32) += 1;
            }
        }
        assert_eq!(times.len(), members.len());
        for (id, count) in times {
            assert!((count - 800).abs() < 152, "{id}: {count}");
        }
    }
}
