use diesel::prelude::*;

use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Role;
use crate::platform::types::Stamp;
use crate::schema::{department_members as members, departments, role_grants, users};
use crate::support::model::{Department, DepartmentId, ListDepartmentsParams};

type Boxed<'a> = departments::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

fn filtered(params: &ListDepartmentsParams) -> Boxed<'_> {
    let query = departments::table.into_boxed();
    match params.open {
        Some(open) => query.filter(departments::open.eq(open)),
        None => query,
    }
}

/// By code. Every unit is known to everybody who may ask at all.
pub fn list_departments(
    conn: &mut Conn,
    params: &ListDepartmentsParams,
    page: &PageRequest<String>,
) -> QueryResult<Vec<Department>> {
    let mut query = filtered(params);
    if let Some(after) = &page.after {
        query = query.filter(departments::code.gt(after));
    }
    query.order(departments::code).limit(page.fetch()).select(Department::as_select()).load(conn)
}

pub fn count_departments(conn: &mut Conn, params: &ListDepartmentsParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

pub fn find_department(conn: &mut Conn, id: &DepartmentId) -> QueryResult<Department> {
    departments::table.find(id).select(Department::as_select()).first(conn)
}

pub fn has_code(conn: &mut Conn, code: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(departments::table.filter(departments::code.eq(code)))).get_result(conn)
}

/// Those of these units that exist.
pub fn list_by_ids(conn: &mut Conn, ids: &[&DepartmentId]) -> QueryResult<Vec<Department>> {
    departments::table.filter(departments::id.eq_any(ids)).select(Department::as_select()).load(conn)
}

pub fn insert_department(conn: &mut Conn, row: &Department) -> QueryResult<()> {
    diesel::insert_into(departments::table).values(row).execute(conn).map(drop)
}

pub fn update_department(conn: &mut Conn, row: &Department) -> QueryResult<()> {
    diesel::update(departments::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// Who acts for the unit, by name.
pub fn list_members(conn: &mut Conn, id: &DepartmentId) -> QueryResult<Vec<(UserId, String)>> {
    members::table
        .inner_join(users::table)
        .filter(members::department_id.eq(id))
        .order((users::name, users::id))
        .select((users::id, users::name))
        .load(conn)
}

pub fn is_member(conn: &mut Conn, id: &DepartmentId, user: &UserId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(members::table.find((id, user)))).get_result(conn)
}

/// The units the person acts for.
pub fn list_units_of(conn: &mut Conn, user: &UserId) -> QueryResult<Vec<DepartmentId>> {
    members::table
        .filter(members::user_id.eq(user))
        .order(members::department_id)
        .select(members::department_id)
        .load(conn)
}

/// Those of these people who hold the role `department`.
pub fn list_clerks(conn: &mut Conn, ids: &[UserId]) -> QueryResult<Vec<UserId>> {
    holders(conn, ids, Role::Department)
}

/// Those of these people who hold the role `officer`.
pub fn list_officers(conn: &mut Conn, ids: &[UserId]) -> QueryResult<Vec<UserId>> {
    holders(conn, ids, Role::Officer)
}

fn holders(conn: &mut Conn, ids: &[UserId], role: Role) -> QueryResult<Vec<UserId>> {
    role_grants::table
        .filter(role_grants::role.eq(role))
        .filter(role_grants::user_id.eq_any(ids))
        .select(role_grants::user_id)
        .load(conn)
}

pub fn delete_member(conn: &mut Conn, id: &DepartmentId, user: &UserId) -> QueryResult<()> {
    diesel::delete(members::table.find((id, user))).execute(conn).map(drop)
}

pub fn insert_member(conn: &mut Conn, id: &DepartmentId, user: &UserId, at: Stamp) -> QueryResult<()> {
    diesel::insert_into(members::table)
        .values((members::department_id.eq(id), members::user_id.eq(user), members::added_at.eq(at)))
        .execute(conn)
        .map(drop)
}
