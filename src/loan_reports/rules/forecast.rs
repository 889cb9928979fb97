//! Twelve months of the pool, from the repayment schedule.
//!
//! A loan here is repaid on the days agreed: in instalments, and the rest on its maturity. One that is not becomes claimable as a whole
//! when the days of its scheme's trigger have passed since the first day missed, and its claim is paid when the scheme's working days
//! have passed after that, taken as seven days for every five.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::exposure::share;
use crate::loan_reports::model::ForecastMonth;
use crate::talent_loans::model::{Instalment, Loan};

const MONTHS: usize = 12;

/// Loans that are the same in all of this, taken together.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// What of the balance is to be repaid on which day, the earliest first; never empty.
    pub dues: Vec<(NaiveDate, i64)>,
    pub overdue_since: Option<NaiveDate>,
    /// Classed substandard or worse.
    pub bad: bool,
    /// A claim for it is alive, so it is counted there.
    pub claimed: bool,
    /// Of the balance.
    pub covered_fen: i64,
    pub terms: Clock,
}

#[derive(Debug, Clone, Copy)]
pub struct Clock {
    pub ratio_ppm: i64,
    pub trigger_days: i64,
    pub payment_working_days: i64,
}

/// Owed on a claim, and the day its payment is due.
pub type ClaimDue = (NaiveDate, i64);

/// What of a loan's balance is due when. What was repaid so far were the earliest parts, so the balance is the last ones.
pub fn dues(loan: &Loan, instalments: &[Instalment]) -> Vec<(NaiveDate, i64)> {
    let before: i64 = instalments.iter().map(|instalment| instalment.amount_fen).sum();
    let parts = instalments.iter().map(|instalment| (instalment.due_on, instalment.amount_fen));
    let mut left = loan.balance_fen;
    let mut dues = Vec::new();
    for (due_on, agreed_fen) in parts.chain([(loan.due_on, loan.principal_fen - before)]).rev() {
        let fen = agreed_fen.min(left);
        if fen > 0 {
            dues.push((due_on, fen));
            left -= fen;
        }
    }
    dues.reverse();
    dues
}

pub fn forecast(today: NaiveDate, balance_fen: i64, claims: &[ClaimDue], loans: &[Schedule]) -> Vec<ForecastMonth> {
    let start = today.with_day(1).unwrap_or(today);
    let month_of = |i: usize| start.checked_add_months(Months::new(i as u32)).unwrap_or(start);
    let mut months: Vec<ForecastMonth> = (0..MONTHS)
        .map(|i| ForecastMonth {
            month: month_of(i).format("%Y-%m").to_string(),
            due_fen: 0,
            due_covered_fen: 0,
            claimed_fen: 0,
            at_risk_fen: 0,
            worst_fen: 0,
            left_after_claimed_fen: 0,
            left_after_at_risk_fen: 0,
            left_after_worst_fen: 0,
        })
        .collect();
    // What should have happened already happens in the first month; beyond the last, nothing is said.
    let slot = |day: NaiveDate| {
        let distance = (day.year() - start.year()) * 12 + day.month() as i32 - start.month() as i32;
        usize::try_from(distance.max(0)).ok().filter(|i| *i < MONTHS)
    };
    for (due_on, fen) in claims {
        if let Some(i) = slot(*due_on) {
            months[i].claimed_fen += fen;
        }
    }
    for loan in loans {
        let mut covered_left = loan.covered_fen;
        // Repayments lower the uncovered part first, so what is covered is what is due last.
        for (due_on, fen) in loan.dues.iter().rev() {
            let covered = covered_left.min(*fen);
            covered_left -= covered;
            if let Some(i) = slot(*due_on).filter(|_| *due_on >= start) {
                months[i].due_fen += fen;
                months[i].due_covered_fen += covered;
            }
        }
        let Some((first_due, _)) = loan.dues.first().filter(|_| !loan.claimed) else { continue };
        let troubled = loan.bad || loan.overdue_since.is_some();
        let since = loan.overdue_since.unwrap_or(if loan.bad { today.min(*first_due) } else { *first_due });
        let Some(i) = slot(paid_on(since, loan.terms)) else { continue };
        let fen = share(loan.covered_fen, loan.terms.ratio_ppm);
        *(if troubled { &mut months[i].at_risk_fen } else { &mut months[i].worst_fen }) += fen;
    }
    let (mut claimed, mut at_risk, mut worst) = (balance_fen, balance_fen, balance_fen);
    for month in &mut months {
        claimed -= month.claimed_fen;
        at_risk -= month.claimed_fen + month.at_risk_fen;
        worst -= month.claimed_fen + month.at_risk_fen + month.worst_fen;
        (month.left_after_claimed_fen, month.left_after_at_risk_fen) = (claimed, at_risk);
        month.left_after_worst_fen = worst;
    }
    months
}

