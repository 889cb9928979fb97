//! Ids, words, rows, bodies and views. Amounts in fen; every `to` of interest is exclusive, windows and notices end with their day.

mod budgets;
mod claims;
mod claw_backs;
mod form;
mod payments;
mod views;

pub use budgets::*;
pub use claims::*;
pub use claw_backs::*;
pub use form::*;
pub use payments::*;
pub use views::*;
