use chrono::NaiveDate;
use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::library::model::{
    Invitation, InvitationId, ListInvitationsParams, ListPromotionsParams, Membership, MembershipId, MembershipState,
    PromotionGap,
};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::programme::model::{Lane, Tier};
use crate::rounds::model::RoundId;
use crate::schema::{applications, enterprises, memberships, promotion_gaps, reentry_bars, round_invitations};

/// Live members with a title, in the order of their ids.
pub fn list_titled(conn: &mut Conn, after: Option<&MembershipId>, limit: i64) -> QueryResult<Vec<Membership>> {
    let mut query =
        memberships::table.filter(memberships::live.eq(true)).filter(memberships::tier.is_not_null()).into_boxed();
    if let Some(after) = after {
        query = query.filter(memberships::id.gt(after));
    }
    query.order(memberships::id).limit(limit).select(Membership::as_select()).load(conn)
}

/// The same of one enterprise.
pub fn list_titled_of(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<Vec<Membership>> {
    memberships::table
        .filter(memberships::enterprise_id.eq(enterprise))
        .filter(memberships::live.eq(true))
        .filter(memberships::tier.is_not_null())
        .order(memberships::id)
        .select(Membership::as_select())
        .load(conn)
}

pub fn delete_gaps_of(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<usize> {
    diesel::delete(promotion_gaps::table.filter(promotion_gaps::enterprise_id.eq(enterprise))).execute(conn)
}

pub fn delete_gaps(conn: &mut Conn, ids: &[MembershipId]) -> QueryResult<usize> {
    diesel::delete(promotion_gaps::table.filter(promotion_gaps::membership_id.eq_any(ids))).execute(conn)
}

pub fn insert_gaps(conn: &mut Conn, rows: &[PromotionGap]) -> QueryResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    // The combined connection has no batch insert.
    crate::each!(conn, c => diesel::insert_into(promotion_gaps::table).values(rows).execute(c)).map(drop)
}

/// What the list is ordered by.
pub type Closeness = (i32, i64, MembershipId);

macro_rules! closest {
    ($scope:expr, $user:expr, $params:expr) => {{
        let joined = promotion_gaps::table.inner_join(enterprises::table).inner_join(memberships::table).into_boxed();
        let query = reachable!(joined, promotion_gaps::enterprise_id, $scope, $user);
        match &$params.next_tier {
            Some(tier) => query.filter(promotion_gaps::next_tier.eq(tier)),
            None => query,
        }
    }};
}

/// Fewest unmet rules first, then the smallest largest gap.
pub fn list_closest(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListPromotionsParams,
    page: &PageRequest<Closeness>,
) -> QueryResult<Vec<(PromotionGap, String, Option<Tier>)>> {
    use promotion_gaps::{gap_ppm, membership_id, unmet};
    let mut query = closest!(scope, user, params);
    if let Some((count, gap, id)) = &page.after {
        let behind = gap_ppm.gt(gap).or(gap_ppm.eq(gap).and(membership_id.gt(id)));
        query = query.filter(unmet.ge(count)).filter(unmet.gt(count).or(behind));
    }
    query
        .order((unmet, gap_ppm, membership_id))
        .limit(page.fetch())
        .select((PromotionGap::as_select(), enterprises::name, memberships::tier))
        .load(conn)
}

pub fn count_closest(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListPromotionsParams,
) -> QueryResult<i64> {
    closest!(scope, user, params).count().get_result(conn)
}

/// Who is in the library and free to apply, within reach, in the order of their ids.
pub fn list_free(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    lanes: &[Lane],
    after: Option<&MembershipId>,
    limit: i64,
) -> QueryResult<Vec<(Membership, String)>> {
    let free = [MembershipState::Candidate, MembershipState::Active, MembershipState::Watch];
    let joined = memberships::table.inner_join(enterprises::table).into_boxed();
    let mut query = reachable!(joined, memberships::enterprise_id, scope, user)
        .filter(memberships::state.eq_any(free))
        .filter(memberships::lane.eq_any(lanes));
    if let Some(after) = after {
        query = query.filter(memberships::id.gt(after));
    }
    query.order(memberships::id).limit(limit).select((Membership::as_select(), enterprises::name)).load(conn)
}

/// Which of these may not apply on this day.
pub fn list_barred(conn: &mut Conn, ids: &[EnterpriseId], on: NaiveDate) -> QueryResult<Vec<EnterpriseId>> {
    reentry_bars::table
        .filter(reentry_bars::enterprise_id.eq_any(ids))
        .filter(reentry_bars::until_on.ge(on))
        .select(reentry_bars::enterprise_id)
        .load(conn)
}

/// Which of these have applied in the round, and in which lane.
pub fn list_applied(conn: &mut Conn, round: &RoundId, ids: &[EnterpriseId]) -> QueryResult<Vec<(EnterpriseId, Lane)>> {
    applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::enterprise_id.eq_any(ids))
        .filter(applications::live.eq(true))
        .select((applications::enterprise_id, applications::lane))
        .load(conn)
}

pub fn list_invited(conn: &mut Conn, round: &RoundId, ids: &[MembershipId]) -> QueryResult<Vec<MembershipId>> {
    round_invitations::table
        .filter(round_invitations::round_id.eq(round))
        .filter(round_invitations::membership_id.eq_any(ids))
        .select(round_invitations::membership_id)
        .load(conn)
}

pub fn insert_invitation(conn: &mut Conn, row: &Invitation) -> QueryResult<()> {
    diesel::insert_into(round_invitations::table).values(row).execute(conn).map(drop)
}

/// Newest first.
pub fn list_invitations(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListInvitationsParams,
    page: &PageRequest<InvitationId>,
) -> QueryResult<Vec<(Invitation, String)>> {
    let joined = round_invitations::table.inner_join(enterprises::table).into_boxed();
    let mut query = reachable!(joined, round_invitations::enterprise_id, scope, user);
    if let Some(round) = &params.round_id {
        query = query.filter(round_invitations::round_id.eq(round));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(round_invitations::enterprise_id.eq(enterprise));
    }
    if let Some(after) = &page.after {
        query = query.filter(round_invitations::id.lt(after));
    }
    query
        .order(round_invitations::id.desc())
        .limit(page.fetch())
        .select((Invitation::as_select(), enterprises::name))
        .load(conn)
}
