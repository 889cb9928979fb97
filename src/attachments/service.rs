//! Files of a record, under the rules of the record they belong to.

use super::model::{
    AttachParams, Attachment, AttachmentId, AttachmentSummary, AttachmentView, Holder, HolderKind,
    ListAttachmentsParams, Removal,
};
use super::{db, rules};
use crate::applications::model::ApplicationId;
use crate::applications::service::attaching;
use crate::error::{AppError, Faults, FieldCode, Refusal};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::files::MediaType;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::reviews;
use crate::visits::model::SiteVisitId;
use crate::visits::service as visits;

/// A file that has been taken in and stored, about to become part of a record.
#[derive(Debug, Clone)]
pub struct StoredFile {
    pub id: AttachmentId,
    pub object_key: String,
    pub media_type: MediaType,
    pub bytes: i64,
    pub sha256: String,
}

/// Where a new file will lie in the storage.
pub fn key(id: &AttachmentId) -> String {
    rules::key(id)
}

/// Asked before a byte is read: who may not attach does not make us take their file.
pub fn may_attach(cx: &mut Cx, to: &Holder, params: &AttachParams) -> Result<(), AppError> {
    let mut faults = Faults::default();
    rules::check_name(&params.name, &mut faults);
    match to.kind {
        HolderKind::Application => {
            attaching::may_change_files(cx, &application(to), params.item.as_deref(), &mut faults)?;
        }
        HolderKind::SiteVisit => {
            visits::may_change_files(cx, &visit(to))?;
            if params.item.is_some() {
                faults.plain("item", FieldCode::NotAllowed);
            }
        }
    }
    faults.done()?;
    Ok(rules::may_add(db::count_of(cx.conn, to)?)?)
}

/// Everything is asked again: much may have happened while the file came in.
pub fn attach(cx: &mut Cx, to: &Holder, params: &AttachParams, file: &StoredFile) -> Result<AttachmentView, AppError> {
    may_attach(cx, to, params)?;
    let row = Attachment {
        id: file.id.clone(),
        holder_kind: to.kind,
        holder_id: to.id.clone(),
        item: params.item.clone(),
        name: params.name.trim().to_owned(),
        media_type: file.media_type,
        bytes: file.bytes,
        sha256: file.sha256.clone(),
        object_key: file.object_key.clone(),
        uploaded_by: cx.person()?.id.clone(),
        uploaded_at: cx.now,
        removed_by: None,
        removed_at: None,
    };
    db::insert_attachment(cx.conn, &row)?;
    let changes = Changes::default()
        .set("attachment_id", &row.id)
        .set("item", &row.item)
        .set("name", &row.name)
        .set("bytes", row.bytes)
        .set("sha256", &row.sha256);
    cx.record(Event::on(subject(to)).changes(changes));
    view(cx, row)
}

pub fn list_attachments(
    cx: &mut Cx,
    of: &Holder,
    params: &ListAttachmentsParams,
) -> Result<Page<AttachmentSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    see(cx, of)?;
    let rows = db::list_of(cx.conn, of, params, &page)?;
    Ok(Page::of(rows, page.limit, None, |row| row.id.clone(), AttachmentSummary::from))
}

pub fn get_attachment(cx: &mut Cx, id: &AttachmentId) -> Result<AttachmentView, AppError> {
    let row = find(cx, id)?;
    view(cx, row)
}

/// For the download.
pub fn find(cx: &mut Cx, id: &AttachmentId) -> Result<Attachment, AppError> {
    let row = db::find_attachment(cx.conn, id)?;
    see(cx, &holder(&row))?;
    Ok(row)
}

/// What a submission refers to stays in the storage: it belongs to what was judged.
pub fn remove_attachment(cx: &mut Cx, id: &AttachmentId) -> Result<Removal, AppError> {
    let mut row = db::find_attachment(cx.conn, id)?;
    let of = holder(&row);
    may_remove(cx, &row)?;
    if row.removed_at.is_some() {
        return Err(AppError::not_found());
    }
    row.removed_by = Some(cx.person()?.id.clone());
    row.removed_at = Some(cx.now);
    db::update_removed(cx.conn, &row)?;
    let submitted = db::was_submitted(cx.conn, id)?;
    let changes = Changes::default().set("attachment_id", id).field("name", &row.name, None::<&str>);
    cx.record(Event::on(subject(&of)).changes(changes));
    Ok(Removal { object_key: (!submitted).then_some(row.object_key) })
}

/// 404 for whom the record does not exist.
fn see(cx: &mut Cx, holder: &Holder) -> Result<(), AppError> {
    match holder.kind {
        HolderKind::Application => {
            let id = application(holder);
            match attaching::may_see_files(cx, &id) {
                // An expert reads the files of a case they review, once they have declared no conflict.
                Err(_) if cx.scope.assigned && reviews::service::tasks::reads_files(cx, &id)? => Ok(()),
                other => other,
            }
        }
        HolderKind::SiteVisit => visits::may_see_files(cx, &visit(holder)),
    }
}

fn may_remove(cx: &mut Cx, row: &Attachment) -> Result<(), AppError> {
    match row.holder_kind {
        HolderKind::Application => {
            attaching::may_change_files(cx, &application(&holder(row)), None, &mut Faults::default())
        }
        // Those of a visit are the office's.
        HolderKind::SiteVisit if !cx.scope.all => Err(AppError::not_found()),
        HolderKind::SiteVisit => visits::may_change_files(cx, &visit(&holder(row))),
    }
}

fn view(cx: &mut Cx, row: Attachment) -> Result<AttachmentView, AppError> {
    let holder = holder(&row);
    let rule = match may_remove(cx, &row) {
        Ok(()) => Ok(()),
        Err(refusal) if refusal.is_refusal() => {
            Err(Refusal::new(refusal.code, refusal.detail.unwrap_or_else(|| refusal.code.title())))
        }
        Err(failure) => return Err(failure),
    };
    let href = format!("/api/v1/attachments/{}", row.id);
    let actions = Actions::of(cx)
        .add(Action::AttachmentView, "GET", format!("{href}/content"), Ok(()))
        .add(Action::AttachmentRemove, "DELETE", href, rule)
        .list();
    Ok(AttachmentView {
        version: 1 + i64::from(row.removed_at.is_some()),
        removed_at: row.removed_at,
        summary: row.into(),
        holder,
        actions,
    })
}

fn holder(row: &Attachment) -> Holder {
    Holder { kind: row.holder_kind, id: row.holder_id.clone() }
}

fn application(holder: &Holder) -> ApplicationId {
    ApplicationId(holder.id.clone())
}

fn visit(holder: &Holder) -> SiteVisitId {
    SiteVisitId(holder.id.clone())
}

fn subject(holder: &Holder) -> Subject {
    Subject::new(holder.kind.as_str(), &holder.id)
}
