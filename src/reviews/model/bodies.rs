//! What requests bring.

use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use super::{Absence, ExpertKind, ExpertState, PastService, ReviewState};
use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::patch;
use crate::programme::model::Tier;
use crate::rounds::model::RoundId;

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateExpertBody {
    /// An account with the role `expert`; it or `email`.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// The address that the account signs in with.
    #[serde(default)]
    pub email: Option<String>,
    pub kind: ExpertKind,
    pub employer: String,
    /// Unified social credit code of the employer.
    #[serde(default)]
    pub employer_code: Option<String>,
    #[serde(default)]
    pub fields: Vec<String>,
    /// Most reviews at the same time, 1 to 500; 20 when left out.
    #[serde(default)]
    pub load_cap: Option<i32>,
    #[serde(default)]
    pub unavailable: Vec<Absence>,
    #[serde(default)]
    pub past_service: Vec<PastService>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateExpertBody {
    pub kind: Option<ExpertKind>,
    pub employer: Option<String>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub employer_code: Option<Option<String>>,
    pub fields: Option<Vec<String>>,
    pub load_cap: Option<i32>,
    pub unavailable: Option<Vec<Absence>>,
    pub past_service: Option<Vec<PastService>>,
    pub state: Option<ExpertState>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListExpertsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub kind: Option<ExpertKind>,
    pub state: Option<ExpertState>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinConflictBody {
    pub user_id: UserId,
    pub enterprise_id: EnterpriseId,
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListConflictsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub user_id: Option<UserId>,
    pub enterprise_id: Option<EnterpriseId>,
}

/// For every step that must say why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewReasonBody {
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DrawPanelBody {
    /// The applications the panel will review; all of the round (and tier) without a panel when left out.
    pub application_ids: Option<Vec<ApplicationId>>,
    pub tier: Option<Tier>,
    /// Fields the technical experts must know, in place of those of the round.
    pub fields: Option<Vec<String>>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDrawsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub round_id: Option<RoundId>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReviewsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<ReviewState>,
    pub round_id: Option<RoundId>,
    pub application_id: Option<ApplicationId>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareReviewBody {
    /// Whether anything ties the expert to the applicant.
    pub conflict: bool,
    /// Required when it does.
    #[serde(default)]
    pub reason: Option<String>,
    /// In blind review: which of the `applicants` the tie is to.
    #[serde(default)]
    pub enterprise_id: Option<EnterpriseId>,
}

/// Pointer of a text -> the text as blind reviewers may read it; `null` takes a release back.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateRedactionBody {
    pub texts: BTreeMap<String, Option<String>>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FreezeScoresBody {
    pub tier: Option<Tier>,
    /// Computes everything and changes nothing.
    pub dry_run: bool,
}
