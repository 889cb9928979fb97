//! Files of a record, under the rules of the record they belong to.

use super::model::{
    AttachParams, Attachment, AttachmentId, AttachmentSummary, AttachmentView, Holder, ListAttachmentsParams, Removal,
};
use super::{db, holders, rules};
use crate::error::{AppError, Code, Faults, Refusal};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::files::MediaType;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;

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
    holders::may_change(cx, to, params.item.as_deref(), &mut faults)?;
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
    holders::see(cx, of)?;
    let rows = db::list_of(cx.conn, of, params, &page)?;
    Ok(Page::of(rows, page.limit, None, |row| row.id.clone(), AttachmentSummary::from))
}

/// What the files of a record prove, each once.
pub fn items_of(cx: &mut Cx, of: &Holder) -> Result<Vec<String>, AppError> {
    Ok(db::items_of(cx.conn, of)?)
}

pub fn get_attachment(cx: &mut Cx, id: &AttachmentId) -> Result<AttachmentView, AppError> {
    let row = find(cx, id)?;
    view(cx, row)
}

/// For the download.
pub fn find(cx: &mut Cx, id: &AttachmentId) -> Result<Attachment, AppError> {
    let row = db::find_attachment(cx.conn, id)?;
    holders::see(cx, &holder(&row))?;
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

/// Who put it there takes it out again, as long as the record may be changed.
fn may_remove(cx: &mut Cx, row: &Attachment) -> Result<(), AppError> {
    let of = holder(row);
    holders::may_change(cx, &of, None, &mut Faults::default())?;
    if !holders::shared(of.kind) && cx.actor.user_id() != Some(&row.uploaded_by) {
        let said = say!("只能由上传人移除", "is taken out by whoever put it there");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    Ok(())
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
    let actions = Actions::of(cx).add(Action::AttachmentView, "GET", format!("{href}/content"), Ok(()));
    let actions = match cx.may(row.holder_kind.changed_by()) {
        true => actions.add(Action::AttachmentRemove, "DELETE", href, rule).list(),
        false => actions.list(),
    };
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

fn subject(holder: &Holder) -> Subject {
    Subject::new(holder.kind.as_str(), &holder.id)
}
