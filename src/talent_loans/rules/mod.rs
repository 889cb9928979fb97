//! The rules of talent loans, pure.

pub mod assessments;
pub mod banks;
pub mod cover;
pub mod filing;
pub mod identity;
pub mod ledger;
pub mod loan_rows;
pub mod lpr_rows;
pub mod repricing;
pub mod schemes;
pub mod subsidy;
pub mod tables;
