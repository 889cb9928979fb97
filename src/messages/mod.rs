//! Who hears what: from what the trail records, and from deadlines, to inboxes, mail and digests; and what those who run the system
//! see of mail and its words. Writing and sending mail is `platform/mail`.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
