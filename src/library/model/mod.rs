mod moves;
mod promotion;
mod rechecks;

pub use moves::{
    Bar, BarId, CandidateOrigin, ClearMembershipBody, CreateMembershipBody, MembershipReasonBody, RevokeMembershipBody,
    Span, WatchMembershipBody, WatchTrigger,
};
pub use promotion::{
    CreateInvitationsBody, Invitation, InvitationId, InvitationView, InvitationsView, ListInvitationsParams,
    ListPromotionsParams, ListProspectsParams, PathLeaf, PromotionGap, PromotionPathView, PromotionSummary,
    ProspectView,
};
pub use rechecks::{
    ConcludeRecheckBody, CreateRecheckBody, CreateRecheckDrawBody, ListRecheckDrawsParams, ListRechecksParams, Recheck,
    RecheckCause, RecheckDraw, RecheckDrawId, RecheckDrawView, RecheckId, RecheckOutcome, RecheckState, RecheckSummary,
    RecheckView,
};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::{Lane, Tier};
use crate::rounds::model::RoundId;
use crate::schema::memberships;
use crate::{id_type, say, text_enum};

id_type!(MembershipId);

text_enum! {
    pub enum MembershipState {
        Candidate = "candidate",
        Active = "active",
        Watch = "watch",
        Suspended = "suspended",
        ReReview = "re_review",
        Promoted = "promoted",
        Demoted = "demoted",
        Exited = "exited",
        Revoked = "revoked",
        Expired = "expired",
    }
}

impl MembershipState {
    /// Whether the enterprise is still in its lane by this membership.
    pub fn is_live(self) -> bool {
        matches!(
            self,
            MembershipState::Candidate
                | MembershipState::Active
                | MembershipState::Watch
                | MembershipState::Suspended
                | MembershipState::ReReview
        )
    }

    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            MembershipState::Candidate => say!("储备", "a candidate"),
            MembershipState::Active => say!("在库", "active"),
            MembershipState::Watch => say!("预警", "on watch"),
            MembershipState::Suspended => say!("暂停", "suspended"),
            MembershipState::ReReview => say!("复核中", "in re-review"),
            MembershipState::Promoted => say!("晋级", "promoted"),
            MembershipState::Demoted => say!("降级", "demoted"),
            MembershipState::Exited => say!("退库", "exited"),
            MembershipState::Revoked => say!("撤销", "revoked"),
            MembershipState::Expired => say!("到期", "expired"),
        }
    }
}

text_enum! {
    /// How an enterprise came into the library.
    pub enum Source {
        Screening = "screening",
        NotSelected = "not_selected",
        SelfCheck = "self_check",
        Import = "import",
        Competition = "competition",
        Referral = "referral",
        /// Courted for the local chain; see `ecosystem`.
        Recruitment = "recruitment",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = memberships)]
#[diesel(treat_none_as_null = true)]
pub struct Membership {
    pub id: MembershipId,
    pub enterprise_id: EnterpriseId,
    /// Candidates have neither tier nor certificate.
    pub tier: Option<Tier>,
    pub lane: Lane,
    pub state: MembershipState,
    /// One per enterprise and lane.
    pub live: bool,
    pub certificate_number: Option<String>,
    pub application_id: Option<ApplicationId>,
    pub round_id: Option<RoundId>,
    pub source: Source,
    pub valid_from: Option<NaiveDate>,
    /// The last day of validity.
    pub valid_to: Option<NaiveDate>,
    pub created_at: Stamp,
    pub ended_at: Option<Stamp>,
    pub end_reason: Option<String>,
    pub version: i64,
    /// Set while it is on watch.
    pub watch_trigger: Option<WatchTrigger>,
    pub watched_since: Option<Stamp>,
    /// How a candidate was found.
    pub source_detail: Option<Doc<CandidateOrigin>>,
}

/// What a concluded application earns, or a re-check.
#[derive(Debug, Clone)]
pub struct Recognition {
    pub enterprise_id: EnterpriseId,
    pub tier: Tier,
    /// The tier's lane.
    pub lane: Lane,
    /// None when a re-check earned it; then the round is none too.
    pub application_id: Option<ApplicationId>,
    pub round_id: Option<RoundId>,
    /// What ends the older membership of the lane, as its trail tells it.
    pub because: String,
    /// Its year is the certificate's.
    pub valid_from: NaiveDate,
    /// The last day of validity.
    pub valid_to: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MembershipView {
    pub id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub tier: Option<Tier>,
    pub lane: Lane,
    pub state: MembershipState,
    pub certificate_number: Option<String>,
    pub application_id: Option<ApplicationId>,
    pub round_id: Option<RoundId>,
    pub source: Source,
    /// How a candidate was found.
    pub source_detail: Option<CandidateOrigin>,
    pub valid_from: Option<NaiveDate>,
    /// The last day of validity.
    pub valid_to: Option<NaiveDate>,
    pub watch_trigger: Option<WatchTrigger>,
    pub watched_since: Option<Stamp>,
    pub created_at: Stamp,
    pub ended_at: Option<Stamp>,
    pub end_reason: Option<String>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MembershipSummary {
    pub id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub tier: Option<Tier>,
    pub lane: Lane,
    pub state: MembershipState,
    pub certificate_number: Option<String>,
    pub valid_from: Option<NaiveDate>,
    /// The last day of validity.
    pub valid_to: Option<NaiveDate>,
    pub version: i64,
}

/// What everybody may know about a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CertificateView {
    pub number: String,
    pub enterprise_name: String,
    pub tier: Tier,
    pub state: MembershipState,
    pub valid_from: NaiveDate,
    /// The last day of validity.
    pub valid_to: NaiveDate,
    /// Whether it holds today.
    pub valid: bool,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListMembershipsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub state: Option<MembershipState>,
    #[param(inline)]
    pub tier: Option<Tier>,
    #[param(inline)]
    pub lane: Option<Lane>,
    pub enterprise_id: Option<String>,
    /// Whose term ends on this day or before.
    pub ends_by: Option<NaiveDate>,
    /// What held at the end of this day in Shanghai (`2027-06-30`); today's state when left out. `state` and `tier` then filter by
    /// what held on that day.
    pub as_of: Option<NaiveDate>,
}
