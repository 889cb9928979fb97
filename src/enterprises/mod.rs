//! Enterprises from first contact to exit: the record, who acts for it, its figures and facts, and the register it comes from.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
