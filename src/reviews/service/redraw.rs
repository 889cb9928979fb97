//! Drawing a panel again takes two people: an officer asks, an approver dissolves the panel, and its applications wait for
//! another. The old draw stays on record.

use serde_json::json;

use super::checked_reason;
use crate::decisions::model::{Decision, DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::reviews::db::{cases, panels, tasks};
use crate::reviews::model::{PanelId, PanelRow, PanelState, ReviewState};
use crate::reviews::rules::conduct;

/// Asks for a decision; nothing changes until it is approved.
pub fn prepare_redraw(cx: &mut Cx, id: &PanelId, reason: &str) -> Result<DecisionView, AppError> {
    let me = cx.actor.user_id().cloned();
    let panel = panels::find_panel(cx.conn, me.as_ref(), id)?;
    checked_reason(reason)?;
    may_dissolve(cx, &panel)?;
    let round = crate::rounds::db::find_round(cx.conn, &panel.round_id)?;
    let applications = panels::list_applications(cx.conn, id)?;
    let preparation = Preparation {
        subject: subject(id),
        action: DecisionAction::PanelRedraw,
        proposal: json!({"round_id": round.id, "draw_id": panel.draw_id, "application_ids": applications}),
        reason: reason.to_owned(),
        approvals_needed: round.approvals_needed,
    };
    let decision = decisions::prepare(cx, preparation)?;
    decisions::view(cx, decision)
}

/// The panel is dissolved, its tasks end, and its applications can be drawn for again.
pub fn dissolved(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let mut panel = panels::find_panel(cx.conn, None, &PanelId(decision.subject_id.clone()))?;
    may_dissolve(cx, &panel)?;
    panel.state = PanelState::Replaced;
    panel.decision_id = Some(decision.id.to_string());
    panel.updated_at = cx.now;
    panel.version += 1;
    panels::dissolve_panel(cx.conn, &panel)?;
    for mut review in tasks::list_of_panel(cx.conn, &panel.id)?.into_iter().filter(|r| r.state.is_live()) {
        let from = review.state;
        review.state = ReviewState::Replaced;
        review.end_reason = Some(decision.reason.clone());
        review.updated_at = cx.now;
        review.version += 1;
        tasks::update_review(cx.conn, &review)?;
        cx.record(
            Event::on(super::subject(&review.id)).action(ENDED).moved(from, review.state).reason(&decision.reason),
        );
    }
    let changes = Changes::default().set("decision", &decision.id);
    let event = Event::on(subject(&panel.id)).action(decision.action.as_str());
    cx.record(event.moved(PanelState::Sitting, panel.state).reason(&decision.reason).changes(changes));
    Ok(())
}

pub fn is_conflicted(cx: &mut Cx, decision: &Decision) -> Result<bool, AppError> {
    let me = cx.actor.user_id().cloned();
    let panel = PanelId(decision.subject_id.clone());
    Ok(panels::find_panel(cx.conn, me.as_ref(), &panel).is_err_and(|e| e == diesel::result::Error::NotFound))
}

const ENDED: &str = "review.replace";

fn may_dissolve(cx: &mut Cx, panel: &PanelRow) -> Result<(), AppError> {
    let scored = cases::list_scored(cx.conn, &panel.round_id)?;
    let frozen = panels::list_applications(cx.conn, &panel.id)?.iter().any(|id| scored.contains(id));
    Ok(conduct::may_dissolve(panel.state, frozen)?)
}

fn subject(id: &PanelId) -> Subject {
    Subject::new("panel", id)
}
