use std::collections::BTreeMap;

use super::{Case, case_of};
use crate::error::AppError;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::support::db::plans as db;
use crate::support::model::{
    GoalResult, ListPlansParams, Plan, PlanContent, PlanId, PlanSummary, PlanView, Revision, RevisionState,
    RevisionView, Side, SignatureView,
};
use crate::support::rules::{self, PlanMove};

pub fn list_plans(cx: &mut Cx, params: &ListPlansParams) -> Result<Page<PlanSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::list_plans(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::count_plans(cx.conn, cx.scope, user, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |(plan, _)| plan.id.clone(), summary))
}

fn summary((plan, enterprise_name): (Plan, String)) -> PlanSummary {
    PlanSummary {
        id: plan.id,
        enterprise_id: plan.enterprise_id,
        enterprise_name,
        tier: plan.tier,
        track: plan.track,
        year: plan.year,
        state: plan.state,
        revision: plan.revision,
        officer_a: plan.officer_a,
        score: plan.score,
        attained_ppm: plan.attained_ppm,
        version: plan.version,
    }
}

pub fn get_plan(cx: &mut Cx, id: &PlanId) -> Result<PlanView, AppError> {
    let plan = db::find_visible_plan(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    view(cx, plan)
}

/// All of them, the first first. A plan has a handful.
pub fn list_plan_revisions(cx: &mut Cx, id: &PlanId) -> Result<Page<RevisionView>, AppError> {
    db::find_visible_plan(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let mut base: Option<PlanContent> = None;
    let mut items = Vec::new();
    for revision in db::list_revisions(cx.conn, id)? {
        let content = revision.content.read()?;
        let diff = base.as_ref().map_or(Vec::new(), |base| rules::diff(base, &content));
        if matches!(revision.state, RevisionState::InForce | RevisionState::Superseded) {
            base = Some(content.clone());
        }
        items.push(RevisionView {
            number: revision.number,
            state: revision.state,
            side: revision.side,
            signatures: signatures(&revision),
            reason: revision.reason,
            answer: revision.answer,
            made_at: revision.made_at,
            content,
            diff,
        });
    }
    Ok(Page { items, next: None, total: None })
}

fn signatures(revision: &Revision) -> Vec<SignatureView> {
    let sides = [(Side::Office, revision.office_at), (Side::Enterprise, revision.enterprise_at)];
    sides.into_iter().filter_map(|(side, at)| Some(SignatureView { side, at: at? })).collect()
}

/// By the figures of the plan's year, as they are now.
pub(super) fn goal_results(cx: &mut Cx, plan: &Plan, content: &PlanContent) -> Result<Vec<GoalResult>, AppError> {
    let rows = db::list_figures(cx.conn, &plan.enterprise_id, plan.year)?;
    let figures: BTreeMap<String, (i64, bool)> =
        rows.into_iter().map(|(code, value, ok)| (code, (value, ok))).collect();
    let goals = content.goals.iter();
    Ok(goals.map(|goal| rules::goal_result(goal, figures.get(&goal.indicator).copied())).collect())
}

pub(super) fn view(cx: &mut Cx, plan: Plan) -> Result<PlanView, AppError> {
    let case = case_of(cx, plan)?;
    let goals = goal_results(cx, &case.plan, &case.content)?;
    let enterprise_name = db::find_enterprise_name(cx.conn, &case.plan.enterprise_id)?;
    let officer_a_name = db::find_name_of(cx.conn, &case.plan.officer_a)?;
    let actions = actions(cx, &case);
    let Case { plan, current, content, request, .. } = case;
    Ok(PlanView {
        mid_review: plan.mid_review.map(|doc| doc.read()).transpose()?,
        evaluation: plan.evaluation.map(|doc| doc.read()).transpose()?,
        id: plan.id,
        membership_id: plan.membership_id,
        enterprise_id: plan.enterprise_id,
        enterprise_name,
        tier: plan.tier,
        track: plan.track,
        year: plan.year,
        state: plan.state,
        revision: plan.revision,
        officer_a: plan.officer_a,
        officer_a_name,
        officer_b: plan.officer_b,
        content,
        signatures: signatures(&current),
        open_request: request.map(|request| request.number),
        goals,
        created_at: plan.created_at,
        confirmed_at: plan.confirmed_at,
        closed_at: plan.closed_at,
        version: plan.version,
        actions,
    })
}

fn actions(cx: &Cx, case: &Case) -> Vec<crate::platform::actions::ActionView> {
    let plan = format!("/api/v1/support-plans/{}", case.plan.id);
    let href = |step: &str| format!("{plan}/{step}");
    let may = |what: PlanMove| case.may(what).map(drop);
    let number = case.request.as_ref().map_or(0, |request| request.number);
    let request = |step: &str| format!("{plan}/change-requests/{number}/{step}");
    let mut actions = Actions::of(cx)
        .add(Action::SupportPlanUpdate, "PATCH", plan.clone(), may(PlanMove::Edit))
        .add(Action::SupportPlanConsult, "POST", href("consultation"), may(PlanMove::Consult))
        .add(Action::SupportPlanSendBack, "POST", href("return"), may(PlanMove::SendBack))
        .add(Action::SupportPlanConfirm, "POST", href("confirmation"), may(PlanMove::Confirm))
        .add(Action::SupportPlanExecute, "POST", href("execution"), may(PlanMove::Execute))
        .add(Action::SupportPlanRequestChange, "POST", href("change-requests"), may(PlanMove::RequestChange))
        .add(Action::SupportPlanReview, "POST", href("mid-review"), may(PlanMove::MidReview))
        .add(Action::SupportPlanEvaluate, "POST", href("evaluation"), may(PlanMove::Evaluate))
        .add(Action::SupportPlanClose, "POST", href("closing"), may(PlanMove::Close));
    if case.request.is_some() {
        actions = actions
            .add(Action::SupportPlanAcceptChange, "POST", request("acceptance"), may(PlanMove::AcceptChange))
            .add(Action::SupportPlanRefuseChange, "POST", request("refusal"), may(PlanMove::RefuseChange))
            .add(Action::SupportPlanWithdrawChange, "POST", request("withdrawal"), may(PlanMove::WithdrawChange));
    }
    actions.list()
}
