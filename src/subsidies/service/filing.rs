//! What the enterprise does: draft, edit, hand in, withdraw.

use std::collections::BTreeSet;

use super::calculating::{calculate, scheme_of};
use super::{check_reason, db, find, loans_of, move_by, store, view};
use crate::attachments::model::{Holder, HolderKind};
use crate::attachments::service as attachments;
use crate::calendars;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::calendar::FirstDay;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::say;
use crate::subsidies::model::*;
use crate::subsidies::rules::claims::{Step, may};
use crate::subsidies::rules::forms::{check_complete, check_draft, check_green, plain_number};
use crate::subsidies::rules::periods::{may_file_on, periods, year_on};
use crate::talent_loans::model::{Loan, LoanId, LoanSchemeId};
use crate::talent_loans::service::{loans, schemes};

const MOST_LOANS: usize = 50;

/// A draft for the interest year that was asked for, or the one whose window opened last.
pub fn create_subsidy_claim(cx: &mut Cx, body: &CreateSubsidyClaimBody) -> Result<SubsidyClaimView, AppError> {
    let mut faults = Faults::default();
    let chosen = choose_loans(cx, &mut faults, &body.loan_ids)?;
    for (i, loan) in chosen.iter().enumerate() {
        if loan.enterprise_id != body.enterprise_id {
            faults.plain(format!("/loan_ids/{i}"), FieldCode::NotExisting);
        }
    }
    check_draft(&mut faults, &body.form);
    faults.done()?;
    let scheme_id = scheme_of_all(&chosen)?;
    let terms = schemes::document_of(cx, &scheme_id)?.subsidy;
    let year = body.year.or_else(|| year_on(&terms, cx.today()));
    let found = year.filter(|year| (2000..=2100).contains(year)).and_then(|year| periods(&terms, year));
    let Some(found) = found else {
        return Err(AppError::field("/year", FieldCode::OutOfRange, say!("没有该计息年度", "is no interest year")));
    };
    let id: SubsidyClaimId = cx.id();
    let claim = Claim {
        id: id.clone(),
        enterprise_id: body.enterprise_id.clone(),
        scheme_id,
        claim_year: found.year,
        budget_year: found.budget_year,
        interest_from: found.interest_from,
        interest_to: found.interest_to,
        window_from: found.window_from,
        window_to: found.window_to,
        state: SubsidyClaimState::Draft,
        state_since: cx.now,
        form: Doc::of(&spelled(&body.form)),
        calculation: None,
        computed_fen: 0,
        granted_fen: 0,
        paid_fen: 0,
        returned_fen: 0,
        filed_on: None,
        filed_by: None,
        due_on: None,
        due_provisional: false,
        first_reviewer: None,
        second_reviewer: None,
        notice_id: None,
        publicity_ends_on: None,
        reason: None,
        created_by: cx.actor.label(),
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    db::claims::insert_claim(cx.conn, &claim)?;
    write_loans(cx, &claim, &chosen)?;
    let changes = Changes::default()
        .set("enterprise_id", &claim.enterprise_id)
        .set("claim_year", claim.claim_year)
        .set("budget_year", claim.budget_year)
        .set("loan_ids", &body.loan_ids)
        .set("form", &body.form);
    cx.record(Event::on(claim.subject()).to(claim.state).changes(changes));
    let claim = find(cx, &id)?;
    view::view(cx, claim)
}

pub fn update_subsidy_claim(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &UpdateSubsidyClaimBody,
) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    cx.expect_version(claim.version)?;
    may(&claim, Step::Edit)?;
    let mut faults = Faults::default();
    let mut changes = Changes::default();
    let chosen = match &body.loan_ids {
        Some(ids) => Some(choose_loans(cx, &mut faults, ids)?),
        None => None,
    };
    if let Some(form) = &body.form {
        check_draft(&mut faults, form);
    }
    faults.done()?;
    if let Some(chosen) = &chosen {
        let of_others = chosen.iter().any(|loan| loan.enterprise_id != claim.enterprise_id);
        if of_others || scheme_of_all(chosen)? != claim.scheme_id {
            let said = say!("须为本企业同一方案下的贷款", "are loans of this enterprise under the claim's scheme");
            return Err(AppError::field("/loan_ids", FieldCode::NotAllowed, said));
        }
        let before: Vec<LoanId> = loans_of(cx, id)?.into_iter().map(|row| row.loan_id).collect();
        let after: Vec<&LoanId> = chosen.iter().map(|loan| &loan.id).collect();
        changes = changes.field("loan_ids", before, after);
        write_loans(cx, &claim, chosen)?;
    }
    if let Some(form) = &body.form {
        let form = spelled(form);
        changes = changes.field("form", claim.form.read()?, &form);
        claim.form = Doc::of(&form);
    }
    store(cx, &mut claim)?;
    cx.record(Event::on(claim.subject()).changes(changes));
    view::view(cx, (claim, name))
}

