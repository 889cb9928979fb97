//! Reading the audit trail, signing checkpoints over it, and proving that nothing in it was touched.

pub mod db;
pub mod http;
pub mod model;
pub mod service;
