//! Expert review, from the pool to the frozen result.

mod blind;
mod conflicts;
mod pool;
mod scoring;
mod stage;
