//! One mechanism for every step that takes two people: somebody prepares, somebody else approves, and only then does it happen.

pub mod batch;
pub mod db;
pub mod effects;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
