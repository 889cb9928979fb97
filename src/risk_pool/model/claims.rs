use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FiscalLevel, LoanClass, PoolTransactionId};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::patch;
use crate::platform::trail::Subject;
use crate::platform::types::{Doc, Stamp};
use crate::schema::{compensation_claims, compensation_recoveries};
use crate::talent_loans::model::{BankId, LoanId, TalentId};
use crate::{id_type, text_enum};

id_type!(CompensationClaimId, RecoveryId);

text_enum! {
    pub enum CompensationState {
        Filed = "filed",
        Returned = "returned",
        /// The pool has committed all that is owed and not paid.
        Admitted = "admitted",
        Refused = "refused",
        /// Admitted, and the pool is short of some of it.
        Queued = "queued",
        Paid = "paid",
        /// Archived. Later recoveries are still owed.
        Closed = "closed",
    }
}

/// A bank's claim on the pool for the lost principal of one loan.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = compensation_claims, treat_none_as_null = true)]
pub struct CompensationClaim {
    pub id: CompensationClaimId,
    pub bank_id: BankId,
    pub loan_id: LoanId,
    pub enterprise_id: EnterpriseId,
    pub talent_id: TalentId,
    pub state: CompensationState,
    /// Principal not repaid after `collateral_proceeds_fen`.
    pub principal_loss_fen: i64,
    /// Principal of the loan that the scheme covers.
    pub covered_fen: i64,
    pub ratio_ppm: i64,
    pub overdue_days: i32,
    pub class: LoanClass,
    pub recovery_started_on: Option<NaiveDate>,
    pub collateral_proceeds_fen: i64,
    pub evidence: String,
    pub entitled_fen: i64,
    /// Bound to this claim in the pool and not paid yet.
    pub committed_fen: i64,
    pub paid_fen: i64,
    pub returned_fen: i64,
    /// Admitted and not committed. `entitled = committed + paid + queued` once admitted.
    pub queued_fen: i64,
    pub levels: Doc<Vec<LevelAmounts>>,
    pub filed_on: NaiveDate,
    pub filed_by: UserId,
    /// The day the payment clock started; none while the claim is returned.
    pub complete_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub due_provisional: bool,
    /// Why it was returned or refused.
    pub reason: Option<String>,
    pub queue_no: Option<i64>,
    pub admitted_by: Option<UserId>,
    pub written_off_on: Option<NaiveDate>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

impl CompensationClaim {
    pub fn subject(&self) -> Subject {
        Subject::new("compensation_claim", &self.id)
    }
}

/// One level's share of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LevelAmounts {
    pub level: FiscalLevel,
    pub weight: i64,
    pub entitled_fen: i64,
    pub paid_fen: i64,
    pub returned_fen: i64,
}

impl LevelAmounts {
    /// A share before anything is owed.
    pub fn of(share: &LevelShare) -> Self {
        Self { level: share.level, weight: share.weight, entitled_fen: 0, paid_fen: 0, returned_fen: 0 }
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = compensation_recoveries)]
pub struct Recovery {
    pub id: RecoveryId,
    pub claim_id: CompensationClaimId,
    pub gross_fen: i64,
    pub cost_fen: i64,
    pub returned_fen: i64,
    pub bank_fen: i64,
    pub received_on: NaiveDate,
    pub voucher_no: String,
    pub transaction_id: Option<PoolTransactionId>,
    pub recorded_by: UserId,
    pub at: Stamp,
}

/// A level's weight in the split: `6` beside `4` is 60 % : 40 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelShare {
    pub level: FiscalLevel,
    pub weight: i64,
}

/// What the loan on record does not say; bank, borrower, talent, cover, days overdue, class, ratio and split follow from it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FileCompensationBody {
    /// Required.
    pub loan_id: String,
    /// Principal not repaid, after `collateral_proceeds_fen`; at most the balance of the loan.
    #[schema(minimum = 1)]
    pub principal_loss_fen: i64,
    pub recovery_started_on: Option<NaiveDate>,
    #[schema(minimum = 0)]
    pub collateral_proceeds_fen: i64,
    /// Default date, dunning record, judgment or other steps, proof of the class: what there is and where it is kept.
    pub evidence: String,
}

