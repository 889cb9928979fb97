//! A visit is planned, held, concluded, and answered by the enterprise. An application may be visited several times.

use super::model::{
    AnswerSiteVisitBody, CheckItem, ConcludeSiteVisitBody, ListSiteVisitsParams, ListVisitorsParams, PlanSiteVisitBody,
    SiteVisit, SiteVisitId, SiteVisitReasonBody, SiteVisitState, SiteVisitSummary, SiteVisitView, UpdateSiteVisitBody,
    VisitorView,
};
use super::{db, rules};
use crate::applications;
use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::segment;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::programme::service as programme;
use crate::reviews::service::conflicts;

const TEXT_MAX: usize = 5_000;

pub fn list_site_visits(cx: &mut Cx, params: &ListSiteVisitsParams) -> Result<Page<SiteVisitSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let me = cx.actor.user_id();
    let rows = db::list_visits(cx.conn, cx.scope, me, params, &page)?;
    let total = if page.count { Some(db::count_visits(cx.conn, cx.scope, me, params)?) } else { None };
    Ok(Page::of(
        rows,
        page.limit,
        total,
        |(visit, _)| visit.id.clone(),
        |(visit, enterprise)| SiteVisitSummary {
            enterprise,
            id: visit.id,
            application_id: visit.application_id,
            round_id: visit.round_id,
            state: visit.state,
            planned_on: visit.planned_on,
            conclusion: visit.conclusion,
            version: visit.version,
        },
    ))
}

pub fn get_site_visit(cx: &mut Cx, id: &SiteVisitId) -> Result<SiteVisitView, AppError> {
    let visit = find(cx, id)?;
    view(cx, visit)
}

/// Who could visit an applicant: people of the office whom no conflict of interest keeps away.
pub fn list_visitors(
    cx: &mut Cx,
    application: &ApplicationId,
    params: &ListVisitorsParams,
) -> Result<Page<VisitorView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let application = applications::db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), application)?;
    let rows = db::list_visitors(cx.conn, &application.enterprise_id, &page)?;
    Ok(Page::of(rows, page.limit, None, |visitor| visitor.id.clone(), |visitor| visitor))
}

/// The checklist is the rule set's at this moment; it stays with the visit.
pub fn plan_site_visit(
    cx: &mut Cx,
    application: &ApplicationId,
    body: &PlanSiteVisitBody,
) -> Result<SiteVisitView, AppError> {
    plan(cx, application, body).and_then(|visit| view(cx, visit))
}

