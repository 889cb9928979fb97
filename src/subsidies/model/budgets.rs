use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::trail::Subject;
use crate::platform::types::Stamp;
use crate::schema::subsidy_budgets;

/// The money of one calendar year. What is committed and paid never exceeds the total.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = subsidy_budgets, primary_key(year))]
pub struct Budget {
    pub year: i32,
    pub total_fen: i64,
    pub committed_fen: i64,
    pub paid_fen: i64,
    pub returned_fen: i64,
    pub updated_at: Stamp,
    pub version: i64,
}

impl Budget {
    pub fn available_fen(&self) -> i64 {
        self.total_fen - self.committed_fen - self.paid_fen
    }

    pub fn subject(year: i32) -> Subject {
        Subject::new("subsidy_budget", year)
    }
}

/// Prepares the total of a year; it holds when somebody else approves the decision this answers with.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SetSubsidyBudgetBody {
    /// Required.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// At least what is committed and paid of it already.
    #[schema(minimum = 1)]
    pub total_fen: i64,
    /// Required: the document it rests on.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubsidyBudgetView {
    pub year: i32,
    pub total_fen: i64,
    /// Approved and not paid yet.
    pub committed_fen: i64,
    pub paid_fen: i64,
    /// Clawed back and received.
    pub returned_fen: i64,
    pub available_fen: i64,
    pub version: i64,
}

impl From<Budget> for SubsidyBudgetView {
    fn from(b: Budget) -> Self {
        Self {
            year: b.year,
            total_fen: b.total_fen,
            committed_fen: b.committed_fen,
            paid_fen: b.paid_fen,
            returned_fen: b.returned_fen,
            available_fen: b.available_fen(),
            version: b.version,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubsidyBudgetsView {
    /// Newest year first.
    pub items: Vec<SubsidyBudgetView>,
}
