use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use crate::platform::actions::ActionView;
use crate::platform::patch;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::programme::model::{Maturity, RuleSetId, Tier};
use crate::schema::{direction_reviews, direction_signals, directions};
use crate::{id_type, say, text_enum};

id_type!(DirectionId, SignalId, DirectionReviewId);

text_enum! {
    pub enum DirectionState {
        Watching = "watching",
        /// It becomes a track with the next rule set.
        Raised = "raised",
        Dropped = "dropped",
    }
}

impl DirectionState {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            DirectionState::Watching => say!("跟踪中", "watched"),
            DirectionState::Raised => say!("已升为赛道", "raised to a track"),
            DirectionState::Dropped => say!("已放弃", "dropped"),
        }
    }
}

text_enum! {
    pub enum DirectionVerdict {
        Keep = "keep",
        Raise = "raise",
        Drop = "drop",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = directions)]
#[diesel(treat_none_as_null = true)]
pub struct Direction {
    pub id: DirectionId,
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub summary: Option<String>,
    pub state: DirectionState,
    /// None once it is decided.
    pub review_on: Option<NaiveDate>,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = direction_signals)]
pub struct Signal {
    pub id: SignalId,
    pub direction_id: DirectionId,
    pub observed_on: NaiveDate,
    pub text: String,
    pub source: String,
    pub noted_by: String,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = direction_reviews)]
pub struct DirectionReview {
    pub id: DirectionReviewId,
    pub direction_id: DirectionId,
    pub verdict: DirectionVerdict,
    pub reason: String,
    pub next_review_on: Option<NaiveDate>,
    pub track: Option<String>,
    pub reviewed_by: String,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateDirectionBody {
    /// Required. 2 to 40 lower-case letters, digits and underscores, as a track's code.
    pub code: String,
    /// Required.
    pub name: Say,
    /// Up to 2,000 characters.
    pub summary: Option<String>,
    /// Required, after today.
    pub review_on: Option<NaiveDate>,
}

/// Merge patch: `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateDirectionBody {
    pub name: Option<Say>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub summary: Option<Option<String>>,
    /// After today.
    pub review_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateSignalBody {
    /// Required, not in the future.
    pub observed_on: Option<NaiveDate>,
    /// Required. What was noticed, up to 2,000 characters.
    pub text: String,
    /// Required. Where, up to 500 characters.
    pub source: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewDirectionBody {
    /// Required.
    pub verdict: Option<DirectionVerdict>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
    /// After today; required of `keep`.
    pub next_review_on: Option<NaiveDate>,
    /// Code of the track it becomes, in the form of a code; required of `raise`. The next rule set lists it.
    pub track: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignalView {
    pub id: SignalId,
    pub observed_on: NaiveDate,
    pub text: String,
    pub source: String,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DirectionReviewView {
    pub verdict: DirectionVerdict,
    pub reason: String,
    pub next_review_on: Option<NaiveDate>,
    pub track: Option<String>,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DirectionView {
    pub id: DirectionId,
    pub code: String,
    pub name: Say,
    pub summary: Option<String>,
    pub state: DirectionState,
    pub review_on: Option<NaiveDate>,
    /// Its day of review has come.
    pub due: bool,
    /// The newest 100, newest first.
    pub signals: Vec<SignalView>,
    /// Newest first.
    pub reviews: Vec<DirectionReviewView>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DirectionSummary {
    pub id: DirectionId,
    pub code: String,
    pub name: Say,
    pub state: DirectionState,
    pub review_on: Option<NaiveDate>,
    pub due: bool,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDirectionsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    #[param(inline)]
    pub state: Option<DirectionState>,
    /// Only those whose day of review has come.
    pub due: Option<bool>,
}

/// The tracks of the rule set in force, each with how far it has come and who stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrackStandingsView {
    pub tracks: Vec<TrackStanding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrackStanding {
    pub code: String,
    pub name: Say,
    pub maturity: Maturity,
    /// Since when it has been so far, and what it was before, oldest first: as the published rule sets say.
    pub history: Vec<MaturityStep>,
    /// Live members by tier, of enterprises whose main track it is.
    pub members: BTreeMap<Tier, i64>,
    pub candidates: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaturityStep {
    /// The day on which the rule set took effect.
    pub from: NaiveDate,
    pub maturity: Maturity,
    pub rule_set_id: RuleSetId,
}
