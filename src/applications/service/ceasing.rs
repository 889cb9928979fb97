//! What a cancelled round takes with it.

use super::{case_of, move_to};
use crate::applications::db;
use crate::applications::model::Application;
use crate::applications::rules::Move;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Subject};
use crate::rounds::model::RoundId;

/// As many as one transaction takes; the next run takes the next.
const AT_ONCE: i64 = 200;

/// Those of a round that is being cancelled, as many as this transaction takes; the worker takes the rest, and until then nothing
/// in a cancelled round can be handed in or decided.
pub fn cease(cx: &mut Cx, round: &RoundId, reason: &str) -> Result<(), AppError> {
    for application in db::list_ceasing(cx.conn, Some(round), AT_ONCE)? {
        end(cx, application, reason)?;
    }
    Ok(())
}

/// What the cancellation of a large round has left over; answers with how many.
pub fn cease_due(cx: &mut Cx) -> Result<usize, AppError> {
    let ceasing = db::list_ceasing(cx.conn, None, AT_ONCE)?;
    let count = ceasing.len();
    for application in ceasing {
        let cancelled = Subject::new("round", &application.round_id);
        let reason = db::find_last_reason(cx.conn, &cancelled, Action::RoundCancel.as_str())?.unwrap_or_default();
        end(cx, application, &reason)?;
    }
    Ok(count)
}

fn end(cx: &mut Cx, application: Application, reason: &str) -> Result<(), AppError> {
    let case = case_of(cx, application)?;
    let to = case.may(Move::Cease)?;
    let mut application = case.application;
    application.return_due_on = None;
    move_to(cx, &mut application, Move::Cease, to, Some(reason), Changes::default())
}
