//! Laoshan Pipeline: screening, library, support plans and talent loans of Laoshan District's future-industry enterprises.

pub mod accounts;
pub mod annual_updates;
pub mod app;
pub mod applications;
pub mod audit;
pub mod calendars;
pub mod cli;
pub mod decisions;
pub mod demo;
pub mod enterprises;
pub mod error;
pub mod health;
pub mod jobs;
pub mod library;
pub mod messages;
pub mod operations;
pub mod platform;
pub mod programme;
pub mod publicity;
pub mod risk_pool;
pub mod rounds;
pub mod schema;
pub mod server;
pub mod talent_loans;
pub mod web;
