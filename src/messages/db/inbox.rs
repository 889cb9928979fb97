use diesel::prelude::*;

use crate::each;
use crate::messages::model::inbox::{ListMessagesParams, MailStep, Message, MessageId, Preferences};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::types::Stamp;
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::schema::{message_preferences as preferences, messages};

type Boxed<'a> = messages::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// A person's own inbox, without the cases they have come to be in conflict with.
fn visible(me: &UserId) -> Boxed<'_> {
    let foreign = messages::own.eq(true).or(messages::enterprise_id.is_null());
    let said = conflicted_enterprises(me);
    let acts = member_enterprises(me);
    messages::table
        .filter(messages::user_id.eq(me))
        .filter(
            foreign.or(messages::enterprise_id
                .assume_not_null()
                .ne_all(said)
                .and(messages::enterprise_id.assume_not_null().ne_all(acts))),
        )
        .into_boxed()
}

fn filtered<'a>(me: &'a UserId, params: &ListMessagesParams) -> Boxed<'a> {
    let query = visible(me);
    match params.unread {
        Some(true) => query.filter(messages::read_at.is_null()),
        Some(false) => query.filter(messages::read_at.is_not_null()),
        None => query,
    }
}

/// Newest first.
pub fn list_messages(
    conn: &mut Conn,
    me: &UserId,
    params: &ListMessagesParams,
    page: &PageRequest<MessageId>,
) -> QueryResult<Vec<Message>> {
    let mut query = filtered(me, params);
    if let Some(after) = &page.after {
        query = query.filter(messages::id.lt(after));
    }
    query.order(messages::id.desc()).limit(page.fetch()).select(Message::as_select()).load(conn)
}

pub fn count_messages(conn: &mut Conn, me: &UserId, params: &ListMessagesParams) -> QueryResult<i64> {
    filtered(me, params).count().get_result(conn)
}

pub fn find_message(conn: &mut Conn, me: &UserId, id: &MessageId) -> QueryResult<Message> {
    visible(me).filter(messages::id.eq(id)).select(Message::as_select()).first(conn)
}

pub fn update_to_read(conn: &mut Conn, id: &MessageId, now: Stamp) -> QueryResult<()> {
    diesel::update(messages::table.find(id)).set(messages::read_at.eq(now)).execute(conn).map(drop)
}

/// What is unread up to and including `up_to`; answers with how many that were.
pub fn update_all_to_read(conn: &mut Conn, me: &UserId, up_to: Option<&MessageId>, now: Stamp) -> QueryResult<usize> {
    let mine = messages::table.filter(messages::user_id.eq(me)).filter(messages::read_at.is_null());
    match up_to {
        Some(id) => diesel::update(mine.filter(messages::id.le(id))).set(messages::read_at.eq(now)).execute(conn),
        None => diesel::update(mine).set(messages::read_at.eq(now)).execute(conn),
    }
}

pub fn insert_messages(conn: &mut Conn, rows: &[Message]) -> QueryResult<()> {
    // SQLite takes 32,766 values in one statement.
    for piece in rows.chunks(1_000) {
        each!(&mut *conn, c => diesel::insert_into(messages::table).values(piece).execute(c))?;
    }
    Ok(())
}

/// Those of these occasions that have been told already.
pub fn list_told(conn: &mut Conn, occasions: &[String]) -> QueryResult<Vec<Option<String>>> {
    messages::table.filter(messages::occasion.eq_any(occasions)).select(messages::occasion).load(conn)
}

/// Oldest first.
pub fn list_to_mail(conn: &mut Conn, step: MailStep, at_most: i64) -> QueryResult<Vec<Message>> {
    messages::table
        .filter(messages::mailing.eq(step))
        .order(messages::id)
        .limit(at_most)
        .select(Message::as_select())
        .load(conn)
}

/// What waits for one person's digest, oldest first.
pub fn list_digest(conn: &mut Conn, user: &UserId) -> QueryResult<Vec<Message>> {
    visible(user)
        .filter(messages::mailing.eq(MailStep::Digest))
        .order(messages::id)
        .select(Message::as_select())
        .load(conn)
}

/// Of one person's waiting messages, also those that they may no longer see.
pub fn update_digest_to_done(conn: &mut Conn, user: &UserId) -> QueryResult<()> {
    let waiting = messages::table.filter(messages::user_id.eq(user)).filter(messages::mailing.eq(MailStep::Digest));
    diesel::update(waiting).set(messages::mailing.eq(MailStep::Done)).execute(conn).map(drop)
}

pub fn update_to_done(conn: &mut Conn, ids: &[&MessageId]) -> QueryResult<()> {
    diesel::update(messages::table.filter(messages::id.eq_any(ids)))
        .set(messages::mailing.eq(MailStep::Done))
        .execute(conn)
        .map(drop)
}

pub fn has_to_mail(conn: &mut Conn, step: MailStep) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(messages::table.filter(messages::mailing.eq(step)))).get_result(conn)
}

pub fn delete_old(conn: &mut Conn, old: Stamp) -> QueryResult<()> {
    diesel::delete(messages::table.filter(messages::created_at.lt(old))).execute(conn).map(drop)
}

pub fn find_preferences(conn: &mut Conn, user: &UserId) -> QueryResult<Option<Preferences>> {
    preferences::table.find(user).select(Preferences::as_select()).first(conn).optional()
}

pub fn list_preferences(conn: &mut Conn, users: &[UserId]) -> QueryResult<Vec<Preferences>> {
    preferences::table.filter(preferences::user_id.eq_any(users)).select(Preferences::as_select()).load(conn)
}

pub fn insert_preferences(conn: &mut Conn, row: &Preferences) -> QueryResult<()> {
    diesel::insert_into(preferences::table).values(row).execute(conn).map(drop)
}

pub fn update_preferences(conn: &mut Conn, row: &Preferences) -> QueryResult<()> {
    diesel::update(preferences::table.find(&row.user_id)).set(row).execute(conn).map(drop)
}
