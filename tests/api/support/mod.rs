//! What the API tests stand on.

pub mod postgres;
