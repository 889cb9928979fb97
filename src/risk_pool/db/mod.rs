pub mod claims;
pub mod ledger;
