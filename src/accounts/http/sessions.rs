use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::model::bodies::{ListSessionsParams, OpenSessionBody};
use crate::accounts::model::views::{SessionTokenView, SessionView};
use crate::accounts::rules;
use crate::accounts::service::sessions::{self, Attempt, Opened, Refresh, SignIn};
use crate::app::App;
use crate::error::{AppError, Code, Faults};
use crate::platform::actor::{Caller, SessionId};
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(open_session)
        .service(refresh_session)
        .service(list_sessions)
        .service(close_all_sessions)
        // Before `{id}`, which would take "current" for an id.
        .service(close_current_session)
        .service(close_session);
}

/// The refresh token: out of the reach of scripts, sent to `/auth` only, never from another site.
const COOKIE: &str = "laoshan_refresh";
const USER_AGENT_CHARS: usize = 200;

/// Sign in. The refresh token comes in the cookie `laoshan_refresh`. After several failures in a row the account is locked for a
/// while, and looks like one that does not exist.
#[utoipa::path(tag = "auth", request_body = OpenSessionBody, responses((status = 200, body = SessionTokenView)))]
#[post("/auth/sessions")]
async fn open_session(app: Data<App>, caller: Caller, req: HttpRequest, body: Body<OpenSessionBody>) -> Answer {
    let body = body.get()?;
    let mut faults = Faults::default();
    faults.text("/email", &body.email, 1, 254);
    faults.text("/password", &body.password, 1, 1024);
    faults.done()?;
    let email = rules::normal_email(&body.email);
    let stored = {
        let email = email.clone();
        app.look(&caller, Action::SessionOpen, move |cx| sessions::stored_hash(cx, &email)).await?
    };
    let verdict = app.hasher.verify(&body.password, stored.as_deref()).await?;
    let rehashed = if verdict.outdated { Some(app.hasher.hash(&body.password).await?) } else { None };
    let refresh_token = sessions::fresh_token();
    let attempt = Attempt {
        email,
        stored,
        verdict,
        rehashed,
        refresh_token: refresh_token.clone(),
        address: caller.address.clone(),
        user_agent: user_agent(&req),
    };
    let inner = app.clone();
    let open = move |cx: &mut Cx| sessions::open_session(cx, &inner, &attempt);
    match app.act(&caller, Action::SessionOpen, open).await? {
        SignIn::Opened(opened) => token_answer(&app, &opened, &refresh_token),
        SignIn::Refused => Err(AppError::new(Code::InvalidCredentials)),
    }
}

/// Exchange the refresh token in the cookie for a new one and a new access token.
#[utoipa::path(tag = "auth", responses((status = 200, body = SessionTokenView)))]
#[post("/auth/refresh")]
async fn refresh_session(app: Data<App>, caller: Caller, req: HttpRequest) -> Answer {
    let cookie = req.cookie(COOKIE).ok_or_else(|| AppError::new(Code::SessionEnded))?;
    let token = cookie.value().to_owned();
    let inner = app.clone();
    let refresh = move |cx: &mut Cx| sessions::refresh_session(cx, &inner, &token);
    match app.act(&caller, Action::SessionRefresh, refresh).await? {
        Refresh::Renewed { opened, token } => token_answer(&app, &opened, &token),
        Refresh::Ended => Err(AppError::new(Code::SessionEnded)),
    }
}

/// The caller's sessions that still work, newest first.
#[utoipa::path(tag = "auth", params(ListSessionsParams), responses((status = 200, body = Page<SessionView>)))]
#[get("/auth/sessions")]
async fn list_sessions(app: Data<App>, caller: Caller, params: Params<ListSessionsParams>) -> Answer {
    let page = app.look(&caller, Action::SessionList, move |cx| sessions::list_sessions(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// Sign out.
#[utoipa::path(tag = "auth", responses((status = 204)))]
#[delete("/auth/sessions/current")]
async fn close_current_session(app: Data<App>, caller: Caller) -> Answer {
    app.act(&caller, Action::SessionClose, sessions::close_current_session).await?;
    Ok(signed_out(&app))
}

/// End one of one's own sessions, for example on a lost device.
#[utoipa::path(tag = "auth", params(("id" = SessionId, Path)), responses((status = 204)))]
#[delete("/auth/sessions/{id}")]
async fn close_session(app: Data<App>, caller: Caller, id: Path<SessionId>) -> Answer {
    app.act(&caller, Action::SessionClose, move |cx| sessions::close_session(cx, &id)).await?;
    Ok(reply::no_content())
}

/// Sign out everywhere.
#[utoipa::path(tag = "auth", responses((status = 204)))]
#[delete("/auth/sessions")]
async fn close_all_sessions(app: Data<App>, caller: Caller) -> Answer {
    app.act(&caller, Action::SessionClose, sessions::close_all_sessions).await?;
    Ok(signed_out(&app))
}

fn token_answer(app: &App, opened: &Opened, refresh_token: &str) -> Answer {
    let minutes = app.config.security.access_minutes;
    let now = app.door.clock().now();
    let view = SessionTokenView {
        access_token: app.keys.issue_access(&opened.user_id, &opened.session_id, now, minutes)?,
        token_type: "Bearer".into(),
        expires_in: minutes * 60,
        must_change_password: opened.must_change_password,
    };
    let life = Duration::days(app.config.security.session_days);
    Ok(HttpResponse::Ok().cookie(cookie(app, refresh_token.to_owned(), life)).json(view))
}

fn signed_out(app: &App) -> HttpResponse {
    HttpResponse::NoContent().cookie(cookie(app, String::new(), Duration::ZERO)).finish()
}

fn cookie(app: &App, value: String, life: Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/api/v1/auth")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.config.server.secure_cookies)
        .max_age(life)
        .finish()
}

fn user_agent(req: &HttpRequest) -> String {
    let said = req.headers().get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    said.chars().take(USER_AGENT_CHARS).collect()
}
