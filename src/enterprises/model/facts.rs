use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{EnterpriseId, EntrySource, FactId};
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::patch;
use crate::platform::types::{Doc, Stamp};
use crate::programme::figures::{
    Award, EquityRound, Incident, Institution, Ip, Partner, SourcedProject, Talent, Title,
};
use crate::schema::enterprise_facts;
use crate::text_enum;

text_enum! {
    pub enum FactKind {
        Title = "title",
        Ip = "ip",
        Award = "award",
        Partner = "partner",
        SourcedProject = "sourced_project",
        Talent = "talent",
        Institution = "institution",
        EquityRound = "equity_round",
        LandingAgreement = "landing_agreement",
        Niche = "niche",
        Industry = "industry",
        DataConsent = "data_consent",
        Incident = "incident",
        Veto = "veto",
    }
}

/// What a fact says, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "detail", rename_all = "snake_case")]
pub enum FactDetail {
    Title(Title),
    /// Intellectual property as it stands; the latest such fact counts.
    Ip(Ip),
    /// An award or prize.
    Award(Award),
    Partner(Partner),
    SourcedProject(SourcedProject),
    Talent(Talent),
    Institution(Institution),
    EquityRound(EquityRound),
    LandingAgreement(LandingAgreement),
    Niche(Niche),
    Industry(Industry),
    DataConsent(DataConsent),
    /// An accident, a penalty, an entry in a credit list: dated, and weighed by the rule set's vetoes.
    Incident(Incident),
    /// An officer's answer whether a veto applies.
    Veto(VetoAnswer),
}

/// A landing agreement with the district (落地协议).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LandingAgreement {
    pub signed_on: NaiveDate,
    /// Last day on which it binds; without limit when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// The niche market (细分市场) the enterprise works in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Niche {
    pub since: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Industry class of GB/T 4754, for example `3940`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Industry {
    pub class: String,
}

/// Consent to the use of the enterprise's data for screening, or its withdrawal; the latest counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DataConsent {
    pub given: bool,
    pub on: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VetoAnswer {
    /// Code of the veto, as the rule set lists it.
    pub veto: String,
    pub applies: bool,
}

/// `kind` stands beside `detail`, which keeps exactly the text the detail was stored as.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = enterprise_facts)]
#[diesel(treat_none_as_null = true)]
pub struct Fact {
    pub id: FactId,
    pub enterprise_id: EnterpriseId,
    pub kind: FactKind,
    /// The `detail` of a [`FactDetail`], as JSON.
    pub detail: Doc<Value>,
    pub occurred_on: Option<NaiveDate>,
    pub source: EntrySource,
    pub evidence: Option<String>,
    pub written_by: String,
    pub created_at: Stamp,
    pub verified_by: Option<UserId>,
    pub verified_at: Option<Stamp>,
    pub ended_at: Option<Stamp>,
    pub version: i64,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateFactBody {
    pub kind: FactKind,
    /// By kind: see `FactDetail`.
    #[schema(value_type = Object)]
    pub detail: Value,
    /// What it rests on: a certificate's number, a notice.
    pub evidence: Option<String>,
}

/// Merge patch, into the detail as well.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateFactBody {
    #[schema(value_type = Option<Object>)]
    pub detail: Option<Value>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub evidence: Option<Option<String>>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FactView {
    pub id: FactId,
    pub enterprise_id: EnterpriseId,
    #[serde(flatten)]
    pub fact: FactDetail,
    /// The day the fact is about, where it has one.
    pub occurred_on: Option<NaiveDate>,
    pub source: EntrySource,
    pub evidence: Option<String>,
    pub written_by: String,
    pub created_at: Stamp,
    pub verified: bool,
    pub verified_by: Option<UserId>,
    pub verified_at: Option<Stamp>,
    /// Set when the fact no longer counts.
    pub ended_at: Option<Stamp>,
    pub version: i64,
    /// Only on a single fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListFactsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub kind: Option<FactKind>,
    /// Also those that no longer count.
    pub ended: Option<bool>,
}

impl FactDetail {
    /// The detail of a kind. Not by the enum's own reading, which would lose the place of what is wrong inside.
    pub fn read(kind: FactKind, detail: Value) -> Result<Self, serde_path_to_error::Error<serde_json::Error>> {
        use serde_path_to_error::deserialize as read;
        match kind {
            FactKind::Title => read(detail).map(Self::Title),
            FactKind::Ip => read(detail).map(Self::Ip),
            FactKind::Award => read(detail).map(Self::Award),
            FactKind::Partner => read(detail).map(Self::Partner),
            FactKind::SourcedProject => read(detail).map(Self::SourcedProject),
            FactKind::Talent => read(detail).map(Self::Talent),
            FactKind::Institution => read(detail).map(Self::Institution),
            FactKind::EquityRound => read(detail).map(Self::EquityRound),
            FactKind::LandingAgreement => read(detail).map(Self::LandingAgreement),
            FactKind::Niche => read(detail).map(Self::Niche),
            FactKind::Industry => read(detail).map(Self::Industry),
            FactKind::DataConsent => read(detail).map(Self::DataConsent),
            FactKind::Incident => read(detail).map(Self::Incident),
            FactKind::Veto => read(detail).map(Self::Veto),
        }
    }

    pub fn occurred_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Title(title) => title.valid_from,
            Self::EquityRound(round) => Some(round.on),
            Self::LandingAgreement(agreement) => Some(agreement.signed_on),
            Self::Niche(niche) => Some(niche.since),
            Self::DataConsent(consent) => Some(consent.on),
            Self::Incident(incident) => Some(incident.on),
            _ => None,
        }
    }
}
