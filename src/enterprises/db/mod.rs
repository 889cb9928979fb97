pub mod members;
pub mod names;
pub mod record;
