//! What objections to a subsidy list do to the claims on it. Called where objections are handled.

use super::{budgets, db, move_by};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::subsidies::model::SubsidyClaimId;
use crate::subsidies::rules::claims::{Step, may};

/// The claim is not paid while an objection to it is handled. One that is on its way to the bank is not stopped by it.
pub fn objected(cx: &mut Cx, id: &SubsidyClaimId) -> Result<(), AppError> {
    let mut claim = db::claims::find_claim(cx.conn, id)?;
    match may(&claim, Step::Object) {
        Ok(_) => move_by(cx, &mut claim, Step::Object, None, Changes::default()),
        Err(_) => Ok(()),
    }
}

/// Upheld: rejected, and the budget has its money back. Dismissed: on notice again. What was paid meanwhile is clawed back by
/// hand.
pub fn resolved(cx: &mut Cx, id: &SubsidyClaimId, upheld: bool) -> Result<(), AppError> {
    let mut claim = db::claims::find_claim(cx.conn, id)?;
    let step = if upheld { Step::Deny } else { Step::Clear };
    if may(&claim, step).is_err() {
        return Ok(());
    }
    if upheld {
        let granted_fen = claim.granted_fen;
        budgets::book(cx, claim.budget_year, |budget| budget.committed_fen -= granted_fen)?;
    }
    move_by(cx, &mut claim, step, None, Changes::default())
}
