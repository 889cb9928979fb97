use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::platform::trail::Subject;
use crate::platform::types::Stamp;
use crate::schema::{closed_periods, difference_explanations, statement_lines};
use crate::{id_type, text_enum};

id_type!(StatementLineId);

text_enum! {
    /// One of the two ring-fenced monies.
    pub enum MoneyAccount {
        Subsidy = "subsidy",
        Pool = "pool",
    }
}

text_enum! {
    /// As the holder of the account sees it.
    pub enum Direction {
        In = "in",
        Out = "out",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = statement_lines)]
pub struct StatementLine {
    pub id: StatementLineId,
    pub account: MoneyAccount,
    pub booked_on: NaiveDate,
    pub direction: Direction,
    pub amount_fen: i64,
    pub voucher_no: String,
    pub counterparty: String,
    pub counterparty_account: String,
    pub memo: String,
    pub imported_by: String,
    pub imported_at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = difference_explanations)]
pub struct Explanation {
    /// Kind and figures of both sides.
    pub difference: String,
    pub account: MoneyAccount,
    pub reason: String,
    pub explained_by: String,
    pub at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = closed_periods)]
pub struct ClosedPeriod {
    pub account: MoneyAccount,
    pub period: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub entries: i64,
    pub in_fen: i64,
    pub out_fen: i64,
    pub explained: i64,
    pub closed_by: String,
    pub closed_at: Stamp,
}

impl ClosedPeriod {
    pub fn subject(&self) -> Subject {
        Subject::new("closed_period", format!("{}/{}", self.account, self.period))
    }
}

/// Money that moved by the books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookEntry {
    /// `subsidy_payment`, `subsidy_repayment` or `pool_transaction`.
    pub kind: String,
    pub id: String,
    pub on: NaiveDate,
    pub direction: Direction,
    pub amount_fen: i64,
    pub voucher_no: String,
    /// Where the money was sent, as far as the books know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterparty_account: Option<String>,
}

/// A payment that was ordered and of which nothing is known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPayment {
    pub id: String,
    pub amount_fen: i64,
    pub counterparty_account: String,
}

text_enum! {
    pub enum DifferenceKind {
        /// The bank says so, the books do not.
        NotInBooks = "not_in_books",
        /// The books say so, the bank does not.
        NotAtBank = "not_at_bank",
        Amount = "amount",
        Day = "day",
        /// The money went to another account than the books say.
        Counterparty = "counterparty",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookDifference {
    /// Names it in an explanation; holds the figures of both sides, so that it is another one when they change.
    pub key: String,
    pub kind: DifferenceKind,
    pub voucher_no: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<StatementLineView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<BookEntry>,
    /// An ordered payment of this amount to this account: what the line may be about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate: Option<String>,
    /// Why it is as it should be; absent until somebody says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<ExplanationView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExplanationView {
    pub reason: String,
    pub explained_by: String,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementLineView {
    pub id: StatementLineId,
    pub booked_on: NaiveDate,
    pub direction: Direction,
    pub amount_fen: i64,
    pub voucher_no: String,
    pub counterparty: String,
    pub counterparty_account: String,
    pub memo: String,
}

impl From<&StatementLine> for StatementLineView {
    fn from(l: &StatementLine) -> Self {
        Self {
            id: l.id.clone(),
            booked_on: l.booked_on,
            direction: l.direction,
            amount_fen: l.amount_fen,
            voucher_no: l.voucher_no.clone(),
            counterparty: l.counterparty.clone(),
            counterparty_account: l.counterparty_account.clone(),
            memo: l.memo.clone(),
        }
    }
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReconciliationParams {
    #[param(inline)]
    pub account: MoneyAccount,
    /// First day.
    pub from: NaiveDate,
    /// Last day; at most 400 days after the first.
    pub to: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReconciliationView {
    pub account: MoneyAccount,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub lines: i64,
    pub entries: i64,
    /// Line and entry say the same in everything.
    pub matched: i64,
    pub bank_in_fen: i64,
    pub bank_out_fen: i64,
    pub books_in_fen: i64,
    pub books_out_fen: i64,
    pub differences: Vec<BookDifference>,
    /// Of the differences: not explained.
    pub open: i64,
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportStatementParams {
    #[param(inline)]
    pub account: MoneyAccount,
    /// Count what would happen, write nothing.
    #[serde(default)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainDifferenceBody {
    pub account: MoneyAccount,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Of a difference of that reconciliation.
    pub key: String,
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosePeriodBody {
    pub account: MoneyAccount,
    /// `2027-01`, or `2027` once all its months are closed.
    pub period: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClosedPeriodView {
    pub account: MoneyAccount,
    pub period: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// By the books.
    pub entries: i64,
    pub in_fen: i64,
    pub out_fen: i64,
    /// Differences that were explained.
    pub explained: i64,
    pub closed_by: String,
    pub closed_at: Stamp,
}

impl From<ClosedPeriod> for ClosedPeriodView {
    fn from(p: ClosedPeriod) -> Self {
        Self {
            account: p.account,
            period: p.period,
            starts_on: p.starts_on,
            ends_on: p.ends_on,
            entries: p.entries,
            in_fen: p.in_fen,
            out_fen: p.out_fen,
            explained: p.explained,
            closed_by: p.closed_by,
            closed_at: p.closed_at,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListClosedPeriodsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    #[param(inline)]
    pub account: Option<MoneyAccount>,
}