pub fn plan(cx: &mut Cx, application: &ApplicationId, body: &PlanSiteVisitBody) -> Result<SiteVisit, AppError> {
    let me = cx.person()?.id.clone();
    let application = applications::db::find_visible(cx.conn, cx.scope, Some(&me), application)?;
    let round = crate::rounds::db::find_round(cx.conn, &application.round_id)?;
    rules::may_plan(&round)?;
    applications::service::rounds::may_be_visited(application.state)?;
    let mut faults = Faults::default();
    check_day(cx, body.planned_on, &mut faults);
    check_visitors(cx, &body.visitors, &application.enterprise_id, &mut faults)?;
    faults.done()?;
    let rule_set = programme::rule_set(cx, &round.rule_set_id)?;
    let items = rule_set.tier(application.tier).map_or(&[][..], |tier| &tier.site_checks);
    let checklist: Vec<CheckItem> = items
        .iter()
        .map(|item| CheckItem { code: item.code.clone(), name: item.name.clone(), finding: None })
        .collect();
    let visit = SiteVisit {
        id: cx.id(),
        application_id: application.id,
        enterprise_id: application.enterprise_id,
        round_id: round.id,
        state: SiteVisitState::Planned,
        planned_on: body.planned_on.ok_or_else(|| AppError::internal("a missing day was refused above"))?,
        held_on: None,
        visitors: Doc::of(&body.visitors),
        checklist: Doc::of(&checklist),
        conclusion: None,
        summary: None,
        answered_by: None,
        answered_at: None,
        answer: None,
        created_by: me,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    db::insert_visit(cx.conn, &visit)?;
    let changes = Changes::default()
        .set("application_id", &visit.application_id)
        .set("planned_on", visit.planned_on)
        .set("visitors", &body.visitors);
    cx.record(Event::on(subject(&visit.id)).to(visit.state).changes(changes));
    Ok(visit)
}

pub fn update_site_visit(cx: &mut Cx, id: &SiteVisitId, body: &UpdateSiteVisitBody) -> Result<SiteVisitView, AppError> {
    let mut visit = find(cx, id)?;
    cx.expect_version(visit.version)?;
    rules::may_change(visit.state)?;
    let mut faults = Faults::default();
    let mut changes = Changes::default();
    if let Some(day) = body.planned_on {
        check_day(cx, Some(day), &mut faults);
        changes = changes.field("planned_on", visit.planned_on, day);
        visit.planned_on = day;
    }
    if let Some(visitors) = &body.visitors {
        check_visitors(cx, visitors, &visit.enterprise_id, &mut faults)?;
        changes = changes.field("visitors", visit.visitors.read()?, visitors);
        visit.visitors = Doc::of(visitors);
    }
    if let Some(summary) = &body.summary {
        faults.text("/summary", summary.as_deref().unwrap_or_default(), 0, TEXT_MAX);
        changes = changes.field("summary", &visit.summary, summary);
        visit.summary = summary.clone();
    }
    let mut checklist = visit.checklist.read()?;
    for (code, finding) in &body.findings {
        let at = format!("/findings/{}", segment(code));
        let Some(item) = checklist.iter_mut().find(|item| item.code == *code) else {
            faults.plain(at, FieldCode::Unknown);
            continue;
        };
        if let Some(finding) = finding {
            rules::check_remark(&at, finding.result, &finding.remark, &mut faults);
        }
        changes = changes.field(&format!("findings/{code}"), &item.finding, finding);
        item.finding = finding.clone();
    }
    faults.done()?;
    visit.checklist = Doc::of(&checklist);
    touch(cx, &mut visit)?;
    cx.record(Event::on(subject(id)).changes(changes));
    view(cx, visit)
}

/// What was found is final; in the round's own phase the application counts as checked from now on.
pub fn conclude_site_visit(
    cx: &mut Cx,
    id: &SiteVisitId,
    body: &ConcludeSiteVisitBody,
) -> Result<SiteVisitView, AppError> {
    let mut visit = find(cx, id)?;
    rules::may_change(visit.state)?;
    let mut faults = Faults::default();
    if body.conclusion.is_none() {
        faults.plain("/conclusion", FieldCode::Required);
    }
    let today = cx.today();
    rules::check_conclusion(&visit.checklist.read()?, body.held_on, today, &mut faults);
    faults.text("/summary", visit.summary.as_deref().unwrap_or_default(), 1, TEXT_MAX);
    faults.done()?;
    visit.held_on = body.held_on;
    visit.conclusion = body.conclusion;
    visit.state = SiteVisitState::Concluded;
    touch(cx, &mut visit)?;
    let changes = Changes::default().set("held_on", body.held_on).set("conclusion", body.conclusion);
    cx.record(Event::on(subject(id)).moved(SiteVisitState::Planned, visit.state).changes(changes));
    applications::service::rounds::visited(cx, &visit.application_id)?;
    view(cx, visit)
}

/// The enterprise confirms the record, or says what is wrong with it.
pub fn answer_site_visit(cx: &mut Cx, id: &SiteVisitId, body: &AnswerSiteVisitBody) -> Result<SiteVisitView, AppError> {
    let mut visit = find(cx, id)?;
    rules::may_answer(visit.state)?;
    let mut faults = Faults::default();
    if body.agreed.is_none() {
        faults.plain("/agreed", FieldCode::Required);
    }
    let remark = body.remark.as_deref().unwrap_or_default();
    faults.text("/remark", remark, usize::from(body.agreed == Some(false)), 2_000);
    faults.done()?;
    let from = visit.state;
    visit.state = if body.agreed == Some(true) { SiteVisitState::Confirmed } else { SiteVisitState::Disputed };
    visit.answered_by = Some(cx.person()?.id.clone());
    visit.answered_at = Some(cx.now);
    visit.answer = body.remark.clone().filter(|text| !text.trim().is_empty());
    touch(cx, &mut visit)?;
    cx.record(Event::on(subject(id)).moved(from, visit.state).reason(remark.trim()));
    view(cx, visit)
}

pub fn cancel_site_visit(cx: &mut Cx, id: &SiteVisitId, body: &SiteVisitReasonBody) -> Result<SiteVisitView, AppError> {
    let mut visit = find(cx, id)?;
    rules::may_change(visit.state)?;
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, 2_000);
    faults.done()?;
    visit.state = SiteVisitState::Cancelled;
    touch(cx, &mut visit)?;
    cx.record(Event::on(subject(id)).moved(SiteVisitState::Planned, visit.state).reason(body.reason.trim()));
    view(cx, visit)
}

