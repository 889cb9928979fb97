use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{BankId, DayBasis, IdDocument, LoanClass, LoanSchemeId, LoanSegmentsView, LprTenor, TalentId};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::types::{Doc, Stamp};
use crate::schema::loans;
use crate::{id_type, text_enum};

id_type!(LoanId);

text_enum! {
    /// Follows from the ledger, but for `cancelled`: filed by mistake, before anything was drawn.
    pub enum LoanState {
        Registered = "registered",
        Active = "active",
        Overdue = "overdue",
        Settled = "settled",
        Cancelled = "cancelled",
    }
}

impl LoanState {
    /// Takes up the caps of its talent and its enterprise.
    pub fn takes_cover(self) -> bool {
        matches!(self, Self::Registered | Self::Active | Self::Overdue)
    }
}

text_enum! {
    pub enum LoanPurpose {
        Research = "research",
        ResultsConversion = "results_conversion",
        Production = "production",
        Equipment = "equipment",
        WorkingCapital = "working_capital",
    }
}

text_enum! {
    /// When a floating rate follows the loan prime rate: so many months from first drawdown, or every 1 January.
    pub enum Repricing {
        Monthly = "monthly",
        Quarterly = "quarterly",
        Yearly = "yearly",
        January = "january",
    }
}

/// How the rate of a contract is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Pricing {
    Fixed {
        /// Rate of a year.
        rate_ppm: i64,
    },
    /// The loan prime rate in force on the day of signing, and on each repricing date, plus a spread.
    Lpr {
        tenor: LprTenor,
        /// 1 basis point = 100 ppm; may be negative.
        spread_bp: i64,
        repricing: Repricing,
    },
}

/// A part of the principal that is repaid before maturity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    pub due_on: NaiveDate,
    #[schema(minimum = 1)]
    pub amount_fen: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = loans, treat_none_as_null = true)]
