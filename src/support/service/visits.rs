//! Visits, and who has gone without one for too long.

use std::collections::BTreeMap;

use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::programme::model::Tier;
use crate::support::db;
use crate::support::model::{
    ListVisitsParams, OverdueVisit, OverdueVisitsParams, RecordVisitBody, Visit, VisitId, VisitSummary, VisitView,
};
use crate::support::rules;

/// Members of these tiers are visited every quarter.
const VISITED_QUARTERLY: [Tier; 2] = [Tier::Leading, Tier::FutureStar];

pub fn list_visits(cx: &mut Cx, params: &ListVisitsParams) -> Result<Page<VisitSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::visits::list_visits(cx.conn, params, &page)?;
    let total = if page.count { Some(db::visits::count_visits(cx.conn, params)?) } else { None };
    let summary = |(visit, enterprise_name): (Visit, String)| VisitSummary {
        id: visit.id,
        enterprise_id: visit.enterprise_id,
        enterprise_name,
        visited_on: visit.visited_on,
        way: visit.way,
        topics: visit.topics,
        next_on: visit.next_on,
    };
    Ok(Page::of(rows, page.limit, total, |(visit, _)| (visit.visited_on, visit.id.clone()), summary))
}

pub fn get_visit(cx: &mut Cx, id: &VisitId) -> Result<VisitView, AppError> {
    let (visit, enterprise_name) = db::visits::find_visit(cx.conn, id)?;
    view(cx, visit, enterprise_name)
}

/// What was heard becomes items.
pub fn record_visit(cx: &mut Cx, body: &RecordVisitBody) -> Result<VisitView, AppError> {
    let mut faults = Faults::default();
    rules::check_visit(&mut faults, body, cx.today());
    let enterprise = match &body.enterprise_id {
        None => {
            faults.plain("/enterprise_id", FieldCode::Required);
            None
        }
        Some(id) => match crate::enterprises::db::record::find_enterprise(cx.conn, id) {
            Ok(enterprise) => Some(enterprise),
            Err(diesel::NotFound) => {
                faults.plain("/enterprise_id", FieldCode::NotExisting);
                None
            }
            Err(e) => return Err(e.into()),
        },
    };
    faults.done()?;
    let (Some(enterprise), Some(visited_on), Some(way)) = (enterprise, body.visited_on, body.way) else {
        return Err(AppError::internal("a required value passed its check"));
    };
    let visit = Visit {
        id: cx.id(),
        enterprise_id: enterprise.id,
        visited_on,
        way,
        visitors: Doc::of(&body.visitors),
        met: Doc::of(&body.met),
        topics: body.topics.trim().to_owned(),
        next_on: body.next_on,
        written_by: cx.actor.label(),
        written_at: cx.now,
    };
    db::visits::insert_visit(cx.conn, &visit)?;
    let changes = Changes::default()
        .set("enterprise_id", &visit.enterprise_id)
        .set("visited_on", visit.visited_on)
        .set("way", visit.way)
        .set("items", body.items.len());
    cx.record(Event::on(Subject::new("support_visit", &visit.id)).changes(changes));
    for item in &body.items {
        super::items::raise_at_visit(cx, &visit, item)?;
    }
    view(cx, visit, enterprise.name)
}

/// Members that are to be visited every quarter and were not in the last whole one, nor since.
pub fn list_overdue_visits(cx: &mut Cx, params: &OverdueVisitsParams) -> Result<Page<OverdueVisit>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let since = rules::last_whole_quarter(cx.today());
    let rows = db::visits::list_unvisited(cx.conn, &VISITED_QUARTERLY, since, &page)?;
    let total = if page.count { Some(db::visits::count_unvisited(cx.conn, &VISITED_QUARTERLY, since)?) } else { None };
    let enterprises: Vec<&EnterpriseId> = rows.iter().map(|(_, enterprise, _, _)| enterprise).collect();
    let last: BTreeMap<EnterpriseId, _> = db::visits::list_last_visits(cx.conn, &enterprises)?.into_iter().collect();
    let overdue = |(membership_id, enterprise_id, enterprise_name, tier): db::visits::Unvisited| OverdueVisit {
        last_visit_on: last.get(&enterprise_id).copied().flatten(),
        membership_id,
        enterprise_id,
        enterprise_name,
        tier,
        missed_quarter: since,
    };
    Ok(Page::of(rows, page.limit, total, |(id, ..)| id.clone(), overdue))
}

fn view(cx: &mut Cx, visit: Visit, enterprise_name: String) -> Result<VisitView, AppError> {
    let items = db::items::list_of_visit(cx.conn, &visit.id)?;
    Ok(VisitView {
        items: items.into_iter().map(super::items::summary).collect(),
        visitors: visit.visitors.read()?,
        met: visit.met.read()?,
        id: visit.id,
        enterprise_id: visit.enterprise_id,
        enterprise_name,
        visited_on: visit.visited_on,
        way: visit.way,
        topics: visit.topics,
        next_on: visit.next_on,
        written_at: visit.written_at,
    })
}
