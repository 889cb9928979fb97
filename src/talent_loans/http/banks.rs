use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::{Caller, UserId};
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::talent_loans::model::*;
use crate::talent_loans::service::{assessments, banks};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_bank_assessments)
        .service(list_banks)
        .service(create_bank)
        .service(get_bank)
        .service(update_bank)
        .service(suspend_bank)
        .service(resume_bank)
        .service(list_bank_users)
        .service(set_bank_user)
        .service(remove_bank_user);
}

/// Newest first. A clerk sees their own bank.
#[utoipa::path(tag = "talent-loans", params(ListBanksParams), responses((status = 200, body = Page<BankSummary>)))]
#[get("/banks")]
async fn list_banks(app: Data<App>, caller: Caller, params: Params<ListBanksParams>) -> Answer {
    let view = app.look(&caller, Action::BankList, move |cx| banks::list_banks(cx, params.get()?)).await?;
    Ok(reply::ok(&view))
}

/// Files a cooperating bank.
#[utoipa::path(tag = "talent-loans", request_body = CreateBankBody, responses((status = 201, body = BankView)))]
#[post("/banks")]
async fn create_bank(app: Data<App>, caller: Caller, body: Body<CreateBankBody>) -> Answer {
    let view = app.act(&caller, Action::BankCreate, move |cx| banks::create_bank(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/banks/{}", view.summary.id), view.version, &view))
}

/// One bank.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), responses((status = 200, body = BankView)))]
#[get("/banks/{id}")]
async fn get_bank(app: Data<App>, caller: Caller, path: Path<BankId>) -> Answer {
    let id = path.into_inner();
    let view = app.look(&caller, Action::BankView, move |cx| banks::get_bank(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Changes name, code or contact. Needs If-Match.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = UpdateBankBody, responses((status = 200, body = BankView)))]
#[patch("/banks/{id}")]
async fn update_bank(app: Data<App>, caller: Caller, path: Path<BankId>, body: Body<UpdateBankBody>) -> Answer {
    let id = path.into_inner();
    let view = app.act(&caller, Action::BankUpdate, move |cx| banks::update_bank(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// A suspended bank files no new loan. Needs If-Match.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = ReasonBody, responses((status = 200, body = BankView)))]
#[post("/banks/{id}/suspension")]
async fn suspend_bank(app: Data<App>, caller: Caller, path: Path<BankId>, body: Body<ReasonBody>) -> Answer {
    let id = path.into_inner();
    let view = app.act(&caller, Action::BankSuspend, move |cx| banks::suspend_bank(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Ends a suspension. Needs If-Match.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = ReasonBody, responses((status = 200, body = BankView)))]
#[post("/banks/{id}/resumption")]
async fn resume_bank(app: Data<App>, caller: Caller, path: Path<BankId>, body: Body<ReasonBody>) -> Answer {
    let id = path.into_inner();
    let view = app.act(&caller, Action::BankResume, move |cx| banks::resume_bank(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The clerks of a bank.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), responses((status = 200, body = BankUsersView)))]
#[get("/banks/{id}/users")]
async fn list_bank_users(app: Data<App>, caller: Caller, path: Path<BankId>) -> Answer {
    let id = path.into_inner();
    let view = app.look(&caller, Action::BankUserList, move |cx| banks::list_bank_users(cx, &id)).await?;
    Ok(reply::ok(&view))
}

/// Makes a person with the bank role a clerk of this bank and of no other.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = SetBankUserBody, responses((status = 200, body = BankUsersView)))]
#[post("/banks/{id}/users")]
async fn set_bank_user(app: Data<App>, caller: Caller, path: Path<BankId>, body: Body<SetBankUserBody>) -> Answer {
    let id = path.into_inner();
    let view = app.act(&caller, Action::BankUserSet, move |cx| banks::set_bank_user(cx, &id, body.get()?)).await?;
    Ok(reply::ok(&view))
}

/// The person sees nothing of any bank any more.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path), ("user_id" = String, Path)), responses((status = 204)))]
#[delete("/banks/{id}/users/{user_id}")]
async fn remove_bank_user(app: Data<App>, caller: Caller, path: Path<(BankId, UserId)>) -> Answer {
    let (id, other) = path.into_inner();
    let () = app.act(&caller, Action::BankUserRemove, move |cx| banks::remove_bank_user(cx, &id, &other)).await?;
    Ok(reply::no_content())
}

/// The bank's loans at the end of each quarter, the latest first.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path), ListBankAssessmentsParams), responses((status = 200, body = Page<BankAssessmentView>)))]
#[get("/banks/{id}/assessments")]
async fn list_bank_assessments(
    app: Data<App>,
    caller: Caller,
    path: Path<BankId>,
    params: Params<ListBankAssessmentsParams>,
) -> Answer {
    let id = path.into_inner();
    let work = move |cx: &mut Cx| assessments::list_bank_assessments(cx, &id, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::BankView, work).await?))
}
