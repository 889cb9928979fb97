use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use std::collections::BTreeMap;

use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Role;
use crate::reviews::model::{Expert, ExpertId, ExpertName, ExpertState, ListExpertsParams, ReviewState};
use crate::schema::{experts, reviews, role_grants, users};

type Boxed<'a> = experts::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

fn filtered<'a>(params: &'a ListExpertsParams) -> Boxed<'a> {
    let mut query = experts::table.into_boxed();
    if let Some(kind) = &params.kind {
        query = query.filter(experts::kind.eq(kind));
    }
    if let Some(state) = &params.state {
        query = query.filter(experts::state.eq(state));
    }
    query
}

/// Newest first.
pub fn list_experts(
    conn: &mut Conn,
    params: &ListExpertsParams,
    page: &PageRequest<ExpertId>,
) -> QueryResult<Vec<Expert>> {
    let mut query = filtered(params);
    if let Some(after) = &page.after {
        query = query.filter(experts::id.lt(after));
    }
    query.order(experts::id.desc()).limit(page.fetch()).select(Expert::as_select()).load(conn)
}

pub fn count_experts(conn: &mut Conn, params: &ListExpertsParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

/// What experts are called, by name.
pub fn list_names(conn: &mut Conn, ids: &[&ExpertId]) -> QueryResult<Vec<ExpertName>> {
    experts::table
        .inner_join(users::table)
        .filter(experts::id.eq_any(ids))
        .order((users::name, experts::id))
        .select((experts::id, users::name))
        .load(conn)
}

pub fn find_expert(conn: &mut Conn, id: &ExpertId) -> QueryResult<Expert> {
    experts::table.find(id).select(Expert::as_select()).first(conn)
}

pub fn is_expert(conn: &mut Conn, user: &UserId) -> QueryResult<bool> {
    diesel::select(exists(experts::table.filter(experts::user_id.eq(user)))).get_result(conn)
}

/// Whoever can be drawn at all: in the pool, with an account that works.
pub fn list_active(conn: &mut Conn) -> QueryResult<Vec<Expert>> {
    experts::table
        .inner_join(users::table)
        .filter(experts::state.eq(ExpertState::Active))
        .filter(users::state.eq("active"))
        .order(experts::id)
        .select(Expert::as_select())
        .load(conn)
}

pub fn list_by_ids(conn: &mut Conn, ids: &[ExpertId]) -> QueryResult<Vec<Expert>> {
    experts::table.filter(experts::id.eq_any(ids.to_vec())).select(Expert::as_select()).load(conn)
}

pub fn insert_expert(conn: &mut Conn, row: &Expert) -> QueryResult<()> {
    diesel::insert_into(experts::table).values(row).execute(conn).map(drop)
}

pub fn update_expert(conn: &mut Conn, row: &Expert) -> QueryResult<()> {
    diesel::update(experts::table.find(&row.id)).set(row).execute(conn).map(drop)
}

pub fn holds_expert_role(conn: &mut Conn, user: &UserId) -> QueryResult<bool> {
    let grants = role_grants::table.filter(role_grants::user_id.eq(user)).filter(role_grants::role.eq(Role::Expert));
    diesel::select(exists(grants)).get_result(conn)
}

pub fn user_exists(conn: &mut Conn, user: &UserId) -> QueryResult<bool> {
    diesel::select(exists(users::table.find(user))).get_result(conn)
}

/// Names of accounts.
pub fn names(conn: &mut Conn, ids: &[UserId]) -> QueryResult<BTreeMap<UserId, String>> {
    let rows: Vec<(UserId, String)> =
        users::table.filter(users::id.eq_any(ids.to_vec())).select((users::id, users::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Reviews not finished yet, by expert; who has none is left out.
pub fn loads(conn: &mut Conn, ids: &[ExpertId]) -> QueryResult<BTreeMap<ExpertId, i64>> {
    let rows: Vec<(ExpertId, i64)> = reviews::table
        .filter(reviews::expert_id.eq_any(ids.to_vec()))
        .filter(reviews::state.eq_any(ReviewState::PENDING))
        .group_by(reviews::expert_id)
        .select((reviews::expert_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
