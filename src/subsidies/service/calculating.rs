//! What a claim comes to, by its loans, its scheme and what is left of cap and budget.

use super::{db, loans_of};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::types::Doc;
use crate::subsidies::model::*;
use crate::subsidies::rules::calculation::{LoanFacts, Room, request};
use crate::talent_loans::rules::subsidy::quote;
use crate::talent_loans::scheme::Scheme;
use crate::talent_loans::service::{ledger::Ledger, loans, schemes};

pub fn scheme_of(cx: &mut Cx, claim: &Claim) -> Result<Scheme, AppError> {
    schemes::document_of(cx, &claim.scheme_id)
}

/// What the enterprise has taken of its yearly cap beside this claim.
pub fn used_fen(cx: &mut Cx, claim: &Claim) -> Result<i64, AppError> {
    let rows = db::claims::list_granted(cx.conn, &claim.enterprise_id, claim.budget_year, &claim.id)?;
    Ok(rows.into_iter().sum())
}

/// Reckons and stores: on the claim the whole sheet, on each of its loans the amount. `with_budget`: also bound by what the
/// budget of the year has left; before the review it is not, for the budget may be set later.
pub fn calculate(cx: &mut Cx, claim: &mut Claim, with_budget: bool) -> Result<SubsidyCalculation, AppError> {
    let terms = scheme_of(cx, claim)?.subsidy;
    let rows = loans_of(cx, &claim.id)?;
    let mut facts = Vec::with_capacity(rows.len());
    for row in &rows {
        let loan = loans::load_loan(cx, &row.loan_id)?;
        let ledger = Ledger::of(cx, &loan)?;
        let receipts = row.receipts.as_ref().map(Doc::read).transpose()?;
        facts.push(LoanFacts {
            history: ledger.segments(&loan, None, claim.interest_to)?,
            loan,
            receipts_fen: receipts.map(|receipts| receipts.iter().map(|receipt| receipt.amount_fen).collect()),
        });
    }
    let budget_fen = match with_budget {
        true => Some(db::budgets::find_budget(cx.conn, claim.budget_year)?.map_or(0, |b| b.available_fen())),
        false => None,
    };
    let room = Room { used_fen: used_fen(cx, claim)?, budget_fen };
    let (request, excluded) =
        request(claim, &terms, &facts, room).ok_or_else(|| AppError::internal("a claim without loans"))?;
    let result = quote(&request)?;
    for (mut row, quoted) in rows.into_iter().zip(&result.loans) {
        row.computed_fen = quoted.subsidy_fen;
        db::claims::update_claim_loan(cx.conn, &row)?;
    }
    let calculation = SubsidyCalculation { request, result, excluded, at: cx.now };
    claim.computed_fen = calculation.result.total_fen;
    claim.calculation = Some(Doc::of(&calculation));
    Ok(calculation)
}
