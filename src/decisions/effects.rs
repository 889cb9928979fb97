//! From an approved decision to the slice that carries it out, in the same transaction. A new kind of decision is a row here.

use super::model::{Decision, DecisionAction};
use crate::applications;
use crate::applications::model::ApplicationId;
use crate::deliberation::service::{feedback, release};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::reviews::service::redraw;

/// If the slice refuses, so is the approval, and nothing changes.
pub fn carry_out(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    use applications::service::decided;
    match decision.action {
        DecisionAction::ApplicationOverride => decided::overridden(cx, decision),
        DecisionAction::ApplicationPropose => decided::proposed(cx, decision),
        DecisionAction::ApplicationNotSelect => decided::not_selected(cx, decision),
        DecisionAction::ApplicationVoid => decided::voided(cx, decision),
        DecisionAction::PanelRedraw => redraw::dissolved(cx, decision),
        DecisionAction::RoundRelease => release::released(cx, decision),
        DecisionAction::FeedbackSend => feedback::sent(cx, decision),
    }
}

/// Refused or taken back: what waited for it goes on without.
pub fn let_go(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    match decision.action {
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
        DecisionAction::PanelRedraw => redraw::is_conflicted(cx, decision),
        DecisionAction::RoundRelease => release::is_conflicted(cx, decision),
    }
}
