//! How an item comes into being, and how it gets its unit.

use super::{Taken, answer_deadline, enter, find_case, subject, write};
use crate::applications::db::is_member;
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::support::db;
use crate::support::model::{
    AssignItemBody, Category, DepartmentId, Escalation, Item, ItemId, ItemKind, ItemSource, ItemState, ItemStep,
    ItemView, Measure, Plan, PlanContent, PlanId, RaiseItemBody, Visit, VisitItemBody, no_deadline,
};
use crate::support::rules;

/// By the enterprise for itself, or by an officer for any.
pub fn raise_item(cx: &mut Cx, body: &RaiseItemBody) -> Result<ItemView, AppError> {
    let mut faults = Faults::default();
    rules::check_raise(&mut faults, body);
    let enterprise = check_enterprise(cx, &mut faults, body.enterprise_id.as_ref())?;
    if let (Some(plan), Some(enterprise)) = (&body.plan_id, &enterprise) {
        match db::plans::find_visible_plan(cx.conn, cx.scope, cx.actor.user_id(), plan) {
            Ok(plan)
                if plan.enterprise_id == *enterprise && plan.confirmed_at.is_some() && plan.closed_at.is_none() => {}
            Ok(_) => faults.plain("/plan_id", FieldCode::NotAllowed),
            Err(diesel::NotFound) => faults.plain("/plan_id", FieldCode::NotExisting),
            Err(e) => return Err(e.into()),
        }
    }
    faults.done()?;
    let (Some(enterprise), Some(kind), Some(category)) = (enterprise, body.kind, body.category) else {
        return Err(AppError::internal("a required value passed its check"));
    };
    let own = super::super::side_of(cx, &enterprise)? == crate::support::model::Side::Enterprise;
    let mut item = blank(cx, enterprise, kind, category, &body.title);
    item.source = if own { ItemSource::Enterprise } else { ItemSource::Officer };
    item.description = body.description.trim().to_owned();
    item.plan_id = body.plan_id.clone();
    insert(cx, &item, None)?;
    super::reading::view(cx, item)
}

/// The enterprise, when it is one the caller may raise something for.
fn check_enterprise(
    cx: &mut Cx,
    faults: &mut Faults,
    id: Option<&EnterpriseId>,
) -> Result<Option<EnterpriseId>, AppError> {
    let Some(id) = id else {
        faults.plain("/enterprise_id", FieldCode::Required);
        return Ok(None);
    };
    let me = cx.person()?.id.clone();
    let reached = if cx.scope.all {
        crate::enterprises::db::record::find_enterprise(cx.conn, id).map(|_| true)
    } else {
        is_member(cx.conn, id, &me)
    };
    match reached {
        Ok(true) => Ok(Some(id.clone())),
        Ok(false) | Err(diesel::NotFound) => {
            faults.plain("/enterprise_id", FieldCode::NotExisting);
            Ok(None)
        }
        Err(e) => Err(e.into()),
    }
}

pub fn accept_item(cx: &mut Cx, id: &ItemId) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Accept)?;
    let mut item = case.item.clone();
    item.officer_id = cx.actor.user_id().cloned();
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Accept, to, ""))?;
    super::reading::view(cx, item)
}

/// Gives it to a unit, which has seven working days to answer.
pub fn assign_item(cx: &mut Cx, id: &ItemId, body: &AssignItemBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Assign)?;
    let mut faults = Faults::default();
    faults.text("/note", &body.note, 0, super::super::REASON_MAX);
    match &body.department_id {
        None => faults.plain("/department_id", FieldCode::Required),
        Some(unit) => match db::departments::find_department(cx.conn, unit) {
            Ok(unit) if unit.open => {}
            Ok(_) => faults.plain("/department_id", FieldCode::ClosedUnit),
            Err(diesel::NotFound) => faults.plain("/department_id", FieldCode::NotExisting),
            Err(e) => return Err(e.into()),
        },
    }
    faults.done()?;
    let mut item = case.item.clone();
    item.department_id = body.department_id.clone();
    item.officer_id = item.officer_id.or_else(|| cx.actor.user_id().cloned());
    item.assigned_at = Some(cx.now);
    item.deadline_on = answer_deadline(cx, body.department_id.as_ref())?;
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Assign, to, &body.note))?;
    super::reading::view(cx, item)
}

/// Every measure of a confirmed plan is an item of its unit; those that are under way follow a change of date, title or unit.
pub(in crate::support::service) fn open_measures(
    cx: &mut Cx,
    plan: &Plan,
    content: &PlanContent,
) -> Result<(), AppError> {
    let known = db::items::list_of_measures(cx.conn, &plan.id)?;
    for measure in &content.measures {
        match known.iter().find(|item| item.measure.as_ref() == Some(&measure.key)) {
            None => open_measure(cx, plan, measure)?,
            Some(item) => follow_measure(cx, item, measure)?,
        }
    }
    Ok(())
}

