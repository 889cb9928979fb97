//! One file per use case; `effects` is where an objection moves what it is about.

mod effects;
mod handling;
mod notices;
mod objecting;

use super::db;
use super::model::{NoticeId, ObjectionState};
use crate::error::AppError;
use crate::platform::door::Cx;
pub use handling::{
    admit_objection, get_objection, investigate_objection, list_objections, refuse_objection, reply_to_objection,
    resolve_objection,
};
pub use notices::{get_notice, list_notices, publish_notice, suggest_period};
pub use objecting::{file_objection, record_objection};

/// Objections against this subject that are not resolved.
pub fn open_objections(cx: &mut Cx, subject_kind: &str, subject_id: &str) -> Result<i64, AppError> {
    Ok(db::count_objections_in(cx.conn, subject_kind, subject_id, &ObjectionState::OPEN)?)
}

/// Objections against any subject of this notice that are not resolved.
pub fn open_objections_on_notice(cx: &mut Cx, notice: &NoticeId) -> Result<i64, AppError> {
    Ok(db::count_open_objections_on_notice(cx.conn, notice)?)
}
