//! What the bank says: the interest it received.

use super::calculating::calculate;
use super::{db, find, loans_of, move_by, store, view};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::subsidies::model::*;
use crate::subsidies::rules::claims::{Step, all_confirmed, may_confirm};
use crate::subsidies::rules::forms::check_receipts;

/// Per loan, by a clerk of its bank, and again until the first review. Once every loan has been confirmed the review begins.
pub fn confirm_interest(
    cx: &mut Cx,
    id: &SubsidyClaimId,
    body: &ConfirmInterestBody,
) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    let mut rows = loans_of(cx, id)?;
    let me = cx.person()?.id.clone();
    let mut own = None;
    for (i, row) in rows.iter().enumerate().filter(|(_, row)| row.loan_id == body.loan_id) {
        if db::claims::is_own_bank(cx.conn, row, &me)? {
            own = Some(i);
        }
    }
    let mut faults = Faults::default();
    if own.is_none() {
        faults.plain("/loan_id", FieldCode::NotExisting);
    }
    check_receipts(&mut faults, &body.receipts, claim.interest_from, cx.today());
    let Some(i) = own else { return Err(faults.done().expect_err("the loan is a fault")) };
    may_confirm(&claim)?;
    faults.done()?;
    let row = &mut rows[i];
    let before = row.receipts.as_ref().map(Doc::read).transpose()?;
    row.receipts = Some(Doc::of(&body.receipts));
    row.confirmed_by = Some(cx.actor.label());
    row.confirmed_at = Some(cx.now);
    db::claims::update_claim_loan(cx.conn, row)?;
    let changes = Changes::default().field(&format!("loans/{}/receipts", row.loan_id), before, &body.receipts);
    calculate(cx, &mut claim, false)?;
    if all_confirmed(&rows) && claim.state == SubsidyClaimState::Filed {
        move_by(cx, &mut claim, Step::Confirm, None, changes)?;
    } else {
        store(cx, &mut claim)?;
        cx.record(Event::on(claim.subject()).changes(changes));
    }
    view::view(cx, (claim, name))
}
