//! Laoshan Pipeline: screening, library, support plans and talent loans of Laoshan District's future-industry enterprises.

pub mod app;
pub mod audit;
pub mod cli;
pub mod enterprises;
pub mod error;
pub mod health;
pub mod platform;
pub mod risk_pool;
pub mod schema;
pub mod server;
pub mod talent_loans;
pub mod web;
