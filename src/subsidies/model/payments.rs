use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{PayeeAccount, SubsidyClaimId};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::money::{capital_text, yuan_text};
use crate::platform::trail::Subject;
use crate::platform::types::{Doc, Stamp};
use crate::schema::{payment_batches, subsidy_payments};
use crate::{id_type, text_enum};

id_type!(PaymentBatchId, SubsidyPaymentId);

text_enum! {
    pub enum PaymentState {
        /// Ordered, not known to have arrived.
        Pending = "pending",
        Paid = "paid",
        /// Came back; what follows is another payment.
        Failed = "failed",
    }
}

/// Payments ordered together.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_batches)]
pub struct Batch {
    pub id: PaymentBatchId,
    pub note: String,
    pub payments: i32,
    pub total_fen: i64,
    pub prepared_by: String,
    pub created_at: Stamp,
}

impl Batch {
    pub fn subject(&self) -> Subject {
        Subject::new("payment_batch", &self.id)
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = subsidy_payments, treat_none_as_null = true)]
pub struct Payment {
    pub id: SubsidyPaymentId,
    pub batch_id: PaymentBatchId,
    pub claim_id: SubsidyClaimId,
    pub enterprise_id: EnterpriseId,
    pub budget_year: i32,
    pub amount_fen: i64,
    pub payee: Doc<PayeeAccount>,
    pub state: PaymentState,
    pub voucher_no: Option<String>,
    pub paid_on: Option<NaiveDate>,
    pub failure: Option<String>,
    pub recorded_by: Option<String>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

impl Payment {
    pub fn subject(&self) -> Subject {
        Subject::new("subsidy_payment", &self.id)
    }
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateBatchBody {
    /// Payable claims, 1 to 200.
    pub claim_ids: Vec<SubsidyClaimId>,
    pub note: String,
}

text_enum! {
    pub enum PaymentOutcome {
        Paid = "paid",
        Failed = "failed",
    }
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RecordPaymentBody {
    /// Required.
    pub outcome: Option<PaymentOutcome>,
    /// Of the bank transfer; required when paid. One number pays once.
    pub voucher_no: Option<String>,
    /// Today when left out.
    pub paid_on: Option<NaiveDate>,
    /// Required when failed: what the bank said.
    pub failure: Option<String>,
}

/// Lets a failed payment be ordered again, with the account put right.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReopenPaymentBody {
    /// The account of the claim when left out.
    pub account: Option<PayeeAccount>,
    /// Required.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBatchesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaymentBatchSummary {
    pub id: PaymentBatchId,
    pub note: String,
    pub payments: i32,
    pub total_fen: i64,
    pub prepared_by: String,
    pub created_at: Stamp,
}

impl From<Batch> for PaymentBatchSummary {
    fn from(b: Batch) -> Self {
        Self {
            id: b.id,
            note: b.note,
            payments: b.payments,
            total_fen: b.total_fen,
            prepared_by: b.prepared_by,
            created_at: b.created_at,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaymentBatchView {
    #[serde(flatten)]
    pub batch: PaymentBatchSummary,
    /// The total as the voucher writes it.
    pub total_capital: String,
    pub items: Vec<PaymentSummary>,
}

/// A payment with what its voucher says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaymentSummary {
    pub id: SubsidyPaymentId,
    pub batch_id: PaymentBatchId,
    pub claim_id: SubsidyClaimId,
    pub enterprise_id: EnterpriseId,
    pub budget_year: i32,
    pub amount_fen: i64,
    /// Yuan with separators, `87,447.92`.
    pub amount_text: String,
    /// In capitals, `人民币捌万柒仟肆佰肆拾柒元玖角贰分`.
    pub amount_capital: String,
    pub payee: PayeeAccount,
    pub state: PaymentState,
    pub voucher_no: Option<String>,
    pub paid_on: Option<NaiveDate>,
    pub failure: Option<String>,
    pub version: i64,
}

impl TryFrom<Payment> for PaymentSummary {
    type Error = crate::error::AppError;

    fn try_from(p: Payment) -> Result<Self, Self::Error> {
        Ok(Self {
            payee: p.payee.read()?,
            amount_text: yuan_text(p.amount_fen),
            amount_capital: capital_text(p.amount_fen),
            id: p.id,
            batch_id: p.batch_id,
            claim_id: p.claim_id,
            enterprise_id: p.enterprise_id,
            budget_year: p.budget_year,
            amount_fen: p.amount_fen,
            state: p.state,
            voucher_no: p.voucher_no,
            paid_on: p.paid_on,
            failure: p.failure,
            version: p.version,
        })
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PaymentView {
    #[serde(flatten)]
    pub payment: PaymentSummary,
    pub actions: Vec<ActionView>,
}
