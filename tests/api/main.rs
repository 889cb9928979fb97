//! Everything that goes over a real socket, on both databases.
#![allow(clippy::disallowed_methods, reason = "tests start servers and read their own environment")]

mod audit;
mod foundation;
mod generated;
mod roles;
mod schema;
mod support;
mod talent_loans;
