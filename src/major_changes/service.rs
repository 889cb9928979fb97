//! Reporting a change, and settling what it means for the title.

use super::model::{
    ChangeDetail, ChangeKind, ChangeOutcome, ChangeState, CreateMajorChangeBody, ListMajorChangesParams, MajorChange,
    MajorChangeId, MajorChangeSummary, MajorChangeView, Merger, MergerView, MergersView, ResolveMajorChangeBody,
};
use super::{db, rules};
use crate::enterprises::db::record as records;
use crate::enterprises::model::{Enterprise, EnterpriseId};
use crate::enterprises::service::record::{adopt_change, find_enterprise};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::library::db::promotion::list_titled_of;
use crate::library::model::{MembershipState, RecheckCause, RecheckId, WatchTrigger};
use crate::library::rules::{Move, may_move};
use crate::library::service::{is_in_library, rechecks, watching};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::{Say, trimmed};
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::say;

fn subject(row: &MajorChange) -> Subject {
    Subject::new("major_change", &row.id)
}

/// Reports a change: the enterprise itself, or an officer who learnt of it. Reported after `months` it puts titles on watch.
pub fn create_major_change(
    cx: &mut Cx,
    body: &CreateMajorChangeBody,
    months: u32,
) -> Result<MajorChangeView, AppError> {
    let mut faults = Faults::default();
    let today = cx.today();
    rules::check_report(body, today, &mut faults);
    faults.done()?;
    let (Some(enterprise), Some(kind), Some(occurred_on)) = (&body.enterprise_id, body.kind, body.occurred_on) else {
        return Err(AppError::internal("checked to be there"));
    };
    let enterprise = find_enterprise(cx, enterprise)?;
    let detail = cleaned(&body.detail);
    if kind == ChangeKind::Merger {
        counterpart(cx, &enterprise.id, &detail)?;
    }
    if !is_in_library(cx, &enterprise.id)? {
        let said = say!("企业不在库，无需报告", "only enterprises in the library report changes");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    let row = MajorChange {
        id: cx.id(),
        enterprise_id: enterprise.id,
        kind,
        occurred_on,
        detail: Doc::of(&detail),
        note: trimmed(body.note.as_deref()),
        state: ChangeState::Reported,
        late: today > rules::due_on(occurred_on, months),
        reported_by: cx.actor.label(),
        reported_at: cx.now,
        resolved_by: None,
        resolved_at: None,
        resolution: None,
        recheck_ids: Doc::of(&Vec::new()),
        version: 1,
    };
    db::insert_change(cx.conn, &row)?;
    let changes = Changes::default()
        .set("enterprise_id", &row.enterprise_id)
        .set("kind", kind)
        .set("occurred_on", occurred_on)
        .set("detail", &detail)
        .set("late", row.late);
    cx.record(Event::on(subject(&row)).to(row.state).changes(changes));
    if row.late {
        watch(cx, &row)?;
    }
    get_major_change(cx, &row.id, months)
}

/// Who reports too late is watched.
fn watch(cx: &mut Cx, row: &MajorChange) -> Result<(), AppError> {
    let Say { zh, en } = row.kind.label();
    let said = say!("逾期报告重大变更：{zh}", "a major change was reported late: {en}").both();
    for mut member in list_titled_of(cx.conn, &row.enterprise_id)? {
        if member.state == MembershipState::Active {
            watching::put_on_watch(cx, &mut member, WatchTrigger::MajorChange, &said)?;
        }
    }
    Ok(())
}

/// Settles a report: the title stays, or is looked at again. Name and address go over into the record, a merger links both.
pub fn resolve_major_change(
    cx: &mut Cx,
    id: &MajorChangeId,
    body: &ResolveMajorChangeBody,
    months: u32,
) -> Result<MajorChangeView, AppError> {
    let (mut row, _) = db::find_visible_change(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    cx.expect_version(row.version)?;
    rules::may_resolve(row.state)?;
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, rules::NOTE_MAX);
    if body.outcome.is_none() {
        faults.plain("/outcome", FieldCode::Required);
    }
    faults.done()?;
    let mut detail = row.detail.read()?;
    let enterprise = records::find_enterprise(cx.conn, &row.enterprise_id)?;
    if detail.new_name.is_some() || detail.new_address.is_some() {
        adopt_change(cx, &enterprise, detail.new_name.as_deref(), detail.new_address.as_deref())?;
        detail.old_name = detail.new_name.is_some().then_some(enterprise.name);
        row.detail = Doc::of(&detail);
    }
    if row.kind == ChangeKind::Merger {
        merge(cx, &row, &detail)?;
    }
    let from = row.state;
    let reason = body.reason.trim();
    let opened = match body.outcome {
        Some(ChangeOutcome::Recheck) => recheck(cx, &row, reason)?,
        _ => Vec::new(),
    };
    row.state = if opened.is_empty() { ChangeState::Kept } else { ChangeState::Rechecked };
    row.resolved_by = Some(cx.actor.label());
    row.resolved_at = Some(cx.now);
    row.resolution = Some(reason.to_owned());
    row.recheck_ids = Doc::of(&opened);
    row.version += 1;
    db::update_change(cx.conn, &row)?;
    let changes = Changes::default().set("rechecks", &opened);
    cx.record(Event::on(subject(&row)).moved(from, row.state).reason(reason).changes(changes));
    get_major_change(cx, id, months)
}

/// Opens a re-check of every title that can be looked at now.
fn recheck(cx: &mut Cx, row: &MajorChange, reason: &str) -> Result<Vec<RecheckId>, AppError> {
    let mut opened = Vec::new();
    for member in list_titled_of(cx.conn, &row.enterprise_id)? {
        if may_move(member.state, Move::ReReview).is_ok() {
            opened.push(rechecks::open(cx, member, RecheckCause::MajorChange, Some(reason), None)?.id);
        }
    }
    if opened.is_empty() {
        let said =
            say!("没有可复核的资格，或复核已在进行", "there is no title to look at again, or it is being done already");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    Ok(opened)
}

fn merge(cx: &mut Cx, row: &MajorChange, detail: &ChangeDetail) -> Result<(), AppError> {
    let other = counterpart(cx, &row.enterprise_id, detail)?.id;
    let own = row.enterprise_id.clone();
    let (predecessor_id, successor_id) = if detail.absorbed { (own, other) } else { (other, own) };
    let link = Merger { change_id: row.id.clone(), predecessor_id, successor_id, merged_on: row.occurred_on };
    Ok(db::insert_merger(cx.conn, &link)?)
}

/// The other side of a merger. Whoever asks: credit codes are public.
fn counterpart(cx: &mut Cx, own: &EnterpriseId, detail: &ChangeDetail) -> Result<Enterprise, AppError> {
    const AT: &str = "/detail/counterpart_code";
    let code = detail.counterpart_code.as_deref().unwrap_or_default();
    match records::find_by_credit_code(cx.conn, code)? {
        Some(other) if other.id == *own => {
            Err(AppError::field(AT, FieldCode::NotAllowed, FieldCode::NotAllowed.title()))
        }
        Some(other) => Ok(other),
        None => Err(AppError::field(AT, FieldCode::NotExisting, FieldCode::NotExisting.title())),
    }
}

pub fn list_major_changes(cx: &mut Cx, params: &ListMajorChangesParams) -> Result<Page<MajorChangeSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::list_changes(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::count_changes(cx.conn, cx.scope, user, params)?) } else { None };
    Ok(Page::of(
        rows,
        page.limit,
        total,
        |(row, _)| row.id.clone(),
        |(row, enterprise_name)| MajorChangeSummary {
            id: row.id,
            enterprise_id: row.enterprise_id,
            enterprise_name,
            kind: row.kind,
            occurred_on: row.occurred_on,
            state: row.state,
            late: row.late,
            reported_at: row.reported_at,
            version: row.version,
        },
    ))
}

