//! The rules of talent loans, pure.

pub mod subsidy;
