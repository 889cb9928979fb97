pub mod checkpoint;
pub mod timeline;
pub mod verify;

use super::db;
use super::model::{AuditEventView, ListAuditEventsParams};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};

pub fn list_audit_events(cx: &mut Cx, params: &ListAuditEventsParams) -> Result<Page<AuditEventView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_events(cx.conn, params, &page)?;
    let total = if page.count { Some(db::count_events(cx.conn, params)?) } else { None };
    let actors: Vec<&str> = rows.iter().map(|row| row.actor.as_str()).collect();
    let names = db::list_actor_names(cx.conn, &actors)?.into_iter().collect();
    Ok(Page::of(rows, page.limit, total, |e| e.id.clone(), |e| AuditEventView::of(e, &names)))
}
