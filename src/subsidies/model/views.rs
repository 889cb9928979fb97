use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Claim, InterestReceipt, PaymentSummary, SubsidyCalculation, SubsidyClaimId, SubsidyClaimState, SubsidyForm,
};
use crate::decisions::model::DecisionSummary;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::types::Stamp;
use crate::publicity::model::NoticeId;
use crate::talent_loans::model::{BankId, LoanId, LoanSchemeId};

/// A claim with the name of its enterprise.
pub type NamedClaim = (Claim, String);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubsidyClaimSummary {
    pub id: SubsidyClaimId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    /// Contract numbers of the loans; a bank reads those of its own.
    pub contracts: Vec<String>,
    /// The interest year.
    pub claim_year: i32,
    /// The year whose budget pays and whose cap counts.
    pub budget_year: i32,
    pub state: SubsidyClaimState,
    pub state_since: Stamp,
    /// By the engine.
    pub computed_fen: i64,
    /// After the review; 0 before it.
    pub granted_fen: i64,
    pub paid_fen: i64,
    /// Last day for handing in.
    pub window_to: NaiveDate,
    pub filed_on: Option<NaiveDate>,
    /// Last day for the review.
    pub due_on: Option<NaiveDate>,
    /// Under review beyond that day.
    pub overdue: bool,
}

impl SubsidyClaimSummary {
    pub fn of((c, enterprise_name): NamedClaim, contracts: Vec<String>, today: NaiveDate) -> Self {
        Self {
            contracts,
            overdue: SubsidyClaimState::UNDER_REVIEW.contains(&c.state) && c.due_on.is_some_and(|due| due < today),
            id: c.id,
            enterprise_id: c.enterprise_id,
            enterprise_name,
            claim_year: c.claim_year,
            budget_year: c.budget_year,
            state: c.state,
            state_since: c.state_since,
            computed_fen: c.computed_fen,
            granted_fen: c.granted_fen,
            paid_fen: c.paid_fen,
            window_to: c.window_to,
            filed_on: c.filed_on,
            due_on: c.due_on,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubsidyClaimLoanView {
    pub loan_id: LoanId,
    pub bank_id: BankId,
    pub contract_no: String,
    /// As the bank confirmed them; absent before that.
    pub receipts: Option<Vec<InterestReceipt>>,
    pub confirmed_at: Option<Stamp>,
    pub computed_fen: i64,
    pub granted_fen: i64,
    pub adjust_reason: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SubsidyClaimView {
    #[serde(flatten)]
    pub summary: SubsidyClaimSummary,
    pub scheme_id: LoanSchemeId,
    pub interest_from: NaiveDate,
    /// Exclusive.
    pub interest_to: NaiveDate,
    pub window_from: NaiveDate,
    /// Absent for banks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<SubsidyForm>,
    /// In the order of the claim; a bank sees its own.
    pub loans: Vec<SubsidyClaimLoanView>,
    /// Absent for banks, and before the claim was handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calculation: Option<SubsidyCalculation>,
    pub due_provisional: bool,
    pub notice_id: Option<NoticeId>,
    pub publicity_ends_on: Option<NaiveDate>,
    pub reason: Option<String>,
    pub returned_fen: i64,
    /// Newest first; of no concern to banks and enterprises.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub decisions: Vec<DecisionSummary>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub payments: Vec<PaymentSummary>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// The stored calculation against what the engine makes of the same request today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubsidyReplayView {
    pub claim_id: SubsidyClaimId,
    pub same: bool,
    pub stored: SubsidyCalculation,
    pub replayed: crate::talent_loans::model::SubsidyQuoteView,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnnouncementView {
    pub notice_id: NoticeId,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub claims: i64,
    pub total_fen: i64,
}
