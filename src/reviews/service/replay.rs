//! Draws a stored draw again.

use crate::error::AppError;
use crate::platform::door::Cx;
use crate::reviews::db::panels;
use crate::reviews::model::{DrawId, ReplayView};
use crate::reviews::rules::draw::{PROCEDURE, draw};

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
