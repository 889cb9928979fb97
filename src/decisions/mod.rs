//! One mechanism for every step that takes two people.

pub mod model;
