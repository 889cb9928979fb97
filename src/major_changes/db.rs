use diesel::prelude::*;

use super::model::{ListMajorChangesParams, MajorChange, MajorChangeId, Merger};
use crate::enterprises::model::EnterpriseId;
use crate::library::db::reachable;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::schema::{enterprise_mergers, enterprises, major_changes};

/// With the enterprise's name.
macro_rules! visible {
    ($scope:expr, $user:expr) => {{
        let joined = major_changes::table.inner_join(enterprises::table).into_boxed();
        reachable!(joined, major_changes::enterprise_id, $scope, $user)
    }};
}

macro_rules! filtered {
    ($scope:expr, $user:expr, $params:expr) => {{
        let mut query = visible!($scope, $user);
        if let Some(state) = &$params.state {
            query = query.filter(major_changes::state.eq(state));
        }
        if let Some(enterprise) = &$params.enterprise_id {
            query = query.filter(major_changes::enterprise_id.eq(enterprise));
        }
        query
    }};
}

pub fn find_visible_change(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &MajorChangeId,
) -> QueryResult<(MajorChange, String)> {
    visible!(scope, user)
        .filter(major_changes::id.eq(id))
        .select((MajorChange::as_select(), enterprises::name))
        .first(conn)
}

/// Newest first.
pub fn list_changes(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListMajorChangesParams,
    page: &PageRequest<MajorChangeId>,
) -> QueryResult<Vec<(MajorChange, String)>> {
    let mut query = filtered!(scope, user, params);
    if let Some(after) = &page.after {
        query = query.filter(major_changes::id.lt(after));
    }
    query
        .order(major_changes::id.desc())
        .limit(page.fetch())
        .select((MajorChange::as_select(), enterprises::name))
        .load(conn)
}

pub fn count_changes(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListMajorChangesParams,
) -> QueryResult<i64> {
    filtered!(scope, user, params).count().get_result(conn)
}

pub fn insert_change(conn: &mut Conn, row: &MajorChange) -> QueryResult<()> {
    diesel::insert_into(major_changes::table).values(row).execute(conn).map(drop)
}

pub fn update_change(conn: &mut Conn, row: &MajorChange) -> QueryResult<()> {
    diesel::update(major_changes::table.find(&row.id))
        .set((
            major_changes::detail.eq(&row.detail),
            major_changes::state.eq(row.state),
            major_changes::resolved_by.eq(&row.resolved_by),
            major_changes::resolved_at.eq(row.resolved_at),
            major_changes::resolution.eq(&row.resolution),
            major_changes::recheck_ids.eq(&row.recheck_ids),
            major_changes::version.eq(row.version),
        ))
        .execute(conn)
        .map(drop)
}

pub fn insert_merger(conn: &mut Conn, row: &Merger) -> QueryResult<()> {
    diesel::insert_into(enterprise_mergers::table).values(row).execute(conn).map(drop)
}

/// Mergers in which the enterprise ended or went on, oldest first.
pub fn list_mergers(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    enterprise: &EnterpriseId,
) -> QueryResult<Vec<Merger>> {
    let mut query = enterprise_mergers::table.into_boxed();
    // An enterprise reads whom it merged with; an office only within its reach.
    if scope.all {
        query = reachable!(query, enterprise_mergers::predecessor_id, scope, user);
        query = reachable!(query, enterprise_mergers::successor_id, scope, user);
    }
    query
        .filter(enterprise_mergers::predecessor_id.eq(enterprise).or(enterprise_mergers::successor_id.eq(enterprise)))
        .order((enterprise_mergers::merged_on, enterprise_mergers::change_id))
        .select(Merger::as_select())
        .load(conn)
}
