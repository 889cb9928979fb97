use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::enterprises::model::{
    ApproveClaimBody, ClaimAnswer, ClaimId, ClaimView, CreateClaimBody, ListClaimsParams, RefuseClaimBody,
};
use crate::enterprises::service::claims;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create_claim).service(list_claims).service(view_claim).service(approve_claim).service(refuse_claim);
}

/// Asks to act for a further enterprise. Where nobody does so yet, the caller owns its record at once, unverified.
#[utoipa::path(tag = "claims", request_body = CreateClaimBody, responses((status = 201, body = ClaimAnswer)))]
#[post("/claims")]
async fn create_claim(app: Data<App>, caller: Caller, body: Body<CreateClaimBody>) -> Answer {
    let work = move |cx: &mut Cx| claims::create_claim(cx, body.get()?);
    Ok(HttpResponse::Created().json(app.act(&caller, Action::ClaimCreate, work).await?))
}

/// Claims, newest first: an officer's worklist, an applicant's own.
#[utoipa::path(tag = "claims", params(ListClaimsParams), responses((status = 200, body = Page<ClaimView>)))]
#[get("/claims")]
async fn list_claims(app: Data<App>, caller: Caller, params: Params<ListClaimsParams>) -> Answer {
    let work = move |cx: &mut Cx| claims::list_claims(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::ClaimList, work).await?))
}

#[utoipa::path(tag = "claims", params(("id" = ClaimId, Path)), responses((status = 200, body = ClaimView)))]
#[get("/claims/{id}")]
async fn view_claim(app: Data<App>, caller: Caller, id: Path<ClaimId>) -> Answer {
    let view = app.look(&caller, Action::ClaimView, move |cx| claims::view_claim(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The claimant acts for the enterprise from now on.
#[utoipa::path(tag = "claims", params(("id" = ClaimId, Path)), request_body = ApproveClaimBody, responses((status = 200, body = ClaimView)))]
#[post("/claims/{id}/approval")]
async fn approve_claim(app: Data<App>, caller: Caller, id: Path<ClaimId>, body: Body<ApproveClaimBody>) -> Answer {
    let work = move |cx: &mut Cx| claims::approve_claim(cx, &id, body.get()?);
    let view = app.act(&caller, Action::ClaimDecide, work).await?;
    Ok(reply::versioned(view.version, &view))
}

#[utoipa::path(tag = "claims", params(("id" = ClaimId, Path)), request_body = RefuseClaimBody, responses((status = 200, body = ClaimView)))]
#[post("/claims/{id}/refusal")]
async fn refuse_claim(app: Data<App>, caller: Caller, id: Path<ClaimId>, body: Body<RefuseClaimBody>) -> Answer {
    let work = move |cx: &mut Cx| claims::refuse_claim(cx, &id, body.get()?);
    let view = app.act(&caller, Action::ClaimDecide, work).await?;
    Ok(reply::versioned(view.version, &view))
}
