//! Mail, notices, reminders: who hears what and when, and that nothing is lost on the way.

mod commands;
mod delivery;
pub mod notices;
mod processes;
pub mod reminders;
mod server;
mod templates;
mod year;
