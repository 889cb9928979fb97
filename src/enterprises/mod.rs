//! The lasting record of an enterprise, from first contact to exit.

pub mod model;
pub mod rules;
pub mod service;
