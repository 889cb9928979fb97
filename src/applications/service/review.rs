//! Formal review: accept, return for correction, reject.

use std::collections::BTreeSet;

use super::{Case, check_reason, checked_reason, find_case, move_to, view};
use crate::applications::db;
use crate::applications::model::{
    AcceptApplicationBody, Application, ApplicationId, ApplicationReasonBody, ApplicationReturn, ApplicationView,
    Judgement, ReturnApplicationBody, Snapshot,
};
use crate::applications::rules::{self, GateVerdict, Move, OpenRule};
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::platform::types::Doc;

/// Every rule of the gate is met, judged to be met by the officer where it is theirs to judge, or overridden by a decision.
pub fn accept_application(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &AcceptApplicationBody,
) -> Result<ApplicationView, AppError> {
    accept(cx, id, body).and_then(|application| view::of(cx, application))
}

pub(super) fn accept(cx: &mut Cx, id: &ApplicationId, body: &AcceptApplicationBody) -> Result<Application, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(Move::Accept)?;
    let Case { mut application, .. } = case;
    let snapshot = snapshot_of(cx, &application)?;
    let overridden: BTreeSet<String> =
        db::list_overrides(cx.conn, &snapshot.id)?.into_iter().map(|row| row.leaf_code).collect();
    let mut faults = Faults::default();
    let judged = !body.human.is_empty() || !body.vetoes.is_empty();
    let reason = body.reason.as_deref().unwrap_or_default();
    faults.text("/reason", reason, usize::from(judged), super::REASON_MAX);
    let evaluation = snapshot.evaluation.read()?;
    let verdict = rules::judge_gate(&evaluation, &overridden, &body.human, &body.vetoes, &mut faults);
    faults.done()?;
    match verdict {
        GateVerdict::Passed => {}
        GateVerdict::VetoHit(rules) => return Err(refused(cx, Code::VetoHit, &rules)),
        GateVerdict::Unmet(rules) => return Err(refused(cx, Code::GateUnmet, &rules)),
    }
    let mut changes = Changes::default();
    if judged {
        changes = changes.set("human", &body.human).set("vetoes", &body.vetoes);
        application.judgement = Some(Doc::of(&Judgement {
            human: body.human.clone(),
            vetoes: body.vetoes.clone(),
            reason: body.reason.clone(),
            by: cx.person()?.id.clone(),
            at: cx.now,
        }));
    }
    move_to(cx, &mut application, Move::Accept, to, body.reason.as_deref(), changes)?;
    Ok(application)
}

/// What stands in the way, one by one, as `leaves` of the problem.
fn refused(cx: &Cx, code: Code, rules: &[OpenRule]) -> AppError {
    let leaves: Vec<_> = rules
        .iter()
        .map(|rule| serde_json::json!({"code": rule.code, "outcome": rule.outcome, "text": rule.text.in_lang(cx.lang)}))
        .collect();
    AppError::new(code).member("leaves", leaves)
}

pub fn return_application(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &ReturnApplicationBody,
) -> Result<ApplicationView, AppError> {
    give_back(cx, id, body).and_then(|application| view::of(cx, application))
}

pub(super) fn give_back(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &ReturnApplicationBody,
) -> Result<Application, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(Move::Return)?;
    check_items(body)?;
    let Case { mut application, round, .. } = case;
    let days = u16::try_from(round.return_days).map_err(AppError::internal)?;
    let due_on = crate::calendars::service::load(cx)?.add_working_days(cx.today(), days);
    application.returns_used += 1;
    application.return_due_on = Some(due_on);
    let row = ApplicationReturn {
        id: cx.id(),
        application_id: id.clone(),
        number: application.returns_used,
        items: Doc::of(&body.items),
        due_on,
        returned_by: cx.person()?.id.clone(),
        at: cx.now,
        resubmitted_at: None,
    };
    db::insert_return(cx.conn, &row)?;
    let remarks: Vec<&str> = body.items.iter().map(|item| item.remark.trim()).collect();
    let changes = Changes::default().set("items", &body.items).set("due_on", due_on);
    move_to(cx, &mut application, Move::Return, to, Some(&remarks.join("; ")), changes)?;
    Ok(application)
}

const ITEMS_MAX: usize = 100;

fn check_items(body: &ReturnApplicationBody) -> Result<(), AppError> {
    let mut faults = Faults::default();
    if body.items.is_empty() {
        faults.plain("/items", FieldCode::Required);
    } else if body.items.len() > ITEMS_MAX {
        faults.plain("/items", FieldCode::TooLong);
    }
    for (i, item) in body.items.iter().enumerate() {
        faults.text(&format!("/items/{i}/remark"), &item.remark, 1, super::REASON_MAX);
        if let Some(pointer) = &item.pointer {
            faults.text(&format!("/items/{i}/pointer"), pointer, 1, 200);
            if !pointer.starts_with('/') {
                faults.plain(format!("/items/{i}/pointer"), FieldCode::Format);
            }
        }
    }
    faults.done()
}

pub fn reject_application(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &ApplicationReasonBody,
) -> Result<ApplicationView, AppError> {
    reject(cx, id, body).and_then(|application| view::of(cx, application))
}

pub(super) fn reject(cx: &mut Cx, id: &ApplicationId, body: &ApplicationReasonBody) -> Result<Application, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(Move::Reject)?;
    checked_reason(&body.reason)?;
    let mut application = case.application;
    move_to(cx, &mut application, Move::Reject, to, Some(&body.reason), Changes::default())?;
    Ok(application)
}

pub(super) fn snapshot_of(cx: &mut Cx, application: &Application) -> Result<Snapshot, AppError> {
    let id = application.snapshot_id.as_ref().ok_or_else(|| AppError::internal("handed in without a snapshot"))?;
    Ok(db::find_snapshot(cx.conn, id)?)
}

pub(super) fn check_override(
    cx: &mut Cx,
    application: &Application,
    leaves: &[String],
    reason: &str,
) -> Result<Snapshot, AppError> {
    let snapshot = snapshot_of(cx, application)?;
    let mut faults = Faults::default();
    check_reason(&mut faults, reason);
    rules::overridable(&snapshot.evaluation.read()?, leaves, &mut faults);
    faults.done()?;
    Ok(snapshot)
}
