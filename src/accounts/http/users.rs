use actix_web::web::{Data, Path};
use actix_web::{delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::model::bodies::{
    InviteUserBody, ListSessionsParams, ListUsersParams, SetRolesBody, SuspendUserBody,
};
use crate::accounts::model::views::{SessionView, UserSummary, UserView};
use crate::accounts::service::codes::Fresh;
use crate::accounts::service::{roles, sessions, users};
use crate::app::App;
use crate::platform::actor::{Caller, SessionId, UserId};
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_users)
        .service(show_user)
        .service(invite_user)
        .service(suspend_user)
        .service(reinstate_user)
        .service(set_roles)
        .service(list_user_sessions)
        .service(close_user_session)
        .service(close_user_sessions);
}

/// People with an account, newest first.
#[utoipa::path(tag = "users", params(ListUsersParams), responses((status = 200, body = Page<UserSummary>)))]
#[get("/users")]
async fn list_users(app: Data<App>, caller: Caller, params: Params<ListUsersParams>) -> Answer {
    let page = app.look(&caller, Action::UserList, move |cx| users::list_users(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// One person.
#[utoipa::path(tag = "users", params(("id" = UserId, Path)), responses((status = 200, body = UserView)))]
#[get("/users/{id}")]
async fn show_user(app: Data<App>, caller: Caller, id: Path<UserId>) -> Answer {
    let view = app.look(&caller, Action::UserView, move |cx| users::show_user(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Invite a member of staff by mail. They set the password themselves; a security administrator grants roles.
#[utoipa::path(tag = "users", request_body = InviteUserBody, responses((status = 201, body = UserView)))]
#[post("/users")]
async fn invite_user(app: Data<App>, caller: Caller, body: Body<InviteUserBody>) -> Answer {
    let (inner, code) = (app.clone(), Fresh::make());
    let invite = move |cx: &mut Cx| users::invite_user(cx, &inner, body.get()?, &code);
    let view = app.act(&caller, Action::UserInvite, invite).await?;
    Ok(reply::created(format!("/api/v1/users/{}", view.id), view.version, &view))
}

/// Suspend a person, with a reason; their sessions end.
#[utoipa::path(
    tag = "users", params(("id" = UserId, Path)), request_body = SuspendUserBody, responses((status = 200, body = UserView))
)]
#[post("/users/{id}/suspension")]
async fn suspend_user(app: Data<App>, caller: Caller, id: Path<UserId>, body: Body<SuspendUserBody>) -> Answer {
    let suspend = move |cx: &mut Cx| users::suspend_user(cx, &id, body.get()?);
    let view = app.act(&caller, Action::UserSuspend, suspend).await?;
    Ok(reply::versioned(view.version, &view))
}

/// End a suspension.
#[utoipa::path(tag = "users", params(("id" = UserId, Path)), responses((status = 200, body = UserView)))]
#[delete("/users/{id}/suspension")]
async fn reinstate_user(app: Data<App>, caller: Caller, id: Path<UserId>) -> Answer {
    let view = app.act(&caller, Action::UserReinstate, move |cx| users::reinstate_user(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Set the roles of somebody else. The three administrators exclude one another and hold no business role beside.
#[utoipa::path(
    tag = "users", params(("id" = UserId, Path)), request_body = SetRolesBody, responses((status = 200, body = UserView))
)]
#[put("/users/{id}/roles")]
async fn set_roles(app: Data<App>, caller: Caller, id: Path<UserId>, body: Body<SetRolesBody>) -> Answer {
    let inner = app.clone();
    let set = move |cx: &mut Cx| roles::set_roles(cx, &inner, &id, body.get()?);
    let view = app.act(&caller, Action::RoleGrant, set).await?;
    Ok(reply::versioned(view.version, &view))
}

/// A person's sessions that still work, newest first.
#[utoipa::path(
    tag = "users", params(("id" = UserId, Path), ListSessionsParams), responses((status = 200, body = Page<SessionView>))
)]
#[get("/users/{id}/sessions")]
async fn list_user_sessions(
    app: Data<App>,
    caller: Caller,
    id: Path<UserId>,
    params: Params<ListSessionsParams>,
) -> Answer {
    let list = move |cx: &mut Cx| sessions::list_user_sessions(cx, &id, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::UserSessionList, list).await?))
}

/// End one of a person's sessions, for example on a lost device.
#[utoipa::path(tag = "users", params(("id" = UserId, Path), ("session_id" = SessionId, Path)), responses((status = 204)))]
#[delete("/users/{id}/sessions/{session_id}")]
async fn close_user_session(app: Data<App>, caller: Caller, path: Path<(UserId, SessionId)>) -> Answer {
    let close = move |cx: &mut Cx| sessions::close_user_session(cx, &path.0, &path.1);
    app.act(&caller, Action::UserSessionClose, close).await?;
    Ok(reply::no_content())
}

/// Sign a person out everywhere.
#[utoipa::path(tag = "users", params(("id" = UserId, Path)), responses((status = 204)))]
#[delete("/users/{id}/sessions")]
async fn close_user_sessions(app: Data<App>, caller: Caller, id: Path<UserId>) -> Answer {
    app.act(&caller, Action::UserSessionClose, move |cx| sessions::close_user_sessions(cx, &id)).await?;
    Ok(reply::no_content())
}
