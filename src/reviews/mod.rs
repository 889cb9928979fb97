//! Expert review: the pool, drawn panels, conflicts of interest, scores and their frozen results.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
