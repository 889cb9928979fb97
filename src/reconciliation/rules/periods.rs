//! Months and years that are closed.

use chrono::{Datelike, Months, NaiveDate};

use crate::error::{Code, Refusal};
use crate::say;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// `2027-01` or `2027`.
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub is_year: bool,
}

/// A month of a year, or a year.
pub fn read_period(text: &str) -> Option<Span> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = match text.split_once('-') {
        Some((year, month)) if year.len() == 4 && month.len() == 2 && digits(year) && digits(month) => {
            (year.parse().ok()?, Some(month.parse().ok()?))
        }
        None if text.len() == 4 && digits(text) => (text.parse().ok()?, None),
        _ => return None,
    };
    span(year, month)
}

fn span(year: i32, month: Option<u32>) -> Option<Span> {
    let starts_on = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
    let ends_on = starts_on.checked_add_months(Months::new(if month.is_some() { 1 } else { 12 }))?.pred_opt()?;
    let name = match month {
        Some(month) => format!("{year:04}-{month:02}"),
        None => format!("{year:04}"),
    };
    Some(Span { name, starts_on, ends_on, is_year: month.is_none() })
}

/// The month before.
pub fn previous_month(span: &Span) -> Option<Span> {
    let day = span.starts_on.pred_opt()?;
    self::span(day.year(), Some(day.month()))
}

pub fn months_of(span: &Span) -> Vec<Span> {
    (1..=12).filter_map(|month| self::span(span.starts_on.year(), Some(month))).collect()
}

/// What closing depends on beside the calendar.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    pub closed: bool,
    /// Of a month: the month before is closed, or nothing was booked before. Of a year: all its months are closed.
    pub in_order: bool,
    pub open_differences: i64,
}

pub fn may_close(span: &Span, today: NaiveDate, facts: Facts) -> Result<(), Refusal> {
    let name = &span.name;
    if facts.closed {
        return Err(Refusal::new(Code::PeriodClosed, say!("{name} 已结账", "{name} is closed already")));
    }
    if today <= span.ends_on {
        return Err(Refusal::new(Code::NotYetDue, say!("{name} 尚未结束", "{name} has not ended")));
    }
    if !facts.in_order {
        let said = match span.is_year {
            true => say!("{name} 尚有月份未结账", "some months of {name} are not closed"),
            false => say!("上一个月尚未结账", "the month before is not closed"),
        };
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    if facts.open_differences > 0 {
        let n = facts.open_differences;
        let said = say!("{name} 尚有 {n} 项差异未处理", "{name} has {n} differences that nobody explained");
        return Err(Refusal::new(Code::DifferencesOpen, said));
    }
    Ok(())
}

pub fn closed(day: NaiveDate, period: &str) -> Refusal {
    let said = say!("{day} 所在期间 {period} 已结账", "{day} lies in {period}, which is closed");
    Refusal::new(Code::PeriodClosed, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn months_and_years_are_read_and_nothing_else() {
        let shown = |text| read_period(text).map(|s| (s.starts_on.to_string(), s.ends_on.to_string(), s.is_year));
        let pair = |a: &str, b: &str, year| Some((a.to_owned(), b.to_owned(), year));
        assert_eq!(shown("2028-02"), pair("2028-02-01", "2028-02-29", false));
        assert_eq!(shown("2027-12"), pair("2027-12-01", "2027-12-31", false));
        assert_eq!(shown("2027"), pair("2027-01-01", "2027-12-31", true));
        for text in ["", "2027-13", "2027-1", "27-01", "2027-00", "+027", "2027-+1"] {
            assert_eq!(shown(text), None, "{text}");
        }
        assert_eq!(previous_month(&read_period("2027-01").expect("a month")).map(|s| s.name), Some("2026-12".into()));
        assert_eq!(months_of(&read_period("2027").expect("a year")).len(), 12);
    }

    #[test]
    fn a_month_is_closed_once_it_is_over_in_order_and_without_a_riddle() {
        let month = read_period("2027-01").expect("a month");
        let fine = Facts { in_order: true, ..Facts::default() };
        for (today, facts, code) in [
            ("2027-02-01", fine, None),
            ("2027-01-31", fine, Some(Code::NotYetDue)),
            ("2027-02-01", Facts { closed: true, ..fine }, Some(Code::PeriodClosed)),
            ("2027-02-01", Facts { in_order: false, ..fine }, Some(Code::InvalidTransition)),
            ("2027-02-01", Facts { open_differences: 1, ..fine }, Some(Code::DifferencesOpen)),
        ] {
            assert_eq!(may_close(&month, on(today), facts).err().map(|r| r.code), code, "{today} {facts:?}");
        }
    }
}
