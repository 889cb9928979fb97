//! What the unit does.

use serde_json::json;

use super::{Taken, check_due, check_note, find_case, subject, write};
use crate::decisions::model::{Decision, DecisionAction};
use crate::decisions::service::{self as decisions, Preparation};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::say;
use crate::support::db;
use crate::support::model::{
    AnswerItemBody, ExtendItemBody, ItemId, ItemKind, ItemNoteBody, ItemProgressBody, ItemState, ItemStep, ItemView,
    no_deadline,
};
use crate::support::rules;

/// The unit takes it on and says what it will do until when. A measure of a plan is promised no later than the plan says.
pub fn answer_item(cx: &mut Cx, id: &ItemId, body: &AnswerItemBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Answer)?;
    let mut faults = Faults::default();
    check_note(&mut faults, &body.note);
    check_due(cx, &mut faults, &case.item, body.due_on)?;
    if case.item.kind == ItemKind::Measure
        && case.facts.state == ItemState::Assigned
        && let (Some(planned), Some(due_on)) = (case.item.due_on, body.due_on)
        && due_on > planned
        && planned >= case.facts.today
    {
        let said = say!("方案约定的期限为 {planned}", "the plan says {planned}");
        faults.add("/due_on", FieldCode::OutOfRange, said);
    }
    faults.done()?;
    let mut item = case.item.clone();
    item.answered_at = item.answered_at.or(Some(cx.now));
    item.due_on = body.due_on;
    item.deadline_on = body.due_on.unwrap_or_else(no_deadline);
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Answer, to, &body.note))?;
    super::reading::view(cx, item)
}

/// Not the unit's remit.
pub fn return_item(cx: &mut Cx, id: &ItemId, body: &ItemNoteBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Return)?;
    let mut faults = Faults::default();
    check_note(&mut faults, &body.note);
    faults.done()?;
    let mut item = case.item.clone();
    item.department_id = None;
    item.deadline_on = no_deadline();
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Return, to, &body.note))?;
    super::reading::view(cx, item)
}

/// How it goes, with evidence where there is some.
pub fn progress_item(cx: &mut Cx, id: &ItemId, body: &ItemProgressBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Progress)?;
    check_progress(body)?;
    let taken = Taken { documents: &body.documents, ..Taken::new(ItemStep::Progress, to, &body.note) };
    let item = write(cx, &case.item, case.item.clone(), &taken)?;
    super::reading::view(cx, item)
}

/// Done: what the enterprise is asked to confirm. Evidence counts from now and from before.
pub fn complete_item(cx: &mut Cx, id: &ItemId, body: &ItemProgressBody) -> Result<ItemView, AppError> {
    let mut case = find_case(cx, id)?;
    case.facts.evidence |= !body.documents.is_empty();
    let to = case.may(ItemStep::Complete)?;
    check_progress(body)?;
    let mut item = case.item.clone();
    item.completed_at = Some(cx.now);
    item.on_time = item.due_on.map(|due_on| case.facts.today <= due_on);
    item.deadline_on = no_deadline();
    let taken = Taken { documents: &body.documents, ..Taken::new(ItemStep::Complete, to, &body.note) };
    let item = write(cx, &case.item, item, &taken)?;
    super::reading::view(cx, item)
}

fn check_progress(body: &ItemProgressBody) -> Result<(), AppError> {
    let mut faults = Faults::default();
    check_note(&mut faults, &body.note);
    rules::documents_faults(&mut faults, "/documents", &body.documents);
    faults.done()
}

/// Files come while the item is open. What shows that the unit has done it is the unit's to give.
pub fn may_change_files(cx: &mut Cx, id: &ItemId, item: Option<&str>, faults: &mut Faults) -> Result<(), AppError> {
    let case = find_case(cx, id)?;
    rules::may_attach(&case.facts)?;
    match item {
        None => {}
        Some(rules::EVIDENCE) if case.facts.in_unit => {}
        Some(rules::EVIDENCE) => faults.plain("item", FieldCode::NotAllowed),
        Some(_) => faults.plain("item", FieldCode::NotExisting),
    }
    Ok(())
}

/// Who sees the item sees its files.
pub fn may_see_files(cx: &mut Cx, id: &ItemId) -> Result<(), AppError> {
    find_case(cx, id).map(drop)
}

/// Prepares the one extension; an approver decides.
pub fn extend_item(cx: &mut Cx, id: &ItemId, body: &ExtendItemBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Extend)?;
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, super::super::REASON_MAX);
    check_due(cx, &mut faults, &case.item, body.due_on)?;
    if body.due_on.is_some_and(|day| Some(day) <= case.item.due_on) {
        faults.add("/due_on", FieldCode::DateOrder, say!("应晚于原定期限", "must be later than the date promised"));
    }
    faults.done()?;
    decisions::prepare(
        cx,
        Preparation {
            subject: subject(id),
            action: DecisionAction::SupportItemExtend,
            proposal: json!({"title": case.item.title, "due_on": {"from": case.item.due_on, "to": body.due_on}}),
            reason: body.reason.clone(),
            approvals_needed: 1,
        },
    )?;
    let item = write(cx, &case.item, case.item.clone(), &Taken::new(ItemStep::Extend, to, &body.reason))?;
    super::reading::view(cx, item)
}

/// What the approval does. Asked again: the item may have moved on.
pub fn extended(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let before = db::items::find_item(cx.conn, &ItemId(decision.subject_id.clone()))?;
    let due_on = decision.proposal.read()?["due_on"]["to"].clone();
    let due_on = serde_json::from_value(due_on).map_err(AppError::internal)?;
    if before.state != ItemState::InProgress || before.extended {
        return Err(AppError::new(crate::error::Code::InvalidTransition));
    }
    let mut item = before.clone();
    (item.due_on, item.deadline_on, item.extended) = (Some(due_on), due_on, true);
    let taken =
        Taken { named: Some("support_item.extend"), ..Taken::new(ItemStep::Extend, before.state, &decision.reason) };
    write(cx, &before, item, &taken).map(drop)
}
