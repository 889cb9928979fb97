//! One function per use case.

pub mod assessments;
pub mod banks;
pub mod entries;
mod filing;
pub mod imports;
pub mod ledger;
pub mod loan_imports;
pub mod loans;
pub mod quotes;
pub mod rates;
pub mod schemes;
pub mod talents;

use super::db::Reach;
use crate::error::{AppError, Faults};
use crate::platform::door::Cx;

/// How far the caller reaches with what they are doing.
pub fn reach(cx: &Cx) -> Reach {
    Reach::of(cx.scope, cx.actor.user_id())
}

fn check_reason(reason: &str) -> Result<(), AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", reason, 1, 500);
    faults.done()
}
