//! Money for those who wait, in the order of their admission.

use super::claims::record_money;
use super::ledger::{self, Booking};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::risk_pool::db;
use crate::risk_pool::model::{Account, TransactionKind};
use crate::risk_pool::rules;
use crate::risk_pool::rules::claims::state_of_admitted;

/// Claims looked at together.
const PIECE: i64 = 50;

/// Commits what is available to the claims that wait, as far as it goes.
pub(super) fn serve(cx: &mut Cx) -> Result<(), AppError> {
    loop {
        let available = ledger::balances(cx)?.get(&Account::Available).copied().unwrap_or(0);
        let queue = if available > 0 { db::claims::list_queue(cx.conn, PIECE)? } else { Vec::new() };
        if queue.is_empty() {
            return Ok(());
        }
        let wanted: Vec<i64> = queue.iter().map(|claim| claim.queued_fen).collect();
        for (claim, given) in queue.into_iter().zip(rules::claims::serve(available, &wanted)) {
            if given == 0 {
                return Ok(());
            }
            let booking = Booking {
                id: cx.id(),
                kind: TransactionKind::Commit,
                subject: claim.subject(),
                reason: "in order of admission".to_owned(),
                voucher_no: None,
                booked_on: cx.today(),
                decision_id: None,
            };
            ledger::book(cx, booking, &rules::ledger::commitment(given))?;
            let mut after = claim.clone();
            after.committed_fen += given;
            after.queued_fen -= given;
            after.state = state_of_admitted(&after);
            record_money(cx, "compensation.commit", &claim, after)?;
        }
    }
}
