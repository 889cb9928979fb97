//! What else is known of an enterprise: titles, intellectual property, partners, accidents ..

use serde_json::Value;

use super::metrics::{refuse_own, source_of};
use super::record::find_enterprise;
use crate::enterprises::db;
use crate::enterprises::model::{
    CreateFactBody, EnterpriseId, Fact, FactDetail, FactId, FactKind, FactView, ListFactsParams, UpdateFactBody,
};
use crate::enterprises::rules::facts::check_fact;
use crate::enterprises::rules::metrics::may_change_entry;
use crate::error::{AppError, Code, Faults, FieldCode, FieldError};
use crate::library::service::promotion::measure;
use crate::platform::actions::Actions;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::http::pointer;
use crate::platform::page::{Page, PageRequest};
use crate::platform::patch;
use crate::platform::policy::Action;
use crate::platform::text::trimmed;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::say;

const LONGEST_EVIDENCE: usize = 1_000;

pub fn list_facts(cx: &mut Cx, id: &EnterpriseId, params: &ListFactsParams) -> Result<Page<FactView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let enterprise = find_enterprise(cx, id)?;
    let rows = db::facts::list_facts(cx.conn, &enterprise.id, params, &page)?;
    let total = if page.count { Some(db::facts::count_facts(cx.conn, &enterprise.id, params)?) } else { None };
    let page = Page::of(rows, page.limit, total, |row| row.id.clone(), shown);
    let items = page.items.into_iter().collect::<Result<_, AppError>>()?;
    Ok(Page { items, next: page.next, total: page.total })
}

pub fn view_fact(cx: &mut Cx, id: &EnterpriseId, fact: &FactId) -> Result<FactView, AppError> {
    let row = find_fact(cx, id, fact)?;
    view(cx, row)
}

pub fn create_fact(cx: &mut Cx, id: &EnterpriseId, body: &CreateFactBody) -> Result<FactView, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    let fact = read_detail(body.kind, body.detail.clone())?;
    let evidence = trimmed(body.evidence.as_deref());
    check(cx, &fact, evidence.as_deref())?;
    let row = Fact {
        id: cx.id(),
        enterprise_id: enterprise.id,
        kind: body.kind,
        detail: Doc::of(&detail_of(&fact)),
        occurred_on: fact.occurred_on(),
        source: source_of(cx),
        evidence,
        written_by: cx.actor.label(),
        created_at: cx.now,
        verified_by: None,
        verified_at: None,
        ended_at: None,
        version: 1,
    };
    db::facts::insert_fact(cx.conn, &row)?;
    measure(cx, &row.enterprise_id)?;
    let changes = Changes::default().set("fact", &row.id).set(row.kind.as_str(), detail_of(&fact));
    cx.record(event(&row).action("fact.create").changes(changes.set("evidence", &row.evidence)));
    view(cx, row)
}

/// A changed fact loses its verification.
pub fn update_fact(cx: &mut Cx, id: &EnterpriseId, fact: &FactId, body: &UpdateFactBody) -> Result<FactView, AppError> {
    let old = find_fact(cx, id, fact)?;
    cx.expect_version(old.version)?;
    may_change_entry(old.source, old.ended_at.is_some(), cx.scope.all)?;
    let mut detail = old.detail.read()?;
    let before = detail.clone();
    if let Some(patch) = &body.detail {
        patch::merge(&mut detail, patch);
    }
    let fact = read_detail(old.kind, detail)?;
    let evidence = match &body.evidence {
        Some(evidence) => trimmed(evidence.as_deref()),
        None => old.evidence.clone(),
    };
    check(cx, &fact, evidence.as_deref())?;
    let new = Fact {
        detail: Doc::of(&detail_of(&fact)),
        occurred_on: fact.occurred_on(),
        source: source_of(cx),
        evidence,
        written_by: cx.actor.label(),
        verified_by: None,
        verified_at: None,
        version: old.version + 1,
        ..old.clone()
    };
    db::facts::update_fact(cx.conn, &new)?;
    measure(cx, &new.enterprise_id)?;
    let changes = Changes::default()
        .field(new.kind.as_str(), before, detail_of(&fact))
        .field("evidence", &old.evidence, &new.evidence)
        .field("verified", old.verified_by.is_some(), false);
    cx.record(event(&new).action("fact.update").reason(format!("fact {}", new.id)).changes(changes));
    view(cx, new)
}

