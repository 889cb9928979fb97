//! The yearly report of members (年度信息更新): figures of the year before, compared with the ones before those, explained where they
//! jump, and verified value by value.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
