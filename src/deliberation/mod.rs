//! The joint meeting: a ranking with its line, moves by hand with their reasons, minutes, one decision that releases everything
//! together, and feedback to those who were not selected.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
