//! Use cases of applications, one file each, and the few things they share.

pub mod attaching;
pub mod batch;
pub mod ceasing;
pub mod certification;
pub mod decided;
pub mod draft;
pub mod objections;
pub mod overdue;
pub mod preparation;
pub mod reading;
pub mod review;
pub mod rounds;
pub mod submission;
pub mod submissions;
mod view;

use super::db;
use super::model::{Application, ApplicationId, ApplicationState};
use super::rules::{self, Facts, Move};
use crate::decisions;
use crate::error::{AppError, Faults, Refusal};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::rounds::model::Round;

const REASON_MAX: usize = 2_000;

/// An application with its round and the facts its transitions depend on.
struct Case {
    application: Application,
    round: Round,
    facts: Facts,
}

impl Case {
    fn may(&self, what: Move) -> Result<ApplicationState, Refusal> {
        rules::allowed(what, &self.facts)
    }
}

/// The case if it is within the caller's reach.
fn find_case(cx: &mut Cx, id: &ApplicationId) -> Result<Case, AppError> {
    let application = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    case_of(cx, application)
}

fn case_of(cx: &mut Cx, application: Application) -> Result<Case, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, &application.round_id)?;
    let me = cx.actor.user_id().cloned();
    let conflicted = match me {
        Some(me) => crate::reviews::service::conflicts::is_conflicted(cx, &me, &application.enterprise_id)?,
        None => false,
    };
    let quota = round.quotas.read()?.get(&application.tier).copied();
    let places_left = match quota {
        Some(quota) => {
            let taking = &ApplicationState::TAKING_A_PLACE;
            Some(quota - db::count_of_tier(cx.conn, &application.round_id, application.tier, taking)?)
        }
        None => None,
    };
    let editable = matches!(application.state, ApplicationState::Draft | ApplicationState::Returned);
    let certified = match round.certification && editable {
        true => certification::certification_of(cx, &application)?.is_some_and(|signed| signed.valid),
        false => true,
    };
    let facts = Facts {
        state: application.state,
        round_state: round.state,
        expert_review: round.expert_review,
        arrived_at: cx.arrived_at,
        accepts_until: crate::rounds::rules::last_moment(&round),
        return_due_on: application.return_due_on.filter(|_| application.state == ApplicationState::Returned),
        returns_left: round.max_returns - application.returns_used,
        owner_verified: db::has_verified_owner(cx.conn, &application.enterprise_id)?,
        certified,
        conflicted,
        places_left,
    };
    Ok(Case { application, round, facts })
}

/// Whether the caller has a stake in the enterprise of an application.
pub fn is_conflicted(cx: &mut Cx, id: &ApplicationId) -> Result<bool, AppError> {
    let Some(me) = cx.actor.user_id().cloned() else { return Ok(false) };
    let application = db::find_application(cx.conn, id)?;
    crate::reviews::service::conflicts::is_conflicted(cx, &me, &application.enterprise_id)
}

/// The one way an application changes its state: row, audit event, and no decision left pending on what is no longer so.
fn move_to(
    cx: &mut Cx,
    application: &mut Application,
    what: Move,
    to: ApplicationState,
    reason: Option<&str>,
    changes: Changes,
) -> Result<(), AppError> {
    let from = application.state;
    application.state = to;
    application.live = to.is_live();
    application.updated_at = cx.now;
    application.version += 1;
    db::update_application(cx.conn, application)?;
    let event = Event::on(subject(&application.id)).action(what.name()).moved(from, to).changes(changes);
    cx.record(match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => event.reason(reason),
        None => event,
    });
    if !to.is_live() && matches!(from, ApplicationState::Accepted | ApplicationState::InReview) {
        crate::reviews::service::stepping_back::end_tasks(cx, &application.id, what.name())?;
    }
    if from != to {
        let said = format!("{}: {from} -> {to}", what.name());
        decisions::service::void_pending(cx, &subject(&application.id), &said)?;
    }
    Ok(())
}

pub fn subject(id: &ApplicationId) -> Subject {
    Subject::new("application", id)
}

fn check_reason(faults: &mut Faults, reason: &str) {
    faults.text("/reason", reason, 1, REASON_MAX);
}

fn checked_reason(reason: &str) -> Result<(), AppError> {
    let mut faults = Faults::default();
    check_reason(&mut faults, reason);
    faults.done()
}
