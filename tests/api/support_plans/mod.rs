//! One enterprise, one policy: plans, items, visits, and what was given.

mod items;
mod ledger;
mod plans;
mod reach;
mod visits;
pub mod world;
mod year;
