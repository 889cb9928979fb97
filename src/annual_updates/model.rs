use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::patch;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::programme::indicators::Unit;
use crate::schema::{annual_updates, update_windows};
use crate::{id_type, say, text_enum};

id_type!(UpdateId);

text_enum! {
    pub enum UpdateState {
        Draft = "draft",
        Submitted = "submitted",
        /// An officer doubts a value; the enterprise corrects or explains it and submits again.
        Questioned = "questioned",
        /// Every value was compared with the books.
        Verified = "verified",
    }
}

impl UpdateState {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            UpdateState::Draft => say!("草稿", "a draft"),
            UpdateState::Submitted => say!("已提交", "submitted"),
            UpdateState::Questioned => say!("待说明", "questioned"),
            UpdateState::Verified => say!("已核验", "verified"),
        }
    }
}

text_enum! {
    pub enum EntryVerdict {
        Verified = "verified",
        Questioned = "questioned",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = update_windows)]
pub struct UpdateWindow {
    pub year: i32,
    pub opens_on: NaiveDate,
    pub due_on: NaiveDate,
    pub late_days: i32,
    pub change_ppm: i64,
    pub drop_ppm: i64,
    pub swept_at: Option<Stamp>,
    pub created_by: String,
    pub created_at: Stamp,
    pub version: i64,
}

/// One value of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// In the indicator's unit: money in fen, rates in ppm.
    pub value: i64,
    /// Why it moved so much; required of values that are marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<EntryVerdict>,
    /// What an officer asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

pub type Entries = BTreeMap<String, Entry>;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = annual_updates)]
pub struct AnnualUpdate {
    pub id: UpdateId,
    pub year: i32,
    pub enterprise_id: EnterpriseId,
    pub state: UpdateState,
    pub entries: Doc<Entries>,
    pub submitted_at: Option<Stamp>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateWindowBody {
    /// Required. The year in which is reported; the figures are of the year before.
    pub year: Option<i32>,
    /// Required, in that year.
    pub opens_on: Option<NaiveDate>,
    /// Required, not before `opens_on`. The last day in time.
    pub due_on: Option<NaiveDate>,
    /// Days after `due_on` when who has not reported is watched; 30 when left out.
    pub late_days: Option<i32>,
    /// A value that moved by more than this share of the one before has to be explained; 300,000 ppm when left out.
    pub change_ppm: Option<i64>,
    /// A verified revenue that fell by at least this share puts the member on watch; 300,000 ppm when left out.
    pub drop_ppm: Option<i64>,
}

/// A later day for everybody.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateWindowBody {
    /// Required, not before today and not before the one it replaces.
    pub due_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WindowView {
    pub year: i32,
    pub opens_on: NaiveDate,
    pub due_on: NaiveDate,
    pub late_days: i32,
    pub change_ppm: i64,
    pub drop_ppm: i64,
    /// When who had not reported was put on watch.
    pub swept_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateAnnualUpdateBody {
    /// Required.
    pub enterprise_id: Option<EnterpriseId>,
    /// Required. The year of a window that is open.
    pub year: Option<i32>,
}

/// A value as the enterprise states it; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Statement {
    /// Required of an indicator that is not in the report yet.
    pub value: Option<i64>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Option<String>>,
}

/// Indicator code -> what is stated; `null` takes it out, what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = BTreeMap<String, Statement>, example = json!({"revenue": {"value": 900000000}, "staff": {"value": 12, "reason": "产线外包"}}))]
pub struct UpdateAnnualUpdateBody(pub BTreeMap<String, Option<Statement>>);

/// What an officer found, value by value.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(example = json!({"verified": ["revenue"], "questioned": {"staff": "与社保人数不符"}}))]
pub struct JudgeAnnualUpdateBody {
    pub verified: Vec<String>,
    /// Indicator code -> what is asked, 1 to 500 characters.
    pub questioned: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnnualEntryView {
    pub indicator: String,
    /// Chinese and English.
    pub name: Say,
    pub unit: Unit,
    pub value: i64,
    /// The figure of the year before that one.
    pub last: Option<i64>,
    /// The change as a share of `last`, in ppm, rounded towards zero; absent where `last` is missing or 0.
    pub change_ppm: Option<i64>,
    /// It moved by more than the window's share: a reason is asked for.
    pub marked: bool,
    pub reason: Option<String>,
    pub verdict: Option<EntryVerdict>,
    pub remark: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnnualUpdateView {
    pub id: UpdateId,
    /// In which is reported; the figures are of the year before.
    pub year: i32,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub state: UpdateState,
    pub due_on: NaiveDate,
    /// Handed in after the window's last day.
    pub late: bool,
    pub entries: Vec<AnnualEntryView>,
    pub submitted_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnnualUpdateSummary {
    pub id: UpdateId,
    pub year: i32,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub state: UpdateState,
    pub submitted_at: Option<Stamp>,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAnnualUpdatesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub year: Option<i32>,
    #[param(inline)]
    pub state: Option<UpdateState>,
    pub enterprise_id: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListWindowsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// A member that has not reported in a window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingView {
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
}
