//! Facts that are not annual numbers: titles, intellectual property, awards, partners, projects, people, capital.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::programme::model::Level;

/// A title the enterprise holds or held. Without dates it is taken to hold without limit on that side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Code of the kind of title, for example `high_tech`; the rule set lists them.
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day on which the title is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
}

/// Intellectual property held now, in pieces. Class I: invention patents, plant varieties, new drugs, layouts of
/// integrated circuits and the like. Class II: utility models, designs, software copyright.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ip {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class1_granted: Option<i64>,
    /// Applied for and accepted, not yet granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class1_accepted: Option<i64>,
    /// Granted and used in products with economic effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class1_in_use: Option<i64>,
    /// Granted and developed by the enterprise itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class1_own: Option<i64>,
    /// High-value inventions among the granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class1_high_value: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class2: Option<i64>,
}

/// An award or prize.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Code of the kind of award, for example `science_technology`.
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Place of the enterprise among those awarded, 1 = first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// Where a partner stands in the chain, seen from the enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartnerRole {
    Up,
    Down,
    Peer,
}

/// A cooperation partner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<PartnerRole>,
    /// The partner is in the library of the programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library_member: Option<bool>,
    /// The partner is a local enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<bool>,
    /// A contract is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<bool>,
    /// Contract value of the year, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// Where a sourced project came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourcedProjectKind {
    /// A proof-of-concept centre.
    PocCentre,
    /// A prize in an innovation and entrepreneurship competition.
    Competition,
    /// A pilot-scale base.
    PilotBase,
    /// Technology transfer from a university or institute.
    TechnologyTransfer,
}

/// A project through which the enterprise was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourcedProject {
    pub kind: SourcedProjectKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// Grade of the Qingdao talent catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum TalentGrade {
    A,
    B,
    C,
    D,
}

/// A high-level talent of the enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Talent {
    pub grade: TalentGrade,
    /// The talent founded the enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founder: Option<bool>,
}

/// A recognised research and development institution of the enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    pub level: Level,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A round of equity financing whose capital is paid in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EquityRound {
    /// Day on which the capital was paid in.
    pub on: NaiveDate,
    pub amount_fen: i64,
    /// The investors are qualified institutions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualified: Option<bool>,
}

/// A dated fact that may be a veto: an accident, a penalty, an entry in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Code of the veto it bears on.
    pub veto: String,
    pub on: NaiveDate,
    /// Day on which a listing was lifted; matters only to vetoes that look at the present state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}
