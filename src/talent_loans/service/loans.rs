use super::filing::{Desk, cover};
use super::ledger::{self, Ledger};
use super::{check_reason, rates, reach};
use crate::error::{AppError, Code};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;
use crate::talent_loans::db::{Reach, loans as db};
use crate::talent_loans::model::*;
use crate::talent_loans::rules::cover::covered_balance;
use crate::talent_loans::rules::ledger as rules;
use crate::talent_loans::rules::repricing::{resets, resets_due};

pub fn list_loans(cx: &mut Cx, params: &ListLoansParams) -> Result<Page<LoanSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let reach = reach(cx);
    let rows = db::list_loans(cx.conn, &reach, params, &page)?;
    let total = if page.count { Some(db::count_loans(cx.conn, &reach, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |(loan, ..)| loan.id.clone(), LoanSummary::from))
}

pub fn get_loan(cx: &mut Cx, id: &LoanId) -> Result<LoanView, AppError> {
    let loan = find(cx, id)?;
    view(cx, loan)
}

/// A principal beyond the caps is registered all the same; the part beyond them is not covered.
pub fn create_loan(cx: &mut Cx, keys: &KeyRing, body: &CreateLoanBody) -> Result<LoanView, AppError> {
    let desk = Desk::open(cx, body.bank_id.as_ref())?;
    let loan = desk.prepare(cx, keys, body)?;
    if db::find_by_contract(cx.conn, &loan.bank_id, &loan.contract_no)?.is_some() {
        let number = &loan.contract_no;
        let say = say!("该行合同编号 {number} 已登记", "contract {number} of this bank is on record");
        return Err(AppError::with(Code::AlreadyExists, say));
    }
    let loan = register(cx, loan)?;
    let loan = find(cx, &loan.id)?;
    view(cx, loan)
}

pub(super) fn register(cx: &mut Cx, mut loan: Loan) -> Result<Loan, AppError> {
    loan.covered_fen = cover(cx, &loan)?;
    db::insert_loan(cx.conn, &loan)?;
    let changes = Changes::default()
        .set("bank_id", &loan.bank_id)
        .set("contract_no", &loan.contract_no)
        .set("enterprise_id", &loan.enterprise_id)
        .set("talent_id", &loan.talent_id)
        .set("scheme_id", &loan.scheme_id)
        .set("principal_fen", loan.principal_fen)
        .set("covered_fen", loan.covered_fen)
        .set("day_basis", loan.day_basis)
        .set("pricing", loan.pricing())
        .set("rate_ppm", loan.rate_ppm)
        .set("lpr_ppm", loan.lpr_ppm)
        .set("signed_on", loan.signed_on)
        .set("matures_on", loan.matures_on)
        .set("purpose", loan.purpose)
        .set("instalments", loan.instalments.read()?);
    cx.record(Event::on(subject(&loan.id)).to(loan.state).changes(changes));
    Ok(loan)
}

/// Takes back a loan filed by mistake; its contract number may be filed again.
pub fn cancel_loan(cx: &mut Cx, id: &LoanId, body: &ReasonBody) -> Result<LoanView, AppError> {
    let (mut loan, bank, enterprise, talent) = find(cx, id)?;
    cx.expect_version(loan.version)?;
    rules::may_cancel(&loan)?;
    check_reason(&body.reason)?;
    let event = Event::on(subject(id)).moved(loan.state, LoanState::Cancelled).reason(body.reason.trim());
    loan.state = LoanState::Cancelled;
    loan.updated_at = cx.now;
    loan.version += 1;
    db::update_loan(cx.conn, &loan)?;
    cx.record(event);
    view(cx, (loan, bank, enterprise, talent))
}

/// Writes the rate resets that the repricing dates up to today demand and the ledger lacks.
pub fn reprice_loan(cx: &mut Cx, id: &LoanId) -> Result<LoanView, AppError> {
    let (loan, bank, enterprise, talent) = find(cx, id)?;
    rules::may_post(&loan)?;
    let ledger = Ledger::of(cx, &loan)?;
    let due = due_resets(cx, &loan, &ledger)?;
    let drafts = due.into_iter().map(|reset| {
        let (published, ppm) = (reset.published_on, reset.lpr_ppm);
        ledger::Draft {
            rate_ppm: Some(reset.rate_ppm),
            note: Some(format!("LPR {ppm} ppm, {published}")),
            ..ledger::Draft::new(EntryKind::RateReset, reset.on)
        }
    });
    let drafts = drafts.collect::<Vec<_>>();
    let loan = ledger.post(cx, loan, drafts)?;
    view(cx, (loan, bank, enterprise, talent))
}