fn paid_on(since: NaiveDate, terms: Clock) -> NaiveDate {
    let days = terms.trigger_days + terms.payment_working_days * 7 / 5;
    since.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn loan(due: &str, balance_fen: i64) -> Schedule {
        Schedule {
            dues: vec![(on(due), balance_fen)],
            overdue_since: None,
            bad: false,
            claimed: false,
            covered_fen: balance_fen,
            terms: Clock { ratio_ppm: 800_000, trigger_days: 90, payment_working_days: 60 },
        }
    }

    #[test]
    fn each_amount_falls_into_the_month_it_would_be_paid_in() {
        let today = on("2027-01-15");
        let loans = [
            // 90 and 84 days after 31 January are 24 July.
            loan("2027-01-31", 1_000),
            Schedule { covered_fen: 500, ..loan("2027-03-10", 1_000) },
            // Overdue since 1 December: to be paid on 24 May.
            Schedule { overdue_since: Some(on("2026-12-01")), bad: true, ..loan("2026-12-01", 100) },
            Schedule { claimed: true, overdue_since: Some(on("2026-06-01")), ..loan("2026-06-01", 7_777) },
            loan("2028-01-31", 9_999),
        ];
        let claims = [(on("2026-12-20"), 300), (on("2027-02-01"), 50), (on("2028-03-01"), 1)];
        let months = forecast(today, 1_000, &claims, &loans);
        assert_eq!((months.len(), months[0].month.as_str(), months[11].month.as_str()), (12, "2027-01", "2027-12"));
        let shown: Vec<_> = months
            .iter()
            .map(|m| [m.due_fen, m.due_covered_fen, m.claimed_fen, m.at_risk_fen, m.worst_fen])
            .filter(|m| *m != [0; 5])
            .collect();
        assert_eq!(
            shown,
            [
                [1_000, 1_000, 300, 0, 0],
                [0, 0, 50, 0, 0],
                [1_000, 500, 0, 0, 0],
                [0, 0, 0, 80, 0],
                [0, 0, 0, 0, 800],
                [0, 0, 0, 0, 400]
            ]
        );
        let last = &months[11];
        assert_eq!(
            (last.left_after_claimed_fen, last.left_after_at_risk_fen, last.left_after_worst_fen),
            (650, 570, -630)
        );
        assert_eq!(months[4].left_after_at_risk_fen, 570);
    }

    #[test]
    fn instalments_fall_due_one_by_one_and_a_missed_one_puts_the_whole_loan_at_risk() {
        let dues = vec![(on("2027-02-20"), 300), (on("2027-05-20"), 300), (on("2027-11-20"), 400)];
        let months =
            forecast(on("2027-01-15"), 0, &[], &[Schedule { dues, covered_fen: 500, ..loan("2027-11-20", 0) }]);
        let due: Vec<_> = months.iter().map(|m| (m.due_fen, m.due_covered_fen)).filter(|m| *m != (0, 0)).collect();
        assert_eq!(due, [(300, 0), (300, 100), (400, 400)]);
        // 90 and 84 days after 20 February are 13 August.
        assert_eq!(months.iter().map(|m| m.worst_fen).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 0, 0, 400, 0, 0, 0, 0]);
    }
}
