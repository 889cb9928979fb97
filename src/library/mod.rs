//! The dynamic library: candidates and members of the tiers, with their certificates.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
