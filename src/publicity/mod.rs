//! Public notices and the objections they call for.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
