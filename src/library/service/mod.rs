//! Entering the library, and reading it.

mod entering;
mod reading;

pub use entering::{keep_candidate, recognise};
pub use reading::{check_certificate, get_membership, is_live, list_memberships, member};
