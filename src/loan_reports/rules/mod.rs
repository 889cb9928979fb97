pub mod ages;
pub mod exposure;
pub mod forecast;
