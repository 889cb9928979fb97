//! How far a goal is reached. Exact: integers only.

use chrono::Datelike;

use crate::support::model::{Goal, GoalResult};

const MILLION: i128 = 1_000_000;

/// `actual` is the figure of the goal's year and whether it was verified. Without a figure nothing is reached.
pub fn goal_result(goal: &Goal, actual: Option<(i64, bool)>) -> GoalResult {
    let reached = actual.is_some_and(|(actual, _)| is_reached(goal, actual));
    GoalResult {
        indicator: goal.indicator.clone(),
        year: goal.due_on.year(),
        base: goal.base,
        target: goal.target,
        actual: actual.map(|(value, _)| value),
        progress_ppm: actual.map(|(value, _)| progress_ppm(goal, value)),
        reached,
        verified: actual.is_some_and(|(_, verified)| verified),
    }
}

/// Goals reached of a million, rounded down; 0 without goals.
pub fn attained_ppm(goals: &[GoalResult]) -> i64 {
    let reached = goals.iter().filter(|goal| goal.reached).count() as i64;
    (reached * MILLION as i64).checked_div(goals.len() as i64).unwrap_or(0)
}

fn is_reached(goal: &Goal, actual: i64) -> bool {
    if goal.target < goal.base { actual <= goal.target } else { actual >= goal.target }
}

/// The share of the way from base to target, rounded down, so that a million is shown only for what is reached.
fn progress_ppm(goal: &Goal, actual: i64) -> i64 {
    let (base, target, actual_wide) = (i128::from(goal.base), i128::from(goal.target), i128::from(actual));
    if is_reached(goal, actual) {
        return MILLION as i64;
    }
    if target == base {
        return 0;
    }
    let share = ((actual_wide - base) * MILLION).div_euclid(target - base);
    share.clamp(0, MILLION - 1) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn goal(base: i64, target: i64) -> Goal {
        let due_on = chrono::NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        Goal { indicator: "revenue".into(), base, target, due_on, origin: None }
    }

    #[test]
    fn rising_falling_and_holding_goals_are_judged_each_in_its_direction() {
        for (base, target, actual, progress, reached) in [
            (100, 200, Some(150), Some(500_000), false),
            (100, 200, Some(200), Some(1_000_000), true),
            (100, 200, Some(50), Some(0), false),
            (200, 100, Some(150), Some(500_000), false),
            (200, 100, Some(99), Some(1_000_000), true),
            (200, 100, Some(300), Some(0), false),
            (100, 100, Some(100), Some(1_000_000), true),
            (100, 100, Some(99), Some(0), false),
            (0, 3, Some(2), Some(666_666), false),
            (100, 200, None, None, false),
        ] {
            let result = goal_result(&goal(base, target), actual.map(|value| (value, true)));
            assert_eq!((result.progress_ppm, result.reached), (progress, reached), "{base} -> {target}: {actual:?}");
        }
    }

    #[test]
    fn attainment_counts_goals_and_nothing_is_nothing() {
        let results: Vec<_> =
            [Some(200), Some(150), None].map(|actual| goal_result(&goal(100, 200), actual.map(|v| (v, false)))).into();
        assert_eq!(attained_ppm(&results), 333_333);
        assert_eq!(attained_ppm(&[]), 0);
    }

    proptest! {
        #[test]
        fn a_million_is_shown_exactly_for_what_is_reached(base: i64, target: i64, actual: i64) {
            let result = goal_result(&goal(base, target), Some((actual, false)));
            let progress = result.progress_ppm.unwrap();
            prop_assert!((0..=1_000_000).contains(&progress));
            prop_assert_eq!(progress == 1_000_000, result.reached);
        }

        #[test]
        fn more_of_what_is_wanted_is_never_less_progress(base in -1000..1000_i64, target in -1000..1000_i64, a in -1000..1000_i64, b in -1000..1000_i64) {
            let progress = |actual| goal_result(&goal(base, target), Some((actual, false))).progress_ppm.unwrap();
            let (low, high) = (a.min(b), a.max(b));
            let (worse, better) = if target < base { (high, low) } else { (low, high) };
            prop_assert!(progress(worse) <= progress(better));
        }
    }
}
