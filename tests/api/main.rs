//! Everything that goes over a real socket, on both databases.
#![allow(clippy::disallowed_methods, reason = "tests start servers and read their own environment")]

mod accounts;
mod applications;
mod attachments;
mod audit;
mod calendars;
mod decisions;
mod deliberation;
mod demo;
mod enterprises;
mod foundation;
mod generated;
mod import;
mod library;
mod mail;
mod programme;
mod publicity;
mod reviews;
mod roles;
mod rounds;
mod schema;
mod support;
