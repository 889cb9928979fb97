//! Draws a stored draw again, and computes frozen results again.

use crate::error::AppError;
use crate::platform::door::Cx;
use crate::reviews::db::{cases, panels};
use crate::reviews::model::{DrawId, ReplayView, ScoreDifference, ScoreReplayView};
use crate::reviews::rules::draw::{PROCEDURE, draw};
use crate::reviews::rules::score::score;
use crate::rounds::model::RoundId;

pub fn replay_draw(cx: &mut Cx, id: &DrawId) -> Result<ReplayView, AppError> {
    let stored = panels::find_draw(cx.conn, cx.actor.user_id(), id)?;
    if stored.procedure != PROCEDURE {
        return Err(AppError::internal(format!("this program does not know the procedure {}", stored.procedure)));
    }
    let mut seed = [0; 32];
    hex::decode_to_slice(&stored.seed, &mut seed).map_err(AppError::internal)?;
    let rules = stored.rules.read()?;
    let replayed = draw(&seed, &rules, stored.tasks.unsigned_abs(), &stored.candidates.read()?).ok();
    let result = stored.result.read()?;
    Ok(ReplayView { id: stored.id, same: replayed.as_ref() == Some(&result), stored: result, replayed })
}

/// Every frozen result of a round, from the marks and rules that were frozen with it.
pub fn replay_scores(cx: &mut Cx, round: &RoundId) -> Result<ScoreReplayView, AppError> {
    crate::rounds::db::find_round(cx.conn, round)?;
    let frozen = cases::list_scores(cx.conn, round)?;
    let mut view = ScoreReplayView { round_id: round.clone(), checked: frozen.len(), different: Vec::new() };
    for row in frozen {
        let stored = row.result.read()?;
        let replayed = score(&row.input.read()?).ok();
        if replayed.as_ref() != Some(&stored) || (row.total, row.passed) != (stored.total, stored.passed) {
            view.different.push(ScoreDifference { application_id: row.application_id, stored, replayed });
        }
    }
    Ok(view)
}
