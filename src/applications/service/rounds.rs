//! What a round's own steps do to its applications. Called by the rounds, in their transactions.

use super::{case_of, move_to};
use crate::applications::db;
use crate::applications::model::{Application, ApplicationState};
use crate::applications::rules::Move;
use crate::error::AppError;
use crate::platform::calendar::Calendar;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::rounds::model::{Round, RoundId};

/// Accepted applications go to the experts.
pub fn enter_expert_review(cx: &mut Cx, round: &Round) -> Result<usize, AppError> {
    let accepted = db::list_of_round(cx.conn, &round.id, &[ApplicationState::Accepted])?;
    move_all(cx, accepted, Move::EnterReview).map(|moved| moved.len())
}

/// Applications that formal review has not settled: a round stays in it until there are none.
pub fn count_unsettled(cx: &mut Cx, round: &RoundId) -> Result<i64, AppError> {
    Ok(db::count_of_round(cx.conn, round, &[ApplicationState::Submitted, ApplicationState::Returned])?)
}

pub(super) fn calendar(_cx: &mut Cx) -> Result<Calendar, AppError> {
    Ok(Calendar::shipped())
}

pub(super) fn keep_candidate(_cx: &mut Cx, _application: &Application) -> Result<(), AppError> {
    Ok(())
}

fn move_all(cx: &mut Cx, applications: Vec<Application>, what: Move) -> Result<Vec<Application>, AppError> {
    let mut moved = Vec::with_capacity(applications.len());
    for application in applications {
        let case = case_of(cx, application)?;
        let to = case.may(what)?;
        let mut application = case.application;
        move_to(cx, &mut application, what, to, None, Changes::default())?;
        moved.push(application);
    }
    Ok(moved)
}
