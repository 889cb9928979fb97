//! An officer takes an objection from admission to reply. Whoever takes a step handles it from then on, and the trail says so.

use crate::enterprises::db::subjects::list_subject_names;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event, Subject};
use crate::publicity::db;
use crate::publicity::model::{
    ListObjectionsParams, Objection, ObjectionId, ObjectionOutcome, ObjectionSummary, ObjectionView,
    RefuseObjectionBody, ResolveObjectionBody,
};
use crate::publicity::rules::{self, Step};
use crate::publicity::service::effects;

const MASK: &str = "***";

pub fn list_objections(cx: &mut Cx, params: &ListObjectionsParams) -> Result<Page<ObjectionSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_objections(cx.conn, cx.actor.user_id(), params, &page)?;
    let total = if page.count { Some(db::count_objections(cx.conn, cx.actor.user_id(), params)?) } else { None };
    let subjects = rows.iter().map(|(o, _)| (o.subject_kind.as_str(), o.subject_id.as_str()));
    let names = list_subject_names(cx.conn, subjects)?;
    Ok(Page::of(
        rows,
        page.limit,
        total,
        |(objection, _)| objection.id.clone(),
        |(objection, notice_title)| ObjectionSummary {
            subject_name: names.get(&objection.subject_id).cloned(),
            notice_title,
            overdue: rules::is_overdue(objection.state, objection.due_on, cx.now),
            id: objection.id,
            notice_id: objection.notice_id,
            subject_kind: objection.subject_kind,
            subject_id: objection.subject_id,
            state: objection.state,
            filed_at: objection.filed_at,
            due_on: objection.due_on,
            handler: objection.handler,
            version: objection.version,
        },
    ))
}

pub fn get_objection(cx: &mut Cx, id: &ObjectionId) -> Result<ObjectionView, AppError> {
    let objection = find(cx, id)?;
    view(cx, objection)
}

/// Takes the objection up; what it is about is held from now on.
pub fn admit_objection(cx: &mut Cx, id: &ObjectionId) -> Result<ObjectionView, AppError> {
    let objection = find(cx, id)?;
    let before = effects::standing(cx, &objection)?;
    let objection = take(cx, objection, Step::Admit, Event::on(Subject::new("objection", id)))?;
    effects::admitted(cx, &objection, before)?;
    view(cx, objection)
}

pub fn refuse_objection(cx: &mut Cx, id: &ObjectionId, body: &RefuseObjectionBody) -> Result<ObjectionView, AppError> {
    let mut objection = find(cx, id)?;
    rules::may_take(objection.state, Step::Refuse)?;
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 2, 2_000);
    faults.done()?;
    objection.closed_at = Some(cx.now);
    let event = Event::on(Subject::new("objection", id)).reason(body.reason.trim());
    let objection = take(cx, objection, Step::Refuse, event)?;
    view(cx, objection)
}

pub fn investigate_objection(cx: &mut Cx, id: &ObjectionId) -> Result<ObjectionView, AppError> {
    let objection = find(cx, id)?;
    let objection = take(cx, objection, Step::Investigate, Event::on(Subject::new("objection", id)))?;
    view(cx, objection)
}

/// Decides the objection with the answer to it; what it is about is released, or denied.
pub fn resolve_objection(
    cx: &mut Cx,
    id: &ObjectionId,
    body: &ResolveObjectionBody,
) -> Result<ObjectionView, AppError> {
    let mut objection = find(cx, id)?;
    // Both outcomes are reached from the same states.
    rules::may_take(objection.state, Step::Dismiss)?;
    let mut faults = Faults::default();
    if body.outcome.is_none() {
        faults.plain("/outcome", FieldCode::Required);
    }
    faults.text("/answer", &body.answer, 2, 5_000);
    faults.done()?;
    let before = effects::standing(cx, &objection)?;
    let upheld = body.outcome == Some(ObjectionOutcome::Upheld);
    objection.outcome = body.outcome;
    objection.answer = Some(body.answer.trim().to_owned());
    objection.closed_at = Some(cx.now);
    let event = Event::on(Subject::new("objection", id)).changes(Changes::default().set("outcome", body.outcome));
    let step = if upheld { Step::Uphold } else { Step::Dismiss };
    let objection = take(cx, objection, step, event)?;
    effects::resolved(cx, &objection, before, upheld)?;
    view(cx, objection)
}

/// Notes that the objector has been given the answer.
pub fn reply_to_objection(cx: &mut Cx, id: &ObjectionId) -> Result<ObjectionView, AppError> {
    let objection = find(cx, id)?;
    let objection = take(cx, objection, Step::Reply, Event::on(Subject::new("objection", id)))?;
    view(cx, objection)
}

fn find(cx: &mut Cx, id: &ObjectionId) -> Result<Objection, AppError> {
    Ok(db::find_objection(cx.conn, cx.actor.user_id(), id)?)
}

/// Asks the rules, makes the officer the handler, writes the row with whatever else the caller changed in it.
fn take(cx: &mut Cx, mut objection: Objection, step: Step, event: Event) -> Result<Objection, AppError> {
    let from = objection.state;
    objection.state = rules::may_take(from, step)?;
    let handler = objection.handler.replace(cx.actor.label());
    objection.version += 1;
    db::update_objection(cx.conn, &objection)?;
    let mut event = event.moved(from, objection.state);
    event.changes = event.changes.field("handler", handler, &objection.handler);
    cx.record(event);
    Ok(objection)
}

pub(super) fn view(cx: &mut Cx, objection: Objection) -> Result<ObjectionView, AppError> {
    let known = rules::may_see_objector(&objection, cx.actor.user_id().map(|id| id.as_str()));
    let masked = |text: String| if known { text } else { MASK.to_owned() };
    let href = format!("/api/v1/objections/{}", objection.id);
    let steps = [
        (Step::Admit, "admission"),
        (Step::Refuse, "inadmissibility"),
        (Step::Investigate, "investigation"),
        (Step::Dismiss, "resolution"),
        (Step::Reply, "reply"),
    ];
    let actions = steps.iter().fold(Actions::of(cx), |actions, (step, noun)| {
        let rule = rules::may_take(objection.state, *step).map(drop);
        actions.add(step.action(), "POST", format!("{href}/{noun}"), rule)
    });
    let actions = actions.list();
    let about = (objection.subject_kind.as_str(), objection.subject_id.as_str());
    let notice = db::find_notice(cx.conn, &objection.notice_id)?.ok_or_else(AppError::not_found)?;
    Ok(ObjectionView {
        subject_name: list_subject_names(cx.conn, std::iter::once(about))?.remove(&objection.subject_id),
        notice_title: notice.title,
        actions,
        overdue: rules::is_overdue(objection.state, objection.due_on, cx.now),
        id: objection.id,
        notice_id: objection.notice_id,
        subject_kind: objection.subject_kind,
        subject_id: objection.subject_id,
        state: objection.state,
        objector_name: masked(objection.objector_name),
        contact: masked(objection.contact),
        content: objection.content,
        evidence: objection.evidence,
        filed_at: objection.filed_at,
        due_on: objection.due_on,
        handler: objection.handler,
        outcome: objection.outcome,
        answer: objection.answer,
        closed_at: objection.closed_at,
        version: objection.version,
    })
}