/// The fact no longer counts; it stays on record.
pub fn end_fact(cx: &mut Cx, id: &EnterpriseId, fact: &FactId) -> Result<(), AppError> {
    let old = find_fact(cx, id, fact)?;
    may_change_entry(old.source, old.ended_at.is_some(), cx.scope.all)?;
    let new = Fact { ended_at: Some(cx.now), version: old.version + 1, ..old };
    db::facts::update_fact(cx.conn, &new)?;
    measure(cx, &new.enterprise_id)?;
    let changes = Changes::default().field("fact", Some(&new.id), None::<&FactId>);
    cx.record(event(&new).action("fact.end").changes(changes));
    Ok(())
}

pub fn verify_fact(cx: &mut Cx, id: &EnterpriseId, fact: &FactId) -> Result<FactView, AppError> {
    let old = find_fact(cx, id, fact)?;
    refuse_own(cx, &old.enterprise_id)?;
    may_change_entry(old.source, old.ended_at.is_some(), true)?;
    if old.verified_by.is_some() {
        return view(cx, old);
    }
    let verified_by = cx.actor.user_id().cloned();
    let new = Fact { verified_by, verified_at: Some(cx.now), version: old.version + 1, ..old };
    db::facts::update_fact(cx.conn, &new)?;
    let changes = Changes::default().set("fact", &new.id).field("verified", false, true);
    cx.record(event(&new).changes(changes));
    view(cx, new)
}

/// The detail of a kind out of JSON: 400 with the pointer when a type is wrong, as for any body.
fn read_detail(kind: FactKind, detail: Value) -> Result<FactDetail, AppError> {
    FactDetail::read(kind, detail).map_err(|e| {
        let (pointer, said) = (format!("/detail{}", pointer(e.path())), e.into_inner().to_string());
        let code = if said.starts_with("unknown ") { FieldCode::Unknown } else { FieldCode::WrongType };
        let field = FieldError { pointer, code: code.as_str().to_owned(), say: say!("{said}", "{said}") };
        AppError { fields: vec![field], ..AppError::with(Code::MalformedJson, say!("{said}", "{said}")) }
    })
}

pub(super) fn detail_of_row(row: &Fact) -> Result<FactDetail, AppError> {
    read_detail(row.kind, row.detail.read()?).map_err(|e| AppError::internal(format!("fact {}: {e}", row.id)))
}

fn detail_of(fact: &FactDetail) -> Value {
    let mut tagged = serde_json::to_value(fact).expect("facts are plain data");
    tagged["detail"].take()
}

fn check(cx: &mut Cx, fact: &FactDetail, evidence: Option<&str>) -> Result<(), AppError> {
    let mut faults = Faults::default();
    let today = business_day(cx.now.utc());
    check_fact(&*crate::programme::service::vocabulary(cx, today)?, fact, today, cx.scope.all, &mut faults);
    faults.text("/evidence", evidence.unwrap_or_default(), 0, LONGEST_EVIDENCE);
    faults.done()
}

fn find_fact(cx: &mut Cx, id: &EnterpriseId, fact: &FactId) -> Result<Fact, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    Ok(db::facts::find_fact(cx.conn, &enterprise.id, fact)?)
}

fn view(cx: &mut Cx, row: Fact) -> Result<FactView, AppError> {
    let href = format!("/api/v1/enterprises/{}/facts/{}", row.enterprise_id, row.id);
    let change = || may_change_entry(row.source, row.ended_at.is_some(), cx.may(Action::FactVerify));
    let actions = Actions::of(cx)
        .add(Action::FactWrite, "PATCH", href.clone(), change())
        .add(Action::FactWrite, "DELETE", href.clone(), change())
        .add(Action::FactVerify, "POST", format!("{href}/verification"), change())
        .list();
    Ok(FactView { actions, ..shown(row)? })
}

fn shown(row: Fact) -> Result<FactView, AppError> {
    Ok(FactView {
        fact: detail_of_row(&row)?,
        id: row.id,
        enterprise_id: row.enterprise_id,
        occurred_on: row.occurred_on,
        source: row.source,
        evidence: row.evidence,
        written_by: row.written_by,
        created_at: row.created_at,
        verified: row.verified_by.is_some(),
        verified_by: row.verified_by,
        verified_at: row.verified_at,
        ended_at: row.ended_at,
        version: row.version,
        actions: Vec::new(),
    })
}

fn event(row: &Fact) -> Event {
    Event::on(Subject::new("enterprise", &row.enterprise_id))
}
