//! The interest subsidy: claims of enterprises from filing to archive, the yearly budget they are paid from, payments and
//! claw-back. What a claim is worth is reckoned by `talent_loans/rules/subsidy`.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
