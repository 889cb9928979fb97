//! The caller's own account.

use super::subject;
use crate::accounts::model::User;
use crate::accounts::model::bodies::UpdateMeBody;
use crate::accounts::model::views::MeView;
use crate::accounts::{db, rules};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::policy::{Action, Role};
use crate::platform::trail::{Changes, Event};

pub fn show_me(cx: &mut Cx) -> Result<MeView, AppError> {
    let id = cx.person()?.id.clone();
    let user = db::find_user(cx.conn, &id)?;
    view(cx, user)
}

pub fn update_me(cx: &mut Cx, body: &UpdateMeBody) -> Result<MeView, AppError> {
    let person = cx.person()?.clone();
    let before = db::find_user(cx.conn, &person.id)?;
    cx.expect_version(before.version)?;
    let mut faults = Faults::default();
    let mut user = before.clone();
    if let Some(name) = &body.name {
        user.name = rules::checked_name(name, &mut faults);
    }
    match &body.mobile {
        Some(Some(mobile)) => user.mobile = Some(rules::checked_mobile(mobile, &mut faults)),
        // The district has to be able to call who applies.
        Some(None) if person.roles.contains(&Role::Applicant) => faults.plain("/mobile", FieldCode::Required),
        Some(None) => user.mobile = None,
        None => {}
    }
    faults.done()?;
    user.lang = body.lang.unwrap_or(before.lang);
    user.version += 1;
    db::update_user(cx.conn, &user)?;
    let changes = Changes::default()
        .field("name", &before.name, &user.name)
        .secret("mobile", user.id.as_str(), before.mobile.as_deref(), user.mobile.as_deref())
        .field("lang", before.lang, user.lang);
    cx.record(Event::on(subject(&user.id)).changes(changes));
    view(cx, user)
}

fn view(cx: &mut Cx, user: User) -> Result<MeView, AppError> {
    let person = cx.person()?.clone();
    let enterprises = db::list_enterprises_of(cx.conn, &user.id)?;
    let permitted = Action::ALL.iter().filter(|action| cx.may(**action));
    Ok(MeView {
        permitted_actions: permitted.map(|action| action.as_str().to_owned()).collect(),
        id: user.id,
        email: user.email,
        name: user.name,
        mobile: user.mobile,
        lang: user.lang,
        roles: person.roles,
        enterprises,
        must_change_password: person.must_change_password,
        password_due_at: user.password_due_at,
        last_sign_in_at: user.last_sign_in_at,
        version: user.version,
    })
}
