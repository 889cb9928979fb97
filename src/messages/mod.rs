//! Mail that waits, was sent or came back, and the words of letters: what those who run the system see of it. Writing and sending
//! mail is `platform/mail`.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
