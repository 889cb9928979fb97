use diesel::prelude::*;
use std::collections::BTreeMap;

use super::model::{ListSiteVisitsParams, SiteVisit, SiteVisitId, VisitorView};
use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::{Role, Scope};
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::schema::{conflicts, enterprise_members as members, enterprises, role_grants, site_visits, users};

type Boxed<'a> = site_visits::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Staff reach all but what a conflict keeps from them, applicants the visits to their own enterprises.
pub fn visible(scope: Scope, user: Option<&UserId>) -> Boxed<'_> {
    let query = site_visits::table.into_boxed();
    let Some(me) = user else {
        return if scope.all { query } else { query.filter(site_visits::id.eq("")) };
    };
    let of = site_visits::enterprise_id;
    match (scope.all, scope.own) {
        (true, false) => query.filter(of.ne_all(conflicted_enterprises(me))).filter(of.ne_all(member_enterprises(me))),
        (true, true) => query.filter(of.eq_any(member_enterprises(me)).or(of.ne_all(conflicted_enterprises(me)))),
        (false, _) => query.filter(of.eq_any(member_enterprises(me))),
    }
}

pub fn find_visible(conn: &mut Conn, scope: Scope, user: Option<&UserId>, id: &SiteVisitId) -> QueryResult<SiteVisit> {
    visible(scope, user).filter(site_visits::id.eq(id)).select(SiteVisit::as_select()).first(conn)
}

fn filtered<'a>(scope: Scope, user: Option<&'a UserId>, params: &'a ListSiteVisitsParams) -> Boxed<'a> {
    let mut query = visible(scope, user);
    if let Some(round) = &params.round_id {
        query = query.filter(site_visits::round_id.eq(round));
    }
    if let Some(application) = &params.application_id {
        query = query.filter(site_visits::application_id.eq(application));
    }
    if let Some(state) = params.state {
        query = query.filter(site_visits::state.eq(state));
    }
    query
}

/// Newest first, with the enterprise's name.
pub fn list_visits(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListSiteVisitsParams,
    page: &PageRequest<SiteVisitId>,
) -> QueryResult<Vec<(SiteVisit, String)>> {
    let mut query = filtered(scope, user, params).inner_join(enterprises::table);
    if let Some(after) = &page.after {
        query = query.filter(site_visits::id.lt(after));
    }
    query
        .order(site_visits::id.desc())
        .limit(page.fetch())
        .select((SiteVisit::as_select(), enterprises::name))
        .load(conn)
}

pub fn count_visits(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListSiteVisitsParams,
) -> QueryResult<i64> {
    filtered(scope, user, params).count().get_result(conn)
}

pub fn insert_visit(conn: &mut Conn, row: &SiteVisit) -> QueryResult<()> {
    diesel::insert_into(site_visits::table).values(row).execute(conn).map(drop)
}

pub fn update_visit(conn: &mut Conn, row: &SiteVisit) -> QueryResult<()> {
    diesel::update(site_visits::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// People of the office whose account works.
macro_rules! staff {
    () => {{
        let granted = role_grants::table
            .filter(role_grants::role.eq_any([Role::Officer, Role::Approver, Role::Department]))
            .select(role_grants::user_id);
        users::table.filter(users::state.eq("active")).filter(users::id.eq_any(granted))
    }};
}

/// Staff whom no conflict of interest keeps from the enterprise, in the order of their ids.
pub fn list_visitors(
    conn: &mut Conn,
    enterprise: &EnterpriseId,
    page: &PageRequest<UserId>,
) -> QueryResult<Vec<VisitorView>> {
    let tied = conflicts::table.filter(conflicts::enterprise_id.eq(enterprise)).filter(conflicts::ended_at.is_null());
    let own = members::table.filter(members::enterprise_id.eq(enterprise)).filter(members::ended_at.is_null());
    let mut query = staff!().filter(users::id.ne_all(tied.select(conflicts::user_id))).into_boxed();
    query = query.filter(users::id.ne_all(own.select(members::user_id)));
    if let Some(after) = &page.after {
        query = query.filter(users::id.gt(after));
    }
    query.order(users::id).limit(page.fetch()).select((users::id, users::name)).load(conn)
}

/// Which of these people are of the office, by name.
pub fn list_staff(conn: &mut Conn, ids: &[UserId]) -> QueryResult<BTreeMap<UserId, String>> {
    let rows: Vec<(UserId, String)> =
        staff!().filter(users::id.eq_any(ids.to_vec())).select((users::id, users::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

pub fn list_names(conn: &mut Conn, ids: &[UserId]) -> QueryResult<BTreeMap<UserId, String>> {
    let rows: Vec<(UserId, String)> =
        users::table.filter(users::id.eq_any(ids.to_vec())).select((users::id, users::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

pub fn find_enterprise_name(conn: &mut Conn, id: &EnterpriseId) -> QueryResult<String> {
    enterprises::table.find(id).select(enterprises::name).first(conn)
}

/// Visits to an application that have not been concluded.
pub fn count_open(conn: &mut Conn, application: &ApplicationId) -> QueryResult<i64> {
    site_visits::table
        .filter(site_visits::application_id.eq(application))
        .filter(site_visits::state.eq(super::model::SiteVisitState::Planned))
        .count()
        .get_result(conn)
}
