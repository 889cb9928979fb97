pub mod audiences;
pub mod deadlines;
pub mod inbox;
pub mod mails;
pub mod subjects;
