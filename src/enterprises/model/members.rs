use diesel::prelude::*;

use super::{ClaimId, ClaimState, EnterpriseId, MemberId, MemberRole};
use crate::platform::actor::UserId;
use crate::platform::types::Stamp;
use crate::schema::{enterprise_claims, enterprise_members};

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
