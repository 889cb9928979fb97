//! Reading tasks: an expert's own list, an officer's overview.

use std::collections::BTreeSet;

use super::{computed_of, plan_of, redaction, rule_set_of};
use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::error::AppError;
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::{Action, Scope};
use crate::programme::document::RuleSet;
use crate::reviews::db::cases::{self, Case};
use crate::reviews::db::{conflicts, experts, tasks as db};
use crate::reviews::model::{
    DimensionView, ListReviewsParams, MaterialView, OtherScore, Review, ReviewId, ReviewPlan, ReviewState,
    ReviewSummary, ReviewView, ReviewedApplicant, TaskRow, Visibility,
};
use crate::reviews::rules::conduct::{self, TaskFacts};
use crate::reviews::rules::dimensions::{dimensions_of, judged_dimensions};
use crate::reviews::rules::score::Dimension;
use crate::rounds::model::{Round, RoundId, RoundState};

pub fn list_reviews(cx: &mut Cx, params: &ListReviewsParams) -> Result<Page<ReviewSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let me = cx.actor.user_id().cloned();
    let rows = db::list_reviews(cx.conn, cx.scope, me.as_ref(), params, &page)?;
    let total = if page.count { Some(db::count_reviews(cx.conn, cx.scope, me.as_ref(), params)?) } else { None };
    let blind = if cx.scope.all { BTreeSet::new() } else { blind_rounds(cx, &rows)? };
    let summary = |r: TaskRow| ReviewSummary {
        enterprise: (!blind.contains(&r.round_id)).then_some(r.enterprise),
        tier: r.tier,
        expert: r.expert,
        id: r.id,
        round_id: r.round_id,
        application_id: r.application_id,
        state: r.state,
        arbiter: r.arbiter,
        total: r.total,
    };
    Ok(Page::of(rows, page.limit, total, |r| r.id.clone(), summary))
}

/// Which of the rounds are reviewed blind.
fn blind_rounds(cx: &mut Cx, rows: &[TaskRow]) -> Result<BTreeSet<RoundId>, AppError> {
    let rounds: BTreeSet<RoundId> = rows.iter().map(|r| r.round_id.clone()).collect();
    let mut blind = BTreeSet::new();
    for row in cases::list_plans(cx.conn, &rounds.into_iter().collect::<Vec<_>>())? {
        if row.document.read()?.blind {
            blind.insert(row.round_id);
        }
    }
    Ok(blind)
}

pub fn get_review(cx: &mut Cx, id: &ReviewId) -> Result<ReviewView, AppError> {
    let me = cx.actor.user_id().cloned();
    let review = db::find_visible(cx.conn, cx.scope, me.as_ref(), id)?;
    view(cx, review)
}

/// Whether the caller reads an application's files as its reviewer: after the declaration, and never in a blind round, for a
/// document names its owner.
pub fn reads_files(cx: &mut Cx, application: &ApplicationId) -> Result<bool, AppError> {
    let Some(me) = cx.actor.user_id().cloned() else { return Ok(false) };
    let scope = Scope { assigned: true, ..Scope::default() };
    let Some(review) = db::find_declared(cx.conn, scope, &me, application)? else { return Ok(false) };
    Ok(!plan_of(cx, &review.round_id)?.0.blind)
}

/// What the rules of conduct look at.
pub(super) fn facts(cx: &mut Cx, review: &Review, round: &Round) -> Result<TaskFacts, AppError> {
    let (plan, _) = plan_of(cx, &review.round_id)?;
    Ok(TaskFacts {
        state: review.state,
        round_state: round.state,
        due_at: plan.due_at,
        arrived_at: cx.arrived_at,
        conflicted: conflicts::is_conflicted(cx.conn, &review.user_id, &review.enterprise_id)?,
    })
}

