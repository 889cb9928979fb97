//! Working-day calendars of years that did not come with the program, and what a period of working days amounts to.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
