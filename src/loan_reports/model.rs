use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::enterprises::model::EnterpriseId;
use crate::programme::model::Tier;
use crate::subsidies::model::SubsidyClaimState;
use crate::talent_loans::model::{BankId, LoanClass};
use crate::text_enum;

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LoanReportParams {
    /// Of subsidy claims: only those of this budget year.
    pub year: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoanReportView {
    pub as_of: NaiveDate,
    pub claims: Vec<ClaimsByState>,
    /// Largest first.
    pub paid_by_enterprise: Vec<PaidToEnterprise>,
    pub paid_by_tier: Vec<PaidByTier>,
    pub paid_by_bank: Vec<PaidByBank>,
    pub loans: Vec<LoansByClass>,
    /// The latest first.
    pub breaches: Vec<Breach>,
}

/// Subsidy claims in one state, by how long they have been in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClaimsByState {
    pub state: SubsidyClaimState,
    pub claims: i64,
    pub computed_fen: i64,
    pub granted_fen: i64,
    pub up_to_10_days: i64,
    pub up_to_30_days: i64,
    pub up_to_60_days: i64,
    pub older: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaidToEnterprise {
    pub enterprise_id: EnterpriseId,
    pub name: String,
    pub paid_fen: i64,
    pub returned_fen: i64,
}

/// By the tier the enterprise has in the library now; without one it is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaidByTier {
    pub tier: Option<Tier>,
    pub paid_fen: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaidByBank {
    pub bank_id: BankId,
    pub name: String,
    pub paid_fen: i64,
}

/// Loans with a balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoansByClass {
    pub class: LoanClass,
    pub loans: i64,
    pub balance_fen: i64,
    /// Of the balance: covered.
    pub covered_fen: i64,
}

text_enum! {
    pub enum BreachKind {
        /// A subsidy claim under review beyond its day.
        SubsidyReview = "subsidy_review",
        /// A compensation claim unpaid beyond its day.
        CompensationPayment = "compensation_payment",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Breach {
    pub kind: BreachKind,
    /// Of the claim.
    pub id: String,
    pub due_on: NaiveDate,
    pub days_late: i64,
}

/// What the pool would owe if every covered loan were lost, against what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PoolExposureView {
    pub as_of: NaiveDate,
    pub balance_fen: i64,
    pub total: ExposureLine,
    /// Largest first, here and below.
    pub by_bank: Vec<ExposureOf>,
    /// By the tier the enterprise has in the library now; `none` without one.
    pub by_tier: Vec<ExposureOf>,
    /// By the main track of the enterprise; `none` without one.
    pub by_track: Vec<ExposureOf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExposureLine {
    pub loans: i64,
    /// Covered part of what is owed.
    pub covered_fen: i64,
    /// Government's share of it, by the scheme of each loan.
    pub exposure_fen: i64,
    /// Exposure over the pool's balance, rounded down; absent while the pool is empty.
    pub leverage_ppm: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExposureOf {
    pub key: String,
    pub name: String,
    #[serde(flatten)]
    pub line: ExposureLine,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PoolForecastView {
    pub as_of: NaiveDate,
    /// What lies in the pool now.
    pub balance_fen: i64,
    /// This month and the eleven after it.
    pub months: Vec<ForecastMonth>,
}

/// Amounts of one month, and what is left of today's balance at its end, month after month. No money is expected to come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ForecastMonth {
    /// `2027-01`
    pub month: String,
    /// Principal that falls due by the repayment schedule, and how much of it is covered.
    pub due_fen: i64,
    pub due_covered_fen: i64,
    /// Compensation already claimed, in the month its payment is due.
    pub claimed_fen: i64,
    /// Would be claimed for loans that are overdue or classed bad, in the month their claim would be paid.
    pub at_risk_fen: i64,
    /// Would be claimed for all other principal that falls due, were none of it repaid.
    pub worst_fen: i64,
    pub left_after_claimed_fen: i64,
    pub left_after_at_risk_fen: i64,
    pub left_after_worst_fen: i64,
}
