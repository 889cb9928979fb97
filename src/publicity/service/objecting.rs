//! How an objection comes in: by the public page while the notice runs, or on paper over an officer's desk.

use chrono::NaiveDate;

use crate::calendars;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::calendar::{business_day, start_of_day_utc};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Stamp;
use crate::publicity::model::{
    FileObjectionBody, Notice, NoticeId, NoticeSubject, NoticeSubjectId, Objection, ObjectionState, ObjectionView,
    ReceiptView, RecordObjectionBody,
};
use crate::publicity::{db, rules};
use crate::say;

/// `answer_days`: working days in which an objection is answered.
pub fn file_objection(
    cx: &mut Cx,
    id: &NoticeId,
    body: &FileObjectionBody,
    answer_days: u16,
) -> Result<ReceiptView, AppError> {
    let notice = db::find_visible_notice(cx.conn, business_day(cx.arrived_at.utc()), id)?;
    rules::may_object(&notice, cx.arrived_at)?;
    let mut faults = Faults::default();
    let subject = subject(cx, &mut faults, Some(&notice), &body.subject_id)?;
    rules::objection_faults(&mut faults, &body.name, &body.contact, &body.content, &body.evidence);
    rules::contact_faults(&mut faults, &body.contact);
    faults.done()?;
    let subject = subject.ok_or_else(AppError::not_found)?;
    let due_on = due_on(cx, business_day(cx.arrived_at.utc()), answer_days)?;
    let filed = Objection {
        id: cx.id(),
        notice_id: notice.id,
        subject_kind: subject.subject_kind,
        subject_id: subject.subject_id,
        state: ObjectionState::Received,
        objector_name: body.name.trim().to_owned(),
        contact: body.contact.trim().to_owned(),
        content: body.content.trim().to_owned(),
        evidence: body.evidence.trim().to_owned(),
        filed_at: cx.arrived_at,
        due_on,
        handler: None,
        outcome: None,
        answer: None,
        closed_at: None,
        version: 1,
    };
    insert(cx, &filed)?;
    Ok(ReceiptView { receipt: filed.id })
}

/// An officer enters what came on paper, also after the notice when it came in on one of its days. Who enters it handles it.
pub fn record_objection(cx: &mut Cx, body: &RecordObjectionBody, answer_days: u16) -> Result<ObjectionView, AppError> {
    let mut faults = Faults::default();
    let notice = db::find_notice(cx.conn, &NoticeId(body.notice_id.clone()))?;
    if body.notice_id.is_empty() {
        faults.plain("/notice_id", FieldCode::Required);
    } else if notice.is_none() {
        faults.plain("/notice_id", FieldCode::NotExisting);
    }
    let received_on = rules::received_on(&mut faults, body, notice.as_ref(), cx.now);
    let subject = subject(cx, &mut faults, notice.as_ref(), &body.subject_id)?;
    rules::objection_faults(&mut faults, &body.name, &body.contact, &body.content, &body.evidence);
    faults.done()?;
    let subject = subject.ok_or_else(AppError::not_found)?;
    // Whoever enters it handles it, so it must not be somebody with a stake in the case.
    if db::is_hidden(cx.conn, &cx.person()?.id.clone(), &subject.id)? {
        return Err(AppError::new(Code::ConflictOfInterest));
    }
    let due_on = due_on(cx, received_on, answer_days)?;
    let recorded = Objection {
        id: cx.id(),
        notice_id: subject.notice_id,
        subject_kind: subject.subject_kind,
        subject_id: subject.subject_id,
        state: ObjectionState::Received,
        objector_name: body.name.trim().to_owned(),
        contact: body.contact.trim().to_owned(),
        content: body.content.trim().to_owned(),
        evidence: body.evidence.trim().to_owned(),
        filed_at: Stamp::new(start_of_day_utc(received_on)),
        due_on,
        handler: Some(cx.actor.label()),
        outcome: None,
        answer: None,
        closed_at: None,
        version: 1,
    };
    insert(cx, &recorded)?;
    super::handling::view(cx, recorded)
}

fn subject(
    cx: &mut Cx,
    faults: &mut Faults,
    notice: Option<&Notice>,
    id: &str,
) -> Result<Option<NoticeSubject>, AppError> {
    if id.is_empty() {
        faults.plain("/subject_id", FieldCode::Required);
        return Ok(None);
    }
    let Some(notice) = notice else { return Ok(None) };
    let found = db::find_subject(cx.conn, &notice.id, &NoticeSubjectId(id.to_owned()))?;
    if found.is_none() {
        let said = say!("公示名单中没有该项", "is not on the list of this notice");
        faults.add("/subject_id", FieldCode::NotExisting, said);
    }
    Ok(found)
}

fn due_on(cx: &mut Cx, from: NaiveDate, answer_days: u16) -> Result<NaiveDate, AppError> {
    Ok(calendars::service::load(cx)?.add_working_days(from, answer_days))
}

/// Who objected and what they say stays out of the trail: more people read that than may know it.
fn insert(cx: &mut Cx, objection: &Objection) -> Result<(), AppError> {
    db::insert_objection(cx.conn, objection)?;
    let changes = Changes::default()
        .set("notice_id", &objection.notice_id)
        .set("subject_kind", &objection.subject_kind)
        .set("subject_id", &objection.subject_id)
        .set("due_on", objection.due_on);
    cx.record(Event::on(Subject::new("objection", &objection.id)).to(objection.state).changes(changes));
    Ok(())
}
