//! What approved decisions do to memberships. Everything is asked again: much may have happened since the preparation.

use chrono::Months;
use serde::Deserialize;

use super::moving::step;
use crate::decisions::model::Decision;
use crate::error::{AppError, Code};
use crate::library::db;
use crate::library::model::{Bar, Membership, MembershipId};
use crate::library::rules::Move;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;

/// The parts of a proposal that its effect follows.
#[derive(Deserialize)]
struct Proposal {
    basis: String,
    #[serde(default)]
    bar_years: u32,
}

pub fn suspended(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    carry_out(cx, decision, Move::Suspend).map(drop)
}

pub fn exited(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    carry_out(cx, decision, Move::Exit).map(drop)
}

pub fn revoked(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let (member, proposal) = carry_out(cx, decision, Move::Revoke)?;
    bar(cx, &member, decision, &proposal.basis, proposal.bar_years)
}

fn carry_out(cx: &mut Cx, decision: &Decision, by: Move) -> Result<(Membership, Proposal), AppError> {
    let mut member = db::find_membership(cx.conn, &MembershipId(decision.subject_id.clone()))?;
    if db::rechecks::has_open_recheck(cx.conn, &member.id)? {
        return Err(AppError::new(Code::InvalidTransition));
    }
    let proposal: Proposal = serde_json::from_value(decision.proposal.read()?).map_err(AppError::internal)?;
    let changes = Changes::default().set("decision", &decision.id).set("basis", &proposal.basis);
    step(cx, &mut member, by, Some(&decision.reason), changes)?;
    Ok((member, proposal))
}

/// Bars the enterprise for whole years from today; the last day is the one before the anniversary. None for 0 years.
pub(super) fn bar(
    cx: &mut Cx,
    member: &Membership,
    decision: &Decision,
    basis: &str,
    years: u32,
) -> Result<(), AppError> {
    if years == 0 {
        return Ok(());
    }
    let from_on = cx.today();
    let until_on = from_on
        .checked_add_months(Months::new(12 * years))
        .and_then(|day| day.pred_opt())
        .ok_or_else(|| AppError::internal("a bar beyond the calendar"))?;
    let row = Bar {
        id: cx.id(),
        enterprise_id: member.enterprise_id.clone(),
        membership_id: member.id.clone(),
        decision_id: decision.id.clone(),
        basis: basis.to_owned(),
        from_on,
        until_on,
        created_at: cx.now,
    };
    Ok(db::insert_bar(cx.conn, &row)?)
}
