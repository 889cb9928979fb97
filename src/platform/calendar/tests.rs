use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

#[test]
fn periods_end_as_the_notices_of_2024_to_2026_say() {
    // start, working days, end when the first day is not counted, end when it is
    let rows = [
        ("2025-12-05", 5, "2025-12-12", "2025-12-11"),
        ("2026-09-29", 5, "2026-10-12", "2026-10-10"),
        ("2026-09-18", 5, "2026-09-24", "2026-09-23"),
        ("2026-02-12", 7, "2026-02-28", "2026-02-27"),
        ("2026-04-29", 5, "2026-05-09", "2026-05-08"),
        ("2025-09-28", 5, "2025-10-11", "2025-10-10"),
        ("2025-01-24", 7, "2025-02-10", "2025-02-08"),
        ("2024-09-30", 5, "2024-10-12", "2024-10-11"),
        ("2026-01-02", 5, "2026-01-08", "2026-01-08"),
        ("2026-01-20", 60, "2026-04-21", "2026-04-20"),
        ("2026-11-23", 5, "2026-11-30", "2026-11-27"),
    ];
    let calendar = Calendar::shipped();
    for (start, n, not_counted, counted) in rows {
        let end = |first_day| calendar.end_of_period(day(start), n, first_day);
        let sure = |date| PeriodEnd { ends_on: day(date), provisional: false };
        assert_eq!(end(FirstDay::NotCounted), sure(not_counted), "{start} + {n}, first day not counted");
        assert_eq!(end(FirstDay::Counted), sure(counted), "{start} + {n}, first day counted");
        assert_eq!(calendar.add_working_days(day(start), n), day(not_counted));
    }
}

#[test]
fn every_month_has_the_working_days_the_notices_leave() {
    let years: [(i32, [usize; 12], usize); 3] = [
        (2024, [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22], 251),
        (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23], 248),
        (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23], 248),
    ];
    let calendar = Calendar::shipped();
    for (year, months, total) in years {
        let mut counted = [0; 12];
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
        for date in first.iter_days().take_while(|date| date.year() == year) {
            counted[date.month0() as usize] += usize::from(calendar.is_working_day(date));
        }
        assert_eq!(counted, months, "{year}");
        assert_eq!(counted.iter().sum::<usize>(), total, "{year}");
    }
}

#[test]
fn a_period_that_looks_at_a_year_without_a_calendar_is_provisional() {
    let calendar = Calendar::shipped();
    let rows = [
        ("2026-12-31", 1, FirstDay::Counted, "2026-12-31", false),
        ("2026-12-31", 1, FirstDay::NotCounted, "2027-01-01", true),
        ("2026-12-28", 5, FirstDay::NotCounted, "2027-01-04", true),
        ("2023-12-31", 1, FirstDay::NotCounted, "2024-01-02", false),
        ("2023-12-29", 1, FirstDay::NotCounted, "2024-01-02", true),
        ("2030-06-01", 0, FirstDay::NotCounted, "2030-06-01", false),
    ];
    for (start, n, first_day, ends_on, provisional) in rows {
        let expected = PeriodEnd { ends_on: day(ends_on), provisional };
        assert_eq!(calendar.end_of_period(day(start), n, first_day), expected, "{start} + {n} {first_day:?}");
    }
}

#[test]
fn an_imported_year_takes_the_place_of_the_weekend_count() {
    let mut calendar = Calendar::shipped();
    assert_eq!(calendar.missing_years(day("2026-11-01"), Days::new(60)), Vec::<i32>::new());
    assert_eq!(calendar.missing_years(day("2026-11-01"), Days::new(90)), [2027]);
    assert_eq!(calendar.missing_years(day("2023-12-31"), Days::new(1)), [2023]);
    assert_eq!(calendar.missing_years(day("2026-11-01"), Days::new(800)), [2027, 2028, 2029]);
    assert!(calendar.is_working_day(day("2027-01-01")));

    let text =
        "year = 2027\nsource = \"s\"\n[[holidays]]\nname = { zh = \"元旦\", en = \"New Year\" }\non = \"2027-01-01\"";
    calendar.insert(YearCalendar::parse(text).expect("a calendar"));
    assert!(!calendar.is_working_day(day("2027-01-01")));
    assert_eq!(calendar.missing_years(day("2026-11-01"), Days::new(90)), Vec::<i32>::new());
    assert_eq!(calendar.years().map(|year| year.year).collect::<Vec<_>>(), [2024, 2025, 2026, 2027]);
}

