//! The use cases, by what a person wants.
//!
//! What must be made before the door is entered (hashes, codes, tokens) is handed in. A refusal that has to leave a trace (a
//! counted failure, an ended session) is an `Ok` outcome, so that the transaction commits; `http` turns it into the answer.

pub mod codes;
pub mod me;
pub mod passwords;
pub mod registration;
pub mod roles;
pub mod sessions;
pub mod users;

use super::model::User;
use super::{db, rules};
use crate::app::App;
use crate::error::AppError;
use crate::platform::actor::{UserId, UserState};
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;
use crate::platform::mail::{self, MailOrder};
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Stamp;

/// The chain of an account.
pub fn subject(user: &UserId) -> Subject {
    Subject::new("user", user)
}

/// The chain of an address nobody holds: attempts on it can be followed, the address cannot be read.
fn stranger(keys: &KeyRing, email: &str) -> Result<Subject, AppError> {
    Ok(Subject::new("address", keys.digest("address", email)?))
}

/// Deletes codes that died a day ago, and sessions that ended before `old`.
pub fn forget_old(cx: &mut Cx, old: Stamp) -> Result<(), AppError> {
    db::codes::delete_codes(cx.conn, cx.now.minus(chrono::Duration::days(1)))?;
    Ok(db::sessions::delete_sessions(cx.conn, old)?)
}

fn personal(changes: Changes, user: &User) -> Changes {
    let salt = user.id.as_str();
    changes.secret("email", salt, None, Some(&user.email)).secret("mobile", salt, None, user.mobile.as_deref())
}

/// Mails the person about their own account.
fn write_to(cx: &mut Cx, app: &App, user: &User, template: &str, values: serde_json::Value) -> Result<(), AppError> {
    let mut values = values;
    values["name"] = user.name.as_str().into();
    values["site"] = app.config.server.public_url.as_str().into();
    mail::queue(cx, &MailOrder { to: &user.email, template, lang: user.lang, values })?;
    Ok(())
}

/// Counts a wrong password against the account; the last one of a row locks it.
fn count_failure(cx: &mut Cx, app: &App, user: &User, action: &'static str) -> Result<(), AppError> {
    let (failed_sign_ins, lock) = rules::after_failure(user.failed_sign_ins, cx.now, &app.config.password);
    let locked_until = lock.or(user.locked_until);
    db::update_user(cx.conn, &User { failed_sign_ins, locked_until, ..user.clone() })?;
    cx.record(Event::on(subject(&user.id)).action(action).reason("wrong_password"));
    if let Some(until) = lock {
        cx.record(
            Event::on(subject(&user.id)).action("user.lock").changes(Changes::default().set("locked_until", until)),
        );
        if user.state == UserState::Active {
            let values = serde_json::json!({ "minutes": app.config.password.lock_minutes });
            write_to(cx, app, user, "account_locked", values)?;
        }
    }
    Ok(())
}
