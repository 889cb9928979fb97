//! Reminders before a day, and word of what is late after it, by the clock.

use chrono::Duration;

use super::telling::{Occurrence, tell};
use crate::error::AppError;
use crate::messages::db::{deadlines, subjects};
use crate::messages::model::notices::Deadline;
use crate::messages::rules::{notices, reminders};
use crate::platform::config::Messages;
use crate::platform::door::Cx;
use crate::platform::trail::Subject;

/// What has been late for longer is left to the lists that show it.
const LATE_DAYS: i64 = 60;

/// Tells whoever has not been told yet; answers with how many messages that were. Run twice, it tells once; after days without a run it
/// tells of the step that has been reached, not of those that were passed.
pub fn remind_due(cx: &mut Cx, what: Deadline, steps: &Messages) -> Result<usize, AppError> {
    let today = cx.today();
    let ahead = steps.reminder_days.iter().copied().max().unwrap_or(0).max(0);
    let mut told = 0;
    let (from, to) = (today - Duration::days(LATE_DAYS), today + Duration::days(ahead));
    for due in deadlines::list_due(cx.conn, what, from, to)? {
        let passed = due.due_on < today;
        let step = if passed {
            reminders::step_after(due.due_on, today, &steps.escalation_days)
        } else {
            reminders::step_before(due.due_on, due.since, today, &steps.reminder_days)
        };
        let Some(step) = step else { continue };
        let notices = notices::notices_about(what, passed);
        if notices.is_empty() {
            continue;
        }
        let Some(about) = subjects::find_about(cx.conn, due.kind, &due.id)? else { continue };
        let days = (due.due_on - today).num_days().abs();
        for notice in notices {
            let subject = Subject { kind: due.kind, id: due.id.clone() };
            let deadline = Some((due.due_on, days, step));
            told += tell(cx, &Occurrence { notice, subject: &subject, reason: "", state: "", deadline }, &about)?;
        }
    }
    Ok(told)
}
