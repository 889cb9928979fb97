use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

use crate::platform::trail::{AuditEvent, AuditEventId, Change};
use crate::platform::types::Stamp;

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AuditEventView {
    pub id: AuditEventId,
    pub subject_kind: String,
    pub subject_id: String,
    /// 1, 2, 3.. per subject, without gaps.
    pub seq: i64,
    pub at: Stamp,
    /// A user's id, `anonymous`, or `system:` and the name of a job.
    pub actor: String,
    /// Of a user, as the account is named now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_name: Option<String>,
    pub action: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub reason: Option<String>,
    #[schema(value_type = std::collections::BTreeMap<String, Change>)]
    pub changes: serde_json::Value,
    pub request_id: String,
    pub hash: String,
}

impl AuditEventView {
    pub fn of(e: AuditEvent, names: &HashMap<String, String>) -> Self {
        Self {
            actor_name: names.get(&e.actor).cloned(),
            changes: serde_json::from_str(e.changes.as_text()).unwrap_or_default(),
            id: e.id,
            subject_kind: e.subject_kind,
            subject_id: e.subject_id,
            seq: e.seq,
            at: e.at,
            actor: e.actor,
            action: e.action,
            from: e.from_state,
            to: e.to_state,
            reason: e.reason,
            request_id: e.request_id,
            hash: e.hash,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAuditEventsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub subject_kind: Option<String>,
    pub subject_id: Option<String>,
    pub actor: Option<String>,
    pub action: Option<String>,
}

/// A signed statement of where every chain stood. Only chains that grew since the last checkpoint are listed; the chain of
/// checkpoints covers the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// 1, 2, 3.. without gaps.
    pub number: i64,
    pub at: Stamp,
    /// SHA-256 of the previous checkpoint's document; empty for the first.
    pub previous: String,
    pub heads: Vec<Head>,
}

/// The last event of one subject's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub kind: String,
    pub id: String,
    pub seq: i64,
    pub hash: String,
}

/// A checkpoint as it lies in the database and in its file: the exact text that was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCheckpoint {
    pub document: String,
    pub key_id: String,
    /// Ed25519 over `document`, base64.
    pub signature: String,
}

/// What `laoshan audit verify` and `POST /audit-verifications` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VerificationView {
    pub intact: bool,
    pub events: i64,
    pub subjects: i64,
    pub checkpoints: i64,
    /// Checkpoint files read outside the database.
    pub files: i64,
    /// At most 1,000 of them.
    pub faults: Vec<TrailFault>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrailFault {
    /// `changed`, `gap`, `chain`, `missing_end`, `missing_history`, `signature`, `checkpoint_gap`, `checkpoint_file`
    pub fault: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub seq: i64,
    pub detail: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimelineParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// One thing that happened to a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimelineItem {
    pub at: Stamp,
    pub action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who did it; only for staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}
