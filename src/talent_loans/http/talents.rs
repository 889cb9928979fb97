use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::talent_loans::model::*;
use crate::talent_loans::service::talents;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_talents)
        .service(create_talent)
        .service(get_talent)
        .service(update_talent)
        .service(reveal_id_number)
        .service(create_employment)
        .service(end_employment);
}

/// Newest first. A bank sees the talents of its loans, an enterprise those linked to it.
#[utoipa::path(tag = "talent-loans", params(ListTalentsParams), responses((status = 200, body = Page<TalentSummary>)))]
#[get("/talents")]
async fn list_talents(app: Data<App>, caller: Caller, params: Params<ListTalentsParams>) -> Answer {
    let view = app.look(&caller, Action::TalentList, move |cx| talents::list_talents(cx, params.get()?)).await?;
    Ok(reply::ok(&view))
}

/// Registers a talent; a person with the same identity number is never registered twice.
#[utoipa::path(tag = "talent-loans", request_body = CreateTalentBody, responses((status = 201, body = TalentView)))]
#[post("/talents")]
async fn create_talent(app: Data<App>, caller: Caller, body: Body<CreateTalentBody>) -> Answer {
    let keys = app.keys.clone();
    let view = app.act(&caller, Action::TalentCreate, move |cx| talents::create_talent(cx, &keys, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/talents/{}", view.summary.id), view.version, &view))
}

/// One talent.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), responses((status = 200, body = TalentView)))]
#[get("/talents/{id}")]
async fn get_talent(app: Data<App>, caller: Caller, path: Path<TalentId>) -> Answer {
    let id = path.into_inner();
    let view = app.look(&caller, Action::TalentView, move |cx| talents::get_talent(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Changes a talent. Needs If-Match.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = UpdateTalentBody, responses((status = 200, body = TalentView)))]
#[patch("/talents/{id}")]
async fn update_talent(app: Data<App>, caller: Caller, path: Path<TalentId>, body: Body<UpdateTalentBody>) -> Answer {
    let id = path.into_inner();
    let keys = app.keys.clone();
    let view =
        app.act(&caller, Action::TalentUpdate, move |cx| talents::update_talent(cx, &keys, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Shows the whole identity number; who, when and why stays in the audit trail.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = ReasonBody, responses((status = 200, body = IdNumberView)))]
#[post("/talents/{id}/id-number-reveals")]
async fn reveal_id_number(app: Data<App>, caller: Caller, path: Path<TalentId>, body: Body<ReasonBody>) -> Answer {
    let id = path.into_inner();
    let keys = app.keys.clone();
    let view = app
        .act(&caller, Action::TalentReveal, move |cx| talents::reveal_id_number(cx, &keys, &id, body.get()?))
        .await?;
    // No cache on the way keeps what was revealed.
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(&view))
}

/// Links a talent to an enterprise, with evidence.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = CreateEmploymentBody, responses((status = 200, body = TalentView)))]
#[post("/talents/{id}/employments")]
async fn create_employment(
    app: Data<App>,
    caller: Caller,
    path: Path<TalentId>,
    body: Body<CreateEmploymentBody>,
) -> Answer {
    let id = path.into_inner();
    let view =
        app.act(&caller, Action::EmploymentCreate, move |cx| talents::create_employment(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Gives a link its last day. Needs If-Match with the link's version.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path), ("employment_id" = String, Path)), request_body = EndEmploymentBody, responses((status = 200, body = TalentView)))]
#[post("/talents/{id}/employments/{employment_id}/ending")]
async fn end_employment(
    app: Data<App>,
    caller: Caller,
    path: Path<(TalentId, EmploymentId)>,
    body: Body<EndEmploymentBody>,
) -> Answer {
    let (id, other) = path.into_inner();
    let view = app
        .act(&caller, Action::EmploymentEnd, move |cx| talents::end_employment(cx, &id, &other, body.get()?))
        .await?;
    Ok(reply::versioned(view.version, &view))
}
