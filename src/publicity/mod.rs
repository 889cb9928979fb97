//! Public notices and the objections they call for.

pub mod model;
