//! Talent loans (人才贷): interest subsidies exact to the fen.

pub mod exact;
pub mod model;
pub mod rules;
