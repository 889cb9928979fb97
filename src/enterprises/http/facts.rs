use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::enterprises::model::{CreateFactBody, EnterpriseId, FactId, FactView, ListFactsParams, UpdateFactBody};
use crate::enterprises::service::facts;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_facts)
        .service(create_fact)
        .service(view_fact)
        .service(update_fact)
        .service(end_fact)
        .service(verify_fact);
}

/// Facts that count now, newest first.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ListFactsParams), responses((status = 200, body = Page<FactView>)))]
#[get("/enterprises/{id}/facts")]
async fn list_facts(app: Data<App>, caller: Caller, id: Path<EnterpriseId>, params: Params<ListFactsParams>) -> Answer {
    let work = move |cx: &mut Cx| facts::list_facts(cx, &id, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::FactList, work).await?))
}

/// Records a fact; `detail` has the shape that `FactDetail` (see the answer) gives for the kind.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path)), request_body = CreateFactBody, responses((status = 201, body = FactView)))]
#[post("/enterprises/{id}/facts")]
async fn create_fact(app: Data<App>, caller: Caller, id: Path<EnterpriseId>, body: Body<CreateFactBody>) -> Answer {
    let work = move |cx: &mut Cx| facts::create_fact(cx, &id, body.get()?);
    let view = app.act(&caller, Action::FactWrite, work).await?;
    let location = format!("/api/v1/enterprises/{}/facts/{}", view.enterprise_id, view.id);
    Ok(reply::created(location, view.version, &view))
}

#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ("fact_id" = FactId, Path)), responses((status = 200, body = FactView)))]
#[get("/enterprises/{id}/facts/{fact_id}")]
async fn view_fact(app: Data<App>, caller: Caller, path: Path<(EnterpriseId, FactId)>) -> Answer {
    let (id, fact) = path.into_inner();
    let view = app.look(&caller, Action::FactList, move |cx| facts::view_fact(cx, &id, &fact)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Merge patch, with If-Match. A changed fact loses its verification.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ("fact_id" = FactId, Path)), request_body = UpdateFactBody, responses((status = 200, body = FactView)))]
#[patch("/enterprises/{id}/facts/{fact_id}")]
async fn update_fact(
    app: Data<App>,
    caller: Caller,
    path: Path<(EnterpriseId, FactId)>,
    body: Body<UpdateFactBody>,
) -> Answer {
    let (id, fact) = path.into_inner();
    let work = move |cx: &mut Cx| facts::update_fact(cx, &id, &fact, body.get()?);
    let view = app.act(&caller, Action::FactWrite, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The fact no longer counts; it stays on record.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ("fact_id" = FactId, Path)), responses((status = 204)))]
#[delete("/enterprises/{id}/facts/{fact_id}")]
async fn end_fact(app: Data<App>, caller: Caller, path: Path<(EnterpriseId, FactId)>) -> Answer {
    let (id, fact) = path.into_inner();
    app.act(&caller, Action::FactWrite, move |cx| facts::end_fact(cx, &id, &fact)).await?;
    Ok(reply::no_content())
}

/// An officer has seen what the fact rests on.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ("fact_id" = FactId, Path)), responses((status = 200, body = FactView)))]
#[post("/enterprises/{id}/facts/{fact_id}/verification")]
async fn verify_fact(app: Data<App>, caller: Caller, path: Path<(EnterpriseId, FactId)>) -> Answer {
    let (id, fact) = path.into_inner();
    let view = app.act(&caller, Action::FactVerify, move |cx| facts::verify_fact(cx, &id, &fact)).await?;
    Ok(reply::versioned(view.version, &view))
}
