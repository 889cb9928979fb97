//! Expert review, from the pool to the frozen result.

mod blind;
mod conflicts;
mod pool;
mod scoring;
pub mod stage;
