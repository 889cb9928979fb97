use super::check_reason;
use super::ledger::{Draft, Ledger};
use super::loans::{find, view};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::say;
use crate::talent_loans::db::entries as db;
use crate::talent_loans::model::*;
use crate::talent_loans::rules::ledger as rules;

pub fn list_loan_entries(
    cx: &mut Cx,
    id: &LoanId,
    params: &ListLoanEntriesParams,
) -> Result<Page<LoanEntryView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let (loan, ..) = find(cx, id)?;
    let rows = db::list_entries(cx.conn, id, &page)?;
    let total = page.count.then_some(loan.last_seq);
    Ok(Page::of(rows, page.limit, total, |entry| entry.seq, LoanEntryView::from))
}

/// Answers the loan as it stands afterwards.
pub fn create_loan_entry(cx: &mut Cx, id: &LoanId, body: &CreateLoanEntryBody) -> Result<LoanView, AppError> {
    let (loan, bank, enterprise, talent) = find(cx, id)?;
    rules::may_post(&loan)?;
    check_entry(cx, body)?;
    let draft = Draft {
        amount_fen: body.amount_fen,
        rate_ppm: body.rate_ppm,
        class: body.class,
        matures_on: body.matures_on,
        note: body.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned),
        ..Draft::new(body.kind, body.effective_on)
    };
    let loan = Ledger::of(cx, &loan)?.post(cx, loan, vec![draft])?;
    view(cx, (loan, bank, enterprise, talent))
}

/// The correction of an entry is a further one that cancels it.
pub fn reverse_loan_entry(
    cx: &mut Cx,
    id: &LoanId,
    entry: &LoanEntryId,
    body: &ReasonBody,
) -> Result<LoanView, AppError> {
    let (loan, bank, enterprise, talent) = find(cx, id)?;
    let ledger = Ledger::of(cx, &loan)?;
    let wrong = ledger.find(entry).ok_or_else(AppError::not_found)?;
    rules::may_post(&loan)?;
    rules::may_reverse(wrong, ledger.is_reversed(entry))?;
    check_reason(&body.reason)?;
    let draft = Draft {
        reverses_id: Some(entry.clone()),
        note: Some(body.reason.trim().to_owned()),
        ..Draft::new(EntryKind::Reversal, wrong.effective_on)
    };
    let loan = ledger.post(cx, loan, vec![draft])?;
    view(cx, (loan, bank, enterprise, talent))
}

/// Each kind has its figure and no other.
fn check_entry(cx: &Cx, body: &CreateLoanEntryBody) -> Result<(), AppError> {
    let mut faults = Faults::default();
    if body.kind == EntryKind::Reversal {
        let say = say!("冲正请使用 /entries/{{id}}/reversal", "is made by POST /entries/{{id}}/reversal");
        faults.add("/kind", FieldCode::NotAllowed, say);
    }
    if body.effective_on > cx.today() {
        faults.plain("/effective_on", FieldCode::InTheFuture);
    }
    let wanted = match body.kind {
        EntryKind::Drawdown | EntryKind::Repayment | EntryKind::Prepayment => "/amount_fen",
        EntryKind::RateReset => "/rate_ppm",
        EntryKind::ClassChange => "/class",
        EntryKind::Extension => "/matures_on",
        EntryKind::OverdueStart | EntryKind::OverdueEnd | EntryKind::Reversal => "",
    };
    for (pointer, given) in [
        ("/amount_fen", body.amount_fen.is_some()),
        ("/rate_ppm", body.rate_ppm.is_some()),
        ("/class", body.class.is_some()),
        ("/matures_on", body.matures_on.is_some()),
    ] {
        match (pointer == wanted, given) {
            (true, false) => faults.plain(pointer, FieldCode::Required),
            (false, true) => faults.plain(pointer, FieldCode::NotAllowed),
            _ => {}
        }
    }
    if let Some(fen) = body.amount_fen.filter(|_| wanted == "/amount_fen") {
        faults.range("/amount_fen", fen, 1, 10_000_000_000_000);
    }
    if let Some(ppm) = body.rate_ppm.filter(|_| wanted == "/rate_ppm") {
        faults.range("/rate_ppm", ppm, 0, 360_000);
    }
    if let Some(note) = &body.note {
        faults.text("/note", note, 0, 500);
    }
    faults.done()
}
