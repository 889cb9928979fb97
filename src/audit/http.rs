use actix_web::get;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{AuditEventView, ListAuditEventsParams};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_audit_events);
}

/// The audit trail, newest first.
#[utoipa::path(tag = "audit", params(ListAuditEventsParams), responses((status = 200, body = Page<AuditEventView>)))]
#[get("/audit-events")]
async fn list_audit_events(app: Data<App>, caller: Caller, params: Params<ListAuditEventsParams>) -> Answer {
    let page = app.look(&caller, Action::AuditList, move |cx| service::list_audit_events(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}
