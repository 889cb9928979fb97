use sha2::{Digest, Sha256};

use super::SUBJECT;
use super::reading::view;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::platform::door::Cx;
use crate::platform::text::Say;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::programme::db;
use crate::programme::document::{DocumentFault, RuleSet};
use crate::programme::model::{RuleSetBody, RuleSetId, RuleSetPatch, RuleSetRow, RuleSetState, RuleSetView};
use crate::programme::rules::publication::may_change;
use crate::say;

/// Ten times the rules of the district; a text is read while other writers wait.
const MAX_SOURCE: usize = 256 * 1024;

pub fn create_rule_set(cx: &mut Cx, body: &RuleSetBody) -> Result<RuleSetView, AppError> {
    let source = without_mark(&body.source);
    let author = cx.person()?.id.to_string();
    let row = new_draft(cx, read(source)?, source, author)?;
    insert(cx, &row)?;
    let changes = Changes::default()
        .set("code", &row.code)
        .set("revision", row.revision)
        .set("name", Say::new(&row.name_zh, &row.name_en))
        .set("source", digest(source));
    cx.record(Event::on(Subject::new(SUBJECT, &row.id)).to(row.state).changes(changes));
    view(cx, row)
}

pub fn replace_rule_set(cx: &mut Cx, id: &RuleSetId, body: &RuleSetBody) -> Result<RuleSetView, AppError> {
    let mut row = db::find_rule_set(cx.conn, cx.scope, id)?;
    may_change(row.state)?;
    cx.expect_version(row.version)?;
    let source = without_mark(&body.source);
    let rules = numbered(read(source)?, row.revision)?;
    if rules.code != row.code {
        let said = say!("本草稿的代码是“{}”", "this draft is one of {:?}", row.code);
        return Err(AppError::field("code", FieldCode::NotAllowed, said));
    }
    let patch = RuleSetPatch {
        document: Doc::of(&rules),
        name_zh: rules.name.zh,
        name_en: rules.name.en,
        effective_from: rules.effective_from,
        effective_to: rules.effective_to,
        source: source.to_owned(),
        edited_by: cx.person()?.id.to_string(),
        edited_at: cx.now,
        version: row.version + 1,
    };
    db::update_draft(cx.conn, id, &patch)?;
    let changes = Changes::default()
        .field("name", Say::new(&row.name_zh, &row.name_en), Say::new(&patch.name_zh, &patch.name_en))
        .field("effective_from", row.effective_from, patch.effective_from)
        .field("effective_to", row.effective_to, patch.effective_to)
        .field("source", digest(&row.source), digest(&patch.source));
    cx.record(Event::on(Subject::new(SUBJECT, id)).changes(changes));
    row = RuleSetRow {
        name_zh: patch.name_zh,
        name_en: patch.name_en,
        effective_from: patch.effective_from,
        effective_to: patch.effective_to,
        source: patch.source,
        document: patch.document,
        edited_by: patch.edited_by,
        edited_at: patch.edited_at,
        version: patch.version,
        ..row
    };
    view(cx, row)
}

/// The next revision of its code.
pub(super) fn new_draft(cx: &mut Cx, rules: RuleSet, source: &str, author: String) -> Result<RuleSetRow, AppError> {
    let revision = db::find_last_revision(cx.conn, &rules.code)?.unwrap_or(0) + 1;
    let rules = numbered(rules, revision)?;
    Ok(RuleSetRow {
        id: cx.id(),
        document: Doc::of(&rules),
        code: rules.code,
        revision,
        name_zh: rules.name.zh,
        name_en: rules.name.en,
        state: RuleSetState::Draft,
        effective_from: rules.effective_from,
        effective_to: rules.effective_to,
        source: source.to_owned(),
        created_by: author.clone(),
        created_at: cx.now,
        edited_by: author,
        edited_at: cx.now,
        published_by: None,
        published_at: None,
        version: 1,
    })
}

pub(super) fn insert(cx: &mut Cx, row: &RuleSetRow) -> Result<(), AppError> {
    match db::insert_rule_set(cx.conn, row).map_err(AppError::from) {
        // Somebody took the revision at the same moment: run again and take the next.
        Err(e) if e.code == Code::AlreadyExists => Err(AppError { retry: true, ..AppError::busy(e) }),
        other => other.map(drop),
    }
}

/// What a text is known by in the audit trail.
pub(super) fn digest(source: &str) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(source)))
}

/// The document carries the number under which it is kept, whatever its author wrote: an evaluation that names code and
/// version names one document.
fn numbered(rules: RuleSet, revision: i32) -> Result<RuleSet, AppError> {
    Ok(RuleSet { version: revision.try_into().map_err(AppError::internal)?, ..rules })
}

fn read(source: &str) -> Result<RuleSet, AppError> {
    if source.len() > MAX_SOURCE {
        let said = say!("规则文本最多 {MAX_SOURCE} 字节", "a rule set takes at most {MAX_SOURCE} bytes");
        return Err(AppError::with(Code::BodyTooLarge, said));
    }
    RuleSet::from_toml("rule set", source).map_err(|faults| AppError {
        fields: faults.into_iter().map(FieldError::from).collect(),
        ..AppError::new(Code::InvalidFields)
    })
}

/// Editors on Windows put a byte order mark before the text.
fn without_mark(source: &str) -> &str {
    source.strip_prefix('\u{feff}').unwrap_or(source)
}

impl From<DocumentFault> for FieldError {
    fn from(DocumentFault { line, path, message, .. }: DocumentFault) -> Self {
        let say = match line {
            Some(line) => Say::new(format!("第 {line} 行：{}", message.zh), format!("line {line}: {}", message.en)),
            None => message,
        };
        Self { pointer: path, code: FieldCode::InvalidRule.as_str().to_owned(), say }
    }
}
