//! The few figures that leaders look at: how far applications come, how enterprises move between tiers, where they are, how long
//! it takes. Nothing is kept for them; each is one or two queries over what is there.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
