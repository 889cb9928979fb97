use chrono::NaiveDate;
use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::schema::{
    department_members, departments, enterprise_members, enterprises, support_escalations as escalations,
    support_item_entries as entries, support_items as items, users,
};
use crate::support::model::{
    BoardSort, Entry, Escalation, EscalationRow, Item, ItemId, ItemKind, ItemList, ItemStep, ListItemsParams, PlanId,
    VisitId,
};

type Boxed<'a> = items::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// With the names of enterprise and unit.
pub type Named = (Item, String, Option<String>);

/// Where a page begins: unit and state (empty unless the order is by unit), deadline, id.
pub type BoardKey = (String, String, NaiveDate, ItemId);

/// What the caller reaches: everything, the items of their enterprises, the items their unit has in hand.
pub fn visible(scope: Scope, user: Option<&UserId>) -> Boxed<'_> {
    let query = items::table.into_boxed();
    if scope.all {
        return query;
    }
    let user = user.map_or("", UserId::as_str);
    let of_enterprise = items::enterprise_id.eq_any(
        enterprise_members::table
            .filter(enterprise_members::user_id.eq(user))
            .filter(enterprise_members::ended_at.is_null())
            .select(enterprise_members::enterprise_id),
    );
    let of_unit = items::department_id.eq_any(
        department_members::table
            .filter(department_members::user_id.eq(user))
            .select(department_members::department_id.nullable()),
    );
    match (scope.own, scope.org) {
        (true, true) => query.filter(of_enterprise.or(of_unit)),
        (false, true) => query.filter(of_unit),
        _ => query.filter(of_enterprise),
    }
}

pub fn find_visible_item(conn: &mut Conn, scope: Scope, user: Option<&UserId>, id: &ItemId) -> QueryResult<Item> {
    visible(scope, user).filter(items::id.eq(id)).select(Item::as_select()).first(conn)
}

/// Whoever asks.
pub fn find_item(conn: &mut Conn, id: &ItemId) -> QueryResult<Item> {
    items::table.find(id).select(Item::as_select()).first(conn)
}

fn filtered<'a>(scope: Scope, user: Option<&'a UserId>, params: &'a ListItemsParams) -> Boxed<'a> {
    let mut query = visible(scope, user);
    match params.list {
        Some(ItemList::Problems) => query = query.filter(items::kind.eq(ItemKind::Problem)),
        Some(ItemList::Needs) => query = query.filter(items::kind.eq(ItemKind::Need)),
        Some(ItemList::Measures) => query = query.filter(items::due_on.is_not_null()),
        Some(ItemList::Responsibilities) => query = query.filter(items::department_id.is_not_null()),
        None => {}
    }
    match (params.state, params.open) {
        (Some(state), None) => query = query.filter(items::state.eq(state)),
        (Some(state), Some(open)) => query = query.filter(items::state.eq(state)).filter(items::open.eq(open)),
        (None, open) => query = query.filter(items::open.eq(open.unwrap_or(true))),
    }
    if let Some(level) = params.escalation {
        query = query.filter(items::escalation.eq(level));
    }
    if let Some(unit) = &params.department_id {
        query = query.filter(items::department_id.eq(unit));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(items::enterprise_id.eq(enterprise));
    }
    if let Some(plan) = &params.plan_id {
        query = query.filter(items::plan_id.eq(plan));
    }
    if params.sort == Some(BoardSort::Unit) {
        query = query.filter(items::department_id.is_not_null());
    }
    query
}

/// In one statement, in the order asked for.
pub fn list_items(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListItemsParams,
    page: &PageRequest<BoardKey>,
) -> QueryResult<Vec<Named>> {
    let mut query = filtered(scope, user, params).inner_join(enterprises::table).left_join(departments::table);
    match params.sort.unwrap_or(BoardSort::Deadline) {
        BoardSort::Deadline => {
            if let Some((_, _, day, id)) = &page.after {
                let behind = items::deadline_on.gt(day).or(items::id.gt(id));
                query = query.filter(items::deadline_on.ge(day)).filter(behind);
            }
            query = query.order((items::deadline_on, items::id));
        }
        BoardSort::Unit => {
            if let Some((unit, state, day, id)) = &page.after {
                let later = items::deadline_on.gt(day).or(items::deadline_on.eq(day).and(items::id.gt(id)));
                let in_unit = items::state.gt(state).or(items::state.eq(state).and(later));
                let behind = items::department_id.gt(unit).or(items::department_id.eq(unit).and(in_unit));
                query = query.filter(items::department_id.ge(unit)).filter(behind);
            }
            query = query.order((items::department_id, items::state, items::deadline_on, items::id));
        }
    }
    query.limit(page.fetch()).select((Item::as_select(), enterprises::name, departments::name.nullable())).load(conn)
}

