//! What happened to a subject, from its chain, for the slices that show it.

use crate::audit::db;
use crate::audit::model::{TimelineItem, TimelineParams};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::text::in_own_words;
use crate::platform::trail::Subject;

/// Oldest first, without the actions that are left out. Whoever reads only what is theirs reads what happened and why, not who in the
/// office did it. Asks for no permission: the caller has found the subject.
pub fn list_timeline(
    cx: &mut Cx,
    of: &Subject,
    without: &[&str],
    params: &TimelineParams,
) -> Result<Page<TimelineItem>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::list_events_of(cx.conn, of, without, &page)?;
    let (names, lang) = (cx.scope.all, cx.lang);
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
            reason: event.reason.map(|reason| in_own_words(&reason, lang).to_owned()),
            by: names.then_some(name.unwrap_or(event.actor)),
        },
    ))
}
