use diesel::prelude::*;

use super::model::{ListRoundsParams, Round, RoundExtension, RoundId, RoundState};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::platform::types::Stamp;
use crate::programme::model::RuleSetId;
use crate::schema::{round_extensions, rounds, rule_sets};

type Boxed<'a> = rounds::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Officers and approvers see every round; everybody else those that were published.
pub fn visible<'a>(scope: Scope) -> Boxed<'a> {
    let query = rounds::table.into_boxed();
    if scope.all { query } else { query.filter(rounds::published_at.is_not_null()) }
}

/// Whoever asks.
pub fn find_round(conn: &mut Conn, id: &RoundId) -> QueryResult<Round> {
    rounds::table.find(id).select(Round::as_select()).first(conn)
}

pub fn find_visible_round(conn: &mut Conn, scope: Scope, id: &RoundId) -> QueryResult<Round> {
    visible(scope).filter(rounds::id.eq(id)).select(Round::as_select()).first(conn)
}

fn filtered<'a>(scope: Scope, params: &'a ListRoundsParams) -> Boxed<'a> {
    let mut query = visible(scope);
    if let Some(state) = &params.state {
        query = query.filter(rounds::state.eq(state));
    }
    if let Some(year) = params.year {
        query = query.filter(rounds::year.eq(year));
    }
    query
}

/// Newest first.
pub fn list_rounds(
    conn: &mut Conn,
    scope: Scope,
    params: &ListRoundsParams,
    page: &PageRequest<RoundId>,
) -> QueryResult<Vec<Round>> {
    let mut query = filtered(scope, params);
    if let Some(after) = &page.after {
        query = query.filter(rounds::id.lt(after));
    }
    query.order(rounds::id.desc()).limit(page.fetch()).select(Round::as_select()).load(conn)
}

pub fn count_rounds(conn: &mut Conn, scope: Scope, params: &ListRoundsParams) -> QueryResult<i64> {
    filtered(scope, params).count().get_result(conn)
}

pub fn list_published_past_opening(conn: &mut Conn, now: Stamp) -> QueryResult<Vec<Round>> {
    rounds::table
        .filter(rounds::state.eq(RoundState::Published))
        .filter(rounds::opens_at.le(now))
        .order(rounds::id)
        .select(Round::as_select())
        .load(conn)
}

/// Open rounds past their deadline, some of them still within their grace.
pub fn list_open_past_deadline(conn: &mut Conn, now: Stamp) -> QueryResult<Vec<Round>> {
    rounds::table
        .filter(rounds::state.eq(RoundState::Open))
        .filter(rounds::closes_at.lt(now))
        .order(rounds::id)
        .select(Round::as_select())
        .load(conn)
}

pub fn insert_round(conn: &mut Conn, round: &Round) -> QueryResult<()> {
    diesel::insert_into(rounds::table).values(round).execute(conn).map(drop)
}

pub fn update_round(conn: &mut Conn, round: &Round) -> QueryResult<()> {
    diesel::update(rounds::table.find(&round.id)).set(round).execute(conn).map(drop)
}

pub fn list_extensions(conn: &mut Conn, id: &RoundId) -> QueryResult<Vec<RoundExtension>> {
    round_extensions::table
        .filter(round_extensions::round_id.eq(id))
        .order(round_extensions::id)
        .select(RoundExtension::as_select())
        .load(conn)
}

pub fn insert_extension(conn: &mut Conn, extension: &RoundExtension) -> QueryResult<()> {
    diesel::insert_into(round_extensions::table).values(extension).execute(conn).map(drop)
}

/// `None` when there is no such rule set.
pub fn find_rule_set_state(conn: &mut Conn, id: &RuleSetId) -> QueryResult<Option<String>> {
    rule_sets::table.find(id).select(rule_sets::state).first(conn).optional()
}
