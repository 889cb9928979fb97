//! The audit trail: what a service says about its change, and how it is chained.
//!
//! Every subject (a round, an application, ..) has its own chain: event n carries the hash of event n-1, so a changed or removed
//! event breaks the chain from there on, and no global lock is needed to append. Daily signed checkpoints over all chain heads
//! (`audit/`) catch a removed end and a wholly removed history.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use super::conn::Conn;
use super::types::{Doc, Stamp};
use crate::error::AppError;
use crate::id_type;
use crate::schema::audit_events;

id_type!(AuditEventId);

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    pub kind: &'static str,
    pub id: String,
}

impl Subject {
    pub fn new(kind: &'static str, id: impl ToString) -> Self {
        Self { kind, id: id.to_string() }
    }
}

/// Old and new value per field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Changes(BTreeMap<String, Change>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Change {
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub old: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub new: Value,
}

impl Changes {
    /// Notes the field if it differs.
    pub fn field(mut self, name: &str, old: impl Serialize, new: impl Serialize) -> Self {
        let (old, new) = (plain(old), plain(new));
        if old != new {
            self.0.insert(name.to_owned(), Change { old, new });
        }
        self
    }
    pub fn set(self, name: &str, new: impl Serialize) -> Self {
        self.field(name, Value::Null, new)
    }
    /// A value that must not be readable in the trail (a mobile number, an e-mail): only that it changed, as salted digests.
    pub fn secret(self, name: &str, salt: &str, old: Option<&str>, new: Option<&str>) -> Self {
        let digest =
            |v: Option<&str>| v.map(|v| format!("sha256:{}", hex::encode(Sha256::digest(format!("{salt}\0{v}")))));
        self.field(name, digest(old), digest(new))
    }
    /// What the field has become, if it is among them and a text.
    pub fn new_value(&self, field: &str) -> Option<&str> {
        self.0.get(field).and_then(|change| change.new.as_str())
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What differs between two rows of a kind, of which the old one need not exist: `changed!(old, new; name, address)`.
#[macro_export]
macro_rules! changed {
    ($old:expr, $new:expr; $($field:ident),* $(,)?) => {
        $crate::platform::trail::Changes::default()
            $(.field(stringify!($field), $old.map(|old| &old.$field), &$new.$field))*
    };
}

fn plain(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// One thing that happened, before it is chained.
#[derive(Debug, Clone)]
pub struct Event {
    pub subject: Subject,
    /// The door fills in its action's name when empty; the worker's jobs name theirs.
    pub action: Option<&'static str>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub reason: Option<String>,
    pub changes: Changes,
}

impl Event {
    pub fn on(subject: Subject) -> Self {
        Self { subject, action: None, from: None, to: None, reason: None, changes: Changes::default() }
    }
    pub fn action(mut self, name: &'static str) -> Self {
        self.action = Some(name);
        self
    }
    pub fn moved(mut self, from: impl ToString, to: impl ToString) -> Self {
        self.from = Some(from.to_string());
        self.to = Some(to.to_string());
        self
    }
    pub fn to(mut self, to: impl ToString) -> Self {
        self.to = Some(to.to_string());
        self
    }
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
    pub fn changes(mut self, changes: Changes) -> Self {
        self.changes = changes;
        self
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_events)]
pub struct AuditEvent {
    pub id: AuditEventId,
    pub subject_kind: String,
    pub subject_id: String,
    /// 1, 2, 3.. per subject, without gaps.
    pub seq: i64,
    pub at: Stamp,
    pub actor: String,
    pub action: String,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub reason: Option<String>,
    pub changes: Doc<Changes>,
    pub request_id: String,
    pub prev_hash: String,
    pub hash: String,
}

impl AuditEvent {
    /// SHA-256 over the JSON array of every field but the hash itself: unambiguous, whatever the texts contain.
    pub fn computed_hash(&self) -> String {
        let fields = serde_json::json!([
            self.id,
            self.subject_kind,
            self.subject_id,
            self.seq,
            self.at,
            self.actor,
            self.action,
            self.from_state,
            self.to_state,
            self.reason,
            self.changes.as_text(),
            self.request_id,
            self.prev_hash,
        ]);
        hex::encode(Sha256::digest(fields.to_string()))
    }
}

/// Who and when, the same for all events of a transaction.
pub(super) struct Origin<'a> {
    pub at: Stamp,
    pub actor: String,
    pub action: &'a str,
    pub request_id: &'a str,
}

/// From so many events on, heads are looked up and events written together: an import has thousands.
const MANY: usize = 50;
const BATCH: usize = 500;

/// Chains the events of one transaction, in their order.
pub(super) fn append(conn: &mut Conn, events: Vec<(AuditEventId, Event)>, origin: &Origin) -> Result<(), AppError> {
    if events.len() < MANY {
        for (id, event) in events {
            let head = find_head(conn, &event.subject)?;
            let row = chained(id, event, head, origin);
            diesel::insert_into(audit_events::table).values(&row).execute(conn)?;
        }
        return Ok(());
    }
    let mut events = events.into_iter().peekable();
    while events.peek().is_some() {
        let batch: Vec<_> = events.by_ref().take(BATCH).collect();
        let mut heads = list_heads(conn, &batch)?;
        let mut rows = Vec::with_capacity(batch.len());
        for (id, event) in batch {
            let subject = event.subject.clone();
            let row = chained(id, event, heads.remove(&subject), origin);
            heads.insert(subject, (row.seq, row.hash.clone()));
            rows.push(row);
        }
        // The combined connection has no batch insert.
        crate::each!(conn, c => diesel::insert_into(audit_events::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Number and hash of the last event of a chain.
type Head = (i64, String);

fn find_head(conn: &mut Conn, subject: &Subject) -> Result<Option<Head>, AppError> {
    let head = audit_events::table
        .filter(audit_events::subject_kind.eq(subject.kind))
        .filter(audit_events::subject_id.eq(&subject.id))
        .select((audit_events::seq, audit_events::hash))
        .order(audit_events::seq.desc())
        .first(conn)
        .optional()?;
    Ok(head)
}

fn list_heads(conn: &mut Conn, events: &[(AuditEventId, Event)]) -> Result<BTreeMap<Subject, Head>, AppError> {
    let mut kinds: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    for (_, event) in events {
        kinds.entry(event.subject.kind).or_default().push(&event.subject.id);
    }
    let mut heads = BTreeMap::new();
    for (kind, ids) in kinds {
        let later = diesel::alias!(audit_events as later);
        let followed = later
            .filter(later.field(audit_events::subject_kind).eq(audit_events::subject_kind))
            .filter(later.field(audit_events::subject_id).eq(audit_events::subject_id))
            .filter(later.field(audit_events::seq).gt(audit_events::seq));
        let rows: Vec<(String, i64, String)> = audit_events::table
            .filter(audit_events::subject_kind.eq(kind))
            .filter(audit_events::subject_id.eq_any(ids))
            .filter(diesel::dsl::not(diesel::dsl::exists(followed)))
            .select((audit_events::subject_id, audit_events::seq, audit_events::hash))
            .load(conn)?;
        heads.extend(rows.into_iter().map(|(id, seq, hash)| (Subject { kind, id }, (seq, hash))));
    }
    Ok(heads)
}

fn chained(id: AuditEventId, event: Event, head: Option<Head>, origin: &Origin) -> AuditEvent {
    let (seq, prev_hash) = head.map_or((1, String::new()), |(seq, hash)| (seq + 1, hash));
    let mut row = AuditEvent {
        id,
        subject_kind: event.subject.kind.to_owned(),
        subject_id: event.subject.id,
        seq,
        at: origin.at,
        actor: origin.actor.clone(),
        action: event.action.unwrap_or(origin.action).to_owned(),
        from_state: event.from,
        to_state: event.to,
        reason: event.reason,
        changes: Doc::of(&event.changes),
        request_id: origin.request_id.to_owned(),
        prev_hash,
        hash: String::new(),
    };
    row.hash = row.computed_hash();
    row
}
