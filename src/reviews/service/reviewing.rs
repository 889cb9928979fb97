//! What an expert does with a task, and what an officer does about it.

use super::{checked_reason, computed_of, conflicts, rule_set_of, scoring, stepping_back, subject, tasks};
use crate::applications::model::ApplicationId;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::reviews::db::{cases, tasks as db};
use crate::reviews::model::{
    ConflictGround, ConflictSource, DeclareReviewBody, MarkSheet, Review, ReviewId, ReviewState, ReviewView,
    StepBackView,
};
use crate::reviews::rules::conduct;
use crate::reviews::rules::dimensions::{dimensions_of, judged_dimensions};
use crate::reviews::rules::score::{Arbitration, Dimension, weighted_total};
use crate::say;

/// Before the material is shown the expert says whether anything ties them to the applicant. If so, they abstain.
pub fn declare_review(cx: &mut Cx, id: &ReviewId, body: &DeclareReviewBody) -> Result<StepBackView, AppError> {
    let mut review = own(cx, id)?;
    let round = crate::rounds::db::find_round(cx.conn, &review.round_id)?;
    let facts = tasks::facts(cx, &review, &round)?;
    conduct::may_declare(&facts)?;
    if body.conflict {
        return abstain(cx, review, body);
    }
    if review.state == ReviewState::Assigned {
        review.state = ReviewState::Open;
        review.declared_at = Some(cx.now);
        touch(cx, &mut review)?;
        cx.record(Event::on(subject(id)).moved(ReviewState::Assigned, ReviewState::Open));
    }
    Ok(StepBackView { id: review.id, state: review.state, substitute: None, version: review.version })
}

/// The tie is noted, and every open task of the expert on that enterprise ends. Blind reviewers say to whom it is, because they do
/// not know whose case this is; the task stays when it is another's.
fn abstain(cx: &mut Cx, review: Review, body: &DeclareReviewBody) -> Result<StepBackView, AppError> {
    let (plan, _) = super::plan_of(cx, &review.round_id)?;
    let reason = body.reason.clone().unwrap_or_default();
    let mut faults = Faults::default();
    super::check_reason(&mut faults, &reason);
    let enterprise = match &body.enterprise_id {
        None if plan.blind => {
            faults.plain("/enterprise_id", FieldCode::Required);
            review.enterprise_id.clone()
        }
        Some(named) if plan.blind => {
            if !tasks::applicants(cx, &review)?.iter().any(|applicant| applicant.id == *named) {
                faults.plain("/enterprise_id", FieldCode::NotExisting);
            }
            named.clone()
        }
        _ => review.enterprise_id.clone(),
    };
    faults.done()?;
    let ground = (ConflictSource::Declared, ConflictGround::Other);
    conflicts::record(cx, &review.user_id, &enterprise, ground, &reason, Some(&review.application_id))?;
    let left = stepping_back::leave_all(cx, &review.user_id, &enterprise, ReviewState::Abstained, &reason)?;
    Ok(match left.into_iter().find(|(task, _)| task.id == review.id) {
        Some((task, substitute)) => StepBackView { id: task.id, state: task.state, substitute, version: task.version },
        None => StepBackView { id: review.id, state: review.state, substitute: None, version: review.version },
    })
}

/// Saves the sheet as it stands: a draft may have gaps.
pub fn update_scores(cx: &mut Cx, id: &ReviewId, sheet: &MarkSheet) -> Result<ReviewView, AppError> {
    let mut review = own(cx, id)?;
    let dimensions = scorable(cx, &review)?;
    cx.expect_version(review.version)?;
    let mut faults = Faults::default();
    conduct::check_sheet(sheet, &dimensions, false, &mut faults);
    faults.done()?;
    review.sheet = Doc::of(sheet);
    touch(cx, &mut review)?;
    // What a draft says is the expert's own until it is submitted: the trail shows that it changed, not how.
    cx.record(Event::on(subject(id)).changes(Changes::default().set("draft", review.version)));
    tasks::view(cx, review)
}

