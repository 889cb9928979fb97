//! Expert review, from the pool to the frozen result.

mod conflicts;
mod pool;
mod scoring;
mod stage;
