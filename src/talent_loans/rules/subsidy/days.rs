//! Which days of a loan earn subsidy: claim period ∩ loan life ∩ first months from first drawdown − overdue.

use chrono::{Months, NaiveDate};

use crate::talent_loans::model::*;

/// A stretch within one segment that counts as a whole, or does not.
pub(super) struct Piece {
    pub segment: usize,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub excluded: Option<Exclusion>,
}

/// Cuts the segments wherever the answer can change; pieces come by date, empty ones are left out.
pub(super) fn split_at_boundaries(body: &SubsidyQuoteBody, loan: &QuoteLoan) -> Vec<Piece> {
    let months = subsidy_months(body, loan);
    let overdue = merged(&loan.overdue);
    let fixed = [body.claim_from, body.claim_to, months.map(|m| m.from), months.map(|m| m.to)];

    let mut order: Vec<usize> = (0..loan.segments.len()).collect();
    order.sort_by_key(|i| loan.segments[*i].from);

    let mut pieces = Vec::with_capacity(order.len() + 4);
    let mut cuts = vec![];
    for segment in order {
        let LoanSegment { from, to, .. } = loan.segments[segment];
        let first_overdue = overdue.partition_point(|period| period.to <= from);
        let touching = overdue[first_overdue..].iter().take_while(|period| period.from < to);

        cuts.clear();
        cuts.extend([from, to]);
        cuts.extend(fixed.into_iter().flatten());
        cuts.extend(touching.flat_map(|period| [period.from, period.to]));
        cuts.retain(|cut| (from..=to).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let excluded = exclusion(pair[0], body, months, &overdue);
            pieces.push(Piece { segment, from: pair[0], to: pair[1], excluded });
        }
    }
    pieces
}

/// A stretch left out: from, to, why.
pub type LeftOut = (NaiveDate, NaiveDate, Exclusion);

/// The segments over the days that count, and the days that do not. `out` is left out for `reason`; the first months count from
/// the first drawdown.
pub fn cut_days(
    segments: &[LoanSegment],
    period: Option<Period>,
    months: Option<i64>,
    first_drawdown: Option<NaiveDate>,
    out: &[Period],
    reason: Exclusion,
) -> (Vec<LoanSegment>, Vec<LeftOut>) {
    let loan = QuoteLoan { first_drawdown, segments: segments.to_vec(), overdue: out.to_vec(), ..QuoteLoan::default() };
    let body = SubsidyQuoteBody {
        day_basis: DayBasis::Act360,
        base: SubsidyBase::ShareOfInterest { share_ppm: 0 },
        ceiling: None,
        claim_from: period.map(|p| p.from),
        claim_to: period.map(|p| p.to),
        subsidy_months: months,
        enterprise_year_cap_fen: None,
        enterprise_year_used_fen: None,
        budget_available_fen: None,
        currency: None,
        loans: Vec::new(),
    };
    let (mut counted, mut left_out): (Vec<LoanSegment>, Vec<LeftOut>) = (Vec::new(), Vec::new());
    for piece in split_at_boundaries(&body, &loan) {
        let (from, to) = (piece.from, piece.to);
        match piece.excluded {
            None => counted.push(LoanSegment { from, to, ..segments[piece.segment] }),
            Some(Exclusion::Overdue) => left_out.push((from, to, reason)),
            Some(other) => left_out.push((from, to, other)),
        }
    }
    (counted, left_out)
}

/// Months are added by the calendar; a day the last month lacks becomes its last day.
fn subsidy_months(body: &SubsidyQuoteBody, loan: &QuoteLoan) -> Option<Period> {
    let months = u32::try_from(body.subsidy_months?).ok()?;
    let from = loan.first_drawdown.or_else(|| loan.segments.iter().map(|segment| segment.from).min())?;
    Some(Period { from, to: from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX) })
}

/// In order and without overlaps, so that a day overdue twice is excluded once.
fn merged(periods: &[Period]) -> Vec<Period> {
    let mut sorted: Vec<Period> = periods.iter().copied().filter(|period| period.from < period.to).collect();
    sorted.sort_unstable_by_key(|period| period.from);
    sorted.dedup_by(|later, earlier| {
        let touches = later.from <= earlier.to;
        if touches {
            earlier.to = earlier.to.max(later.to);
        }
        touches
    });
    sorted
}

fn exclusion(day: NaiveDate, body: &SubsidyQuoteBody, months: Option<Period>, overdue: &[Period]) -> Option<Exclusion> {
    let holds = |period: &Period| period.from <= day && day < period.to;
    if body.claim_from.is_some_and(|from| day < from) || body.claim_to.is_some_and(|to| day >= to) {
        Some(Exclusion::OutsideClaimPeriod)
    } else if months.is_some_and(|months| !holds(&months)) {
        Some(Exclusion::OutsideSubsidyMonths)
    } else {
        let next = overdue.partition_point(|period| period.to <= day);
        overdue.get(next).is_some_and(holds).then_some(Exclusion::Overdue)
    }
}
