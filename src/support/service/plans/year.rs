//! What happens to a confirmed plan in the course of its year.

use super::{Case, event, find_case, write};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::platform::types::Doc;
use crate::support::model::{EvaluatePlanBody, Evaluation, MidReview, MidReviewBody, PlanId, PlanView};
use crate::support::rules::{self, PlanMove};

const TEXT_MAX: usize = 4_000;

/// Begins, or goes on after the mid-term review.
pub fn execute_plan(cx: &mut Cx, id: &PlanId) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(PlanMove::Execute)?;
    write(cx, case.plan, to, event(id))
}

pub fn review_plan(cx: &mut Cx, id: &PlanId, body: &MidReviewBody) -> Result<PlanView, AppError> {
    let Case { mut plan, facts, .. } = find_case(cx, id)?;
    let to = rules::may(PlanMove::MidReview, &facts)?;
    let mut faults = Faults::default();
    faults.text("/findings", &body.findings, 1, TEXT_MAX);
    faults.done()?;
    let by = cx.person()?.id.clone();
    plan.mid_review = Some(Doc::of(&MidReview { held_on: facts.today, findings: body.findings.trim().to_owned(), by }));
    write(cx, plan, to, event(id).changes(Changes::default().set("findings", body.findings.trim())))
}

/// Goals are judged by the annual figures at hand, and frozen; the score is the officer's.
pub fn evaluate_plan(cx: &mut Cx, id: &PlanId, body: &EvaluatePlanBody) -> Result<PlanView, AppError> {
    let Case { mut plan, facts, content, .. } = find_case(cx, id)?;
    let to = rules::may(PlanMove::Evaluate, &facts)?;
    let mut faults = Faults::default();
    match body.score {
        Some(score) => faults.range("/score", score, 0, 100),
        None => faults.plain("/score", FieldCode::Required),
    }
    faults.text("/summary", &body.summary, 1, TEXT_MAX);
    faults.done()?;
    let goals = super::reading::goal_results(cx, &plan, &content)?;
    let score = i32::try_from(body.score.unwrap_or_default()).map_err(AppError::internal)?;
    let evaluation = Evaluation {
        evaluated_on: facts.today,
        score,
        summary: body.summary.trim().to_owned(),
        attained_ppm: rules::attained_ppm(&goals),
        goals,
        by: cx.person()?.id.clone(),
    };
    plan.score = Some(score);
    plan.attained_ppm = Some(evaluation.attained_ppm);
    let changes = Changes::default()
        .set("score", score)
        .set("attained_ppm", evaluation.attained_ppm)
        .set("goals", &evaluation.goals);
    plan.evaluation = Some(Doc::of(&evaluation));
    write(cx, plan, to, event(id).changes(changes))
}

/// Once nothing that it opened is open any more.
pub fn close_plan(cx: &mut Cx, id: &PlanId) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(PlanMove::Close)?;
    let mut plan = case.plan;
    plan.closed_at = Some(cx.now);
    write(cx, plan, to, event(id))
}
