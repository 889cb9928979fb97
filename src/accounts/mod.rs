//! Accounts: registration, sign-in and sessions, passwords, and who holds which role.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
