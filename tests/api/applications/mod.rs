//! Applications, from draft to certificate.

mod ceasing;
mod deciding;
mod drafting;
mod main_path;
mod publicity;
mod reviewing;
mod walk;
pub mod world;
