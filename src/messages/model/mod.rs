pub mod inbox;
pub mod mails;
pub mod notices;
pub mod templates;
