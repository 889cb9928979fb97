//! Screening rounds: one yearly call from its guide to its archive.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
