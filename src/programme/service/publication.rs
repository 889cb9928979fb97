use super::SUBJECT;
use super::draft::digest;
use super::reading::view;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::db;
use crate::programme::model::{RuleSetId, RuleSetRow, RuleSetState, RuleSetView};
use crate::programme::rules::publication::may_publish;

pub fn publish_rule_set(cx: &mut Cx, id: &RuleSetId) -> Result<RuleSetView, AppError> {
    let row = db::find_rule_set(cx.conn, cx.scope, id)?;
    let approver = cx.person()?.id.clone();
    may_publish(row.state, [&row.created_by, &row.edited_by], &approver)?;
    // What is published is the text the approver has read.
    cx.expect_version(row.version)?;
    let row = RuleSetRow {
        state: RuleSetState::Published,
        published_by: Some(approver.to_string()),
        published_at: Some(cx.now),
        version: row.version + 1,
        ..row
    };
    db::update_published(cx.conn, id, approver.as_str(), cx.now, row.version)?;
    let changes = Changes::default().set("source", digest(&row.source));
    cx.record(Event::on(Subject::new(SUBJECT, id)).moved(RuleSetState::Draft, row.state).changes(changes));
    view(cx, row)
}
