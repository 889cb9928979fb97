use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{AnnualUpdate, ListAnnualUpdatesParams, UpdateId, UpdateWindow};
use crate::enterprises::model::EnterpriseId;
use crate::library::db::reachable;
use crate::library::model::{Membership, MembershipId, MembershipState};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::schema::{annual_updates, enterprises, memberships, update_windows};

pub fn find_window(conn: &mut Conn, year: i32) -> QueryResult<UpdateWindow> {
    update_windows::table.find(year).select(UpdateWindow::as_select()).first(conn)
}

/// Latest first.
pub fn list_windows(conn: &mut Conn, page: &PageRequest<i32>) -> QueryResult<Vec<UpdateWindow>> {
    let before = page.after.unwrap_or(i32::MAX);
    update_windows::table
        .filter(update_windows::year.lt(before))
        .order(update_windows::year.desc())
        .limit(page.fetch())
        .select(UpdateWindow::as_select())
        .load(conn)
}

/// Windows whose late reporters have not been looked for yet.
pub fn list_unswept(conn: &mut Conn) -> QueryResult<Vec<UpdateWindow>> {
    update_windows::table
        .filter(update_windows::swept_at.is_null())
        .order(update_windows::year)
        .select(UpdateWindow::as_select())
        .load(conn)
}

pub fn insert_window(conn: &mut Conn, row: &UpdateWindow) -> QueryResult<()> {
    diesel::insert_into(update_windows::table).values(row).execute(conn).map(drop)
}

pub fn update_window(conn: &mut Conn, row: &UpdateWindow) -> QueryResult<()> {
    diesel::update(update_windows::table.find(row.year))
        .set((
            update_windows::due_on.eq(row.due_on),
            update_windows::swept_at.eq(row.swept_at),
            update_windows::version.eq(row.version),
        ))
        .execute(conn)
        .map(drop)
}

/// With the enterprise's name.
macro_rules! visible {
    ($scope:expr, $user:expr) => {{
        let query = annual_updates::table.inner_join(enterprises::table).into_boxed();
        reachable!(query, annual_updates::enterprise_id, $scope, $user)
    }};
}

macro_rules! filtered {
    ($scope:expr, $user:expr, $params:expr) => {{
        let mut query = visible!($scope, $user);
        if let Some(year) = $params.year {
            query = query.filter(annual_updates::year.eq(year));
        }
        if let Some(state) = $params.state {
            query = query.filter(annual_updates::state.eq(state));
        }
        if let Some(enterprise) = &$params.enterprise_id {
            query = query.filter(annual_updates::enterprise_id.eq(EnterpriseId(enterprise.clone())));
        }
        query
    }};
}

pub fn find_visible(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &UpdateId,
) -> QueryResult<(AnnualUpdate, String)> {
    visible!(scope, user)
        .filter(annual_updates::id.eq(id))
        .select((AnnualUpdate::as_select(), enterprises::name))
        .first(conn)
}

/// Newest first.
pub fn list_updates(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListAnnualUpdatesParams,
    page: &PageRequest<UpdateId>,
) -> QueryResult<Vec<(AnnualUpdate, String)>> {
    let mut query = filtered!(scope, user, params);
    if let Some(after) = &page.after {
        query = query.filter(annual_updates::id.lt(after));
    }
    query
        .order(annual_updates::id.desc())
        .limit(page.fetch())
        .select((AnnualUpdate::as_select(), enterprises::name))
        .load(conn)
}

pub fn count_updates(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListAnnualUpdatesParams,
) -> QueryResult<i64> {
    filtered!(scope, user, params).count().get_result(conn)
}

pub fn find_of_year(conn: &mut Conn, enterprise: &EnterpriseId, year: i32) -> QueryResult<Option<AnnualUpdate>> {
    annual_updates::table
        .filter(annual_updates::enterprise_id.eq(enterprise))
        .filter(annual_updates::year.eq(year))
        .select(AnnualUpdate::as_select())
        .first(conn)
        .optional()
}

pub fn insert_update(conn: &mut Conn, row: &AnnualUpdate) -> QueryResult<()> {
    diesel::insert_into(annual_updates::table).values(row).execute(conn).map(drop)
}

pub fn update_update(conn: &mut Conn, row: &AnnualUpdate) -> QueryResult<()> {
    diesel::update(annual_updates::table.find(&row.id))
        .set((
            annual_updates::state.eq(row.state),
            annual_updates::entries.eq(&row.entries),
            annual_updates::submitted_at.eq(row.submitted_at),
            annual_updates::updated_at.eq(row.updated_at),
            annual_updates::version.eq(row.version),
        ))
        .execute(conn)
        .map(drop)
}

/// Members of a tier since before the window opened, whose enterprise has handed in nothing in it, by enterprise.
macro_rules! silent {
    ($window:expr) => {
        memberships::table
            .inner_join(enterprises::table)
            .filter(memberships::live.eq(true))
            .filter(memberships::tier.is_not_null())
            .filter(memberships::valid_from.lt($window.opens_on))
            .filter(
                memberships::enterprise_id.ne_all(
                    annual_updates::table
                        .filter(annual_updates::year.eq($window.year))
                        .filter(annual_updates::submitted_at.is_not_null())
                        .select(annual_updates::enterprise_id),
                ),
            )
    };
}

/// The silent ones whom a watch can still be put on.
pub fn list_late(conn: &mut Conn, window: &UpdateWindow) -> QueryResult<Vec<Membership>> {
    silent!(window)
        .filter(memberships::state.eq(MembershipState::Active))
        .order(memberships::id)
        .select(Membership::as_select())
        .load(conn)
}

/// Windows whose day is between `from` and `to`.
pub fn list_due(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<UpdateWindow>> {
    update_windows::table.filter(update_windows::due_on.between(from, to)).select(UpdateWindow::as_select()).load(conn)
}

/// One membership of each silent enterprise.
pub fn list_silent_members(conn: &mut Conn, window: &UpdateWindow) -> QueryResult<Vec<MembershipId>> {
    let mut rows: Vec<(EnterpriseId, MembershipId)> = silent!(window)
        .order((memberships::enterprise_id, memberships::id))
        .select((memberships::enterprise_id, memberships::id))
        .load(conn)?;
    rows.dedup_by(|a, b| a.0 == b.0);
    Ok(rows.into_iter().map(|(_, membership)| membership).collect())
}

/// By enterprise, each once.
pub fn list_silent(
    conn: &mut Conn,
    window: &UpdateWindow,
    page: &PageRequest<EnterpriseId>,
) -> QueryResult<Vec<(EnterpriseId, String)>> {
    let mut query = silent!(window).into_boxed();
    if let Some(after) = &page.after {
        query = query.filter(memberships::enterprise_id.gt(after));
    }
    query
        .order(memberships::enterprise_id)
        .distinct()
        .limit(page.fetch())
        .select((memberships::enterprise_id, enterprises::name))
        .load(conn)
}
