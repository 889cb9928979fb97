//! Words of the pool. Amounts in fen, ratios in parts per million.

mod claims;
mod ledger;
mod terms;

pub use claims::*;
pub use ledger::*;
pub use terms::*;

pub use crate::talent_loans::model::{FiscalLevel, LoanClass};
