//! `laoshan demo`: the real server on a folder of made-up data, with a clock that can be moved forward.
//!
//! The data is made through the services, by the people who would do it, on a clock that starts in the past and ends at today:
//! there is no raw insert behind it, so what the demo shows is what the program does.

mod deeds;
mod figures;
mod firms;
pub mod folder;
pub mod http;
mod library;
mod loans;
mod review;
pub mod seed;
mod stage;
mod subsidies;
mod support;

pub use stage::PASSWORD;
