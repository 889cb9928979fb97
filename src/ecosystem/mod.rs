//! The local chain (产业生态): who supplies whom, which links are missing, and the enterprises that are courted to fill them.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
