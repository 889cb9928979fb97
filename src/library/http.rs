use actix_web::get;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{CertificateView, ListMembershipsParams, MembershipId, MembershipSummary, MembershipView};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_memberships).service(get_membership).service(check_certificate);
}

/// The library, newest first. Applicants see their own enterprises.
#[utoipa::path(tag = "library", params(ListMembershipsParams), responses((status = 200, body = Page<MembershipSummary>)))]
#[get("/memberships")]
async fn list_memberships(app: Data<App>, caller: Caller, params: Params<ListMembershipsParams>) -> Answer {
    let work = move |cx: &mut Cx| service::list_memberships(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::MembershipList, work).await?))
}

/// One membership.
#[utoipa::path(tag = "library", params(("id" = MembershipId, Path)), responses((status = 200, body = MembershipView)))]
#[get("/memberships/{id}")]
async fn get_membership(app: Data<App>, caller: Caller, id: Path<MembershipId>) -> Answer {
    let view = app.look(&caller, Action::MembershipView, move |cx| service::get_membership(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Whether a certificate is genuine and holds today. No sign-in.
#[utoipa::path(tag = "library", params(("number" = String, Path)), responses((status = 200, body = CertificateView)))]
#[get("/public/certificates/{number}")]
async fn check_certificate(app: Data<App>, caller: Caller, number: Path<String>) -> Answer {
    let work = move |cx: &mut Cx| service::check_certificate(cx, &number);
    Ok(reply::ok(&app.look(&caller, Action::CertificateCheck, work).await?))
}