/// Handed in on a day of the window, complete, and for loans and a period that nobody has claimed for.
pub fn submit_subsidy_claim(cx: &mut Cx, id: &SubsidyClaimId) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    cx.expect_version(claim.version)?;
    may(&claim, Step::Submit)?;
    // Returned for correction within the window or after it: what was handed in in time stays in time.
    if claim.filed_on.is_none() {
        let arrived_on = crate::platform::calendar::business_day(cx.arrived_at.utc());
        may_file_on(claim.window_from, claim.window_to, arrived_on)?;
    }
    let form = claim.form.read()?;
    let mut faults = Faults::default();
    let files = files_of(cx, id)?;
    check_complete(&mut faults, &form, &files);
    faults.done()?;
    check_green(&form)?;
    for mut row in loans_of(cx, id)? {
        let loan = &row.loan_id;
        if let Some(rival) = db::claims::find_rival(cx.conn, id, loan, claim.interest_from, claim.interest_to)? {
            let said = say!("贷款 {loan} 本期已申请贴息", "loan {loan} has been claimed for in this period");
            return Err(AppError::with(Code::AlreadyClaimed, said).member("claim_id", rival).member("loan_id", loan));
        }
        // Confirmed anew after a correction: what is claimed for may have changed.
        (row.receipts, row.confirmed_by, row.confirmed_at) = (None, None, None);
        db::claims::update_claim_loan(cx.conn, &row)?;
    }
    claim.filed_on = claim.filed_on.or(Some(cx.today()));
    claim.filed_by = Some(cx.actor.label());
    (claim.reason, claim.first_reviewer, claim.second_reviewer, claim.granted_fen) = (None, None, None, 0);
    start_clock(cx, &mut claim)?;
    let estimate = calculate(cx, &mut claim, false)?;
    let changes = Changes::default().set("estimate_fen", estimate.result.total_fen).set("due_on", claim.due_on);
    move_by(cx, &mut claim, Step::Submit, None, changes)?;
    view::view(cx, (claim, name))
}

pub fn withdraw_subsidy_claim(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &SubsidyReasonBody,
) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    cx.expect_version(claim.version)?;
    may(&claim, Step::Withdraw)?;
    check_reason(&body.reason)?;
    move_by(cx, &mut claim, Step::Withdraw, Some(&body.reason), Changes::default())?;
    view::view(cx, (claim, name))
}

/// Files change with the form.
pub fn may_change_files(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    item: Option<&str>,
    faults: &mut Faults,
) -> Result<(), AppError> {
    let (claim, _) = find(cx, id)?;
    may(&claim, Step::Edit)?;
    if item.is_some_and(|item| item.parse::<EvidenceKind>().is_err()) {
        faults.plain("item", FieldCode::NotExisting);
    }
    Ok(())
}

/// Who sees the claim sees its files.
pub fn may_see_files(cx: &mut Cx, id: &SubsidyClaimId) -> Result<(), AppError> {
    find(cx, id).map(drop)
}

/// The kinds of evidence that are there as files.
fn files_of(cx: &mut Cx, id: &SubsidyClaimId) -> Result<BTreeSet<EvidenceKind>, AppError> {
    let items = attachments::items_of(cx, &Holder::new(HolderKind::SubsidyClaim, id.as_str()))?;
    Ok(items.iter().filter_map(|item| item.parse().ok()).collect())
}

/// The review is due so many working days after the claim was handed in, the first day not counted.
fn start_clock(cx: &mut Cx, claim: &mut Claim) -> Result<(), AppError> {
    let days = scheme_of(cx, claim)?.service.review_working_days;
    let days = u16::try_from(days).unwrap_or(u16::MAX);
    let end = calendars::service::load(cx)?.end_of_period(cx.today(), days, FirstDay::NotCounted);
    (claim.due_on, claim.due_provisional) = (Some(end.ends_on), end.provisional);
    Ok(())
}

/// Loans within the caller's reach, each once.
fn choose_loans(cx: &mut Cx, faults: &mut Faults, ids: &[LoanId]) -> Result<Vec<Loan>, AppError> {
    if ids.is_empty() {
        faults.plain("/loan_ids", FieldCode::Required);
    }
    if ids.len() > MOST_LOANS {
        faults.add("/loan_ids", FieldCode::TooLong, say!("最多 {MOST_LOANS} 笔", "takes at most {MOST_LOANS}"));
        return Ok(Vec::new());
    }
    let mut seen = BTreeSet::new();
    let mut chosen = Vec::new();
    for (i, id) in ids.iter().enumerate() {
        let at = format!("/loan_ids/{i}");
        match loans::find_loan(cx, id)? {
            _ if !seen.insert(id) => faults.plain(at, FieldCode::Duplicate),
            None => faults.plain(at, FieldCode::NotExisting),
            Some(loan) if loan.first_drawdown_on.is_none() => {
                faults.add(at, FieldCode::NotAllowed, say!("尚未提款", "has not been drawn"))
            }
            Some(loan) => chosen.push(loan),
        }
    }
    Ok(chosen)
}

fn scheme_of_all(chosen: &[Loan]) -> Result<LoanSchemeId, AppError> {
    let first = chosen.first().ok_or_else(|| AppError::internal("no loan is a fault"))?;
    if chosen.iter().any(|loan| loan.scheme_id != first.scheme_id) {
        let said = say!("须为同一方案下的贷款，请分别申请", "are of several schemes: claim for each by itself");
        return Err(AppError::field("/loan_ids", FieldCode::NotAllowed, said));
    }
    Ok(first.scheme_id.clone())
}

fn write_loans(cx: &mut Cx, claim: &Claim, chosen: &[Loan]) -> Result<(), AppError> {
    db::claims::delete_claim_loans(cx.conn, &claim.id)?;
    for (position, loan) in (1..).zip(chosen) {
        let row = ClaimLoan {
            claim_id: claim.id.clone(),
            loan_id: loan.id.clone(),
            bank_id: loan.bank_id.clone(),
            position,
            interest_from: claim.interest_from,
            live: claim.state.is_live(),
            receipts: None,
            confirmed_by: None,
            confirmed_at: None,
            computed_fen: 0,
            granted_fen: 0,
            adjust_reason: None,
        };
        db::claims::insert_claim_loan(cx.conn, &row)?;
    }
    Ok(())
}

/// Numbers in their one spelling.
fn spelled(form: &SubsidyForm) -> SubsidyForm {
    let mut form = form.clone();
    form.account.number = plain_number(&form.account.number);
    form.account.cnaps_code = plain_number(&form.account.cnaps_code);
    form
}
