//! What an applicant fills in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::programme::figures::Figures;

/// The form by sections. Everything may be absent while it is a draft; what is missing is asked for at submission.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    pub contact: Contact,
    /// What the enterprise does and why it belongs into the tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Code of the main track; stands for `figures.track`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    pub figures: Figures,
    pub statements: Statements,
}

/// Whom the office calls.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Statements {
    /// Everything stated is true; demanded for a submission.
    pub truthful: bool,
    /// The data may be used for screening and cultivation.
    pub data_consent: bool,
}
