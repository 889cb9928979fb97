//! From the loans of a claim to what the engine is asked.
//!
//! The days that count are cut out before the engine sees them, for a receipt says what was paid and not for which days. So a
//! claim is reckoned from what the banks confirmed for exactly those days; before they have, from the contract rate.

use crate::error::{AppError, FieldCode};
use crate::say;
use crate::subsidies::model::{Claim, ExcludedDays, GrantAdjustment};
use crate::talent_loans::model::{
    Exclusion, Loan, LoanSegment, LoanSegmentsView, Period, QuoteLoan, SubsidyQuoteBody, SubsidyQuoteView,
};
use crate::talent_loans::rules::subsidy::cut_days;
use crate::talent_loans::scheme::{SubsidyExclusion, SubsidyTerms};

/// A loan with its days and what its bank confirmed.
pub struct LoanFacts {
    pub loan: Loan,
    /// Within the interest period.
    pub history: LoanSegmentsView,
    pub receipts_fen: Option<Vec<i64>>,
}

/// What the claim may still take, where that is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Room {
    pub used_fen: i64,
    pub budget_fen: Option<i64>,
}

/// The request, and the days left out of it with the reason. `None` for a claim of no loans.
pub fn request(
    claim: &Claim,
    terms: &SubsidyTerms,
    loans: &[LoanFacts],
    room: Room,
) -> Option<(SubsidyQuoteBody, Vec<ExcludedDays>)> {
    let first = &loans.first()?.loan;
    let mut excluded = Vec::new();
    let mut quoted = Vec::with_capacity(loans.len());
    for facts in loans {
        let loan = &facts.loan;
        let (segments, out) = countable(claim, terms, facts);
        let of_loan = |(from, to, reason)| ExcludedDays { loan_id: loan.id.clone(), from, to, reason };
        excluded.extend(out.into_iter().map(of_loan));
        quoted.push(QuoteLoan {
            id: loan.id.0.clone(),
            principal_cap_fen: Some(loan.covered_fen),
            loan_cap_fen: None,
            loan_used_fen: None,
            first_drawdown: None,
            segments,
            overdue: Vec::new(),
            receipts_fen: facts.receipts_fen.clone(),
            day_basis: Some(loan.day_basis),
            base: Some(terms.base.at(loan.lpr_ppm)),
            ceiling: terms.ceiling.map(|ceiling| ceiling.at(loan.lpr_ppm)),
        });
    }
    let body = SubsidyQuoteBody {
        day_basis: first.day_basis,
        base: terms.base.at(first.lpr_ppm),
        ceiling: terms.ceiling.map(|ceiling| ceiling.at(first.lpr_ppm)),
        claim_from: None,
        claim_to: None,
        subsidy_months: None,
        enterprise_year_cap_fen: terms.enterprise_year_cap_fen,
        enterprise_year_used_fen: terms.enterprise_year_cap_fen.map(|_| room.used_fen),
        budget_available_fen: room.budget_fen,
        currency: None,
        loans: quoted,
    };
    Some((body, excluded))
}

type Out = (chrono::NaiveDate, chrono::NaiveDate, Exclusion);

/// Period ∩ life ∩ first months, less what the scheme leaves out.
fn countable(claim: &Claim, terms: &SubsidyTerms, facts: &LoanFacts) -> (Vec<LoanSegment>, Vec<Out>) {
    let left_out = |what| terms.exclusions.contains(&what);
    let period = Period { from: claim.interest_from, to: claim.interest_to };
    let history = &facts.history;
    let overdue: &[Period] = if left_out(SubsidyExclusion::Overdue) { &history.overdue } else { &[] };
    let (segments, mut out) =
        cut_days(&history.segments, Some(period), terms.months, history.first_drawdown, overdue, Exclusion::Overdue);
    let extended: &[Period] = if left_out(SubsidyExclusion::Extension) { &history.extended } else { &[] };
    let (segments, beyond) = cut_days(&segments, None, None, None, extended, Exclusion::Extension);
    out.extend(beyond);
    out.sort_by_key(|(from, ..)| *from);
    (segments, out)
}

/// What each loan is granted, in their order: what the engine gave, lowered where the reviewer said so.
///
/// # Errors
/// `invalid_fields`: a loan that is not of the claim, twice, without a reason, or raised.
pub fn granted(result: &SubsidyQuoteView, adjustments: &[GrantAdjustment]) -> Result<Vec<i64>, AppError> {
    let mut faults = crate::error::Faults::default();
    let mut amounts: Vec<i64> = result.loans.iter().map(|loan| loan.subsidy_fen).collect();
    let mut seen = std::collections::BTreeSet::new();
    for (i, adjustment) in adjustments.iter().enumerate() {
        let at = |field: &str| format!("/adjustments/{i}/{field}");
        faults.text(&at("reason"), &adjustment.reason, 2, 500);
        if !seen.insert(&adjustment.loan_id) {
            faults.plain(at("loan_id"), FieldCode::Duplicate);
        }
        match result.loans.iter().position(|loan| loan.id == adjustment.loan_id.0) {
            None => faults.plain(at("loan_id"), FieldCode::NotExisting),
            Some(k) => {
                let most = result.loans[k].subsidy_fen;
                if !(0..=most).contains(&adjustment.amount_fen) {
                    let said =
                        say!("应在 0 与测算额 {most} 分之间", "lies between 0 and what was computed, {most} fen");
                    faults.add(at("amount_fen"), FieldCode::OutOfRange, said);
                }
                amounts[k] = adjustment.amount_fen;
            }
        }
    }
    faults.done()?;
    Ok(amounts)
}
