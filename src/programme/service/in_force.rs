//! The published rule sets, as the rest of the house evaluates with them.

use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use super::SUBJECT;
use super::draft::{digest, insert, new_draft};
use crate::error::{AppError, Code};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::db;
use crate::programme::document::{LAOSHAN_2026, RuleSet, laoshan_2026};
use crate::programme::model::{RuleSetId, RuleSetRow, RuleSetState};
use crate::say;

/// Who prepared and published what ships with the program.
const SYSTEM: &str = "system";

/// A published rule set. A draft is not found: nothing may stand on what still changes.
pub fn rule_set(cx: &mut Cx, id: &RuleSetId) -> Result<Arc<RuleSet>, AppError> {
    // Published documents never change, so those that were read once are kept; there are a few per year.
    static READ: LazyLock<RwLock<HashMap<RuleSetId, Arc<RuleSet>>>> = LazyLock::new(RwLock::default);
    if let Some(rules) = READ.read().unwrap_or_else(PoisonError::into_inner).get(id) {
        return Ok(rules.clone());
    }
    let rules = Arc::new(db::find_published_document(cx.conn, id)?.read()?);
    READ.write().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), rules.clone());
    Ok(rules)
}

/// The one in force on a day in Shanghai: of several the one that took effect last, then the later revision.
pub fn current(cx: &mut Cx, on: NaiveDate) -> Result<(RuleSetId, Arc<RuleSet>), AppError> {
    let id = db::find_in_force(cx.conn, on)?.ok_or_else(|| {
        AppError::with(Code::NotFound, say!("{on} 没有生效的规则", "no rule set is in force on {on}"))
    })?;
    let rules = rule_set(cx, &id)?;
    Ok((id, rules))
}

/// Whose tracks, titles and vetoes records are written with on a day: the one in force, or before the first takes effect that one.
pub fn vocabulary(cx: &mut Cx, on: NaiveDate) -> Result<Arc<RuleSet>, AppError> {
    let id = match db::find_in_force(cx.conn, on)? {
        Some(id) => id,
        None => db::find_first_published(cx.conn)?,
    };
    rule_set(cx, &id)
}

/// Publishes the rule set that ships with the program when there is none yet. Two processes that start at once both
/// come here; the later one is run again and finds the work done.
pub fn ensure_shipped(cx: &mut Cx) -> Result<(), AppError> {
    if db::count_published(cx.conn)? > 0 {
        return Ok(());
    }
    let draft = new_draft(cx, laoshan_2026().clone(), LAOSHAN_2026, SYSTEM.to_owned())?;
    let row = RuleSetRow {
        state: RuleSetState::Published,
        published_by: Some(SYSTEM.to_owned()),
        published_at: Some(cx.now),
        ..draft
    };
    insert(cx, &row)?;
    let changes =
        Changes::default().set("code", &row.code).set("revision", row.revision).set("source", digest(&row.source));
    cx.record(Event::on(Subject::new(SUBJECT, &row.id)).action("rule_set.publish").to(row.state).changes(changes));
    Ok(())
}
