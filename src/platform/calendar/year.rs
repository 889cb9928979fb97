//! One year's file: public holidays, and the weekend days worked in exchange.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::error::{AppError, Code, Faults, FieldCode};
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

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: i32,
    source: String,
    #[serde(default)]
    workdays: Vec<NaiveDate>,
    #[serde(default)]
    holidays: Vec<HolidayEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayEntry {
    name: Say,
    #[serde(skip_serializing_if = "Option::is_none")]
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
    /// `on` or `from` + `to`.
    ///
    /// # Errors
    /// `malformed_request` naming the line when the text is no such document, otherwise `invalid_fields` with every fault
    /// at its place (`/holidays/2`, `/workdays/0`).
    pub fn parse(text: &str) -> Result<Self, AppError> {
        Self::check(toml::from_str(text).map_err(no_year_file)?)
    }

    /// The same document as JSON.
    ///
    /// # Errors
    /// As [`YearCalendar::parse`].
    pub fn parse_json(text: &str) -> Result<Self, AppError> {
        Self::check(serde_json::from_str(text).map_err(no_year_file)?)
    }

    /// As JSON that [`YearCalendar::parse_json`] reads back.
    pub fn to_json(&self) -> String {
        let holidays = self.holidays.iter().map(|holiday| HolidayEntry {
            name: holiday.name.clone(),
            on: None,
            from: Some(holiday.from),
            to: Some(holiday.to),
        });
        let file = YearFile {
            year: self.year,
            source: self.source.clone(),
            workdays: self.workdays().collect(),
            holidays: holidays.collect(),
        };
        serde_json::to_string(&file).expect("a year file is plain data")
    }

    /// Weekend days worked in exchange for a holiday, oldest first.
    pub fn workdays(&self) -> impl Iterator<Item = NaiveDate> {
        self.workdays.iter().copied()
    }

    fn check(file: YearFile) -> Result<Self, AppError> {
        let mut faults = Faults::default();
        let mut days_off = BTreeSet::new();
        let mut holidays = vec![];

        for (i, entry) in file.holidays.into_iter().enumerate() {
            let at = format!("/holidays/{i}");
            let Some((from, to)) = entry.range() else {
                let say = say!("须填写 on，或同时填写 from 与 to", "give `on`, or both `from` and `to`");
                faults.add(at, FieldCode::Required, say);
                continue;
            };
            if to < from {
                faults.add(at, FieldCode::DateOrder, say!("结束日 {to} 早于开始日 {from}", "{to} is before {from}"));
                continue;
            }
            // Both ends, before any day is walked: a mistyped century must not fill the memory.
            if [from, to].iter().any(|date| outside_year(&mut faults, &at, *date, file.year)) {
                continue;
            }
            let days: Vec<_> = from.iter_days().take_while(|date| *date <= to).collect();
            if let Some(date) = days.iter().find(|date| days_off.contains(*date)) {
                let say = say!("{date} 已属于另一节假日", "{date} belongs to another holiday already");
                faults.add(at, FieldCode::Duplicate, say);
            }
            days_off.extend(days);
            holidays.push(Holiday { name: entry.name, from, to });
        }

        let mut workdays = BTreeSet::new();
        for (i, date) in file.workdays.into_iter().enumerate() {
            let at = format!("/workdays/{i}");
            if outside_year(&mut faults, &at, date, file.year) {
                continue;
            }
            if days_off.contains(&date) {
                faults.add(
                    at,
                    FieldCode::NotAllowed,
                    say!("{date} 同时列为放假日", "{date} is listed as a holiday too"),
                );
            } else if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                let say =
                    say!("{date} 不是周末，无需列为调休上班日", "{date} is no weekend day, so it is worked anyway");
                faults.add(at, FieldCode::NotAllowed, say);
            } else if !workdays.insert(date) {
                faults.add(at, FieldCode::Duplicate, say!("{date} 重复", "{date} is listed twice"));
            }
        }

        faults.done()?;
        Ok(Self { year: file.year, source: file.source, holidays, days_off, workdays })
    }

    pub(super) fn is_holiday(&self, date: NaiveDate) -> bool {
        self.days_off.contains(&date)
    }

    pub(super) fn is_workday(&self, date: NaiveDate) -> bool {
        self.workdays.contains(&date)
    }
}

fn no_year_file(e: impl std::fmt::Display) -> AppError {
    AppError::with(Code::MalformedRequest, say!("不是有效的年度日历文件：{e}", "not a year calendar: {e}"))
}

fn outside_year(faults: &mut Faults, at: &str, date: NaiveDate, year: i32) -> bool {
    let outside = date.year() != year;
    if outside {
        faults.add(at, FieldCode::OutOfRange, say!("{date} 不在 {year} 年", "{date} is not in {year}"));
    }
    outside
}
