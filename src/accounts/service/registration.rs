//! A person registers for an enterprise, and proves the e-mail address.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::codes::{self, Fresh};
use super::{passwords, personal, roles, stranger, subject, write_to};
use crate::accounts::db;
use crate::accounts::model::views::{AcceptedView, ConfirmedView};
use crate::accounts::model::{CodePurpose, Consent, PendingRegistration, User};
use crate::accounts::rules::Registration;
use crate::app::App;
use crate::enterprises::rules::credit_code::CreditCode;
use crate::enterprises::service::registration::{Attachment, attach_applicant};
use crate::error::AppError;
use crate::platform::actor::{UserId, UserState};
use crate::platform::door::Cx;
use crate::platform::policy::Role;
use crate::platform::text::Lang;
use crate::platform::trail::{Changes, Event};

/// Whoever registers is told the same, and a mail says what became of it: a code for a new address, a hint to the owner of a
/// known one. Registering again before confirming replaces what was said before, and the older code with it.
pub fn register(
    cx: &mut Cx,
    app: &App,
    input: &Registration,
    lang: Lang,
    password_hash: &str,
    code: &Fresh,
) -> Result<AcceptedView, AppError> {
    match db::find_user_by_email(cx.conn, &input.email)? {
        None => {
            let user = User {
                id: cx.id(),
                email: input.email.clone(),
                name: input.name.clone(),
                mobile: Some(input.mobile.clone()),
                state: UserState::Unconfirmed,
                password_hash: Some(password_hash.to_owned()),
                password_set_at: Some(cx.now),
                password_due_at: None,
                failed_sign_ins: 0,
                locked_until: None,
                lang,
                created_at: cx.now,
                last_sign_in_at: None,
                version: 1,
            };
            db::insert_user(cx.conn, &user)?;
            let changes = personal(Changes::default(), &user);
            await_confirmation(cx, app, &user, input, changes, code)?;
        }
        Some(known) if known.state == UserState::Unconfirmed => {
            let user = User {
                name: input.name.clone(),
                mobile: Some(input.mobile.clone()),
                password_hash: Some(password_hash.to_owned()),
                password_set_at: Some(cx.now),
                lang,
                ..known.clone()
            };
            db::update_user(cx.conn, &user)?;
            let salt = user.id.as_str();
            let changes = Changes::default().secret("mobile", salt, known.mobile.as_deref(), user.mobile.as_deref());
            await_confirmation(cx, app, &user, input, changes, code)?;
        }
        Some(owner) => {
            cx.record(Event::on(subject(&owner.id)).reason("address_is_taken"));
            write_to(cx, app, &owner, "account_exists", json!({}))?;
        }
    }
    Ok(AcceptedView { next: "email_confirmation".into() })
}

fn await_confirmation(
    cx: &mut Cx,
    app: &App,
    user: &User,
    input: &Registration,
    changes: Changes,
    code: &Fresh,
) -> Result<(), AppError> {
    let consent = Consent {
        id: cx.id(),
        user_id: user.id.clone(),
        notice_version: input.notice_version.clone(),
        given_at: cx.now,
    };
    db::insert_consent(cx.conn, &consent)?;
    let pending = PendingRegistration {
        user_id: user.id.clone(),
        credit_code: input.credit_code.as_str().to_owned(),
        enterprise_name: input.enterprise_name.clone(),
        created_at: cx.now,
    };
    db::put_registration(cx.conn, &pending)?;
    let changes = changes.set("credit_code", &pending.credit_code).set("notice_version", &consent.notice_version);
    cx.record(Event::on(subject(&user.id)).to(user.state).changes(changes));
    let minutes = app.config.security.code_minutes;
    let purpose = CodePurpose::ConfirmEmail;
    if codes::issue(cx, &app.keys, &user.id, purpose, code, Duration::minutes(minutes))? {
        // The credit code is named, and nothing that somebody else could have worded.
        let values = json!({ "code": code.of(purpose), "minutes": minutes, "credit_code": pending.credit_code });
        write_to(cx, app, user, "confirm_email", values)?;
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
pub enum Confirmation {
    Confirmed(ConfirmedView),
    Rejected,
}

/// The address is the person's: they become an applicant, tied to the enterprise they registered for.
pub fn confirm_email(cx: &mut Cx, app: &App, email: &str, code: &str) -> Result<Confirmation, AppError> {
    let user = db::find_user_by_email(cx.conn, email)?.filter(|user| user.state == UserState::Unconfirmed);
    let Some(user) = user else {
        cx.record(Event::on(stranger(&app.keys, email)?).reason("nobody_waits"));
        return Ok(Confirmation::Rejected);
    };
    if !codes::redeem(cx, &app.keys, &user.id, CodePurpose::ConfirmEmail, code)? {
        cx.record(Event::on(subject(&user.id)).reason("wrong_code"));
        return Ok(Confirmation::Rejected);
    }
    let pending = db::find_registration(cx.conn, &user.id)?
        .ok_or_else(|| AppError::internal("an unconfirmed person registered for nothing"))?;
    let active = User { state: UserState::Active, version: user.version + 1, ..user.clone() };
    db::update_user(cx.conn, &active)?;
    if let Some(hash) = &active.password_hash {
        passwords::remember(cx, app, &active, hash)?;
    }
    roles::grant(cx, &user.id, Role::Applicant)?;
    cx.record(Event::on(subject(&user.id)).moved(user.state, active.state));
    let enterprise = attach(cx, &user.id, &pending)?;
    db::delete_registration(cx.conn, &user.id)?;
    let (attachment, enterprise_id) = match enterprise {
        Attachment::Owner(id) => ("owner", id),
        Attachment::Claim(id) => ("claim", id),
    };
    Ok(Confirmation::Confirmed(ConfirmedView { user_id: user.id, enterprise_id, attachment: attachment.into() }))
}

fn attach(cx: &mut Cx, user: &UserId, pending: &PendingRegistration) -> Result<Attachment, AppError> {
    let code = CreditCode::parse(&pending.credit_code).map_err(|fault| AppError::internal(fault.code()))?;
    attach_applicant(cx, user, &code, &pending.enterprise_name)
}
