//! The dynamic library: candidates and members of the tiers, with their certificates.

pub mod model;
