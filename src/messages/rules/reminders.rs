//! When to remind of a day, and when to say that it has passed.

use chrono::NaiveDate;

/// Which of the `steps` (days before `due_on`) a person should have heard of by `today`: the nearest one reached. None when it lies
/// before `since`, the day the matter came up: whoever has just begun needs no reminder, and a run that was missed is made up for by
/// one reminder, not by all of them.
pub fn step_before(due_on: NaiveDate, since: NaiveDate, today: NaiveDate, steps: &[i64]) -> Option<i64> {
    let left = (due_on - today).num_days();
    let reached = steps.iter().copied().filter(|step| left >= 0 && left <= *step).min()?;
    ((due_on - since).num_days() > reached).then_some(reached)
}

/// Which of the `steps` (days after `due_on`) has been reached last.
pub fn step_after(due_on: NaiveDate, today: NaiveDate, steps: &[i64]) -> Option<i64> {
    let late = (today - due_on).num_days();
    steps.iter().copied().filter(|step| late >= *step).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_person_is_reminded_seven_three_and_one_days_before_and_on_no_day_twice() {
        let steps = [7, 3, 1];
        let (due, since) = (day("2026-05-20"), day("2026-04-01"));
        for (today, expected) in [
            ("2026-05-12", None),
            ("2026-05-13", Some(7)),
            ("2026-05-14", Some(7)),
            ("2026-05-17", Some(3)),
            ("2026-05-18", Some(3)),
            ("2026-05-19", Some(1)),
            ("2026-05-20", Some(1)),
            ("2026-05-21", None),
        ] {
            assert_eq!(step_before(due, since, day(today), &steps), expected, "{today}");
        }
        // Begun five days before: the first reminder is the one three days before.
        assert_eq!(step_before(due, day("2026-05-15"), day("2026-05-15"), &steps), None);
        assert_eq!(step_before(due, day("2026-05-15"), day("2026-05-17"), &steps), Some(3));
        assert_eq!(step_before(due, since, day("2026-05-19"), &[]), None);
    }

    #[test]
    fn what_is_late_is_told_once_a_step() {
        let due = day("2026-05-20");
        for (today, expected) in [
            ("2026-05-20", None),
            ("2026-05-21", Some(1)),
            ("2026-05-24", Some(1)),
            ("2026-05-25", Some(5)),
            ("2026-07-01", Some(5)),
        ] {
            assert_eq!(step_after(due, day(today), &[1, 5]), expected, "{today}");
        }
    }

    proptest! {
        #[test]
        fn day_by_day_or_after_a_pause_nobody_hears_of_a_step_that_was_overtaken(
            days in 0..60_i64, gap in 1..30_i64, steps in proptest::collection::vec(0..20_i64, 0..5),
        ) {
            let due = day("2026-06-30");
            let since = day("2026-01-01");
            let today = due - chrono::Duration::days(days);
            let now = step_before(due, since, today, &steps);
            let later = step_before(due, since, today + chrono::Duration::days(gap), &steps);
            if let (Some(now), Some(later)) = (now, later) {
                prop_assert!(later <= now);
            }
            if let Some(step) = now {
                prop_assert!(steps.contains(&step) && days <= step);
            }
        }
    }
}
