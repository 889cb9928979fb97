use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Category, ItemKind, ItemSummary};
use crate::enterprises::model::EnterpriseId;
use crate::library::model::MembershipId;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::Tier;
use crate::schema::support_visits;
use crate::{id_type, text_enum};

id_type!(VisitId);

text_enum! {
    pub enum VisitWay {
        Place = "place",
        Phone = "phone",
        Online = "online",
    }
}

/// Written once; what is to be done about it lives in the items.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = support_visits)]
pub struct Visit {
    pub id: VisitId,
    pub enterprise_id: EnterpriseId,
    pub visited_on: NaiveDate,
    pub way: VisitWay,
    pub visitors: Doc<Vec<String>>,
    pub met: Doc<Vec<String>>,
    pub topics: String,
    pub next_on: Option<NaiveDate>,
    pub written_by: String,
    pub written_at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VisitView {
    pub id: VisitId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub visited_on: NaiveDate,
    pub way: VisitWay,
    pub visitors: Vec<String>,
    /// People of the enterprise.
    pub met: Vec<String>,
    pub topics: String,
    pub next_on: Option<NaiveDate>,
    pub written_at: Stamp,
    /// Raised at the visit.
    pub items: Vec<ItemSummary>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VisitSummary {
    pub id: VisitId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub visited_on: NaiveDate,
    pub way: VisitWay,
    pub topics: String,
    pub next_on: Option<NaiveDate>,
}

/// A member nobody has visited since the last whole quarter began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverdueVisit {
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub tier: Tier,
    /// Null when there was none at all.
    pub last_visit_on: Option<NaiveDate>,
    /// The first day of the quarter that passed without a visit.
    pub missed_quarter: NaiveDate,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitItemBody {
    pub kind: ItemKind,
    pub category: Category,
    /// 2 to 200 characters.
    pub title: String,
    #[serde(default)]
    pub description: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RecordVisitBody {
    /// Required.
    pub enterprise_id: Option<EnterpriseId>,
    /// Required: not in the future.
    pub visited_on: Option<NaiveDate>,
    /// Required.
    pub way: Option<VisitWay>,
    /// Required: at least one.
    pub visitors: Vec<String>,
    /// People of the enterprise. Required: at least one.
    pub met: Vec<String>,
    /// Required. Up to 4,000 characters.
    pub topics: String,
    /// After the visit.
    pub next_on: Option<NaiveDate>,
    /// Problems and needs to be raised.
    pub items: Vec<VisitItemBody>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListVisitsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub enterprise_id: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OverdueVisitsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
}
