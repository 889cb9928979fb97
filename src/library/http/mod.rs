mod promotion;
mod rechecks;

use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    CertificateView, ClearMembershipBody, CreateMembershipBody, ListMembershipsParams, MembershipId,
    MembershipReasonBody, MembershipSummary, MembershipView, RevokeMembershipBody, WatchMembershipBody,
};
use super::service::{self, preparation, watching};
use crate::app::App;
use crate::audit::model::{TimelineItem, TimelineParams};
use crate::decisions::http::prepared;
use crate::decisions::model::DecisionView;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_memberships).service(create_membership).service(get_membership).service(check_certificate);
    cfg.service(get_membership_timeline);
    cfg.service(watch_membership).service(clear_membership);
    cfg.service(suspend_membership).service(exit_membership).service(revoke_membership);
    rechecks::routes(cfg);
    promotion::routes(cfg);
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

/// What happened to a membership, oldest first.
#[utoipa::path(
    tag = "library", params(("id" = MembershipId, Path), TimelineParams),
    responses((status = 200, body = Page<TimelineItem>))
)]
#[get("/memberships/{id}/timeline")]
async fn get_membership_timeline(
    app: Data<App>,
    caller: Caller,
    id: Path<MembershipId>,
    params: Params<TimelineParams>,
) -> Answer {
    let work = move |cx: &mut Cx| service::get_membership_timeline(cx, &id, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::TimelineView, work).await?))
}

/// Whether a certificate is genuine and holds today. No sign-in.
#[utoipa::path(tag = "library", params(("number" = String, Path)), responses((status = 200, body = CertificateView)))]
#[get("/public/certificates/{number}")]
async fn check_certificate(app: Data<App>, caller: Caller, number: Path<String>) -> Answer {
    let work = move |cx: &mut Cx| service::check_certificate(cx, &number);
    Ok(reply::ok(&app.look(&caller, Action::CertificateCheck, work).await?))
}

/// Brings an enterprise into the library as a candidate: an officer by competition, referral or import, an enterprise itself after
/// a self-check.
#[utoipa::path(tag = "library", request_body = CreateMembershipBody, responses((status = 201, body = MembershipView)))]
#[post("/memberships")]
async fn create_membership(app: Data<App>, caller: Caller, body: Body<CreateMembershipBody>) -> Answer {
    let work = move |cx: &mut Cx| service::create_membership(cx, body.get()?);
    let view = app.act(&caller, Action::MembershipKeep, work).await?;
    Ok(reply::created(format!("/api/v1/memberships/{}", view.id), view.version, &view))
}

/// Puts a member on watch (预警). It keeps its title.
#[utoipa::path(
    tag = "library", params(("id" = MembershipId, Path)), request_body = WatchMembershipBody,
    responses((status = 200, body = MembershipView))
)]
#[post("/memberships/{id}/watch")]
async fn watch_membership(
    app: Data<App>,
    caller: Caller,
    id: Path<MembershipId>,
    body: Body<WatchMembershipBody>,
) -> Answer {
    let work = move |cx: &mut Cx| watching::watch_membership(cx, &id, body.get()?);
    let view = app.act(&caller, Action::MembershipWatch, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Ends a watch: what it was about is in order.
#[utoipa::path(
    tag = "library", params(("id" = MembershipId, Path)), request_body = ClearMembershipBody,
    responses((status = 200, body = MembershipView))
)]
#[post("/memberships/{id}/clearance")]
async fn clear_membership(
    app: Data<App>,
    caller: Caller,
    id: Path<MembershipId>,
    body: Body<ClearMembershipBody>,
) -> Answer {
    let work = move |cx: &mut Cx| watching::clear_membership(cx, &id, body.get()?);
    let view = app.act(&caller, Action::MembershipClear, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Prepares the decision to suspend a membership: the certificate does not hold until a re-check clears it.
#[utoipa::path(
    tag = "library", params(("id" = MembershipId, Path)), request_body = MembershipReasonBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/memberships/{id}/suspension")]
async fn suspend_membership(
    app: Data<App>,
    caller: Caller,
    id: Path<MembershipId>,
    body: Body<MembershipReasonBody>,
) -> Answer {
    let programme = app.config.programme.clone();
    let work = move |cx: &mut Cx| preparation::prepare_suspension(cx, &id, body.get()?, &programme);
    Ok(prepared(app.act(&caller, Action::MembershipSuspend, work).await?))
}

/// Prepares the decision that a member or candidate leaves, without fault. The enterprise may ask for it itself.
#[utoipa::path(
    tag = "library", params(("id" = MembershipId, Path)), request_body = MembershipReasonBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/memberships/{id}/exit")]
async fn exit_membership(
    app: Data<App>,
    caller: Caller,
    id: Path<MembershipId>,
    body: Body<MembershipReasonBody>,
) -> Answer {
    let programme = app.config.programme.clone();
    let work = move |cx: &mut Cx| preparation::prepare_exit(cx, &id, body.get()?, &programme);
    Ok(prepared(app.act(&caller, Action::MembershipExit, work).await?))
}

/// Prepares the decision to revoke a title for fault; it bars the enterprise from applying for some years.
#[utoipa::path(
    tag = "library", params(("id" = MembershipId, Path)), request_body = RevokeMembershipBody,
    responses((status = 201, body = DecisionView))
)]
#[post("/memberships/{id}/revocation")]
async fn revoke_membership(
    app: Data<App>,
    caller: Caller,
    id: Path<MembershipId>,
    body: Body<RevokeMembershipBody>,
) -> Answer {
    let programme = app.config.programme.clone();
    let work = move |cx: &mut Cx| preparation::prepare_revocation(cx, &id, body.get()?, &programme);
    Ok(prepared(app.act(&caller, Action::MembershipRevoke, work).await?))
}
