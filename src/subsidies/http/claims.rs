use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::subsidies::model::*;
use crate::subsidies::service::{announcing, confirming, filing, reading, reviewing};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_subsidy_claims)
        .service(create_subsidy_claim)
        .service(get_subsidy_claim)
        .service(update_subsidy_claim)
        .service(submit_subsidy_claim)
        .service(withdraw_subsidy_claim)
        .service(confirm_interest)
        .service(return_subsidy_claim)
        .service(reject_subsidy_claim)
        .service(review_subsidy_claim)
        .service(review_subsidy_claim_again)
        .service(replay_subsidy_claim)
        .service(archive_subsidy_claim)
        .service(announce_subsidies);
}

fn shown(view: &SubsidyClaimView) -> Answer {
    Ok(reply::versioned(view.version, view))
}

/// Newest first. An enterprise sees its own, a bank those for its loans.
#[utoipa::path(tag = "subsidies", params(ListSubsidyClaimsParams), responses((status = 200, body = Page<SubsidyClaimSummary>)))]
#[get("/subsidy-claims")]
async fn list_subsidy_claims(app: Data<App>, caller: Caller, params: Params<ListSubsidyClaimsParams>) -> Answer {
    let look = move |cx: &mut Cx| reading::list_subsidy_claims(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SubsidyClaimList, look).await?))
}

/// Drafts a claim for the interest on loans of one scheme in one interest year.
#[utoipa::path(tag = "subsidies", request_body = CreateSubsidyClaimBody, responses((status = 201, body = SubsidyClaimView)))]
#[post("/subsidy-claims")]
async fn create_subsidy_claim(app: Data<App>, caller: Caller, body: Body<CreateSubsidyClaimBody>) -> Answer {
    let act = move |cx: &mut Cx| filing::create_subsidy_claim(cx, body.get()?);
    let view = app.act(&caller, Action::SubsidyClaimCreate, act).await?;
    Ok(reply::created(format!("/api/v1/subsidy-claims/{}", view.summary.id), view.version, &view))
}

/// One claim with its calculation sheet, its decisions and payments, and what the caller may do next.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), responses((status = 200, body = SubsidyClaimView)))]
#[get("/subsidy-claims/{id}")]
async fn get_subsidy_claim(app: Data<App>, caller: Caller, id: Path<SubsidyClaimId>) -> Answer {
    shown(&app.look(&caller, Action::SubsidyClaimView, move |cx| reading::get_subsidy_claim(cx, &id)).await?)
}

/// Changes a draft or a returned claim. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = UpdateSubsidyClaimBody, responses((status = 200, body = SubsidyClaimView)))]
#[patch("/subsidy-claims/{id}")]
async fn update_subsidy_claim(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<UpdateSubsidyClaimBody>,
) -> Answer {
    let act = move |cx: &mut Cx| filing::update_subsidy_claim(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::SubsidyClaimUpdate, act).await?)
}

/// Hands the claim in, within its window and complete. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/submission")]
async fn submit_subsidy_claim(app: Data<App>, caller: Caller, id: Path<SubsidyClaimId>) -> Answer {
    let act = move |cx: &mut Cx| filing::submit_subsidy_claim(cx, &id);
    shown(&app.act(&caller, Action::SubsidyClaimSubmit, act).await?)
}

/// Takes the claim back before it is approved. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = SubsidyReasonBody, responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/withdrawal")]
async fn withdraw_subsidy_claim(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<SubsidyReasonBody>,
) -> Answer {
    let act = move |cx: &mut Cx| filing::withdraw_subsidy_claim(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::SubsidyClaimWithdraw, act).await?)
}

/// The bank of a loan says what interest it received for the days that count.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = ConfirmInterestBody, responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/confirmations")]
async fn confirm_interest(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<ConfirmInterestBody>,
) -> Answer {
    let act = move |cx: &mut Cx| confirming::confirm_interest(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::SubsidyClaimConfirm, act).await?)
}

/// Back to the enterprise for correction. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = SubsidyReasonBody, responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/return")]
async fn return_subsidy_claim(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<SubsidyReasonBody>,
) -> Answer {
    let act = move |cx: &mut Cx| reviewing::return_subsidy_claim(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::SubsidyClaimReturn, act).await?)
}

/// Ends the claim without a subsidy. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = SubsidyReasonBody, responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/rejection")]
async fn reject_subsidy_claim(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<SubsidyReasonBody>,
) -> Answer {
    let act = move |cx: &mut Cx| reviewing::reject_subsidy_claim(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::SubsidyClaimReject, act).await?)
}

/// First review: reckons anew within cap and budget and says what is granted. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = ReviewSubsidyBody, responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/review")]
async fn review_subsidy_claim(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<ReviewSubsidyBody>,
) -> Answer {
    let act = move |cx: &mut Cx| reviewing::review_subsidy_claim(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::SubsidyClaimReview, act).await?)
}

/// Second review, by another person; prepares the decision. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), request_body = SecondReviewBody, responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/second-review")]
async fn review_subsidy_claim_again(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    body: Body<SecondReviewBody>,
) -> Answer {
    let act = move |cx: &mut Cx| reviewing::review_subsidy_claim_again(cx, &id, body.get()?);
    shown(&app.act(&caller, Action::SubsidyClaimReviewAgain, act).await?)
}

/// Asks the engine again with the stored request and compares.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), responses((status = 200, body = SubsidyReplayView)))]
#[get("/subsidy-claims/{id}/replay")]
async fn replay_subsidy_claim(app: Data<App>, caller: Caller, id: Path<SubsidyClaimId>) -> Answer {
    let look = move |cx: &mut Cx| reading::replay_subsidy_claim(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::SubsidyClaimReplay, look).await?))
}

/// Archives a paid claim. Needs If-Match.
#[utoipa::path(tag = "subsidies", params(("id" = String, Path)), responses((status = 200, body = SubsidyClaimView)))]
#[post("/subsidy-claims/{id}/archival")]
async fn archive_subsidy_claim(app: Data<App>, caller: Caller, id: Path<SubsidyClaimId>) -> Answer {
    let act = move |cx: &mut Cx| reading::archive_subsidy_claim(cx, &id);
    shown(&app.act(&caller, Action::SubsidyClaimArchive, act).await?)
}

/// Puts approved claims on public notice, for the working days of their scheme.
#[utoipa::path(tag = "subsidies", request_body = AnnounceSubsidiesBody, responses((status = 201, body = AnnouncementView)))]
#[post("/subsidy-notices")]
async fn announce_subsidies(app: Data<App>, caller: Caller, body: Body<AnnounceSubsidiesBody>) -> Answer {
    let act = move |cx: &mut Cx| announcing::announce_subsidies(cx, body.get()?);
    let view = app.act(&caller, Action::SubsidyAnnounce, act).await?;
    Ok(reply::created(format!("/api/v1/public/notices/{}", view.notice_id), 1, &view))
}
