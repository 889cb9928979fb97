//! Steps that take two people: an officer prepares them here, an approver decides, and `decided.rs` carries them out.

use serde_json::{Value, json};

use super::{Case, checked_reason, find_case, subject};
use crate::applications::db;
use crate::applications::model::{ApplicationId, ApplicationReasonBody, ApplicationState, OverrideApplicationBody};
use crate::applications::rules::Move;
use crate::decisions::model::{Decision, DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::error::{AppError, Code};
use crate::platform::door::Cx;

pub fn prepare_override(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &OverrideApplicationBody,
) -> Result<DecisionView, AppError> {
    let case = find_case(cx, id)?;
    case.may(Move::Override)?;
    let snapshot = super::review::check_override(cx, &case.application, &body.leaves, &body.reason)?;
    let evaluation = snapshot.evaluation.read()?;
    let shown: Vec<Value> = evaluation
        .leaves
        .iter()
        .filter(|leaf| body.leaves.contains(&leaf.code))
        .map(|leaf| json!({"code": leaf.code, "outcome": leaf.outcome, "text": leaf.text, "needs": leaf.needs, "got": leaf.got}))
        .collect();
    let more = json!({"snapshot_id": snapshot.id, "snapshot": snapshot.number, "leaves": shown});
    let decision = prepare(cx, case, DecisionAction::ApplicationOverride, None, more, &body.reason)?;
    decisions::view(cx, decision)
}

pub fn prepare_proposal(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &ApplicationReasonBody,
) -> Result<DecisionView, AppError> {
    propose(cx, id, body).and_then(|decision| decisions::view(cx, decision))
}

/// A place counts as taken while a decision on it is pending.
pub(super) fn propose(cx: &mut Cx, id: &ApplicationId, body: &ApplicationReasonBody) -> Result<Decision, AppError> {
    let mut case = find_case(cx, id)?;
    if let Some(left) = case.facts.places_left {
        let (round, tier) = (&case.application.round_id, case.application.tier);
        let asked = db::count_pending_of_tier(cx.conn, round, tier, DecisionAction::ApplicationPropose)?;
        case.facts.places_left = Some(left - asked);
    }
    // An application that is asked for already is told so, not that its own request fills the quota.
    let to = match case.may(Move::Propose) {
        Err(refusal) if refusal.code == Code::QuotaExceeded && decisions::has_pending(cx, &subject(id))? => {
            return Err(AppError::new(Code::DecisionPending));
        }
        other => other?,
    };
    checked_reason(&body.reason)?;
    prepare(cx, case, DecisionAction::ApplicationPropose, Some(to), json!({}), &body.reason)
}

pub fn prepare_non_selection(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &ApplicationReasonBody,
) -> Result<DecisionView, AppError> {
    pass_over(cx, id, body).and_then(|decision| decisions::view(cx, decision))
}

pub(super) fn pass_over(cx: &mut Cx, id: &ApplicationId, body: &ApplicationReasonBody) -> Result<Decision, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(Move::NotSelect)?;
    checked_reason(&body.reason)?;
    prepare(cx, case, DecisionAction::ApplicationNotSelect, Some(to), json!({}), &body.reason)
}

/// For fraud.
pub fn prepare_voiding(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &ApplicationReasonBody,
) -> Result<DecisionView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(Move::Void)?;
    checked_reason(&body.reason)?;
    let decision = prepare(cx, case, DecisionAction::ApplicationVoid, Some(to), json!({}), &body.reason)?;
    decisions::view(cx, decision)
}

fn prepare(
    cx: &mut Cx,
    case: Case,
    action: DecisionAction,
    to: Option<ApplicationState>,
    more: Value,
    reason: &str,
) -> Result<Decision, AppError> {
    let Case { application, round, .. } = case;
    let enterprise = db::find_enterprise(cx.conn, &application.enterprise_id)?;
    let mut proposal = json!({
        "enterprise": {"id": enterprise.id, "name": enterprise.name, "credit_code": enterprise.credit_code},
        "round_id": round.id,
        "tier": application.tier,
    });
    if let Some(to) = to {
        proposal["state"] = json!({"from": application.state, "to": to});
    }
    if let (Value::Object(proposal), Value::Object(more)) = (&mut proposal, more) {
        proposal.extend(more);
    }
    decisions::prepare(
        cx,
        Preparation {
            subject: subject(&application.id),
            action,
            proposal,
            reason: reason.to_owned(),
            approvals_needed: round.approvals_needed,
        },
    )
}
