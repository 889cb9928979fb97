use actix_web::web::{Bytes, Data};
use actix_web::{get, post};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::*;
use super::service::{closing, comparing, statements};
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, refused_payload, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::talent_loans::model::ImportSummary;
use crate::talent_loans::service::imports::Import;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(import_bank_statement)
        .service(reconcile_account)
        .service(explain_difference)
        .service(list_closed_periods)
        .service(close_period);
}

/// Takes a bank statement, all or nothing; 422 with the same summary when any row is rejected.
#[utoipa::path(tag = "reconciliation", params(ImportStatementParams), request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "CSV (UTF-8 or GB18030), XLSX or XLS"), responses((status = 200, body = ImportSummary), (status = 422, body = ImportSummary)))]
#[post("/bank-statements/imports")]
async fn import_bank_statement(
    app: Data<App>,
    caller: Caller,
    params: Params<ImportStatementParams>,
    bytes: Result<Bytes, actix_web::Error>,
) -> Answer {
    let dry_run = params.get().is_ok_and(|params| params.dry_run);
    let (bytes, max_rows) = (bytes.map_err(|e| refused_payload(&e)), app.config.limits.import_rows);
    let work = Arc::new(move |cx: &mut Cx, import: Import| {
        let (params, bytes) = (params.get()?, bytes.as_ref().map_err(Clone::clone)?);
        statements::import_statement(cx, params.account, bytes, max_rows, import)
    });
    let tried = work.clone();
    let summary = app.look(&caller, Action::StatementImport, move |cx| tried(cx, Import::Try)).await?;
    if !summary.rejected.is_empty() {
        return Ok(reply::rejected(&summary));
    }
    if dry_run {
        return Ok(reply::ok(&summary));
    }
    Ok(reply::ok(&app.act(&caller, Action::StatementImport, move |cx| work(cx, Import::Write)).await?))
}

/// Bank against books between two days: what matches, and every difference.
#[utoipa::path(tag = "reconciliation", params(ReconciliationParams), responses((status = 200, body = ReconciliationView)))]
#[get("/reconciliations")]
async fn reconcile_account(app: Data<App>, caller: Caller, params: Params<ReconciliationParams>) -> Answer {
    let look = move |cx: &mut Cx| comparing::reconcile_account(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::ReconciliationView, look).await?))
}

/// Says why a difference is as it should be; answers the reconciliation as it stands then.
#[utoipa::path(tag = "reconciliation", request_body = ExplainDifferenceBody, responses((status = 200, body = ReconciliationView)))]
#[post("/reconciliations/explanations")]
async fn explain_difference(app: Data<App>, caller: Caller, body: Body<ExplainDifferenceBody>) -> Answer {
    let act = move |cx: &mut Cx| comparing::explain_difference(cx, body.get()?);
    Ok(reply::ok(&app.act(&caller, Action::ReconciliationExplain, act).await?))
}

/// Months and years in which nothing is booked any more, newest first.
#[utoipa::path(tag = "reconciliation", params(ListClosedPeriodsParams), responses((status = 200, body = Page<ClosedPeriodView>)))]
#[get("/period-closings")]
async fn list_closed_periods(app: Data<App>, caller: Caller, params: Params<ListClosedPeriodsParams>) -> Answer {
    let look = move |cx: &mut Cx| closing::list_closed_periods(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::PeriodList, look).await?))
}

/// Closes a month or a year, in order and without an open difference.
#[utoipa::path(tag = "reconciliation", request_body = ClosePeriodBody, responses((status = 201, body = ClosedPeriodView)))]
#[post("/period-closings")]
async fn close_period(app: Data<App>, caller: Caller, body: Body<ClosePeriodBody>) -> Answer {
    let act = move |cx: &mut Cx| closing::close_period(cx, body.get()?);
    let view = app.act(&caller, Action::PeriodClose, act).await?;
    Ok(reply::received(&view))
}
