pub mod mails;
pub mod notices;
pub mod page;
pub mod reminders;
