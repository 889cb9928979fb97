//! Drawing a panel for applications of a round.

use std::collections::{BTreeMap, BTreeSet};

use super::{conflicts, plan_of};
use crate::applications::model::{ApplicationId, ApplicationState};
use crate::decisions::model::PersonView;
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::actor::UserId;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::text::Say;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::reviews::db::cases::Case;
use crate::reviews::db::{cases, experts, panels, tasks};
use crate::reviews::model::{
    Absence, Draw, DrawId, DrawPanelBody, DrawSummary, DrawView, Expert, ExpertId, ListDrawsParams, MarkSheet, PanelId,
    PanelMember, PanelRow, PanelState, PanelView, Review, ReviewPlan, ReviewState, SeatView,
};
use crate::reviews::rules::draw::{Candidate, Infeasible, PROCEDURE, Panel, draw};
use crate::rounds::model::{Round, RoundId, RoundState};
use crate::say;

const DRAWABLE: [ApplicationState; 2] = [ApplicationState::Accepted, ApplicationState::InReview];
/// One panel reviews at most so many applications.
const CASES_MAX: usize = 2_000;

/// Draws members and alternates and gives every member every application to review.
///
/// `seed` comes from the operating system, before the door: a transaction that runs again draws the same panel.
pub fn draw_panel(cx: &mut Cx, round: &RoundId, body: &DrawPanelBody, seed: [u8; 32]) -> Result<PanelView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, round)?;
    may_draw(&round)?;
    let (plan, _) = plan_of(cx, &round.id)?;
    let mut rules = plan.panel.clone();
    if let Some(fields) = &body.fields {
        rules.fields = fields.clone();
    }
    let mut faults = Faults::default();
    rules.check("", &mut faults);
    faults.done()?;
    let cases = cases_to_review(cx, &round, body)?;
    let enterprises: Vec<EnterpriseId> = unique(cases.iter().map(|c| c.enterprise_id.clone()));
    let pool = experts::list_active(cx.conn)?;
    let candidates = candidates(cx, &pool, &enterprises, &plan)?;
    let tasks = cases.len() as u32;
    let panel = draw(&seed, &rules, tasks, &candidates).map_err(infeasible)?;

    let ids: Vec<ApplicationId> = cases.iter().map(|c| c.id.clone()).collect();
    let dissolved = panels::find_dissolved(cx.conn, &ids)?;
    let drawn = Draw {
        id: cx.id(),
        round_id: round.id.clone(),
        seed: hex::encode(seed),
        procedure: PROCEDURE.to_owned(),
        rules: Doc::of(&rules),
        tasks: tasks as i32,
        candidates: Doc::of(&candidates),
        application_ids: Doc::of(&ids),
        result: Doc::of(&panel),
        replaces: dissolved.as_ref().map(|panel| panel.draw_id.clone()),
        decision_id: dissolved.and_then(|panel| panel.decision_id),
        drawn_by: cx.actor.label(),
        drawn_at: cx.now,
    };
    panels::insert_draw(cx.conn, &drawn)?;
    let seated = seat(cx, &drawn, &panel, &cases, &pool)?;
    let changes = Changes::default()
        .set("seed", &drawn.seed)
        .set("applications", &drawn.application_ids.read()?)
        .set("members", panel.members.iter().map(|m| &m.expert_id).collect::<Vec<_>>())
        .set("alternates", panel.alternates.iter().map(|m| &m.expert_id).collect::<Vec<_>>());
    cx.record(Event::on(Subject::new("draw", &drawn.id)).changes(changes));
    get_panel(cx, &seated)
}

pub fn get_panel(cx: &mut Cx, id: &PanelId) -> Result<PanelView, AppError> {
    let me = cx.actor.user_id().cloned();
    let panel = panels::find_panel(cx.conn, me.as_ref(), id)?;
    let drawn = panels::find_draw(cx.conn, me.as_ref(), &panel.draw_id)?;
    let members = panels::list_members(cx.conn, id)?;
    let ids: Vec<ExpertId> = members.iter().map(|m| m.expert_id.clone()).collect();
    let rows = experts::list_by_ids(cx.conn, &ids)?;
    let names = experts::names(cx.conn, &rows.iter().map(|e| e.user_id.clone()).collect::<Vec<_>>())?;
    let seats = members.into_iter().filter_map(|member| {
        let expert = rows.iter().find(|e| e.id == member.expert_id)?;
        Some(SeatView {
            expert_id: member.expert_id,
            name: names.get(&expert.user_id).cloned().unwrap_or_default(),
            kind: expert.kind,
            employer: expert.employer.clone(),
            alternate: member.alternate,
        })
    });
    Ok(PanelView {
        seats: seats.collect(),
        alternates_missing: drawn.result.read()?.alternates_missing,
        application_ids: panels::list_applications(cx.conn, id)?,
        id: panel.id,
        round_id: panel.round_id,
        draw_id: panel.draw_id,
        state: panel.state,
        version: panel.version,
    })
}

