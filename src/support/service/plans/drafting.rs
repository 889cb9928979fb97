//! From a draft to two signatures.

use chrono::Datelike;

use super::{changes_of, content_faults, event, find_case, sign, signed, write};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::library;
use crate::library::model::{Membership, MembershipState};
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::platform::types::Doc;
use crate::say;
use crate::support::db;
use crate::support::model::{
    CreatePlanBody, Plan, PlanContent, PlanId, PlanReasonBody, PlanState, PlanView, Revision, RevisionState, Side,
    UpdatePlanBody,
};
use crate::support::rules::{self, PlanMove};

pub fn create_plan(cx: &mut Cx, body: &CreatePlanBody) -> Result<PlanView, AppError> {
    let mut faults = Faults::default();
    let membership = match &body.membership_id {
        None => {
            faults.plain("/membership_id", FieldCode::Required);
            None
        }
        Some(id) => match library::service::member(cx, id) {
            Ok(membership) => Some(membership),
            Err(e) if e.code == Code::NotFound => {
                faults.plain("/membership_id", FieldCode::NotExisting);
                None
            }
            Err(e) => return Err(e),
        },
    };
    match (body.year, &membership) {
        (None, _) => faults.plain("/year", FieldCode::Required),
        (Some(year), Some(Membership { valid_from: Some(from), valid_to: Some(to), .. })) => {
            faults.range("/year", year.into(), from.year().into(), to.year().into());
        }
        _ => {}
    }
    let officer_a = body.officer_a.clone().or_else(|| cx.actor.user_id().cloned());
    let officers = [("/officer_a", officer_a.as_ref()), ("/officer_b", body.officer_b.as_ref())];
    check_officers(cx, &mut faults, officers)?;
    faults.done()?;
    let (Some(membership), Some(year), Some(officer_a)) = (membership, body.year, officer_a) else {
        return Err(AppError::internal("a required value passed its check"));
    };
    let tier = recognised(&membership)?;
    if super::super::side_of(cx, &membership.enterprise_id)? == Side::Enterprise {
        return Err(Refusal::plain(Code::ConflictOfInterest).into());
    }
    if db::plans::has_plan(cx.conn, &membership.id, year)? {
        return Err(AppError::with(
            Code::AlreadyExists,
            say!("该资格 {year} 年度已有帮扶方案", "this membership has a plan for {year} already"),
        ));
    }
    let enterprise = crate::enterprises::db::record::find_enterprise(cx.conn, &membership.enterprise_id)?;
    let plan = Plan {
        id: cx.id(),
        membership_id: membership.id,
        enterprise_id: membership.enterprise_id,
        tier,
        track: enterprise.main_track,
        year,
        state: PlanState::Draft,
        revision: 1,
        officer_a,
        officer_b: body.officer_b.clone(),
        consulted_at: None,
        confirmed_at: None,
        mid_review: None,
        evaluation: None,
        score: None,
        attained_ppm: None,
        created_by: cx.actor.label(),
        created_at: cx.now,
        updated_at: cx.now,
        closed_at: None,
        version: 1,
    };
    db::plans::insert_plan(cx.conn, &plan)?;
    let first = Revision {
        id: cx.id(),
        plan_id: plan.id.clone(),
        number: 1,
        state: RevisionState::Draft,
        content: Doc::of(&PlanContent::default()),
        side: Side::Office,
        reason: None,
        made_by: cx.actor.label(),
        made_at: cx.now,
        office_by: None,
        office_at: None,
        enterprise_by: None,
        enterprise_at: None,
        answer: None,
    };
    db::plans::insert_revision(cx.conn, &first)?;
    let changes = Changes::default()
        .set("membership_id", &plan.membership_id)
        .set("enterprise_id", &plan.enterprise_id)
        .set("year", plan.year)
        .set("officer_a", &plan.officer_a)
        .set("officer_b", &plan.officer_b);
    cx.record(event(&plan.id).to(plan.state).changes(changes));
    super::reading::view(cx, plan)
}

