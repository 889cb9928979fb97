use serde::Deserialize;
use utoipa::IntoParams;

use super::BankId;

pub use crate::enterprises::model::{ImportSummary, RejectedCell};

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportRatesParams {
    /// Count what would happen, write nothing.
    #[serde(default)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportLoansParams {
    /// Count what would happen, write nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// Whose loans they are; a bank's clerk may leave it out.
    pub bank_id: Option<BankId>,
}
