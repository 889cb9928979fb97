//! How far members are from the next tier, and who is asked to apply.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{MembershipId, MembershipState};
use crate::enterprises::model::EnterpriseId;
use crate::id_type;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::programme::model::{Lane, Outcome, RuleSetId, Tier};
use crate::programme::rules::Need;
use crate::rounds::model::RoundId;
use crate::schema::{promotion_gaps, round_invitations};

id_type!(InvitationId);

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = promotion_gaps)]
pub struct PromotionGap {
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub next_tier: Tier,
    pub rule_set_id: RuleSetId,
    pub as_of: NaiveDate,
    pub unmet: i32,
    pub gap_ppm: i64,
}

/// Who was asked to apply in a round, and for what.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = round_invitations)]
pub struct Invitation {
    pub id: InvitationId,
    pub round_id: RoundId,
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub tier: Tier,
    pub invited_by: String,
    pub created_at: Stamp,
}

/// Where a member or candidate stands to the next tier on the figures of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromotionPathView {
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    /// Absent of a candidate.
    pub tier: Option<Tier>,
    /// Absent at the top of the ladder and beside it; then there are no rules either.
    pub next_tier: Option<Tier>,
    /// The rule set in force, by which is judged.
    pub rule_set_id: RuleSetId,
    pub as_of: NaiveDate,
    pub outcome: Option<Outcome>,
    /// Rules that are failed at least, whatever alternatives are taken.
    pub unmet: i32,
    /// The largest gap that can be measured among them, as a share of what is needed, in ppm; absent when none can.
    pub largest_gap_ppm: Option<i64>,
    /// Every rule of the tier, those in the way first.
    pub leaves: Vec<PathLeaf>,
}

/// One rule of the next tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PathLeaf {
    pub code: String,
    pub outcome: Outcome,
    /// What is asked and what was reached: "R&D at least 6 % of revenue last year: now 4.2 %".
    pub told: Say,
    /// It stands in the way: not met, and no alternative or waiver makes it needless.
    pub blocking: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<Need>,
    /// What was reached, in the unit of `needs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<i64>,
    /// What is missing, in the unit of `needs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<i64>,
    /// The same as a share of what is needed, in ppm, rounded up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative_gap_ppm: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Say>,
}

/// A member on the list of those closest to the next tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromotionSummary {
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub tier: Option<Tier>,
    pub next_tier: Tier,
    pub unmet: i32,
    /// Absent when none of what is not met can be measured.
    pub largest_gap_ppm: Option<i64>,
    /// The day of the figures.
    pub as_of: NaiveDate,
}

/// Somebody in the library who fulfils the rules of a round on the figures of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProspectView {
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub state: MembershipState,
    pub lane: Lane,
    /// What it holds; absent of a candidate.
    pub held: Option<Tier>,
    /// The highest tier of the round whose rules are fulfilled.
    pub tier: Tier,
    /// `manual_review` when an officer has something left to judge.
    pub outcome: Outcome,
    pub invited: bool,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateInvitationsBody {
    /// Everybody who is eligible and not invited yet when left out.
    pub membership_ids: Option<Vec<MembershipId>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InvitationsView {
    /// How many were invited now.
    pub invited: i64,
    pub items: Vec<InvitationView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InvitationView {
    pub id: InvitationId,
    pub round_id: RoundId,
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub tier: Tier,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPromotionsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub next_tier: Option<Tier>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListProspectsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInvitationsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub round_id: Option<String>,
    pub enterprise_id: Option<String>,
}
