use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::decisions::model::DecisionId;
use crate::platform::actions::ActionView;
use crate::platform::types::Stamp;
use crate::schema::{pool_postings, pool_transactions};
use crate::talent_loans::model::FiscalLevel;
use crate::{id_type, text_enum};

id_type!(PoolTransactionId);

text_enum! {
    /// The chart of accounts. The two accounts of money hold plus; where money came from holds minus, where it went plus.
    pub enum Account {
        /// Money of the pool that is bound to nothing.
        Available = "available",
        /// Money of the pool that is bound to admitted claims and not paid yet.
        Committed = "committed",
        SourceProvince = "source.province",
        SourceCity = "source.city",
        SourceDistrict = "source.district",
        PayoutsProvince = "payouts.province",
        PayoutsCity = "payouts.city",
        PayoutsDistrict = "payouts.district",
        RecoveriesProvince = "recoveries.province",
        RecoveriesCity = "recoveries.city",
        RecoveriesDistrict = "recoveries.district",
        RefundsProvince = "refunds.province",
        RefundsCity = "refunds.city",
        RefundsDistrict = "refunds.district",
        Interest = "interest",
        Adjustments = "adjustments",
    }
}

impl Account {
    pub fn source(level: FiscalLevel) -> Self {
        match level {
            FiscalLevel::Province => Self::SourceProvince,
            FiscalLevel::City => Self::SourceCity,
            FiscalLevel::District => Self::SourceDistrict,
        }
    }
    pub fn payouts(level: FiscalLevel) -> Self {
        match level {
            FiscalLevel::Province => Self::PayoutsProvince,
            FiscalLevel::City => Self::PayoutsCity,
            FiscalLevel::District => Self::PayoutsDistrict,
        }
    }
    pub fn recoveries(level: FiscalLevel) -> Self {
        match level {
            FiscalLevel::Province => Self::RecoveriesProvince,
            FiscalLevel::City => Self::RecoveriesCity,
            FiscalLevel::District => Self::RecoveriesDistrict,
        }
    }
    pub fn refunds(level: FiscalLevel) -> Self {
        match level {
            FiscalLevel::Province => Self::RefundsProvince,
            FiscalLevel::City => Self::RefundsCity,
            FiscalLevel::District => Self::RefundsDistrict,
        }
    }
}

text_enum! {
    pub enum TransactionKind {
        /// Money put in by a level of government (注资).
        Allocation = "allocation",
        /// Interest on the pool's deposits (存款利息).
        Interest = "interest",
        /// Money bound to an admitted claim (承诺占用).
        Commit = "commit",
        /// Money freed again because the claim was refused after admission.
        Release = "release",
        /// Compensation paid to a bank (补偿支出).
        Payout = "payout",
        /// What a bank recovered and returned (追偿返还).
        Recovery = "recovery",
        /// Money given back to the level it came from (退回).
        Refund = "refund",
        /// A correction of the books (调整).
        Adjust = "adjust",
    }
}

/// One posting: plus what comes into the account, minus what leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub account: Account,
    /// Fen, not zero.
    pub amount_fen: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pool_transactions)]
pub struct PoolTransaction {
    pub id: PoolTransactionId,
    pub kind: TransactionKind,
    pub at: Stamp,
    /// The day it belongs to: of the bank statement, for money that moved.
    pub booked_on: NaiveDate,
    /// What was moved: the sum of the postings that are plus.
    pub amount_fen: i64,
    pub reason: String,
    pub voucher_no: Option<String>,
    pub subject_kind: String,
    pub subject_id: String,
    pub made_by: String,
    pub decision_id: Option<DecisionId>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pool_postings)]
pub struct PoolPosting {
    pub transaction_id: PoolTransactionId,
    pub line: i32,
    pub account: Account,
    pub amount_fen: i64,
}

/// Money put in by a level, or given back to it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LevelMoneyBody {
    /// Required.
    pub level: Option<FiscalLevel>,
    #[schema(minimum = 1)]
    pub amount_fen: i64,
    pub reason: String,
    /// Of the bank slip; one number is booked once per kind.
    pub voucher_no: String,
    /// Today when left out.
    pub booked_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BookInterestBody {
    #[schema(minimum = 1)]
    pub amount_fen: i64,
    pub reason: String,
    pub voucher_no: String,
    /// Today when left out.
    pub booked_on: Option<NaiveDate>,
}

/// A correction: two to twenty postings that sum to zero. What claims have committed is not corrected here.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AdjustPoolBody {
    pub lines: Vec<Line>,
    pub reason: String,
    /// Today when left out.
    pub booked_on: Option<NaiveDate>,
}

text_enum! {
    /// How much of the pool is committed: `red` also while a claim waits for money.
    pub enum PoolLight {
        Green = "green",
        Amber = "amber",
        Red = "red",
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PoolView {
    /// Available and committed together: what lies on the pool's bank account.
    pub balance_fen: i64,
    pub committed_fen: i64,
    pub available_fen: i64,
    /// What admitted claims still wait for.
    pub queued_fen: i64,
    pub queued_claims: i64,
    /// Committed of the balance, rounded down; for display, the light is judged exactly.
    pub committed_ppm: i64,
    pub amber_ppm: i64,
    pub red_ppm: i64,
    pub light: PoolLight,
    pub accounts: Vec<BalanceView>,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BalanceView {
    pub account: Account,
    pub balance_fen: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PoolTransactionSummary {
    pub id: PoolTransactionId,
    pub kind: TransactionKind,
    pub at: Stamp,
    pub booked_on: NaiveDate,
    pub amount_fen: i64,
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voucher_no: Option<String>,
    /// `pool`, or the claim it is about.
    pub subject_kind: String,
    pub subject_id: String,
    pub made_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_id: Option<DecisionId>,
}

impl From<PoolTransaction> for PoolTransactionSummary {
    fn from(t: PoolTransaction) -> Self {
        Self {
            id: t.id,
            kind: t.kind,
            at: t.at,
            booked_on: t.booked_on,
            amount_fen: t.amount_fen,
            reason: t.reason,
            voucher_no: t.voucher_no,
            subject_kind: t.subject_kind,
            subject_id: t.subject_id,
            made_by: t.made_by,
            decision_id: t.decision_id,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PoolTransactionView {
    #[serde(flatten)]
    pub transaction: PoolTransactionSummary,
    /// Sum to zero.
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPoolTransactionsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub kind: Option<TransactionKind>,
    /// Only what was booked about this claim.
    pub claim_id: Option<String>,
}

/// What comparing the balances with the postings found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PoolCheckView {
    pub balanced: bool,
    pub postings: i64,
    pub faults: Vec<PoolFault>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum PoolFault {
    /// A transaction whose postings do not sum to zero.
    Unbalanced { transaction_id: PoolTransactionId, sum_fen: i64 },
    /// A balance that its postings do not add up to.
    Balance { account: Account, balance_fen: i64, postings_fen: i64 },
    /// Money bound in the ledger, against what the claims say is bound to them.
    Commitments { committed_fen: i64, claims_fen: i64 },
}
