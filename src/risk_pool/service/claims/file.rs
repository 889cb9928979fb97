use chrono::NaiveDate;

use super::super::{check_money, check_past_day};
use super::{find, store, terms_of, view};
use crate::calendars;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::calendar::FirstDay;
use crate::platform::door::Cx;
use crate::platform::money::yuan_text;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::risk_pool::db;
use crate::risk_pool::model::{
    CompensationClaim, CompensationClaimId, CompensationState, CompensationView, FileCompensationBody, LevelAmounts,
    PoolTerms, UpdateCompensationBody,
};
use crate::risk_pool::rules::claims::{may_file, may_submit, may_update};
use crate::risk_pool::rules::{CompensationFigures, compensation_split};
use crate::say;
use crate::talent_loans::model::{Loan, LoanId};
use crate::talent_loans::rules::ledger::overdue_days;
use crate::talent_loans::service::loans;

const EVIDENCE_MAX: usize = 4_000;

/// One claim per loan, unless the one before was refused. A bank's clerk files for the loans of that bank.
pub fn file_compensation(cx: &mut Cx, body: &FileCompensationBody) -> Result<CompensationView, AppError> {
    let mut faults = Faults::default();
    let loan = find_named_loan(cx, &mut faults, &body.loan_id)?;
    check_facts(
        cx,
        &mut faults,
        body.principal_loss_fen,
        body.collateral_proceeds_fen,
        &body.evidence,
        body.recovery_started_on,
    );
    faults.done()?;
    let loan = loan.ok_or_else(|| AppError::internal("a loan that is missing is a fault"))?;
    may_file(&loan)?;
    let today = cx.today();
    let mut claim = CompensationClaim {
        id: cx.id(),
        bank_id: loan.bank_id.clone(),
        loan_id: loan.id.clone(),
        enterprise_id: loan.enterprise_id.clone(),
        talent_id: loan.talent_id.clone(),
        state: CompensationState::Filed,
        principal_loss_fen: body.principal_loss_fen,
        covered_fen: 0,
        ratio_ppm: 0,
        overdue_days: 0,
        class: loan.class,
        recovery_started_on: body.recovery_started_on,
        collateral_proceeds_fen: body.collateral_proceeds_fen,
        evidence: body.evidence.trim().to_owned(),
        entitled_fen: 0,
        committed_fen: 0,
        paid_fen: 0,
        returned_fen: 0,
        queued_fen: 0,
        levels: Doc::of(&Vec::new()),
        filed_on: today,
        filed_by: cx.person()?.id.clone(),
        complete_on: None,
        due_on: None,
        due_provisional: false,
        reason: None,
        queue_no: None,
        admitted_by: None,
        written_off_on: None,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    let terms = terms_of(cx, &loan)?;
    take_facts(cx, &mut claim, &loan, &terms)?;
    start_clock(cx, &mut claim, today, &terms)?;
    if let Some(other) = db::claims::find_live_claim_on(cx.conn, &claim.loan_id)? {
        let said = say!("此贷款已有补偿申请", "this loan has a compensation claim already");
        return Err(AppError::with(Code::AlreadyExists, said).member("claim_id", other));
    }
    db::claims::insert_claim(cx.conn, &claim)?;
    let changes = facts(Changes::default(), None, &claim).set("loan_id", &claim.loan_id).set("bank_id", &claim.bank_id);
    cx.record(Event::on(claim.subject()).to(claim.state).changes(changes));
    view::view(cx, claim)
}

pub fn update_compensation(
    cx: &mut Cx,
    id: &CompensationClaimId,
    body: &UpdateCompensationBody,
) -> Result<CompensationView, AppError> {
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_update(&before)?;
    let mut after = before.clone();
    body.principal_loss_fen.inspect(|fen| after.principal_loss_fen = *fen);
    body.recovery_started_on.inspect(|on| after.recovery_started_on = *on);
    body.collateral_proceeds_fen.inspect(|fen| after.collateral_proceeds_fen = *fen);
    body.evidence.iter().for_each(|text| after.evidence = text.trim().to_owned());
    let mut faults = Faults::default();
    let (loss, proceeds) = (after.principal_loss_fen, after.collateral_proceeds_fen);
    check_facts(cx, &mut faults, loss, proceeds, &after.evidence, after.recovery_started_on);
    faults.done()?;
    stand_on_loan(cx, &mut after)?;
    cx.record(Event::on(after.subject()).changes(facts(Changes::default(), Some(&before), &after)));
    let after = store(cx, after)?;
    view::view(cx, after)
}

/// Files change with the claim.
pub fn may_change_files(cx: &mut Cx, id: &CompensationClaimId) -> Result<(), AppError> {
    Ok(may_update(&find(cx, id)?)?)
}

/// Who sees the claim sees its files.
pub fn may_see_files(cx: &mut Cx, id: &CompensationClaimId) -> Result<(), AppError> {
    find(cx, id).map(drop)
}

/// Hands a returned claim in again: complete from today, so the payment clock starts anew.
pub fn submit_compensation(cx: &mut Cx, id: &CompensationClaimId) -> Result<CompensationView, AppError> {
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_submit(&before)?;
    let mut after = before.clone();
    after.state = CompensationState::Filed;
    after.reason = None;
    let today = cx.today();
    let terms = stand_on_loan(cx, &mut after)?;
    start_clock(cx, &mut after, today, &terms)?;
    let changes = facts(Changes::default(), Some(&before), &after);
    cx.record(Event::on(after.subject()).moved(before.state, after.state).changes(changes));
    let after = store(cx, after)?;
    view::view(cx, after)
}

fn find_named_loan(cx: &mut Cx, faults: &mut Faults, id: &str) -> Result<Option<Loan>, AppError> {
    if id.trim().is_empty() {
        faults.plain("/loan_id", FieldCode::Required);
        return Ok(None);
    }
    let found = loans::find_loan(cx, &LoanId(id.trim().to_owned()))?;
    if found.is_none() {
        faults.plain("/loan_id", FieldCode::NotExisting);
    }
    Ok(found)
}

/// Takes the facts of the loan over as they are now: a claim that waited is judged by today's days overdue and class. Answers
/// the terms it is judged by.
pub(super) fn stand_on_loan(cx: &mut Cx, claim: &mut CompensationClaim) -> Result<PoolTerms, AppError> {
    let loan = loans::find_loan(cx, &claim.loan_id)?
        .ok_or_else(|| AppError::internal(format!("claim {} has no loan", claim.id)))?;
    let terms = terms_of(cx, &loan)?;
    take_facts(cx, claim, &loan, &terms)?;
    Ok(terms)
}

fn take_facts(cx: &Cx, claim: &mut CompensationClaim, loan: &Loan, terms: &PoolTerms) -> Result<(), AppError> {
    if claim.principal_loss_fen > loan.balance_fen {
        let balance = yuan_text(loan.balance_fen);
        let said = say!("超过贷款余额 {balance} 元", "is more than the balance of the loan, {balance} yuan");
        return Err(AppError::field("/principal_loss_fen", FieldCode::OutOfRange, said));
    }
    claim.covered_fen = loan.covered_fen;
    claim.ratio_ppm = terms.ratio_ppm;
    claim.class = loan.class;
    claim.overdue_days = i32::try_from(overdue_days(loan.overdue_since, cx.today())).unwrap_or(i32::MAX);
    let levels: Vec<LevelAmounts> = terms.split.iter().map(LevelAmounts::of).collect();
    claim.levels = Doc::of(&levels);
    entitle(claim)
}

fn check_facts(
    cx: &Cx,
    faults: &mut Faults,
    loss_fen: i64,
    proceeds_fen: i64,
    evidence: &str,
    recovery_started_on: Option<NaiveDate>,
) {
    check_money(faults, "/principal_loss_fen", loss_fen, 1);
    check_money(faults, "/collateral_proceeds_fen", proceeds_fen, 0);
    faults.text("/evidence", evidence, 1, EVIDENCE_MAX);
    check_past_day(cx, faults, "/recovery_started_on", recovery_started_on);
}

/// What the pool owes for the claim, as a whole and per level, by its figures.
fn entitle(claim: &mut CompensationClaim) -> Result<(), AppError> {
    let mut levels = claim.levels.read()?;
    let weights: Vec<i64> = levels.iter().map(|level| level.weight).collect();
    let figures = CompensationFigures {
        principal_loss_fen: claim.principal_loss_fen,
        covered_cap_fen: Some(claim.covered_fen),
        ratio_ppm: claim.ratio_ppm,
        level_weights: &weights,
        available_fen: i64::MAX,
    };
    let refused = |fault: crate::risk_pool::rules::CompensationFault| {
        AppError::field("/principal_loss_fen", FieldCode::OutOfRange, fault.say())
    };
    let split = compensation_split(&figures).map_err(refused)?;
    if split.entitled_fen == 0 {
        let said = say!("按比例计算的补偿额为零", "comes to no compensation at this ratio");
        return Err(AppError::field("/principal_loss_fen", FieldCode::OutOfRange, said));
    }
    for (level, fen) in levels.iter_mut().zip(split.paid_by_level) {
        level.entitled_fen = fen;
    }
    claim.entitled_fen = split.entitled_fen;
    claim.levels = Doc::of(&levels);
    Ok(())
}

fn start_clock(
    cx: &mut Cx,
    claim: &mut CompensationClaim,
    today: NaiveDate,
    terms: &PoolTerms,
) -> Result<(), AppError> {
    let end = calendars::service::load(cx)?.end_of_period(today, terms.payment_days, FirstDay::NotCounted);
    claim.complete_on = Some(today);
    claim.due_on = Some(end.ends_on);
    claim.due_provisional = end.provisional;
    Ok(())
}

fn facts(changes: Changes, before: Option<&CompensationClaim>, after: &CompensationClaim) -> Changes {
    changes
        .field("principal_loss_fen", before.map(|c| c.principal_loss_fen), after.principal_loss_fen)
        .field("covered_fen", before.map(|c| c.covered_fen), after.covered_fen)
        .field("ratio_ppm", before.map(|c| c.ratio_ppm), after.ratio_ppm)
        .field("overdue_days", before.map(|c| c.overdue_days), after.overdue_days)
        .field("class", before.map(|c| c.class), after.class)
        .field("recovery_started_on", before.map(|c| c.recovery_started_on), after.recovery_started_on)
        .field("collateral_proceeds_fen", before.map(|c| c.collateral_proceeds_fen), after.collateral_proceeds_fen)
        .field("evidence", before.map(|c| c.evidence.as_str()), after.evidence.as_str())
        .field("entitled_fen", before.map(|c| c.entitled_fen), after.entitled_fen)
}
