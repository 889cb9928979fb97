use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::BankId;

/// What became of the rows of a file. With any row rejected nothing is written, and `created` and `updated` are 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableImportView {
    pub read: usize,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub rejected: Vec<RejectedCell>,
}

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RejectedCell {
    /// As Excel counts, the header being 1.
    pub row: usize,
    /// The header as the file writes it; empty when the row as a whole is at fault.
    pub column: String,
    pub code: String,
    pub message: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportParams {
    /// Only say what would happen.
    #[serde(default)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportLoansParams {
    /// Only say what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Whose loans they are; a bank's clerk may leave it out.
    pub bank_id: Option<BankId>,
}
