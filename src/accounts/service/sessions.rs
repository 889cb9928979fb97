//! Signing in, staying signed in, signing out.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{count_failure, stranger, subject};
use crate::accounts::db::sessions::Which;
use crate::accounts::model::bodies::ListSessionsParams;
use crate::accounts::model::views::SessionView;
use crate::accounts::model::{EndReason, RefreshToken, Session, User};
use crate::accounts::{db, rules};
use crate::app::App;
use crate::error::{AppError, Code};
use crate::platform::actor::{SessionId, UserId, UserState};
use crate::platform::clock::random_bytes;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::passwords::Verdict;
use crate::platform::policy::Role;
use crate::platform::trail::{Changes, Event, Subject};

/// A password that was compared outside the door, with the hash it was compared with.
#[derive(Clone)]
pub struct Attempt {
    /// In normal form.
    pub email: String,
    pub stored: Option<String>,
    pub verdict: Verdict,
    /// A stronger hash of the same password, when the stored one is outdated.
    pub rehashed: Option<String>,
    pub refresh_token: String,
    pub address: String,
    pub user_agent: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Opened {
    pub user_id: UserId,
    pub session_id: SessionId,
    pub must_change_password: bool,
}

#[derive(Serialize, Deserialize)]
pub enum SignIn {
    Opened(Opened),
    Refused,
}

/// The hash to compare a password with; nobody for addresses nobody holds.
pub fn stored_hash(cx: &mut Cx, email: &str) -> Result<Option<String>, AppError> {
    Ok(db::find_user_by_email(cx.conn, email)?.and_then(|user| user.password_hash))
}

/// Whoever is refused learns nothing: a wrong password, a locked or suspended account and an unknown address look the same.
pub fn open_session(cx: &mut Cx, app: &App, attempt: &Attempt) -> Result<SignIn, AppError> {
    const REFUSED: &str = "session.refuse";
    let Some(user) = db::find_user_by_email(cx.conn, &attempt.email)? else {
        cx.record(Event::on(stranger(&app.keys, &attempt.email)?).action(REFUSED).reason("unknown_address"));
        return Ok(SignIn::Refused);
    };
    if rules::is_locked(&user, cx.now) {
        cx.record(Event::on(subject(&user.id)).action(REFUSED).reason("locked"));
        return Ok(SignIn::Refused);
    }
    // The password may have been changed since it was compared.
    if !attempt.verdict.matches || user.password_hash != attempt.stored {
        count_failure(cx, app, &user, REFUSED)?;
        return Ok(SignIn::Refused);
    }
    if user.state != UserState::Active {
        cx.record(Event::on(subject(&user.id)).action(REFUSED).reason(user.state.as_str()));
        return Ok(SignIn::Refused);
    }

    let roles = db::list_roles(cx.conn, &user.id)?;
    if roles.iter().any(|role| role.is_administrator()) {
        db::sessions::end_sessions(cx.conn, &user.id, Which::All, cx.now, EndReason::Replaced)?;
    }
    let session = begin(cx, app, &user.id, &roles, attempt)?;
    let user = signed_in(cx, app, user, &roles, attempt)?;
    let changes = Changes::default().set("session", &session.id).set("address", &session.address);
    cx.record(Event::on(subject(&user.id)).changes(changes));
    let must_change_password = user.password_due_at.is_some_and(|due| due <= cx.now);
    Ok(SignIn::Opened(Opened { user_id: user.id, session_id: session.id, must_change_password }))
}

fn begin(cx: &mut Cx, app: &App, user: &UserId, roles: &[Role], attempt: &Attempt) -> Result<Session, AppError> {
    let session = Session {
        id: cx.id(),
        user_id: user.clone(),
        address: attempt.address.clone(),
        user_agent: attempt.user_agent.clone(),
        created_at: cx.now,
        last_used_at: cx.now,
        expires_at: rules::session_end(cx.now, cx.now, roles, &app.config.security),
        ended_at: None,
        end_reason: None,
    };
    db::sessions::insert_session(cx.conn, &session)?;
    keep_token(cx, &session.id, &attempt.refresh_token)?;
    Ok(session)
}

fn signed_in(cx: &mut Cx, app: &App, user: User, roles: &[Role], attempt: &Attempt) -> Result<User, AppError> {
    let due = rules::password_due(user.password_set_at, roles, app.config.password.max_age_days);
    let user = User {
        failed_sign_ins: 0,
        locked_until: None,
        last_sign_in_at: Some(cx.now),
        password_due_at: rules::earlier(user.password_due_at, due),
        password_hash: attempt.rehashed.clone().or(user.password_hash),
        ..user
    };
    db::update_user(cx.conn, &user)?;
    Ok(user)
}

#[derive(Serialize, Deserialize)]
pub enum Refresh {
    /// The session goes on with this refresh token.
    Renewed {
        opened: Opened,
        token: String,
    },
    Ended,
}

/// Exchanges a refresh token for its successor. Within the grace a replaced token leads to the same place (two tabs, a lost
/// answer); after it, somebody holds a copy, and the session ends for both.
pub fn refresh_session(cx: &mut Cx, app: &App, token: &str) -> Result<Refresh, AppError> {
    let ended = || AppError::new(Code::SessionEnded);
    let (row, session) = db::sessions::find_token(cx.conn, &hash(token))?.ok_or_else(ended)?;
    let user = db::find_user(cx.conn, &session.user_id)?;
    if !rules::is_alive(&session, cx.now) || user.state != UserState::Active {
        return Err(ended());
    }
    let grace = Duration::seconds(app.config.security.refresh_grace_seconds);
    let chain = Subject::new("session", &session.id);
    let token = match row.used_at {
        None => {
            let successor = app.keys.successor(token)?;
            db::sessions::update_token_used(cx.conn, &row.token_hash, cx.now)?;
            keep_token(cx, &session.id, &successor)?;
            successor
        }
        Some(used_at) if used_at.plus(grace) >= cx.now => newest_after(cx, app, token)?.ok_or_else(ended)?,
        Some(_) => {
            let which = Which::One(&session.id);
            db::sessions::end_sessions(cx.conn, &user.id, which, cx.now, EndReason::TokenReused)?;
            cx.record(Event::on(chain).moved("open", "ended").reason(EndReason::TokenReused.as_str()));
            cx.record(Event::on(subject(&user.id)).action("session.token_reused").changes(closed(&[session.id])));
            return Ok(Refresh::Ended);
        }
    };
    let roles = db::list_roles(cx.conn, &user.id)?;
    let end = rules::session_end(session.created_at, cx.now, &roles, &app.config.security);
    db::sessions::update_session_use(cx.conn, &session.id, cx.now, end)?;
    cx.record(Event::on(chain));
    let must_change_password = user.password_due_at.is_some_and(|due| due <= cx.now);
    let opened = Opened { user_id: user.id, session_id: session.id, must_change_password };
    Ok(Refresh::Renewed { opened, token })
}

/// The token at the end of the chain that `token` began.
fn newest_after(cx: &mut Cx, app: &App, token: &str) -> Result<Option<String>, AppError> {
    let mut token = app.keys.successor(token)?;
    loop {
        match db::sessions::find_token(cx.conn, &hash(&token))? {
            None => return Ok(None),
            Some((row, _)) if row.used_at.is_none() => return Ok(Some(token)),
            Some(_) => token = app.keys.successor(&token)?,
        }
    }
}

pub fn list_sessions(cx: &mut Cx, params: &ListSessionsParams) -> Result<Page<SessionView>, AppError> {
    let (user, current) = own(cx)?;
    sessions_of(cx, &user, &current, params)
}

fn sessions_of(
    cx: &mut Cx,
    user: &UserId,
    current: &SessionId,
    params: &ListSessionsParams,
) -> Result<Page<SessionView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::sessions::list_sessions(cx.conn, user, cx.now, &page)?;
    let total = if page.count { Some(db::sessions::count_sessions(cx.conn, user, cx.now)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |s| s.id.clone(), |s| SessionView::of(s, current)))
}

