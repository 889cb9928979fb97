//! Looking at a member again (复核).

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::MembershipId;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::{RuleSetId, Tier};
use crate::programme::{Figures, TierEvaluation};
use crate::schema::{recheck_draws, rechecks};
use crate::{id_type, text_enum};

id_type!(RecheckId, RecheckDrawId);

text_enum! {
    /// Why a member is looked at again.
    pub enum RecheckCause {
        Expiry = "expiry",
        RevenueDrop = "revenue_drop",
        LostTitle = "lost_title",
        CreditEvent = "credit_event",
        MajorChange = "major_change",
        /// Double-random audit (双随机).
        Draw = "draw",
        Other = "other",
    }
}

text_enum! {
    pub enum RecheckState {
        Open = "open",
        Concluded = "concluded",
    }
}

text_enum! {
    pub enum RecheckOutcome {
        /// The same tier goes on; a term that is over, or ends within half a year, begins anew.
        Keep = "keep",
        Promote = "promote",
        Demote = "demote",
        Watch = "watch",
        Exit = "exit",
        Revoke = "revoke",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rechecks)]
pub struct Recheck {
    pub id: RecheckId,
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub cause: RecheckCause,
    pub draw_id: Option<RecheckDrawId>,
    pub note: Option<String>,
    pub state: RecheckState,
    pub rule_set_id: RuleSetId,
    pub as_of: NaiveDate,
    pub figures: Doc<Figures>,
    pub evaluation: Doc<TierEvaluation>,
    pub next_evaluation: Option<Doc<TierEvaluation>>,
    pub outcome: Option<RecheckOutcome>,
    pub basis: Option<String>,
    pub opened_by: String,
    pub opened_at: Stamp,
    pub concluded_at: Option<Stamp>,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = recheck_draws)]
pub struct RecheckDraw {
    pub id: RecheckDrawId,
    pub share_ppm: i64,
    pub seed: String,
    pub candidates: Doc<Vec<MembershipId>>,
    pub drawn: Doc<Vec<MembershipId>>,
    pub drawn_by: String,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateRecheckBody {
    /// Required.
    pub membership_id: Option<MembershipId>,
    /// Required; `draw` comes from a draw only.
    pub cause: Option<RecheckCause>,
    /// Up to 2,000 characters.
    pub note: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConcludeRecheckBody {
    /// Required.
    pub outcome: Option<RecheckOutcome>,
    /// The lower tier of a demotion; the rung below when left out.
    pub tier: Option<Tier>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
    /// Required. The article it rests on, up to 500 characters.
    pub basis: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateRecheckDrawBody {
    /// Required. How many of the members, in ppm: 50,000 is one in twenty, rounded up, at least one.
    pub share_ppm: Option<i64>,
    /// All tiers when left out.
    pub tiers: Vec<Tier>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RecheckSummary {
    pub id: RecheckId,
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub cause: RecheckCause,
    pub state: RecheckState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RecheckOutcome>,
    pub opened_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concluded_at: Option<Stamp>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RecheckView {
    pub id: RecheckId,
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub cause: RecheckCause,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draw_id: Option<RecheckDrawId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub state: RecheckState,
    pub rule_set_id: RuleSetId,
    /// The day on which the figures were judged.
    pub as_of: NaiveDate,
    /// Frozen when the re-check was opened.
    pub figures: Figures,
    /// How the member stands to its own tier, by the rules for re-checks.
    pub evaluation: TierEvaluation,
    /// How it stands to the next rung; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_evaluation: Option<TierEvaluation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RecheckOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    pub opened_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concluded_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// Enough to draw again: candidates in ascending order of SHA-256 over seed and id; the first of them are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecheckDrawView {
    pub id: RecheckDrawId,
    pub share_ppm: i64,
    /// 32 bytes from the operating system, in hexadecimal.
    pub seed: String,
    pub candidates: Vec<MembershipId>,
    pub drawn: Vec<MembershipId>,
    /// Whether drawing again now, from seed and candidates, gives the same.
    pub replayed: bool,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRechecksParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub state: Option<RecheckState>,
    pub membership_id: Option<String>,
    pub draw_id: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRecheckDrawsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}
