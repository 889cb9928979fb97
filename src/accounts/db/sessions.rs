use diesel::prelude::*;

use crate::accounts::model::{EndReason, RefreshToken, Session};
use crate::platform::actor::{SessionId, UserId};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::types::Stamp;
use crate::schema::{refresh_tokens, sessions};

type Boxed<'a> = sessions::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// The person's sessions that still work.
fn alive(user: &UserId, now: Stamp) -> Boxed<'_> {
    sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .into_boxed()
}

/// Newest first.
pub fn list_sessions(
    conn: &mut Conn,
    user: &UserId,
    now: Stamp,
    page: &PageRequest<SessionId>,
) -> QueryResult<Vec<Session>> {
    let mut query = alive(user, now);
    if let Some(after) = &page.after {
        query = query.filter(sessions::id.lt(after));
    }
    query.order(sessions::id.desc()).limit(page.fetch()).select(Session::as_select()).load(conn)
}

pub fn count_sessions(conn: &mut Conn, user: &UserId, now: Stamp) -> QueryResult<i64> {
    alive(user, now).count().get_result(conn)
}

pub fn find_own_session(conn: &mut Conn, id: &SessionId, user: &UserId, now: Stamp) -> QueryResult<Session> {
    alive(user, now).filter(sessions::id.eq(id)).select(Session::as_select()).first(conn)
}

pub fn insert_session(conn: &mut Conn, session: &Session) -> QueryResult<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn).map(drop)
}

pub fn update_session_use(conn: &mut Conn, id: &SessionId, now: Stamp, expires_at: Stamp) -> QueryResult<()> {
    diesel::update(sessions::table.find(id))
        .set((sessions::last_used_at.eq(now), sessions::expires_at.eq(expires_at)))
        .execute(conn)
        .map(drop)
}

/// Ends the sessions of `user`: only `which`, or all but `except`. Returns those that were still alive.
pub fn end_sessions(
    conn: &mut Conn,
    user: &UserId,
    which: Which,
    now: Stamp,
    reason: EndReason,
) -> QueryResult<Vec<SessionId>> {
    let mut query = alive(user, now);
    query = match which {
        Which::One(id) => query.filter(sessions::id.eq(id)),
        Which::AllBut(id) => query.filter(sessions::id.ne(id)),
        Which::All => query,
    };
    let ids: Vec<SessionId> = query.select(sessions::id).order(sessions::id).load(conn)?;
    diesel::update(sessions::table.filter(sessions::id.eq_any(&ids)))
        .set((sessions::ended_at.eq(Some(now)), sessions::end_reason.eq(Some(reason))))
        .execute(conn)?;
    Ok(ids)
}

#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    One(&'a SessionId),
    AllBut(&'a SessionId),
    All,
}

pub fn insert_token(conn: &mut Conn, token: &RefreshToken) -> QueryResult<()> {
    diesel::insert_into(refresh_tokens::table).values(token).execute(conn).map(drop)
}

pub fn find_token(conn: &mut Conn, hash: &str) -> QueryResult<Option<(RefreshToken, Session)>> {
    refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::token_hash.eq(hash))
        .select((RefreshToken::as_select(), Session::as_select()))
        .first(conn)
        .optional()
}

pub fn update_token_used(conn: &mut Conn, hash: &str, now: Stamp) -> QueryResult<()> {
    diesel::update(refresh_tokens::table.find(hash)).set(refresh_tokens::used_at.eq(Some(now))).execute(conn).map(drop)
}

/// Sessions whose last possible use lies before `old`, with their tokens. An ended session has such a moment too.
pub fn delete_sessions(conn: &mut Conn, old: Stamp) -> QueryResult<()> {
    let dead = sessions::table.filter(sessions::expires_at.lt(old)).select(sessions::id);
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(dead))).execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(old))).execute(conn).map(drop)
}
