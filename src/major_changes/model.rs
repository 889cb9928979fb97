use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::enterprises::model::EnterpriseId;
use crate::library::model::RecheckId;
use crate::platform::actions::ActionView;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::schema::{enterprise_mergers, major_changes};
use crate::{id_type, say, text_enum};

id_type!(MajorChangeId);

text_enum! {
    pub enum ChangeKind {
        Rename = "rename",
        Merger = "merger",
        Relocation = "relocation",
        ChangeOfControl = "change_of_control",
        Other = "other",
    }
}

impl ChangeKind {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            ChangeKind::Rename => say!("更名", "rename"),
            ChangeKind::Merger => say!("合并", "merger"),
            ChangeKind::Relocation => say!("迁址", "relocation"),
            ChangeKind::ChangeOfControl => say!("控制权变更", "change of control"),
            ChangeKind::Other => say!("其他", "other"),
        }
    }
}

text_enum! {
    pub enum ChangeState {
        Reported = "reported",
        /// Nothing about the title changes.
        Kept = "kept",
        /// Whether the title holds is looked at again.
        Rechecked = "rechecked",
    }
}

text_enum! {
    pub enum ChangeOutcome {
        Keep = "keep",
        Recheck = "recheck",
    }
}

/// What a change has to tell; which fields count depends on its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChangeDetail {
    /// Required of a rename. The record takes it over when the change is settled; its history stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_name: Option<String>,
    /// The name before; filled in by the house when the change is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_name: Option<String>,
    /// The other enterprise of a merger, by its credit code; required of a merger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterpart_code: Option<String>,
    /// Of a merger: the reporting enterprise ends in the other one. Otherwise the other one ends in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub absorbed: bool,
    /// Required of a relocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_address: Option<String>,
    /// Who decides from now on; required of a change of control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_controller: Option<String>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = major_changes)]
pub struct MajorChange {
    pub id: MajorChangeId,
    pub enterprise_id: EnterpriseId,
    pub kind: ChangeKind,
    pub occurred_on: NaiveDate,
    pub detail: Doc<ChangeDetail>,
    pub note: Option<String>,
    pub state: ChangeState,
    pub late: bool,
    pub reported_by: String,
    pub reported_at: Stamp,
    pub resolved_by: Option<String>,
    pub resolved_at: Option<Stamp>,
    pub resolution: Option<String>,
    pub recheck_ids: Doc<Vec<RecheckId>>,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = enterprise_mergers)]
pub struct Merger {
    pub change_id: MajorChangeId,
    pub predecessor_id: EnterpriseId,
    pub successor_id: EnterpriseId,
    pub merged_on: NaiveDate,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateMajorChangeBody {
    /// Required.
    pub enterprise_id: Option<EnterpriseId>,
    /// Required.
    pub kind: Option<ChangeKind>,
    /// Required, not in the future.
    pub occurred_on: Option<NaiveDate>,
    pub detail: ChangeDetail,
    /// Up to 2,000 characters; required of `other`.
    pub note: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ResolveMajorChangeBody {
    /// Required.
    pub outcome: Option<ChangeOutcome>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MajorChangeView {
    pub id: MajorChangeId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub kind: ChangeKind,
    pub occurred_on: NaiveDate,
    pub detail: ChangeDetail,
    pub note: Option<String>,
    pub state: ChangeState,
    /// The last day on which a report is in time.
    pub due_on: NaiveDate,
    /// Reported after that day.
    pub late: bool,
    pub reported_at: Stamp,
    pub resolved_at: Option<Stamp>,
    /// Why it was settled so.
    pub resolution: Option<String>,
    /// The re-checks that were opened for it.
    pub recheck_ids: Vec<RecheckId>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MajorChangeSummary {
    pub id: MajorChangeId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub kind: ChangeKind,
    pub occurred_on: NaiveDate,
    pub state: ChangeState,
    pub late: bool,
    pub reported_at: Stamp,
    pub version: i64,
}

/// Two records that are one enterprise now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MergerView {
    pub change_id: MajorChangeId,
    pub predecessor_id: EnterpriseId,
    pub predecessor_name: String,
    pub successor_id: EnterpriseId,
    pub successor_name: String,
    pub merged_on: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MergersView {
    pub items: Vec<MergerView>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListMajorChangesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub state: Option<ChangeState>,
    pub enterprise_id: Option<String>,
}
