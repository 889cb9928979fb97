use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{LoanId, LoanSegment, Period};
use crate::platform::types::Stamp;
use crate::schema::loan_entries;
use crate::{id_type, text_enum};

id_type!(LoanEntryId);

text_enum! {
    pub enum EntryKind {
        /// `amount_fen`
        Drawdown = "drawdown",
        /// `amount_fen`, as agreed
        Repayment = "repayment",
        /// `amount_fen`, before it was due
        Prepayment = "prepayment",
        /// `rate_ppm`
        RateReset = "rate_reset",
        OverdueStart = "overdue_start",
        OverdueEnd = "overdue_end",
        /// `class`
        ClassChange = "class_change",
        /// `matures_on`
        Extension = "extension",
        /// Cancels the entry `reverses_id`. Made by reversing, never filed.
        Reversal = "reversal",
    }
}

text_enum! {
    /// Five-category classification of loans (贷款五级分类), best first.
    pub enum LoanClass {
        Normal = "normal",
        SpecialMention = "special_mention",
        Substandard = "substandard",
        Doubtful = "doubtful",
        Loss = "loss",
    }
}

/// One line of a loan's ledger. Never changed and never taken out.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = loan_entries)]
pub struct LoanEntry {
    pub id: LoanEntryId,
    pub loan_id: LoanId,
    /// 1, 2, 3.. per loan, without gaps.
    pub seq: i64,
    pub kind: EntryKind,
    pub effective_on: NaiveDate,
    pub amount_fen: Option<i64>,
    pub rate_ppm: Option<i64>,
    pub class: Option<LoanClass>,
    pub matures_on: Option<NaiveDate>,
    pub reverses_id: Option<LoanEntryId>,
    pub note: Option<String>,
    pub created_by: String,
    pub created_at: Stamp,
}

/// A kind takes the figure named at it and no other.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateLoanEntryBody {
    pub kind: EntryKind,
    /// The first day it counts: the day of a repayment accrues on the lower principal already.
    pub effective_on: NaiveDate,
    #[schema(minimum = 1)]
    pub amount_fen: Option<i64>,
    /// Rate of a year.
    #[schema(minimum = 0, maximum = 360_000)]
    pub rate_ppm: Option<i64>,
    pub class: Option<LoanClass>,
    pub matures_on: Option<NaiveDate>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoanEntryView {
    pub id: LoanEntryId,
    pub seq: i64,
    pub kind: EntryKind,
    pub effective_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_ppm: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<LoanClass>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matures_on: Option<NaiveDate>,
    /// The entry this one cancels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverses_id: Option<LoanEntryId>,
    pub note: Option<String>,
    pub created_by: String,
    pub created_at: Stamp,
}

impl From<LoanEntry> for LoanEntryView {
    fn from(e: LoanEntry) -> Self {
        Self {
            id: e.id,
            seq: e.seq,
            kind: e.kind,
            effective_on: e.effective_on,
            amount_fen: e.amount_fen,
            rate_ppm: e.rate_ppm,
            class: e.class,
            matures_on: e.matures_on,
            reverses_id: e.reverses_id,
            note: e.note,
            created_by: e.created_by,
            created_at: e.created_at,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListLoanEntriesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LoanSegmentsParams {
    /// First day; the first drawdown when left out.
    pub from: Option<NaiveDate>,
    /// First day after; today when left out.
    pub to: Option<NaiveDate>,
}

/// What a loan was, day by day, as the subsidy engine wants it. Every `to` is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoanSegmentsView {
    pub loan_id: LoanId,
    pub first_drawdown: Option<NaiveDate>,
    /// Stretches of one principal and one rate, by date, neighbours differ; days after maturity are left out.
    pub segments: Vec<LoanSegment>,
    pub overdue: Vec<Period>,
    /// Days beyond the maturity first agreed.
    pub extended: Vec<Period>,
}
