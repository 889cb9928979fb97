use diesel::dsl::{count, count_star};
use diesel::prelude::*;

use super::model::{Entry, ReportParams, Spell};
use crate::applications::model::ApplicationState;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::programme::model::{Lane, Tier};
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::schema::{applications, audit_events, enterprise_tracks, memberships, rounds};

diesel::allow_columns_to_appear_in_same_group_by_clause!(enterprise_tracks::track, memberships::tier);

/// How many applications are in each state, and how many of these were ever submitted; without the cases the person must not find:
/// a figure that counts one more than the list shows is a find.
pub fn count_states(
    conn: &mut Conn,
    me: Option<&UserId>,
    params: &ReportParams,
    year: i32,
) -> QueryResult<Vec<(ApplicationState, i64, i64)>> {
    let mut query = applications::table
        .inner_join(rounds::table)
        .group_by(applications::state)
        .select((applications::state, count_star(), count(applications::submitted_at)))
        .into_boxed();
    query = match &params.round_id {
        Some(round) => query.filter(applications::round_id.eq(round)),
        None => query.filter(rounds::year.eq(year)),
    };
    if let Some(me) = me {
        let of = applications::enterprise_id;
        query = query.filter(of.ne_all(conflicted_enterprises(me))).filter(of.ne_all(member_enterprises(me)));
    }
    query.load(conn)
}

/// Every ladder membership with a tier, of one enterprise in a row.
pub fn list_spells(conn: &mut Conn) -> QueryResult<Vec<Spell>> {
    memberships::table
        .filter(memberships::lane.eq(Lane::Ladder))
        .filter(memberships::tier.is_not_null())
        .filter(memberships::valid_from.is_not_null())
        .order((memberships::enterprise_id, memberships::id))
        .select((
            memberships::enterprise_id,
            memberships::tier.assume_not_null(),
            memberships::valid_from.assume_not_null(),
            memberships::ended_at,
        ))
        .load(conn)
}

pub fn count_tracks(conn: &mut Conn) -> QueryResult<Vec<(String, Tier, i64)>> {
    memberships::table
        .inner_join(enterprise_tracks::table.on(enterprise_tracks::enterprise_id.eq(memberships::enterprise_id)))
        .filter(memberships::live.eq(true))
        .filter(memberships::tier.is_not_null())
        .group_by((enterprise_tracks::track, memberships::tier))
        .select((enterprise_tracks::track, memberships::tier.assume_not_null(), count_star()))
        .order((enterprise_tracks::track, memberships::tier))
        .load(conn)
}

/// Every change of state of the applications looked at, without those the person must not find.
pub fn list_entries(conn: &mut Conn, me: Option<&UserId>, params: &ReportParams, year: i32) -> QueryResult<Vec<Entry>> {
    let mut query = applications::table
        .inner_join(rounds::table)
        .inner_join(audit_events::table.on(audit_events::subject_id.eq(applications::id)))
        .filter(audit_events::subject_kind.eq("application"))
        .filter(audit_events::to_state.is_not_null())
        .select((applications::id, audit_events::to_state.assume_not_null(), audit_events::at))
        .order((applications::id, audit_events::seq))
        .into_boxed();
    query = match &params.round_id {
        Some(round) => query.filter(applications::round_id.eq(round)),
        None => query.filter(rounds::year.eq(year)),
    };
    if let Some(me) = me {
        let of = applications::enterprise_id;
        query = query.filter(of.ne_all(conflicted_enterprises(me))).filter(of.ne_all(member_enterprises(me)));
    }
    query.load(conn)
}