pub fn list_draws(cx: &mut Cx, params: &ListDrawsParams) -> Result<Page<DrawSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = panels::list_draws(cx.conn, cx.actor.user_id(), params, &page)?;
    let names = experts::names(cx.conn, &rows.iter().map(|d| UserId(d.drawn_by.clone())).collect::<Vec<_>>())?;
    let summary = |d: Draw| DrawSummary {
        id: d.id,
        round_id: d.round_id,
        replaces: d.replaces,
        drawn_by: person(d.drawn_by, &names),
        drawn_at: d.drawn_at,
    };
    Ok(Page::of(rows, page.limit, None, |d| d.id.clone(), summary))
}

fn person(id: String, names: &BTreeMap<UserId, String>) -> PersonView {
    let id = UserId(id);
    PersonView { name: names.get(&id).cloned().unwrap_or_default(), id }
}

pub fn get_draw(cx: &mut Cx, id: &DrawId) -> Result<DrawView, AppError> {
    let d = panels::find_draw(cx.conn, cx.actor.user_id(), id)?;
    let candidates: Vec<Candidate> = d.candidates.read()?;
    let names = experts::names(cx.conn, &[UserId(d.drawn_by.clone())])?;
    let ids: Vec<&ExpertId> = candidates.iter().map(|candidate| &candidate.expert_id).collect();
    Ok(DrawView {
        experts: experts::list_names(cx.conn, &ids)?,
        rules: d.rules.read()?,
        candidates,
        application_ids: d.application_ids.read()?,
        result: d.result.read()?,
        tasks: d.tasks.unsigned_abs(),
        id: d.id,
        round_id: d.round_id,
        seed: d.seed,
        procedure: d.procedure,
        replaces: d.replaces,
        decision_id: d.decision_id,
        drawn_by: person(d.drawn_by, &names),
        drawn_at: d.drawn_at,
    })
}

fn may_draw(round: &Round) -> Result<(), Refusal> {
    let in_phase = matches!(round.state, RoundState::FormalReview | RoundState::ExpertReview);
    if round.expert_review && in_phase { Ok(()) } else { Err(Refusal::plain(Code::InvalidTransition)) }
}

/// The applications asked for, all of them fit to be reviewed and without a panel.
fn cases_to_review(cx: &mut Cx, round: &Round, body: &DrawPanelBody) -> Result<Vec<Case>, AppError> {
    let me = cx.actor.user_id().cloned();
    let taken: BTreeSet<ApplicationId> = panels_of(cx, round)?;
    let mut faults = Faults::default();
    let cases = match &body.application_ids {
        None => {
            let mut cases = cases::list_cases(cx.conn, me.as_ref(), &round.id, body.tier, &DRAWABLE)?;
            cases.retain(|case| !taken.contains(&case.id));
            cases
        }
        Some(ids) => {
            let cases = cases::list_by_ids(cx.conn, me.as_ref(), ids)?;
            for (n, id) in ids.iter().enumerate() {
                let at = format!("/application_ids/{n}");
                let fits = |c: &Case| c.round_id == round.id && body.tier.is_none_or(|tier| c.tier == tier);
                match cases.iter().find(|case| case.id == *id && fits(case)) {
                    _ if ids[..n].contains(id) => faults.plain(at, FieldCode::Duplicate),
                    None => faults.plain(at, FieldCode::NotExisting),
                    Some(case) if !DRAWABLE.contains(&case.state) || taken.contains(&case.id) => {
                        let said = say!("不在待抽取专家的状态", "does not wait for a panel");
                        faults.add(at, FieldCode::NotAllowed, said);
                    }
                    Some(_) => {}
                }
            }
            cases
        }
    };
    if faults.is_empty() && (cases.is_empty() || cases.len() > CASES_MAX) {
        let said = say!("应有 1 至 {CASES_MAX} 件待评申报", "1 to {CASES_MAX} applications must wait for a panel");
        faults.add("/application_ids", FieldCode::OutOfRange, said);
    }
    faults.done()?;
    Ok(cases)
}

