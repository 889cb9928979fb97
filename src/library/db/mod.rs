/// What of a boxed query the caller reaches, by its column of enterprises: applicants their own, staff none that a conflict of
/// interest keeps from them. A macro, because the combined backend takes no boxed query as a part of another one.
macro_rules! reachable {
    ($query:expr, $enterprise:expr, $scope:expr, $user:expr) => {{
        use $crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
        let query = $query;
        let of = $enterprise;
        match ($user, $scope.all, $scope.own) {
            (None, true, _) => query,
            (None, false, _) => query.filter(of.eq("")),
            (Some(me), true, false) => {
                query.filter(of.ne_all(conflicted_enterprises(me))).filter(of.ne_all(member_enterprises(me)))
            }
            (Some(me), true, true) => {
                query.filter(of.eq_any(member_enterprises(me)).or(of.ne_all(conflicted_enterprises(me))))
            }
            (Some(me), false, _) => query.filter(of.eq_any(member_enterprises(me))),
        }
    }};
}
pub(crate) use reachable;

pub mod past;
pub mod promotion;
pub mod rechecks;

use chrono::NaiveDate;
use diesel::dsl::{InnerJoin, IntoBoxed};
use diesel::prelude::*;

use super::model::{Bar, ListMembershipsParams, Membership, MembershipId, MembershipState};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::programme::model::{Lane, Tier};
use crate::schema::{certificate_counters, enterprises, memberships, reentry_bars};

type Backend = <Conn as diesel::Connection>::Backend;
/// Memberships with their enterprises.
pub type Named<'a> = IntoBoxed<'a, InnerJoin<memberships::table, enterprises::table>, Backend>;

/// With the enterprise's name.
pub fn visible<'a>(scope: Scope, user: Option<&'a UserId>) -> Named<'a> {
    reachable!(memberships::table.inner_join(enterprises::table).into_boxed(), memberships::enterprise_id, scope, user)
}

fn filtered<'a>(scope: Scope, user: Option<&'a UserId>, params: &'a ListMembershipsParams) -> Named<'a> {
    let mut query = visible(scope, user);
    if let Some(state) = &params.state {
        query = query.filter(memberships::state.eq(state));
    }
    if let Some(tier) = &params.tier {
        query = query.filter(memberships::tier.eq(tier));
    }
    if let Some(lane) = &params.lane {
        query = query.filter(memberships::lane.eq(lane));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(memberships::enterprise_id.eq(enterprise));
    }
    if let Some(day) = &params.ends_by {
        query = query.filter(memberships::valid_to.le(day));
    }
    query
}

pub fn find_visible_membership(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &MembershipId,
) -> QueryResult<(Membership, String)> {
    visible(scope, user).filter(memberships::id.eq(id)).select((Membership::as_select(), enterprises::name)).first(conn)
}

/// Whoever asks.
pub fn find_membership(conn: &mut Conn, id: &MembershipId) -> QueryResult<Membership> {
    memberships::table.find(id).select(Membership::as_select()).first(conn)
}

/// Newest first.
pub fn list_memberships(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListMembershipsParams,
    page: &PageRequest<MembershipId>,
) -> QueryResult<Vec<(Membership, String)>> {
    let mut query = filtered(scope, user, params);
    if let Some(after) = &page.after {
        query = query.filter(memberships::id.lt(after));
    }
    query
        .order(memberships::id.desc())
        .limit(page.fetch())
        .select((Membership::as_select(), enterprises::name))
        .load(conn)
}

pub fn count_memberships(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListMembershipsParams,
) -> QueryResult<i64> {
    filtered(scope, user, params).count().get_result(conn)
}

/// The one live membership an enterprise has in a lane.
pub fn find_live_membership(conn: &mut Conn, enterprise: &EnterpriseId, lane: Lane) -> QueryResult<Option<Membership>> {
    memberships::table
        .filter(memberships::enterprise_id.eq(enterprise))
        .filter(memberships::lane.eq(lane))
        .filter(memberships::live.eq(true))
        .select(Membership::as_select())
        .first(conn)
        .optional()
}

