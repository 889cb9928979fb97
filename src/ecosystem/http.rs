use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    AdvanceLeadBody, CreateLeadBody, CreateLinkBody, LeadId, LeadSummary, LeadView, LinkId, LinkView, ListLeadsParams,
    ListLinksParams, SupplyView, UpdateLeadBody, UpdateLinkBody,
};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_links).service(create_link).service(get_link).service(update_link).service(end_link);
    cfg.service(list_leads).service(create_lead).service(get_lead).service(update_lead).service(advance_lead);
    cfg.service(get_supply);
}

/// Links between enterprises, newest first, without those that have ended. Applicants see those of their own enterprises.
#[utoipa::path(tag = "ecosystem", params(ListLinksParams), responses((status = 200, body = Page<LinkView>)))]
#[get("/enterprise-links")]
async fn list_links(app: Data<App>, caller: Caller, params: Params<ListLinksParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_links(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::LinkList, work).await?))
}

/// Notes a link between two enterprises, or one that an enterprise lacks.
#[utoipa::path(tag = "ecosystem", request_body = CreateLinkBody, responses((status = 201, body = LinkView)))]
#[post("/enterprise-links")]
async fn create_link(app: Data<App>, caller: Caller, body: Body<CreateLinkBody>) -> Answer {
    let view = app.act(&caller, Action::LinkWrite, move |cx| service::create_link(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/enterprise-links/{}", view.id), view.version, &view))
}

/// One link.
#[utoipa::path(tag = "ecosystem", params(("id" = LinkId, Path)), responses((status = 200, body = LinkView)))]
#[get("/enterprise-links/{id}")]
async fn get_link(app: Data<App>, caller: Caller, id: Path<LinkId>) -> Answer {
    let view = app.look(&caller, Action::LinkList, move |cx| service::get_link(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Edits a link (merge patch, If-Match); a counterpart fills a missing one.
#[utoipa::path(
    tag = "ecosystem", params(("id" = LinkId, Path)), request_body = UpdateLinkBody,
    responses((status = 200, body = LinkView))
)]
#[patch("/enterprise-links/{id}")]
async fn update_link(app: Data<App>, caller: Caller, id: Path<LinkId>, body: Body<UpdateLinkBody>) -> Answer {
    let view = app.act(&caller, Action::LinkWrite, move |cx| service::update_link(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Ends a link; it stays on record.
#[utoipa::path(tag = "ecosystem", params(("id" = LinkId, Path)), responses((status = 200, body = LinkView)))]
#[post("/enterprise-links/{id}/ending")]
async fn end_link(app: Data<App>, caller: Caller, id: Path<LinkId>) -> Answer {
    let view = app.act(&caller, Action::LinkWrite, move |cx| service::end_link(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Enterprises that are courted for the local chain, newest first.
#[utoipa::path(tag = "ecosystem", params(ListLeadsParams), responses((status = 200, body = Page<LeadSummary>)))]
#[get("/recruitment-leads")]
async fn list_leads(app: Data<App>, caller: Caller, params: Params<ListLeadsParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_leads(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::LeadList, work).await?))
}

/// Notes an enterprise to court.
#[utoipa::path(tag = "ecosystem", request_body = CreateLeadBody, responses((status = 201, body = LeadView)))]
#[post("/recruitment-leads")]
async fn create_lead(app: Data<App>, caller: Caller, body: Body<CreateLeadBody>) -> Answer {
    let view = app.act(&caller, Action::LeadWrite, move |cx| service::create_lead(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/recruitment-leads/{}", view.id), view.version, &view))
}

/// One lead.
#[utoipa::path(tag = "ecosystem", params(("id" = LeadId, Path)), responses((status = 200, body = LeadView)))]
#[get("/recruitment-leads/{id}")]
async fn get_lead(app: Data<App>, caller: Caller, id: Path<LeadId>) -> Answer {
    let view = app.look(&caller, Action::LeadList, move |cx| service::get_lead(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Edits contact and promises of a lead (merge patch, If-Match).
#[utoipa::path(
    tag = "ecosystem", params(("id" = LeadId, Path)), request_body = UpdateLeadBody,
    responses((status = 200, body = LeadView))
)]
#[patch("/recruitment-leads/{id}")]
async fn update_lead(app: Data<App>, caller: Caller, id: Path<LeadId>, body: Body<UpdateLeadBody>) -> Answer {
    let view = app.act(&caller, Action::LeadWrite, move |cx| service::update_lead(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Takes a lead to its next stage (If-Match): negotiating, signed, landed, or lost.
#[utoipa::path(
    tag = "ecosystem", params(("id" = LeadId, Path)), request_body = AdvanceLeadBody,
    responses((status = 200, body = LeadView))
)]
#[post("/recruitment-leads/{id}/progress")]
async fn advance_lead(app: Data<App>, caller: Caller, id: Path<LeadId>, body: Body<AdvanceLeadBody>) -> Answer {
    let view = app.act(&caller, Action::LeadAdvance, move |cx| service::advance_lead(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The chain of a track: who is in it, who supplies whom, and which links are missing.
#[utoipa::path(tag = "ecosystem", params(("code" = String, Path)), responses((status = 200, body = SupplyView)))]
#[get("/tracks/{code}/supply")]
async fn get_supply(app: Data<App>, caller: Caller, code: Path<String>) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::SupplyView, move |cx| service::get_supply(cx, &code)).await?))
}
