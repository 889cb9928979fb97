use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::enterprises::model::{
    CreateEnterpriseBody, EnterpriseId, EnterpriseSummary, EnterpriseView, ListEnterprisesParams, UpdateEnterpriseBody,
};
use crate::enterprises::service::record;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_enterprises).service(create_enterprise).service(view_enterprise).service(update_enterprise);
}

/// Enterprises within reach, newest first.
#[utoipa::path(tag = "enterprises", params(ListEnterprisesParams), responses((status = 200, body = Page<EnterpriseSummary>)))]
#[get("/enterprises")]
async fn list_enterprises(app: Data<App>, caller: Caller, params: Params<ListEnterprisesParams>) -> Answer {
    let work = move |cx: &mut Cx| record::list_enterprises(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::EnterpriseList, work).await?))
}

/// An officer enters an enterprise.
#[utoipa::path(tag = "enterprises", request_body = CreateEnterpriseBody, responses((status = 201, body = EnterpriseView)))]
#[post("/enterprises")]
async fn create_enterprise(app: Data<App>, caller: Caller, body: Body<CreateEnterpriseBody>) -> Answer {
    let work = move |cx: &mut Cx| record::create_enterprise(cx, body.get()?);
    let view = app.act(&caller, Action::EnterpriseCreate, work).await?;
    Ok(reply::created(format!("/api/v1/enterprises/{}", view.id), view.version, &view))
}

/// One record with its members and what the caller may do.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path)), responses((status = 200, body = EnterpriseView)))]
#[get("/enterprises/{id}")]
async fn view_enterprise(app: Data<App>, caller: Caller, id: Path<EnterpriseId>) -> Answer {
    let view = app.look(&caller, Action::EnterpriseView, move |cx| record::view_enterprise(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Merge patch, with If-Match.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path)), request_body = UpdateEnterpriseBody, responses((status = 200, body = EnterpriseView)))]
#[patch("/enterprises/{id}")]
async fn update_enterprise(
    app: Data<App>,
    caller: Caller,
    id: Path<EnterpriseId>,
    body: Body<UpdateEnterpriseBody>,
) -> Answer {
    let work = move |cx: &mut Cx| record::update_enterprise(cx, &id, body.get()?);
    let view = app.act(&caller, Action::EnterpriseUpdate, work).await?;
    Ok(reply::versioned(view.version, &view))
}
