use chrono::NaiveDate;
use std::collections::BTreeSet;

use super::super::{check_given, check_money, check_past_day, today};
use super::{find, store, view};
use crate::calendars;
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::calendar::FirstDay;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::risk_pool::db;
use crate::risk_pool::model::{
    CompensationClaim, CompensationClaimId, CompensationState, CompensationView, FileCompensationBody, LevelAmounts,
    LevelShare, LoanClass, PoolTerms, UpdateCompensationBody,
};
use crate::risk_pool::rules::claims::{may_submit, may_update};
use crate::risk_pool::rules::{CompensationFigures, compensation_split};
use crate::say;

const ID_MAX: usize = 64;
const EVIDENCE_MAX: usize = 4_000;
const DAYS_MAX: i64 = 36_500;
const ONE_PPM: i64 = 1_000_000;

/// One claim per loan, unless the one before was refused.
pub fn file_compensation(
    cx: &mut Cx,
    body: &FileCompensationBody,
    terms: &PoolTerms,
) -> Result<CompensationView, AppError> {
    let mut faults = Faults::default();
    for (pointer, id) in [("/bank_id", &body.bank_id), ("/loan_id", &body.loan_id), ("/talent_id", &body.talent_id)] {
        faults.text(pointer, id, 1, ID_MAX);
    }
    let enterprise_id =
        check_given(&mut faults, "/enterprise_id", body.enterprise_id.clone(), EnterpriseId(String::new()));
    if body.enterprise_id.is_some() && !db::claims::enterprise_exists(cx.conn, &enterprise_id)? {
        faults.plain("/enterprise_id", FieldCode::NotExisting);
    }
    let overdue_days = check_given(&mut faults, "/overdue_days", body.overdue_days, 0);
    let class = check_given(&mut faults, "/class", body.class, LoanClass::Normal);
    if let Some(split) = &body.split {
        check_split(&mut faults, split);
    }
    let today = today(cx);
    let split = body.split.clone().unwrap_or_else(|| terms.split.clone());
    let levels: Vec<LevelAmounts> = split.iter().map(LevelAmounts::of).collect();
    let mut claim = CompensationClaim {
        id: cx.id(),
        bank_id: body.bank_id.trim().to_owned(),
        loan_id: body.loan_id.trim().to_owned(),
        enterprise_id,
        talent_id: body.talent_id.trim().to_owned(),
        state: CompensationState::Filed,
        principal_loss_fen: body.principal_loss_fen,
        covered_fen: body.covered_fen,
        ratio_ppm: body.ratio_ppm.unwrap_or(terms.ratio_ppm),
        overdue_days,
        class,
        recovery_started_on: body.recovery_started_on,
        collateral_proceeds_fen: body.collateral_proceeds_fen,
        evidence: body.evidence.trim().to_owned(),
        entitled_fen: 0,
        committed_fen: 0,
        paid_fen: 0,
        returned_fen: 0,
        queued_fen: 0,
        levels: Doc::of(&levels),
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
    check_facts(cx, &mut faults, &claim);
    faults.done()?;
    entitle(&mut claim)?;
    start_clock(cx, &mut claim, today, terms)?;
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
    body.covered_fen.inspect(|fen| after.covered_fen = *fen);
    body.overdue_days.inspect(|days| after.overdue_days = *days);
    body.class.inspect(|class| after.class = *class);
    body.recovery_started_on.inspect(|on| after.recovery_started_on = *on);
    body.collateral_proceeds_fen.inspect(|fen| after.collateral_proceeds_fen = *fen);
    body.evidence.iter().for_each(|text| after.evidence = text.trim().to_owned());
    let mut faults = Faults::default();
    check_facts(cx, &mut faults, &after);
    faults.done()?;
    entitle(&mut after)?;
    cx.record(Event::on(after.subject()).changes(facts(Changes::default(), Some(&before), &after)));
    let after = store(cx, after)?;
    view::view(cx, after)
}

/// Hands a returned claim in again: complete from today, so the payment clock starts anew.
pub fn submit_compensation(
    cx: &mut Cx,
    id: &CompensationClaimId,
    terms: &PoolTerms,
) -> Result<CompensationView, AppError> {
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_submit(&before)?;
    let mut after = before.clone();
    after.state = CompensationState::Filed;
    after.reason = None;
    let today = today(cx);
    start_clock(cx, &mut after, today, terms)?;
    cx.record(Event::on(after.subject()).moved(before.state, after.state));
    let after = store(cx, after)?;
    view::view(cx, after)
}

fn check_facts(cx: &Cx, faults: &mut Faults, claim: &CompensationClaim) {
    check_money(faults, "/principal_loss_fen", claim.principal_loss_fen, 1);
    check_money(faults, "/covered_fen", claim.covered_fen, 1);
    check_money(faults, "/collateral_proceeds_fen", claim.collateral_proceeds_fen, 0);
    faults.range("/ratio_ppm", claim.ratio_ppm, 1, ONE_PPM);
    faults.range("/overdue_days", claim.overdue_days.into(), 0, DAYS_MAX);
    faults.text("/evidence", &claim.evidence, 1, EVIDENCE_MAX);
    check_past_day(cx, faults, "/recovery_started_on", claim.recovery_started_on);
}

fn check_split(faults: &mut Faults, split: &[LevelShare]) {
    if split.is_empty() {
        faults.plain("/split", FieldCode::Required);
    }
    let mut seen = BTreeSet::new();
    for (at, share) in split.iter().enumerate() {
        faults.range(&format!("/split/{at}/weight"), share.weight, 1, ONE_PPM);
        if !seen.insert(share.level) {
            faults.plain(format!("/split/{at}/level"), FieldCode::Duplicate);
        }
    }
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
