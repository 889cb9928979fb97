use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{ListMailsParams, MailSummary};
use super::service;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::mail::MailId;
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_mails).service(retry_mail);
}

/// Mail that waits, was sent, or came back, newest first.
#[utoipa::path(tag = "operations", params(ListMailsParams), responses((status = 200, body = Page<MailSummary>)))]
#[get("/mails")]
async fn list_mails(app: Data<App>, caller: Caller, params: Params<ListMailsParams>) -> Answer {
    let page = app.look(&caller, Action::MailList, move |cx| service::list_mails(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// Sends a dead letter again, for example after an address or the mail server was mended.
#[utoipa::path(tag = "operations", params(("id" = MailId, Path)), responses((status = 200, body = MailSummary)))]
#[post("/mails/{id}/retry")]
async fn retry_mail(app: Data<App>, caller: Caller, id: Path<MailId>) -> Answer {
    let view = app.act(&caller, Action::MailRetry, move |cx| service::retry_mail(cx, &id)).await?;
    Ok(reply::ok(&view))
}