/// The segments of a loan between two days, as the subsidy engine takes them.
pub fn get_loan_segments(cx: &mut Cx, id: &LoanId, params: &LoanSegmentsParams) -> Result<LoanSegmentsView, AppError> {
    let (loan, ..) = find(cx, id)?;
    let to = params.to.unwrap_or(cx.today());
    Ledger::of(cx, &loan)?.segments(&loan, params.from, to)
}

fn due_resets(cx: &mut Cx, loan: &Loan, ledger: &Ledger) -> Result<Vec<RateResetView>, AppError> {
    let (Pricing::Lpr { .. }, Some(anchor)) = (loan.pricing(), loan.first_drawdown_on) else {
        return Ok(Vec::new());
    };
    // A loan that is paid back or due has no rate to set any more.
    let Some(last_day) = loan.due_on.pred_opt().filter(|_| loan.balance_fen > 0) else { return Ok(Vec::new()) };
    let table = rates::lpr_table(cx)?;
    let resets = resets(loan.pricing(), anchor, cx.today().min(last_day), &table);
    Ok(resets_due(&resets, loan.rate_ppm, &ledger.postings()?))
}

pub(super) fn subject(id: &LoanId) -> Subject {
    Subject::new("loan", id)
}

/// For slices that build on a loan: within the caller's reach.
pub fn find_loan(cx: &mut Cx, id: &LoanId) -> Result<Option<Loan>, AppError> {
    let reach = reach(cx);
    match db::find_visible_loan(cx.conn, &reach, id) {
        Ok((loan, ..)) => Ok(Some(loan)),
        Err(diesel::result::Error::NotFound) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// For what follows from a record the caller may see, whoever they are.
pub fn load_loan(cx: &mut Cx, id: &LoanId) -> Result<Loan, AppError> {
    Ok(db::find_visible_loan(cx.conn, &Reach::All, id)?.0)
}

pub(super) fn find(cx: &mut Cx, id: &LoanId) -> Result<NamedLoan, AppError> {
    let reach = reach(cx);
    Ok(db::find_visible_loan(cx.conn, &reach, id)?)
}

pub(super) fn view(cx: &mut Cx, named: NamedLoan) -> Result<LoanView, AppError> {
    let loan = &named.0;
    let ledger = Ledger::of(cx, loan)?;
    let standing = ledger.standing(loan)?;
    let overdue_days = rules::overdue_days(loan.overdue_since, cx.today());
    let resets_due = due_resets(cx, loan, &ledger)?;
    let history = ledger.segments(loan, None, cx.today())?;
    let href = |noun: &str| format!("/api/v1/loans/{}{noun}", loan.id);
    let actions = Actions::of(cx)
        .add(Action::LoanEntryCreate, "POST", href("/entries"), rules::may_post(loan))
        .add(Action::LoanReprice, "POST", href("/repricing"), rules::may_post(loan))
        .add(Action::LoanCancel, "POST", href("/cancellation"), rules::may_cancel(loan))
        .list();
    Ok(LoanView {
        scheme_id: loan.scheme_id.clone(),
        day_basis: loan.day_basis,
        pricing: loan.pricing(),
        signed_rate_ppm: loan.rate_ppm,
        signed_lpr_ppm: loan.lpr_ppm,
        lpr_tenor: loan.lpr_tenor,
        rate_ppm: standing.rate_ppm,
        matures_on: loan.matures_on,
        purpose: loan.purpose,
        purpose_note: loan.purpose_note.clone(),
        instalments: loan.instalments.read()?,
        drawn_fen: standing.drawn_fen,
        covered_balance_fen: covered_balance(loan.balance_fen, loan.covered_fen),
        overdue_since: loan.overdue_since,
        overdue_days,
        suggested_class: rules::suggested_class(loan.class, overdue_days),
        history,
        resets_due,
        created_at: loan.created_at,
        updated_at: loan.updated_at,
        version: loan.version,
        actions,
        summary: named.into(),
    })
}
