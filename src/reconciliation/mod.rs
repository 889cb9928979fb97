//! What the books say against what the bank says, for the two monies: the subsidy budget's account and the risk pool's. Every
//! difference is listed; none goes away but by being put right or explained. Closed months and years take no more bookings.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
