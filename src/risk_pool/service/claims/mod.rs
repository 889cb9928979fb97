//! Compensation claims, from filing to the last recovery.

mod file;
mod pay;
mod recover;
mod review;
mod view;

pub use file::{file_compensation, may_change_files, may_see_files, submit_compensation, update_compensation};
pub use pay::pay_compensation;
pub use recover::{close_compensation, record_recovery, write_off_compensation};
pub use review::{admit_compensation, refuse_compensation, return_compensation};
pub use view::{get_compensation, list_compensations};

use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::risk_pool::db;
use crate::risk_pool::model::{CompensationClaim, CompensationClaimId, PoolTerms};
use crate::talent_loans::model::Loan;
use crate::talent_loans::service::{reach, schemes};

fn find(cx: &mut Cx, id: &CompensationClaimId) -> Result<CompensationClaim, AppError> {
    let reach = reach(cx);
    Ok(db::claims::find_claim(cx.conn, &reach, id)?)
}

/// By the scheme of the loan, as it was when the loan was signed.
fn terms_of(cx: &mut Cx, loan: &Loan) -> Result<PoolTerms, AppError> {
    Ok(PoolTerms::from(&schemes::document_of(cx, &loan.scheme_id)?))
}

/// Writes the next version of a claim.
fn store(cx: &mut Cx, mut after: CompensationClaim) -> Result<CompensationClaim, AppError> {
    after.version += 1;
    after.updated_at = cx.now;
    db::claims::update_claim(cx.conn, &after)?;
    Ok(after)
}

/// Writes what happened to a claim's money, and says so in its trail under `action`.
pub(super) fn record_money(
    cx: &mut Cx,
    action: &'static str,
    before: &CompensationClaim,
    after: CompensationClaim,
) -> Result<CompensationClaim, AppError> {
    let changes = Changes::default()
        .field("entitled_fen", before.entitled_fen, after.entitled_fen)
        .field("committed_fen", before.committed_fen, after.committed_fen)
        .field("paid_fen", before.paid_fen, after.paid_fen)
        .field("returned_fen", before.returned_fen, after.returned_fen)
        .field("queued_fen", before.queued_fen, after.queued_fen)
        .field("queue_no", before.queue_no, after.queue_no);
    let event = Event::on(after.subject()).action(action).moved(before.state, after.state).changes(changes);
    cx.record(match &after.reason {
        Some(reason) if before.reason != after.reason => event.reason(reason),
        _ => event,
    });
    store(cx, after)
}
