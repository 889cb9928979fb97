use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::talent_loans::model::*;
use crate::talent_loans::service::schemes;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_loan_schemes)
        .service(create_loan_scheme)
        .service(get_loan_scheme)
        .service(update_loan_scheme)
        .service(publish_loan_scheme);
}

/// Newest first.
#[utoipa::path(tag = "talent-loans", params(ListLoanSchemesParams), responses((status = 200, body = Page<LoanSchemeSummary>)))]
#[get("/loan-schemes")]
async fn list_loan_schemes(app: Data<App>, caller: Caller, params: Params<ListLoanSchemesParams>) -> Answer {
    let view =
        app.look(&caller, Action::LoanSchemeList, move |cx| schemes::list_loan_schemes(cx, params.get()?)).await?;
    Ok(reply::ok(&view))
}

/// Drafts a version of a scheme.
#[utoipa::path(tag = "talent-loans", request_body = WriteLoanSchemeBody, responses((status = 201, body = LoanSchemeView)))]
#[post("/loan-schemes")]
async fn create_loan_scheme(app: Data<App>, caller: Caller, body: Body<WriteLoanSchemeBody>) -> Answer {
    let view =
        app.act(&caller, Action::LoanSchemeCreate, move |cx| schemes::create_loan_scheme(cx, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/loan-schemes/{}", view.summary.id), view.version, &view))
}

/// One version of a scheme with its document.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), responses((status = 200, body = LoanSchemeView)))]
#[get("/loan-schemes/{id}")]
async fn get_loan_scheme(app: Data<App>, caller: Caller, path: Path<LoanSchemeId>) -> Answer {
    let id = path.into_inner();
    let view = app.look(&caller, Action::LoanSchemeView, move |cx| schemes::get_loan_scheme(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Rewrites a draft. Needs If-Match.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = WriteLoanSchemeBody, responses((status = 200, body = LoanSchemeView)))]
#[patch("/loan-schemes/{id}")]
async fn update_loan_scheme(
    app: Data<App>,
    caller: Caller,
    path: Path<LoanSchemeId>,
    body: Body<WriteLoanSchemeBody>,
) -> Answer {
    let id = path.into_inner();
    let view =
        app.act(&caller, Action::LoanSchemeUpdate, move |cx| schemes::update_loan_scheme(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// From now on it never changes. By somebody who did not write it. Needs If-Match.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), responses((status = 200, body = LoanSchemeView)))]
#[post("/loan-schemes/{id}/publication")]
async fn publish_loan_scheme(app: Data<App>, caller: Caller, path: Path<LoanSchemeId>) -> Answer {
    let id = path.into_inner();
    let view = app.act(&caller, Action::LoanSchemePublish, move |cx| schemes::publish_loan_scheme(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}
