use actix_web::web::{Bytes, Data};
use actix_web::{get, post};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Params, refused_payload, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::talent_loans::model::*;
use crate::talent_loans::service::imports::Import;
use crate::talent_loans::service::rates;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_lpr_rates).service(import_lpr_rates);
}

/// The loan prime rates on record, newest first.
#[utoipa::path(tag = "talent-loans", params(ListLprRatesParams), responses((status = 200, body = Page<LprRateView>)))]
#[get("/lpr-rates")]
async fn list_lpr_rates(app: Data<App>, caller: Caller, params: Params<ListLprRatesParams>) -> Answer {
    let view = app.look(&caller, Action::LprRateList, move |cx| rates::list_lpr_rates(cx, params.get()?)).await?;
    Ok(reply::ok(&view))
}

/// Days and rates in percent, one or both tenors; 422 with the same summary when any row is rejected.
#[utoipa::path(tag = "talent-loans", params(ImportRatesParams), request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "CSV (UTF-8 or GB18030), XLSX or XLS"), responses((status = 200, body = ImportSummary), (status = 422, body = ImportSummary)))]
#[post("/lpr-rates/imports")]
async fn import_lpr_rates(
    app: Data<App>,
    caller: Caller,
    params: Params<ImportRatesParams>,
    bytes: Result<Bytes, actix_web::Error>,
) -> Answer {
    let dry_run = params.get().is_ok_and(|params| params.dry_run);
    let (bytes, max_rows) = (bytes.map_err(|e| refused_payload(&e)), app.config.limits.import_rows);
    let work = Arc::new(move |cx: &mut Cx, import: Import| {
        params.get()?;
        let bytes = bytes.as_ref().map_err(Clone::clone)?;
        rates::import_lpr_rates(cx, bytes, max_rows, import)
    });
    let tried = work.clone();
    let summary = app.look(&caller, Action::LprRateImport, move |cx| tried(cx, Import::Try)).await?;
    if !summary.rejected.is_empty() {
        return Ok(reply::rejected(&summary));
    }
    if dry_run {
        return Ok(reply::ok(&summary));
    }
    Ok(reply::ok(&app.act(&caller, Action::LprRateImport, move |cx| work(cx, Import::Write)).await?))
}
