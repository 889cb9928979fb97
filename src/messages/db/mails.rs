use diesel::prelude::*;

use crate::messages::model::mails::ListMailsParams;
use crate::platform::conn::Conn;
use crate::platform::mail::{Mail, MailId, MailState};
use crate::platform::page::PageRequest;
use crate::platform::types::Stamp;
use crate::schema::mails;

type Boxed<'a> = mails::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

fn filtered(params: &ListMailsParams) -> Boxed<'_> {
    let query = mails::table.into_boxed();
    match params.state {
        Some(state) => query.filter(mails::state.eq(state)),
        None => query,
    }
}

/// Newest first.
pub fn list_mails(conn: &mut Conn, params: &ListMailsParams, page: &PageRequest<MailId>) -> QueryResult<Vec<Mail>> {
    let mut query = filtered(params);
    if let Some(after) = &page.after {
        query = query.filter(mails::id.lt(after));
    }
    query.order(mails::id.desc()).limit(page.fetch()).select(Mail::as_select()).load(conn)
}

pub fn count_mails(conn: &mut Conn, params: &ListMailsParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

/// Oldest first.
pub fn list_dead(conn: &mut Conn, at_most: i64) -> QueryResult<Vec<Mail>> {
    let dead = mails::table.filter(mails::state.eq(MailState::Dead));
    dead.order(mails::id).limit(at_most).select(Mail::as_select()).load(conn)
}

pub fn find_mail(conn: &mut Conn, id: &MailId) -> QueryResult<Mail> {
    mails::table.find(id).select(Mail::as_select()).first(conn)
}

/// Due at once, with all its attempts before it.
pub fn update_to_queued(conn: &mut Conn, id: &MailId, now: Stamp) -> QueryResult<usize> {
    diesel::update(mails::table.find(id))
        .set((mails::state.eq(MailState::Queued), mails::attempts.eq(0), mails::next_attempt_at.eq(now)))
        .execute(conn)
}
