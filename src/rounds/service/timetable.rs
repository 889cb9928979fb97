//! What the clock does to rounds.

use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::{Event, Subject};
use crate::rounds::db;
use crate::rounds::model::Round;
use crate::rounds::rules::{self, Step};

/// Opens and closes the rounds whose time has come; answers how many moves that were. A round whose whole window went by while
/// nobody looked is opened and closed at once: an extension brings it back.
pub fn advance_due(cx: &mut Cx) -> Result<usize, AppError> {
    let mut moves = 0;
    for round in db::list_published_past_opening(cx.conn, cx.now)? {
        advance(cx, round, Step::Open)?;
        moves += 1;
    }
    for round in db::list_open_past_deadline(cx.conn, cx.now)? {
        if rules::last_moment(&round) < cx.now {
            advance(cx, round, Step::Close)?;
            moves += 1;
        }
    }
    Ok(moves)
}

fn advance(cx: &mut Cx, round: Round, step: Step) -> Result<(), AppError> {
    let facts = super::facts(cx, &round)?;
    let event = Event::on(Subject::new("round", &round.id));
    super::move_round(cx, round, step, &facts, event).map(drop)
}
