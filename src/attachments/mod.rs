//! Files that belong to a record: evidence of an application, photographs of a site visit.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
pub mod sweep;
