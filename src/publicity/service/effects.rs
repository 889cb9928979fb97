//! What an objection does to the thing it is about. Several objections may be open against one subject: it is held while any of
//! them is being handled, and one that is upheld decides for all.

use crate::applications::model::ApplicationId;
use crate::applications::service::objections as applications;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::publicity::db;
use crate::publicity::model::{Objection, ObjectionState};

/// How the subject stood by its other objections before this step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    held: bool,
    decided: bool,
}

pub(super) fn standing(cx: &mut Cx, objection: &Objection) -> Result<Standing, AppError> {
    let (kind, id) = (objection.subject_kind.as_str(), objection.subject_id.as_str());
    let this = i64::from(ObjectionState::HOLDING.contains(&objection.state));
    let holding = db::count_objections_in(cx.conn, kind, id, &ObjectionState::HOLDING)?;
    Ok(Standing { held: holding > this, decided: db::count_upheld_objections(cx.conn, kind, id)? > 0 })
}

/// The first objection that is taken up holds the subject.
pub(super) fn admitted(cx: &mut Cx, objection: &Objection, before: Standing) -> Result<(), AppError> {
    match application(objection) {
        Some(id) if !before.held && !before.decided => applications::objected(cx, &id),
        _ => Ok(()),
    }
}

/// An upheld objection denies the subject at once; a dismissed one releases it when no other holds it.
pub(super) fn resolved(cx: &mut Cx, objection: &Objection, before: Standing, upheld: bool) -> Result<(), AppError> {
    match application(objection) {
        Some(id) if !before.decided && (upheld || !before.held) => applications::resolved(cx, &id, upheld),
        _ => Ok(()),
    }
}

fn application(objection: &Objection) -> Option<ApplicationId> {
    (objection.subject_kind == "application").then(|| ApplicationId(objection.subject_id.clone()))
}
