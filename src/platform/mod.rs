//! What the slices stand on. Nothing in here knows a slice.

pub mod text;
