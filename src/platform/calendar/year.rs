//! One year's file: public holidays, and the weekend days worked in exchange.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use crate::platform::text::Say;
use crate::say;

/// The calendar of one year, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearCalendar {
    pub year: i32,
    /// The notice it was taken from.
    pub source: String,
    pub holidays: Vec<Holiday>,
    days_off: BTreeSet<NaiveDate>,
    workdays: BTreeSet<NaiveDate>,
}

/// A public holiday, first and last day included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub name: Say,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Why a year file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFault {
    /// `not_a_calendar`, `holiday_without_days`, `reversed_range`, `outside_year`, `holidays_overlap`,
    /// `duplicate_workday`, `workday_in_holiday` or `workday_not_at_weekend`.
    pub code: &'static str,
    /// Where: `holidays[2]`, `workdays[0]`; empty for the file as a whole (the text then names the line).
    pub at: String,
    pub text: Say,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: i32,
    source: String,
    #[serde(default)]
    workdays: Vec<NaiveDate>,
    #[serde(default)]
    holidays: Vec<HolidayEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayEntry {
    name: Say,
    on: Option<NaiveDate>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl HolidayEntry {
    fn range(&self) -> Option<(NaiveDate, NaiveDate)> {
        match (self.on, self.from, self.to) {
            (Some(on), None, None) => Some((on, on)),
            (None, Some(from), Some(to)) => Some((from, to)),
            _ => None,
        }
    }
}

impl YearCalendar {
    /// Reads a year file (TOML): `year`, `source`, `workdays = [date, ..]` and `[[holidays]]` with `name = {zh, en}` and
    /// `on` or `from` + `to`. All faults are told at once, except when the text is not such a document at all.
    pub fn parse(text: &str) -> Result<Self, Vec<CalendarFault>> {
        let file: YearFile = toml::from_str(text).map_err(|e| {
            let text = say!("不是有效的年度日历文件：{e}", "not a year calendar: {e}");
            vec![CalendarFault { code: "not_a_calendar", at: String::new(), text }]
        })?;
        let mut faults = Faults { year: file.year, found: vec![] };
        let mut days_off = BTreeSet::new();
        let mut holidays = vec![];

        for (i, entry) in file.holidays.into_iter().enumerate() {
            let at = format!("holidays[{i}]");
            let Some((from, to)) = entry.range() else {
                faults.add(
                    "holiday_without_days",
                    at,
                    say!("须填写 on，或同时填写 from 与 to", "give `on`, or both `from` and `to`"),
                );
                continue;
            };
            if to < from {
                faults.add("reversed_range", at, say!("结束日 {to} 早于开始日 {from}", "{to} is before {from}"));
                continue;
            }
            // Both ends, before any day is walked: a mistyped century must not fill the memory.
            if !(faults.in_year(&at, from) & faults.in_year(&at, to)) {
                continue;
            }
            let days: Vec<_> = from.iter_days().take_while(|date| *date <= to).collect();
            if let Some(date) = days.iter().find(|date| days_off.contains(*date)) {
                faults.add(
                    "holidays_overlap",
                    at,
                    say!("{date} 已属于另一节假日", "{date} belongs to another holiday already"),
                );
            }
            days_off.extend(days);
            holidays.push(Holiday { name: entry.name, from, to });
        }

        let mut workdays = BTreeSet::new();
        for (i, date) in file.workdays.into_iter().enumerate() {
            let at = format!("workdays[{i}]");
            if !faults.in_year(&at, date) {
                continue;
            }
            if days_off.contains(&date) {
                faults.add(
                    "workday_in_holiday",
                    at,
                    say!("{date} 同时列为放假日", "{date} is listed as a holiday too"),
                );
            } else if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                let text =
                    say!("{date} 不是周末，无需列为调休上班日", "{date} is no weekend day, so it is worked anyway");
                faults.add("workday_not_at_weekend", at, text);
            } else if !workdays.insert(date) {
                faults.add("duplicate_workday", at, say!("{date} 重复", "{date} is listed twice"));
            }
        }

        match faults.found {
            found if found.is_empty() => {
                Ok(Self { year: file.year, source: file.source, holidays, days_off, workdays })
            }
            found => Err(found),
        }
    }

    pub(super) fn is_holiday(&self, date: NaiveDate) -> bool {
        self.days_off.contains(&date)
    }

    pub(super) fn is_workday(&self, date: NaiveDate) -> bool {
        self.workdays.contains(&date)
    }
}

struct Faults {
    year: i32,
    found: Vec<CalendarFault>,
}

impl Faults {
    fn add(&mut self, code: &'static str, at: String, text: Say) {
        self.found.push(CalendarFault { code, at, text });
    }

    fn in_year(&mut self, at: &str, date: NaiveDate) -> bool {
        let year = self.year;
        if date.year() != year {
            self.add("outside_year", at.to_owned(), say!("{date} 不在 {year} 年", "{date} is not in {year}"));
        }
        date.year() == year
    }
}
