//! Queries, always within reach of the caller where a person asks.

pub mod budgets;
pub mod claims;
pub mod claw_backs;
pub mod payments;
