use super::super::ledger::{self, Booking};
use super::super::{check_given, check_money, check_past_day, check_reason, check_voucher, queue};
use super::{find, record_money, store, view};
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::risk_pool::db;
use crate::risk_pool::model::{
    CompensationClaimId, CompensationState, CompensationView, RecordRecoveryBody, Recovery, TransactionKind,
    WriteOffCompensationBody,
};
use crate::risk_pool::rules;
use crate::risk_pool::rules::claims::{may_close, may_recover, may_write_off};
use crate::risk_pool::rules::recoveries::{RecoveryFigures, recovery_split};
use crate::say;

/// What the bank got from the debtor after it was compensated, less its cost: government's share goes back to the pool.
pub fn record_recovery(
    cx: &mut Cx,
    id: &CompensationClaimId,
    body: &RecordRecoveryBody,
) -> Result<CompensationView, AppError> {
    ledger::take_turn(cx)?;
    let recorded_by = cx.person()?.id.clone();
    let before = find(cx, id)?;
    if db::claims::recovery_voucher_exists(cx.conn, body.voucher_no.trim())? {
        return Err(AppError::new(Code::VoucherUsed));
    }
    may_recover(&before)?;
    let received_on = checked(cx, body)?;
    let mut levels = before.levels.read()?;
    let outstanding: Vec<i64> = levels.iter().map(|level| level.paid_fen - level.returned_fen).collect();
    let net_fen = body.gross_fen - body.cost_fen;
    let figures = RecoveryFigures { net_fen, ratio_ppm: before.ratio_ppm, outstanding_by_level: &outstanding };
    let split = recovery_split(&figures);
    let mut by_level = Vec::new();
    for (level, fen) in levels.iter_mut().zip(&split.returned_by_level) {
        level.returned_fen += fen;
        by_level.push((level.level, *fen));
    }
    let transaction_id = if split.returned_fen > 0 {
        let booking = Booking {
            id: cx.id(),
            kind: TransactionKind::Recovery,
            subject: before.subject(),
            reason: "government's share of a recovery".to_owned(),
            voucher_no: Some(body.voucher_no.clone()),
            booked_on: received_on,
            decision_id: None,
        };
        Some(ledger::book(cx, booking, &rules::ledger::recovery(&by_level))?.id)
    } else {
        None
    };
    let recovery = Recovery {
        id: cx.id(),
        claim_id: before.id.clone(),
        gross_fen: body.gross_fen,
        cost_fen: body.cost_fen,
        returned_fen: split.returned_fen,
        bank_fen: split.bank_fen,
        received_on,
        voucher_no: body.voucher_no.trim().to_owned(),
        transaction_id,
        recorded_by,
        at: cx.now,
    };
    db::claims::insert_recovery(cx.conn, &recovery)?;
    let mut after = before.clone();
    after.returned_fen += split.returned_fen;
    after.levels = Doc::of(&levels);
    record_money(cx, "compensation.recover", &before, after)?;
    queue::serve(cx)?;
    view::get_compensation(cx, id)
}

fn checked(cx: &Cx, body: &RecordRecoveryBody) -> Result<chrono::NaiveDate, AppError> {
    let mut faults = Faults::default();
    check_money(&mut faults, "/gross_fen", body.gross_fen, 1);
    check_money(&mut faults, "/cost_fen", body.cost_fen, 0);
    if body.cost_fen > body.gross_fen {
        let said = say!("成本不能超过追回金额", "cost cannot exceed what was recovered");
        faults.add("/cost_fen", FieldCode::OutOfRange, said);
    }
    check_voucher(&mut faults, &body.voucher_no);
    let received_on = check_past_day(cx, &mut faults, "/received_on", body.received_on);
    faults.done()?;
    Ok(received_on)
}

/// The bank has written the loan off. That closes its book, not the duty to return later recoveries.
pub fn write_off_compensation(
    cx: &mut Cx,
    id: &CompensationClaimId,
    body: &WriteOffCompensationBody,
) -> Result<CompensationView, AppError> {
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_write_off(&before)?;
    let mut faults = Faults::default();
    check_reason(&mut faults, &body.reason);
    let on = check_past_day(cx, &mut faults, "/written_off_on", body.written_off_on);
    check_given(&mut faults, "/written_off_on", body.written_off_on, on);
    faults.done()?;
    let mut after = before.clone();
    after.written_off_on = Some(on);
    let changes = Changes::default().set("written_off_on", on);
    cx.record(Event::on(after.subject()).changes(changes).reason(body.reason.trim()));
    let after = store(cx, after)?;
    view::view(cx, after)
}

/// Archives a paid claim.
pub fn close_compensation(cx: &mut Cx, id: &CompensationClaimId) -> Result<CompensationView, AppError> {
    let before = find(cx, id)?;
    cx.expect_version(before.version)?;
    may_close(&before)?;
    let mut after = before.clone();
    after.state = CompensationState::Closed;
    cx.record(Event::on(after.subject()).moved(before.state, after.state));
    let after = store(cx, after)?;
    view::view(cx, after)
}
