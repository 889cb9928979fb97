//! Somebody leaves a case: abstaining or recused. The first alternate with whom the panel keeps its rules steps in.

use super::drawing::{assigned, candidates};
use super::{plan_of, subject};
use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::error::AppError;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::reviews::db::{cases, experts, panels, tasks};
use crate::reviews::model::{Expert, ExpertId, Review, ReviewId, ReviewState};
use crate::reviews::rules::draw::{Candidate, substitute};

/// Ends the task and hands it to an alternate. Answers with the ended task and the alternate's.
pub(super) fn leave(
    cx: &mut Cx,
    mut review: Review,
    to: ReviewState,
    reason: &str,
) -> Result<(Review, Option<ReviewId>), AppError> {
    let from = review.state;
    review.state = to;
    review.end_reason = Some(reason.trim().to_owned());
    review.updated_at = cx.now;
    review.version += 1;
    tasks::update_review(cx.conn, &review)?;
    let alternate = if review.arbiter { None } else { next_alternate(cx, &review)? };
    let stepping_in = match &alternate {
        Some(expert) => Some(give(cx, &review, expert, false)?),
        None => None,
    };
    let changes = Changes::default().set("substitute", stepping_in.as_ref());
    cx.record(Event::on(subject(&review.id)).moved(from, to).reason(reason.trim()).changes(changes));
    Ok((review, stepping_in))
}

/// Every task of a person on an enterprise's cases ends, but for those whose result is frozen: that keeps what it came from.
pub(super) fn leave_all(
    cx: &mut Cx,
    user: &UserId,
    enterprise: &EnterpriseId,
    to: ReviewState,
    reason: &str,
) -> Result<Vec<(Review, Option<ReviewId>)>, AppError> {
    let mut left = Vec::new();
    for task in tasks::list_live_between(cx.conn, user, enterprise)? {
        if cases::find_score(cx.conn, &task.application_id)?.is_none() {
            left.push(leave(cx, task, to, reason)?);
        }
    }
    Ok(left)
}

/// The application has left the review: nobody need score it any more. What was handed in stays on record.
pub fn end_tasks(cx: &mut Cx, application: &ApplicationId, reason: &str) -> Result<(), AppError> {
    let tasks = tasks::list_of_application(cx.conn, application)?;
    for mut review in tasks.into_iter().filter(|review| ReviewState::PENDING.contains(&review.state)) {
        let from = review.state;
        review.state = ReviewState::Ended;
        review.end_reason = Some(reason.to_owned());
        review.updated_at = cx.now;
        review.version += 1;
        tasks::update_review(cx.conn, &review)?;
        let event = Event::on(subject(&review.id)).action("review.end");
        cx.record(event.moved(from, review.state).reason(reason));
    }
    Ok(())
}

/// A further expert for the same case, out of the alternates of its panel.
pub(super) fn give(cx: &mut Cx, like: &Review, expert: &Expert, arbiter: bool) -> Result<ReviewId, AppError> {
    let case = cases::find_case(cx.conn, None, &like.application_id)?;
    let review = assigned(cx, &like.panel_id, &case, expert, arbiter);
    tasks::insert_reviews(cx.conn, std::slice::from_ref(&review))?;
    let changes = Changes::default().set("expert_id", &expert.id).set("arbiter", arbiter);
    cx.record(Event::on(subject(&review.id)).to(review.state).changes(changes));
    Ok(review.id)
}

/// Alternates of the panel who have no part in the case yet and may take one more, in their order.
pub(super) fn waiting(cx: &mut Cx, review: &Review) -> Result<(Vec<Candidate>, Vec<Expert>), AppError> {
    let (plan, _) = plan_of(cx, &review.round_id)?;
    let had: Vec<ExpertId> = tasks::list_of_application(cx.conn, &review.application_id)?
        .into_iter()
        .filter(|r| r.panel_id == review.panel_id)
        .map(|r| r.expert_id)
        .collect();
    let order: Vec<ExpertId> = panels::list_members(cx.conn, &review.panel_id)?
        .into_iter()
        .filter(|m| m.alternate && !had.contains(&m.expert_id))
        .map(|m| m.expert_id)
        .collect();
    let active = experts::list_active(cx.conn)?;
    let rows: Vec<Expert> = order.iter().filter_map(|id| active.iter().find(|e| e.id == *id)).cloned().collect();
    let mut all = candidates(cx, &rows, std::slice::from_ref(&review.enterprise_id), &plan)?;
    all.retain(|c| c.available && !c.conflicted && c.load < c.load_cap);
    Ok((all, rows))
}

fn next_alternate(cx: &mut Cx, leaving: &Review) -> Result<Option<Expert>, AppError> {
    let (waiting, rows) = waiting(cx, leaving)?;
    let panel = panels::find_panel(cx.conn, None, &leaving.panel_id)?;
    let drawn = panels::find_draw(cx.conn, None, &panel.draw_id)?;
    let kept: Vec<Candidate> = drawn.candidates.read()?;
    // Who sits on the case now: those with a live task, and the one who leaves. As they were when drawn.
    let seated: Vec<ExpertId> = tasks::list_of_application(cx.conn, &leaving.application_id)?
        .into_iter()
        .filter(|r| r.panel_id == leaving.panel_id && !r.arbiter && (r.state.is_live() || r.id == leaving.id))
        .map(|r| r.expert_id)
        .collect();
    let seated: Vec<Candidate> = kept.into_iter().filter(|c| seated.contains(&c.expert_id)).collect();
    let chosen = substitute(&drawn.rules.read()?, &seated, &leaving.expert_id, &waiting).map(|c| c.expert_id.clone());
    Ok(chosen.and_then(|id| rows.into_iter().find(|e| e.id == id)))
}
