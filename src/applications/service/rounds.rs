//! What a round's own steps do to its applications. Called by the rounds, in their transactions.

use serde_json::json;

use super::{case_of, move_to};
use crate::applications::db;
use crate::applications::model::{Application, ApplicationId, ApplicationState};
use crate::applications::rules::Move;
use crate::error::{AppError, Code, Refusal};
use crate::library;
use crate::library::model::{Recognition, Source};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::text::Say;
use crate::platform::trail::Changes;
use crate::programme::model::Tier;
use crate::publicity::model::NewNoticeSubject;
use crate::rounds::model::{Round, RoundId};
use crate::say;

/// Accepted applications go to the experts; answers with how many.
pub fn enter_expert_review(cx: &mut Cx, round: &Round) -> Result<usize, AppError> {
    let accepted = db::list_of_round(cx.conn, &round.id, &[ApplicationState::Accepted])?;
    for application in &accepted {
        take(cx, application.clone(), Move::EnterReview, Changes::default())?;
    }
    Ok(accepted.len())
}

/// The experts' result of an application is frozen.
pub fn score(cx: &mut Cx, id: &ApplicationId, changes: Changes) -> Result<(), AppError> {
    let application = db::find_application(cx.conn, id)?;
    take(cx, application, Move::Score, changes)
}

/// What waits for its site check, or has had one and may have another.
pub fn may_be_visited(state: ApplicationState) -> Result<(), Refusal> {
    match state {
        ApplicationState::Accepted | ApplicationState::Scored | ApplicationState::SiteChecked => Ok(()),
        other => {
            let Say { zh, en } = other.label();
            let said = say!("申报当前为“{zh}”，不安排实地核查", "the application is {en}, no visit is made");
            Err(Refusal::new(Code::InvalidTransition, said))
        }
    }
}

/// A visit was concluded; the first one makes the application checked.
pub fn visited(cx: &mut Cx, id: &ApplicationId) -> Result<(), AppError> {
    let application = db::find_application(cx.conn, id)?;
    match application.state {
        ApplicationState::SiteChecked => Ok(()),
        _ => take(cx, application, Move::CheckSite, Changes::default()),
    }
}

/// Applications of a tier that are still with the experts, or have not come to them.
pub fn count_unscored(cx: &mut Cx, round: &RoundId, tier: Tier) -> Result<i64, AppError> {
    Ok(db::count_of_tier(cx.conn, round, tier, &[ApplicationState::Accepted, ApplicationState::InReview])?)
}

/// Applications that formal review has not settled: a round stays in it until there are none.
pub fn count_unsettled(cx: &mut Cx, round: &RoundId) -> Result<i64, AppError> {
    Ok(db::count_of_round(cx.conn, round, &[ApplicationState::Submitted, ApplicationState::Returned])?)
}

/// Applications still with the experts: the round stays with them until there are none.
pub fn count_in_review(cx: &mut Cx, round: &RoundId) -> Result<i64, AppError> {
    Ok(db::count_of_round(cx.conn, round, &[ApplicationState::InReview])?)
}

/// All that is proposed enters publicity; answers with what everybody may read about it, in the order of the list.
///
/// # Errors
/// `nothing_proposed`; `decision_pending` while a decision on any application of the round waits.
pub fn publicise(cx: &mut Cx, round: &Round) -> Result<Vec<NewNoticeSubject>, AppError> {
    let proposed = db::list_proposed(cx.conn, &round.id)?;
    if proposed.is_empty() {
        return Err(AppError::new(Code::NothingProposed));
    }
    if db::has_pending_decision(cx.conn, &round.id)? || db::has_pending_release(cx.conn, &round.id)? {
        return Err(AppError::new(Code::DecisionPending));
    }
    let mut subjects = Vec::with_capacity(proposed.len());
    for (application, snapshot, name, credit_code) in proposed {
        let public = json!({
            "enterprise_name": name,
            "credit_code": credit_code,
            "tier": application.tier,
            "track": snapshot.figures.read()?.track,
        });
        subjects.push(NewNoticeSubject { kind: "application", id: application.id.to_string(), public });
        take(cx, application, Move::Publicise, Changes::default())?;
    }
    Ok(subjects)
}

/// Everybody whose publicity passed becomes a member of the library, with a certificate; answers with how many.
///
/// # Errors
/// `applications_undecided` while anything handed in has no outcome yet.
pub fn recognise_all(cx: &mut Cx, round: &Round, certificate_prefix: &str) -> Result<usize, AppError> {
    let undecided = db::count_of_round(cx.conn, &round.id, &ApplicationState::UNDECIDED)?;
    if undecided > 0 {
        return Err(AppError::new(Code::ApplicationsUndecided).member("undecided", undecided));
    }
    let rules = crate::programme::service::rule_set(cx, &round.rule_set_id)?;
    let passed = db::list_of_round(cx.conn, &round.id, &[ApplicationState::InPublicity])?;
    let valid_from = business_day(cx.now.utc());
    for application in &passed {
        let years = rules
            .tier(application.tier)
            .map(|tier| tier.validity_years)
            .ok_or_else(|| AppError::internal("the round takes a tier that its rule set does not have"))?;
        let valid_to = library::rules::last_day(valid_from, years)
            .ok_or_else(|| AppError::internal("a term beyond the calendar"))?;
        let recognition = Recognition {
            enterprise_id: application.enterprise_id.clone(),
            tier: application.tier,
            lane: application.lane,
            application_id: Some(application.id.clone()),
            round_id: Some(round.id.clone()),
            because: format!("recognised:{}", application.id),
            valid_from,
            valid_to,
        };
        let membership = crate::library::service::recognise(cx, recognition, certificate_prefix)?;
        let changes = Changes::default()
            .set("membership_id", &membership.id)
            .set("certificate_number", &membership.certificate_number);
        take(cx, application.clone(), Move::Recognise, changes)?;
    }
    Ok(passed.len())
}

/// Who was not selected stays in the library, from which the next round invites.
pub(super) fn keep_candidate(cx: &mut Cx, application: &Application) -> Result<(), AppError> {
    let (enterprise, lane) = (&application.enterprise_id, application.lane);
    crate::library::service::keep_candidate(cx, enterprise, lane, Source::NotSelected).map(drop)
}

fn take(cx: &mut Cx, application: Application, what: Move, changes: Changes) -> Result<(), AppError> {
    let case = case_of(cx, application)?;
    let to = case.may(what)?;
    let mut application = case.application;
    move_to(cx, &mut application, what, to, None, changes)
}
