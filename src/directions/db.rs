use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{Direction, DirectionId, DirectionReview, DirectionState, ListDirectionsParams, Signal};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::programme::model::{RuleSetId, RuleSetState, Tier};
use crate::schema::{direction_reviews, direction_signals, directions, enterprises, memberships, rule_sets};

diesel::allow_columns_to_appear_in_same_group_by_clause!(enterprises::main_track, memberships::tier,);

pub fn find_direction(conn: &mut Conn, id: &DirectionId) -> QueryResult<Direction> {
    directions::table.find(id).select(Direction::as_select()).first(conn)
}

pub fn has_code(conn: &mut Conn, code: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(directions::table.filter(directions::code.eq(code)))).get_result(conn)
}

/// Newest first.
pub fn list_directions(
    conn: &mut Conn,
    params: &ListDirectionsParams,
    today: NaiveDate,
    page: &PageRequest<DirectionId>,
) -> QueryResult<Vec<Direction>> {
    let mut query = directions::table.into_boxed();
    if let Some(state) = params.state {
        query = query.filter(directions::state.eq(state));
    }
    if params.due == Some(true) {
        query = query.filter(directions::state.eq(DirectionState::Watching)).filter(directions::review_on.le(today));
    }
    if let Some(after) = &page.after {
        query = query.filter(directions::id.lt(after));
    }
    query.order(directions::id.desc()).limit(page.fetch()).select(Direction::as_select()).load(conn)
}

pub fn insert_direction(conn: &mut Conn, row: &Direction) -> QueryResult<()> {
    diesel::insert_into(directions::table).values(row).execute(conn).map(drop)
}

pub fn update_direction(conn: &mut Conn, row: &Direction) -> QueryResult<()> {
    diesel::update(directions::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// Newest first.
pub fn list_signals(conn: &mut Conn, id: &DirectionId, limit: i64) -> QueryResult<Vec<Signal>> {
    direction_signals::table
        .filter(direction_signals::direction_id.eq(id))
        .order(direction_signals::id.desc())
        .limit(limit)
        .select(Signal::as_select())
        .load(conn)
}

pub fn insert_signal(conn: &mut Conn, row: &Signal) -> QueryResult<()> {
    diesel::insert_into(direction_signals::table).values(row).execute(conn).map(drop)
}

/// Newest first.
pub fn list_reviews(conn: &mut Conn, id: &DirectionId) -> QueryResult<Vec<DirectionReview>> {
    direction_reviews::table
        .filter(direction_reviews::direction_id.eq(id))
        .order(direction_reviews::id.desc())
        .select(DirectionReview::as_select())
        .load(conn)
}

pub fn insert_review(conn: &mut Conn, row: &DirectionReview) -> QueryResult<()> {
    diesel::insert_into(direction_reviews::table).values(row).execute(conn).map(drop)
}

/// Published rule sets that have taken effect by a day, in the order in which they did.
pub fn list_in_force(conn: &mut Conn, on: NaiveDate) -> QueryResult<Vec<(NaiveDate, RuleSetId)>> {
    rule_sets::table
        .filter(rule_sets::state.eq(RuleSetState::Published))
        .filter(rule_sets::effective_from.le(on))
        .order((rule_sets::effective_from, rule_sets::revision, rule_sets::id))
        .select((rule_sets::effective_from, rule_sets::id))
        .load(conn)
}

pub type MembersRow = (Option<String>, Option<Tier>, i64);

/// Live memberships by main track and tier; candidates have no tier.
pub fn count_members(conn: &mut Conn) -> QueryResult<Vec<MembersRow>> {
    memberships::table
        .inner_join(enterprises::table)
        .filter(memberships::live.eq(true))
        .group_by((enterprises::main_track, memberships::tier))
        .select((enterprises::main_track, memberships::tier, count_star()))
        .load(conn)
}
