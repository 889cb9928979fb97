//! Queries of the review slice.

pub mod cases;
pub mod conflicts;
pub mod experts;
pub mod panels;
pub mod redactions;
pub mod tasks;
