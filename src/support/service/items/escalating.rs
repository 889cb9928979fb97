//! Cards, by the clock.

use crate::calendars;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::support::db::items as db;
use crate::support::model::EscalationRow;
use crate::support::rules;

/// As many as one transaction takes; the next run takes the next.
const AT_ONCE: i64 = 500;

/// Marks what is overdue yellow, and what has been for more than ten working days red. Answers with how many.
pub fn escalate_due(cx: &mut Cx) -> Result<usize, AppError> {
    let calendar = calendars::service::load(cx)?;
    let today = cx.today();
    let due = db::list_to_escalate(cx.conn, today, rules::red_up_to(&calendar, today), AT_ONCE)?;
    let count = due.len();
    for mut item in due {
        let before = item.escalation;
        item.escalation = rules::level(&calendar, item.deadline_on, today);
        item.version += 1;
        db::update_item(cx.conn, &item)?;
        let row = EscalationRow {
            id: cx.id(),
            item_id: item.id.clone(),
            level: item.escalation,
            department_id: item.department_id.clone(),
            deadline_on: item.deadline_on,
            at: cx.now,
        };
        db::insert_escalation(cx.conn, &row)?;
        let changes =
            Changes::default().field("escalation", before, item.escalation).set("deadline_on", item.deadline_on);
        cx.record(Event::on(super::subject(&item.id)).action("support_item.escalate").changes(changes));
    }
    Ok(count)
}
