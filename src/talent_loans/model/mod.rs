//! Ids, words, rows, bodies and views. Amounts in fen, rates in parts per million, spreads in basis points.

mod assessments;
mod banks;
mod entries;
mod imports;
mod loans;
mod quote;
mod rates;
mod schemes;
mod talents;

pub use assessments::*;
pub use banks::*;
pub use entries::*;
pub use imports::*;
pub use loans::*;
pub use quote::*;
pub use rates::*;
pub use schemes::*;
pub use talents::*;
