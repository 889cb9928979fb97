//! What an objection does to the thing it is about. Several objections may be open against one subject: it is held while any of
//! them is being handled, and one that is upheld decides for all.

use crate::applications::model::ApplicationId;
use crate::applications::service::objections as applications;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::publicity::db;
use crate::publicity::model::{Objection, ObjectionState};
use crate::subsidies::model::SubsidyClaimId;
use crate::subsidies::service::objections as subsidies;

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
    if before.held || before.decided {
        return Ok(());
    }
    match about(objection) {
        About::Application(id) => applications::objected(cx, &id),
        About::Subsidy(id) => subsidies::objected(cx, &id),
        About::Other => Ok(()),
    }
}

/// An upheld objection denies the subject at once; a dismissed one releases it when no other holds it.
pub(super) fn resolved(cx: &mut Cx, objection: &Objection, before: Standing, upheld: bool) -> Result<(), AppError> {
    if before.decided || (!upheld && before.held) {
        return Ok(());
    }
    match about(objection) {
        About::Application(id) => applications::resolved(cx, &id, upheld),
        About::Subsidy(id) => subsidies::resolved(cx, &id, upheld),
        About::Other => Ok(()),
    }
}

enum About {
    Application(ApplicationId),
    Subsidy(SubsidyClaimId),
    Other,
}

fn about(objection: &Objection) -> About {
    let id = objection.subject_id.clone();
    match objection.subject_kind.as_str() {
        "application" => About::Application(ApplicationId(id)),
        "subsidy_claim" => About::Subsidy(SubsidyClaimId(id)),
        _ => About::Other,
    }
}
