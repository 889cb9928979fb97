//! Who is asking: first what a request claims (`Caller`), then who that turned out to be (`Actor`).

use diesel::prelude::*;

use super::conn::Conn;
use super::policy::Role;
use super::text::Lang;
use super::types::Stamp;
use crate::error::{AppError, Code};
use crate::schema::{role_grants, sessions, users};
use crate::{id_type, text_enum};

id_type!(UserId, SessionId);

text_enum! {
    /// `unconfirmed` until the e-mail code came back; `invited` until the person set a password.
    pub enum UserState {
        Unconfirmed = "unconfirmed",
        Invited = "invited",
        Active = "active",
        Suspended = "suspended",
    }
}

/// A request before the database was asked: everything the door needs to know about it.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The verified content of the access token, if one was sent.
    pub token: Option<TokenClaims>,
    pub request_id: String,
    /// When the request head arrived, by the server's clock: deadlines are judged by this.
    pub arrived_at: Stamp,
    pub lang: Lang,
    pub address: String,
    pub if_match: Option<i64>,
    pub idempotency: Option<Idempotency>,
}

#[derive(Debug, Clone)]
pub struct TokenClaims {
    pub user_id: UserId,
    pub session_id: SessionId,
}

impl Caller {
    /// The worker and the command line: no request stands behind them.
    pub fn system(now: Stamp) -> Self {
        Self {
            token: None,
            request_id: String::new(),
            arrived_at: now,
            lang: Lang::default(),
            address: String::new(),
            if_match: None,
            idempotency: None,
        }
    }
}

/// The Idempotency-Key of a request with the digest of method, path and body it came with.
#[derive(Debug, Clone)]
pub struct Idempotency {
    pub key: String,
    pub digest: String,
}

#[derive(Debug, Clone)]
pub enum Actor {
    Anonymous,
    Person(Person),
    /// The worker or the command line, by the name of the job.
    System(&'static str),
}

#[derive(Debug, Clone)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub session_id: SessionId,
    pub roles: Vec<Role>,
    /// Set on a forced change (first sign-in, age): until then only the account itself can be worked on.
    pub must_change_password: bool,
}

impl Actor {
    pub fn roles(&self) -> &[Role] {
        match self {
            Actor::Person(p) => &p.roles,
            Actor::Anonymous | Actor::System(_) => &[],
        }
    }
    pub fn user_id(&self) -> Option<&UserId> {
        match self {
            Actor::Person(p) => Some(&p.id),
            Actor::Anonymous | Actor::System(_) => None,
        }
    }
    /// For the audit trail and the request log: an id, never a name.
    pub fn label(&self) -> String {
        match self {
            Actor::Anonymous => "anonymous".into(),
            Actor::Person(p) => p.id.to_string(),
            Actor::System(job) => format!("system:{job}"),
        }
    }
}

/// Loads the person behind a token. Roles come from the database at every request: a token never carries them.
pub fn identify(conn: &mut Conn, caller: &Caller, now: Stamp) -> Result<Actor, AppError> {
    let Some(token) = &caller.token else { return Ok(Actor::Anonymous) };
    let row: Option<(String, UserState, Option<Stamp>)> = sessions::table
        .inner_join(users::table)
        .filter(sessions::id.eq(&token.session_id))
        .filter(sessions::user_id.eq(&token.user_id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select((users::name, users::state, users::password_due_at))
        .first(conn)
        .optional()?;
    let Some((name, UserState::Active, password_due_at)) = row else {
        return Err(AppError::new(Code::SessionEnded));
    };
    let roles = role_grants::table
        .filter(role_grants::user_id.eq(&token.user_id))
        .select(role_grants::role)
        .order(role_grants::role)
        .load(conn)?;
    Ok(Actor::Person(Person {
        id: token.user_id.clone(),
        name,
        session_id: token.session_id.clone(),
        roles,
        must_change_password: password_due_at.is_some_and(|due| due <= now),
    }))
}
