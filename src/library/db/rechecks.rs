use diesel::prelude::*;

use crate::library::model::{
    ListRechecksParams, MembershipId, Recheck, RecheckDraw, RecheckDrawId, RecheckId, RecheckState,
};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::schema::{enterprises, recheck_draws, rechecks};

/// With the enterprise's name. Whoever sees a membership sees its re-checks.
macro_rules! visible {
    ($scope:expr, $user:expr) => {
        reachable!(rechecks::table.inner_join(enterprises::table).into_boxed(), rechecks::enterprise_id, $scope, $user)
    };
}

macro_rules! filtered {
    ($scope:expr, $user:expr, $params:expr) => {{
        let mut query = visible!($scope, $user);
        if let Some(state) = &$params.state {
            query = query.filter(rechecks::state.eq(state));
        }
        if let Some(membership) = &$params.membership_id {
            query = query.filter(rechecks::membership_id.eq(MembershipId(membership.clone())));
        }
        if let Some(draw) = &$params.draw_id {
            query = query.filter(rechecks::draw_id.eq(RecheckDrawId(draw.clone())));
        }
        query
    }};
}

pub fn find_visible_recheck(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &RecheckId,
) -> QueryResult<(Recheck, String)> {
    visible!(scope, user).filter(rechecks::id.eq(id)).select((Recheck::as_select(), enterprises::name)).first(conn)
}

/// Newest first.
pub fn list_rechecks(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListRechecksParams,
    page: &PageRequest<RecheckId>,
) -> QueryResult<Vec<(Recheck, String)>> {
    let mut query = filtered!(scope, user, params);
    if let Some(after) = &page.after {
        query = query.filter(rechecks::id.lt(after));
    }
    query.order(rechecks::id.desc()).limit(page.fetch()).select((Recheck::as_select(), enterprises::name)).load(conn)
}

pub fn count_rechecks(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListRechecksParams,
) -> QueryResult<i64> {
    filtered!(scope, user, params).count().get_result(conn)
}

pub fn find_recheck(conn: &mut Conn, id: &RecheckId) -> QueryResult<Recheck> {
    rechecks::table.find(id).select(Recheck::as_select()).first(conn)
}

pub fn has_open_recheck(conn: &mut Conn, membership: &MembershipId) -> QueryResult<bool> {
    let open =
        rechecks::table.filter(rechecks::membership_id.eq(membership)).filter(rechecks::state.eq(RecheckState::Open));
    diesel::select(diesel::dsl::exists(open)).get_result(conn)
}

pub fn insert_recheck(conn: &mut Conn, row: &Recheck) -> QueryResult<()> {
    diesel::insert_into(rechecks::table).values(row).execute(conn).map(drop)
}

pub fn update_recheck(conn: &mut Conn, row: &Recheck) -> QueryResult<()> {
    diesel::update(rechecks::table.find(&row.id))
        .set((
            rechecks::state.eq(row.state),
            rechecks::outcome.eq(row.outcome),
            rechecks::basis.eq(&row.basis),
            rechecks::concluded_at.eq(row.concluded_at),
            rechecks::version.eq(row.version),
        ))
        .execute(conn)
        .map(drop)
}

pub fn insert_draw(conn: &mut Conn, row: &RecheckDraw) -> QueryResult<()> {
    diesel::insert_into(recheck_draws::table).values(row).execute(conn).map(drop)
}

pub fn find_draw(conn: &mut Conn, id: &RecheckDrawId) -> QueryResult<RecheckDraw> {
    recheck_draws::table.find(id).select(RecheckDraw::as_select()).first(conn)
}

/// Newest first.
pub fn list_recheck_draws(conn: &mut Conn, page: &PageRequest<RecheckDrawId>) -> QueryResult<Vec<RecheckDraw>> {
    let mut query = recheck_draws::table.into_boxed();
    if let Some(after) = &page.after {
        query = query.filter(recheck_draws::id.lt(after));
    }
    query.order(recheck_draws::id.desc()).limit(page.fetch()).select(RecheckDraw::as_select()).load(conn)
}
