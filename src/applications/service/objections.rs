//! What objections to a recognition list do to the applications on it. Called where objections are handled.

use super::{case_of, move_to};
use crate::applications::db;
use crate::applications::model::ApplicationId;
use crate::applications::rules::Move;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;

/// An objection was received: the application waits until it is resolved.
pub fn objected(cx: &mut Cx, id: &ApplicationId) -> Result<(), AppError> {
    step(cx, id, Move::Object)
}

/// The last open objection was resolved: the application is denied, or back in publicity.
pub fn resolved(cx: &mut Cx, id: &ApplicationId, upheld: bool) -> Result<(), AppError> {
    step(cx, id, if upheld { Move::Deny } else { Move::Clear })
}

fn step(cx: &mut Cx, id: &ApplicationId, what: Move) -> Result<(), AppError> {
    let application = db::find_application(cx.conn, id)?;
    let case = case_of(cx, application)?;
    let to = case.may(what)?;
    let mut application = case.application;
    move_to(cx, &mut application, what, to, None, Changes::default())
}