pub fn count_items(conn: &mut Conn, scope: Scope, user: Option<&UserId>, params: &ListItemsParams) -> QueryResult<i64> {
    filtered(scope, user, params).count().get_result(conn)
}

/// Raised at a visit, oldest first.
pub fn list_of_visit(conn: &mut Conn, visit: &VisitId) -> QueryResult<Vec<Named>> {
    items::table
        .inner_join(enterprises::table)
        .left_join(departments::table)
        .filter(items::visit_id.eq(visit))
        .order(items::id)
        .select((Item::as_select(), enterprises::name, departments::name.nullable()))
        .load(conn)
}

pub fn count_open_of_plan(conn: &mut Conn, plan: &PlanId) -> QueryResult<i64> {
    items::table.filter(items::plan_id.eq(plan)).filter(items::open).count().get_result(conn)
}

/// Keys of the plan's measures whose items are open.
pub fn list_open_measures(conn: &mut Conn, plan: &PlanId) -> QueryResult<Vec<String>> {
    items::table
        .filter(items::plan_id.eq(plan))
        .filter(items::open)
        .filter(items::measure.is_not_null())
        .order(items::measure)
        .select(items::measure.assume_not_null())
        .load(conn)
}

/// The items that carry out measures of the plan.
pub fn list_of_measures(conn: &mut Conn, plan: &PlanId) -> QueryResult<Vec<Item>> {
    items::table
        .filter(items::plan_id.eq(plan))
        .filter(items::measure.is_not_null())
        .order(items::id)
        .select(Item::as_select())
        .load(conn)
}

pub fn insert_item(conn: &mut Conn, row: &Item) -> QueryResult<()> {
    diesel::insert_into(items::table).values(row).execute(conn).map(drop)
}

pub fn update_item(conn: &mut Conn, row: &Item) -> QueryResult<()> {
    diesel::update(items::table.find(&row.id)).set(row).execute(conn).map(drop)
}

pub fn insert_entry(conn: &mut Conn, row: &Entry) -> QueryResult<()> {
    diesel::insert_into(entries::table).values(row).execute(conn).map(drop)
}

/// Oldest first, with the names of those who wrote them.
pub fn list_entries(conn: &mut Conn, item: &ItemId) -> QueryResult<Vec<(Entry, Option<String>)>> {
    entries::table
        .left_join(users::table)
        .filter(entries::item_id.eq(item))
        .order(entries::id)
        .select((Entry::as_select(), users::name.nullable()))
        .load(conn)
}

/// Whether the person has taken one of these steps on the item.
pub fn has_taken(conn: &mut Conn, item: &ItemId, user: &UserId, steps: &[ItemStep]) -> QueryResult<bool> {
    let taken = entries::table
        .filter(entries::item_id.eq(item))
        .filter(entries::user_id.eq(user))
        .filter(entries::step.eq_any(steps));
    diesel::select(diesel::dsl::exists(taken)).get_result(conn)
}

/// Oldest first.
pub fn list_escalations(conn: &mut Conn, item: &ItemId) -> QueryResult<Vec<EscalationRow>> {
    escalations::table
        .filter(escalations::item_id.eq(item))
        .order(escalations::id)
        .select(EscalationRow::as_select())
        .load(conn)
}

pub fn insert_escalation(conn: &mut Conn, row: &EscalationRow) -> QueryResult<()> {
    diesel::insert_into(escalations::table).values(row).execute(conn).map(drop)
}

/// Open items past their deadline that are not marked so, or marked yellow with a deadline up to `red_up_to`.
pub fn list_to_escalate(conn: &mut Conn, today: NaiveDate, red_up_to: NaiveDate, limit: i64) -> QueryResult<Vec<Item>> {
    let red = items::escalation.eq(Escalation::Yellow).and(items::deadline_on.le(red_up_to));
    items::table
        .filter(items::open)
        .filter(items::deadline_on.lt(today))
        .filter(items::escalation.eq(Escalation::None).or(red))
        .order((items::deadline_on, items::id))
        .limit(limit)
        .select(Item::as_select())
        .load(conn)
}

/// Problems and needs of the enterprise that are not settled, oldest first.
pub fn list_open_requests(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<Vec<Item>> {
    items::table
        .filter(items::enterprise_id.eq(enterprise))
        .filter(items::open)
        .filter(items::kind.ne(ItemKind::Measure))
        .order(items::id)
        .limit(50)
        .select(Item::as_select())
        .load(conn)
}
