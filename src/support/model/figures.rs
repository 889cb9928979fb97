//! What the support record adds up to, and what it proposes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Category, Goal, LineOrigin};
use crate::programme::model::Tier;
use crate::text_enum;

/// One indicator before and after support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EffectFigure {
    pub indicator: String,
    /// With a figure of both years: only they are counted.
    pub enterprises: i64,
    /// Sum of the year before the plan's.
    pub before: i64,
    /// Sum of the plan's year.
    pub after: i64,
    /// Null when the sum before is not positive.
    pub growth_ppm: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EffectRow {
    pub tier: Tier,
    pub track: Option<String>,
    /// With a confirmed plan in the year.
    pub enterprises: i64,
    pub figures: Vec<EffectFigure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EffectsView {
    pub year: i32,
    pub rows: Vec<EffectRow>,
}

text_enum! {
    pub enum ServiceBy {
        Unit = "unit",
        Officer = "officer",
    }
}

/// How well items were served that ended in the time asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServiceRow {
    /// Of the unit or the officer; null for items that had none.
    pub id: Option<String>,
    pub name: Option<String>,
    pub closed: i64,
    pub explained: i64,
    /// Closed items that were completed by the date promised, of a million.
    pub on_time_ppm: Option<i64>,
    /// Median of whole hours from raising to the first answer of a unit.
    pub first_response_hours: Option<i64>,
    /// Median of days from raising to closing.
    pub days_to_close: Option<i64>,
    /// How often each rating was given, 1 to 5.
    pub ratings: [i64; 5],
    /// Ratings of 4 and 5, of a million.
    pub satisfied_ppm: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServiceFiguresView {
    pub from: NaiveDate,
    /// The last day counted.
    pub to: NaiveDate,
    pub by: ServiceBy,
    pub rows: Vec<ServiceRow>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EffectsParams {
    /// The plans' year; this year when left out.
    pub year: Option<i32>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ServiceFiguresParams {
    /// 1 January of this year when left out.
    pub from: Option<NaiveDate>,
    /// Today when left out; at most 366 days after `from`.
    pub to: Option<NaiveDate>,
    #[param(inline)]
    pub by: Option<ServiceBy>,
}

/// A measure that is proposed; unit and date are for a person to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProposedMeasure {
    pub category: Category,
    pub title: String,
    pub origin: LineOrigin,
}

/// Nothing of it is in the plan until a person puts it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProposalView {
    /// The tier whose rules were held against the enterprise's figures; none above the highest.
    pub next_tier: Option<Tier>,
    /// Each with its origin.
    pub goals: Vec<Goal>,
    pub measures: Vec<ProposedMeasure>,
    /// Evaluated plans of the same tier and track. Below five of them nothing is derived from them.
    pub similar_plans: i64,
}
