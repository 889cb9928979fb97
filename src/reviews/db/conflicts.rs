use diesel::dsl::{AsSelect, auto_type};
use diesel::prelude::*;

use crate::enterprises::model::{EnterpriseId, FactKind};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::reviews::model::{Conflict, ConflictId, ListConflictsParams, NamedConflict};
use crate::schema::{applications, conflicts, enterprise_facts, enterprise_members, enterprises, users};

type Backend = <Conn as diesel::Connection>::Backend;
type Boxed<'a> = conflicts::BoxedQuery<'a, Backend>;

/// The enterprises a person is in conflict with, for a sub-select: computed, declared and pinned.
///
/// Every list, count and search that staff or experts see leaves these out, and [`member_enterprises`] with them:
/// `query.filter(applications::enterprise_id.ne_all(conflicted_enterprises(me)))`. An applicant's own view is no such list.
#[auto_type]
pub fn conflicted_enterprises<'a>(user: &'a UserId) -> _ {
    conflicts::table
        .filter(conflicts::user_id.eq(user))
        .filter(conflicts::ended_at.is_null())
        .select(conflicts::enterprise_id)
}

/// The enterprises a person acts for: a conflict without anybody having said so.
#[auto_type]
pub fn member_enterprises<'a>(user: &'a UserId) -> _ {
    enterprise_members::table
        .filter(enterprise_members::user_id.eq(user))
        .filter(enterprise_members::ended_at.is_null())
        .select(enterprise_members::enterprise_id)
}

/// The applications a person must not find, for a sub-select.
#[auto_type]
pub fn hidden_cases<'a>(user: &'a UserId) -> _ {
    let said: conflicted_enterprises<'a> = conflicted_enterprises(user);
    let acts: member_enterprises<'a> = member_enterprises(user);
    applications::table
        .filter(applications::enterprise_id.eq_any(said).or(applications::enterprise_id.eq_any(acts)))
        .select(applications::id)
}

/// Leaves out of a query of applications what the person must not find.
pub fn hide_conflicted<'a>(
    query: applications::BoxedQuery<'a, Backend>,
    user: &'a UserId,
) -> applications::BoxedQuery<'a, Backend> {
    query
        .filter(applications::enterprise_id.ne_all(conflicted_enterprises(user)))
        .filter(applications::enterprise_id.ne_all(member_enterprises(user)))
}

/// Whether a conflict stands between them, whatever its source.
pub fn is_conflicted(conn: &mut Conn, user: &UserId, enterprise: &EnterpriseId) -> QueryResult<bool> {
    let said = conflicts::table
        .filter(conflicts::user_id.eq(user))
        .filter(conflicts::enterprise_id.eq(enterprise))
        .filter(conflicts::ended_at.is_null())
        .count()
        .get_result::<i64>(conn)?;
    let acts = enterprise_members::table
        .filter(enterprise_members::user_id.eq(user))
        .filter(enterprise_members::enterprise_id.eq(enterprise))
        .filter(enterprise_members::ended_at.is_null())
        .count()
        .get_result::<i64>(conn)?;
    Ok(said + acts > 0)
}

fn filtered<'a>(params: &'a ListConflictsParams, me: Option<&'a UserId>) -> Boxed<'a> {
    let mut query = conflicts::table.into_boxed();
    if let Some(user) = &params.user_id {
        query = query.filter(conflicts::user_id.eq(user));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(conflicts::enterprise_id.eq(enterprise));
    }
    if let Some(me) = me {
        // Whoever may record conflicts does not learn what others said about the cases hidden from them.
        let mine = diesel::alias!(conflicts as mine);
        let conflicted = mine
            .filter(mine.field(conflicts::user_id).eq(me))
            .filter(mine.field(conflicts::ended_at).is_null())
            .select(mine.field(conflicts::enterprise_id));
        query = query.filter(conflicts::enterprise_id.ne_all(conflicted));
        query = query.filter(conflicts::enterprise_id.ne_all(member_enterprises(me)));
    }
    query
}

/// Newest first.
pub fn list_conflicts(
    conn: &mut Conn,
    params: &ListConflictsParams,
    me: Option<&UserId>,
    page: &PageRequest<ConflictId>,
) -> QueryResult<Vec<NamedConflict>> {
    let mut query = filtered(params, me);
    if let Some(after) = &page.after {
        query = query.filter(conflicts::id.lt(after));
    }
    let ids: Vec<ConflictId> =
        query.order(conflicts::id.desc()).limit(page.fetch()).select(conflicts::id).load(conn)?;
    named().filter(conflicts::id.eq_any(ids)).order(conflicts::id.desc()).load(conn)
}

pub fn find_named_conflict(conn: &mut Conn, id: &ConflictId) -> QueryResult<NamedConflict> {
    named().filter(conflicts::id.eq(id)).first(conn)
}

#[auto_type]
fn named() -> _ {
    let read: AsSelect<Conflict, Backend> = Conflict::as_select();
    conflicts::table.inner_join(users::table).inner_join(enterprises::table).select((
        read,
        users::name,
        enterprises::name,
    ))
}

pub fn find_conflict(conn: &mut Conn, id: &ConflictId) -> QueryResult<Conflict> {
    conflicts::table.find(id).select(Conflict::as_select()).first(conn)
}

/// Conflicts in force with any of these enterprises.
pub fn list_in_force(conn: &mut Conn, enterprises: &[EnterpriseId]) -> QueryResult<Vec<(UserId, EnterpriseId)>> {
    conflicts::table
        .filter(conflicts::enterprise_id.eq_any(enterprises.to_vec()))
        .filter(conflicts::ended_at.is_null())
        .select((conflicts::user_id, conflicts::enterprise_id))
        .load(conn)
}

pub fn list_members(conn: &mut Conn, enterprises: &[EnterpriseId]) -> QueryResult<Vec<(UserId, EnterpriseId)>> {
    enterprise_members::table
        .filter(enterprise_members::enterprise_id.eq_any(enterprises.to_vec()))
        .filter(enterprise_members::ended_at.is_null())
        .select((enterprise_members::user_id, enterprise_members::enterprise_id))
        .load(conn)
}

/// Name and credit code.
pub fn list_applicants(
    conn: &mut Conn,
    enterprises: &[EnterpriseId],
) -> QueryResult<Vec<(EnterpriseId, String, String)>> {
    enterprises::table
        .filter(enterprises::id.eq_any(enterprises.to_vec()))
        .select((enterprises::id, enterprises::name, enterprises::credit_code))
        .load(conn)
}

/// Equity rounds and partners on record: enterprise, kind and the document with the names.
pub fn list_related(
    conn: &mut Conn,
    enterprises: &[EnterpriseId],
    kinds: &[FactKind],
) -> QueryResult<Vec<(EnterpriseId, FactKind, String)>> {
    enterprise_facts::table
        .filter(enterprise_facts::enterprise_id.eq_any(enterprises.to_vec()))
        .filter(enterprise_facts::kind.eq_any(kinds.to_vec()))
        .filter(enterprise_facts::ended_at.is_null())
        .select((enterprise_facts::enterprise_id, enterprise_facts::kind, enterprise_facts::detail))
        .load(conn)
}

pub fn insert_conflict(conn: &mut Conn, row: &Conflict) -> QueryResult<()> {
    diesel::insert_into(conflicts::table).values(row).execute(conn).map(drop)
}

pub fn update_conflict(conn: &mut Conn, row: &Conflict) -> QueryResult<()> {
    diesel::update(conflicts::table.find(&row.id)).set(row).execute(conn).map(drop)
}
