//! The way to the next tier, and who is asked to apply.

use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::library::model::{
    CreateInvitationsBody, InvitationView, InvitationsView, ListInvitationsParams, ListPromotionsParams,
    ListProspectsParams, MembershipId, PromotionPathView, PromotionSummary, ProspectView,
};
use crate::library::service::{promotion, prospects};
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::rounds::model::RoundId;

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(get_promotion_path).service(list_promotions);
    cfg.service(list_prospects).service(create_invitations).service(list_invitations);
}

/// The gap of a member or candidate to the next tier, rule by rule, on the figures of today.
#[utoipa::path(
    tag = "library", params(("id" = MembershipId, Path)), responses((status = 200, body = PromotionPathView))
)]
#[get("/memberships/{id}/promotion-path")]
async fn get_promotion_path(app: Data<App>, caller: Caller, id: Path<MembershipId>) -> Answer {
    let work = move |cx: &mut Cx| promotion::get_promotion_path(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::PromotionView, work).await?))
}

/// Members closest to the next tier: fewest unmet rules first, then the smallest largest gap.
#[utoipa::path(tag = "library", params(ListPromotionsParams), responses((status = 200, body = Page<PromotionSummary>)))]
#[get("/promotions")]
async fn list_promotions(app: Data<App>, caller: Caller, params: Params<ListPromotionsParams>) -> Answer {
    let work = move |cx: &mut Cx| promotion::list_promotions(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::PromotionList, work).await?))
}

/// Candidates and members who fulfil the rules of a round on the figures of today and have not applied in it.
#[utoipa::path(
    tag = "library", params(("id" = RoundId, Path), ListProspectsParams),
    responses((status = 200, body = Page<ProspectView>))
)]
#[get("/rounds/{id}/prospects")]
async fn list_prospects(
    app: Data<App>,
    caller: Caller,
    id: Path<RoundId>,
    params: Params<ListProspectsParams>,
) -> Answer {
    let work = move |cx: &mut Cx| prospects::list_prospects(cx, &id, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::ProspectList, work).await?))
}

/// Invites everybody who is eligible in a round and not invited yet, or those of them that are named.
#[utoipa::path(
    tag = "library", params(("id" = RoundId, Path)), request_body = CreateInvitationsBody,
    responses((status = 200, body = InvitationsView))
)]
#[post("/rounds/{id}/invitations")]
async fn create_invitations(
    app: Data<App>,
    caller: Caller,
    id: Path<RoundId>,
    body: Body<CreateInvitationsBody>,
) -> Answer {
    let work = move |cx: &mut Cx| prospects::create_invitations(cx, &id, body.get()?);
    Ok(reply::ok(&app.act(&caller, Action::InvitationCreate, work).await?))
}

/// Invitations, newest first. Applicants see those of their own enterprises.
#[utoipa::path(tag = "library", params(ListInvitationsParams), responses((status = 200, body = Page<InvitationView>)))]
#[get("/round-invitations")]
async fn list_invitations(app: Data<App>, caller: Caller, params: Params<ListInvitationsParams>) -> Answer {
    let work = move |cx: &mut Cx| prospects::list_invitations(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::InvitationList, work).await?))
}
