use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::model::bodies::{ConfirmEmailBody, RegisterBody};
use crate::accounts::model::views::{AcceptedView, ConfirmedView};
use crate::accounts::rules;
use crate::accounts::service::codes::Fresh;
use crate::accounts::service::registration::{self, Confirmation};
use crate::app::App;
use crate::error::{AppError, Code};
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create_registration).service(confirm_email);
}

/// A person registers to act for an enterprise. The answer does not tell whether the address is known; a mail does.
#[utoipa::path(tag = "auth", request_body = RegisterBody, responses((status = 202, body = AcceptedView)))]
#[post("/auth/registrations")]
async fn create_registration(app: Data<App>, caller: Caller, body: Body<RegisterBody>) -> Answer {
    let body = body.get()?;
    let input = rules::checked_registration(body, &app.config.password)?;
    // Hashed for known addresses too, so that they take as long.
    let hash = app.hasher.hash(&body.password).await?;
    let (code, lang) = (Fresh::make(), body.lang.unwrap_or(caller.lang));
    let inner = app.clone();
    let register = move |cx: &mut Cx| registration::register(cx, &inner, &input, lang, &hash, &code);
    let view = app.act(&caller, Action::RegistrationCreate, register).await?;
    Ok(HttpResponse::Accepted().json(view))
}

/// The code from the mail proves the address and makes the account work.
#[utoipa::path(tag = "auth", request_body = ConfirmEmailBody, responses((status = 200, body = ConfirmedView)))]
#[post("/auth/email-confirmations")]
async fn confirm_email(app: Data<App>, caller: Caller, body: Body<ConfirmEmailBody>) -> Answer {
    let body = body.get()?.clone();
    let email = rules::normal_email(&body.email);
    let inner = app.clone();
    let confirm = move |cx: &mut Cx| registration::confirm_email(cx, &inner, &email, &body.code);
    match app.act(&caller, Action::EmailConfirm, confirm).await? {
        Confirmation::Confirmed(view) => Ok(reply::ok(&view)),
        Confirmation::Rejected => Err(AppError::new(Code::CodeRejected)),
    }
}
