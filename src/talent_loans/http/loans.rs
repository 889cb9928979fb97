use actix_web::web::{Bytes, Data, Path};
use actix_web::{get, post};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, refused_payload, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::talent_loans::model::*;
use crate::talent_loans::service::imports::Import;
use crate::talent_loans::service::{entries, loan_imports, loans};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_loans)
        .service(create_loan)
        .service(import_loans)
        .service(get_loan)
        .service(cancel_loan)
        .service(reprice_loan)
        .service(get_loan_segments)
        .service(list_loan_entries)
        .service(create_loan_entry)
        .service(reverse_loan_entry);
}

/// Newest first. A bank sees its own, an enterprise those it borrowed.
#[utoipa::path(tag = "talent-loans", params(ListLoansParams), responses((status = 200, body = Page<LoanSummary>)))]
#[get("/loans")]
async fn list_loans(app: Data<App>, caller: Caller, params: Params<ListLoansParams>) -> Answer {
    let view = app.look(&caller, Action::LoanList, move |cx| loans::list_loans(cx, params.get()?)).await?;
    Ok(reply::ok(&view))
}

/// Files a loan. Principal beyond the caps of the scheme is registered uncovered.
#[utoipa::path(tag = "talent-loans", request_body = CreateLoanBody, responses((status = 201, body = LoanView)))]
#[post("/loans")]
async fn create_loan(app: Data<App>, caller: Caller, body: Body<CreateLoanBody>) -> Answer {
    let keys = app.keys.clone();
    let view = app.act(&caller, Action::LoanCreate, move |cx| loans::create_loan(cx, &keys, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/loans/{}", view.summary.id), view.version, &view))
}

/// Files a bank's list of loans, all or nothing; 422 with the same summary when any row is rejected.
#[utoipa::path(tag = "talent-loans", params(ImportLoansParams), request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "CSV (UTF-8 or GB18030), XLSX or XLS"), responses((status = 200, body = ImportSummary), (status = 422, body = ImportSummary)))]
#[post("/loans/imports")]
async fn import_loans(
    app: Data<App>,
    caller: Caller,
    params: Params<ImportLoansParams>,
    bytes: Result<Bytes, actix_web::Error>,
) -> Answer {
    let keys = app.keys.clone();
    let dry_run = params.get().is_ok_and(|params| params.dry_run);
    let (bytes, max_rows) = (bytes.map_err(|e| refused_payload(&e)), app.config.limits.import_rows);
    let work = Arc::new(move |cx: &mut Cx, import: Import| {
        let (params, bytes) = (params.get()?, bytes.as_ref().map_err(Clone::clone)?);
        loan_imports::import_loans(cx, &keys, bytes, max_rows, params.bank_id.as_ref(), import)
    });
    let tried = work.clone();
    let summary = app.look(&caller, Action::LoanImport, move |cx| tried(cx, Import::Try)).await?;
    if !summary.rejected.is_empty() {
        return Ok(reply::rejected(&summary));
    }
    if dry_run {
        return Ok(reply::ok(&summary));
    }
    Ok(reply::ok(&app.act(&caller, Action::LoanImport, move |cx| work(cx, Import::Write)).await?))
}

/// One loan with what follows from its ledger.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), responses((status = 200, body = LoanView)))]
#[get("/loans/{id}")]
async fn get_loan(app: Data<App>, caller: Caller, path: Path<LoanId>) -> Answer {
    let id = path.into_inner();
    let view = app.look(&caller, Action::LoanView, move |cx| loans::get_loan(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Takes back a loan filed by mistake, before anything was drawn. Needs If-Match.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = ReasonBody, responses((status = 200, body = LoanView)))]
#[post("/loans/{id}/cancellation")]
async fn cancel_loan(app: Data<App>, caller: Caller, path: Path<LoanId>, body: Body<ReasonBody>) -> Answer {
    let id = path.into_inner();
    let view = app.act(&caller, Action::LoanCancel, move |cx| loans::cancel_loan(cx, &id, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Writes the rate resets that are due.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), responses((status = 200, body = LoanView)))]
#[post("/loans/{id}/repricing")]
async fn reprice_loan(app: Data<App>, caller: Caller, path: Path<LoanId>) -> Answer {
    let id = path.into_inner();
    let view = app.act(&caller, Action::LoanReprice, move |cx| loans::reprice_loan(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Stretches of one principal and one rate, with days overdue and extended.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path), LoanSegmentsParams), responses((status = 200, body = LoanSegmentsView)))]
#[get("/loans/{id}/segments")]
async fn get_loan_segments(
    app: Data<App>,
    caller: Caller,
    path: Path<LoanId>,
    params: Params<LoanSegmentsParams>,
) -> Answer {
    let id = path.into_inner();
    let view = app.look(&caller, Action::LoanView, move |cx| loans::get_loan_segments(cx, &id, params.get()?)).await?;
    Ok(reply::ok(&view))
}

/// The ledger of a loan, newest entry first.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path), ListLoanEntriesParams), responses((status = 200, body = Page<LoanEntryView>)))]
#[get("/loans/{id}/entries")]
async fn list_loan_entries(
    app: Data<App>,
    caller: Caller,
    path: Path<LoanId>,
    params: Params<ListLoanEntriesParams>,
) -> Answer {
    let id = path.into_inner();
    let view =
        app.look(&caller, Action::LoanView, move |cx| entries::list_loan_entries(cx, &id, params.get()?)).await?;
    Ok(reply::ok(&view))
}

/// Writes into the ledger; answers the loan as it stands afterwards.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path)), request_body = CreateLoanEntryBody, responses((status = 201, body = LoanView)))]
#[post("/loans/{id}/entries")]
async fn create_loan_entry(
    app: Data<App>,
    caller: Caller,
    path: Path<LoanId>,
    body: Body<CreateLoanEntryBody>,
) -> Answer {
    let id = path.into_inner();
    let view =
        app.act(&caller, Action::LoanEntryCreate, move |cx| entries::create_loan_entry(cx, &id, body.get()?)).await?;
    Ok(reply::created(format!("/api/v1/loans/{}", view.summary.id), view.version, &view))
}

/// Corrects the ledger: a further entry cancels this one.
#[utoipa::path(tag = "talent-loans", params(("id" = String, Path), ("entry_id" = String, Path)), request_body = ReasonBody, responses((status = 201, body = LoanView)))]
#[post("/loans/{id}/entries/{entry_id}/reversal")]
async fn reverse_loan_entry(
    app: Data<App>,
    caller: Caller,
    path: Path<(LoanId, LoanEntryId)>,
    body: Body<ReasonBody>,
) -> Answer {
    let (id, other) = path.into_inner();
    let view = app
        .act(&caller, Action::LoanEntryReverse, move |cx| entries::reverse_loan_entry(cx, &id, &other, body.get()?))
        .await?;
    Ok(reply::created(format!("/api/v1/loans/{}", view.summary.id), view.version, &view))
}
