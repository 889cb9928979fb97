//! What follows from a loan's ledger: balance, rate, class, state, and the stretches that interest is reckoned over.
//!
//! Entries are taken by the day they count from, those of one day in the order they were written; a reversal takes the entry it
//! cancels out of the reckoning as if it had never been. Interest accrues from the first day to the day before the last
//! (算头不算尾), so a repayment lowers the principal from its own day on.

mod fault;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use chrono::NaiveDate;

pub use fault::{Conflict, LedgerFault};

use crate::error::{AppError, Code, Refusal};
use crate::say;
use crate::talent_loans::model::*;

/// More days overdue than this demand the substandard class at least (商业银行金融资产风险分类办法, 2023).
const SUBSTANDARD_AFTER_DAYS: i64 = 90;

/// What the contract says before the ledger begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub principal_fen: i64,
    pub rate_ppm: i64,
    pub signed_on: NaiveDate,
    pub matures_on: NaiveDate,
}

impl From<&Loan> for Terms {
    fn from(loan: &Loan) -> Self {
        Self {
            principal_fen: loan.principal_fen,
            rate_ppm: loan.rate_ppm,
            signed_on: loan.signed_on,
            matures_on: loan.matures_on,
        }
    }
}

/// One entry in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub seq: i64,
    pub on: NaiveDate,
    pub what: Posted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    Drawdown(i64),
    /// A repayment or a prepayment.
    Repayment(i64),
    RateReset(i64),
    OverdueStart,
    OverdueEnd,
    ClassChange(LoanClass),
    Extension(NaiveDate),
}

/// The entries that count, in the order they count.
///
/// # Errors
/// `internal` for a row without the figure of its kind: the database was edited by hand.
pub fn in_force(entries: &[LoanEntry]) -> Result<Vec<Posting>, AppError> {
    let reversed: HashSet<&LoanEntryId> = entries.iter().filter_map(|entry| entry.reverses_id.as_ref()).collect();
    let mut postings = Vec::with_capacity(entries.len());
    for entry in entries.iter().filter(|e| e.kind != EntryKind::Reversal && !reversed.contains(&e.id)) {
        let what = match (entry.kind, entry.amount_fen, entry.rate_ppm, entry.class, entry.matures_on) {
            (EntryKind::Drawdown, Some(fen), ..) => Posted::Drawdown(fen),
            (EntryKind::Repayment | EntryKind::Prepayment, Some(fen), ..) => Posted::Repayment(fen),
            (EntryKind::RateReset, _, Some(ppm), ..) => Posted::RateReset(ppm),
            (EntryKind::OverdueStart, ..) => Posted::OverdueStart,
            (EntryKind::OverdueEnd, ..) => Posted::OverdueEnd,
            (EntryKind::ClassChange, _, _, Some(class), _) => Posted::ClassChange(class),
            (EntryKind::Extension, _, _, _, Some(to)) => Posted::Extension(to),
            _ => return Err(AppError::internal(format!("loan entry {} lacks its figure", entry.id))),
        };
        postings.push(Posting { seq: entry.seq, on: entry.effective_on, what });
    }
    postings.sort_by_key(|posting| (posting.on, posting.seq));
    Ok(postings)
}

/// Where a loan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub drawn_fen: i64,
    pub balance_fen: i64,
    pub rate_ppm: i64,
    pub class: LoanClass,
    pub first_drawdown: Option<NaiveDate>,
    pub overdue_since: Option<NaiveDate>,
    /// Maturity, extensions included.
    pub due_on: NaiveDate,
}

impl Standing {
    fn opening(terms: &Terms) -> Self {
        Self {
            drawn_fen: 0,
            balance_fen: 0,
            rate_ppm: terms.rate_ppm,
            class: LoanClass::Normal,
            first_drawdown: None,
            overdue_since: None,
            due_on: terms.matures_on,
        }
    }

    pub fn state(&self) -> LoanState {
        match (self.first_drawdown, self.balance_fen, self.overdue_since) {
            (None, ..) => LoanState::Registered,
            (_, 0, _) => LoanState::Settled,
            (_, _, Some(_)) => LoanState::Overdue,
            (_, _, None) => LoanState::Active,
        }
    }

    fn take(&mut self, terms: &Terms, posting: &Posting) -> Result<(), LedgerFault> {
        if posting.on < terms.signed_on {
            return Err(LedgerFault::BeforeSigning { signed_on: terms.signed_on });
        }
        match posting.what {
            Posted::Drawdown(fen) => {
                let left_fen = terms.principal_fen - self.drawn_fen;
                if posting.on >= self.due_on {
                    return Err(LedgerFault::AfterMaturity { due_on: self.due_on });
                }
                if fen > left_fen {
                    return Err(LedgerFault::BeyondPrincipal { left_fen });
                }
                self.drawn_fen += fen;
                self.balance_fen += fen;
                self.first_drawdown = self.first_drawdown.or(Some(posting.on));
            }
            Posted::Repayment(fen) => {
                if fen > self.balance_fen {
                    return Err(LedgerFault::BeyondBalance { balance_fen: self.balance_fen });
                }
                self.balance_fen -= fen;
                if self.balance_fen == 0 {
                    self.overdue_since = None;
                }
            }
            Posted::RateReset(ppm) => self.rate_ppm = ppm,
            Posted::OverdueStart => match (self.balance_fen, self.overdue_since) {
                (0, _) => return Err(LedgerFault::NothingOwed),
                (_, Some(since)) => return Err(LedgerFault::AlreadyOverdue { since }),
                (_, None) => self.overdue_since = Some(posting.on),
            },
            Posted::OverdueEnd => {
                if self.overdue_since.take().is_none() {
                    return Err(LedgerFault::NotOverdue);
                }
            }
            Posted::ClassChange(class) => self.class = class,
            Posted::Extension(to) => {
                if to <= self.due_on {
                    return Err(LedgerFault::NoExtension { due_on: self.due_on });
                }
                self.due_on = to;
            }
        }
        Ok(())
    }
}

