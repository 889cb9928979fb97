use chrono::NaiveDate;
use diesel::prelude::*;

use crate::platform::types::Stamp;
use crate::schema::enterprises;
use crate::{id_type, text_enum};

id_type!(EnterpriseId, MemberId, ClaimId, FactId);

text_enum! {
    pub enum EnterpriseStatus {
        Active = "active",
        MovedOut = "moved_out",
        Deregistered = "deregistered",
    }
}

text_enum! {
    pub enum MemberRole {
        Owner = "owner",
        Member = "member",
    }
}

text_enum! {
    pub enum ClaimState {
        Pending = "pending",
        Approved = "approved",
        Refused = "refused",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = enterprises)]
pub struct Enterprise {
    pub id: EnterpriseId,
    pub credit_code: String,
    pub name: String,
    pub english_name: Option<String>,
    pub kind: Option<String>,
    pub registered_on: Option<NaiveDate>,
    /// In the smallest unit of `capital_currency`; absent when the register's text could not be read for certain.
    pub capital_fen: Option<i64>,
    pub capital_currency: Option<String>,
    pub capital_text: Option<String>,
    pub business_scope: Option<String>,
    pub province: Option<String>,
    pub city: Option<String>,
    pub address: Option<String>,
    pub registered_in_laoshan: bool,
    pub park: Option<String>,
    pub status: EnterpriseStatus,
    pub main_track: Option<String>,
    pub source: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}
