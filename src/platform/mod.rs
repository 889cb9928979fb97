//! What the slices stand on. Nothing in here knows a slice.

pub mod actor;
pub mod clock;
pub mod config;
pub mod conn;
pub mod door;
pub mod policy;
pub mod text;
pub mod trail;
pub mod types;
