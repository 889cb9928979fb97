use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::{Attachment, AttachmentId, Holder, HolderKind, ListAttachmentsParams};
use crate::applications::model::{ApplicationId, SnapshotId};
use crate::each;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::{application_snapshot_files as snapshot_files, attachments};

pub fn find_attachment(conn: &mut Conn, id: &AttachmentId) -> QueryResult<Attachment> {
    attachments::table.find(id).select(Attachment::as_select()).first(conn)
}

/// What is there now, oldest first. Who may see the holder may see its files, so nothing is scoped here.
pub fn list_of(
    conn: &mut Conn,
    holder: &Holder,
    params: &ListAttachmentsParams,
    page: &PageRequest<AttachmentId>,
) -> QueryResult<Vec<Attachment>> {
    let mut query = attachments::table
        .filter(attachments::holder_kind.eq(holder.kind))
        .filter(attachments::holder_id.eq(&holder.id))
        .filter(attachments::removed_at.is_null())
        .into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Some(item) = &params.item {
        query = query.filter(attachments::item.eq(item));
    }
    if let Some(after) = &page.after {
        query = query.filter(attachments::id.gt(after));
    }
    query.order(attachments::id).limit(page.fetch()).select(Attachment::as_select()).load(conn)
}

/// All that an application holds now, oldest first.
pub fn list_of_application(conn: &mut Conn, id: &ApplicationId) -> QueryResult<Vec<Attachment>> {
    attachments::table
        .filter(attachments::holder_kind.eq(HolderKind::Application))
        .filter(attachments::holder_id.eq(id.as_str()))
        .filter(attachments::removed_at.is_null())
        .order(attachments::id)
        .select(Attachment::as_select())
        .load(conn)
}

/// What a submission was handed in with.
pub fn list_of_snapshot(conn: &mut Conn, id: &SnapshotId) -> QueryResult<Vec<Attachment>> {
    snapshot_files::table
        .inner_join(attachments::table)
        .filter(snapshot_files::snapshot_id.eq(id))
        .order(attachments::id)
        .select(Attachment::as_select())
        .load(conn)
}

pub fn count_of(conn: &mut Conn, holder: &Holder) -> QueryResult<i64> {
    attachments::table
        .filter(attachments::holder_kind.eq(holder.kind))
        .filter(attachments::holder_id.eq(&holder.id))
        .filter(attachments::removed_at.is_null())
        .count()
        .get_result(conn)
}

pub fn items_of(conn: &mut Conn, holder: &Holder) -> QueryResult<Vec<String>> {
    attachments::table
        .filter(attachments::holder_kind.eq(holder.kind))
        .filter(attachments::holder_id.eq(&holder.id))
        .filter(attachments::removed_at.is_null())
        .filter(attachments::item.is_not_null())
        .select(attachments::item.assume_not_null())
        .distinct()
        .load(conn)
}

pub fn insert_attachment(conn: &mut Conn, row: &Attachment) -> QueryResult<()> {
    diesel::insert_into(attachments::table).values(row).execute(conn).map(drop)
}

pub fn update_removed(conn: &mut Conn, row: &Attachment) -> QueryResult<()> {
    diesel::update(attachments::table.find(&row.id))
        .set((attachments::removed_by.eq(&row.removed_by), attachments::removed_at.eq(row.removed_at)))
        .execute(conn)
        .map(drop)
}

/// Whether it was part of any submission.
pub fn was_submitted(conn: &mut Conn, id: &AttachmentId) -> QueryResult<bool> {
    diesel::select(exists(snapshot_files::table.filter(snapshot_files::attachment_id.eq(id)))).get_result(conn)
}

/// Which of these are still needed: part of a record, or of a submission.
pub fn list_kept(conn: &mut Conn, ids: &[AttachmentId]) -> QueryResult<Vec<AttachmentId>> {
    let submitted = snapshot_files::table.select(snapshot_files::attachment_id);
    attachments::table
        .filter(attachments::id.eq_any(ids.to_vec()))
        .filter(attachments::removed_at.is_null().or(attachments::id.eq_any(submitted)))
        .select(attachments::id)
        .load(conn)
}

/// The files of a submission, as they are now.
pub fn insert_snapshot_files(conn: &mut Conn, snapshot: &SnapshotId, files: &[Attachment]) -> QueryResult<()> {
    if files.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = files
        .iter()
        .map(|file| (snapshot_files::snapshot_id.eq(snapshot), snapshot_files::attachment_id.eq(&file.id)))
        .collect();
    // The combined connection has no batch insert.
    each!(conn, c => diesel::insert_into(snapshot_files::table).values(&rows).execute(c)).map(drop)
}
