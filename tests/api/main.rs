//! Everything that goes over a real socket, on both databases.
#![allow(clippy::disallowed_methods, reason = "tests start servers and read their own environment")]

mod accounts;
mod applications;
mod audit;
mod decisions;
mod calendars;
mod foundation;
mod generated;
mod programme;
mod library;
mod publicity;
mod mail;
mod roles;
mod rounds;
mod schema;
mod support;
