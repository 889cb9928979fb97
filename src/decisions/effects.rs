//! From an approved decision to the slice that carries it out, in the same transaction. A new kind of decision is a row here.

use super::model::{Decision, DecisionAction};
use crate::applications;
use crate::applications::model::ApplicationId;
use crate::deliberation::service::{feedback, release};
use crate::error::AppError;
use crate::library;
use crate::library::model::{MembershipId, RecheckId};
use crate::platform::door::Cx;
use crate::reviews::service::redraw;
use crate::risk_pool;
use crate::subsidies;
use crate::support;
use crate::support::model::ItemId;

/// If the slice refuses, so is the approval, and nothing changes.
pub fn carry_out(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    use applications::service::decided;
    match decision.action {
        DecisionAction::ApplicationOverride => decided::overridden(cx, decision),
        DecisionAction::ApplicationPropose => decided::proposed(cx, decision),
        DecisionAction::ApplicationNotSelect => decided::not_selected(cx, decision),
        DecisionAction::ApplicationVoid => decided::voided(cx, decision),
        DecisionAction::PanelRedraw => redraw::dissolved(cx, decision),
        DecisionAction::SupportItemExtend => support::service::items::extended(cx, decision),
        DecisionAction::PoolAllocate | DecisionAction::PoolRefund | DecisionAction::PoolAdjust => {
            risk_pool::service::proposals::carry_out(cx, decision)
        }
        DecisionAction::SubsidyBudgetSet | DecisionAction::SubsidyApprove | DecisionAction::SubsidyClawBack => {
            subsidies::service::decided::carry_out(cx, decision)
        }
        DecisionAction::RoundRelease => release::released(cx, decision),
        DecisionAction::FeedbackSend => feedback::sent(cx, decision),
        DecisionAction::MembershipSuspend => library::service::decided::suspended(cx, decision),
        DecisionAction::MembershipExit => library::service::decided::exited(cx, decision),
        DecisionAction::MembershipRevoke => library::service::decided::revoked(cx, decision),
        DecisionAction::RecheckConclude => library::service::rechecks::concluded(cx, decision),
    }
}

/// For slices whose subject waits in a state of its own: it was refused, or whoever prepared it took it back.
pub fn dropped(cx: &mut Cx, decision: &Decision, reason: &str) -> Result<(), AppError> {
    match decision.action {
        DecisionAction::SubsidyApprove | DecisionAction::SubsidyClawBack => {
            subsidies::service::decided::dropped(cx, decision, reason)
        }
        DecisionAction::FeedbackSend => feedback::reopened(cx, decision),
        _ => Ok(()),
    }
}

/// Whether the caller has a stake in the subject and must leave the decision to others.
pub fn is_conflicted(cx: &mut Cx, decision: &Decision) -> Result<bool, AppError> {
    match decision.action {
        DecisionAction::ApplicationOverride
        | DecisionAction::ApplicationPropose
        | DecisionAction::ApplicationNotSelect
        | DecisionAction::ApplicationVoid
        | DecisionAction::FeedbackSend => {
            applications::service::is_conflicted(cx, &ApplicationId(decision.subject_id.clone()))
        }
        DecisionAction::SupportItemExtend => {
            support::service::items::is_conflicted(cx, &ItemId(decision.subject_id.clone()))
        }
        // The pool belongs to nobody.
        DecisionAction::PoolAllocate | DecisionAction::PoolRefund | DecisionAction::PoolAdjust => Ok(false),
        DecisionAction::SubsidyBudgetSet | DecisionAction::SubsidyApprove | DecisionAction::SubsidyClawBack => {
            subsidies::service::decided::is_conflicted(cx, decision)
        }
        DecisionAction::PanelRedraw => redraw::is_conflicted(cx, decision),
        DecisionAction::RoundRelease => release::is_conflicted(cx, decision),
        DecisionAction::MembershipSuspend | DecisionAction::MembershipExit | DecisionAction::MembershipRevoke => {
            library::service::is_conflicted(cx, &MembershipId(decision.subject_id.clone()))
        }
        DecisionAction::RecheckConclude => {
            library::service::rechecks::is_conflicted(cx, &RecheckId(decision.subject_id.clone()))
        }
    }
}