pub(super) fn view(cx: &mut Cx, review: Review) -> Result<ReviewView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, &review.round_id)?;
    let facts = facts(cx, &review, &round)?;
    let case = cases::find_case(cx.conn, None, &review.application_id)?;
    let rule_set = rule_set_of(cx, &round)?;
    let (plan, _) = plan_of(cx, &review.round_id)?;
    let own = cx.actor.user_id() == Some(&review.user_id);
    let blind = own && plan.blind;
    let declared = review.declared_at.is_some() || !own;
    let material = if declared { material(cx, &case, &round, blind)? } else { None };
    let others = if own { others(cx, &review, &round, &plan)? } else { None };
    let frozen = cases::find_score(cx.conn, &review.application_id)?.is_some();
    let href = |step: &str| format!("/api/v1/reviews/{}/{step}", review.id);
    let mut actions = Actions::of(cx);
    if own {
        actions = actions
            .add(Action::ReviewDeclare, "POST", href("declaration"), conduct::may_declare(&facts))
            .add(Action::ReviewScore, "PUT", href("scores"), conduct::may_score(&facts))
            .add(Action::ReviewSubmit, "POST", href("submission"), conduct::may_score(&facts));
    }
    let actions =
        actions.add(Action::ReviewRecuse, "POST", href("recusal"), conduct::may_recuse(review.state, frozen)).list();
    let enterprise = cases::enterprise_names(cx.conn, std::slice::from_ref(&review.enterprise_id))?
        .remove(&review.enterprise_id)
        .unwrap_or_default();
    let applicants = if blind && !declared { Some(applicants(cx, &review)?) } else { None };
    Ok(ReviewView {
        dimensions: dimension_views(cx, &rule_set, &case)?,
        applicants,
        expert: person(cx, &review.user_id)?,
        sheet: review.sheet.read()?,
        enterprise: (!blind).then_some(enterprise),
        material,
        others,
        actions,
        due_at: facts.due_at,
        tier: case.tier,
        id: review.id,
        round_id: review.round_id,
        application_id: review.application_id,
        enterprise_id: (!blind).then_some(review.enterprise_id),
        expert_id: review.expert_id,
        state: review.state,
        arbiter: review.arbiter,
        total: review.total,
        declared_at: review.declared_at,
        submitted_at: review.submitted_at,
        version: review.version,
    })
}

fn person(cx: &mut Cx, user: &UserId) -> Result<String, AppError> {
    Ok(experts::names(cx.conn, std::slice::from_ref(user))?.remove(user).unwrap_or_default())
}

fn dimension_views(cx: &mut Cx, rule_set: &RuleSet, case: &Case) -> Result<Vec<DimensionView>, AppError> {
    let rubric = rule_set.tier(case.tier).and_then(|rules| rules.rubric.as_ref());
    let name = |code: &str| rubric.and_then(|r| r.dimensions.iter().find(|d| d.code == code)).map(|d| d.name.clone());
    let judged = judged_dimensions(rule_set, case.tier);
    let computed = computed_of(cx, case, rule_set)?;
    let view = |d: Dimension| DimensionView {
        name: name(&d.code).unwrap_or_default(),
        computed: computed.get(&d.code).copied().unwrap_or(0),
        judged: judged.iter().find(|j| j.code == d.code).map_or(0, |j| j.full),
        code: d.code,
        full: d.full,
        floor: d.floor,
    };
    Ok(dimensions_of(rule_set, case.tier).into_iter().map(view).collect())
}

fn material(cx: &mut Cx, case: &Case, round: &Round, blind: bool) -> Result<Option<MaterialView>, AppError> {
    if blind {
        let seen = redaction::blind_material(cx, case, round)?;
        return Ok(seen.map(|m| MaterialView {
            form: m.form,
            figures: m.figures,
            evaluation: m.evaluation,
            withheld: m.withheld,
        }));
    }
    let Some(snapshot) = &case.snapshot_id else { return Ok(None) };
    let (form, figures, evaluation) = redaction::material(cx, snapshot)?;
    Ok(Some(MaterialView { form, figures, evaluation, withheld: Vec::new() }))
}

/// Everybody the expert has an open task on in the panel, by name.
pub(super) fn applicants(cx: &mut Cx, review: &Review) -> Result<Vec<ReviewedApplicant>, AppError> {
    let of_panel = db::list_of_panel(cx.conn, &review.panel_id)?;
    let ids: BTreeSet<EnterpriseId> =
        of_panel.into_iter().filter(|r| r.user_id == review.user_id).map(|r| r.enterprise_id).collect();
    let names = cases::enterprise_names(cx.conn, &ids.into_iter().collect::<Vec<_>>())?;
    let mut all: Vec<_> = names.into_iter().map(|(id, name)| ReviewedApplicant { id, name }).collect();
    all.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    Ok(all)
}

/// How the others scored, without their names; the round says from when on.
fn others(cx: &mut Cx, review: &Review, round: &Round, plan: &ReviewPlan) -> Result<Option<Vec<OtherScore>>, AppError> {
    let over = !matches!(round.state, RoundState::Closed | RoundState::FormalReview | RoundState::ExpertReview);
    let shown = match plan.visibility {
        Visibility::Never => false,
        Visibility::AfterOwn => review.state == ReviewState::Submitted,
        Visibility::AfterPhase => over,
    };
    if !shown {
        return Ok(None);
    }
    let mut given = Vec::new();
    for other in db::list_of_application(cx.conn, &review.application_id)? {
        if let (ReviewState::Submitted, Some(total), true) = (other.state, other.total, other.id != review.id) {
            given.push(OtherScore { total, sheet: other.sheet.read()? });
        }
    }
    // By their totals: the order in which the tasks were made would tell who is who.
    given.sort_by_key(|other| other.total);
    Ok(Some(given))
}
