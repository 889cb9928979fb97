//! The arithmetic of the reports: counting, no rounding.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::model::{Entry, FlowLink, Spell, Stage, StageCount, Standing, StateDuration};
use crate::applications::model::ApplicationState;
use crate::platform::calendar::business_day;
use crate::programme::model::Tier;

/// The stage an application in this state has come to.
fn reached(state: ApplicationState) -> Stage {
    use ApplicationState as S;
    match state {
        S::Draft => Stage::Begun,
        S::Submitted | S::Returned | S::RejectedFormal | S::Withdrawn | S::Void => Stage::Submitted,
        S::Accepted | S::InReview | S::Scored | S::SiteChecked | S::NotSelected => Stage::Accepted,
        S::Proposed | S::InPublicity | S::Objected | S::Denied => Stage::Proposed,
        S::Recognised => Stage::Recognised,
    }
}

/// `counts`: state, how many, and how many of them were ever submitted (a draft may be withdrawn too).
pub fn funnel(counts: &[(ApplicationState, i64, i64)]) -> Vec<StageCount> {
    let at_least = |stage: Stage| {
        counts
            .iter()
            .map(|(state, all, submitted)| match stage {
                Stage::Begun => *all,
                _ if reached(*state).rank() >= stage.rank() => *submitted,
                _ => 0,
            })
            .sum()
    };
    Stage::ALL.iter().map(|stage| StageCount { stage: *stage, count: at_least(*stage) }).collect()
}

impl Stage {
    fn rank(self) -> usize {
        Stage::ALL.iter().position(|stage| *stage == self).unwrap_or_default()
    }
}

/// Counts, for each pair of neighbouring years, who held what at the end of the first and at the end of the second. Who held
/// nothing both times is not counted.
pub fn cohort_flow(spells: &[Spell], from: i32, today: NaiveDate) -> Vec<FlowLink> {
    use chrono::Datelike;
    let last = today.year();
    let end_of = |year: i32| NaiveDate::from_ymd_opt(year, 12, 31).map_or(today, |end| end.min(today));
    let mut firms: BTreeMap<&str, Vec<&Spell>> = BTreeMap::new();
    for spell in spells {
        firms.entry(&spell.0).or_default().push(spell);
    }
    let mut counts: BTreeMap<(Standing, Standing), i64> = BTreeMap::new();
    for year in from..last {
        for own in firms.values() {
            let (before, after) = (held(own, end_of(year)), held(own, end_of(year + 1)));
            if before.is_some() || after.is_some() {
                let link = (Standing { year, tier: before }, Standing { year: year + 1, tier: after });
                *counts.entry(link).or_default() += 1;
            }
        }
    }
    counts.into_iter().map(|((from, to), count)| FlowLink { from, to, count }).collect()
}

/// The tier held on that day; of several the one that began last.
fn held(spells: &[&Spell], on: NaiveDate) -> Option<Tier> {
    let runs = |spell: &&&Spell| spell.2 <= on && spell.3.is_none_or(|ended| business_day(ended.utc()) > on);
    spells.iter().filter(runs).max_by_key(|spell| spell.2).map(|spell| spell.1)
}

/// Medians of whole stays. A stay that has not ended says nothing yet; an edit within a state ends none.
pub fn durations(entries: &[Entry]) -> Vec<StateDuration> {
    let mut entries = entries.to_vec();
    entries.dedup_by(|later, earlier| later.0 == earlier.0 && later.1 == earlier.1);
    let mut stays: BTreeMap<&'static str, (ApplicationState, Vec<i64>)> = BTreeMap::new();
    for pair in entries.windows(2) {
        let ((one, state, since), (other, _, until)) = (&pair[0], &pair[1]);
        if one == other {
            let seconds = (until.utc() - since.utc()).num_seconds().max(0);
            stays.entry(state.as_str()).or_insert_with(|| (*state, Vec::new())).1.push(seconds);
        }
    }
    let order = |state: ApplicationState| ApplicationState::ALL.iter().position(|known| *known == state);
    let mut found: Vec<_> = stays
        .into_values()
        .map(|(state, mut seconds)| {
            seconds.sort_unstable();
            StateDuration { state, count: seconds.len() as i64, median_seconds: seconds[(seconds.len() - 1) / 2] }
        })
        .collect();
    found.sort_by_key(|row| order(row.state));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::types::Stamp;
    use ApplicationState as S;

    fn at(text: &str) -> Stamp {
        Stamp::new(text.parse().expect("a moment"))
    }
    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_funnel_narrows_and_counts_everybody_once_per_stage() {
        let counts = [
            (S::Draft, 3, 0),
            (S::Withdrawn, 2, 1),
            (S::Returned, 1, 1),
            (S::NotSelected, 4, 4),
            (S::Denied, 1, 1),
            (S::Recognised, 5, 5),
        ];
        let found: Vec<_> = funnel(&counts).into_iter().map(|row| (row.stage.as_str(), row.count)).collect();
        assert_eq!(found, [("begun", 16), ("submitted", 12), ("accepted", 10), ("proposed", 6), ("recognised", 5)]);
        assert!(funnel(&[]).iter().all(|row| row.count == 0));
    }

    #[test]
    fn a_flow_tells_what_was_held_at_the_end_of_each_year() {
        let spells: [Spell; 4] = [
            ("a".into(), Tier::Seed, day("2024-05-01"), Some(at("2025-06-01T00:00:00Z"))),
            ("a".into(), Tier::FutureStar, day("2025-06-01"), None),
            // Ended on the last day of a year in Shanghai: not held at its end.
            ("b".into(), Tier::Seed, day("2024-05-01"), Some(at("2025-12-31T04:00:00Z"))),
            ("c".into(), Tier::Leading, day("2026-02-01"), None),
        ];
        let flow = cohort_flow(&spells, 2024, day("2026-03-01"));
        let told: Vec<_> = flow
            .iter()
            .map(|link| {
                let name = |s: &Standing| format!("{} {}", s.year, s.tier.map_or("-", |tier| tier.as_str()));
                (name(&link.from), name(&link.to), link.count)
            })
            .collect();
        let expected = [
            ("2024 seed", "2025 -", 1),
            ("2024 seed", "2025 future_star", 1),
            ("2025 -", "2026 leading", 1),
            ("2025 future_star", "2026 future_star", 1),
        ];
        assert_eq!(told, expected.map(|(a, b, n)| (a.to_owned(), b.to_owned(), n)));
        assert_eq!(cohort_flow(&spells, 2026, day("2026-03-01")), []);
    }

    #[test]
    fn a_median_is_of_stays_that_have_ended() {
        let entry = |id: &str, state, moment: &str| (id.to_owned(), state, at(moment));
        let entries = [
            entry("a", S::Submitted, "2026-03-01T00:00:00Z"),
            entry("a", S::Submitted, "2026-03-02T12:00:00Z"),
            entry("a", S::Accepted, "2026-03-03T00:00:00Z"),
            entry("b", S::Submitted, "2026-03-01T00:00:00Z"),
            entry("b", S::Returned, "2026-03-02T00:00:00Z"),
            entry("b", S::Submitted, "2026-03-06T00:00:00Z"),
        ];
        let found: Vec<_> =
            durations(&entries).into_iter().map(|d| (d.state, d.count, d.median_seconds / 86_400)).collect();
        assert_eq!(found, [(S::Submitted, 2, 1), (S::Returned, 1, 4)]);
        assert_eq!(durations(&[]), []);
    }
}
