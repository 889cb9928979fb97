use crate::error::AppError;
use crate::talent_loans::model::{SubsidyQuoteBody, SubsidyQuoteView};
use crate::talent_loans::rules::subsidy;

/// Prices a claim that nobody has filed: nothing is read, nothing written.
pub fn create_subsidy_quote(body: &SubsidyQuoteBody) -> Result<SubsidyQuoteView, AppError> {
    subsidy::quote(body)
}
