//! Queries on people and their roles; sessions and codes have files of their own.

pub mod codes;
pub mod sessions;

use diesel::prelude::*;

use super::model::bodies::ListUsersParams;
use super::model::views::MyEnterpriseView;
use super::model::{Consent, PasswordId, PendingRegistration, RoleGrant, UsedPassword, User};
use crate::platform::actor::{UserId, UserState};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Role;
use crate::platform::types::Stamp;
use crate::schema::{
    consents, enterprise_members, enterprises, password_history, pending_registrations, role_grants, users,
};

type Boxed<'a> = users::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

pub fn find_user(conn: &mut Conn, id: &UserId) -> QueryResult<User> {
    users::table.find(id).select(User::as_select()).first(conn)
}

/// `email` in normal form.
pub fn find_user_by_email(conn: &mut Conn, email: &str) -> QueryResult<Option<User>> {
    users::table.filter(users::email.eq(email)).select(User::as_select()).first(conn).optional()
}

pub fn insert_user(conn: &mut Conn, user: &User) -> QueryResult<()> {
    diesel::insert_into(users::table).values(user).execute(conn).map(drop)
}

/// Writes back every column of a row that was read in this transaction.
pub fn update_user(conn: &mut Conn, user: &User) -> QueryResult<()> {
    diesel::update(users::table.find(&user.id))
        .set((
            users::name.eq(&user.name),
            users::mobile.eq(&user.mobile),
            users::state.eq(user.state),
            users::password_hash.eq(&user.password_hash),
            users::password_set_at.eq(user.password_set_at),
            users::password_due_at.eq(user.password_due_at),
            users::failed_sign_ins.eq(user.failed_sign_ins),
            users::locked_until.eq(user.locked_until),
            users::lang.eq(user.lang),
            users::last_sign_in_at.eq(user.last_sign_in_at),
            users::version.eq(user.version),
        ))
        .execute(conn)
        .map(drop)
}

fn filtered<'a>(params: &'a ListUsersParams, email: Option<&'a str>) -> Boxed<'a> {
    let mut query = users::table.into_boxed();
    if let Some(state) = params.state {
        query = query.filter(users::state.eq(state));
    }
    if let Some(role) = params.role {
        let holders = role_grants::table.filter(role_grants::role.eq(role)).select(role_grants::user_id);
        query = query.filter(users::id.eq_any(holders));
    }
    if let Some(email) = email {
        query = query.filter(users::email.eq(email));
    }
    query
}

/// Newest first. `email` is the filter in normal form.
pub fn list_users(
    conn: &mut Conn,
    params: &ListUsersParams,
    email: Option<&str>,
    page: &PageRequest<UserId>,
) -> QueryResult<Vec<User>> {
    let mut query = filtered(params, email);
    if let Some(after) = &page.after {
        query = query.filter(users::id.lt(after));
    }
    query.order(users::id.desc()).limit(page.fetch()).select(User::as_select()).load(conn)
}

pub fn count_users(conn: &mut Conn, params: &ListUsersParams, email: Option<&str>) -> QueryResult<i64> {
    filtered(params, email).count().get_result(conn)
}

/// In the order of their names.
pub fn list_roles(conn: &mut Conn, user: &UserId) -> QueryResult<Vec<Role>> {
    role_grants::table
        .filter(role_grants::user_id.eq(user))
        .select(role_grants::role)
        .order(role_grants::role)
        .load(conn)
}

/// The roles of several people, one statement for a whole page.
pub fn list_roles_of(conn: &mut Conn, users: &[UserId]) -> QueryResult<Vec<(UserId, Role)>> {
    role_grants::table
        .filter(role_grants::user_id.eq_any(users))
        .select((role_grants::user_id, role_grants::role))
        .order((role_grants::user_id, role_grants::role))
        .load(conn)
}

pub fn insert_role(conn: &mut Conn, grant: &RoleGrant) -> QueryResult<()> {
    diesel::insert_into(role_grants::table).values(grant).execute(conn).map(drop)
}

pub fn delete_role(conn: &mut Conn, user: &UserId, role: Role) -> QueryResult<()> {
    let grant = role_grants::table.filter(role_grants::user_id.eq(user)).filter(role_grants::role.eq(role));
    diesel::delete(grant).execute(conn).map(drop)
}

/// Active ones besides `user`.
pub fn count_other_security_admins(conn: &mut Conn, user: &UserId) -> QueryResult<i64> {
    role_grants::table
        .inner_join(users::table)
        .filter(role_grants::role.eq(Role::SecurityAdmin))
        .filter(users::state.eq(UserState::Active))
        .filter(users::id.ne(user))
        .count()
        .get_result(conn)
}

pub fn list_enterprises_of(conn: &mut Conn, user: &UserId) -> QueryResult<Vec<MyEnterpriseView>> {
    let rows = enterprise_members::table
        .inner_join(enterprises::table)
        .filter(enterprise_members::user_id.eq(user))
        .filter(enterprise_members::ended_at.is_null())
        .select((enterprises::id, enterprises::name, enterprise_members::role, enterprise_members::verified))
        .order(enterprises::id)
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name, role, verified)| MyEnterpriseView { id, name, role, verified }).collect())
}

pub fn insert_consent(conn: &mut Conn, consent: &Consent) -> QueryResult<()> {
    diesel::insert_into(consents::table).values(consent).execute(conn).map(drop)
}

/// Replaces what the same person registered for before.
pub fn put_registration(conn: &mut Conn, pending: &PendingRegistration) -> QueryResult<()> {
    delete_registration(conn, &pending.user_id)?;
    diesel::insert_into(pending_registrations::table).values(pending).execute(conn).map(drop)
}

pub fn find_registration(conn: &mut Conn, user: &UserId) -> QueryResult<Option<PendingRegistration>> {
    pending_registrations::table.find(user).select(PendingRegistration::as_select()).first(conn).optional()
}

pub fn delete_registration(conn: &mut Conn, user: &UserId) -> QueryResult<()> {
    diesel::delete(pending_registrations::table.find(user)).execute(conn).map(drop)
}

/// Newest first, the present one included.
pub fn list_used_passwords(conn: &mut Conn, user: &UserId, limit: usize) -> QueryResult<Vec<String>> {
    password_history::table
        .filter(password_history::user_id.eq(user))
        .select(password_history::password_hash)
        .order(password_history::id.desc())
        .limit(limit as i64)
        .load(conn)
}

/// Remembers a password and forgets those beyond the newest `keep`.
pub fn insert_used_password(
    conn: &mut Conn,
    id: PasswordId,
    user: &UserId,
    hash: &str,
    now: Stamp,
    keep: usize,
) -> QueryResult<()> {
    let used = UsedPassword { id, user_id: user.clone(), password_hash: hash.to_owned(), created_at: now };
    diesel::insert_into(password_history::table).values(&used).execute(conn)?;
    let oldest_kept: Option<PasswordId> = password_history::table
        .filter(password_history::user_id.eq(user))
        .select(password_history::id)
        .order(password_history::id.desc())
        .offset(keep.max(1) as i64 - 1)
        .first(conn)
        .optional()?;
    if let Some(oldest_kept) = oldest_kept {
        let older = password_history::table
            .filter(password_history::user_id.eq(user))
            .filter(password_history::id.lt(oldest_kept));
        diesel::delete(older).execute(conn)?;
    }
    Ok(())
}
