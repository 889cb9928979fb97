//! Everything that goes over a real socket, on both databases.
#![allow(clippy::disallowed_methods, reason = "tests start servers and read their own environment")]

mod accounts;
mod annual_updates;
mod applications;
mod attachments;
mod audit;
mod calendars;
mod console;
mod decisions;
mod deliberation;
mod demo;
mod directions;
mod ecosystem;
mod enterprises;
mod foundation;
mod generated;
mod import;
mod library;
mod loan_reports;
mod major_changes;
mod messages;
mod programme;
mod publicity;
mod reconciliation;
mod reports;
mod reviews;
mod risk_pool;
mod roles;
mod rounds;
mod schema;
mod subsidies;
mod support;
mod support_plans;
mod talent_loans;
