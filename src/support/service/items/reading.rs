use super::{Case, case_of, subject};
use crate::decisions;
use crate::error::AppError;
use crate::platform::actions::{ActionView, Actions};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::support::db::items as db;
use crate::support::db::items::{BoardKey, Named};
use crate::support::model::{
    BoardSort, EntryView, EscalationView, Item, ItemId, ItemStep, ItemSummary, ItemView, ListItemsParams,
};

/// The board, and the four lists as views of it.
pub fn list_items(cx: &mut Cx, params: &ListItemsParams) -> Result<Page<ItemSummary>, AppError> {
    let page: PageRequest<BoardKey> = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let params = &narrowed(cx, params)?;
    let user = cx.actor.user_id();
    let rows = db::list_items(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::count_items(cx.conn, cx.scope, user, params)?) } else { None };
    let by_unit = params.sort == Some(BoardSort::Unit);
    let key = |(item, _, _): &Named| -> BoardKey {
        let unit = item.department_id.as_ref().filter(|_| by_unit).map_or("", |unit| unit.as_str());
        let state = if by_unit { item.state.as_str() } else { "" };
        (unit.to_owned(), state.to_owned(), item.deadline_on, item.id.clone())
    };
    Ok(Page::of(rows, page.limit, total, key, summary))
}

/// A clerk of one unit asks for that unit's items: said so, the index hands them out in order, and a clerk is served as fast as
/// an officer who asks for one unit.
fn narrowed(cx: &mut Cx, params: &ListItemsParams) -> Result<ListItemsParams, AppError> {
    let mut params = params.clone();
    let only_unit = cx.scope.org && !cx.scope.own && !cx.scope.all && params.department_id.is_none();
    if let Some(me) = cx.actor.user_id().filter(|_| only_unit) {
        let mut units = crate::support::db::departments::list_units_of(cx.conn, me)?;
        if units.len() == 1 {
            params.department_id = units.pop().map(|unit| unit.0);
        }
    }
    Ok(params)
}

pub fn get_item(cx: &mut Cx, id: &ItemId) -> Result<ItemView, AppError> {
    let item = db::find_visible_item(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    view(cx, item)
}

pub(in crate::support::service) fn summary((item, enterprise_name, department_name): Named) -> ItemSummary {
    ItemSummary {
        deadline_on: item.running_deadline(),
        id: item.id,
        enterprise_id: item.enterprise_id,
        enterprise_name,
        plan_id: item.plan_id,
        kind: item.kind,
        source: item.source,
        category: item.category,
        title: item.title,
        state: item.state,
        department_id: item.department_id,
        department_name,
        due_on: item.due_on,
        escalation: item.escalation,
        rating: item.rating,
        raised_at: item.raised_at,
        version: item.version,
    }
}

pub(super) fn view(cx: &mut Cx, item: Item) -> Result<ItemView, AppError> {
    let enterprise_name = crate::support::db::plans::find_enterprise_name(cx.conn, &item.enterprise_id)?;
    let department_name = match &item.department_id {
        Some(unit) => Some(crate::support::db::departments::find_department(cx.conn, unit)?.name),
        None => None,
    };
    let inside = cx.scope.all || cx.scope.org;
    let mut entries = Vec::new();
    for (entry, name) in db::list_entries(cx.conn, &item.id)? {
        entries.push(EntryView {
            step: entry.step,
            at: entry.at,
            by: name.filter(|_| inside),
            note: entry.note,
            documents: entry.documents.read()?,
        });
    }
    let escalations = db::list_escalations(cx.conn, &item.id)?.into_iter();
    let escalations =
        escalations.map(|row| EscalationView { level: row.level, deadline_on: row.deadline_on, at: row.at }).collect();
    let decisions = if inside { decisions::service::decisions_of(cx, &subject(&item.id))? } else { Vec::new() };
    let case = case_of(cx, item)?;
    let actions = actions(cx, &case);
    let item = case.item;
    Ok(ItemView {
        deadline_on: item.running_deadline(),
        id: item.id,
        enterprise_id: item.enterprise_id,
        enterprise_name,
        plan_id: item.plan_id,
        measure: item.measure,
        visit_id: item.visit_id,
        refers_to: item.refers_to,
        kind: item.kind,
        source: item.source,
        category: item.category,
        title: item.title,
        description: item.description,
        state: item.state,
        department_id: item.department_id,
        department_name,
        raised_at: item.raised_at,
        assigned_at: item.assigned_at,
        answered_at: item.answered_at,
        due_on: item.due_on,
        escalation: item.escalation,
        extended: item.extended,
        completed_at: item.completed_at,
        on_time: item.on_time,
        confirmed_at: item.confirmed_at,
        rating: item.rating,
        closed_at: item.closed_at,
        entries,
        escalations,
        decisions,
        version: item.version,
        actions,
    })
}

fn actions(cx: &Cx, case: &Case) -> Vec<ActionView> {
    let href = |step: &str| format!("/api/v1/support-items/{}/{step}", case.item.id);
    let steps = [
        (Action::SupportItemAccept, "acceptance", ItemStep::Accept),
        (Action::SupportItemAssign, "assignment", ItemStep::Assign),
        (Action::SupportItemAnswer, "answer", ItemStep::Answer),
        (Action::SupportItemReturn, "return", ItemStep::Return),
        (Action::SupportItemProgress, "progress", ItemStep::Progress),
        (Action::SupportItemExtend, "extension", ItemStep::Extend),
        (Action::SupportItemComplete, "completion", ItemStep::Complete),
        (Action::SupportItemConfirm, "confirmation", ItemStep::Confirm),
        (Action::SupportItemReject, "rejection", ItemStep::Reject),
        (Action::SupportItemClose, "closing", ItemStep::Close),
        (Action::SupportItemExplain, "explanation", ItemStep::Explain),
        (Action::SupportItemReopen, "reopening", ItemStep::Reopen),
        (Action::SupportItemSuspend, "suspension", ItemStep::Suspend),
        (Action::SupportItemResume, "resumption", ItemStep::Resume),
    ];
    let mut list = Actions::of(cx);
    for (action, path, step) in steps {
        let mut facts = case.facts.clone();
        // Evidence may come with the completion itself.
        facts.evidence |= step == ItemStep::Complete;
        list = list.add(action, "POST", href(path), crate::support::rules::may_step(step, &facts).map(drop));
    }
    list.list()
}
