//! Importing statements, comparing, explaining, closing.

pub mod closing;
pub mod comparing;
pub mod statements;

use chrono::NaiveDate;

use super::db;
use super::model::MoneyAccount;
use super::rules::periods::closed;
use crate::error::AppError;
use crate::platform::door::Cx;

/// Asked by everything that books money: nothing is written into a closed month or year.
pub fn may_book(cx: &mut Cx, account: MoneyAccount, day: NaiveDate) -> Result<(), AppError> {
    match db::find_closed_on(cx.conn, account, day)? {
        Some(period) => Err(closed(day, &period).into()),
        None => Ok(()),
    }
}
