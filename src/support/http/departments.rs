use actix_web::web::{Data, Path};
use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::support::model::{
    CreateDepartmentBody, DepartmentId, DepartmentMembersView, DepartmentView, ListDepartmentsParams,
    SetDepartmentMembersBody, UpdateDepartmentBody,
};
use crate::support::service::departments;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_departments).service(create_department).service(get_department).service(update_department);
    cfg.service(list_department_members).service(set_department_members);
}

/// Responsible units, by code.
#[utoipa::path(tag = "support", params(ListDepartmentsParams), responses((status = 200, body = Page<DepartmentView>)))]
#[get("/departments")]
async fn list_departments(app: Data<App>, caller: Caller, params: Params<ListDepartmentsParams>) -> Answer {
    let work = move |cx: &mut Cx| departments::list_departments(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::DepartmentList, work).await?))
}

/// Records a unit.
#[utoipa::path(tag = "support", request_body = CreateDepartmentBody, responses((status = 201, body = DepartmentView)))]
#[post("/departments")]
async fn create_department(app: Data<App>, caller: Caller, body: Body<CreateDepartmentBody>) -> Answer {
    let work = move |cx: &mut Cx| departments::create_department(cx, body.get()?);
    let view = app.act(&caller, Action::DepartmentCreate, work).await?;
    Ok(reply::created(format!("/api/v1/departments/{}", view.id), view.version, &view))
}

/// One unit.
#[utoipa::path(tag = "support", params(("id" = DepartmentId, Path)), responses((status = 200, body = DepartmentView)))]
#[get("/departments/{id}")]
async fn get_department(app: Data<App>, caller: Caller, id: Path<DepartmentId>) -> Answer {
    let work = move |cx: &mut Cx| departments::get_department(cx, &id);
    let view = app.look(&caller, Action::DepartmentView, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Renames, closes or opens a unit (If-Match). A closed unit gets nothing new.
#[utoipa::path(
    tag = "support", params(("id" = DepartmentId, Path)), request_body = UpdateDepartmentBody,
    responses((status = 200, body = DepartmentView))
)]
#[patch("/departments/{id}")]
async fn update_department(
    app: Data<App>,
    caller: Caller,
    id: Path<DepartmentId>,
    body: Body<UpdateDepartmentBody>,
) -> Answer {
    let work = move |cx: &mut Cx| departments::update_department(cx, &id, body.get()?);
    let view = app.act(&caller, Action::DepartmentUpdate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Who acts for the unit.
#[utoipa::path(
    tag = "support", params(("id" = DepartmentId, Path)),
    responses((status = 200, body = DepartmentMembersView))
)]
#[get("/departments/{id}/members")]
async fn list_department_members(app: Data<App>, caller: Caller, id: Path<DepartmentId>) -> Answer {
    let work = move |cx: &mut Cx| departments::list_department_members(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::DepartmentMembers, work).await?))
}

/// Says who acts for the unit from now on: everybody who is to, no one else.
#[utoipa::path(
    tag = "support", params(("id" = DepartmentId, Path)), request_body = SetDepartmentMembersBody,
    responses((status = 200, body = DepartmentMembersView))
)]
#[put("/departments/{id}/members")]
async fn set_department_members(
    app: Data<App>,
    caller: Caller,
    id: Path<DepartmentId>,
    body: Body<SetDepartmentMembersBody>,
) -> Answer {
    let work = move |cx: &mut Cx| departments::set_department_members(cx, &id, body.get()?);
    Ok(reply::ok(&app.act(&caller, Action::DepartmentStaff, work).await?))
}
