use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::messages::model::mails::{ListMailsParams, MailRetriesView, MailSummary, MailView};
use crate::messages::service::mails as service;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::mail::MailId;
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_mails).service(view_mail).service(retry_mail).service(retry_mails);
}

/// Mail that waits, was sent, or came back, newest first; `?state=dead` are the dead letters.
#[utoipa::path(tag = "operations", params(ListMailsParams), responses((status = 200, body = Page<MailSummary>)))]
#[get("/mails")]
async fn list_mails(app: Data<App>, caller: Caller, params: Params<ListMailsParams>) -> Answer {
    let page = app.look(&caller, Action::MailList, move |cx| service::list_mails(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

#[utoipa::path(tag = "operations", params(("id" = MailId, Path)), responses((status = 200, body = MailView)))]
#[get("/mails/{id}")]
async fn view_mail(app: Data<App>, caller: Caller, id: Path<MailId>) -> Answer {
    let view = app.look(&caller, Action::MailView, move |cx| service::view_mail(cx, &id)).await?;
    Ok(reply::ok(&view))
}

/// Sends a dead letter again, for example after an address or the mail server was mended.
#[utoipa::path(tag = "operations", params(("id" = MailId, Path)), responses((status = 200, body = MailView)))]
#[post("/mails/{id}/retry")]
async fn retry_mail(app: Data<App>, caller: Caller, id: Path<MailId>) -> Answer {
    let view = app.act(&caller, Action::MailRetry, move |cx| service::retry_mail(cx, &id)).await?;
    Ok(reply::ok(&view))
}

/// Sends all dead letters again that can be sent at all, oldest first and at most 1,000 at a time: for the day after the mail server
/// was down for longer than the attempts last.
#[utoipa::path(tag = "operations", responses((status = 200, body = MailRetriesView)))]
#[post("/mail-retries")]
async fn retry_mails(app: Data<App>, caller: Caller) -> Answer {
    let view = app.act(&caller, Action::MailRetry, service::retry_mails).await?;
    Ok(reply::ok(&view))
}
