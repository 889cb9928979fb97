use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Enterprise, EnterpriseId, EnterpriseSource, EnterpriseStatus, MemberView};
use crate::enterprises::rules::capital::{Capital, Currency};
use crate::platform::actions::ActionView;
use crate::platform::patch;
use crate::platform::types::Stamp;
use crate::programme::model::Tier;
use crate::text_enum;

text_enum! {
    pub enum EnterpriseSort {
        /// Latest record first.
        Newest = "newest",
        Name = "name",
    }
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListEnterprisesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    /// `newest` when left out.
    #[param(inline)]
    pub sort: Option<EnterpriseSort>,
    /// Any part of the name; case, width and spaces make no difference.
    pub q: Option<String>,
    pub credit_code: Option<String>,
    pub track: Option<String>,
    pub park: Option<String>,
    pub status: Option<EnterpriseStatus>,
    /// Tier of a live membership.
    pub tier: Option<Tier>,
    /// Only those where somebody waits to be verified.
    pub unverified: Option<bool>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateEnterpriseBody {
    /// Unified social credit code (GB 32100-2015).
    #[schema(example = "91370212MAQJWYLF5K")]
    pub credit_code: String,
    pub name: String,
    pub english_name: Option<String>,
    /// 企业类型, in the register's words.
    pub kind: Option<String>,
    pub registered_on: Option<NaiveDate>,
    /// Registered capital as the register spells it, for example `500万元`.
    pub capital: Option<String>,
    pub business_scope: Option<String>,
    pub province: Option<String>,
    pub city: Option<String>,
    pub address: Option<String>,
    /// Follows from the address when left out.
    pub registered_in_laoshan: Option<bool>,
    pub park: Option<String>,
    /// Track codes.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// One of `tracks`; the first of them when left out.
    pub main_track: Option<String>,
}

/// Merge patch. An applicant changes `english_name`, `park`, `address`, `business_scope`, `tracks` and `main_track`, an officer
/// everything.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateEnterpriseBody {
    pub name: Option<String>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub english_name: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub kind: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<NaiveDate>)]
    pub registered_on: Option<Option<NaiveDate>>,
    /// As the register spells it.
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub capital: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub business_scope: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub province: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub city: Option<Option<String>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub address: Option<Option<String>>,
    /// `null`: follows from the address again.
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<bool>)]
    pub registered_in_laoshan: Option<Option<bool>>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub park: Option<Option<String>>,
    pub status: Option<EnterpriseStatus>,
    /// All tracks, in place of those known so far.
    pub tracks: Option<Vec<String>>,
    pub main_track: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EnterpriseSummary {
    pub id: EnterpriseId,
    pub credit_code: String,
    pub name: String,
    pub registered_on: Option<NaiveDate>,
    pub registered_in_laoshan: bool,
    pub park: Option<String>,
    pub status: EnterpriseStatus,
    pub main_track: Option<String>,
    pub tracks: Vec<String>,
    /// Tiers of live memberships.
    pub tiers: Vec<Tier>,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EnterpriseView {
    pub id: EnterpriseId,
    pub credit_code: String,
    pub name: String,
    pub english_name: Option<String>,
    pub kind: Option<String>,
    pub registered_on: Option<NaiveDate>,
    pub capital: Capital,
    /// The capital in the register's words.
    pub capital_text: Option<String>,
    pub business_scope: Option<String>,
    pub province: Option<String>,
    pub city: Option<String>,
    pub address: Option<String>,
    pub registered_in_laoshan: bool,
    /// An officer has said so; otherwise it follows from the address.
    pub registered_in_laoshan_stated: bool,
    pub park: Option<String>,
    pub status: EnterpriseStatus,
    pub main_track: Option<String>,
    pub tracks: Vec<String>,
    /// Tiers of live memberships.
    pub tiers: Vec<Tier>,
    /// The last day on which it may not apply, because a title was revoked for fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barred_until: Option<NaiveDate>,
    pub source: EnterpriseSource,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
    /// Who acts for the enterprise; left out for roles that need not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<MemberView>>,
    pub actions: Vec<ActionView>,
}

impl Enterprise {
    pub fn capital(&self) -> Capital {
        match (self.capital_fen, self.capital_currency.as_deref().and_then(Currency::from_code)) {
            (Some(amount_fen), Some(currency)) => Capital::Known { amount_fen, currency },
            _ => Capital::Unknown { text: self.capital_text.clone().unwrap_or_default() },
        }
    }

    pub fn summary(self, tracks: Vec<String>, tiers: Vec<Tier>) -> EnterpriseSummary {
        EnterpriseSummary {
            id: self.id,
            credit_code: self.credit_code,
            name: self.name,
            registered_on: self.registered_on,
            registered_in_laoshan: self.registered_in_laoshan,
            park: self.park,
            status: self.status,
            main_track: self.main_track,
            tracks,
            tiers,
            created_at: self.created_at,
        }
    }

    pub fn view(
        self,
        tracks: Vec<String>,
        tiers: Vec<Tier>,
        barred_until: Option<NaiveDate>,
        members: Option<Vec<MemberView>>,
        actions: Vec<ActionView>,
    ) -> EnterpriseView {
        EnterpriseView {
            capital: self.capital(),
            registered_in_laoshan_stated: self.laoshan_stated.is_some(),
            id: self.id,
            credit_code: self.credit_code,
            name: self.name,
            english_name: self.english_name,
            kind: self.kind,
            registered_on: self.registered_on,
            capital_text: self.capital_text,
            business_scope: self.business_scope,
            province: self.province,
            city: self.city,
            address: self.address,
            registered_in_laoshan: self.registered_in_laoshan,
            park: self.park,
            status: self.status,
            main_track: self.main_track,
            tracks,
            tiers,
            barred_until,
            source: self.source,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            members,
            actions,
        }
    }
}
