//! Files that belong to a record: evidence of an application, of a subsidy or compensation claim, of work done for an enterprise.

pub mod db;
pub mod holders;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
pub mod sweep;
