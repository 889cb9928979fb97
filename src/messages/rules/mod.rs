pub mod mails;