#[test]
fn a_year_file_is_refused_with_all_its_faults() {
    let text = r#"
        year = 2027
        source = "s"
        workdays = ["2027-02-06", "2027-02-06", "2027-02-10", "2028-01-01", "2027-10-02"]
        [[holidays]]
        name = { zh = "国庆节", en = "National Day" }
        from = "2027-10-01"
        to = "2027-10-07"
        [[holidays]]
        name = { zh = "中秋节", en = "Mid-Autumn" }
        from = "2027-10-07"
        to = "2027-10-08"
        [[holidays]]
        name = { zh = "元旦", en = "New Year" }
        from = "2026-12-31"
        to = "2027-01-03"
        [[holidays]]
        name = { zh = "春节", en = "Spring Festival" }
        from = "2027-02-12"
        to = "2027-02-05"
        [[holidays]]
        name = { zh = "清明节", en = "Tomb-Sweeping" }
        from = "2027-04-05"
    "#;
    let refused = YearCalendar::parse(text).expect_err("faults");
    let found: Vec<_> = refused.fields.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    let expected = [
        ("/holidays/1", "duplicate"),
        ("/holidays/2", "out_of_range"),
        ("/holidays/3", "date_order"),
        ("/holidays/4", "required"),
        ("/workdays/1", "duplicate"),
        ("/workdays/2", "not_allowed"),
        ("/workdays/3", "out_of_range"),
        ("/workdays/4", "not_allowed"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_date_that_does_not_exist_is_named_with_its_line() {
    for text in ["year = 2027\nsource = \"s\"\nworkdays = [\"2027-02-30\"]", "year = 2027\nsource = \"s\"\nfeasts = []"]
    {
        let refused = YearCalendar::parse(text).expect_err("a fault");
        let detail = refused.detail.expect("a detail").en;
        assert!(detail.contains("line 3"), "{detail}");
    }
}

#[test]
fn a_business_day_begins_at_sixteen_hours_utc_of_the_day_before() {
    assert_eq!(business_day(moment("2026-03-01T15:59:59.999999Z")), day("2026-03-01"));
    assert_eq!(business_day(moment("2026-03-01T16:00:00Z")), day("2026-03-02"));
    assert_eq!(start_of_day_utc(day("2026-03-02")), moment("2026-03-01T16:00:00Z"));
    assert_eq!(end_of_day_utc(day("2026-03-02")), moment("2026-03-02T16:00:00Z"));
    for edge in [NaiveDate::MIN, NaiveDate::MAX] {
        assert!(start_of_day_utc(edge) <= end_of_day_utc(edge));
    }
}

proptest! {
    #[test]
    fn adding_n_working_days_lands_on_the_nth_working_day(offset in 0u64..1500, n in 1u16..120) {
        let calendar = Calendar::shipped();
        let start = day("2023-06-01") + Days::new(offset);
        let end = calendar.add_working_days(start, n);
        prop_assert!(calendar.is_working_day(end));
        prop_assert_eq!(calendar.working_days_between(start, end), usize::from(n));
    }

    #[test]
    fn what_came_in_until_the_last_overdue_day_is_overdue_and_what_came_later_is_not(offset in 0u64..1500, n in 1u16..30) {
        let calendar = Calendar::shipped();
        let today = day("2023-06-01") + Days::new(offset);
        let last = calendar.last_day_overdue(today, n);
        prop_assert!(calendar.add_working_days(last, n) < today);
        prop_assert!(calendar.add_working_days(last + Days::new(1), n) >= today);
    }

    #[test]
    fn counting_the_first_day_saves_one_working_day_exactly_when_it_is_one(offset in 0u64..1500, n in 1u16..60) {
        let calendar = Calendar::shipped();
        let start = day("2023-06-01") + Days::new(offset);
        let counted = calendar.end_of_period(start, n, FirstDay::Counted).ends_on;
        let saved = u16::from(calendar.is_working_day(start));
        prop_assert_eq!(counted, calendar.add_working_days(start, n - saved));
    }

    #[test]
    fn every_moment_lies_within_its_business_day(seconds in 0i64..4_000_000_000) {
        let now = DateTime::from_timestamp(seconds, 0).expect("a moment");
        let today = business_day(now);
        prop_assert!(start_of_day_utc(today) <= now && now < end_of_day_utc(today));
    }
}
