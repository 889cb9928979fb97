//! People, as administrators see them.

use std::collections::BTreeMap;

use super::codes::Fresh;
use super::{passwords, personal, roles, sessions, subject};
use crate::accounts::db;
use crate::accounts::db::sessions::Which;
use crate::accounts::model::bodies::{InviteUserBody, ListUsersParams, SuspendUserBody};
use crate::accounts::model::views::{UserSummary, UserView};
use crate::accounts::model::{EndReason, User};
use crate::accounts::rules::{self, Target};
use crate::app::App;
use crate::error::{AppError, Code, Faults};
use crate::platform::actions::Actions;
use crate::platform::actor::{UserId, UserState};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::{Action, Role};
use crate::platform::text::Lang;
use crate::platform::trail::{Changes, Event};

pub fn list_users(cx: &mut Cx, params: &ListUsersParams) -> Result<Page<UserSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let email = params.email.as_deref().map(rules::normal_email);
    let rows = db::list_users(cx.conn, params, email.as_deref(), &page)?;
    let total = if page.count { Some(db::count_users(cx.conn, params, email.as_deref())?) } else { None };
    let ids: Vec<UserId> = rows.iter().map(|user| user.id.clone()).collect();
    let mut held: BTreeMap<UserId, Vec<Role>> = BTreeMap::new();
    for (user, role) in db::list_roles_of(cx.conn, &ids)? {
        held.entry(user).or_default().push(role);
    }
    let summary = |user: User| {
        let roles = held.remove(&user.id).unwrap_or_default();
        UserSummary::of(user, roles)
    };
    Ok(Page::of(rows, page.limit, total, |user| user.id.clone(), summary))
}

pub fn show_user(cx: &mut Cx, id: &UserId) -> Result<UserView, AppError> {
    let user = db::find_user(cx.conn, id)?;
    let roles = db::list_roles(cx.conn, id)?;
    view(cx, user, roles)
}

/// Makes an account without a password; the person sets it by the code in the mail, and nobody else can.
pub fn invite_user(cx: &mut Cx, app: &App, body: &InviteUserBody, code: &Fresh) -> Result<UserView, AppError> {
    let mut faults = Faults::default();
    let email = rules::checked_email(&body.email, &mut faults);
    let name = rules::checked_name(&body.name, &mut faults);
    faults.done()?;
    let account = NewAccount { email, name, mobile: None, lang: body.lang.unwrap_or(cx.lang), roles: vec![] };
    create_user(cx, app, &account, Credential::Invitation(code))
}

/// An account that somebody with the right to do so makes for a person. Values in normal form.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub mobile: Option<String>,
    pub lang: Lang,
    pub roles: Vec<Role>,
}

#[derive(Clone, Copy)]
pub enum Credential<'a> {
    /// The person is mailed this code and sets the password by it.
    Invitation(&'a Fresh),
    /// A hash of a password the person handed in: the command line and the demo.
    Password(&'a str),
}

pub fn create_user(cx: &mut Cx, app: &App, account: &NewAccount, credential: Credential) -> Result<UserView, AppError> {
    rules::may_hold(&account.roles)?;
    if db::find_user_by_email(cx.conn, &account.email)?.is_some() {
        return Err(AppError::new(Code::AlreadyExists));
    }
    let hash = match credential {
        Credential::Password(hash) => Some(hash.to_owned()),
        Credential::Invitation(_) => None,
    };
    let set_at = hash.as_ref().map(|_| cx.now);
    let user = User {
        id: cx.id(),
        email: account.email.clone(),
        name: account.name.clone(),
        mobile: account.mobile.clone(),
        state: if hash.is_some() { UserState::Active } else { UserState::Invited },
        password_due_at: rules::password_due(set_at, &account.roles, app.config.password.max_age_days),
        password_set_at: set_at,
        password_hash: hash,
        failed_sign_ins: 0,
        locked_until: None,
        lang: account.lang,
        created_at: cx.now,
        last_sign_in_at: None,
        version: 1,
    };
    db::insert_user(cx.conn, &user)?;
    for role in &account.roles {
        roles::grant(cx, &user.id, *role)?;
    }
    let held = db::list_roles(cx.conn, &user.id)?;
    let changes = personal(Changes::default(), &user).set("name", &user.name).set("roles", &held);
    cx.record(Event::on(subject(&user.id)).to(user.state).changes(changes));
    match credential {
        Credential::Password(hash) => passwords::remember(cx, app, &user, hash)?,
        Credential::Invitation(code) => passwords::mail_invitation(cx, app, &user, code)?,
    }
    view(cx, user, held)
}

/// The person can no longer do anything; open sessions end.
pub fn suspend_user(cx: &mut Cx, id: &UserId, body: &SuspendUserBody) -> Result<UserView, AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, 500);
    let user = db::find_user(cx.conn, id)?;
    faults.done()?;
    let held = db::list_roles(cx.conn, id)?;
    rules::may_suspend(&target(cx, &user, &held)?, cx.actor.user_id())?;
    let suspended = move_to(cx, user, UserState::Suspended, Some(body.reason.trim()))?;
    sessions::end(cx, id, Which::All, EndReason::Suspended)?;
    view(cx, suspended, held)
}

pub fn reinstate_user(cx: &mut Cx, id: &UserId) -> Result<UserView, AppError> {
    let user = db::find_user(cx.conn, id)?;
    let held = db::list_roles(cx.conn, id)?;
    rules::may_reinstate(&target(cx, &user, &held)?, cx.actor.user_id())?;
    let state = rules::state_after_suspension(&user);
    let user = move_to(cx, user, state, None)?;
    view(cx, user, held)
}

fn move_to(cx: &mut Cx, user: User, state: UserState, reason: Option<&str>) -> Result<User, AppError> {
    let moved = User { state, version: user.version + 1, ..user.clone() };
    db::update_user(cx.conn, &moved)?;
    let event = Event::on(subject(&user.id)).moved(user.state, state);
    cx.record(match reason {
        Some(reason) => event.reason(reason),
        None => event,
    });
    Ok(moved)
}

pub(super) fn target<'a>(cx: &mut Cx, user: &'a User, roles: &'a [Role]) -> Result<Target<'a>, AppError> {
    let other_security_admins =
        if roles.contains(&Role::SecurityAdmin) { db::count_other_security_admins(cx.conn, &user.id)? } else { 0 };
    Ok(Target { user, roles, other_security_admins })
}

pub(super) fn view(cx: &mut Cx, user: User, roles: Vec<Role>) -> Result<UserView, AppError> {
    let target = target(cx, &user, &roles)?;
    let actor = cx.actor.user_id();
    let (roles_href, suspension) =
        (format!("/api/v1/users/{}/roles", user.id), format!("/api/v1/users/{}/suspension", user.id));
    let actions = Actions::of(cx)
        .add(Action::RoleGrant, "PUT", roles_href, rules::may_be_granted(&target, actor))
        .add(Action::UserSuspend, "POST", suspension.clone(), rules::may_suspend(&target, actor))
        .add(Action::UserReinstate, "DELETE", suspension, rules::may_reinstate(&target, actor))
        .list();
    Ok(UserView {
        id: user.id,
        email: user.email,
        name: user.name,
        state: user.state,
        roles,
        lang: user.lang,
        locked_until: user.locked_until.filter(|until| *until > cx.now),
        created_at: user.created_at,
        last_sign_in_at: user.last_sign_in_at,
        version: user.version,
        actions,
    })
}
