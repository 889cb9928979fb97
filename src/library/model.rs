use chrono::NaiveDate;
use diesel::prelude::*;

use crate::platform::types::Stamp;
use crate::programme::model::{Lane, Tier};
use crate::schema::memberships;
use crate::{id_type, text_enum};

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

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = memberships)]
pub struct Membership {
    pub id: MembershipId,
    pub enterprise_id: String,
    pub tier: Option<Tier>,
    pub lane: Lane,
    pub state: MembershipState,
    pub live: bool,
    pub certificate_number: Option<String>,
    pub application_id: Option<String>,
    pub round_id: Option<String>,
    pub source: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub created_at: Stamp,
    pub ended_at: Option<Stamp>,
    pub end_reason: Option<String>,
    pub version: i64,
}
