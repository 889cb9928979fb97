//! An item from its raising to its end.

mod closing;
mod escalating;
mod raising;
mod reading;
mod working;

pub use closing::{close_item, confirm_item, explain_item, reject_item, reopen_item, resume_item, suspend_item};
pub use escalating::escalate_due;
pub use raising::{accept_item, assign_item, raise_item};
pub(super) use raising::{open_measures, raise_at_visit};
pub(super) use reading::summary;
pub use reading::{get_item, list_items};
pub use working::{
    answer_item, complete_item, extend_item, extended, may_change_files, may_see_files, progress_item, return_item,
};

use chrono::NaiveDate;

use crate::attachments::model::{Holder, HolderKind};
use crate::attachments::service as attachments;
use crate::error::{AppError, Faults, FieldCode, Refusal};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::say;
use crate::support::db;
use crate::support::model::{
    DepartmentId, DocumentRef, Entry, Escalation, Item, ItemId, ItemState, ItemStep, Side, no_deadline,
};
use crate::support::rules::{self, ItemFacts};

/// An item and the facts its steps depend on.
struct Case {
    item: Item,
    facts: ItemFacts,
}

impl Case {
    fn may(&self, step: ItemStep) -> Result<ItemState, Refusal> {
        rules::may_step(step, &self.facts)
    }
}

/// By these steps somebody has handled an item.
const HANDLING: [ItemStep; 4] = [ItemStep::Answer, ItemStep::Progress, ItemStep::Complete, ItemStep::Extend];

fn find_case(cx: &mut Cx, id: &ItemId) -> Result<Case, AppError> {
    let item = db::items::find_visible_item(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    case_of(cx, item)
}

fn case_of(cx: &mut Cx, item: Item) -> Result<Case, AppError> {
    let me = cx.actor.user_id().cloned();
    let in_unit = match (&me, &item.department_id) {
        (Some(me), Some(unit)) => db::departments::is_member(cx.conn, unit, me)?,
        _ => false,
    };
    let handled = match &me {
        Some(me) => db::items::has_taken(cx.conn, &item.id, me, &HANDLING)?,
        None => false,
    };
    let facts = ItemFacts {
        state: item.state,
        side: super::side_of(cx, &item.enterprise_id)?,
        in_unit,
        handled,
        evidence: item.evidence_count > 0 || has_evidence_files(cx, &item.id)?,
        confirmed: item.confirmed_at.is_some(),
        extended: item.extended,
        ended_on: item.closed_at.map(|at| business_day(at.utc())),
        today: cx.today(),
    };
    Ok(Case { item, facts })
}

fn has_evidence_files(cx: &mut Cx, id: &ItemId) -> Result<bool, AppError> {
    let holder = Holder::new(HolderKind::SupportItem, id.as_str());
    Ok(attachments::items_of(cx, &holder)?.iter().any(|item| item == rules::EVIDENCE))
}

/// Whether the caller acts for the enterprise of an item.
pub fn is_conflicted(cx: &mut Cx, id: &ItemId) -> Result<bool, AppError> {
    let item = db::items::find_item(cx.conn, id)?;
    Ok(super::side_of(cx, &item.enterprise_id)? == Side::Enterprise)
}

/// What a step leaves behind besides the row.
struct Taken<'a> {
    step: ItemStep,
    to: ItemState,
    note: &'a str,
    documents: &'a [DocumentRef],
    /// The trail's name of it when it is not the caller's own action.
    named: Option<&'static str>,
}

impl<'a> Taken<'a> {
    fn new(step: ItemStep, to: ItemState, note: &'a str) -> Self {
        Self { step, to, note: note.trim(), documents: &[], named: None }
    }
}

/// The one way an item is written: row, entry, audit event, and no decision left pending on what is no longer so. A new deadline
/// begins without a card.
fn write(cx: &mut Cx, before: &Item, mut item: Item, taken: &Taken) -> Result<Item, AppError> {
    item.state = taken.to;
    item.open = taken.to.is_open();
    item.evidence_count += taken.documents.len() as i32;
    item.version += 1;
    if item.deadline_on != before.deadline_on {
        item.escalation = Escalation::None;
    }
    db::items::update_item(cx.conn, &item)?;
    enter(cx, &item.id, taken)?;
    let changes = Changes::default()
        .field("department_id", &before.department_id, &item.department_id)
        .field("due_on", before.due_on, item.due_on)
        .field("deadline_on", before.running_deadline(), item.running_deadline())
        .field("escalation", before.escalation, item.escalation)
        .field("rating", before.rating, item.rating)
        .field("extended", before.extended, item.extended)
        .field("title", &before.title, &item.title)
        .field("evidence_count", before.evidence_count, item.evidence_count);
    let mut event = Event::on(subject(&item.id)).changes(changes);
    if before.state != item.state {
        event = event.moved(before.state, item.state);
        let said = format!("{}: {} -> {}", taken.step, before.state, item.state);
        crate::decisions::service::void_pending(cx, &subject(&item.id), &said)?;
    }
    if !taken.note.is_empty() {
        event = event.reason(taken.note);
    }
    cx.record(match taken.named {
        Some(action) => event.action(action),
        None => event,
    });
    Ok(item)
}

fn enter(cx: &mut Cx, item: &ItemId, taken: &Taken) -> Result<(), AppError> {
    let entry = Entry {
        id: cx.id(),
        item_id: item.clone(),
        step: taken.step,
        user_id: cx.actor.user_id().cloned(),
        at: cx.now,
        note: taken.note.to_owned(),
        documents: Doc::of(&taken.documents.to_vec()),
    };
    Ok(db::items::insert_entry(cx.conn, &entry)?)
}

fn subject(id: &ItemId) -> Subject {
    Subject::new("support_item", id)
}

/// The last day for the unit's answer; none without a unit.
fn answer_deadline(cx: &mut Cx, unit: Option<&DepartmentId>) -> Result<NaiveDate, AppError> {
    if unit.is_none() {
        return Ok(no_deadline());
    }
    let today = cx.today();
    Ok(crate::calendars::service::load(cx)?.add_working_days(today, rules::ANSWER_DAYS))
}

fn check_note(faults: &mut Faults, note: &str) {
    faults.text("/note", note, 1, super::REASON_MAX);
}

/// A date promised: today or later, and within the plan's year where the item belongs to a plan.
fn check_due(cx: &mut Cx, faults: &mut Faults, item: &Item, due_on: Option<NaiveDate>) -> Result<(), AppError> {
    use chrono::Datelike;
    let Some(due_on) = due_on else {
        faults.plain("/due_on", FieldCode::Required);
        return Ok(());
    };
    if due_on < cx.today() {
        faults.add("/due_on", FieldCode::OutOfRange, say!("不能早于今天", "lies in the past"));
    }
    if let Some(plan) = &item.plan_id {
        let year = db::plans::find_year(cx.conn, plan)?;
        if due_on.year() != year {
            let said = say!("{due_on} 不在计划年度 {year} 内", "{due_on} does not lie in {year}, the plan's year");
            faults.add("/due_on", FieldCode::OutsideYear, said);
        }
    }
    Ok(())
}
