pub mod claims;
pub mod compensation;
pub mod ledger;
pub mod recoveries;

pub use compensation::{CompensationFault, CompensationFigures, CompensationSplit, compensation_split};

#[cfg(test)]
mod properties;