fn open_measure(cx: &mut Cx, plan: &Plan, measure: &Measure) -> Result<(), AppError> {
    let mut item = blank(cx, plan.enterprise_id.clone(), ItemKind::Measure, measure.category, &measure.title);
    item.source = ItemSource::Plan;
    item.plan_id = Some(plan.id.clone());
    item.measure = Some(measure.key.clone());
    item.state = ItemState::Assigned;
    item.officer_id = Some(plan.officer_a.clone());
    item.department_id = Some(measure.lead.clone());
    item.assigned_at = Some(cx.now);
    item.due_on = Some(measure.due_on);
    item.deadline_on = answer_deadline(cx, Some(&measure.lead))?;
    insert(cx, &item, Some("support_item.raise"))
}

fn follow_measure(cx: &mut Cx, before: &Item, measure: &Measure) -> Result<(), AppError> {
    use ItemState as S;
    let same = before.due_on == Some(measure.due_on) && before.title == measure.title;
    let moves = before.department_id.as_ref() != Some(&measure.lead);
    let under_way = matches!(before.state, S::Assigned | S::InProgress | S::Reopened | S::Returned);
    if !under_way || (same && !moves) {
        return Ok(());
    }
    let mut item = before.clone();
    item.title = measure.title.clone();
    item.due_on = Some(measure.due_on);
    let mut to = before.state;
    if moves {
        to = S::Assigned;
        item.department_id = Some(measure.lead.clone());
        item.assigned_at = Some(cx.now);
        item.deadline_on = answer_deadline(cx, Some(&measure.lead))?;
    } else if before.state == S::InProgress {
        item.deadline_on = measure.due_on;
    }
    let taken = Taken { named: Some("support_item.follow"), ..Taken::new(ItemStep::Assign, to, "") };
    write(cx, before, item, &taken).map(drop)
}

pub(in crate::support::service) fn raise_at_visit(
    cx: &mut Cx,
    visit: &Visit,
    body: &VisitItemBody,
) -> Result<(), AppError> {
    let mut item = blank(cx, visit.enterprise_id.clone(), body.kind, body.category, &body.title);
    item.source = ItemSource::Visit;
    item.visit_id = Some(visit.id.clone());
    item.description = body.description.trim().to_owned();
    insert(cx, &item, Some("support_item.raise"))
}

/// A bad rating is looked into: by the office, within the time a unit has for an answer.
pub(super) fn open_ticket(cx: &mut Cx, rated: &Item, note: &str) -> Result<(), AppError> {
    let mut ticket = blank(cx, rated.enterprise_id.clone(), ItemKind::Problem, rated.category, "");
    ticket.title = format!("满意度回访：{}", rated.title).chars().take(200).collect();
    ticket.source = ItemSource::Rating;
    ticket.refers_to = Some(rated.id.clone());
    ticket.plan_id = rated.plan_id.clone();
    ticket.description = note.trim().to_owned();
    ticket.state = ItemState::Accepted;
    ticket.officer_id = rated.officer_id.clone();
    let today = cx.today();
    ticket.deadline_on = crate::calendars::service::load(cx)?.add_working_days(today, rules::ANSWER_DAYS);
    insert(cx, &ticket, Some("support_item.raise"))
}

fn blank(cx: &mut Cx, enterprise_id: EnterpriseId, kind: ItemKind, category: Category, title: &str) -> Item {
    Item {
        id: cx.id(),
        enterprise_id,
        plan_id: None::<PlanId>,
        measure: None,
        visit_id: None,
        refers_to: None,
        kind,
        source: ItemSource::Officer,
        category,
        title: title.trim().to_owned(),
        description: String::new(),
        state: ItemState::Raised,
        open: true,
        department_id: None::<DepartmentId>,
        officer_id: None,
        raised_by: cx.actor.label(),
        raised_at: cx.now,
        assigned_at: None,
        answered_at: None,
        due_on: None,
        deadline_on: no_deadline(),
        escalation: Escalation::None,
        extended: false,
        suspended_on: None,
        suspended_from: None,
        evidence_count: 0,
        completed_at: None,
        on_time: None,
        confirmed_at: None,
        rating: None,
        closed_at: None,
        version: 1,
    }
}

fn insert(cx: &mut Cx, item: &Item, named: Option<&'static str>) -> Result<(), AppError> {
    db::items::insert_item(cx.conn, item)?;
    enter(cx, &item.id, &Taken::new(ItemStep::Raise, item.state, &item.description))?;
    let changes = Changes::default()
        .set("enterprise_id", &item.enterprise_id)
        .set("plan_id", &item.plan_id)
        .set("measure", &item.measure)
        .set("visit_id", &item.visit_id)
        .set("refers_to", &item.refers_to)
        .set("kind", item.kind)
        .set("source", item.source)
        .set("category", item.category)
        .set("title", &item.title)
        .set("department_id", &item.department_id)
        .set("due_on", item.due_on);
    let event = Event::on(subject(&item.id)).to(item.state).changes(changes);
    cx.record(match named {
        Some(action) => event.action(action),
        None => event,
    });
    Ok(())
}
