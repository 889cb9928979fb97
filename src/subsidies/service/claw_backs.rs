//! Money asked back: prepared by one, approved by another, received in parts.

use serde_json::json;

use super::calculating::scheme_of;
use super::{REASON_MAX, budgets, check_past_day, check_voucher, db, find};
use crate::decisions::model::DecisionAction;
use crate::decisions::service::{Preparation, prepare};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event};
use crate::reconciliation::model::MoneyAccount;
use crate::reconciliation::service::may_book;
use crate::say;
use crate::subsidies::model::*;
use crate::subsidies::rules::claw_back::{amount, may_claw_back, may_repay};

pub fn list_claw_backs(cx: &mut Cx, id: &SubsidyClaimId) -> Result<ClawBacksView, AppError> {
    find(cx, id)?;
    let rows = db::claw_backs::list_of_claim(cx.conn, id)?;
    Ok(ClawBacksView { items: rows.into_iter().map(|row| view(cx, row)).collect::<Result<_, _>>()? })
}

/// In full, or by the days that were left of the years to stay.
pub fn claw_back_subsidy(cx: &mut Cx, id: &SubsidyClaimId, body: &ClawBackBody) -> Result<ClawBackView, AppError> {
    let (claim, _) = find(cx, id)?;
    may_claw_back(&claim)?;
    if let Some(open) = db::claw_backs::find_open(cx.conn, id)? {
        let said = say!("已有未了结的追回事项", "a demand on this claim is open already");
        return Err(AppError::with(Code::AlreadyExists, said).member("claw_back_id", open));
    }
    let mut faults = Faults::default();
    let required = |faults: &mut Faults, missing: bool, at: &str| {
        if missing {
            faults.plain(at, FieldCode::Required);
        }
    };
    required(&mut faults, body.cause.is_none(), "/cause");
    required(&mut faults, body.extent.is_none(), "/extent");
    required(&mut faults, body.since.is_none(), "/since");
    if body.since.is_some_and(|since| since > cx.today()) {
        faults.plain("/since", FieldCode::InTheFuture);
    }
    faults.text("/reason", &body.reason, 1, REASON_MAX);
    faults.done()?;
    let (Some(cause), Some(extent), Some(since)) = (body.cause, body.extent, body.since) else {
        return Err(AppError::internal("what is missing is a fault"));
    };
    let payments = db::payments::list_of_claim(cx.conn, id)?;
    let paid_on = payments.iter().find_map(|payment| payment.paid_on);
    let paid_on = paid_on.ok_or_else(|| AppError::internal("a paid claim has a payment"))?;
    let years = scheme_of(cx, &claim)?.service.claw_back_move_out_years;
    let amount_fen = amount(extent, claim.paid_fen, claim.returned_fen, paid_on, since, years);
    if amount_fen == 0 {
        let said = say!("按期限计算无需追回", "nothing is left to ask back by that day");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    let row = ClawBack {
        id: cx.id(),
        claim_id: claim.id.clone(),
        cause,
        extent,
        since,
        amount_fen,
        received_fen: 0,
        state: ClawBackState::Proposed,
        reason: body.reason.trim().to_owned(),
        prepared_by: cx.actor.label(),
        demanded_on: None,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    db::claw_backs::insert_claw_back(cx.conn, &row)?;
    let preparation = Preparation {
        subject: row.subject(),
        action: DecisionAction::SubsidyClawBack,
        proposal: json!({
            "claim_id": claim.id, "cause": cause, "extent": extent, "since": since, "amount_fen": amount_fen,
            "paid_fen": claim.paid_fen, "returned_fen": claim.returned_fen,
        }),
        reason: body.reason.clone(),
        approvals_needed: 1,
    };
    prepare(cx, preparation)?;
    let changes = Changes::default().set("claw_back_id", &row.id).set("amount_fen", amount_fen);
    cx.record(Event::on(claim.subject()).reason(&row.reason).changes(changes));
    view(cx, row)
}

pub(super) fn demanded(cx: &mut Cx, id: &ClawBackId) -> Result<(), AppError> {
    let mut row = db::claw_backs::find_claw_back(cx.conn, id)?;
    row.demanded_on = Some(cx.today());
    step(cx, &mut row, ClawBackState::Demanded, None)
}

pub(super) fn dropped(cx: &mut Cx, id: &ClawBackId, reason: &str) -> Result<(), AppError> {
    let mut row = db::claw_backs::find_claw_back(cx.conn, id)?;
    step(cx, &mut row, ClawBackState::Dropped, Some(reason))
}

/// Received from the enterprise. It counts as returned and does not fill the budget again.
pub fn record_repayment(cx: &mut Cx, id: &ClawBackId, body: &RecordRepaymentBody) -> Result<ClawBackView, AppError> {
    let mut row = db::claw_backs::find_claw_back(cx.conn, id)?;
    let voucher = body.voucher_no.trim();
    if db::claw_backs::repayment_voucher_exists(cx.conn, voucher)? {
        return Err(AppError::new(Code::VoucherUsed));
    }
    may_repay(&row)?;
    let mut faults = Faults::default();
    faults.range("/amount_fen", body.amount_fen, 1, row.amount_fen - row.received_fen);
    check_voucher(&mut faults, voucher);
    let received_on = check_past_day(cx, &mut faults, "/received_on", body.received_on);
    faults.done()?;
    may_book(cx, MoneyAccount::Subsidy, received_on)?;
    let repayment = Repayment {
        id: cx.id(),
        claw_back_id: row.id.clone(),
        amount_fen: body.amount_fen,
        voucher_no: voucher.to_owned(),
        received_on,
        recorded_by: cx.actor.label(),
        at: cx.now,
    };
    db::claw_backs::insert_repayment(cx.conn, &repayment)?;
    row.received_fen += body.amount_fen;
    let to = if row.received_fen == row.amount_fen { ClawBackState::Settled } else { ClawBackState::Demanded };
    step(cx, &mut row, to, None)?;
    let mut claim = db::claims::find_claim(cx.conn, &row.claim_id)?;
    let before_fen = claim.returned_fen;
    claim.returned_fen += body.amount_fen;
    super::store(cx, &mut claim)?;
    let changes = Changes::default().field("returned_fen", before_fen, claim.returned_fen).set("voucher_no", voucher);
    cx.record(Event::on(claim.subject()).changes(changes));
    budgets::book(cx, claim.budget_year, |budget| budget.returned_fen += body.amount_fen)?;
    view(cx, row)
}

fn step(cx: &mut Cx, row: &mut ClawBack, to: ClawBackState, reason: Option<&str>) -> Result<(), AppError> {
    let from = row.state;
    row.state = to;
    row.version += 1;
    row.updated_at = cx.now;
    db::claw_backs::update_claw_back(cx.conn, row)?;
    let changes = Changes::default().set("amount_fen", row.amount_fen).set("received_fen", row.received_fen);
    let event = Event::on(row.subject()).moved(from, to).changes(changes);
    cx.record(match reason {
        Some(reason) => event.reason(reason.trim()),
        None => event,
    });
    Ok(())
}

fn view(cx: &mut Cx, row: ClawBack) -> Result<ClawBackView, AppError> {
    let repayments = db::claw_backs::list_repayments(cx.conn, &row.id)?;
    let href = format!("/api/v1/claw-backs/{}/repayments", row.id);
    let actions = Actions::of(cx).add(Action::ClawBackRepay, "POST", href, may_repay(&row)).list();
    Ok(ClawBackView {
        id: row.id,
        claim_id: row.claim_id,
        cause: row.cause,
        extent: row.extent,
        since: row.since,
        amount_fen: row.amount_fen,
        received_fen: row.received_fen,
        state: row.state,
        reason: row.reason,
        demanded_on: row.demanded_on,
        repayments: repayments.into_iter().map(RepaymentView::from).collect(),
        version: row.version,
        actions,
    })
}
