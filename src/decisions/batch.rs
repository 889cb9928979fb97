//! One word for many decisions: all of them, or none.

use super::model::{
    ApproveDecisionBody, BatchDecisionsBody, DecisionBatchAction, DecisionBatchResult, DecisionBatchView, DecisionId,
    DecisionReasonBody,
};
use super::service;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::batch;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};

/// The permission the single step asks for.
pub fn permission(action: Option<DecisionBatchAction>) -> Action {
    match action.unwrap_or(DecisionBatchAction::Approval) {
        DecisionBatchAction::Approval => Action::DecisionApprove,
        DecisionBatchAction::Refusal => Action::DecisionRefuse,
    }
}

pub fn decide_batch(cx: &mut Cx, body: &BatchDecisionsBody) -> Result<DecisionBatchView, AppError> {
    let mut faults = Faults::default();
    if body.action.is_none() {
        faults.plain("/action", FieldCode::Required);
    }
    batch::check_ids(&body.ids, &mut faults);
    let refusing = body.action == Some(DecisionBatchAction::Refusal);
    faults.text("/reason", &body.reason, usize::from(refusing), service::REASON_MAX);
    faults.done()?;
    let reason = Some(body.reason.clone()).filter(|reason| !reason.trim().is_empty());
    let step = |cx: &mut Cx, id: &DecisionId| match refusing {
        true => service::refuse_decision(cx, id, &DecisionReasonBody { reason: body.reason.clone() }).map(drop),
        false => service::approve_decision(cx, id, &ApproveDecisionBody { reason: reason.clone() }).map(drop),
    };
    let (applied, tried) = batch::all_or_none(cx, &body.ids, body.dry_run, step)?;
    if !applied {
        let me = cx.person()?.id.clone();
        let changes = Changes::default().set("batch", body.action).set("size", body.ids.len()).set("applied", false);
        cx.record(Event::on(Subject::new("user", me)).action("decision.try_batch").changes(changes));
    }
    let result = |(id, refusal): (DecisionId, Option<AppError>)| DecisionBatchResult {
        id,
        ok: refusal.is_none(),
        code: refusal.as_ref().map(|refusal| refusal.code.as_str().to_owned()),
        reason: refusal.as_ref().map(|refusal| batch::reason(cx, refusal)),
    };
    Ok(DecisionBatchView { applied, results: tried.into_iter().map(result).collect() })
}