/// Hands the sheet in, complete and final.
pub fn submit_review(cx: &mut Cx, id: &ReviewId) -> Result<ReviewView, AppError> {
    let mut review = own(cx, id)?;
    let dimensions = scorable(cx, &review)?;
    let sheet: MarkSheet = review.sheet.read()?;
    let mut faults = Faults::default();
    conduct::check_sheet(&sheet, &dimensions, true, &mut faults);
    faults.done()?;
    let case = cases::find_case(cx.conn, None, &review.application_id)?;
    let round = crate::rounds::db::find_round(cx.conn, &review.round_id)?;
    let rule_set = rule_set_of(cx, &round)?;
    let (all, computed) = (dimensions_of(&rule_set, case.tier), computed_of(cx, &case, &rule_set)?);
    let total = weighted_total(&all, &scoring::sheet_of(&review, &all, &computed)?);
    review.state = ReviewState::Submitted;
    review.total = Some(total);
    review.submitted_at = Some(cx.now);
    touch(cx, &mut review)?;
    let marks: Vec<_> = sheet.dimensions.iter().map(|(code, mark)| (code, mark.marks)).collect();
    let changes = Changes::default().set("total", total).set("marks", marks);
    cx.record(Event::on(subject(id)).moved(ReviewState::Open, ReviewState::Submitted).changes(changes));
    tasks::view(cx, review)
}

/// An officer takes an expert off a case: a conflict the expert did not declare.
pub fn recuse_review(cx: &mut Cx, id: &ReviewId, reason: &str) -> Result<StepBackView, AppError> {
    let me = cx.actor.user_id().cloned();
    let review = db::find_visible(cx.conn, cx.scope, me.as_ref(), id)?;
    checked_reason(reason)?;
    let frozen = cases::find_score(cx.conn, &review.application_id)?.is_some();
    conduct::may_recuse(review.state, frozen)?;
    let ground = (ConflictSource::Pinned, ConflictGround::Other);
    let (user, enterprise) = (review.user_id.clone(), review.enterprise_id.clone());
    conflicts::record(cx, &user, &enterprise, ground, reason, Some(&review.application_id))?;
    let (review, substitute) = stepping_back::leave(cx, review, ReviewState::Recused, reason)?;
    Ok(StepBackView { id: review.id, state: review.state, substitute, version: review.version })
}

/// Calls a further expert when the scores of a case are too far apart: the first alternate who may take it.
pub fn call_arbiter(cx: &mut Cx, application: &ApplicationId, reason: &str) -> Result<ReviewView, AppError> {
    let me = cx.actor.user_id().cloned();
    let case = cases::find_case(cx.conn, me.as_ref(), application)?;
    checked_reason(reason)?;
    let standing = scoring::standing(cx, &case)?;
    let reviews = db::list_of_application(cx.conn, application)?;
    let waiting_for_one = reviews.iter().any(|r| r.arbiter && ReviewState::PENDING.contains(&r.state));
    let needed = standing.as_ref().is_ok_and(|view| view.score.arbitration == Arbitration::Needed);
    let like = reviews.into_iter().find(|r| r.state == ReviewState::Submitted);
    let (Some(like), true, false) = (like, needed, waiting_for_one) else {
        let said = say!("该申报无需复评", "this application needs no arbitration");
        return Err(AppError::with(Code::InvalidTransition, said));
    };
    let (waiting, rows) = stepping_back::waiting(cx, &like)?;
    let next = waiting.first().and_then(|c| rows.iter().find(|e| e.id == c.expert_id)).cloned();
    let Some(expert) = next else {
        let said = say!("没有可用的候补专家", "no alternate is left to call");
        return Err(AppError::with(Code::PanelInfeasible, said));
    };
    let id = stepping_back::give(cx, &like, &expert, true)?;
    let review = db::find_visible(cx.conn, cx.scope, me.as_ref(), &id)?;
    cx.record(Event::on(subject(&id)).reason(reason.trim()));
    tasks::view(cx, review)
}

fn own(cx: &mut Cx, id: &ReviewId) -> Result<Review, AppError> {
    let me = cx.person()?.id.clone();
    Ok(db::find_own(cx.conn, &me, id)?)
}

/// The dimensions the expert may score now, with the marks left to them.
fn scorable(cx: &mut Cx, review: &Review) -> Result<Vec<Dimension>, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, &review.round_id)?;
    let facts = tasks::facts(cx, review, &round)?;
    conduct::may_score(&facts)?;
    let case = cases::find_case(cx.conn, None, &review.application_id)?;
    let rule_set = rule_set_of(cx, &round)?;
    Ok(judged_dimensions(&rule_set, case.tier))
}

fn touch(cx: &mut Cx, review: &mut Review) -> Result<(), AppError> {
    review.updated_at = cx.now;
    review.version += 1;
    db::update_review(cx.conn, review).map_err(AppError::from)
}
