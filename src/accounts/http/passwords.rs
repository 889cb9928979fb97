use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::model::bodies::{AskPasswordResetBody, ChangePasswordBody, ResetPasswordBody};
use crate::accounts::model::views::AcceptedView;
use crate::accounts::rules;
use crate::accounts::service::codes::Fresh;
use crate::accounts::service::passwords::{self, Change, Credentials};
use crate::app::App;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, reply};
use crate::platform::policy::Action;
use crate::say;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(ask_password_reset).service(reset_password).service(change_password);
}

/// Ask for a code to set a new password. The answer does not tell whether the address is known; a mail does.
#[utoipa::path(tag = "auth", request_body = AskPasswordResetBody, responses((status = 202, body = AcceptedView)))]
#[post("/auth/password-resets")]
async fn ask_password_reset(app: Data<App>, caller: Caller, body: Body<AskPasswordResetBody>) -> Answer {
    let mut faults = Faults::default();
    let email = rules::checked_email(&body.get()?.email, &mut faults);
    faults.done()?;
    let (inner, code) = (app.clone(), Fresh::make());
    let ask = move |cx: &mut Cx| passwords::ask_password_reset(cx, &inner, &email, &code);
    let view = app.act(&caller, Action::PasswordResetAsk, ask).await?;
    Ok(HttpResponse::Accepted().json(view))
}

/// Set a password by the mailed code: a forgotten one, or the first one of somebody invited. Every session of the person ends.
#[utoipa::path(tag = "auth", request_body = ResetPasswordBody, responses((status = 204)))]
#[post("/auth/password-resets/confirmation")]
async fn reset_password(app: Data<App>, caller: Caller, body: Body<ResetPasswordBody>) -> Answer {
    let body = Arc::new(body.get()?.clone());
    let email = rules::normal_email(&body.email);
    // What is wrong with the text alone is said before anybody is looked up.
    rules::checked_password(&app.config.password, "/password", &body.password, (&email, ""), false)?;
    let credentials = {
        let (inner, body, email) = (app.clone(), body.clone(), email.clone());
        let look = move |cx: &mut Cx| passwords::reset_credentials(cx, &inner, &email, &body.code);
        app.look(&caller, Action::PasswordReset, look).await?
    };
    let hash = match &credentials {
        Some(credentials) => Some(hash_new(&app, "/password", &body.password, credentials).await?),
        None => None,
    };
    let inner = app.clone();
    let reset = move |cx: &mut Cx| passwords::reset_password(cx, &inner, &email, &body.code, hash.as_deref());
    match app.act(&caller, Action::PasswordReset, reset).await? {
        Change::Done => Ok(reply::no_content()),
        Change::Refused => Err(AppError::new(Code::CodeRejected)),
    }
}

/// Change one's own password. The other sessions end.
#[utoipa::path(tag = "me", request_body = ChangePasswordBody, responses((status = 204)))]
#[post("/me/password")]
async fn change_password(app: Data<App>, caller: Caller, body: Body<ChangePasswordBody>) -> Answer {
    let body = Arc::new(body);
    let credentials = {
        let (inner, body) = (app.clone(), body.clone());
        let look = move |cx: &mut Cx| body.get().and_then(|_| passwords::own_credentials(cx, &inner));
        app.look(&caller, Action::PasswordChange, look).await?
    };
    let body = body.get()?;
    let verdict = app.hasher.verify(&body.current, credentials.stored.as_deref()).await?;
    let hash = if verdict.matches { hash_new(&app, "/new", &body.new, &credentials).await? } else { String::new() };
    let inner = app.clone();
    let change = move |cx: &mut Cx| {
        passwords::change_password(cx, &inner, credentials.stored.as_deref(), verdict.matches, &hash)
    };
    match app.act(&caller, Action::PasswordChange, change).await? {
        Change::Done => Ok(reply::no_content()),
        Change::Refused => {
            let said = say!("当前密码不正确", "is not your present password");
            Err(AppError::field("/current", FieldCode::Mismatch, said))
        }
    }
}

/// Checks the new password, also against those used before, and hashes it.
async fn hash_new(app: &App, pointer: &str, new: &str, person: &Credentials) -> Result<String, AppError> {
    let reused = app.hasher.is_among(new, &person.used).await?;
    let who = (person.email.as_str(), person.name.as_str());
    rules::checked_password(&app.config.password, pointer, new, who, reused)?;
    app.hasher.hash(new).await
}
