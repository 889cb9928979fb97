//! Money that comes in, goes back or is corrected: one person prepares, another approves, and only then is it booked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ledger::{self, Booking};
use super::{check_given, check_money, check_past_day, check_reason, check_voucher, queue};
use crate::decisions::model::{Decision, DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::Subject;
use crate::risk_pool::model::{
    Account, AdjustPoolBody, FiscalLevel, LevelMoneyBody, Line, PoolTransactionId, TransactionKind,
};
use crate::risk_pool::rules;
use crate::risk_pool::rules::ledger::apply;
use crate::say;

const MOST_LINES: usize = 20;

/// What the approver reads, and what is booked word for word.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Proposal {
    kind: TransactionKind,
    lines: Vec<Line>,
    booked_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    voucher_no: Option<String>,
}

pub fn allocate_to_pool(cx: &mut Cx, body: &LevelMoneyBody) -> Result<DecisionView, AppError> {
    level_money(cx, DecisionAction::PoolAllocate, TransactionKind::Allocation, rules::ledger::allocation, body)
}

pub fn refund_from_pool(cx: &mut Cx, body: &LevelMoneyBody) -> Result<DecisionView, AppError> {
    level_money(cx, DecisionAction::PoolRefund, TransactionKind::Refund, rules::ledger::refund, body)
}

fn level_money(
    cx: &mut Cx,
    action: DecisionAction,
    kind: TransactionKind,
    lines: fn(FiscalLevel, i64) -> Vec<Line>,
    body: &LevelMoneyBody,
) -> Result<DecisionView, AppError> {
    let mut faults = Faults::default();
    let level = check_given(&mut faults, "/level", body.level, FiscalLevel::District);
    check_money(&mut faults, "/amount_fen", body.amount_fen, 1);
    check_reason(&mut faults, &body.reason);
    check_voucher(&mut faults, &body.voucher_no);
    let booked_on = check_past_day(cx, &mut faults, "/booked_on", body.booked_on);
    faults.done()?;
    ledger::check_unused(cx, kind, &body.voucher_no)?;
    let lines = lines(level, body.amount_fen);
    propose(cx, action, &body.reason, Proposal { kind, lines, booked_on, voucher_no: Some(body.voucher_no.clone()) })
}

pub fn adjust_pool(cx: &mut Cx, body: &AdjustPoolBody) -> Result<DecisionView, AppError> {
    let mut faults = Faults::default();
    check_lines(&mut faults, &body.lines);
    check_reason(&mut faults, &body.reason);
    let booked_on = check_past_day(cx, &mut faults, "/booked_on", body.booked_on);
    faults.done()?;
    let proposal = Proposal { kind: TransactionKind::Adjust, lines: body.lines.clone(), booked_on, voucher_no: None };
    propose(cx, DecisionAction::PoolAdjust, &body.reason, proposal)
}

fn check_lines(faults: &mut Faults, lines: &[Line]) {
    if lines.len() < 2 || lines.len() > MOST_LINES {
        let said = say!("应有 2 至 {MOST_LINES} 条分录", "takes 2 to {MOST_LINES} postings");
        faults.add("/lines", FieldCode::OutOfRange, said);
        return;
    }
    for (at, line) in lines.iter().enumerate() {
        let pointer = format!("/lines/{at}/amount_fen");
        match line.amount_fen {
            0 => faults.plain(pointer, FieldCode::Required),
            fen => check_money(faults, &pointer, fen.saturating_abs(), 1),
        }
        if line.account == Account::Committed {
            let said = say!("承诺占用只随补偿申请变动", "what is committed moves with its claim only");
            faults.add(format!("/lines/{at}/account"), FieldCode::NotAllowed, said);
        }
    }
    let sum: i128 = lines.iter().map(|line| i128::from(line.amount_fen)).sum();
    if sum != 0 {
        faults.add("/lines", FieldCode::OutOfRange, say!("分录合计须为零", "postings must sum to zero"));
    }
}

/// Refused at once when the pool does not hold the money now; asked again when it is booked.
fn propose(cx: &mut Cx, action: DecisionAction, reason: &str, proposal: Proposal) -> Result<DecisionView, AppError> {
    apply(&ledger::balances(cx)?, &proposal.lines).map_err(ledger::refused)?;
    // The subject is the transaction to be, so that several proposals may be pending at once.
    let id: PoolTransactionId = cx.id();
    let preparation = Preparation {
        subject: Subject::new("pool_transaction", &id),
        action,
        proposal: serde_json::to_value(proposal).map_err(AppError::internal)?,
        reason: reason.to_owned(),
        approvals_needed: 1,
    };
    let decision = decisions::prepare(cx, preparation)?;
    decisions::view(cx, decision)
}

/// Books an approved proposal, in the transaction of the approval.
pub fn carry_out(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    ledger::take_turn(cx)?;
    let proposal: Proposal = serde_json::from_str(decision.proposal.as_text()).map_err(AppError::internal)?;
    let booking = Booking {
        id: PoolTransactionId(decision.subject_id.clone()),
        kind: proposal.kind,
        subject: ledger::pool(),
        reason: decision.reason.clone(),
        voucher_no: proposal.voucher_no,
        booked_on: proposal.booked_on,
        decision_id: Some(decision.id.clone()),
    };
    ledger::book(cx, booking, &proposal.lines)?;
    queue::serve(cx)
}
