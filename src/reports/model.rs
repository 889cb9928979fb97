//! What the reports ask for and show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::applications::model::ApplicationState;
use crate::platform::types::Stamp;
use crate::programme::model::Tier;
use crate::rounds::model::RoundId;
use crate::text_enum;

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportParams {
    /// Year of the rounds looked at; the present one when neither it nor `round_id` is given.
    pub year: Option<i32>,
    /// One round alone.
    pub round_id: Option<RoundId>,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CohortParams {
    /// First year; four years before the present one when left out. At most ten years are looked at.
    pub from: Option<i32>,
}

text_enum! {
    /// How far an application can come.
    pub enum Stage {
        Begun = "begun",
        Submitted = "submitted",
        Accepted = "accepted",
        Proposed = "proposed",
        Recognised = "recognised",
    }
}

/// How many applications came at least this far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StageCount {
    pub stage: Stage,
    pub count: i64,
}

/// How many applications are in this state now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StateCount {
    pub state: ApplicationState,
    pub count: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FunnelView {
    /// From the widest to the narrowest. An application that was withdrawn or declared void counts up to its submission.
    pub stages: Vec<StageCount>,
    pub states: Vec<StateCount>,
}

/// What an enterprise held on the ladder at the end of a year: a tier, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    pub year: i32,
    /// Null: not on the ladder.
    pub tier: Option<Tier>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FlowLink {
    pub from: Standing,
    pub to: Standing,
    pub count: i64,
}

/// How enterprises moved between the tiers of the ladder from the end of one year to the end of the next (the last year: to today).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CohortFlowView {
    pub links: Vec<FlowLink>,
}

/// Live memberships of one tier whose enterprise works in this track. An enterprise of two tracks counts in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeatCell {
    pub track: String,
    pub tier: Tier,
    pub count: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeatMapView {
    pub cells: Vec<HeatCell>,
}

/// How long applications stayed in a state before they left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StateDuration {
    pub state: ApplicationState,
    /// How often an application left it.
    pub count: i64,
    /// Of an even number, the lower of the two in the middle.
    pub median_seconds: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StageDurationsView {
    pub states: Vec<StateDuration>,
}

/// What a ladder membership says about time: enterprise, tier, first day, and the end when it has ended.
pub type Spell = (String, Tier, NaiveDate, Option<Stamp>);

/// Into which state an application came, and when; of one application in a row, oldest first.
pub type Entry = (String, ApplicationState, Stamp);
