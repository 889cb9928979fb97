//! The interest subsidy of a claim, exact to the fen.
//!
//! For each loan: the eligible days ([`days`]), interest and base amount over them as exact fractions, never above the
//! interest or the ceiling, one rounding half-up, then the loan's own cap. What is left of the enterprise's yearly cap and
//! of the budget is shared by all loans of the claim. Interest accrues from the first day to the day before the last
//! (算头不算尾); an annual rate is divided by 360 or 365 as the contract says (银发〔2005〕129号).

mod days;
mod input;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use self::days::split_at_boundaries;
use crate::error::{AppError, FieldCode};
use crate::platform::money::allocate;
use crate::say;
use crate::talent_loans::exact::Exact;
use crate::talent_loans::model::*;

pub use days::cut_days;
pub use input::check;

const ONE_PPM: i128 = 1_000_000;

/// Prices a claim.
///
/// # Errors
/// `invalid_fields` with everything that is wrong with the claim ([`check`]), or with the loan whose figures are too large
/// to be computed exactly.
pub fn quote(body: &SubsidyQuoteBody) -> Result<SubsidyQuoteView, AppError> {
    check(body)?;
    let mut bound_by = BTreeSet::new();
    let mut loans = Vec::with_capacity(body.loans.len());
    for (i, loan) in body.loans.iter().enumerate() {
        let quoted = quote_loan(body, loan, &mut bound_by).ok_or_else(|| overflow(&format!("/loans/{i}")))?;
        loans.push(quoted);
    }
    let total_fen = apply_shared_caps(body, &mut loans, &mut bound_by).ok_or_else(|| overflow("/loans"))?;
    Ok(SubsidyQuoteView { loans, total_fen, bound_by: bound_by.into_iter().collect() })
}

/// Sums over the eligible days of a loan, as integers over 1,000,000 × day basis.
#[derive(Default)]
struct Accrual {
    days: i64,
    /// Σ counted principal × days
    principal: i128,
    /// Σ counted principal × rate × days
    interest: i128,
    /// Σ whole principal × rate × days
    whole_interest: i128,
}

/// `None` on overflow, here and below.
fn quote_loan(body: &SubsidyQuoteBody, loan: &QuoteLoan, bound_by: &mut BTreeSet<Bound>) -> Option<QuotedLoan> {
    let mut sheet = Vec::with_capacity(loan.segments.len() + 6);
    let mut flags = vec![];
    let year = ONE_PPM * loan.day_basis.unwrap_or(body.day_basis).days();
    let base = loan.base.unwrap_or(body.base);
    let accrual = accrue(body, loan, year, &mut sheet)?;

    let interest = Exact::new(accrual.interest, year)?;
    let interest_fen = interest.to_fen()?;
    sheet.push(SheetLine::Interest { days: accrual.days, interest, interest_fen });
    let paid = match &loan.receipts_fen {
        Some(receipts) => count_receipts(receipts, &accrual, interest, year, &mut flags, &mut sheet)?,
        None => interest,
    };

    let amount_of = |base: SubsidyBase| match base {
        SubsidyBase::ShareOfInterest { share_ppm } => paid.times(share_ppm.into(), ONE_PPM),
        SubsidyBase::FixedPoints { points_ppm } => Exact::new(accrual.principal, year)?.times(points_ppm.into(), 1),
        SubsidyBase::ShareOfLpr { share_ppm, lpr_ppm } => {
            Exact::new(accrual.principal, year)?.times(i128::from(lpr_ppm) * i128::from(share_ppm), ONE_PPM)
        }
    };
    let mut amount = amount_of(base)?;
    sheet.push(SheetLine::Base { base, amount, text: words::base(base) });
    let mut limit = |bound, limit: Exact, text| {
        let before = amount;
        if limit < before {
            amount = limit;
            bound_by.insert(bound);
        }
        sheet.push(SheetLine::Limit { bound, limit, before, after: amount, text });
    };
    limit(Bound::Interest, paid.min(interest), say!("贴息不超过实际利息", "no more than the interest itself"));
    if let Some(ceiling) = loan.ceiling.or(body.ceiling) {
        limit(Bound::Ceiling, amount_of(ceiling)?, words::ceiling(ceiling));
    }
    let computed_fen = amount.to_fen()?;
    sheet.push(SheetLine::Rounding { exact: amount, computed_fen });

    let mut subsidy_fen = computed_fen;
    if let Some(cap) = loan.loan_cap_fen {
        let left_fen = left_of(cap, loan.loan_used_fen);
        subsidy_fen = computed_fen.min(left_fen);
        if subsidy_fen < computed_fen {
            bound_by.insert(Bound::LoanCap);
        }
        sheet.push(SheetLine::Cap {
            bound: Bound::LoanCap,
            left_fen,
            total_fen: computed_fen,
            before_fen: computed_fen,
            after_fen: subsidy_fen,
            text: words::cap(Bound::LoanCap, left_fen),
        });
    }
    let id = loan.id.clone();
    Some(QuotedLoan { id, eligible_days: accrual.days, interest_fen, computed_fen, subsidy_fen, flags, sheet })
}

