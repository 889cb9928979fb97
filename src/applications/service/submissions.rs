//! The submissions of an application, each as it was frozen, and what changed from one to another.

use serde_json::{Value, json};

use super::find_case;
use crate::applications::db;
use crate::applications::model::{
    Application, ApplicationId, DifferencesParams, DifferencesView, Snapshot, SubmissionSummary, SubmissionView,
};
use crate::applications::rules;
use crate::attachments::db as files;
use crate::attachments::model::{Attachment, AttachmentSummary};
use crate::error::{AppError, FieldCode};
use crate::platform::door::Cx;
use crate::platform::page::Page;

/// Oldest first; there are as many as the round allows returns, and one.
pub fn list_submissions(cx: &mut Cx, id: &ApplicationId) -> Result<Page<SubmissionSummary>, AppError> {
    db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let summary = |row: Snapshot| SubmissionSummary { number: row.number, outcome: row.outcome, at: row.created_at };
    let rows = db::list_snapshots(cx.conn, id)?;
    Ok(Page { items: rows.into_iter().map(summary).collect(), next: None, total: None })
}

pub fn get_submission(cx: &mut Cx, id: &ApplicationId, number: i32) -> Result<SubmissionView, AppError> {
    db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let row = db::find_snapshot_by_number(cx.conn, id, number)?;
    let attachments = files::list_of_snapshot(cx.conn, &row.id)?;
    Ok(SubmissionView {
        form: row.form.read()?,
        figures: row.figures.read()?,
        attachments: attachments.into_iter().map(AttachmentSummary::from).collect(),
        number: row.number,
        rule_set_id: row.rule_set_id,
        outcome: row.outcome,
        at: row.created_at,
    })
}

/// Value by value, files included. Without numbers: from the last submission to the form as it is now.
pub fn get_differences(
    cx: &mut Cx,
    id: &ApplicationId,
    params: &DifferencesParams,
) -> Result<DifferencesView, AppError> {
    let application = find_case(cx, id)?.application;
    let snapshots = db::list_snapshots(cx.conn, id)?;
    let last = snapshots.last().map(|row| row.number);
    let Some(from) = params.from.or(last) else {
        return Err(AppError::field("from", FieldCode::NotExisting, FieldCode::NotExisting.title()));
    };
    let old = frozen(cx, &snapshots, from, "from")?;
    let new = match params.to {
        Some(to) => frozen(cx, &snapshots, to, "to")?,
        None => current(cx, &application)?,
    };
    let differences = rules::differences(&old, &new);
    Ok(DifferencesView { from, to: params.to, differences })
}

fn frozen(cx: &mut Cx, snapshots: &[Snapshot], number: i32, at: &str) -> Result<Value, AppError> {
    let Some(row) = snapshots.iter().find(|row| row.number == number) else {
        return Err(AppError::field(at, FieldCode::NotExisting, FieldCode::NotExisting.title()));
    };
    let held = files::list_of_snapshot(cx.conn, &row.id)?;
    document(row.form.as_text(), &held)
}

fn current(cx: &mut Cx, application: &Application) -> Result<Value, AppError> {
    let held = files::list_of_application(cx.conn, &application.id)?;
    document(application.form.as_text(), &held)
}

/// The form with its files under `attachments`, by their ids: a file is never edited, only added or taken out.
fn document(form: &str, held: &[Attachment]) -> Result<Value, AppError> {
    let mut document: Value = serde_json::from_str(form).map_err(AppError::internal)?;
    let files: serde_json::Map<String, Value> = held
        .iter()
        .map(|file| (file.id.to_string(), json!({ "item": file.item, "name": file.name, "sha256": file.sha256 })))
        .collect();
    document["attachments"] = Value::Object(files);
    Ok(document)
}
