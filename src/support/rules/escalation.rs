//! Yellow when a deadline has passed, red more than ten working days later.

use chrono::NaiveDate;

use crate::platform::calendar::Calendar;
use crate::support::model::Escalation;

/// Working days after a deadline beyond which an item is shown to the approver.
pub const RED_AFTER: usize = 10;

pub fn level(calendar: &Calendar, deadline: NaiveDate, today: NaiveDate) -> Escalation {
    if deadline >= today {
        Escalation::None
    } else if calendar.working_days_between(deadline, today) > RED_AFTER {
        Escalation::Red
    } else {
        Escalation::Yellow
    }
}

/// The latest deadline that is red today: what lies before it is red as well.
pub fn red_up_to(calendar: &Calendar, today: NaiveDate) -> NaiveDate {
    let mut day = today;
    while level(calendar, day, today) != Escalation::Red {
        day = day.pred_opt().unwrap_or(NaiveDate::MIN);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_of_the_deadline_is_in_time_and_the_eleventh_working_day_is_red() {
        let calendar = Calendar::shipped();
        // Friday 6 March 2026; ten working days later is Friday the 20th.
        for (today, expected) in [
            ("2026-03-06", Escalation::None),
            ("2026-03-07", Escalation::Yellow),
            ("2026-03-20", Escalation::Yellow),
            ("2026-03-22", Escalation::Yellow),
            ("2026-03-23", Escalation::Red),
        ] {
            assert_eq!(level(&calendar, day("2026-03-06"), day(today)), expected, "{today}");
        }
    }

    proptest! {
        #[test]
        fn time_never_takes_a_level_back_and_the_cut_is_exact(start in 0..700_u64, late in 0..60_u64) {
            let calendar = Calendar::shipped();
            let deadline = day("2025-01-01") + chrono::Days::new(start);
            let today = deadline + chrono::Days::new(late);
            let level_of = |today| level(&calendar, deadline, today);
            prop_assert!(level_of(today) <= level_of(today + chrono::Days::new(1)));
            prop_assert_eq!(deadline <= red_up_to(&calendar, today), level_of(today) == Escalation::Red);
        }
    }
}