/// Follows the postings to the end.
///
/// # Errors
/// The first posting that cannot be, as things stand on its day.
pub fn standing(terms: &Terms, postings: &[Posting]) -> Result<Standing, Conflict> {
    Ok(walk(terms, postings)?.last().map_or(Standing::opening(terms), |(_, standing)| *standing))
}

/// The standing after each posting.
fn walk(terms: &Terms, postings: &[Posting]) -> Result<Vec<(NaiveDate, Standing)>, Conflict> {
    let mut standing = Standing::opening(terms);
    let mut steps = Vec::with_capacity(postings.len());
    for posting in postings {
        standing.take(terms, posting).map_err(|fault| Conflict { seq: posting.seq, on: posting.on, fault })?;
        steps.push((posting.on, standing));
    }
    Ok(steps)
}

/// What a loan was between two days; without a first day from its beginning. Days from maturity on are no part of its life.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    pub segments: Vec<LoanSegment>,
    pub overdue: Vec<Period>,
    pub extended: Vec<Period>,
}

/// # Errors
/// As [`standing`].
pub fn history(
    terms: &Terms,
    postings: &[Posting],
    from: Option<NaiveDate>,
    to: NaiveDate,
) -> Result<History, Conflict> {
    let steps = walk(terms, postings)?;
    let Some((_, last)) = steps.last() else { return Ok(History::default()) };
    let (start, end) = (from.unwrap_or(terms.signed_on), to.min(last.due_on));
    let mut history = History::default();
    for (i, (on, standing)) in steps.iter().enumerate() {
        let next = steps.get(i + 1).map_or(end, |(next, _)| *next);
        let (from, to) = ((*on).max(start), next.min(end));
        if from >= to || standing.balance_fen == 0 {
            continue;
        }
        let segment = LoanSegment { principal_fen: standing.balance_fen, rate_ppm: standing.rate_ppm, from, to };
        extend(&mut history.segments, segment);
        if standing.overdue_since.is_some() {
            extend(&mut history.overdue, Period { from, to });
        }
        if to > terms.matures_on {
            extend(&mut history.extended, Period { from: from.max(terms.matures_on), to });
        }
    }
    Ok(history)
}

/// A stretch that goes on where the last one ended, unchanged, makes it longer instead of another.
fn extend<T: Stretch>(stretches: &mut Vec<T>, next: T) {
    match stretches.last_mut() {
        Some(last) if last.goes_on_in(&next) => last.end_with(&next),
        _ => stretches.push(next),
    }
}

trait Stretch {
    fn goes_on_in(&self, next: &Self) -> bool;
    fn end_with(&mut self, next: &Self);
}

impl Stretch for LoanSegment {
    fn goes_on_in(&self, next: &Self) -> bool {
        self.to == next.from && (self.principal_fen, self.rate_ppm) == (next.principal_fen, next.rate_ppm)
    }
    fn end_with(&mut self, next: &Self) {
        self.to = next.to;
    }
}

impl Stretch for Period {
    fn goes_on_in(&self, next: &Self) -> bool {
        self.to == next.from
    }
    fn end_with(&mut self, next: &Self) {
        self.to = next.to;
    }
}

/// Days overdue when `today` begins: the first counts, today does not.
pub fn overdue_days(since: Option<NaiveDate>, today: NaiveDate) -> i64 {
    since.map_or(0, |since| (today - since).num_days().max(0))
}

/// The class the days overdue demand at least, if the loan is classed better.
pub fn suggested_class(class: LoanClass, overdue_days: i64) -> Option<LoanClass> {
    (overdue_days > SUBSTANDARD_AFTER_DAYS && class < LoanClass::Substandard).then_some(LoanClass::Substandard)
}

/// Nothing is written into the ledger of a cancelled loan.
pub fn may_post(loan: &Loan) -> Result<(), Refusal> {
    match loan.state {
        LoanState::Cancelled => Err(Refusal::plain(Code::InvalidTransition)),
        _ => Ok(()),
    }
}

/// A loan filed by mistake, of which nothing was drawn.
pub fn may_cancel(loan: &Loan) -> Result<(), Refusal> {
    match loan.state {
        LoanState::Registered => Ok(()),
        LoanState::Cancelled => Err(Refusal::plain(Code::InvalidTransition)),
        _ => Err(Refusal::new(
            Code::InvalidTransition,
            say!(
                "已提款的贷款不能撤销登记，请冲正相应记录",
                "a loan that was drawn is not cancelled: reverse its entries first"
            ),
        )),
    }
}

/// An entry is cancelled once, and a cancellation is final: what it took out is written anew.
pub fn may_reverse(entry: &LoanEntry, reversed: bool) -> Result<(), Refusal> {
    if entry.kind == EntryKind::Reversal {
        let say = say!("冲正记录不能再冲正，请重新登记原业务", "a reversal is not reversed: write the entry anew");
        return Err(Refusal::new(Code::LedgerRefused, say));
    }
    if reversed {
        return Err(Refusal::new(Code::LedgerRefused, say!("该记录已被冲正", "this entry is reversed already")));
    }
    Ok(())
}
