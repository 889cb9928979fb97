pub mod facts;
pub mod members;
pub mod metrics;
pub mod names;
pub mod record;
pub mod subjects;
