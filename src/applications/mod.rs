//! Applications: from an enterprise's draft to recognition or refusal.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