fn panels_of(cx: &mut Cx, round: &Round) -> Result<BTreeSet<ApplicationId>, AppError> {
    Ok(cases::list_with_panel(cx.conn, &round.id)?.into_iter().collect())
}

/// The experts as the draw sees them, against these applicants.
pub(super) fn candidates(
    cx: &mut Cx,
    pool: &[Expert],
    enterprises: &[EnterpriseId],
    plan: &ReviewPlan,
) -> Result<Vec<Candidate>, AppError> {
    let conflicted: BTreeSet<_> =
        conflicts::between(cx, pool, enterprises)?.into_iter().map(|(user, _)| user).collect();
    let loads = experts::loads(cx.conn, &pool.iter().map(|e| e.id.clone()).collect::<Vec<_>>())?;
    let first = business_day(cx.now.utc());
    let last = plan.due_at.map_or(first, |due| business_day(due.utc()).max(first));
    let away = |absence: &Absence| absence.from <= last && absence.to >= first;
    pool.iter()
        .map(|expert| {
            Ok(Candidate {
                expert_id: expert.id.clone(),
                kind: expert.kind,
                employer: expert.employer.clone(),
                fields: expert.fields.read()?,
                load: u32::try_from(loads.get(&expert.id).copied().unwrap_or(0)).unwrap_or(u32::MAX),
                load_cap: expert.load_cap.unsigned_abs(),
                available: !expert.unavailable.read()?.iter().any(away),
                conflicted: conflicted.contains(&expert.user_id),
            })
        })
        .collect()
}

fn infeasible(why: Infeasible) -> AppError {
    let words = |pick: fn(&Say) -> &str| why.shortages.iter().map(|s| pick(&s.said)).collect::<Vec<_>>();
    let said = Say::new(words(|s| &s.zh).join("；"), words(|s| &s.en).join("; "));
    AppError::with(Code::PanelInfeasible, said)
        .member("shortages", &why.shortages)
        .member("unavailable", why.unavailable)
        .member("at_load_cap", why.at_load_cap)
        .member("conflicted", why.conflicted)
}

/// Writes down who sits, and gives every member every application.
fn seat(cx: &mut Cx, drawn: &Draw, panel: &Panel, cases: &[Case], pool: &[Expert]) -> Result<PanelId, AppError> {
    let row = PanelRow {
        id: cx.id(),
        round_id: drawn.round_id.clone(),
        draw_id: drawn.id.clone(),
        state: PanelState::Sitting,
        decision_id: None,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    let seats = panel.members.iter().map(|m| (m, false)).chain(panel.alternates.iter().map(|m| (m, true)));
    let members: Vec<PanelMember> = seats
        .enumerate()
        .map(|(n, (member, alternate))| PanelMember {
            id: cx.id(),
            panel_id: row.id.clone(),
            expert_id: member.expert_id.clone(),
            position: n as i32 + 1,
            place: member.place,
            alternate,
        })
        .collect();
    let ids: Vec<ApplicationId> = cases.iter().map(|c| c.id.clone()).collect();
    panels::insert_panel(cx.conn, &row, &members, &ids)?;
    let mut reviews = Vec::with_capacity(cases.len() * panel.members.len());
    for member in &panel.members {
        let expert =
            pool.iter().find(|e| e.id == member.expert_id).ok_or_else(|| AppError::internal("drawn from elsewhere"))?;
        reviews.extend(cases.iter().map(|case| assigned(cx, &row.id, case, expert, false)));
    }
    tasks::insert_reviews(cx.conn, &reviews)?;
    Ok(row.id)
}

/// A fresh task.
pub(super) fn assigned(cx: &Cx, panel: &PanelId, case: &Case, expert: &Expert, arbiter: bool) -> Review {
    Review {
        id: cx.id(),
        panel_id: panel.clone(),
        round_id: case.round_id.clone(),
        application_id: case.id.clone(),
        enterprise_id: case.enterprise_id.clone(),
        expert_id: expert.id.clone(),
        user_id: expert.user_id.clone(),
        arbiter,
        state: ReviewState::Assigned,
        sheet: Doc::of(&MarkSheet::default()),
        total: None,
        declared_at: None,
        submitted_at: None,
        end_reason: None,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    }
}

fn unique<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<BTreeSet<_>>().into_iter().collect()
}
