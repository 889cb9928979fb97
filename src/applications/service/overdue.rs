//! A return past its due date, by the worker.

use super::{case_of, move_to};
use crate::applications::db;
use crate::applications::rules::Move;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;

/// As many as one transaction takes; the next run takes the next.
const AT_ONCE: i64 = 500;

/// Rejects returned applications whose due date has passed; answers with how many. A submission that arrived in time but waits
/// for its turn would come second here, so the day after is given a quarter of an hour.
pub fn reject_overdue_returns(cx: &mut Cx) -> Result<usize, AppError> {
    let settled = crate::platform::calendar::business_day(cx.now.minus(chrono::Duration::minutes(15)).utc());
    let overdue = db::list_overdue(cx.conn, settled.min(cx.today()), AT_ONCE)?;
    let count = overdue.len();
    for application in overdue {
        let case = case_of(cx, application)?;
        let to = case.may(Move::Lapse)?;
        let mut application = case.application;
        let changes = Changes::default().field("return_due_on", application.return_due_on, None::<chrono::NaiveDate>);
        application.return_due_on = None;
        move_to(cx, &mut application, Move::Lapse, to, Some("overdue"), changes)?;
    }
    Ok(count)
}
