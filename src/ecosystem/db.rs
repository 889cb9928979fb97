use diesel::prelude::*;

use super::model::{Lead, LeadId, Link, LinkId, ListLeadsParams, ListLinksParams};
use crate::enterprises::model::EnterpriseId;
use crate::library::db::reachable;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::programme::model::Tier;
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::schema::{enterprise_links, enterprises, memberships, recruitment_leads};

/// With the enterprise's name. A link tells of both sides: an office reads it only within reach of the other side too, while an
/// enterprise reads who is on the other side of its own.
macro_rules! visible {
    ($scope:expr, $user:expr) => {{
        let joined = enterprise_links::table.inner_join(enterprises::table).into_boxed();
        let query = reachable!(joined, enterprise_links::enterprise_id, $scope, $user);
        let missing = enterprise_links::counterpart_id.is_null();
        let other = enterprise_links::counterpart_id.assume_not_null();
        match ($user, $scope.all, $scope.own) {
            (Some(me), true, false) => query
                .filter(missing.or(other.ne_all(conflicted_enterprises(me)).and(other.ne_all(member_enterprises(me))))),
            (Some(me), true, true) => query
                .filter(missing.or(other.eq_any(member_enterprises(me)).or(other.ne_all(conflicted_enterprises(me))))),
            _ => query,
        }
    }};
}

pub fn find_visible_link(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &LinkId,
) -> QueryResult<(Link, String)> {
    visible!(scope, user).filter(enterprise_links::id.eq(id)).select((Link::as_select(), enterprises::name)).first(conn)
}

/// Whoever asks.
pub fn find_link(conn: &mut Conn, id: &LinkId) -> QueryResult<Link> {
    enterprise_links::table.find(id).select(Link::as_select()).first(conn)
}

/// Newest first, without those that have ended.
pub fn list_links(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListLinksParams,
    page: &PageRequest<LinkId>,
) -> QueryResult<Vec<(Link, String)>> {
    let mut query = visible!(scope, user).filter(enterprise_links::ended_at.is_null());
    if let Some(track) = &params.track {
        query = query.filter(enterprise_links::track.eq(track));
    }
    if let Some(enterprise) = &params.enterprise_id {
        let other = enterprise_links::counterpart_id.assume_not_null();
        query = query.filter(enterprise_links::enterprise_id.eq(enterprise).or(other.eq(enterprise)));
    }
    match params.missing {
        Some(true) => query = query.filter(enterprise_links::counterpart_id.is_null()),
        Some(false) => query = query.filter(enterprise_links::counterpart_id.is_not_null()),
        None => {}
    }
    if let Some(after) = &page.after {
        query = query.filter(enterprise_links::id.lt(after));
    }
    query
        .order(enterprise_links::id.desc())
        .limit(page.fetch())
        .select((Link::as_select(), enterprises::name))
        .load(conn)
}

/// Links that lead to or from these enterprises and have two sides, oldest first. Whoever asks.
pub fn list_standing_of(conn: &mut Conn, ids: &[EnterpriseId]) -> QueryResult<Vec<Link>> {
    let either = enterprise_links::enterprise_id.eq_any(ids).or(enterprise_links::counterpart_id.eq_any(ids));
    enterprise_links::table
        .filter(enterprise_links::ended_at.is_null())
        .filter(enterprise_links::counterpart_id.is_not_null())
        .filter(either)
        .order(enterprise_links::id)
        .select(Link::as_select())
        .load(conn)
}

pub fn insert_link(conn: &mut Conn, row: &Link) -> QueryResult<()> {
    diesel::insert_into(enterprise_links::table).values(row).execute(conn).map(drop)
}

pub fn update_link(conn: &mut Conn, row: &Link) -> QueryResult<()> {
    diesel::update(enterprise_links::table.find(&row.id)).set(row).execute(conn).map(drop)
}

pub fn find_lead(conn: &mut Conn, id: &LeadId) -> QueryResult<Lead> {
    recruitment_leads::table.find(id).select(Lead::as_select()).first(conn)
}

/// Newest first.
pub fn list_leads(conn: &mut Conn, params: &ListLeadsParams, page: &PageRequest<LeadId>) -> QueryResult<Vec<Lead>> {
    let mut query = recruitment_leads::table.into_boxed();
    if let Some(stage) = params.stage {
        query = query.filter(recruitment_leads::stage.eq(stage));
    }
    if let Some(track) = &params.track {
        query = query.filter(recruitment_leads::track.eq(track));
    }
    if let Some(after) = &page.after {
        query = query.filter(recruitment_leads::id.lt(after));
    }
    query.order(recruitment_leads::id.desc()).limit(page.fetch()).select(Lead::as_select()).load(conn)
}

pub fn insert_lead(conn: &mut Conn, row: &Lead) -> QueryResult<()> {
    diesel::insert_into(recruitment_leads::table).values(row).execute(conn).map(drop)
}

pub fn update_lead(conn: &mut Conn, row: &Lead) -> QueryResult<()> {
    diesel::update(recruitment_leads::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// Enterprises of the library whose main track it is, within reach, with what they hold, by name.
pub fn list_chain_members(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    track: &str,
    limit: i64,
) -> QueryResult<Vec<(EnterpriseId, String, Option<Tier>)>> {
    let joined = memberships::table.inner_join(enterprises::table).into_boxed();
    reachable!(joined, memberships::enterprise_id, scope, user)
        .filter(memberships::live.eq(true))
        .filter(enterprises::main_track.eq(track))
        .order((enterprises::name, memberships::id))
        .limit(limit)
        .select((memberships::enterprise_id, enterprises::name, memberships::tier))
        .load(conn)
}
