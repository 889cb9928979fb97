//! One function per use case, in files by the part of a claim's life they belong to.

pub mod announcing;
pub mod budgets;
mod calculating;
pub mod claw_backs;
pub mod confirming;
pub mod decided;
pub mod filing;
pub mod objections;
pub mod payments;
pub mod reading;
pub mod reviewing;
mod view;

use chrono::NaiveDate;

use super::db;
use super::model::*;
use super::rules::claims::{Step, may};
use crate::decisions::service::void_pending;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::talent_loans::service::reach;

const REASON_MAX: usize = 2_000;
const VOUCHER_MAX: usize = 64;

fn find(cx: &mut Cx, id: &SubsidyClaimId) -> Result<NamedClaim, AppError> {
    let reach = reach(cx);
    Ok(db::claims::find_visible_claim(cx.conn, &reach, id)?)
}

fn loans_of(cx: &mut Cx, id: &SubsidyClaimId) -> Result<Vec<ClaimLoan>, AppError> {
    Ok(db::claims::list_claim_loans(cx.conn, id)?.into_iter().map(|(row, _)| row).collect())
}

fn check_reason(reason: &str) -> Result<(), AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", reason, 1, REASON_MAX);
    faults.done()
}

fn check_voucher(faults: &mut Faults, voucher_no: &str) {
    faults.text("/voucher_no", voucher_no, 1, VOUCHER_MAX);
}

/// A day money moved on: today when left out, never later.
fn check_past_day(cx: &Cx, faults: &mut Faults, pointer: &str, day: Option<NaiveDate>) -> NaiveDate {
    let today = cx.today();
    if day.is_some_and(|day| day > today) {
        faults.plain(pointer, FieldCode::InTheFuture);
    }
    day.unwrap_or(today)
}

/// The one way a claim changes its state: row, loans, audit event, and no decision left pending on what is no longer so.
fn move_by(cx: &mut Cx, claim: &mut Claim, step: Step, reason: Option<&str>, changes: Changes) -> Result<(), AppError> {
    let to = may(claim, step)?;
    move_to(cx, claim, to, reason, changes)
}

fn move_to(
    cx: &mut Cx,
    claim: &mut Claim,
    to: SubsidyClaimState,
    reason: Option<&str>,
    changes: Changes,
) -> Result<(), AppError> {
    let from = claim.state;
    if from == SubsidyClaimState::PendingApproval && to != SubsidyClaimState::Approved {
        void_pending(cx, &claim.subject(), reason.unwrap_or("the claim moved on"))?;
    }
    if from.is_live() != to.is_live() {
        for mut row in loans_of(cx, &claim.id)? {
            row.live = to.is_live();
            db::claims::update_claim_loan(cx.conn, &row)?;
        }
    }
    claim.state = to;
    claim.state_since = cx.now;
    store(cx, claim)?;
    let event = Event::on(claim.subject()).moved(from, to).changes(changes);
    cx.record(match reason {
        Some(reason) => event.reason(reason.trim()),
        None => event,
    });
    Ok(())
}

/// Writes the next version of a claim.
fn store(cx: &mut Cx, claim: &mut Claim) -> Result<(), AppError> {
    claim.version += 1;
    claim.updated_at = cx.now;
    db::claims::update_claim(cx.conn, claim)?;
    Ok(())
}
