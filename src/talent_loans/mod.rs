//! Talent loans (人才贷): who qualifies, which banks lend under which scheme, every loan with its ledger, and interest subsidies exact
//! to the fen.

pub mod db;
pub mod exact;
pub mod http;
pub mod model;
pub mod rules;
pub mod scheme;
pub mod service;
