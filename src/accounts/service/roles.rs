//! Who holds which role: granted by security administrators only.

use super::{subject, users};
use crate::accounts::model::bodies::SetRolesBody;
use crate::accounts::model::views::UserView;
use crate::accounts::model::{RoleGrant, User};
use crate::accounts::{db, rules};
use crate::app::App;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::policy::Role;
use crate::platform::trail::{Changes, Event};

/// Replaces the roles of a person. Roles are loaded at every request, so this counts at once, in open sessions too.
pub fn set_roles(cx: &mut Cx, app: &App, id: &UserId, body: &SetRolesBody) -> Result<UserView, AppError> {
    let user = db::find_user(cx.conn, id)?;
    cx.expect_version(user.version)?;
    let mut faults = Faults::default();
    for (i, role) in body.roles.iter().enumerate() {
        if body.roles[..i].contains(role) {
            faults.plain(format!("/roles/{i}"), FieldCode::Duplicate);
        }
    }
    faults.done()?;
    let held = db::list_roles(cx.conn, id)?;
    let target = users::target(cx, &user, &held)?;
    rules::may_set_roles(&target, cx.actor.user_id(), &body.roles)?;

    for gone in held.iter().filter(|role| !body.roles.contains(role)) {
        db::delete_role(cx.conn, id, *gone)?;
    }
    for new in body.roles.iter().filter(|role| !held.contains(role)) {
        grant(cx, id, *new)?;
    }
    let roles = db::list_roles(cx.conn, id)?;
    let due = rules::password_due(user.password_set_at, &roles, app.config.password.max_age_days);
    let password_due_at = rules::earlier(user.password_due_at, due);
    let user = User { password_due_at, version: user.version + 1, ..user };
    db::update_user(cx.conn, &user)?;
    cx.record(Event::on(subject(id)).changes(Changes::default().field("roles", &held, &roles)));
    users::view(cx, user, roles)
}

/// Adds a role the person does not hold yet; the caller records it.
pub(super) fn grant(cx: &mut Cx, user: &UserId, role: Role) -> Result<(), AppError> {
    let grant = RoleGrant { user_id: user.clone(), role, granted_by: cx.actor.label(), granted_at: cx.now };
    Ok(db::insert_role(cx.conn, &grant)?)
}
