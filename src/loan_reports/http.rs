use actix_web::get;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::*;
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(get_loan_report).service(get_pool_exposure).service(get_pool_forecast);
}

/// Claims by state and age, what was paid to whom, loans by class, and what is late.
#[utoipa::path(tag = "reports", params(LoanReportParams), responses((status = 200, body = LoanReportView)))]
#[get("/reports/talent-loans")]
async fn get_loan_report(app: Data<App>, caller: Caller, params: Params<LoanReportParams>) -> Answer {
    let look = move |cx: &mut Cx| service::get_loan_report(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::LoanReportView, look).await?))
}

/// What the pool could come to owe, by bank, tier and track, and how often its balance covers it.
#[utoipa::path(tag = "reports", responses((status = 200, body = PoolExposureView)))]
#[get("/reports/pool-exposure")]
async fn get_pool_exposure(app: Data<App>, caller: Caller) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::LoanReportView, service::get_pool_exposure).await?))
}

/// The pool over twelve months, by the repayment schedule and the claims at hand.
#[utoipa::path(tag = "reports", responses((status = 200, body = PoolForecastView)))]
#[get("/reports/pool-forecast")]
async fn get_pool_forecast(app: Data<App>, caller: Caller) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::LoanReportView, service::get_pool_forecast).await?))
}
