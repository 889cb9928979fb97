//! Site visits: who went, what they looked at, what they found, and what the enterprise says to it.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
