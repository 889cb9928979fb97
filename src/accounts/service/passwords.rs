//! Changing a password, and setting one by a mailed code.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::codes::{self, Fresh};
use super::{count_failure, sessions, stranger, subject, write_to};
use crate::accounts::db::sessions::Which;
use crate::accounts::model::views::AcceptedView;
use crate::accounts::model::{CodePurpose, EndReason, User};
use crate::accounts::{db, rules};
use crate::app::App;
use crate::error::AppError;
use crate::platform::actor::UserState;
use crate::platform::door::Cx;
use crate::platform::trail::Event;

/// What a new password is compared with, outside the door.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub email: String,
    pub name: String,
    pub stored: Option<String>,
    /// Hashes of passwords that may not come back.
    pub used: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub enum Change {
    Done,
    /// The present password, or the mailed code, was not the right one.
    Refused,
}

pub fn own_credentials(cx: &mut Cx, app: &App) -> Result<Credentials, AppError> {
    let id = cx.person()?.id.clone();
    let user = db::find_user(cx.conn, &id)?;
    credentials(cx, app, user)
}

/// `stored` is the hash the present password was compared with, `matches` how that ended. Other sessions of the person end.
pub fn change_password(
    cx: &mut Cx,
    app: &App,
    stored: Option<&str>,
    matches: bool,
    new_hash: &str,
) -> Result<Change, AppError> {
    let (id, current) = {
        let person = cx.person()?;
        (person.id.clone(), person.session_id.clone())
    };
    let user = db::find_user(cx.conn, &id)?;
    // A stolen access token must not be a way to guess the password without limit.
    if rules::is_locked(&user, cx.now) {
        cx.record(Event::on(subject(&id)).action("password.refuse").reason("locked"));
        return Ok(Change::Refused);
    }
    if !matches || user.password_hash.as_deref() != stored {
        count_failure(cx, app, &user, "password.refuse")?;
        return Ok(Change::Refused);
    }
    set_password(cx, app, user, new_hash)?;
    sessions::end(cx, &id, Which::AllBut(&current), EndReason::PasswordChanged)?;
    Ok(Change::Done)
}

/// Mails a code to whoever may set a password by it: the owner of the address, or somebody invited whose code is gone. Everybody
/// else is told the same.
pub fn ask_password_reset(cx: &mut Cx, app: &App, email: &str, code: &Fresh) -> Result<AcceptedView, AppError> {
    match db::find_user_by_email(cx.conn, email)? {
        None => cx.record(Event::on(stranger(&app.keys, email)?).reason("unknown_address")),
        Some(user) => {
            cx.record(Event::on(subject(&user.id)));
            match rules::password_code_purpose(user.state) {
                Some(CodePurpose::AcceptInvitation) => mail_invitation(cx, app, &user, code)?,
                Some(purpose) => {
                    let minutes = app.config.security.code_minutes;
                    if codes::issue(cx, &app.keys, &user.id, purpose, code, Duration::minutes(minutes))? {
                        let values = json!({ "code": code.of(purpose), "minutes": minutes });
                        write_to(cx, app, &user, "password_reset", values)?;
                    }
                }
                None => {}
            }
        }
    }
    Ok(AcceptedView { next: "password_reset_confirmation".into() })
}

pub(super) fn mail_invitation(cx: &mut Cx, app: &App, user: &User, code: &Fresh) -> Result<(), AppError> {
    let days = app.config.security.invitation_days;
    let purpose = CodePurpose::AcceptInvitation;
    if codes::issue(cx, &app.keys, &user.id, purpose, code, Duration::days(days))? {
        write_to(cx, app, user, "invitation", json!({ "code": code.of(purpose), "days": days }))?;
    }
    Ok(())
}

/// What to compare the new password with, if the code is right; asked before anything is hashed for a stranger.
pub fn reset_credentials(cx: &mut Cx, app: &App, email: &str, code: &str) -> Result<Option<Credentials>, AppError> {
    let Some(user) = db::find_user_by_email(cx.conn, email)? else { return Ok(None) };
    let Some(purpose) = rules::password_code_purpose(user.state) else { return Ok(None) };
    if !codes::is_right(cx, &app.keys, &user.id, purpose, code)? {
        return Ok(None);
    }
    credentials(cx, app, user).map(Some)
}

/// Sets the password by a mailed code; `new_hash` is absent when the code was wrong already before hashing. An invited person
/// becomes active by it; a lock is lifted, and every session ends.
pub fn reset_password(
    cx: &mut Cx,
    app: &App,
    email: &str,
    code: &str,
    new_hash: Option<&str>,
) -> Result<Change, AppError> {
    let Some(user) = db::find_user_by_email(cx.conn, email)? else {
        cx.record(Event::on(stranger(&app.keys, email)?).reason("unknown_address"));
        return Ok(Change::Refused);
    };
    let redeemed = match rules::password_code_purpose(user.state) {
        Some(purpose) => codes::redeem(cx, &app.keys, &user.id, purpose, code)?,
        None => false,
    };
    let Some(new_hash) = new_hash.filter(|_| redeemed) else {
        cx.record(Event::on(subject(&user.id)).action("password.refuse").reason("wrong_code"));
        return Ok(Change::Refused);
    };
    let id = user.id.clone();
    set_password(cx, app, User { failed_sign_ins: 0, locked_until: None, ..user }, new_hash)?;
    sessions::end(cx, &id, Which::All, EndReason::PasswordChanged)?;
    Ok(Change::Done)
}

fn set_password(cx: &mut Cx, app: &App, user: User, new_hash: &str) -> Result<(), AppError> {
    let roles = db::list_roles(cx.conn, &user.id)?;
    let before = user.state;
    let user = User {
        state: UserState::Active,
        password_hash: Some(new_hash.to_owned()),
        password_set_at: Some(cx.now),
        password_due_at: rules::password_due(Some(cx.now), &roles, app.config.password.max_age_days),
        ..user
    };
    db::update_user(cx.conn, &user)?;
    remember(cx, app, &user, new_hash)?;
    let event = Event::on(subject(&user.id));
    cx.record(if before == user.state { event } else { event.moved(before, user.state) });
    if before == UserState::Active {
        write_to(cx, app, &user, "password_changed", json!({}))?;
    }
    Ok(())
}

/// Puts a password that was just set into the history.
pub(super) fn remember(cx: &mut Cx, app: &App, user: &User, hash: &str) -> Result<(), AppError> {
    let id = cx.id();
    Ok(db::insert_used_password(cx.conn, id, &user.id, hash, cx.now, app.config.password.history)?)
}

fn credentials(cx: &mut Cx, app: &App, user: User) -> Result<Credentials, AppError> {
    let used = db::list_used_passwords(cx.conn, &user.id, app.config.password.history)?;
    Ok(Credentials { email: user.email, name: user.name, stored: user.password_hash, used })
}
