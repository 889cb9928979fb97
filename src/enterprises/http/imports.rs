use actix_web::post;
use actix_web::web::{Bytes, Data};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::enterprises::model::{ImportParams, ImportSummary};
use crate::enterprises::service::import::{RegisterFile, import_enterprises};
use crate::error::{AppError, Code};
use crate::platform::actor::Caller;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Params, refused_payload, reply};
use crate::platform::policy::Action;
use crate::programme;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(import_register);
}

/// Takes over enterprises from a register: CSV (UTF-8 or GB18030), XLSX or XLS as the raw body, known by its content.
///
/// 422 with the same summary when rows were rejected and not skipped; then nothing was written.
#[utoipa::path(
    tag = "enterprises",
    params(ImportParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ImportSummary), (status = 422, body = ImportSummary))
)]
#[post("/enterprises/imports")]
async fn import_register(
    app: Data<App>,
    caller: Caller,
    params: Params<ImportParams>,
    body: Result<Bytes, actix_web::Error>,
) -> Answer {
    // Who may not import does not make us read their file.
    let today = business_day(caller.arrived_at.utc());
    let (params, lang, rules) = app
        .look(&caller, Action::EnterpriseImport, {
            let params = params.get().copied();
            move |cx| Ok((params.clone()?, cx.lang, programme::service::vocabulary(cx, today)?))
        })
        .await?;
    let bytes = body.map_err(|e| refused_payload(&e))?;
    let limits = &app.config.limits;
    if bytes.len() > limits.import_bytes {
        return Err(AppError::new(Code::BodyTooLarge));
    }
    let max_rows = limits.import_rows;
    let file = actix_web::rt::task::spawn_blocking(move || RegisterFile::read(&rules, &bytes, max_rows, today))
        .await
        .map_err(AppError::internal)?;
    if file.is_refused(params) {
        return Ok(reply::rejected(&file.refusal(lang)));
    }
    let file = Arc::new(file);
    let work = move |cx: &mut Cx| import_enterprises(cx, &file, params, &|_| {});
    let summary = if params.dry_run {
        app.look(&caller, Action::EnterpriseImport, work).await?
    } else {
        app.act(&caller, Action::EnterpriseImport, work).await?
    };
    Ok(reply::ok(&summary))
}
