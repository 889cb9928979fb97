//! Pure: what may be done, when, and what it comes to.

pub mod budget;
pub mod calculation;
pub mod claims;
pub mod claw_back;
pub mod forms;
pub mod payments;
pub mod periods;
