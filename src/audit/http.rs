use actix_web::web::Data;
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{AuditEventView, ListAuditEventsParams, VerificationView};
use super::service;
use crate::app::App;
use crate::error::AppError;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_audit_events).service(verify_audit_trail);
}

/// The audit trail, newest first.
#[utoipa::path(tag = "audit", params(ListAuditEventsParams), responses((status = 200, body = Page<AuditEventView>)))]
#[get("/audit-events")]
async fn list_audit_events(app: Data<App>, caller: Caller, params: Params<ListAuditEventsParams>) -> Answer {
    let page = app.look(&caller, Action::AuditList, move |cx| service::list_audit_events(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// Recomputes every hash, chain and checkpoint. Reads the whole trail: minutes on a large one.
#[utoipa::path(tag = "audit", responses((status = 200, body = VerificationView)))]
#[post("/audit-verifications")]
async fn verify_audit_trail(app: Data<App>, caller: Caller) -> Answer {
    let dir = app.config.checkpoint_dir();
    let files =
        tokio::task::spawn_blocking(move || service::verify::read_files(&dir)).await.map_err(AppError::internal)??;
    let view = app.look(&caller, Action::AuditVerify, move |cx| service::verify::verify_trail(cx, &files)).await?;
    Ok(reply::ok(&view))
}
