use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClaimId, ClaimState, EnterpriseId, MemberId, MemberRole};
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::types::Stamp;
use crate::schema::{enterprise_claims, enterprise_members};
use crate::text_enum;

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = enterprise_members)]
#[diesel(treat_none_as_null = true)]
pub struct Member {
    pub id: MemberId,
    pub enterprise_id: EnterpriseId,
    pub user_id: UserId,
    pub role: MemberRole,
    /// An officer has seen the licence and the authorisation.
    pub verified: bool,
    pub verified_by: Option<UserId>,
    pub verified_at: Option<Stamp>,
    pub evidence: Option<String>,
    pub created_at: Stamp,
    pub ended_at: Option<Stamp>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = enterprise_claims)]
#[diesel(treat_none_as_null = true)]
pub struct Claim {
    pub id: ClaimId,
    pub enterprise_id: EnterpriseId,
    pub user_id: UserId,
    pub role: MemberRole,
    pub message: Option<String>,
    pub state: ClaimState,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Stamp>,
    pub reason: Option<String>,
    pub created_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MemberView {
    pub id: MemberId,
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    pub role: MemberRole,
    /// An officer has seen the licence and the authorisation.
    pub verified: bool,
    pub verified_by: Option<UserId>,
    pub verified_at: Option<Stamp>,
    /// What the officer saw.
    pub evidence: Option<String>,
    pub created_at: Stamp,
}

impl MemberView {
    pub fn of(row: Member, name: String, email: String) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            name,
            email,
            role: row.role,
            verified: row.verified,
            verified_by: row.verified_by,
            verified_at: row.verified_at,
            evidence: row.evidence,
            created_at: row.created_at,
        }
    }
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyMemberBody {
    pub member_id: MemberId,
    /// What was seen: licence and authorisation.
    #[schema(example = "营业执照原件、加盖公章的授权书")]
    pub evidence: String,
}

/// By the credit code, because an enterprise one does not belong to cannot be looked up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateClaimBody {
    pub credit_code: String,
    /// The enterprise's name; needed when the code is not on record yet.
    pub name: Option<String>,
    pub role: MemberRole,
    /// To the officer who decides.
    pub message: Option<String>,
}

text_enum! {
    pub enum ClaimOutcome {
        /// Nobody acted for the enterprise: the person owns its record now, unverified.
        Owner = "owner",
        /// An officer decides.
        Claim = "claim",
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClaimAnswer {
    pub outcome: ClaimOutcome,
    pub enterprise_id: EnterpriseId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClaimView {
    pub id: ClaimId,
    pub enterprise_id: EnterpriseId,
    pub credit_code: String,
    pub enterprise_name: String,
    pub user_id: UserId,
    pub user_name: String,
    pub user_email: String,
    pub role: MemberRole,
    pub message: Option<String>,
    pub state: ClaimState,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Stamp>,
    pub reason: Option<String>,
    pub created_at: Stamp,
    pub version: i64,
    /// Only on a single claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionView>,
}

/// A claim with the names a person reads: enterprise's code and name, claimant's name and e-mail address.
pub type NamedClaim = (Claim, String, String, String, String);

impl From<NamedClaim> for ClaimView {
    fn from((row, credit_code, enterprise_name, user_name, user_email): NamedClaim) -> Self {
        Self {
            id: row.id,
            enterprise_id: row.enterprise_id,
            credit_code,
            enterprise_name,
            user_id: row.user_id,
            user_name,
            user_email,
            role: row.role,
            message: row.message,
            state: row.state,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            reason: row.reason,
            created_at: row.created_at,
            version: row.version,
            actions: Vec::new(),
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListClaimsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<ClaimState>,
    pub enterprise_id: Option<EnterpriseId>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveClaimBody {
    /// What was seen: licence and authorisation.
    pub evidence: String,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseClaimBody {
    pub reason: String,
}
