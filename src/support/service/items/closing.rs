//! How an item ends, and how it comes back.

use super::{Taken, answer_deadline, check_note, find_case, write};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::support::model::{
    ExplainItemBody, ItemId, ItemNoteBody, ItemState, ItemStep, ItemView, RateItemBody, no_deadline,
};
use crate::support::rules;

/// The enterprise's word that it is done, with its rating. A bad rating opens a ticket.
pub fn confirm_item(cx: &mut Cx, id: &ItemId, body: &RateItemBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Confirm)?;
    let mut faults = Faults::default();
    match body.rating {
        Some(rating) => faults.range("/rating", rating, 1, 5),
        None => faults.plain("/rating", FieldCode::Required),
    }
    faults.text("/note", &body.note, 0, super::super::REASON_MAX);
    faults.done()?;
    let rating = body.rating.unwrap_or_default();
    let mut item = case.item.clone();
    item.confirmed_at = Some(cx.now);
    item.rating = Some(i32::try_from(rating).map_err(AppError::internal)?);
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Confirm, to, &body.note))?;
    if rating <= rules::BAD_RATING {
        super::raising::open_ticket(cx, &item, &body.note)?;
    }
    super::reading::view(cx, item)
}

/// The enterprise says it is not done: the unit answers anew.
pub fn reject_item(cx: &mut Cx, id: &ItemId, body: &ItemNoteBody) -> Result<ItemView, AppError> {
    come_back(cx, id, ItemStep::Reject, body)
}

/// By another person than those who handled it.
pub fn close_item(cx: &mut Cx, id: &ItemId) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Close)?;
    let mut item = case.item.clone();
    item.closed_at = Some(cx.now);
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Close, to, ""))?;
    super::reading::view(cx, item)
}

/// It cannot be done, and this is the law.
pub fn explain_item(cx: &mut Cx, id: &ItemId, body: &ExplainItemBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Explain)?;
    let mut faults = Faults::default();
    check_note(&mut faults, &body.note);
    faults.text("/legal_basis", &body.legal_basis, 2, 500);
    faults.done()?;
    let note = format!("{}（依据：{}）", body.note.trim(), body.legal_basis.trim());
    let mut item = case.item.clone();
    item.closed_at = Some(cx.now);
    item.deadline_on = no_deadline();
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Explain, to, &note))?;
    super::reading::view(cx, item)
}

/// Within thirty days: it happened again, or was not done after all.
pub fn reopen_item(cx: &mut Cx, id: &ItemId, body: &ItemNoteBody) -> Result<ItemView, AppError> {
    come_back(cx, id, ItemStep::Reopen, body)
}

fn come_back(cx: &mut Cx, id: &ItemId, step: ItemStep, body: &ItemNoteBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(step)?;
    let mut faults = Faults::default();
    check_note(&mut faults, &body.note);
    faults.done()?;
    let mut item = case.item.clone();
    (item.completed_at, item.confirmed_at, item.closed_at) = (None, None, None);
    (item.on_time, item.rating) = (None, None);
    item.deadline_on = answer_deadline(cx, item.department_id.as_ref())?;
    let item = write(cx, &case.item, item, &Taken::new(step, to, &body.note))?;
    super::reading::view(cx, item)
}

/// It needs a higher level; no deadline runs meanwhile.
pub fn suspend_item(cx: &mut Cx, id: &ItemId, body: &ItemNoteBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(ItemStep::Suspend)?;
    let mut faults = Faults::default();
    check_note(&mut faults, &body.note);
    faults.done()?;
    let mut item = case.item.clone();
    item.suspended_on = Some(case.facts.today);
    item.suspended_from = Some(item.state);
    item.deadline_on = no_deadline();
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Suspend, to, &body.note))?;
    super::reading::view(cx, item)
}

/// Back to where it was; the time it stood still is added to what the unit promised.
pub fn resume_item(cx: &mut Cx, id: &ItemId, body: &ItemNoteBody) -> Result<ItemView, AppError> {
    let case = find_case(cx, id)?;
    let usual = case.may(ItemStep::Resume)?;
    let mut faults = Faults::default();
    check_note(&mut faults, &body.note);
    faults.done()?;
    let mut item = case.item.clone();
    let to = item.suspended_from.take().unwrap_or(usual);
    let since = item.suspended_on.take().unwrap_or(case.facts.today);
    item.deadline_on = match (to, item.due_on) {
        (ItemState::InProgress, Some(due_on)) => {
            let due_on = due_on + (case.facts.today - since);
            item.due_on = Some(due_on);
            due_on
        }
        _ => answer_deadline(cx, item.department_id.as_ref())?,
    };
    let item = write(cx, &case.item, item, &Taken::new(ItemStep::Resume, to, &body.note))?;
    super::reading::view(cx, item)
}
