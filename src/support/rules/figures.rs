//! Figures of the support record. Exact: integers only, and the number behind each figure is shown beside it.

use std::collections::{BTreeMap, BTreeSet};

use crate::platform::types::Stamp;
use crate::programme::model::Tier;
use crate::support::model::{EffectFigure, EffectRow, ItemState, ServiceRow};

/// What is compared before and after.
pub const EFFECT_INDICATORS: [&str; 4] = ["revenue", "rd_expense", "staff", "equity_new"];

const MILLION: i128 = 1_000_000;

/// A supported enterprise, with its figures of the plan's year and the year before.
pub struct Supported {
    pub enterprise: String,
    pub tier: Tier,
    pub track: Option<String>,
}

/// Figures by enterprise, indicator and year.
pub type Figures = BTreeMap<(String, String, i32), i64>;

pub fn effects(year: i32, supported: &[Supported], figures: &Figures) -> Vec<EffectRow> {
    let mut groups: BTreeMap<(Tier, Option<&str>), BTreeSet<&str>> = BTreeMap::new();
    for one in supported {
        groups.entry((one.tier, one.track.as_deref())).or_default().insert(&one.enterprise);
    }
    let figure = |indicator: &str, members: &BTreeSet<&str>| {
        let of = |member: &str, year: i32| figures.get(&(member.to_owned(), indicator.to_owned(), year)).copied();
        let pairs: Vec<(i64, i64)> = members.iter().filter_map(|m| of(m, year - 1).zip(of(m, year))).collect();
        let sum = |part: fn(&(i64, i64)) -> i64| pairs.iter().map(|pair| i128::from(part(pair))).sum::<i128>();
        let (before, after) = (sum(|pair| pair.0), sum(|pair| pair.1));
        EffectFigure {
            indicator: indicator.to_owned(),
            enterprises: pairs.len() as i64,
            before: narrow(before),
            after: narrow(after),
            growth_ppm: (before > 0).then(|| narrow(((after - before) * MILLION).div_euclid(before))),
        }
    };
    let row = |((tier, track), members): ((Tier, Option<&str>), BTreeSet<&str>)| EffectRow {
        tier,
        track: track.map(str::to_owned),
        enterprises: members.len() as i64,
        figures: EFFECT_INDICATORS.iter().map(|indicator| figure(indicator, &members)).collect(),
    };
    groups.into_iter().map(row).collect()
}

/// Ninety-two thousand trillion yuan is more than there is; beyond it the figure stays at the edge.
fn narrow(wide: i128) -> i64 {
    i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
}

/// An item that has ended, as the figures see it.
pub struct Ended {
    /// Unit or officer, with the name.
    pub group: Option<(String, String)>,
    pub state: ItemState,
    pub raised_at: Stamp,
    pub answered_at: Option<Stamp>,
    pub closed_at: Stamp,
    pub on_time: Option<bool>,
    pub rating: Option<i32>,
}

pub fn service(items: &[Ended]) -> Vec<ServiceRow> {
    let mut groups: BTreeMap<Option<(String, String)>, Vec<&Ended>> = BTreeMap::new();
    for item in items {
        groups.entry(item.group.clone()).or_default().push(item);
    }
    let row = |(group, items): (Option<(String, String)>, Vec<&Ended>)| {
        let closed: Vec<_> = items.iter().filter(|item| item.state == ItemState::Closed).collect();
        let timed: Vec<bool> = closed.iter().filter_map(|item| item.on_time).collect();
        let answers =
            items.iter().filter_map(|item| Some((item.answered_at?.utc() - item.raised_at.utc()).num_hours()));
        let days = closed.iter().map(|item| (item.closed_at.utc() - item.raised_at.utc()).num_days());
        let mut ratings = [0_i64; 5];
        for rating in items.iter().filter_map(|item| item.rating) {
            if let Some(count) = usize::try_from(rating - 1).ok().and_then(|at| ratings.get_mut(at)) {
                *count += 1;
            }
        }
        let (id, name) = group.unzip();
        ServiceRow {
            id,
            name,
            closed: closed.len() as i64,
            explained: (items.len() - closed.len()) as i64,
            on_time_ppm: share(timed.iter().filter(|on_time| **on_time).count() as i64, timed.len() as i64),
            first_response_hours: median(answers.collect()),
            days_to_close: median(days.collect()),
            satisfied_ppm: share(ratings[3] + ratings[4], ratings.iter().sum()),
            ratings,
        }
    };
    groups.into_iter().map(row).collect()
}