fn accrue(body: &SubsidyQuoteBody, loan: &QuoteLoan, year: i128, sheet: &mut Vec<SheetLine>) -> Option<Accrual> {
    let mut sum = Accrual::default();
    for piece in split_at_boundaries(body, loan) {
        let LoanSegment { principal_fen, rate_ppm, .. } = loan.segments[piece.segment];
        let (segment, from, to) = (piece.segment, piece.from, piece.to);
        let days = (to - from).num_days();
        if let Some(reason) = piece.excluded {
            sheet.push(SheetLine::Excluded { segment, from, to, days, reason });
            continue;
        }
        let counted_fen = loan.principal_cap_fen.map_or(principal_fen, |cap| principal_fen.min(cap));
        // Two factors of 64 bits fit; the third, and every sum, is checked.
        let principal = i128::from(counted_fen) * i128::from(days);
        let interest = principal.checked_mul(rate_ppm.into())?;
        let whole = (i128::from(principal_fen) * i128::from(days)).checked_mul(rate_ppm.into())?;
        sum.days += days;
        sum.principal = sum.principal.checked_add(principal)?;
        sum.interest = sum.interest.checked_add(interest)?;
        sum.whole_interest = sum.whole_interest.checked_add(whole)?;
        let interest = Exact::new(interest, year)?;
        sheet.push(SheetLine::Segment { segment, from, to, days, principal_fen, counted_fen, rate_ppm, interest });
    }
    Some(sum)
}

/// The interest paid that counts. Like is compared with like: receipts are for the whole principal, so they are held against
/// its interest, and the part on capped principal is taken of what came out.
fn count_receipts(
    receipts: &[i64],
    accrual: &Accrual,
    interest: Exact,
    year: i128,
    flags: &mut Vec<Flag>,
    sheet: &mut Vec<SheetLine>,
) -> Option<Exact> {
    let paid_fen = i64::try_from(receipts.iter().map(|fen| i128::from(*fen)).sum::<i128>()).ok()?;
    let expected = Exact::new(accrual.whole_interest, year)?;
    let expected_fen = expected.to_fen()?;
    let tolerance_fen = i64::try_from(receipts.len()).ok()?;
    let differs = (paid_fen - expected_fen).abs() > tolerance_fen;
    let mut counted = Exact::whole(paid_fen);
    if differs {
        flags.push(Flag::ReceiptDifference);
        counted = counted.min(expected);
    }
    if accrual.interest < accrual.whole_interest {
        counted = counted.share(interest, expected)?;
    }
    sheet.push(SheetLine::Receipts { paid_fen, expected_fen, tolerance_fen, counted, text: words::receipts(differs) });
    Some(counted)
}

/// Enterprise cap and budget over all loans of the claim; answers the total granted.
///
/// Both share out what the loans had before either, so that the odd fen of the first cannot move the second.
fn apply_shared_caps(body: &SubsidyQuoteBody, loans: &mut [QuotedLoan], bound_by: &mut BTreeSet<Bound>) -> Option<i64> {
    let claimed: Vec<i64> = loans.iter().map(|loan| loan.subsidy_fen).collect();
    let total_fen = claimed.iter().try_fold(0i64, |sum, fen| sum.checked_add(*fen))?;
    let enterprise_left = body.enterprise_year_cap_fen.map(|cap| left_of(cap, body.enterprise_year_used_fen));
    let caps = [(Bound::EnterpriseYearCap, enterprise_left), (Bound::Budget, body.budget_available_fen)];

    let mut granted_fen = total_fen;
    for (bound, left_fen) in caps.into_iter().filter_map(|(bound, left)| Some((bound, left?))) {
        let binds = left_fen < granted_fen;
        let shares = binds.then(|| allocate(left_fen, &claimed));
        if binds {
            granted_fen = left_fen;
            bound_by.insert(bound);
        }
        for (i, loan) in loans.iter_mut().enumerate() {
            let before_fen = loan.subsidy_fen;
            loan.subsidy_fen = shares.as_ref().map_or(before_fen, |shares| shares[i]);
            let (after_fen, text) = (loan.subsidy_fen, words::cap(bound, left_fen));
            loan.sheet.push(SheetLine::Cap { bound, left_fen, total_fen, before_fen, after_fen, text });
        }
    }
    Some(granted_fen)
}

/// A cap that was lowered after money had been granted leaves nothing, not less than nothing.
fn left_of(cap_fen: i64, used_fen: Option<i64>) -> i64 {
    (cap_fen - used_fen.unwrap_or(0)).max(0)
}

fn overflow(pointer: &str) -> AppError {
    let say = say!("金额过大，无法精确计算", "the amounts are too large to be computed exactly");
    AppError::field(pointer, FieldCode::OutOfRange, say)
}
