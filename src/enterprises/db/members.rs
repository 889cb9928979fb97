use diesel::prelude::*;

use crate::enterprises::model::{Claim, ClaimId, ClaimState, EnterpriseId, ListClaimsParams, Member, NamedClaim};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::schema::{enterprise_claims as claims, enterprise_members as members, enterprises, users};

/// Those who act for the enterprise now, the first first.
pub fn list_members(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<Vec<Member>> {
    members::table
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::ended_at.is_null())
        .order(members::id)
        .select(Member::as_select())
        .load(conn)
}

/// With name and e-mail address.
pub fn list_named_members(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<Vec<(Member, String, String)>> {
    members::table
        .inner_join(users::table)
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::ended_at.is_null())
        .order(members::id)
        .select((Member::as_select(), users::name, users::email))
        .load(conn)
}

/// Also one whose membership has ended.
pub fn find_member_of_user(conn: &mut Conn, enterprise: &EnterpriseId, user: &UserId) -> QueryResult<Option<Member>> {
    members::table
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::user_id.eq(user))
        .select(Member::as_select())
        .first(conn)
        .optional()
}

pub fn insert_member(conn: &mut Conn, row: &Member) -> QueryResult<()> {
    diesel::insert_into(members::table).values(row).execute(conn).map(drop)
}

pub fn update_member(conn: &mut Conn, row: &Member) -> QueryResult<()> {
    diesel::update(members::table.find(&row.id)).set(row).execute(conn).map(drop)
}

type Boxed<'a> = diesel::dsl::IntoBoxed<
    'a,
    diesel::dsl::InnerJoin<diesel::dsl::InnerJoin<claims::table, enterprises::table>, users::table>,
    <Conn as diesel::Connection>::Backend,
>;

/// What the caller reaches: every claim on an enterprise they have no stake in, or their own.
fn visible_claims(scope: Scope, user: Option<&UserId>) -> Boxed<'_> {
    let query = claims::table.inner_join(enterprises::table).inner_join(users::table).into_boxed();
    let Some(me) = user else {
        return if scope.all { query } else { query.filter(claims::user_id.eq("")) };
    };
    if !scope.all {
        return query.filter(claims::user_id.eq(me));
    }
    let mine = claims::user_id.eq(me);
    query
        .filter(mine.or(claims::enterprise_id.ne_all(conflicted_enterprises(me))))
        .filter(claims::user_id.eq(me).or(claims::enterprise_id.ne_all(member_enterprises(me))))
}

fn filtered<'a>(scope: Scope, user: Option<&'a UserId>, params: &'a ListClaimsParams) -> Boxed<'a> {
    let mut query = visible_claims(scope, user);
    if let Some(state) = params.state {
        query = query.filter(claims::state.eq(state));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(claims::enterprise_id.eq(enterprise));
    }
    query
}

/// Newest first.
pub fn list_claims(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListClaimsParams,
    page: &PageRequest<ClaimId>,
) -> QueryResult<Vec<NamedClaim>> {
    let mut query = filtered(scope, user, params);
    if let Some(after) = &page.after {
        query = query.filter(claims::id.lt(after));
    }
    query
        .order(claims::id.desc())
        .limit(page.fetch())
        .select((Claim::as_select(), enterprises::credit_code, enterprises::name, users::name, users::email))
        .load(conn)
}

pub fn count_claims(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListClaimsParams,
) -> QueryResult<i64> {
    filtered(scope, user, params).count().get_result(conn)
}

pub fn find_visible_claim(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &ClaimId,
) -> QueryResult<NamedClaim> {
    visible_claims(scope, user)
        .filter(claims::id.eq(id))
        .select((Claim::as_select(), enterprises::credit_code, enterprises::name, users::name, users::email))
        .first(conn)
}

pub fn has_pending_claim(conn: &mut Conn, enterprise: &EnterpriseId, user: &UserId) -> QueryResult<bool> {
    let pending = claims::table
        .filter(claims::enterprise_id.eq(enterprise))
        .filter(claims::user_id.eq(user))
        .filter(claims::state.eq(ClaimState::Pending));
    diesel::select(diesel::dsl::exists(pending)).get_result(conn)
}

pub fn insert_claim(conn: &mut Conn, row: &Claim) -> QueryResult<()> {
    diesel::insert_into(claims::table).values(row).execute(conn).map(drop)
}

pub fn update_claim(conn: &mut Conn, row: &Claim) -> QueryResult<()> {
    diesel::update(claims::table.find(&row.id)).set(row).execute(conn).map(drop)
}
