//! What approved decisions do to applications. Everything is asked again: much may have happened since the preparation.

use serde::Deserialize;

use super::{Case, find_case, move_to, subject};
use crate::applications::db;
use crate::applications::model::{Application, ApplicationId, Override, SnapshotId};
use crate::applications::rules::Move;
use crate::decisions::model::Decision;
use crate::error::{AppError, Code};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};

/// The rules named in the proposal no longer stand in the way of this submission.
pub fn overridden(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    #[derive(Deserialize)]
    struct Proposal {
        snapshot_id: SnapshotId,
        leaves: Vec<Leaf>,
    }
    #[derive(Deserialize)]
    struct Leaf {
        code: String,
    }
    let case = find_case(cx, &ApplicationId(decision.subject_id.clone()))?;
    case.may(Move::Override)?;
    let proposal: Proposal = serde_json::from_value(decision.proposal.read()?).map_err(AppError::internal)?;
    let Case { mut application, .. } = case;
    if application.snapshot_id.as_ref() != Some(&proposal.snapshot_id) {
        return Err(AppError::new(Code::InvalidTransition));
    }
    let codes: Vec<String> = proposal.leaves.into_iter().map(|leaf| leaf.code).collect();
    let known = db::list_overrides(cx.conn, &proposal.snapshot_id)?;
    for code in codes.iter().filter(|code| known.iter().all(|row| row.leaf_code != **code)) {
        let row = Override {
            id: cx.id(),
            application_id: application.id.clone(),
            snapshot_id: proposal.snapshot_id.clone(),
            leaf_code: code.clone(),
            reason: decision.reason.clone(),
            decision_id: decision.id.clone(),
            at: cx.now,
        };
        db::insert_override(cx.conn, &row)?;
    }
    application.version += 1;
    application.updated_at = cx.now;
    db::update_application(cx.conn, &application)?;
    let changes = Changes::default().set("leaves", codes).set("decision", &decision.id);
    let event = Event::on(subject(&application.id)).action(Move::Override.name());
    cx.record(event.reason(&decision.reason).changes(changes));
    Ok(())
}

pub fn proposed(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    carry_out(cx, decision, Move::Propose).map(drop)
}

/// Who was not selected stays in the library as a candidate.
pub fn not_selected(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let application = carry_out(cx, decision, Move::NotSelect)?;
    super::rounds::keep_candidate(cx, &application)
}

pub fn voided(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    carry_out(cx, decision, Move::Void).map(drop)
}

/// As part of a release, which decides many at once.
pub fn propose_released(cx: &mut Cx, id: &ApplicationId, decision: &Decision) -> Result<(), AppError> {
    carry_out_on(cx, id, decision, Move::Propose).map(drop)
}

pub fn pass_over_released(cx: &mut Cx, id: &ApplicationId, decision: &Decision) -> Result<(), AppError> {
    let application = carry_out_on(cx, id, decision, Move::NotSelect)?;
    super::rounds::keep_candidate(cx, &application)
}

/// Why an application was not selected, as the trail has it.
pub fn reason_not_selected(cx: &mut Cx, id: &ApplicationId) -> Result<String, AppError> {
    Ok(db::find_last_reason(cx.conn, &super::subject(id), Move::NotSelect.name())?.unwrap_or_default())
}

fn carry_out(cx: &mut Cx, decision: &Decision, what: Move) -> Result<Application, AppError> {
    carry_out_on(cx, &ApplicationId(decision.subject_id.clone()), decision, what)
}

fn carry_out_on(cx: &mut Cx, id: &ApplicationId, decision: &Decision, what: Move) -> Result<Application, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(what)?;
    let mut application = case.application;
    let changes = Changes::default().set("decision", &decision.id);
    move_to(cx, &mut application, what, to, Some(&decision.reason), changes)?;
    Ok(application)
}
