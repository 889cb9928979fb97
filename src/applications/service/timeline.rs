//! What happened to an application, from its audit trail.

use crate::applications::db;
use crate::applications::model::{ApplicationId, TimelineItem, TimelineParams};
use crate::applications::rules::Move;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};

/// Oldest first. An applicant reads what happened and why, not who in the office did it.
pub fn get_application_timeline(
    cx: &mut Cx,
    id: &ApplicationId,
    params: &TimelineParams,
) -> Result<Page<TimelineItem>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let rows = db::list_events(cx.conn, id, Move::Edit.name(), &page)?;
    let names = cx.scope.all;
    Ok(Page::of(
        rows,
        page.limit,
        None,
        |(event, _)| event.seq,
        |(event, name)| TimelineItem {
            at: event.at,
            action: event.action,
            from: event.from_state,
            to: event.to_state,
            reason: event.reason,
            by: names.then_some(name.unwrap_or(event.actor)),
        },
    ))
}
