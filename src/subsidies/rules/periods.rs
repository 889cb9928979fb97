//! Interest year, window and budget year of a claim, by the days a scheme names (`MM-DD`).

use chrono::{Datelike, NaiveDate};

use crate::error::{Code, Refusal};
use crate::say;
use crate::talent_loans::scheme::SubsidyTerms;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    /// The year the interest period ends in.
    pub year: i32,
    /// Whose budget pays and whose cap counts: the calendar year the window opens in.
    pub budget_year: i32,
    pub interest_from: NaiveDate,
    /// Exclusive.
    pub interest_to: NaiveDate,
    pub window_from: NaiveDate,
    /// Last day.
    pub window_to: NaiveDate,
}

/// The interest year ends in `year` and begins in the one before; the window is the first one after its end. `None` when a day of
/// the scheme is none (schemes are checked when they are written).
pub fn periods(terms: &SubsidyTerms, year: i32) -> Option<Periods> {
    let interest_from = day(year - 1, &terms.interest_from)?;
    let interest_to = day(year, &terms.interest_to)?;
    let window_from = first_from(interest_to, &terms.window_from)?;
    let window_to = first_from(window_from, &terms.window_to)?;
    Some(Periods { year, budget_year: window_from.year(), interest_from, interest_to, window_from, window_to })
}

/// The interest year whose window is open on a day; otherwise the one whose window opened last.
pub fn year_on(terms: &SubsidyTerms, on: NaiveDate) -> Option<i32> {
    let years = (on.year() - 2..=on.year()).rev();
    years.filter_map(|year| periods(terms, year)).find(|p| p.window_from <= on).map(|p| p.year)
}

/// Handed in on a day of the window, the last one included.
pub fn may_file_on(window_from: NaiveDate, window_to: NaiveDate, on: NaiveDate) -> Result<(), Refusal> {
    let (from, to) = (window_from, window_to);
    if on < from {
        let said = say!("申报窗口为 {from} 至 {to}，尚未开始", "the window opens on {from} and closes on {to}");
        return Err(Refusal::new(Code::NotYetDue, said));
    }
    if on > to {
        let said = say!("申报窗口为 {from} 至 {to}，已经结束", "the window was open from {from} to {to}");
        return Err(Refusal::new(Code::DeadlinePassed, said));
    }
    Ok(())
}

fn day(year: i32, text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(&format!("{year}-{text}"), "%Y-%m-%d").ok()
}

/// The first day of this name on or after another.
fn first_from(start: NaiveDate, text: &str) -> Option<NaiveDate> {
    [start.year(), start.year() + 1].into_iter().filter_map(|year| day(year, text)).find(|on| *on >= start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::talent_loans::scheme::shipped;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn an_interest_year_is_claimed_in_the_window_after_its_end_and_paid_from_that_years_budget() {
        let found = periods(&shipped().subsidy, 2026).expect("the shipped days are days");
        let expected = Periods {
            year: 2026,
            budget_year: 2027,
            interest_from: on("2025-12-21"),
            interest_to: on("2026-12-21"),
            window_from: on("2027-01-01"),
            window_to: on("2027-03-31"),
        };
        assert_eq!(found, expected);
        // A window late in the same year belongs to the same year's budget.
        let mut terms = shipped().subsidy.clone();
        (terms.interest_to, terms.window_from, terms.window_to) = ("07-01".into(), "11-01".into(), "01-31".into());
        let found = periods(&terms, 2026).expect("days");
        assert_eq!((found.budget_year, found.window_from, found.window_to), (2026, on("2026-11-01"), on("2027-01-31")));
    }

    #[test]
    fn the_window_holds_its_first_and_its_last_day() {
        let (from, to) = (on("2027-01-01"), on("2027-03-31"));
        for (day, code) in [
            ("2026-12-31", Some(Code::NotYetDue)),
            ("2027-01-01", None),
            ("2027-03-31", None),
            ("2027-04-01", Some(Code::DeadlinePassed)),
        ] {
            assert_eq!(may_file_on(from, to, on(day)).err().map(|r| r.code), code, "{day}");
        }
        let terms = &shipped().subsidy;
        for (day, year) in [("2026-12-31", 2025), ("2027-01-01", 2026), ("2027-03-31", 2026), ("2027-06-01", 2026)] {
            assert_eq!(year_on(terms, on(day)), Some(year), "{day}");
        }
    }
}
