//! What fund managers do with a claim before it is approved: return, reject, first and second review.

use serde_json::json;

use super::calculating::{calculate, scheme_of, used_fen};
use super::{REASON_MAX, check_reason, db, find, loans_of, move_by, move_to, view};
use crate::decisions::model::DecisionAction;
use crate::decisions::service::{Preparation, prepare};
use crate::error::{AppError, Code, Faults, Refusal};
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::say;
use crate::subsidies::model::*;
use crate::subsidies::rules::budget::{may_commit, may_grant};
use crate::subsidies::rules::calculation::granted;
use crate::subsidies::rules::claims::{Step, approvals_needed, has_second_review, may, may_review, may_review_again};

/// Back to the enterprise, with everything that has to be put right.
pub fn return_subsidy_claim(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &SubsidyReasonBody,
) -> Result<SubsidyClaimView, AppError> {
    end_review(cx, id, body, Step::Return)
}

pub fn reject_subsidy_claim(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &SubsidyReasonBody,
) -> Result<SubsidyClaimView, AppError> {
    end_review(cx, id, body, Step::Reject)
}

fn end_review(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &SubsidyReasonBody,
    step: Step,
) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    cx.expect_version(claim.version)?;
    may(&claim, step)?;
    check_reason(&body.reason)?;
    claim.reason = Some(body.reason.trim().to_owned());
    move_by(cx, &mut claim, step, Some(&body.reason), Changes::default())?;
    view::view(cx, (claim, name))
}

/// Reckons anew with what cap and budget have left, and says what each loan is granted: the computed amount, or less with a reason.
pub fn review_subsidy_claim(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &ReviewSubsidyBody,
) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    cx.expect_version(claim.version)?;
    let me = cx.actor.label();
    may_review(&claim, &me)?;
    check_opinion(&body.opinion)?;
    let year = claim.budget_year;
    let budget = db::budgets::find_budget(cx.conn, year)?;
    may_commit(budget.as_ref(), year, 0)?;
    let calculation = calculate(cx, &mut claim, true)?;
    let amounts = granted(&calculation.result, &body.adjustments)?;
    claim.granted_fen = amounts.iter().sum();
    if claim.granted_fen == 0 {
        let said = say!("核定金额为零，请退回或不予通过", "nothing is granted: return or reject the claim instead");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    let mut changes = Changes::default()
        .set("computed_fen", claim.computed_fen)
        .set("granted_fen", claim.granted_fen)
        .set("bound_by", &calculation.result.bound_by);
    for (mut row, amount) in loans_of(cx, id)?.into_iter().zip(amounts) {
        let adjusted = body.adjustments.iter().find(|adjustment| adjustment.loan_id == row.loan_id);
        row.granted_fen = amount;
        row.adjust_reason = adjusted.map(|adjustment| adjustment.reason.trim().to_owned());
        if let Some(reason) = &row.adjust_reason {
            changes = changes.field(&format!("loans/{}", row.loan_id), row.computed_fen, amount);
            changes = changes.set(&format!("loans/{}/reason", row.loan_id), reason);
        }
        db::claims::update_claim_loan(cx.conn, &row)?;
    }
    claim.first_reviewer = Some(me);
    (claim.second_reviewer, claim.reason) = (None, None);
    let steps = scheme_of(cx, &claim)?.service.approval_steps;
    if has_second_review(steps) {
        move_by(cx, &mut claim, Step::Review, Some(&body.opinion), changes)?;
    } else {
        move_to(cx, &mut claim, SubsidyClaimState::PendingApproval, Some(&body.opinion), changes)?;
        ask_approvers(cx, &claim, steps, &body.opinion)?;
    }
    view::view(cx, (claim, name))
}

/// By another person than the first; then the approvers are asked.
pub fn review_subsidy_claim_again(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &SecondReviewBody,
) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    cx.expect_version(claim.version)?;
    let me = cx.actor.label();
    may_review_again(&claim, &me)?;
    check_opinion(&body.opinion)?;
    still_fits(cx, &claim)?;
    claim.second_reviewer = Some(me);
    let steps = scheme_of(cx, &claim)?.service.approval_steps;
    move_by(cx, &mut claim, Step::SecondReview, Some(&body.opinion), Changes::default())?;
    ask_approvers(cx, &claim, steps, &body.opinion)?;
    view::view(cx, (claim, name))
}

fn ask_approvers(cx: &mut Cx, claim: &Claim, steps: i64, opinion: &str) -> Result<(), AppError> {
    let loans = loans_of(cx, &claim.id)?;
    let lines = loans.iter().map(|row| {
        json!({
            "loan_id": row.loan_id, "computed_fen": row.computed_fen, "granted_fen": row.granted_fen,
            "adjust_reason": row.adjust_reason,
        })
    });
    let proposal = json!({
        "enterprise_id": claim.enterprise_id, "claim_year": claim.claim_year, "budget_year": claim.budget_year,
        "computed_fen": claim.computed_fen, "granted_fen": claim.granted_fen, "loans": lines.collect::<Vec<_>>(),
    });
    let preparation = Preparation {
        subject: claim.subject(),
        action: DecisionAction::SubsidyApprove,
        proposal,
        reason: opinion.to_owned(),
        approvals_needed: approvals_needed(steps),
    };
    prepare(cx, preparation).map(drop)
}

/// Asked at every step that leads to money, for others may have been granted theirs in between.
pub(super) fn still_fits(cx: &mut Cx, claim: &Claim) -> Result<(), AppError> {
    let budget = db::budgets::find_budget(cx.conn, claim.budget_year)?;
    may_commit(budget.as_ref(), claim.budget_year, claim.granted_fen)?;
    let cap_fen = scheme_of(cx, claim)?.subsidy.enterprise_year_cap_fen;
    let used_fen = used_fen(cx, claim)?;
    Ok(may_grant(cap_fen, used_fen, claim.granted_fen)?)
}

fn check_opinion(opinion: &str) -> Result<(), AppError> {
    let mut faults = Faults::default();
    faults.text("/opinion", opinion, 2, REASON_MAX);
    faults.done()
}
