//! What the slices stand on. Nothing in here knows a slice.

pub mod actions;
pub mod actor;
pub mod batch;
pub mod calendar;
pub mod clock;
pub mod config;
pub mod conn;
pub mod door;
pub mod edge;
pub mod files;
pub mod http;
pub mod keys;
pub mod mail;
pub mod metrics;
pub mod migrate;
pub mod money;
pub mod page;
pub mod passwords;
pub mod patch;
pub mod policy;
pub mod table_file;
pub mod text;
pub mod trail;
pub mod types;
pub mod width;
pub mod worker;
