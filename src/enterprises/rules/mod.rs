//! What is true of enterprise data by itself: codes, identifiers, capital, the rows of a register. Pure.

pub mod capital;
pub mod credit_code;
pub mod facts;
pub mod identifiers;
pub mod membership;
pub mod metrics;
pub mod record;
pub mod register_date;
pub mod register_row;
pub mod search_name;
pub mod tracks;
