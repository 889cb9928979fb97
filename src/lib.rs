//! Laoshan Pipeline: screening, library, support plans and talent loans of Laoshan District's future-industry enterprises.

pub mod error;
pub mod platform;
pub mod schema;