/// Merge patch of a claim that was returned or not yet checked.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateCompensationBody {
    pub principal_loss_fen: Option<i64>,
    #[serde(deserialize_with = "patch::field")]
    #[schema(value_type = Option<NaiveDate>)]
    pub recovery_started_on: Option<Option<NaiveDate>>,
    pub collateral_proceeds_fen: Option<i64>,
    pub evidence: Option<String>,
}

/// For every step that must say why.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CompensationReasonBody {
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PayCompensationBody {
    /// At most what the pool has committed to the claim.
    #[schema(minimum = 1)]
    pub amount_fen: i64,
    /// Of the bank transfer; one number pays once.
    pub voucher_no: String,
    /// Today when left out.
    pub paid_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RecordRecoveryBody {
    #[schema(minimum = 1)]
    pub gross_fen: i64,
    /// Litigation and enforcement cost, at most the gross amount.
    #[schema(minimum = 0)]
    pub cost_fen: i64,
    pub voucher_no: String,
    /// Today when left out.
    pub received_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WriteOffCompensationBody {
    /// Required.
    pub written_off_on: Option<NaiveDate>,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CompensationSummary {
    pub id: CompensationClaimId,
    pub bank_id: BankId,
    pub bank_name: String,
    pub loan_id: LoanId,
    pub contract_no: String,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub state: CompensationState,
    pub entitled_fen: i64,
    pub committed_fen: i64,
    pub paid_fen: i64,
    pub queued_fen: i64,
    pub returned_fen: i64,
    pub filed_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_no: Option<i64>,
}

/// A claim as it is read: with the names of its enterprise and its bank, and the number of the loan's contract.
pub type NamedCompensation = (CompensationClaim, String, String, String);

impl From<NamedCompensation> for CompensationSummary {
    fn from((c, enterprise_name, bank_name, contract_no): NamedCompensation) -> Self {
        Self {
            id: c.id,
            bank_id: c.bank_id,
            bank_name,
            loan_id: c.loan_id,
            contract_no,
            enterprise_id: c.enterprise_id,
            enterprise_name,
            state: c.state,
            entitled_fen: c.entitled_fen,
            committed_fen: c.committed_fen,
            paid_fen: c.paid_fen,
            queued_fen: c.queued_fen,
            returned_fen: c.returned_fen,
            filed_on: c.filed_on,
            due_on: c.due_on,
            queue_no: c.queue_no,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CompensationView {
    #[serde(flatten)]
    pub claim: CompensationSummary,
    pub talent_id: TalentId,
    pub principal_loss_fen: i64,
    pub covered_fen: i64,
    pub ratio_ppm: i64,
    pub overdue_days: i32,
    pub class: LoanClass,
    pub recovery_started_on: Option<NaiveDate>,
    pub collateral_proceeds_fen: i64,
    pub evidence: String,
    /// In the order of the split.
    pub levels: Vec<LevelAmounts>,
    pub complete_on: Option<NaiveDate>,
    /// The last day lies in a year whose holidays are not known yet.
    pub due_provisional: bool,
    /// Why it was returned or refused.
    pub reason: Option<String>,
    pub written_off_on: Option<NaiveDate>,
    pub recoveries: Vec<RecoveryView>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RecoveryView {
    pub id: RecoveryId,
    pub gross_fen: i64,
    pub cost_fen: i64,
    /// Back to the pool.
    pub returned_fen: i64,
    /// Stays with the bank.
    pub bank_fen: i64,
    pub received_on: NaiveDate,
    pub voucher_no: String,
    pub transaction_id: Option<PoolTransactionId>,
}

impl From<Recovery> for RecoveryView {
    fn from(r: Recovery) -> Self {
        Self {
            id: r.id,
            gross_fen: r.gross_fen,
            cost_fen: r.cost_fen,
            returned_fen: r.returned_fen,
            bank_fen: r.bank_fen,
            received_on: r.received_on,
            voucher_no: r.voucher_no,
            transaction_id: r.transaction_id,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListCompensationsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<CompensationState>,
    pub bank_id: Option<BankId>,
    pub enterprise_id: Option<EnterpriseId>,
}
