use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::BankId;
use crate::platform::types::Stamp;
use crate::schema::bank_assessments;

/// A bank's loans at the end of a quarter.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_assessments)]
pub struct BankAssessment {
    pub bank_id: BankId,
    /// The last day of the quarter.
    pub quarter_end: NaiveDate,
    /// With something owed.
    pub loans: i64,
    pub balance_fen: i64,
    /// Of the balance: classed substandard or worse.
    pub bad_fen: i64,
    pub line_ppm: i64,
    pub min_loans: i64,
    pub suspended: bool,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BankAssessmentView {
    pub bank_id: BankId,
    pub quarter_end: NaiveDate,
    pub loans: i64,
    pub balance_fen: i64,
    pub bad_fen: i64,
    /// Bad over balance, rounded down; judged exactly.
    pub bad_ppm: i64,
    /// Above it a bank with at least `min_loans` loans is suspended.
    pub line_ppm: i64,
    pub min_loans: i64,
    /// By this assessment.
    pub suspended: bool,
    pub at: Stamp,
}

impl From<BankAssessment> for BankAssessmentView {
    fn from(a: BankAssessment) -> Self {
        let bad_ppm = i128::from(a.bad_fen) * 1_000_000 / i128::from(a.balance_fen.max(1));
        Self {
            bank_id: a.bank_id,
            quarter_end: a.quarter_end,
            loans: a.loans,
            balance_fen: a.balance_fen,
            bad_fen: a.bad_fen,
            bad_ppm: i64::try_from(bad_ppm).unwrap_or(i64::MAX),
            line_ppm: a.line_ppm,
            min_loans: a.min_loans,
            suspended: a.suspended,
            at: a.at,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBankAssessmentsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}
