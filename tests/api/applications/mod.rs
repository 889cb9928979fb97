//! Applications, from draft to certificate.

mod deciding;
mod drafting;
mod main_path;
mod publicity;
mod reviewing;
pub mod world;
