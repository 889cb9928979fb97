use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::patch;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::programme::figures::PartnerRole;
use crate::programme::model::Tier;
use crate::schema::{enterprise_links, recruitment_leads};
use crate::{id_type, say, text_enum};

id_type!(LinkId, LeadId);

text_enum! {
    /// What an enterprise does with its counterpart.
    pub enum LinkKind {
        Supplies = "supplies",
        BuysFrom = "buys_from",
        CoDevelops = "co_develops",
    }
}

impl LinkKind {
    /// Where the other side stands in the chain.
    pub fn partner_role(self) -> PartnerRole {
        match self {
            LinkKind::Supplies => PartnerRole::Down,
            LinkKind::BuysFrom => PartnerRole::Up,
            LinkKind::CoDevelops => PartnerRole::Peer,
        }
    }

    /// The same link seen from the other side.
    pub fn reversed(self) -> Self {
        match self {
            LinkKind::Supplies => LinkKind::BuysFrom,
            LinkKind::BuysFrom => LinkKind::Supplies,
            LinkKind::CoDevelops => LinkKind::CoDevelops,
        }
    }
}

text_enum! {
    pub enum LeadStage {
        Lead = "lead",
        Negotiating = "negotiating",
        /// The landing agreement is signed.
        Signed = "signed",
        /// The enterprise works here.
        Landed = "landed",
        Lost = "lost",
    }
}

impl LeadStage {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            LeadStage::Lead => say!("线索", "a lead"),
            LeadStage::Negotiating => say!("洽谈中", "negotiating"),
            LeadStage::Signed => say!("已签约", "signed"),
            LeadStage::Landed => say!("已落地", "landed"),
            LeadStage::Lost => say!("未成", "lost"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = enterprise_links)]
#[diesel(treat_none_as_null = true)]
pub struct Link {
    pub id: LinkId,
    pub track: String,
    pub enterprise_id: EnterpriseId,
    pub kind: LinkKind,
    /// Nobody yet when the link is missing.
    pub counterpart_id: Option<EnterpriseId>,
    pub item: String,
    pub contract_number: Option<String>,
    pub amount_fen: Option<i64>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub ended_at: Option<Stamp>,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = recruitment_leads)]
#[diesel(treat_none_as_null = true)]
pub struct Lead {
    pub id: LeadId,
    pub name: String,
    pub track: String,
    pub link_id: Option<LinkId>,
    pub enterprise_id: Option<EnterpriseId>,
    pub stage: LeadStage,
    pub contact: Option<String>,
    pub contact_phone: Option<String>,
    pub promised: Option<String>,
    pub investment_fen: Option<i64>,
    pub agreement_number: Option<String>,
    pub signed_on: Option<NaiveDate>,
    pub agreement_ends_on: Option<NaiveDate>,
    pub landed_on: Option<NaiveDate>,
    pub lost_reason: Option<String>,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateLinkBody {
    /// Required. Code of a track.
    pub track: String,
    /// Required.
    pub enterprise_id: Option<EnterpriseId>,
    /// Required. Seen from `enterprise_id`.
    pub kind: Option<LinkKind>,
    /// Required. What is supplied or developed, 1 to 200 characters.
    pub item: String,
    /// Without it the link is missing: somebody has yet to be found.
    pub counterpart_id: Option<EnterpriseId>,
    pub contract_number: Option<String>,
    /// Value of the contract in fen.
    pub amount_fen: Option<i64>,
    pub starts_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
}

/// Merge patch: `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateLinkBody {
    /// Without it the link is missing: somebody has yet to be found.
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<EnterpriseId>)]
    pub counterpart_id: Option<Option<EnterpriseId>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub contract_number: Option<Option<String>>,
    /// Value of the contract in fen.
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<i64>)]
    pub amount_fen: Option<Option<i64>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<NaiveDate>)]
    pub starts_on: Option<Option<NaiveDate>>,
    /// The last day.
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<NaiveDate>)]
    pub ends_on: Option<Option<NaiveDate>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LinkView {
    pub id: LinkId,
    pub track: String,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub kind: LinkKind,
    pub counterpart_id: Option<EnterpriseId>,
    pub counterpart_name: Option<String>,
    pub item: String,
    pub contract_number: Option<String>,
    pub amount_fen: Option<i64>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    /// Nobody stands on the other side yet.
    pub missing: bool,
    pub ended_at: Option<Stamp>,
    pub version: i64,
    /// Only on a single link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateLeadBody {
    /// Required, 1 to 200 characters.
    pub name: String,
    /// Required. Code of a track.
    pub track: String,
    /// The missing link it is to fill.
    pub link_id: Option<LinkId>,
    pub contact: Option<String>,
    pub contact_phone: Option<String>,
    /// What was promised, by either side, up to 2,000 characters.
    pub promised: Option<String>,
    /// Promised investment in fen.
    pub investment_fen: Option<i64>,
}

/// Merge patch: `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateLeadBody {
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub contact: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub contact_phone: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub promised: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<i64>)]
    pub investment_fen: Option<Option<i64>>,
}

/// The next stage of a lead, with what it has to tell.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AdvanceLeadBody {
    /// Required.
    pub to: Option<LeadStage>,
    /// The record of the enterprise; required of `signed`.
    pub enterprise_id: Option<EnterpriseId>,
    /// Number of the landing agreement; required of `signed`.
    pub agreement_number: Option<String>,
    /// Day of the signature, not in the future; required of `signed`.
    pub signed_on: Option<NaiveDate>,
    /// Last day on which the agreement binds.
    pub agreement_ends_on: Option<NaiveDate>,
    /// Not in the future; required of `landed`.
    pub landed_on: Option<NaiveDate>,
    /// Up to 2,000 characters; required of `lost`.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeadView {
    pub id: LeadId,
    pub name: String,
    pub track: String,
    pub link_id: Option<LinkId>,
    pub enterprise_id: Option<EnterpriseId>,
    pub stage: LeadStage,
    pub contact: Option<String>,
    pub contact_phone: Option<String>,
    pub promised: Option<String>,
    pub investment_fen: Option<i64>,
    pub agreement_number: Option<String>,
    pub signed_on: Option<NaiveDate>,
    pub agreement_ends_on: Option<NaiveDate>,
    pub landed_on: Option<NaiveDate>,
    pub lost_reason: Option<String>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeadSummary {
    pub id: LeadId,
    pub name: String,
    pub track: String,
    pub link_id: Option<LinkId>,
    pub enterprise_id: Option<EnterpriseId>,
    pub stage: LeadStage,
    pub investment_fen: Option<i64>,
    pub updated_at: Stamp,
    pub version: i64,
}

/// The chain of a track: who is in it, who supplies whom, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupplyView {
    pub track: String,
    pub name: Say,
    /// Enterprises of the library whose main track it is.
    pub members: Vec<ChainMember>,
    /// Links that stand.
    pub links: Vec<LinkView>,
    /// What an enterprise needs and has nobody for.
    pub missing: Vec<LinkView>,
    /// Members that no link leads to or from.
    pub unlinked: Vec<EnterpriseId>,
    /// Whether everything is shown; at most 500 members and 500 links are.
    pub complete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChainMember {
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    /// Absent of a candidate.
    pub tier: Option<Tier>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListLinksParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub track: Option<String>,
    pub enterprise_id: Option<String>,
    /// Only those that nobody stands on the other side of, or only the others.
    pub missing: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListLeadsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    #[param(inline)]
    pub stage: Option<LeadStage>,
    pub track: Option<String>,
}
