//! How a round is reviewed: data that an officer sets before the first panel is drawn.

use super::plan_of;
use crate::error::{AppError, Code, Faults};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::reviews::db::{cases, panels};
use crate::reviews::model::{ReviewPlan, ReviewPlanRow, ReviewPlanView};
use crate::rounds::model::RoundId;
use crate::say;

pub fn get_review_plan(cx: &mut Cx, round: &RoundId) -> Result<ReviewPlanView, AppError> {
    crate::rounds::db::find_round(cx.conn, round)?;
    view(cx, round)
}

/// While panels sit, their composition and how they are counted stay as they were; a later deadline can still be given.
pub fn update_review_plan(cx: &mut Cx, round: &RoundId, plan: &ReviewPlan) -> Result<ReviewPlanView, AppError> {
    crate::rounds::db::find_round(cx.conn, round)?;
    let mut faults = Faults::default();
    plan.panel.check("/panel", &mut faults);
    faults.range("/spread_limit", plan.spread_limit, 0, 10_000);
    faults.range("/min_valid", plan.min_valid.into(), 1, plan.panel.size.into());
    faults.done()?;
    let (old, version) = plan_of(cx, round)?;
    cx.expect_version(version)?;
    let only_due = ReviewPlan { due_at: old.due_at, ..plan.clone() } == old;
    if !only_due && panels::has_panels(cx.conn, round)? {
        let said =
            say!("专家组已抽取，评审规则不可再改", "panels were drawn by this plan, only the deadline can change");
        return Err(AppError::with(Code::InvalidTransition, said));
    }
    let row = ReviewPlanRow {
        round_id: round.clone(),
        document: Doc::of(plan),
        updated_by: cx.actor.label(),
        updated_at: cx.now,
        version: version + 1,
    };
    if version == 0 {
        cases::insert_plan(cx.conn, &row)?;
    } else {
        cases::update_plan(cx.conn, &row)?;
    }
    cx.record(Event::on(Subject::new("round", round)).changes(Changes::default().field("review_plan", &old, plan)));
    view(cx, round)
}

fn view(cx: &mut Cx, round: &RoundId) -> Result<ReviewPlanView, AppError> {
    let (plan, version) = plan_of(cx, round)?;
    let href = format!("/api/v1/rounds/{round}/review-plan");
    let actions = Actions::of(cx).add(Action::ReviewPlanUpdate, "PUT", href, Ok(())).list();
    Ok(ReviewPlanView { round_id: round.clone(), plan, version, actions })
}
