//! Figures for the fund manager, derived on the spot from loans, claims, payments and the pool: no table of its own.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