pub fn has_live_membership(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<bool> {
    let live = memberships::table.filter(memberships::enterprise_id.eq(enterprise)).filter(memberships::live.eq(true));
    diesel::select(diesel::dsl::exists(live)).get_result(conn)
}

/// Members of these tiers whose title holds, whoever asks.
pub fn standing(tiers: &[Tier]) -> Named<'_> {
    let states = [MembershipState::Active, MembershipState::Watch, MembershipState::ReReview];
    memberships::table
        .inner_join(enterprises::table)
        .filter(memberships::tier.eq_any(tiers))
        .filter(memberships::state.eq_any(states))
        .into_boxed()
}

/// Whoever asks: certificates are public.
pub fn find_certificate(conn: &mut Conn, number: &str) -> QueryResult<(Membership, String)> {
    memberships::table
        .inner_join(enterprises::table)
        .filter(memberships::certificate_number.eq(number))
        .select((Membership::as_select(), enterprises::name))
        .first(conn)
}

/// Members of these states whose term is over.
pub fn list_run_out(
    conn: &mut Conn,
    states: &[MembershipState],
    today: NaiveDate,
    limit: i64,
) -> QueryResult<Vec<Membership>> {
    memberships::table
        .filter(memberships::state.eq_any(states))
        .filter(memberships::valid_to.lt(today))
        .order((memberships::valid_to, memberships::id))
        .limit(limit)
        .select(Membership::as_select())
        .load(conn)
}

/// Active members of some tiers or of all within reach, in the order of their ids.
pub fn list_active(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    tiers: &[Tier],
) -> QueryResult<Vec<MembershipId>> {
    let active = memberships::table.filter(memberships::state.eq(MembershipState::Active)).into_boxed();
    let mut query = reachable!(active, memberships::enterprise_id, scope, user);
    if !tiers.is_empty() {
        query = query.filter(memberships::tier.eq_any(tiers));
    }
    query.order(memberships::id).select(memberships::id).load(conn)
}

/// The bar that lasts longest, if one holds on this day.
pub fn find_bar(conn: &mut Conn, enterprise: &EnterpriseId, on: NaiveDate) -> QueryResult<Option<Bar>> {
    reentry_bars::table
        .filter(reentry_bars::enterprise_id.eq(enterprise))
        .filter(reentry_bars::until_on.ge(on))
        .order(reentry_bars::until_on.desc())
        .select(Bar::as_select())
        .first(conn)
        .optional()
}

pub fn insert_bar(conn: &mut Conn, bar: &Bar) -> QueryResult<()> {
    diesel::insert_into(reentry_bars::table).values(bar).execute(conn).map(drop)
}

pub fn insert_membership(conn: &mut Conn, membership: &Membership) -> QueryResult<()> {
    diesel::insert_into(memberships::table).values(membership).execute(conn).map(drop)
}

pub fn update_membership(conn: &mut Conn, membership: &Membership) -> QueryResult<()> {
    diesel::update(memberships::table.find(&membership.id)).set(membership).execute(conn).map(drop)
}

/// The last certificate number given in a year; 0 before the first.
pub fn find_last_number(conn: &mut Conn, year: i32) -> QueryResult<i32> {
    let last = certificate_counters::table.find(year).select(certificate_counters::last).first(conn).optional()?;
    Ok(last.unwrap_or(0))
}

pub fn insert_counter(conn: &mut Conn, year: i32, last: i32) -> QueryResult<()> {
    diesel::insert_into(certificate_counters::table)
        .values((certificate_counters::year.eq(year), certificate_counters::last.eq(last)))
        .execute(conn)
        .map(drop)
}

pub fn update_counter(conn: &mut Conn, year: i32, last: i32) -> QueryResult<()> {
    diesel::update(certificate_counters::table.find(year))
        .set(certificate_counters::last.eq(last))
        .execute(conn)
        .map(drop)
}
