use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::SubsidyForm;
use crate::enterprises::model::EnterpriseId;
use crate::platform::text::Say;
use crate::platform::trail::Subject;
use crate::platform::types::{Doc, Stamp};
use crate::publicity::model::NoticeId;
use crate::schema::{subsidy_claim_loans, subsidy_claims};
use crate::talent_loans::model::{BankId, Exclusion, LoanId, LoanSchemeId, SubsidyQuoteBody, SubsidyQuoteView};
use crate::{id_type, say, text_enum};

id_type!(SubsidyClaimId);

text_enum! {
    pub enum SubsidyClaimState {
        Draft = "draft",
        /// Waits for the banks to confirm the interest.
        Filed = "filed",
        Returned = "returned",
        /// Waits for the first reviewer.
        Confirmed = "confirmed",
        /// Waits for the second reviewer.
        Reviewed = "reviewed",
        /// Waits for the approvers: a decision is pending.
        PendingApproval = "pending_approval",
        /// The budget has committed what is granted.
        Approved = "approved",
        InPublicity = "in_publicity",
        /// An objection to it is being handled.
        Objected = "objected",
        Payable = "payable",
        InPayment = "in_payment",
        PaymentFailed = "payment_failed",
        Paid = "paid",
        Archived = "archived",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
    }
}

impl SubsidyClaimState {
    /// Takes up money of the budget and of the enterprise's yearly cap.
    pub const TAKING: [SubsidyClaimState; 8] = [
        SubsidyClaimState::Approved,
        SubsidyClaimState::InPublicity,
        SubsidyClaimState::Objected,
        SubsidyClaimState::Payable,
        SubsidyClaimState::InPayment,
        SubsidyClaimState::PaymentFailed,
        SubsidyClaimState::Paid,
        SubsidyClaimState::Archived,
    ];
    /// Handed in and not decided yet: the clock of the review runs.
    pub const UNDER_REVIEW: [SubsidyClaimState; 4] = [
        SubsidyClaimState::Filed,
        SubsidyClaimState::Confirmed,
        SubsidyClaimState::Reviewed,
        SubsidyClaimState::PendingApproval,
    ];

    /// Nobody else claims the same loans for the same period.
    pub fn is_live(self) -> bool {
        !matches!(self, Self::Draft | Self::Rejected | Self::Withdrawn)
    }

    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            Self::Draft => say!("草稿", "a draft"),
            Self::Filed => say!("待银行确认", "waiting for the banks"),
            Self::Returned => say!("已退回", "returned"),
            Self::Confirmed => say!("待初审", "waiting for the first review"),
            Self::Reviewed => say!("待复审", "waiting for the second review"),
            Self::PendingApproval => say!("待审批", "waiting for approval"),
            Self::Approved => say!("已批准", "approved"),
            Self::InPublicity => say!("公示中", "on public notice"),
            Self::Objected => say!("异议处理中", "objected to"),
            Self::Payable => say!("待拨付", "payable"),
            Self::InPayment => say!("拨付中", "being paid"),
            Self::PaymentFailed => say!("拨付失败", "a failed payment"),
            Self::Paid => say!("已拨付", "paid"),
            Self::Archived => say!("已归档", "archived"),
            Self::Rejected => say!("未通过", "rejected"),
            Self::Withdrawn => say!("已撤回", "withdrawn"),
        }
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = subsidy_claims, treat_none_as_null = true)]
pub struct Claim {
    pub id: SubsidyClaimId,
    pub enterprise_id: EnterpriseId,
    pub scheme_id: LoanSchemeId,
    pub claim_year: i32,
    pub budget_year: i32,
    pub interest_from: NaiveDate,
    pub interest_to: NaiveDate,
    pub window_from: NaiveDate,
    pub window_to: NaiveDate,
    pub state: SubsidyClaimState,
    pub state_since: Stamp,
    pub form: Doc<SubsidyForm>,
    pub calculation: Option<Doc<SubsidyCalculation>>,
    pub computed_fen: i64,
    pub granted_fen: i64,
    pub paid_fen: i64,
    pub returned_fen: i64,
    pub filed_on: Option<NaiveDate>,
    pub filed_by: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub due_provisional: bool,
    pub first_reviewer: Option<String>,
    pub second_reviewer: Option<String>,
    pub notice_id: Option<NoticeId>,
    pub publicity_ends_on: Option<NaiveDate>,
    /// Why it was returned, rejected, or not approved.
    pub reason: Option<String>,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

impl Claim {
    pub fn subject(&self) -> Subject {
        Subject::new("subsidy_claim", &self.id)
    }
}

/// One loan of a claim.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = subsidy_claim_loans, primary_key(claim_id, loan_id), treat_none_as_null = true)]
pub struct ClaimLoan {
    pub claim_id: SubsidyClaimId,
    pub loan_id: LoanId,
    pub bank_id: BankId,
    pub position: i32,
    pub interest_from: NaiveDate,
    pub live: bool,
    pub receipts: Option<Doc<Vec<InterestReceipt>>>,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<Stamp>,
    pub computed_fen: i64,
    pub granted_fen: i64,
    pub adjust_reason: Option<String>,
}

/// Interest the bank received in one settlement, for days that count: without penalty and compound interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterestReceipt {
    pub settled_on: NaiveDate,
    #[schema(minimum = 0)]
    pub amount_fen: i64,
}

/// Days of a loan in the period that earn nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExcludedDays {
    pub loan_id: LoanId,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub reason: Exclusion,
}

/// What went into the engine and what came out, word for word: `POST /subsidy-quotes` with `request` answers `result`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubsidyCalculation {
    pub request: SubsidyQuoteBody,
    pub result: SubsidyQuoteView,
    pub excluded: Vec<ExcludedDays>,
    pub at: Stamp,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateSubsidyClaimBody {
    pub enterprise_id: EnterpriseId,
    /// In the order that ties of the calculation follow. All of one scheme.
    pub loan_ids: Vec<LoanId>,
    /// The interest year; the one whose window is open when left out.
    pub year: Option<i32>,
    #[serde(default)]
    pub form: SubsidyForm,
}

/// Merge patch: whatever is given replaces what was there.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateSubsidyClaimBody {
    pub loan_ids: Option<Vec<LoanId>>,
    pub form: Option<SubsidyForm>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmInterestBody {
    pub loan_id: LoanId,
    /// One per settlement, none twice on one day; empty when nothing was paid.
    pub receipts: Vec<InterestReceipt>,
}

/// For every step that must say why.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SubsidyReasonBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

/// Lowers what a loan is granted; what the engine computed is never exceeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantAdjustment {
    pub loan_id: LoanId,
    #[schema(minimum = 0)]
    pub amount_fen: i64,
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewSubsidyBody {
    /// Required: what was found.
    pub opinion: String,
    pub adjustments: Vec<GrantAdjustment>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SecondReviewBody {
    /// Required: what was found.
    pub opinion: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AnnounceSubsidiesBody {
    /// Approved claims of one scheme, in the order of the list.
    pub claim_ids: Vec<SubsidyClaimId>,
    pub title: String,
    pub body: String,
    /// Today when left out.
    pub starts_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSubsidyClaimsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<SubsidyClaimState>,
    pub enterprise_id: Option<EnterpriseId>,
    pub budget_year: Option<i32>,
}
