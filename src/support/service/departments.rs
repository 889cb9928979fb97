//! Units are records an officer keeps; who acts for one decides how far they reach, so the security administrator says it.

use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;
use crate::support::db::departments as db;
use crate::support::model::{
    CreateDepartmentBody, Department, DepartmentId, DepartmentMemberView, DepartmentMembersView, DepartmentView,
    ListDepartmentsParams, SetDepartmentMembersBody, UpdateDepartmentBody,
};
use crate::support::rules;

pub fn list_departments(cx: &mut Cx, params: &ListDepartmentsParams) -> Result<Page<DepartmentView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_departments(cx.conn, params, &page)?;
    let total = if page.count { Some(db::count_departments(cx.conn, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |unit| unit.code.clone(), |unit| view(cx, unit)))
}

pub fn get_department(cx: &mut Cx, id: &DepartmentId) -> Result<DepartmentView, AppError> {
    let unit = db::find_department(cx.conn, id)?;
    Ok(view(cx, unit))
}

pub fn create_department(cx: &mut Cx, body: &CreateDepartmentBody) -> Result<DepartmentView, AppError> {
    rules::check_department(body).done()?;
    if db::has_code(cx.conn, &body.code)? {
        let code = &body.code;
        return Err(AppError::with(Code::AlreadyExists, say!("单位代码“{code}”已使用", "the code {code:?} is taken")));
    }
    let unit = Department {
        id: cx.id(),
        code: body.code.clone(),
        name: body.name.trim().to_owned(),
        open: true,
        created_at: cx.now,
        closed_at: None,
        version: 1,
    };
    db::insert_department(cx.conn, &unit)?;
    cx.record(event(&unit.id).changes(Changes::default().set("code", &unit.code).set("name", &unit.name)));
    Ok(view(cx, unit))
}

/// Renames, closes or opens again. What a closed unit has in hand stays with it.
pub fn update_department(
    cx: &mut Cx,
    id: &DepartmentId,
    body: &UpdateDepartmentBody,
) -> Result<DepartmentView, AppError> {
    let old = db::find_department(cx.conn, id)?;
    cx.expect_version(old.version)?;
    let mut faults = Faults::default();
    if let Some(name) = &body.name {
        rules::check_name(&mut faults, name);
    }
    faults.done()?;
    let mut unit = old.clone();
    if let Some(name) = &body.name {
        unit.name = name.trim().to_owned();
    }
    if let Some(open) = body.open.filter(|open| *open != old.open) {
        unit.open = open;
        unit.closed_at = (!open).then_some(cx.now);
    }
    let changes = Changes::default().field("name", &old.name, &unit.name).field("open", old.open, unit.open);
    if !changes.is_empty() {
        unit.version += 1;
        db::update_department(cx.conn, &unit)?;
    }
    cx.record(event(id).changes(changes));
    Ok(view(cx, unit))
}

pub fn list_department_members(cx: &mut Cx, id: &DepartmentId) -> Result<DepartmentMembersView, AppError> {
    db::find_department(cx.conn, id)?;
    members(cx, id)
}

pub fn set_department_members(
    cx: &mut Cx,
    id: &DepartmentId,
    body: &SetDepartmentMembersBody,
) -> Result<DepartmentMembersView, AppError> {
    db::find_department(cx.conn, id)?;
    let clerks = db::list_clerks(cx.conn, &body.members)?;
    let mut faults = Faults::default();
    for (i, member) in body.members.iter().enumerate() {
        if body.members[..i].contains(member) {
            faults.plain(format!("/members/{i}"), FieldCode::Duplicate);
        } else if !clerks.contains(member) {
            let said = say!("不是责任单位经办人账号", "holds no account with the role department");
            faults.add(format!("/members/{i}"), FieldCode::NotAllowed, said);
        }
    }
    faults.done()?;
    let old: Vec<UserId> = db::list_members(cx.conn, id)?.into_iter().map(|(user, _)| user).collect();
    for gone in old.iter().filter(|user| !body.members.contains(user)) {
        db::delete_member(cx.conn, id, gone)?;
    }
    for new in body.members.iter().filter(|user| !old.contains(user)) {
        db::insert_member(cx.conn, id, new, cx.now)?;
    }
    cx.record(event(id).changes(Changes::default().field("members", &old, &body.members)));
    members(cx, id)
}

fn members(cx: &mut Cx, id: &DepartmentId) -> Result<DepartmentMembersView, AppError> {
    let rows = db::list_members(cx.conn, id)?;
    let members = rows.into_iter().map(|(id, name)| DepartmentMemberView { id, name }).collect();
    Ok(DepartmentMembersView { department_id: id.clone(), members })
}

fn view(cx: &Cx, unit: Department) -> DepartmentView {
    let href = format!("/api/v1/departments/{}", unit.id);
    let actions = Actions::of(cx)
        .add(Action::DepartmentUpdate, "PATCH", href.clone(), Ok(()))
        .add(Action::DepartmentStaff, "PUT", format!("{href}/members"), Ok(()))
        .list();
    DepartmentView {
        id: unit.id,
        code: unit.code,
        name: unit.name,
        open: unit.open,
        created_at: unit.created_at,
        closed_at: unit.closed_at,
        version: unit.version,
        actions,
    }
}

fn event(id: &DepartmentId) -> Event {
    Event::on(Subject::new("department", id))
}