pub struct Loan {
    pub id: LoanId,
    pub bank_id: BankId,
    pub contract_no: String,
    pub enterprise_id: EnterpriseId,
    pub talent_id: TalentId,
    pub scheme_id: LoanSchemeId,
    pub principal_fen: i64,
    pub covered_fen: i64,
    pub day_basis: DayBasis,
    /// At signing.
    pub rate_ppm: i64,
    pub lpr_tenor: LprTenor,
    /// The loan prime rate of `lpr_tenor` at signing.
    pub lpr_ppm: i64,
    pub spread_bp: Option<i64>,
    pub repricing: Option<Repricing>,
    pub signed_on: NaiveDate,
    /// As first agreed.
    pub matures_on: NaiveDate,
    pub purpose: LoanPurpose,
    pub purpose_note: Option<String>,
    pub instalments: Doc<Vec<Instalment>>,
    pub state: LoanState,
    pub balance_fen: i64,
    pub class: LoanClass,
    /// Maturity now in force.
    pub due_on: NaiveDate,
    pub overdue_since: Option<NaiveDate>,
    pub first_drawdown_on: Option<NaiveDate>,
    pub last_seq: i64,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

impl Loan {
    pub fn pricing(&self) -> Pricing {
        match (self.spread_bp, self.repricing) {
            (Some(spread_bp), Some(repricing)) => Pricing::Lpr { tenor: self.lpr_tenor, spread_bp, repricing },
            _ => Pricing::Fixed { rate_ppm: self.rate_ppm },
        }
    }
}

/// A loan with the names of its bank, enterprise and talent.
pub type NamedLoan = (Loan, String, String, String);

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateLoanBody {
    /// Whose loan it is; a bank's clerk may leave it out.
    pub bank_id: Option<BankId>,
    /// Unique within the bank.
    pub contract_no: String,
    /// The borrower, by id or by unified social credit code.
    pub enterprise_id: Option<EnterpriseId>,
    pub credit_code: Option<String>,
    /// The talent, by id or by the number of their document.
    pub talent_id: Option<TalentId>,
    /// Of `id_number`; `resident_id` when left out.
    pub id_document: Option<IdDocument>,
    pub id_number: Option<String>,
    /// A published scheme; the one in effect on the day of signing when left out.
    pub scheme_id: Option<LoanSchemeId>,
    #[schema(minimum = 1)]
    pub principal_fen: i64,
    /// `CNY`, which is also what is meant when absent.
    #[schema(example = "CNY")]
    pub currency: Option<String>,
    /// `act/360` when left out.
    pub day_basis: Option<DayBasis>,
    pub pricing: Pricing,
    pub signed_on: NaiveDate,
    /// The day the last repayment is due; interest runs to the day before.
    pub matures_on: NaiveDate,
    pub purpose: LoanPurpose,
    pub purpose_note: Option<String>,
    /// What is repaid before maturity, day after day; the rest of the principal is due on the day of maturity.
    #[serde(default)]
    pub instalments: Vec<Instalment>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListLoansParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<LoanState>,
    pub class: Option<LoanClass>,
    pub bank_id: Option<BankId>,
    pub enterprise_id: Option<EnterpriseId>,
    pub talent_id: Option<TalentId>,
    pub contract_no: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoanSummary {
    pub id: LoanId,
    pub bank_id: BankId,
    pub bank_name: String,
    pub contract_no: String,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub talent_id: TalentId,
    pub talent_name: String,
    pub state: LoanState,
    pub class: LoanClass,
    pub principal_fen: i64,
    /// Of the principal: within the caps of the scheme.
    pub covered_fen: i64,
    /// Of the principal: beyond them. Earns no subsidy and is never compensated.
    pub uncovered_fen: i64,
    pub balance_fen: i64,
    pub signed_on: NaiveDate,
    /// Maturity now in force.
    pub due_on: NaiveDate,
}

impl From<NamedLoan> for LoanSummary {
    fn from((l, bank_name, enterprise_name, talent_name): NamedLoan) -> Self {
        Self {
            id: l.id,
            bank_id: l.bank_id,
            bank_name,
            contract_no: l.contract_no,
            enterprise_id: l.enterprise_id,
            enterprise_name,
            talent_id: l.talent_id,
            talent_name,
            state: l.state,
            class: l.class,
            principal_fen: l.principal_fen,
            covered_fen: l.covered_fen,
            uncovered_fen: l.principal_fen - l.covered_fen,
            balance_fen: l.balance_fen,
            signed_on: l.signed_on,
            due_on: l.due_on,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LoanView {
    #[serde(flatten)]
    pub summary: LoanSummary,
    pub scheme_id: LoanSchemeId,
    pub day_basis: DayBasis,
    pub pricing: Pricing,
    /// At signing.
    pub signed_rate_ppm: i64,
    /// The loan prime rate the contract was held against.
    pub signed_lpr_ppm: i64,
    pub lpr_tenor: LprTenor,
    /// In force now.
    pub rate_ppm: i64,
    /// As first agreed.
    pub matures_on: NaiveDate,
    pub purpose: LoanPurpose,
    pub purpose_note: Option<String>,
    pub instalments: Vec<Instalment>,
    pub drawn_fen: i64,
    /// Of the balance: covered.
    pub covered_balance_fen: i64,
    pub overdue_since: Option<NaiveDate>,
    pub overdue_days: i64,
    /// What the days overdue demand at least, when the loan is classed better.
    pub suggested_class: Option<LoanClass>,
    /// Up to today.
    pub history: LoanSegmentsView,
    /// Rate resets that the repricing dates and the published rates ask for and the ledger does not have.
    pub resets_due: Vec<RateResetView>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// On a repricing date the rate becomes the loan prime rate in force on it plus the spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RateResetView {
    pub on: NaiveDate,
    pub published_on: NaiveDate,
    pub lpr_ppm: i64,
    pub rate_ppm: i64,
}