/// Ends one of the caller's sessions; somebody else's is not found.
pub fn close_session(cx: &mut Cx, id: &SessionId) -> Result<(), AppError> {
    let (user, _) = own(cx)?;
    db::sessions::find_own_session(cx.conn, id, &user, cx.now)?;
    end(cx, &user, Which::One(id), EndReason::SignedOut)
}

pub fn close_current_session(cx: &mut Cx) -> Result<(), AppError> {
    let (_, current) = own(cx)?;
    close_session(cx, &current)
}

/// Signs out everywhere, here too.
pub fn close_all_sessions(cx: &mut Cx) -> Result<(), AppError> {
    let (user, _) = own(cx)?;
    end(cx, &user, Which::All, EndReason::SignedOut)
}

/// Ends sessions and says so on the person's chain.
/// Somebody's sessions that still work, newest first.
pub fn list_user_sessions(
    cx: &mut Cx,
    user: &UserId,
    params: &ListSessionsParams,
) -> Result<Page<SessionView>, AppError> {
    db::find_user(cx.conn, user)?;
    let current = own(cx)?.1;
    sessions_of(cx, user, &current, params)
}

/// Ends one of somebody's sessions.
pub fn close_user_session(cx: &mut Cx, user: &UserId, id: &SessionId) -> Result<(), AppError> {
    db::sessions::find_own_session(cx.conn, id, user, cx.now)?;
    end(cx, user, Which::One(id), EndReason::Closed)
}

/// Signs somebody out everywhere.
pub fn close_user_sessions(cx: &mut Cx, user: &UserId) -> Result<(), AppError> {
    db::find_user(cx.conn, user)?;
    end(cx, user, Which::All, EndReason::Closed)
}

pub(super) fn end(cx: &mut Cx, user: &UserId, which: Which, reason: EndReason) -> Result<(), AppError> {
    let ids = db::sessions::end_sessions(cx.conn, user, which, cx.now, reason)?;
    if !ids.is_empty() {
        cx.record(Event::on(subject(user)).action("session.close").reason(reason.as_str()).changes(closed(&ids)));
    }
    Ok(())
}

fn closed(ids: &[SessionId]) -> Changes {
    Changes::default().set("sessions", ids)
}

fn own(cx: &Cx) -> Result<(UserId, SessionId), AppError> {
    let person = cx.person()?;
    Ok((person.id.clone(), person.session_id.clone()))
}

/// A refresh token for a new session, made before the door is entered.
pub fn fresh_token() -> String {
    hex::encode(random_bytes::<32>())
}

fn keep_token(cx: &mut Cx, session: &SessionId, token: &str) -> Result<(), AppError> {
    let row = RefreshToken { token_hash: hash(token), session_id: session.clone(), created_at: cx.now, used_at: None };
    Ok(db::sessions::insert_token(cx.conn, &row)?)
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}
