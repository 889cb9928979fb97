use chrono::NaiveDate;
use diesel::dsl::{exists, max, not};
use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::library;
use crate::library::model::MembershipId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::programme::model::Tier;
use crate::schema::{enterprises, memberships, support_visits as visits};
use crate::support::model::{ListVisitsParams, Visit, VisitId};

type Boxed<'a> = visits::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Only the office reads visits, and all of them.
fn filtered(params: &ListVisitsParams) -> Boxed<'_> {
    let query = visits::table.into_boxed();
    match &params.enterprise_id {
        Some(enterprise) => query.filter(visits::enterprise_id.eq(enterprise)),
        None => query,
    }
}

/// The latest first.
pub fn list_visits(
    conn: &mut Conn,
    params: &ListVisitsParams,
    page: &PageRequest<(NaiveDate, VisitId)>,
) -> QueryResult<Vec<(Visit, String)>> {
    let mut query = filtered(params).inner_join(enterprises::table);
    if let Some((day, id)) = &page.after {
        query = query.filter(visits::visited_on.le(day)).filter(visits::visited_on.lt(day).or(visits::id.lt(id)));
    }
    query
        .order((visits::visited_on.desc(), visits::id.desc()))
        .limit(page.fetch())
        .select((Visit::as_select(), enterprises::name))
        .load(conn)
}

pub fn count_visits(conn: &mut Conn, params: &ListVisitsParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

pub fn find_visit(conn: &mut Conn, id: &VisitId) -> QueryResult<(Visit, String)> {
    visits::table
        .inner_join(enterprises::table)
        .filter(visits::id.eq(id))
        .select((Visit::as_select(), enterprises::name))
        .first(conn)
}

pub fn insert_visit(conn: &mut Conn, row: &Visit) -> QueryResult<()> {
    diesel::insert_into(visits::table).values(row).execute(conn).map(drop)
}

pub type Unvisited = (MembershipId, EnterpriseId, String, Tier);

/// Standing members of these tiers, recognised by `since` and not visited from then on, by membership.
pub fn list_unvisited(
    conn: &mut Conn,
    tiers: &[Tier],
    since: NaiveDate,
    page: &PageRequest<MembershipId>,
) -> QueryResult<Vec<Unvisited>> {
    let mut query = unvisited(tiers, since);
    if let Some(after) = &page.after {
        query = query.filter(memberships::id.gt(after));
    }
    query
        .order(memberships::id)
        .limit(page.fetch())
        .select((memberships::id, memberships::enterprise_id, enterprises::name, memberships::tier.assume_not_null()))
        .load(conn)
}

pub fn count_unvisited(conn: &mut Conn, tiers: &[Tier], since: NaiveDate) -> QueryResult<i64> {
    unvisited(tiers, since).count().get_result(conn)
}

fn unvisited(tiers: &[Tier], since: NaiveDate) -> library::db::Named<'_> {
    let visited =
        visits::table.filter(visits::enterprise_id.eq(memberships::enterprise_id)).filter(visits::visited_on.ge(since));
    library::db::standing(tiers).filter(memberships::valid_from.le(since)).filter(not(exists(visited)))
}

/// The latest visit of each of these enterprises.
pub fn list_last_visits(
    conn: &mut Conn,
    enterprises: &[&EnterpriseId],
) -> QueryResult<Vec<(EnterpriseId, Option<NaiveDate>)>> {
    visits::table
        .filter(visits::enterprise_id.eq_any(enterprises))
        .group_by(visits::enterprise_id)
        .select((visits::enterprise_id, max(visits::visited_on)))
        .load(conn)
}
