use diesel::prelude::*;

use super::model::ListAuditEventsParams;
use crate::id_type;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::trail::{AuditEvent, AuditEventId, Subject};
use crate::platform::types::Stamp;
use crate::schema::{audit_checkpoints, audit_events, users};

type Boxed<'a> = audit_events::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

fn filtered<'a>(params: &'a ListAuditEventsParams) -> Boxed<'a> {
    let mut query = audit_events::table.into_boxed();
    if let Some(kind) = &params.subject_kind {
        query = query.filter(audit_events::subject_kind.eq(kind));
    }
    if let Some(id) = &params.subject_id {
        query = query.filter(audit_events::subject_id.eq(id));
    }
    if let Some(actor) = &params.actor {
        query = query.filter(audit_events::actor.eq(actor));
    }
    if let Some(action) = &params.action {
        query = query.filter(audit_events::action.eq(action));
    }
    query
}

/// Newest first.
pub fn list_events(
    conn: &mut Conn,
    params: &ListAuditEventsParams,
    page: &PageRequest<AuditEventId>,
) -> QueryResult<Vec<AuditEvent>> {
    let mut query = filtered(params);
    if let Some(after) = &page.after {
        query = query.filter(audit_events::id.lt(after));
    }
    query.order(audit_events::id.desc()).limit(page.fetch()).select(AuditEvent::as_select()).load(conn)
}

/// The names of the people among these actors; the clock and whoever was not signed in have none.
pub fn list_actor_names(conn: &mut Conn, actors: &[&str]) -> QueryResult<Vec<(String, String)>> {
    users::table.filter(users::id.eq_any(actors)).select((users::id, users::name)).load(conn)
}

/// What happened to a subject, in order, without what is left out. Names where a person did it.
pub fn list_events_of(
    conn: &mut Conn,
    of: &Subject,
    without: &[&str],
    page: &PageRequest<i64>,
) -> QueryResult<Vec<(AuditEvent, Option<String>)>> {
    audit_events::table
        .left_join(users::table.on(users::id.eq(audit_events::actor)))
        .filter(audit_events::subject_kind.eq(of.kind))
        .filter(audit_events::subject_id.eq(&of.id))
        .filter(audit_events::action.ne_all(without))
        .filter(audit_events::seq.gt(page.after.unwrap_or(0)))
        .order(audit_events::seq)
        .limit(page.fetch())
        .select((AuditEvent::as_select(), users::name.nullable()))
        .load(conn)
}

pub fn count_events(conn: &mut Conn, params: &ListAuditEventsParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

id_type!(CheckpointId);

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_checkpoints)]
pub struct CheckpointRow {
    pub id: CheckpointId,
    pub number: i64,
    pub at: Stamp,
    pub document: String,
    pub key_id: String,
    pub signature: String,
}

pub fn find_last_checkpoint(conn: &mut Conn) -> QueryResult<Option<CheckpointRow>> {
    audit_checkpoints::table
        .select(CheckpointRow::as_select())
        .order(audit_checkpoints::number.desc())
        .first(conn)
        .optional()
}

pub fn insert_checkpoint(conn: &mut Conn, row: &CheckpointRow) -> QueryResult<usize> {
    diesel::insert_into(audit_checkpoints::table).values(row).execute(conn)
}

pub fn list_checkpoints(conn: &mut Conn) -> QueryResult<Vec<CheckpointRow>> {
    audit_checkpoints::table.select(CheckpointRow::as_select()).order(audit_checkpoints::number).load(conn)
}

/// Events since a moment, in the order of their chains; the last of each subject is its head.
pub fn list_heads_since(conn: &mut Conn, since: Option<Stamp>) -> QueryResult<Vec<(String, String, i64, String)>> {
    let mut query = audit_events::table
        .select((audit_events::subject_kind, audit_events::subject_id, audit_events::seq, audit_events::hash))
        .into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Some(since) = since {
        query = query.filter(audit_events::at.ge(since));
    }
    query.order((audit_events::subject_kind, audit_events::subject_id, audit_events::seq)).load(conn)
}

/// The whole trail in the order of its chains, in pieces: behind (kind, id, seq).
pub fn list_chain_piece(conn: &mut Conn, after: &(String, String, i64), limit: i64) -> QueryResult<Vec<AuditEvent>> {
    use audit_events::{seq, subject_id, subject_kind};
    let (kind, id, n) = after;
    audit_events::table
        .filter(
            subject_kind.gt(kind).or(subject_kind.eq(kind).and(subject_id.gt(id).or(subject_id.eq(id).and(seq.gt(n))))),
        )
        .select(AuditEvent::as_select())
        .order((subject_kind, subject_id, seq))
        .limit(limit)
        .load(conn)
}
