//! From an approved decision to the slice that carries it out, in the same transaction. A new kind of decision is a row here.

use super::model::{Decision, DecisionAction};
use crate::applications;
use crate::applications::model::ApplicationId;
use crate::error::AppError;
use crate::library;
use crate::library::model::{MembershipId, RecheckId};
use crate::platform::door::Cx;

/// If the slice refuses, so is the approval, and nothing changes.
pub fn carry_out(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    use applications::service::decided;
    match decision.action {
        DecisionAction::ApplicationOverride => decided::overridden(cx, decision),
        DecisionAction::ApplicationPropose => decided::proposed(cx, decision),
        DecisionAction::ApplicationNotSelect => decided::not_selected(cx, decision),
        DecisionAction::ApplicationVoid => decided::voided(cx, decision),
        DecisionAction::MembershipSuspend => library::service::decided::suspended(cx, decision),
        DecisionAction::MembershipExit => library::service::decided::exited(cx, decision),
        DecisionAction::MembershipRevoke => library::service::decided::revoked(cx, decision),
        DecisionAction::RecheckConclude => library::service::rechecks::concluded(cx, decision),
    }
}

/// Whether the caller has a stake in the subject and must leave the decision to others.
pub fn is_conflicted(cx: &mut Cx, decision: &Decision) -> Result<bool, AppError> {
    match decision.action {
        DecisionAction::ApplicationOverride
        | DecisionAction::ApplicationPropose
        | DecisionAction::ApplicationNotSelect
        | DecisionAction::ApplicationVoid => {
            applications::service::is_conflicted(cx, &ApplicationId(decision.subject_id.clone()))
        }
        DecisionAction::MembershipSuspend | DecisionAction::MembershipExit | DecisionAction::MembershipRevoke => {
            library::service::is_conflicted(cx, &MembershipId(decision.subject_id.clone()))
        }
        DecisionAction::RecheckConclude => {
            library::service::rechecks::is_conflicted(cx, &RecheckId(decision.subject_id.clone()))
        }
    }
}
