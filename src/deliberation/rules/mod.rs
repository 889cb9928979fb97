//! The order of a ranking and where its line lies; what is said to those below it.

pub mod feedback;
pub mod ranking;