pub fn get_major_change(cx: &mut Cx, id: &MajorChangeId, months: u32) -> Result<MajorChangeView, AppError> {
    let (row, enterprise_name) = db::find_visible_change(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let href = format!("/api/v1/major-changes/{}/resolution", row.id);
    Ok(MajorChangeView {
        actions: Actions::of(cx).add(Action::MajorChangeResolve, "POST", href, rules::may_resolve(row.state)).list(),
        detail: row.detail.read()?,
        recheck_ids: row.recheck_ids.read()?,
        due_on: rules::due_on(row.occurred_on, months),
        id: row.id,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        kind: row.kind,
        occurred_on: row.occurred_on,
        note: row.note,
        state: row.state,
        late: row.late,
        reported_at: row.reported_at,
        resolved_at: row.resolved_at,
        resolution: row.resolution,
        version: row.version,
    })
}

/// The mergers an enterprise was part of.
pub fn list_mergers(cx: &mut Cx, id: &EnterpriseId) -> Result<MergersView, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    let rows = db::list_mergers(cx.conn, cx.scope, cx.actor.user_id(), &enterprise.id)?;
    let ids: Vec<EnterpriseId> =
        rows.iter().flat_map(|row| [row.predecessor_id.clone(), row.successor_id.clone()]).collect();
    let named = records::list_by_ids(cx.conn, &ids)?;
    let name =
        |id: &EnterpriseId| named.iter().find(|row| row.id == *id).map(|row| row.name.clone()).unwrap_or_default();
    let view = |row: Merger| MergerView {
        predecessor_name: name(&row.predecessor_id),
        successor_name: name(&row.successor_id),
        change_id: row.change_id,
        predecessor_id: row.predecessor_id,
        successor_id: row.successor_id,
        merged_on: row.merged_on,
    };
    Ok(MergersView { items: rows.into_iter().map(view).collect() })
}

fn cleaned(detail: &ChangeDetail) -> ChangeDetail {
    ChangeDetail {
        new_name: trimmed(detail.new_name.as_deref()),
        old_name: None,
        counterpart_code: trimmed(detail.counterpart_code.as_deref()).map(|code| code.to_uppercase()),
        absorbed: detail.absorbed,
        new_address: trimmed(detail.new_address.as_deref()),
        new_controller: trimmed(detail.new_controller.as_deref()),
    }
}
