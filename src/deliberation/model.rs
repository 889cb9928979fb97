use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use crate::applications::model::{ApplicationId, ApplicationState};
use crate::decisions::model::{DecisionId, PersonView};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::Tier;
use crate::rounds::model::RoundId;
use crate::schema::{feedbacks, ranking_moves, release_items, round_minutes};
use crate::{id_type, text_enum};

pub use crate::reviews::rules::score::{Score, ScoreInput};

id_type!(RankingMoveId);

/// A move by hand. Never edited: what was moved wrongly is moved again.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = ranking_moves)]
pub struct RankingMove {
    pub id: RankingMoveId,
    pub round_id: RoundId,
    pub tier: Tier,
    pub application_id: ApplicationId,
    pub to_position: i32,
    pub reason: String,
    pub moved_by: UserId,
    pub moved_at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = round_minutes, primary_key(round_id), treat_none_as_null = true)]
pub struct Minutes {
    pub round_id: RoundId,
    pub held_on: NaiveDate,
    pub place: Option<String>,
    pub chair: String,
    pub attendees: Doc<Vec<String>>,
    pub text: String,
    pub updated_by: UserId,
    pub updated_at: Stamp,
    pub version: i64,
}

text_enum! {
    pub enum ReleaseOutcome {
        Proposed = "proposed",
        NotSelected = "not_selected",
    }
}

/// One application of a release, as the approver reads it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = release_items)]
pub struct ReleaseItem {
    pub decision_id: DecisionId,
    pub application_id: ApplicationId,
    pub position: i32,
    pub outcome: ReleaseOutcome,
}

text_enum! {
    pub enum FeedbackState {
        Draft = "draft",
        /// Waits for an approver.
        Pending = "pending",
        Sent = "sent",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = feedbacks, primary_key(application_id), treat_none_as_null = true)]
pub struct Feedback {
    pub application_id: ApplicationId,
    pub enterprise_id: EnterpriseId,
    pub state: FeedbackState,
    pub text: Doc<Say>,
    pub prepared_by: UserId,
    pub sent_at: Option<Stamp>,
    pub updated_at: Stamp,
    pub version: i64,
}

/// A scored application as the ranking reads it.
#[derive(Debug, Clone)]
pub struct ScoredCase {
    pub id: ApplicationId,
    pub enterprise_id: EnterpriseId,
    pub enterprise: String,
    pub credit_code: String,
    pub state: ApplicationState,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RankingParams {
    /// Required.
    pub tier: Option<Tier>,
    /// What if: places other than the round's.
    pub quota: Option<u32>,
    /// What if: other weights, for example `technology:40,growth:60`; they sum to 100, a dimension left out counts nothing.
    pub weights: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RankingView {
    pub round_id: RoundId,
    pub tier: Tier,
    /// Places of the tier; absent when there is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<u32>,
    /// Tried out with another quota or other weights: nothing was stored, and moves by hand are left aside.
    pub trial: bool,
    /// What the experts scored, in the order of the rubric.
    pub dimensions: Vec<RankingDimension>,
    /// Codes of dimensions that tell equal totals apart, the most important first.
    pub tie_rule: Vec<String>,
    /// In the order that counts.
    pub items: Vec<RankedView>,
    /// Moves by hand, oldest first.
    pub moves: Vec<RankingMoveView>,
    /// Applications of the tier that have no result yet.
    pub unscored: i64,
    /// How many moves there were; an edit sends it back as If-Match.
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// A dimension of the rubric under the name that people read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RankingDimension {
    pub code: String,
    pub name: Say,
    /// Full marks.
    pub weight: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RankedView {
    pub application_id: ApplicationId,
    pub enterprise_id: EnterpriseId,
    pub enterprise: String,
    pub credit_code: String,
    pub state: ApplicationState,
    /// Hundredths.
    pub total: i64,
    pub passed: bool,
    /// Shared by those whom neither the totals nor the tie rule tell apart.
    pub rank: u32,
    /// By results alone.
    pub computed_position: u32,
    pub position: u32,
    /// Passed and within the quota.
    pub above_line: bool,
    pub tied_at_line: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RankingMoveView {
    pub application_id: ApplicationId,
    pub to_position: i32,
    pub reason: String,
    pub by: PersonView,
    pub at: Stamp,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MoveRankingBody {
    /// Required.
    pub tier: Option<Tier>,
    /// Required.
    pub application_id: Option<ApplicationId>,
    /// Required: 1 = first.
    pub to_position: Option<i64>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateMinutesBody {
    /// Required, not later than today (Shanghai).
    pub held_on: Option<NaiveDate>,
    pub place: Option<String>,
    /// Required.
    pub chair: String,
    /// At least two names.
    pub attendees: Vec<String>,
    /// Required: what was deliberated and resolved. Up to 50,000 characters.
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MinutesView {
    pub round_id: RoundId,
    pub held_on: Option<NaiveDate>,
    pub place: Option<String>,
    pub chair: String,
    pub attendees: Vec<String>,
    pub text: String,
    /// 0 while nothing is recorded.
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReleaseRankingBody {
    /// Required.
    pub tier: Option<Tier>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

/// The texts of a feedback; one left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateFeedbackBody {
    /// Up to 20,000 characters.
    pub zh: Option<String>,
    /// Up to 20,000 characters.
    pub en: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FeedbackView {
    pub application_id: ApplicationId,
    pub state: FeedbackState,
    pub text: Say,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// Weights in hundredths by dimension.
pub type Weights = BTreeMap<String, i64>;
