//! The moves of a round that need nothing but the round itself.

use crate::applications;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::rounds::db;
use crate::rounds::model::{CancelRoundBody, ExtendRoundBody, Round, RoundExtension, RoundId, RoundState, RoundView};
use crate::rounds::rules::{self, Facts, Step};

pub fn publish_round(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::Publish)
}

pub fn open_round(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::Open)
}

pub fn close_round(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::Close)
}

pub fn start_formal_review(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::ReviewFormally)
}

pub fn start_expert_review(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::ReviewByExperts)
}

pub fn start_site_check(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::CheckSites)
}

pub fn start_deliberation(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::Deliberate)
}

pub fn archive_round(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    take(cx, id, Step::Archive)
}

pub fn cancel_round(cx: &mut Cx, id: &RoundId, body: &CancelRoundBody) -> Result<RoundView, AppError> {
    let round = db::find_visible_round(cx.conn, cx.scope, id)?;
    let facts = super::facts(cx, &round)?;
    rules::may_take(&round, Step::Cancel, &facts)?;
    rules::reason_faults(&body.reason)?;
    let subject = Subject::new("round", id);
    let event = Event::on(subject.clone()).reason(body.reason.trim());
    let round = move_round(cx, round, Step::Cancel, &facts, event)?;
    crate::decisions::service::void_pending(cx, &subject, Action::RoundCancel.as_str())?;
    applications::service::ceasing::cease(cx, &round.id, body.reason.trim())?;
    super::view(cx, round)
}

/// Moves the deadline, also when it has passed, as long as nobody has begun to review; a closed round is open again then.
pub fn extend_round(cx: &mut Cx, id: &RoundId, body: &ExtendRoundBody) -> Result<RoundView, AppError> {
    let mut round = db::find_visible_round(cx.conn, cx.scope, id)?;
    let facts = super::facts(cx, &round)?;
    rules::may_take(&round, Step::Extend, &facts)?;
    let old = round.closes_at;
    let new = rules::extension_faults(body, old, cx.now)?;
    let extension = RoundExtension {
        id: cx.id(),
        round_id: id.clone(),
        old_closes_at: old,
        new_closes_at: new,
        reason: body.reason.trim().to_owned(),
        extended_by: cx.actor.label(),
        at: cx.now,
    };
    db::insert_extension(cx.conn, &extension)?;
    round.closes_at = new;
    let event = Event::on(Subject::new("round", id)).reason(&extension.reason).changes(Changes::default().field(
        "closes_at",
        old,
        new,
    ));
    let round = move_round(cx, round, Step::Extend, &facts, event)?;
    super::view(cx, round)
}

fn take(cx: &mut Cx, id: &RoundId, step: Step) -> Result<RoundView, AppError> {
    let round = db::find_visible_round(cx.conn, cx.scope, id)?;
    let facts = super::facts(cx, &round)?;
    let round = move_round(cx, round, step, &facts, Event::on(Subject::new("round", id)))?;
    if step == Step::ReviewByExperts {
        applications::service::rounds::enter_expert_review(cx, &round)?;
    }
    super::view(cx, round)
}

/// The one way a round changes its state: asks the rules, writes the row with whatever else the caller changed in it, and records
/// `event` with the states filled in.
pub fn move_round(cx: &mut Cx, mut round: Round, step: Step, facts: &Facts, event: Event) -> Result<Round, AppError> {
    let from = round.state;
    let to = rules::may_take(&round, step, facts)?;
    round.state = to;
    round.updated_at = cx.now;
    round.version += 1;
    if to == RoundState::Published {
        round.published_at = Some(cx.now);
    }
    db::update_round(cx.conn, &round)?;
    let event = event.action(step.action().as_str());
    // An extension of an open round is an event, not a move.
    cx.record(if from == to { event } else { event.moved(from, to) });
    Ok(round)
}