/// 404 for whom there is no such visit.
pub fn may_see_files(cx: &mut Cx, id: &SiteVisitId) -> Result<(), AppError> {
    find(cx, id).map(drop)
}

/// Photographs are added until the visit is concluded.
pub fn may_change_files(cx: &mut Cx, id: &SiteVisitId) -> Result<(), AppError> {
    let visit = find(cx, id)?;
    Ok(rules::may_change(visit.state)?)
}

fn find(cx: &mut Cx, id: &SiteVisitId) -> Result<SiteVisit, AppError> {
    Ok(db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?)
}

fn check_day(cx: &Cx, day: Option<chrono::NaiveDate>, faults: &mut Faults) {
    match day {
        None => faults.plain("/planned_on", FieldCode::Required),
        Some(day) if day < cx.today() => faults.plain("/planned_on", FieldCode::OutOfRange),
        Some(_) => {}
    }
}

fn check_visitors(
    cx: &mut Cx,
    visitors: &[UserId],
    enterprise: &EnterpriseId,
    faults: &mut Faults,
) -> Result<(), AppError> {
    let staff = db::list_staff(cx.conn, visitors)?;
    let mut tied = std::collections::BTreeSet::new();
    for visitor in visitors {
        if conflicts::is_conflicted(cx, visitor, enterprise)? {
            tied.insert(visitor.clone());
        }
    }
    let fit = |id: &UserId| match (staff.contains_key(id), tied.contains(id)) {
        (false, _) => Err(FieldCode::NotExisting),
        (true, true) => Err(FieldCode::NotAllowed),
        (true, false) => Ok(()),
    };
    rules::check_visitors(visitors, fit, faults);
    Ok(())
}

fn touch(cx: &mut Cx, visit: &mut SiteVisit) -> Result<(), AppError> {
    visit.updated_at = cx.now;
    visit.version += 1;
    db::update_visit(cx.conn, visit).map_err(AppError::from)
}

fn subject(id: &SiteVisitId) -> Subject {
    Subject::new("site_visit", id)
}

fn view(cx: &mut Cx, visit: SiteVisit) -> Result<SiteVisitView, AppError> {
    let href = |step: &str| format!("/api/v1/site-visits/{}{step}", visit.id);
    let actions = Actions::of(cx)
        .add(Action::SiteVisitUpdate, "PATCH", href(""), rules::may_change(visit.state))
        .add(Action::SiteVisitAttach, "POST", href("/attachments"), rules::may_change(visit.state))
        .add(Action::SiteVisitUpdate, "POST", href("/conclusion"), rules::may_change(visit.state))
        .add(Action::SiteVisitUpdate, "POST", href("/cancellation"), rules::may_change(visit.state))
        .add(Action::SiteVisitAnswer, "POST", href("/answer"), rules::may_answer(visit.state))
        .list();
    let enterprise = db::find_enterprise_name(cx.conn, &visit.enterprise_id)?;
    let mut checklist = visit.checklist.read()?;
    // What visitors note down is theirs until they conclude.
    let unfinished = !cx.scope.all && visit.state == SiteVisitState::Planned;
    if unfinished {
        checklist.iter_mut().for_each(|item| item.finding = None);
    }
    let ids = visit.visitors.read()?;
    let mut names = db::list_names(cx.conn, &ids)?;
    let visitors = ids.into_iter().map(|id| VisitorView { name: names.remove(&id).unwrap_or_default(), id }).collect();
    Ok(SiteVisitView {
        visitors,
        enterprise,
        actions,
        checklist,
        id: visit.id,
        application_id: visit.application_id,
        round_id: visit.round_id,
        enterprise_id: visit.enterprise_id,
        state: visit.state,
        planned_on: visit.planned_on,
        held_on: visit.held_on,
        conclusion: visit.conclusion,
        summary: visit.summary.filter(|_| !unfinished),
        answer: visit.answer,
        answered_at: visit.answered_at,
        version: visit.version,
    })
}
