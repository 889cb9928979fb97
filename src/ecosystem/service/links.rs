use super::check_track;
use crate::ecosystem::model::{CreateLinkBody, Link, LinkId, LinkView, ListLinksParams, UpdateLinkBody};
use crate::ecosystem::{db, rules};
use crate::enterprises::db::record as records;
use crate::enterprises::model::EnterpriseId;
use crate::enterprises::service::record::find_enterprise;
use crate::error::{AppError, Faults, FieldCode};
use crate::library::service::promotion::measure;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::trimmed;
use crate::platform::trail::{Changes, Event, Subject};

pub fn create_link(cx: &mut Cx, body: &CreateLinkBody) -> Result<LinkView, AppError> {
    let mut faults = Faults::default();
    check_track(cx, &body.track, &mut faults)?;
    for (pointer, missing) in [("/enterprise_id", body.enterprise_id.is_none()), ("/kind", body.kind.is_none())] {
        if missing {
            faults.plain(pointer, FieldCode::Required);
        }
    }
    let row = Link {
        id: cx.id(),
        track: body.track.clone(),
        enterprise_id: body.enterprise_id.clone().unwrap_or(EnterpriseId(String::new())),
        kind: body.kind.unwrap_or(crate::ecosystem::model::LinkKind::Supplies),
        counterpart_id: body.counterpart_id.clone(),
        item: body.item.trim().to_owned(),
        contract_number: trimmed(body.contract_number.as_deref()),
        amount_fen: body.amount_fen,
        starts_on: body.starts_on,
        ends_on: body.ends_on,
        ended_at: None,
        created_by: cx.actor.label(),
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    rules::check_link(&row, &mut faults);
    faults.done()?;
    find_enterprise(cx, &row.enterprise_id)?;
    check_counterpart(cx, &row)?;
    db::insert_link(cx.conn, &row)?;
    cx.record(Event::on(subject(&row.id)).changes(told(None, &row)));
    measure_both(cx, &row)?;
    get_link(cx, &row.id)
}

/// Merge patch of the terms; a counterpart fills a missing link.
pub fn update_link(cx: &mut Cx, id: &LinkId, body: &UpdateLinkBody) -> Result<LinkView, AppError> {
    let (old, _) = db::find_visible_link(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    cx.expect_version(old.version)?;
    rules::may_edit_link(&old)?;
    let mut new = old.clone();
    if let Some(counterpart) = &body.counterpart_id {
        new.counterpart_id.clone_from(counterpart);
    }
    if let Some(number) = &body.contract_number {
        new.contract_number = trimmed(number.as_deref());
    }
    new.amount_fen = body.amount_fen.unwrap_or(old.amount_fen);
    new.starts_on = body.starts_on.unwrap_or(old.starts_on);
    new.ends_on = body.ends_on.unwrap_or(old.ends_on);
    let mut faults = Faults::default();
    rules::check_link(&new, &mut faults);
    faults.done()?;
    check_counterpart(cx, &new)?;
    store(cx, &old, new)?;
    get_link(cx, id)
}

/// The link no longer counts; it stays on record.
pub fn end_link(cx: &mut Cx, id: &LinkId) -> Result<LinkView, AppError> {
    let (old, _) = db::find_visible_link(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    rules::may_edit_link(&old)?;
    let new = Link { ended_at: Some(cx.now), ..old.clone() };
    store(cx, &old, new)?;
    get_link(cx, id)
}

/// Somebody has been found for a missing link. Asks for no permission: the caller has found its own record.
pub(super) fn fill_link(cx: &mut Cx, id: &LinkId, counterpart: &EnterpriseId) -> Result<(), AppError> {
    let old = db::find_link(cx.conn, id)?;
    if old.ended_at.is_some() || old.counterpart_id.is_some() || old.enterprise_id == *counterpart {
        return Ok(());
    }
    let new = Link { counterpart_id: Some(counterpart.clone()), ..old.clone() };
    store(cx, &old, new)
}

fn store(cx: &mut Cx, old: &Link, new: Link) -> Result<(), AppError> {
    let changes = told(Some(old), &new);
    let new = Link { updated_at: cx.now, version: old.version + 1, ..new };
    db::update_link(cx.conn, &new)?;
    let event = Event::on(subject(&new.id)).changes(changes);
    cx.record(event);
    measure_both(cx, old)?;
    measure_both(cx, &new)
}

/// Links are figures of both sides.
fn measure_both(cx: &mut Cx, link: &Link) -> Result<(), AppError> {
    measure(cx, &link.enterprise_id)?;
    match &link.counterpart_id {
        Some(counterpart) => measure(cx, counterpart),
        None => Ok(()),
    }
}

fn check_counterpart(cx: &mut Cx, link: &Link) -> Result<(), AppError> {
    let Some(counterpart) = &link.counterpart_id else { return Ok(()) };
    match find_enterprise(cx, counterpart) {
        Err(e) if e.code == crate::error::Code::NotFound => {
            Err(AppError::field("/counterpart_id", FieldCode::NotExisting, FieldCode::NotExisting.title()))
        }
        other => other.map(drop),
    }
}

fn subject(id: &LinkId) -> Subject {
    Subject::new("enterprise_link", id)
}

fn told(old: Option<&Link>, new: &Link) -> Changes {
    crate::changed!(old, new; track, enterprise_id, kind, counterpart_id, item, contract_number, amount_fen, starts_on, ends_on, ended_at)
}

pub fn get_link(cx: &mut Cx, id: &LinkId) -> Result<LinkView, AppError> {
    let (row, name) = db::find_visible_link(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let href = format!("/api/v1/enterprise-links/{}", row.id);
    let actions = Actions::of(cx)
        .add(Action::LinkWrite, "PATCH", href.clone(), rules::may_edit_link(&row))
        .add(Action::LinkWrite, "POST", format!("{href}/ending"), rules::may_edit_link(&row))
        .list();
    let mut views = shown(cx, vec![(row, name)])?;
    let view = views.pop().ok_or_else(AppError::not_found)?;
    Ok(LinkView { actions, ..view })
}

pub fn list_links(cx: &mut Cx, params: &ListLinksParams) -> Result<Page<LinkView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::list_links(cx.conn, cx.scope, cx.actor.user_id(), params, &page)?;
    let views = shown(cx, rows)?;
    Ok(Page::of(views, page.limit, None, |view| view.id.clone(), |view| view))
}

/// With the names of the other sides.
pub(super) fn shown(cx: &mut Cx, rows: Vec<(Link, String)>) -> Result<Vec<LinkView>, AppError> {
    let others: Vec<EnterpriseId> = rows.iter().filter_map(|(row, _)| row.counterpart_id.clone()).collect();
    let named = records::list_by_ids(cx.conn, &others)?;
    let name = |id: &EnterpriseId| named.iter().find(|row| row.id == *id).map(|row| row.name.clone());
    let view = |(row, enterprise_name): (Link, String)| LinkView {
        counterpart_name: row.counterpart_id.as_ref().and_then(name),
        missing: row.counterpart_id.is_none(),
        id: row.id,
        track: row.track,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        kind: row.kind,
        counterpart_id: row.counterpart_id,
        item: row.item,
        contract_number: row.contract_number,
        amount_fen: row.amount_fen,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        ended_at: row.ended_at,
        version: row.version,
        actions: Vec::new(),
    };
    Ok(rows.into_iter().map(view).collect())
}