/// What is edited is signed by nobody yet.
pub fn update_plan(cx: &mut Cx, id: &PlanId, body: &UpdatePlanBody) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    cx.expect_version(case.plan.version)?;
    let to = case.may(PlanMove::Edit)?;
    let content = body.over(case.content.clone());
    let mut faults = Faults::default();
    content_faults(cx, &mut faults, &content, &case.content, case.plan.year)?;
    let officers = [("/officer_a", body.officer_a.as_ref()), ("/officer_b", body.officer_b.as_ref())];
    check_officers(cx, &mut faults, officers)?;
    if case.plan.state == PlanState::Consulting {
        rules::complete(&mut faults, &content);
    }
    faults.done()?;
    let (mut plan, mut current) = (case.plan, case.current);
    let mut changes = changes_of(&rules::diff(&case.content, &content));
    if let Some(officer) = &body.officer_a {
        changes = changes.field("officer_a", &plan.officer_a, officer);
        plan.officer_a = officer.clone();
    }
    if let Some(officer) = &body.officer_b {
        changes = changes.field("officer_b", &plan.officer_b, officer);
        plan.officer_b = Some(officer.clone());
    }
    current.content = Doc::of(&content);
    (current.office_by, current.office_at, current.enterprise_by, current.enterprise_at) = (None, None, None, None);
    db::plans::update_revision(cx.conn, &current)?;
    write(cx, plan, to, event(id).changes(changes))
}

/// Shows the enterprise the draft.
pub fn consult_plan(cx: &mut Cx, id: &PlanId) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(PlanMove::Consult)?;
    let mut faults = Faults::default();
    rules::complete(&mut faults, &case.content);
    content_faults(cx, &mut faults, &case.content, &PlanContent::default(), case.plan.year)?;
    faults.done()?;
    let (mut plan, mut current) = (case.plan, case.current);
    plan.consulted_at = plan.consulted_at.or(Some(cx.now));
    current.answer = None;
    db::plans::update_revision(cx.conn, &current)?;
    write(cx, plan, to, event(id))
}

/// The enterprise wants it otherwise and says why.
pub fn send_back_plan(cx: &mut Cx, id: &PlanId, body: &PlanReasonBody) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(PlanMove::SendBack)?;
    let reason = super::super::checked_reason(&body.reason)?;
    let mut current = case.current;
    current.answer = Some(reason.to_owned());
    (current.office_by, current.office_at, current.enterprise_by, current.enterprise_at) = (None, None, None, None);
    db::plans::update_revision(cx.conn, &current)?;
    write(cx, case.plan, to, event(id).reason(reason))
}

/// Signs for the caller's side. With both signatures the plan stands, and its measures become items.
pub fn confirm_plan(cx: &mut Cx, id: &PlanId) -> Result<PlanView, AppError> {
    let case = find_case(cx, id)?;
    // Nobody signs what they have not read.
    cx.expect_version(case.plan.version)?;
    let to = case.may(PlanMove::Confirm)?;
    let (mut plan, mut current) = (case.plan, case.current);
    sign(cx, &mut current, case.facts.side);
    if to == PlanState::Confirmed {
        current.state = RevisionState::InForce;
        plan.confirmed_at = Some(cx.now);
        db::plans::replace_units(cx.conn, id, &case.content.units())?;
        super::super::items::open_measures(cx, &plan, &case.content)?;
    }
    db::plans::update_revision(cx.conn, &current)?;
    let changes = Changes::default().field("signed", case.facts.signed, signed(&current));
    write(cx, plan, to, event(id).changes(changes))
}

/// The tier; a candidate, or a membership that has ended, has no plan.
fn recognised(membership: &Membership) -> Result<crate::programme::model::Tier, Refusal> {
    let standing = membership.state.is_live() && membership.state != MembershipState::Candidate;
    membership.tier.filter(|_| standing).ok_or_else(|| {
        let label = membership.state.label();
        let (zh, en) = (label.zh, label.en);
        let said = say!("库内资格为“{zh}”，不能制定帮扶方案", "the membership is {en}: there is no plan for it");
        Refusal::new(Code::InvalidTransition, said)
    })
}

fn check_officers(
    cx: &mut Cx,
    faults: &mut Faults,
    [(at_a, a), (at_b, b)]: [(&str, Option<&UserId>); 2],
) -> Result<(), AppError> {
    let named: Vec<UserId> = a.into_iter().chain(b).cloned().collect();
    let officers = db::departments::list_officers(cx.conn, &named)?;
    for (pointer, officer) in [(at_a, a), (at_b, b)] {
        if officer.is_some_and(|officer| !officers.contains(officer)) {
            faults.add(
                pointer,
                FieldCode::NotAllowed,
                say!("不是经办人账号", "holds no account with the role officer"),
            );
        }
    }
    if a.is_some() && a == b {
        faults.plain(at_b, FieldCode::Duplicate);
    }
    Ok(())
}
