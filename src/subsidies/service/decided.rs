//! What approved decisions do, and what follows when they come to nothing. Everything is asked again.

use super::reviewing::still_fits;
use super::{budgets, claw_backs, db, move_by};
use crate::decisions::model::{Decision, DecisionAction};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::subsidies::model::{ClawBackId, SubsidyClaimId};
use crate::subsidies::rules::claims::{Step, is_involved};

pub fn carry_out(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    match decision.action {
        DecisionAction::SubsidyApprove => approved(cx, decision),
        DecisionAction::SubsidyClawBack => claw_backs::demanded(cx, &claw_back_of(decision)),
        DecisionAction::SubsidyBudgetSet => budgets::set(cx, decision),
        other => Err(AppError::internal(format!("{other} is no decision on a subsidy"))),
    }
}

/// Budget and claim in one transaction: what the budget does not hold is not approved.
fn approved(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let mut claim = db::claims::find_claim(cx.conn, &claim_of(decision))?;
    still_fits(cx, &claim)?;
    let granted_fen = claim.granted_fen;
    budgets::book(cx, claim.budget_year, |budget| budget.committed_fen += granted_fen)?;
    let changes = Changes::default().set("decision_id", &decision.id).set("granted_fen", granted_fen);
    move_by(cx, &mut claim, Step::Approve, Some(&decision.reason), changes)
}

/// Refused, or taken back by whoever prepared it: the claim is reviewed again, the demand is not made.
pub fn dropped(cx: &mut Cx, decision: &Decision, reason: &str) -> Result<(), AppError> {
    match decision.action {
        DecisionAction::SubsidyApprove => {
            let mut claim = db::claims::find_claim(cx.conn, &claim_of(decision))?;
            claim.reason = Some(reason.trim().to_owned());
            move_by(cx, &mut claim, Step::Reopen, Some(reason), Changes::default())
        }
        DecisionAction::SubsidyClawBack => claw_backs::dropped(cx, &claw_back_of(decision), reason),
        _ => Ok(()),
    }
}

/// Who acts for the enterprise, filed the claim or reviewed it leaves the approval to others.
pub fn is_conflicted(cx: &mut Cx, decision: &Decision) -> Result<bool, AppError> {
    let Some(me) = cx.actor.user_id().cloned() else { return Ok(false) };
    let claim = match decision.action {
        DecisionAction::SubsidyApprove => db::claims::find_claim(cx.conn, &claim_of(decision))?,
        DecisionAction::SubsidyClawBack => {
            let claw_back = db::claw_backs::find_claw_back(cx.conn, &claw_back_of(decision))?;
            let claim = db::claims::find_claim(cx.conn, &claw_back.claim_id)?;
            return Ok(db::claims::is_member(cx.conn, &claim.enterprise_id, &me)?);
        }
        _ => return Ok(false),
    };
    let reviewed = is_involved(&claim, me.as_str()) && decision.prepared_by != me;
    Ok(reviewed || db::claims::is_member(cx.conn, &claim.enterprise_id, &me)?)
}

fn claim_of(decision: &Decision) -> SubsidyClaimId {
    SubsidyClaimId(decision.subject_id.clone())
}

fn claw_back_of(decision: &Decision) -> ClawBackId {
    ClawBackId(decision.subject_id.clone())
}
