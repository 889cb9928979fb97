use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportParams {
    /// Count what would happen, write nothing.
    pub dry_run: bool,
    /// Write the sound rows although others were rejected.
    pub skip_rejected: bool,
}

/// What became of a file. When rows were rejected and not skipped, nothing was written and all counts but `read` are 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportSummary {
    /// Rows of data that are not blank.
    pub read: usize,
    pub created: usize,
    pub updated: usize,
    /// Rows that say nothing new.
    pub unchanged: usize,
    pub rejected: Vec<RejectedCell>,
}

/// One fault of one cell; a row with several has several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RejectedCell {
    /// As Excel counts: the header is row 1.
    pub row: usize,
    /// The header as the file writes it; empty when the row or the file as a whole is at fault.
    pub column: String,
    pub code: String,
    pub message: String,
}
