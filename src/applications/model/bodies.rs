//! What requests bring.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{ApplicationId, ApplicationState, ReturnItem};
use crate::enterprises::model::EnterpriseId;
use crate::programme::model::Tier;
use crate::rounds::model::RoundId;
use crate::text_enum;

/// The first three are required.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateApplicationBody {
    pub round_id: Option<RoundId>,
    pub enterprise_id: Option<EnterpriseId>,
    pub tier: Option<Tier>,
    /// An earlier application of the same enterprise whose form the draft begins with; statements and files are made anew. May be
    /// left out.
    pub copy_from: Option<ApplicationId>,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DifferencesParams {
    /// Number of a submission; the last one when left out.
    pub from: Option<i32>,
    /// Number of a submission; the form as it is now when left out.
    pub to: Option<i32>,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListApplicationsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<ApplicationState>,
    pub round_id: Option<RoundId>,
    pub tier: Option<Tier>,
    pub enterprise_id: Option<EnterpriseId>,
    /// The year of the round.
    pub year: Option<i32>,
    /// Part of the enterprise's name, or its whole credit code.
    pub q: Option<String>,
    /// Only what the caller has had a hand in.
    pub mine: Option<bool>,
    /// Only what is submitted and waits for its formal review longer than it should: `programme.formal_review_days` working days after
    /// it came in and its round closed.
    pub overdue: Option<bool>,
}

/// For every step that must say why.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ApplicationReasonBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WithdrawApplicationBody {
    pub reason: Option<String>,
}

/// Answers to what the rules leave to a person. A rule that figures decide cannot be answered here; it takes an override.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AcceptApplicationBody {
    /// Code of a rule of the gate whose outcome is `manual_review` -> whether it is met.
    pub human: BTreeMap<String, bool>,
    /// Code of a veto -> whether it is hit.
    pub vetoes: BTreeMap<String, bool>,
    /// Required when something was judged.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReturnApplicationBody {
    /// What is to be corrected, at least one thing.
    pub items: Vec<ReturnItem>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OverrideApplicationBody {
    /// Codes of rules of the gate that stand in the way.
    pub leaves: Vec<String>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

text_enum! {
    /// A step that can be taken for many applications at once.
    pub enum BatchAction {
        Acceptance = "acceptance",
        Return = "return",
        Rejection = "rejection",
        Proposal = "proposal",
        NonSelection = "non_selection",
        Override = "override",
        Voiding = "voiding",
        Arbitration = "arbitration",
        SiteVisit = "site_visit",
        Feedback = "feedback",
        FeedbackSending = "feedback_sending",
    }
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BatchApplicationsBody {
    /// Required.
    pub action: Option<BatchAction>,
    /// 1 to 200 applications, each once.
    pub ids: Vec<ApplicationId>,
    /// The body of the single step, the same for all.
    #[schema(value_type = Object)]
    pub input: Value,
    /// Tries everything and changes nothing.
    pub dry_run: bool,
}
