//! Applications: from an enterprise's draft to recognition or refusal.

pub mod model;
