use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{EnterpriseId, EntrySource};
use crate::platform::actor::UserId;
use crate::platform::types::Stamp;
use crate::programme::indicators::Unit;
use crate::schema::annual_metrics;

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = annual_metrics)]
#[diesel(primary_key(enterprise_id, year, indicator))]
#[diesel(treat_none_as_null = true)]
pub struct Metric {
    pub enterprise_id: EnterpriseId,
    pub year: i32,
    pub indicator: String,
    /// In the unit of the indicator.
    pub value: i64,
    pub source: EntrySource,
    pub written_by: String,
    pub written_at: Stamp,
    pub verified_by: Option<UserId>,
    pub verified_at: Option<Stamp>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MetricView {
    /// A whole number in `unit`: money in fen, rates in ppm.
    pub value: i64,
    pub unit: Option<Unit>,
    pub source: EntrySource,
    /// A user's id, or `system:` and the name of a job.
    pub written_by: String,
    pub written_at: Stamp,
    pub verified: bool,
    pub verified_by: Option<UserId>,
    pub verified_at: Option<Stamp>,
}

/// Indicator code -> value of one year.
pub type YearMetrics = BTreeMap<String, MetricView>;

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MetricsView {
    pub enterprise_id: EnterpriseId,
    /// Year ("2025") -> indicator code -> value.
    pub years: BTreeMap<String, YearMetrics>,
}

/// Indicator code -> value; `null` takes a value away, what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(example = json!({"revenue": 900000000, "rd_expense": 81000000, "staff": 42, "niche_share": null}))]
pub struct WriteMetricsBody(pub BTreeMap<String, Option<i64>>);

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyMetricsBody {
    #[schema(example = json!(["revenue", "rd_expense"]))]
    pub indicators: Vec<String>,
}