fn share(part: i64, whole: i64) -> Option<i64> {
    (part * MILLION as i64).checked_div(whole)
}

/// The middle one; of two middle ones their mean, rounded down.
pub fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let n = values.len();
    let (low, high) = (values.get(n.checked_sub(1)? / 2)?, values.get(n / 2)?);
    Some((low + high).div_euclid(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stamp(text: &str) -> Stamp {
        Stamp::new(text.parse().unwrap())
    }

    #[test]
    fn only_enterprises_with_both_years_stand_behind_a_figure() {
        let supported: Vec<_> = ["a", "b", "c"]
            .map(|e| Supported { enterprise: e.into(), tier: Tier::Seed, track: Some("quantum".into()) })
            .into();
        let mut figures = Figures::new();
        for (enterprise, year, revenue) in [("a", 2025, 100), ("a", 2026, 150), ("b", 2025, 900), ("c", 2026, 7)] {
            figures.insert((enterprise.into(), "revenue".into(), year), revenue);
        }
        let rows = effects(2026, &supported, &figures);
        assert_eq!((rows.len(), rows[0].enterprises), (1, 3));
        let figure = |indicator: &str, enterprises, before, after, growth_ppm| EffectFigure {
            indicator: indicator.into(),
            enterprises,
            before,
            after,
            growth_ppm,
        };
        assert_eq!(rows[0].figures[0], figure("revenue", 1, 100, 150, Some(500_000)));
        assert_eq!(rows[0].figures[1], figure("rd_expense", 0, 0, 0, None));
    }

    #[test]
    fn service_is_counted_per_group_and_what_is_not_known_is_not_guessed() {
        let item = |group: Option<&str>, state, hours: Option<i64>, days: i64, on_time, rating| {
            let raised_at = stamp("2026-03-02T01:00:00Z");
            Ended {
                group: group.map(|g| (g.to_owned(), g.to_uppercase())),
                state,
                raised_at,
                answered_at: hours.map(|h| raised_at.plus(chrono::Duration::hours(h))),
                closed_at: raised_at.plus(chrono::Duration::days(days)),
                on_time,
                rating,
            }
        };
        let rows = service(&[
            item(Some("u"), ItemState::Closed, Some(5), 10, Some(true), Some(5)),
            item(Some("u"), ItemState::Closed, Some(8), 21, Some(false), Some(2)),
            item(Some("u"), ItemState::Explained, None, 3, None, None),
            item(None, ItemState::Explained, None, 3, None, None),
        ]);
        let none = ServiceRow {
            id: None,
            name: None,
            closed: 0,
            explained: 1,
            on_time_ppm: None,
            first_response_hours: None,
            days_to_close: None,
            ratings: [0; 5],
            satisfied_ppm: None,
        };
        let unit = ServiceRow {
            id: Some("u".into()),
            name: Some("U".into()),
            closed: 2,
            explained: 1,
            on_time_ppm: Some(500_000),
            first_response_hours: Some(6),
            days_to_close: Some(15),
            ratings: [0, 1, 0, 0, 1],
            satisfied_ppm: Some(500_000),
        };
        assert_eq!(rows, [none, unit]);
    }

    proptest! {
        #[test]
        fn half_lies_on_either_side_of_the_median(values in prop::collection::vec(-1000..1000_i64, 1..30)) {
            let middle = median(values.clone()).unwrap();
            let below = values.iter().filter(|v| **v < middle).count();
            let above = values.iter().filter(|v| **v > middle).count();
            prop_assert!(2 * below <= values.len() && 2 * above <= values.len());
        }
    }
}
