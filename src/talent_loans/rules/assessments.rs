//! When a bank's loans have gone bad.

use chrono::{Datelike, NaiveDate};

use crate::talent_loans::scheme::BankLines;

/// The last day of the quarter that ended last.
pub fn last_quarter_end(today: NaiveDate) -> Option<NaiveDate> {
    let first_month = (today.month0() / 3) * 3 + 1;
    NaiveDate::from_ymd_opt(today.year(), first_month, 1)?.pred_opt()
}

/// More than the line, compared exactly, and enough loans for the ratio to mean something.
pub fn passes_line(loans: i64, balance_fen: i64, bad_fen: i64, lines: BankLines) -> bool {
    let (bad, line) = (i128::from(bad_fen) * 1_000_000, i128::from(lines.suspension_bad_loan_ppm));
    loans >= lines.suspension_min_loans && bad > line * i128::from(balance_fen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_end_in_march_june_september_and_december() {
        let on = |text: &str| text.parse::<NaiveDate>().expect("a date");
        for (today, end) in [
            ("2027-01-01", "2026-12-31"),
            ("2027-03-31", "2026-12-31"),
            ("2027-04-01", "2027-03-31"),
            ("2027-08-15", "2027-06-30"),
            ("2027-12-31", "2027-09-30"),
        ] {
            assert_eq!(last_quarter_end(on(today)), Some(on(end)), "{today}");
        }
    }

    #[test]
    fn the_line_itself_is_not_passed_and_four_loans_are_too_few() {
        let lines = BankLines { suspension_bad_loan_ppm: 50_000, suspension_min_loans: 5 };
        for (loans, balance, bad, passes) in [
            (5, 100, 5, false),
            (5, 100, 6, true),
            (4, 100, 100, false),
            (5, 0, 0, false),
            (9, i64::MAX, i64::MAX, true),
        ] {
            assert_eq!(passes_line(loans, balance, bad, lines), passes, "{bad} of {balance} in {loans}");
        }
    }
}
