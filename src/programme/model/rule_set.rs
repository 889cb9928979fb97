use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::RuleSetId;
use crate::platform::actions::ActionView;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::programme::document::RuleSet;
use crate::schema::rule_sets;
use crate::text_enum;

text_enum! {
    /// A draft is worked on; what was published never changes.
    pub enum RuleSetState {
        Draft = "draft",
        Published = "published",
    }
}

/// One revision of a rule set: the text a person wrote, and the document that was read from it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rule_sets)]
pub struct RuleSetRow {
    pub id: RuleSetId,
    pub code: String,
    /// 1, 2, 3.. per code, counted by the house; the document's `version` is set to it.
    pub revision: i32,
    pub name_zh: String,
    pub name_en: String,
    pub state: RuleSetState,
    pub effective_from: NaiveDate,
    pub effective_to: Option<NaiveDate>,
    pub source: String,
    pub document: Doc<RuleSet>,
    /// A user's id, or `system` for the one that ships with the program.
    pub created_by: String,
    pub created_at: Stamp,
    /// Who wrote the present text.
    pub edited_by: String,
    pub edited_at: Stamp,
    pub published_by: Option<String>,
    pub published_at: Option<Stamp>,
    pub version: i64,
}

/// A row of a list: without text and document, which are long.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = rule_sets)]
pub struct RuleSetHead {
    pub id: RuleSetId,
    pub code: String,
    pub revision: i32,
    pub name_zh: String,
    pub name_en: String,
    pub state: RuleSetState,
    pub effective_from: NaiveDate,
    pub effective_to: Option<NaiveDate>,
    pub published_at: Option<Stamp>,
}

/// Another text for a draft, with everything that is read from it.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = rule_sets, treat_none_as_null = true)]
pub struct RuleSetPatch {
    pub name_zh: String,
    pub name_en: String,
    pub effective_from: NaiveDate,
    pub effective_to: Option<NaiveDate>,
    pub source: String,
    pub document: Doc<RuleSet>,
    pub edited_by: String,
    pub edited_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRuleSetsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<RuleSetState>,
}

/// The text of a rule set, in TOML.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSetBody {
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleSetSummary {
    pub id: RuleSetId,
    pub code: String,
    pub revision: i32,
    pub name: Say,
    pub state: RuleSetState,
    pub effective_from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Stamp>,
}

impl From<RuleSetHead> for RuleSetSummary {
    fn from(row: RuleSetHead) -> Self {
        Self {
            id: row.id,
            code: row.code,
            revision: row.revision,
            name: Say::new(row.name_zh, row.name_en),
            state: row.state,
            effective_from: row.effective_from,
            effective_to: row.effective_to,
            published_at: row.published_at,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RuleSetView {
    #[serde(flatten)]
    pub summary: RuleSetSummary,
    /// What was read from the text: tracks, vetoes, and per tier the gate, the rubric and the evidence.
    #[schema(value_type = Object)]
    pub document: Value,
    /// The text as it was written, with its comments; for those who write and publish rule sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// A user's id, or `system`; with `edited_by` for those who write and publish rule sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_by: Option<String>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}
