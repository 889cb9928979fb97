use diesel::prelude::*;

use super::model::ListAuditEventsParams;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::trail::{AuditEvent, AuditEventId};
use crate::schema::audit_events;

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

pub fn count_events(conn: &mut Conn, params: &ListAuditEventsParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}
