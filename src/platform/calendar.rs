//! Working days and business days in Asia/Shanghai.
//!
//! China has kept UTC+8 without summer time since 1991, so the zone is a fixed offset and no time-zone table is needed.
//! Public holidays and the weekend days worked in exchange come from one file per year (the yearly notice of the State
//! Council General Office). A year without a file is counted by weekends only, and whatever was counted over such a
//! year says so (`provisional`).

#[cfg(test)]
mod tests;
mod year;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

pub use year::{Holiday, YearCalendar};

const SHIPPED: [&str; 3] = [
    include_str!("../../config/holidays/2024.toml"),
    include_str!("../../config/holidays/2025.toml"),
    include_str!("../../config/holidays/2026.toml"),
];

/// Whether the day a period starts on is its first day. The default of the house is not
/// (Civil Code of the PRC, art. 201: the period runs from the following day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstDay {
    Counted,
    #[default]
    NotCounted,
}

/// The last day of a period of working days; the period is over at the end of that day ([`end_of_day_utc`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodEnd {
    pub ends_on: NaiveDate,
    /// Some day that was looked at lies in a year without a calendar.
    pub provisional: bool,
}

/// The calendars of any number of years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    years: BTreeMap<i32, YearCalendar>,
}

impl Calendar {
    /// The years that come with the program.
    pub fn shipped() -> Self {
        SHIPPED.iter().map(|text| YearCalendar::parse(text).expect("the shipped year files are tested")).collect()
    }

    /// Adds a year, or replaces the one already there.
    pub fn insert(&mut self, year: YearCalendar) {
        self.years.insert(year.year, year);
    }

    /// The calendars held, oldest year first.
    pub fn years(&self) -> impl Iterator<Item = &YearCalendar> {
        self.years.values()
    }

    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match self.years.get(&date.year()) {
            Some(year) => year.is_workday(date) || !(weekend || year.is_holiday(date)),
            None => !weekend,
        }
    }

    /// The `n`-th working day after `start`, whatever day `start` itself is; `start` for 0.
    pub fn add_working_days(&self, start: NaiveDate, n: u16) -> NaiveDate {
        self.end_of_period(start, n, FirstDay::NotCounted).ends_on
    }

    /// The last day of a period of `n` working days that starts on `start`. A start that is no working day counts under
    /// neither convention.
    pub fn end_of_period(&self, start: NaiveDate, n: u16, first_day: FirstDay) -> PeriodEnd {
        let skipped = match first_day {
            FirstDay::Counted => 0,
            FirstDay::NotCounted => 1,
        };
        let mut end = PeriodEnd { ends_on: start, provisional: false };
        let mut left = n;
        for date in start.iter_days().skip(skipped) {
            if left == 0 {
                break;
            }
            end.ends_on = date;
            end.provisional |= !self.years.contains_key(&date.year());
            left -= u16::from(self.is_working_day(date));
        }
        end
    }

    /// The latest day whose `n`-th working day after it lies before `today`: what came in on it is overdue.
    pub fn last_day_overdue(&self, today: NaiveDate, n: u16) -> NaiveDate {
        let mut days = std::iter::successors(Some(today), NaiveDate::pred_opt);
        days.find(|day| self.add_working_days(*day, n) < today).unwrap_or(NaiveDate::MIN)
    }

    /// Working days after `start` up to and including `end`; 0 when `end` is not after `start`.
    pub fn working_days_between(&self, start: NaiveDate, end: NaiveDate) -> usize {
        start.iter_days().skip(1).take_while(|date| *date <= end).filter(|date| self.is_working_day(*date)).count()
    }

    /// Years between `today` and `horizon` later for which no calendar is held: time to import one.
    pub fn missing_years(&self, today: NaiveDate, horizon: Days) -> Vec<i32> {
        let last = today.checked_add_days(horizon).unwrap_or(NaiveDate::MAX);
        (today.year()..=last.year()).filter(|year| !self.years.contains_key(year)).collect()
    }
}

impl FromIterator<YearCalendar> for Calendar {
    fn from_iter<T: IntoIterator<Item = YearCalendar>>(years: T) -> Self {
        Self { years: years.into_iter().map(|year| (year.year, year)).collect() }
    }
}

/// The day it is in Shanghai.
pub fn business_day(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&shanghai()).date_naive()
}

/// 00:00 in Shanghai on that day.
pub fn start_of_day_utc(date: NaiveDate) -> DateTime<Utc> {
    let offset = TimeDelta::seconds(shanghai().local_minus_utc().into());
    date.and_time(NaiveTime::MIN).and_utc().checked_sub_signed(offset).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// 24:00 in Shanghai on that day, the first moment that is too late for something due on it.
pub fn end_of_day_utc(date: NaiveDate) -> DateTime<Utc> {
    date.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, start_of_day_utc)
}

fn shanghai() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours is a valid offset")
}
