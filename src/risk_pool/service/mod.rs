//! Whatever touches the pool takes its turn first ([`ledger::take_turn`]) and ends by serving the queue ([`queue::serve`]), so that
//! money is available only when nobody waits for it.

mod check;
pub mod claims;
mod interest;
mod ledger;
mod pool;
pub mod proposals;
mod queue;

pub use check::check_balances;
pub use interest::book_interest;
pub use pool::{get_pool, get_pool_transaction, list_pool_transactions};

use chrono::NaiveDate;

use crate::error::{Faults, FieldCode};
use crate::platform::door::Cx;

const REASON_MAX: usize = 2_000;
const VOUCHER_MAX: usize = 64;
/// Ten trillion yuan: far beyond any pool, and sums of it stay within an integer.
const MONEY_MAX: i64 = 1_000_000_000_000_000;

/// What was given, or a fault and any value: nothing is written once there is a fault.
fn check_given<T>(faults: &mut Faults, pointer: &str, given: Option<T>, any: T) -> T {
    given.unwrap_or_else(|| {
        faults.plain(pointer, FieldCode::Required);
        any
    })
}

fn check_money(faults: &mut Faults, pointer: &str, fen: i64, least: i64) {
    faults.range(pointer, fen, least, MONEY_MAX);
}

fn check_reason(faults: &mut Faults, reason: &str) {
    faults.text("/reason", reason, 1, REASON_MAX);
}

fn check_voucher(faults: &mut Faults, voucher_no: &str) {
    faults.text("/voucher_no", voucher_no, 1, VOUCHER_MAX);
}

/// A day money moved on: today when left out, never later.
fn check_past_day(cx: &Cx, faults: &mut Faults, pointer: &str, day: Option<NaiveDate>) -> NaiveDate {
    let today = cx.today();
    if day.is_some_and(|day| day > today) {
        faults.plain(pointer, FieldCode::InTheFuture);
    }
    day.unwrap_or(today)
}
