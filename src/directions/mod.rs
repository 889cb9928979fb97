//! Where the industry goes: the tracks with their maturity and who stands in them, and the new directions under observation.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
