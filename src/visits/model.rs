use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::patch;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::rounds::model::RoundId;
use crate::schema::site_visits;
use crate::{id_type, text_enum};

id_type!(SiteVisitId);

text_enum! {
    pub enum SiteVisitState {
        Planned = "planned",
        /// The visitors have said what they found; the enterprise has not answered yet.
        Concluded = "concluded",
        Confirmed = "confirmed",
        /// The enterprise sees it otherwise; its words are on record.
        Disputed = "disputed",
        Cancelled = "cancelled",
    }
}

text_enum! {
    pub enum SiteVisitConclusion {
        Consistent = "consistent",
        /// What was found differs from what was handed in.
        Inconsistent = "inconsistent",
    }
}

text_enum! {
    pub enum FindingResult {
        Met = "met",
        Unmet = "unmet",
        NotApplicable = "not_applicable",
    }
}

/// One item of the checklist, as the rule set asks for it, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckItem {
    pub code: String,
    pub name: Say,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub result: FindingResult,
    /// Required where the result is `unmet`. Up to 2,000 characters.
    #[serde(default)]
    pub remark: String,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = site_visits, treat_none_as_null = true)]
pub struct SiteVisit {
    pub id: SiteVisitId,
    pub application_id: ApplicationId,
    pub enterprise_id: EnterpriseId,
    pub round_id: RoundId,
    pub state: SiteVisitState,
    pub planned_on: NaiveDate,
    pub held_on: Option<NaiveDate>,
    pub visitors: Doc<Vec<UserId>>,
    pub checklist: Doc<Vec<CheckItem>>,
    pub conclusion: Option<SiteVisitConclusion>,
    pub summary: Option<String>,
    pub answered_by: Option<UserId>,
    pub answered_at: Option<Stamp>,
    pub answer: Option<String>,
    pub created_by: UserId,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlanSiteVisitBody {
    /// Required, today or later (Shanghai).
    pub planned_on: Option<NaiveDate>,
    /// At least two people of the office, none of them with a stake in the enterprise.
    pub visitors: Vec<UserId>,
}

/// A field left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateSiteVisitBody {
    pub planned_on: Option<NaiveDate>,
    pub visitors: Option<Vec<UserId>>,
    /// Code of the checklist's item -> what was found; `null` takes it back.
    #[schema(value_type = BTreeMap<String, Finding>)]
    pub findings: BTreeMap<String, Option<Finding>>,
    /// Up to 5,000 characters.
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub summary: Option<Option<String>>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConcludeSiteVisitBody {
    /// Required, not later than today (Shanghai).
    pub held_on: Option<NaiveDate>,
    /// Required.
    pub conclusion: Option<SiteVisitConclusion>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerSiteVisitBody {
    /// Required: whether the record is right.
    pub agreed: Option<bool>,
    /// Required when it is not. Up to 2,000 characters.
    pub remark: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SiteVisitReasonBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSiteVisitsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub round_id: Option<RoundId>,
    pub application_id: Option<ApplicationId>,
    pub state: Option<SiteVisitState>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListVisitorsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SiteVisitSummary {
    pub id: SiteVisitId,
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub enterprise: String,
    pub state: SiteVisitState,
    pub planned_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<SiteVisitConclusion>,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Serialize, Deserialize, ToSchema)]
pub struct VisitorView {
    pub id: UserId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SiteVisitView {
    pub id: SiteVisitId,
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub enterprise_id: EnterpriseId,
    pub enterprise: String,
    pub state: SiteVisitState,
    pub planned_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_on: Option<NaiveDate>,
    pub visitors: Vec<VisitorView>,
    pub checklist: Vec<CheckItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<SiteVisitConclusion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What the enterprise said to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}
