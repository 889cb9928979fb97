//! Mail that waits, was sent or came back: what a system administrator sees of it. Writing and sending it is `platform/mail`.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
