//! A plan that both sides have signed changes only when the other side accepts.

use super::{Case, changes_of, content_faults, event, find_case, sign, write};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::platform::types::Doc;
use crate::say;
use crate::support::db;
use crate::support::model::{
    AnswerChangeBody, PlanContent, PlanId, PlanView, RequestChangeBody, Revision, RevisionState,
};
use crate::support::rules::{self, PlanMove};

/// The new content waits as a revision of its own until the other side answers.
pub fn request_change(cx: &mut Cx, id: &PlanId, body: &RequestChangeBody) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(PlanMove::RequestChange)?;
    let content = body.over(case.content.clone());
    let lines = rules::diff(&case.content, &content);
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, super::super::REASON_MAX);
    content_faults(cx, &mut faults, &content, &case.content, case.plan.year)?;
    rules::complete(&mut faults, &content);
    check_dropped(cx, &mut faults, &case, &content)?;
    if lines.is_empty() {
        faults.add("", FieldCode::Required, say!("没有任何变更", "changes nothing"));
    }
    faults.done()?;
    let last = db::plans::list_revisions(cx.conn, id)?.last().map_or(0, |revision| revision.number);
    let mut request = Revision {
        id: cx.id(),
        plan_id: id.clone(),
        number: last + 1,
        state: RevisionState::Requested,
        content: Doc::of(&content),
        side: case.facts.side,
        reason: Some(body.reason.trim().to_owned()),
        made_by: cx.actor.label(),
        made_at: cx.now,
        office_by: None,
        office_at: None,
        enterprise_by: None,
        enterprise_at: None,
        answer: None,
    };
    sign(cx, &mut request, case.facts.side);
    db::plans::insert_revision(cx.conn, &request)?;
    let changes = changes_of(&lines).set("requested_revision", request.number);
    write(cx, case.plan, to, event(id).reason(body.reason.trim()).changes(changes))
}

/// The new revision is in force; its measures become items, those of changed measures follow.
pub fn accept_change(cx: &mut Cx, id: &PlanId, number: &str) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    cx.expect_version(case.plan.version)?;
    let to = case.may(PlanMove::AcceptChange)?;
    let mut request = numbered(&case, number)?;
    let content = request.content.read()?;
    let (mut plan, mut current) = (case.plan, case.current);
    current.state = RevisionState::Superseded;
    db::plans::update_revision(cx.conn, &current)?;
    sign(cx, &mut request, case.facts.side);
    request.state = RevisionState::InForce;
    db::plans::update_revision(cx.conn, &request)?;
    plan.revision = request.number;
    db::plans::replace_units(cx.conn, id, &content.units())?;
    super::super::items::open_measures(cx, &plan, &content)?;
    let changes = changes_of(&rules::diff(&case.content, &content)).field("revision", current.number, request.number);
    write(cx, plan, to, event(id).changes(changes))
}

pub fn refuse_change(cx: &mut Cx, id: &PlanId, number: &str, body: &AnswerChangeBody) -> Result<PlanView, AppError> {
    let answer = body.answer.as_deref().unwrap_or_default();
    let mut faults = Faults::default();
    faults.text("/answer", answer, 1, super::super::REASON_MAX);
    let case = find_case(cx, id)?;
    let to = case.may(PlanMove::RefuseChange)?;
    let mut request = numbered(&case, number)?;
    faults.done()?;
    request.state = RevisionState::Refused;
    request.answer = Some(answer.trim().to_owned());
    db::plans::update_revision(cx.conn, &request)?;
    let changes = Changes::default().set("refused_revision", request.number);
    write(cx, case.plan, to, event(id).reason(answer.trim()).changes(changes))
}

/// By the side that asked.
pub fn withdraw_change(cx: &mut Cx, id: &PlanId, number: &str) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(PlanMove::WithdrawChange)?;
    let mut request = numbered(&case, number)?;
    request.state = RevisionState::Withdrawn;
    db::plans::update_revision(cx.conn, &request)?;
    write(cx, case.plan, to, event(id).changes(Changes::default().set("withdrawn_revision", request.number)))
}

/// The open request, when it is the one of the path; what is no number is a request nobody has made.
fn numbered(case: &Case, number: &str) -> Result<Revision, AppError> {
    let number: i32 = number.parse().map_err(|_| AppError::not_found())?;
    case.request.clone().filter(|request| request.number == number).ok_or_else(AppError::not_found)
}

/// What was begun is brought to its end, not dropped: a measure whose item is open stays in the plan, and a budget line keeps what
/// has been promised from it.
fn check_dropped(cx: &mut Cx, faults: &mut Faults, case: &Case, content: &PlanContent) -> Result<(), AppError> {
    for key in db::items::list_open_measures(cx.conn, &case.plan.id)? {
        if content.measures.iter().all(|measure| measure.key != key) {
            let said = say!("措施“{key}”的事项尚未销号，不能删除", "the item of measure {key:?} is still open");
            faults.add("/measures", FieldCode::NotAllowed, said);
        }
    }
    for (key, used) in db::deliveries::list_used_lines(cx.conn, &case.plan.id)? {
        let left = content.budget.iter().find(|line| line.key == key).map_or(0, |line| line.amount_fen);
        if left < used {
            let said = say!("预算项“{key}”已安排 {used} 分", "{used} fen of budget line {key:?} are spoken for");
            faults.add("/budget", FieldCode::NotAllowed, said);
        }
    }
    Ok(())
}
