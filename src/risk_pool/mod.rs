//! The risk-compensation pool: ring-fenced money, its double-entry ledger, and what it owes banks for lost loans.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
