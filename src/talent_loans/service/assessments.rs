//! The quarterly look at every bank (合作银行考核): who passes the line of the scheme in effect files no new loans.

use super::{banks, schemes};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;
use crate::talent_loans::db::assessments as db;
use crate::talent_loans::model::*;
use crate::talent_loans::rules::assessments::{last_quarter_end, passes_line};
use crate::talent_loans::rules::banks::may_suspend;

pub fn list_bank_assessments(
    cx: &mut Cx,
    id: &BankId,
    params: &ListBankAssessmentsParams,
) -> Result<Page<BankAssessmentView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    banks::get_bank(cx, id)?;
    let rows = db::list_assessments(cx.conn, id, &page)?;
    Ok(Page::of(rows, page.limit, None, |row| row.quarter_end, BankAssessmentView::from))
}

/// Run by the clock: every bank once for the quarter that ended last, as its loans stand when the clock comes to it. Answers how
/// many were suspended.
pub fn assess_banks(cx: &mut Cx) -> Result<usize, AppError> {
    let Some(quarter_end) = last_quarter_end(cx.today()) else { return Ok(0) };
    let Some(scheme) = schemes::in_effect(cx, quarter_end)? else { return Ok(0) };
    let lines = scheme.document.read()?.bank;
    let mut suspended = 0;
    for bank in db::list_unassessed(cx.conn, quarter_end)? {
        let classes = db::list_classes(cx.conn, &bank.id)?;
        let bad = classes.iter().filter(|(class, ..)| *class >= LoanClass::Substandard);
        let (loans, balance_fen) = (classes.iter().map(|c| c.1).sum(), classes.iter().map(|c| c.2).sum());
        let bad_fen = bad.map(|(_, _, fen)| fen).sum();
        let suspend = passes_line(loans, balance_fen, bad_fen, lines) && may_suspend(&bank).is_ok();
        let row = BankAssessment {
            bank_id: bank.id.clone(),
            quarter_end,
            loans,
            balance_fen,
            bad_fen,
            line_ppm: lines.suspension_bad_loan_ppm,
            min_loans: lines.suspension_min_loans,
            suspended: suspend,
            at: cx.now,
        };
        db::insert_assessment(cx.conn, &row)?;
        let changes = Changes::default()
            .set("quarter_end", quarter_end)
            .set("loans", loans)
            .set("balance_fen", balance_fen)
            .set("bad_fen", bad_fen);
        cx.record(Event::on(Subject::new("bank", &bank.id)).changes(changes));
        if suspend {
            let view = BankAssessmentView::from(row);
            let (bad, line) = (view.bad_ppm, view.line_ppm);
            let said = say!(
                "{quarter_end} 不良率 {bad} ppm，超过 {line} ppm",
                "bad loans of {bad} ppm on {quarter_end}, above {line} ppm"
            );
            let reason = format!("{} / {}", said.zh, said.en);
            banks::suspend_bank(cx, &bank.id, &ReasonBody { reason })?;
            suspended += 1;
        }
    }
    Ok(suspended)
}
