use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::files::MediaType;
use crate::platform::types::Stamp;
use crate::schema::attachments;
use crate::{id_type, text_enum};

id_type!(AttachmentId);

text_enum! {
    /// What a file can belong to.
    pub enum HolderKind {
        Application = "application",
        SiteVisit = "site_visit",
        SupportItem = "support_item",
        SubsidyClaim = "subsidy_claim",
        CompensationClaim = "compensation_claim",
    }
}

/// The record a file belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Holder {
    pub kind: HolderKind,
    pub id: String,
}

impl Holder {
    pub fn new(kind: HolderKind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// Never edited: a corrected file is another one.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments)]
pub struct Attachment {
    pub id: AttachmentId,
    pub holder_kind: HolderKind,
    pub holder_id: String,
    /// Code of the evidence item it proves.
    pub item: Option<String>,
    pub name: String,
    pub media_type: MediaType,
    pub bytes: i64,
    /// Hexadecimal.
    pub sha256: String,
    /// Where it lies on object storage.
    pub object_key: String,
    pub uploaded_by: UserId,
    pub uploaded_at: Stamp,
    pub removed_by: Option<UserId>,
    pub removed_at: Option<Stamp>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttachParams {
    /// Required: what the file is called, with the extension of its type.
    #[serde(default)]
    pub name: String,
    /// What it proves: of an application a code of the rule set's evidence, of a subsidy claim a kind of its evidence, of a support item
    /// `evidence` for what shows that the unit has done it.
    pub item: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAttachmentsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub item: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttachmentSummary {
    pub id: AttachmentId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    pub name: String,
    pub media_type: MediaType,
    pub bytes: i64,
    /// Hexadecimal.
    pub sha256: String,
    pub uploaded_at: Stamp,
}

impl From<Attachment> for AttachmentSummary {
    fn from(row: Attachment) -> Self {
        Self {
            id: row.id,
            item: row.item,
            name: row.name,
            media_type: row.media_type,
            bytes: row.bytes,
            sha256: row.sha256,
            uploaded_at: row.uploaded_at,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttachmentView {
    #[serde(flatten)]
    pub summary: AttachmentSummary,
    pub holder: Holder,
    /// Taken out since; kept as long as a submission refers to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed_at: Option<Stamp>,
    /// 1, and 2 once it is taken out.
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// The answer to a removal, for who has to clear the storage.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Removal {
    /// Absent while a submission refers to the file.
    pub object_key: Option<String>,
}
