use actix_web::web::{Bytes, Data};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Params, refused_payload, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::talent_loans::model::*;
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
#[utoipa::path(tag = "talent-loans", params(ImportParams), request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "CSV (UTF-8 or GB18030), XLSX or XLS"), responses((status = 200, body = TableImportView)))]
#[post("/lpr-rates/imports")]
async fn import_lpr_rates(
    app: Data<App>,
    caller: Caller,
    params: Params<ImportParams>,
    bytes: Result<Bytes, actix_web::Error>,
) -> Answer {
    let (bytes, max_rows) = (bytes.map_err(|e| refused_payload(&e)), app.config.limits.import_rows);
    let dry_run = params.get().is_ok_and(|params| params.dry_run);
    let import = move |cx: &mut Cx| {
        let (params, bytes) = (params.get()?, bytes.as_ref().map_err(Clone::clone)?);
        rates::import_lpr_rates(cx, bytes, max_rows, params.dry_run)
    };
    // A dry run writes nothing, so it goes through the reading side of the door.
    let view = match dry_run {
        true => app.look(&caller, Action::LprRateImport, import).await?,
        false => app.act(&caller, Action::LprRateImport, import).await?,
    };
    Ok(reply::ok(&view))
}
