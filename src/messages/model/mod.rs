pub mod mails;
pub mod templates;
