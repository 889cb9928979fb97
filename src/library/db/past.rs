//! What memberships were on a past day.

use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::library::model::{ListMembershipsParams, Membership, MembershipId, Span};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::platform::types::Stamp;
use crate::schema::{enterprises, membership_spans, memberships};

pub fn insert_span(conn: &mut Conn, span: &Span) -> QueryResult<()> {
    diesel::insert_into(membership_spans::table).values(span).execute(conn).map(drop)
}

pub fn close_span(conn: &mut Conn, id: &MembershipId, at: Stamp) -> QueryResult<()> {
    let open = membership_spans::table
        .filter(membership_spans::membership_id.eq(id))
        .filter(membership_spans::to_at.is_null());
    diesel::update(open).set(membership_spans::to_at.eq(at)).execute(conn).map(drop)
}

/// Since when each of these is in its present state.
pub fn list_begun(conn: &mut Conn, ids: &[MembershipId]) -> QueryResult<Vec<(MembershipId, Stamp)>> {
    membership_spans::table
        .filter(membership_spans::membership_id.eq_any(ids))
        .filter(membership_spans::to_at.is_null())
        .select((membership_spans::membership_id, membership_spans::from_at))
        .load(conn)
}

/// Filters of a list at a moment, on what held then.
macro_rules! held {
    ($scope:expr, $user:expr, $params:expr, $at:expr) => {{
        let mut query = memberships::table
            .inner_join(enterprises::table)
            .inner_join(membership_spans::table.on(membership_spans::membership_id.eq(memberships::id)))
            .filter(membership_spans::from_at.lt($at))
            .filter(membership_spans::to_at.is_null().or(membership_spans::to_at.nullable().ge($at)))
            .into_boxed();
        query = reachable!(query, memberships::enterprise_id, $scope, $user);
        if let Some(state) = &$params.state {
            query = query.filter(membership_spans::state.eq(state));
        }
        if let Some(tier) = &$params.tier {
            query = query.filter(membership_spans::tier.eq(tier));
        }
        if let Some(lane) = &$params.lane {
            query = query.filter(memberships::lane.eq(lane));
        }
        if let Some(enterprise) = &$params.enterprise_id {
            query = query.filter(memberships::enterprise_id.eq(EnterpriseId(enterprise.clone())));
        }
        query
    }};
}

/// What held just before `at`, newest membership first.
pub fn list_held(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListMembershipsParams,
    at: Stamp,
    page: &PageRequest<MembershipId>,
) -> QueryResult<Vec<(Membership, String, Span)>> {
    let mut query = held!(scope, user, params, at);
    if let Some(after) = &page.after {
        query = query.filter(memberships::id.lt(after));
    }
    query
        .order(memberships::id.desc())
        .limit(page.fetch())
        .select((Membership::as_select(), enterprises::name, Span::as_select()))
        .load(conn)
}

pub fn count_held(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListMembershipsParams,
    at: Stamp,
) -> QueryResult<i64> {
    held!(scope, user, params, at).count().get_result(conn)
}
