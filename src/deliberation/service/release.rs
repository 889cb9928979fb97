//! The ranking becomes outcomes: one decision for all of a tier, carried out together or not at all.

use serde_json::{Value, json};

use super::check_reason;
use super::ranking::{Standing, open_of};
use crate::applications::service::decided;
use crate::decisions::model::{Decision, DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::deliberation::db;
use crate::deliberation::model::{ReleaseItem, ReleaseOutcome, ReleaseRankingBody};
use crate::deliberation::rules::ranking::may_release;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::Subject;
use crate::rounds::model::RoundId;

/// Whoever is above the line is proposed, everybody else is not selected - once an approver agrees.
pub fn prepare_release(cx: &mut Cx, round: &RoundId, body: &ReleaseRankingBody) -> Result<DecisionView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, round)?;
    let mut faults = Faults::default();
    if body.tier.is_none() {
        faults.plain("/tier", FieldCode::Required);
    }
    check_reason(&mut faults, &body.reason);
    faults.done()?;
    let tier = body.tier.ok_or_else(|| AppError::internal("a missing tier was refused above"))?;
    let standing = Standing::load(cx, &round, tier, None, None)?;
    let open = open_of(&standing);
    let minutes = db::find_minutes(cx.conn, &round.id)?;
    may_release(round.state, standing.stake, minutes.is_some(), standing.unscored, &open)?;
    let outcome = |above: bool| if above { ReleaseOutcome::Proposed } else { ReleaseOutcome::NotSelected };
    let shown: Vec<Value> = open
        .iter()
        .filter_map(|r| {
            let (case, total, passed) = standing.cases.get(&r.id)?;
            Some(json!({
                "application_id": r.id, "enterprise": case.enterprise, "credit_code": case.credit_code, "total": total,
                "passed": passed, "position": r.position, "computed_position": r.computed, "to": outcome(r.above_line),
            }))
        })
        .collect();
    let moves: Vec<Value> = standing
        .moves
        .iter()
        .map(|(row, name)| {
            json!({ "application_id": row.application_id, "to_position": row.to_position, "reason": row.reason, "by": name })
        })
        .collect();
    let preparation = Preparation {
        subject: Subject::new("round", &round.id),
        action: DecisionAction::RoundRelease,
        proposal: json!({
            "round_id": round.id, "tier": tier, "minutes": minutes.map(|row| row.version), "moves": moves,
            "items": shown,
        }),
        reason: body.reason.clone(),
        approvals_needed: round.approvals_needed,
    };
    let decision = decisions::prepare(cx, preparation)?;
    let items: Vec<ReleaseItem> = open
        .into_iter()
        .map(|r| ReleaseItem {
            decision_id: decision.id.clone(),
            application_id: r.id,
            position: i32::try_from(r.position).unwrap_or(i32::MAX),
            outcome: outcome(r.above_line),
        })
        .collect();
    db::insert_items(cx.conn, &items)?;
    decisions::view(cx, decision)
}

/// Every application of the release, in the order of the ranking. If one of them can no longer follow, none does.
pub fn released(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    for item in db::list_items(cx.conn, &decision.id)? {
        match item.outcome {
            ReleaseOutcome::Proposed => decided::propose_released(cx, &item.application_id, decision)?,
            ReleaseOutcome::NotSelected => decided::pass_over_released(cx, &item.application_id, decision)?,
        }
    }
    Ok(())
}

pub fn is_conflicted(cx: &mut Cx, decision: &Decision) -> Result<bool, AppError> {
    match cx.actor.user_id().cloned() {
        Some(me) => Ok(db::holds_hidden(cx.conn, &me, &decision.id)?),
        None => Ok(false),
    }
}
