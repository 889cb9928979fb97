//! What holds for every claim, tried on random ones.

use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;

use super::tests::{a_loan, a_quote, day, priced};
use super::*;

fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..900).prop_map(|n| day("2024-01-01") + Days::new(n))
}

fn a_base() -> impl Strategy<Value = SubsidyBase> {
    prop_oneof![
        (0..=1_000_000i64).prop_map(|share_ppm| SubsidyBase::ShareOfInterest { share_ppm }),
        (0..60_000i64).prop_map(|points_ppm| SubsidyBase::FixedPoints { points_ppm }),
        (0..=1_000_000i64, 0..60_000i64)
            .prop_map(|(share_ppm, lpr_ppm)| SubsidyBase::ShareOfLpr { share_ppm, lpr_ppm }),
    ]
}

/// Segments one after the other with gaps between them.
fn some_segments() -> impl Strategy<Value = Vec<LoanSegment>> {
    let one = (0..20u64, 0..90u64, 0..900_000_000i64, 0..60_000i64);
    (a_day(), prop::collection::vec(one, 0..5)).prop_map(|(start, parts)| {
        let mut from = start;
        let segment = |(gap, length, principal_fen, rate_ppm)| {
            from = from + Days::new(gap);
            let to = from + Days::new(length);
            let segment = LoanSegment { principal_fen, rate_ppm, from, to };
            from = to;
            segment
        };
        parts.into_iter().map(segment).collect()
    })
}

fn some_loan() -> impl Strategy<Value = QuoteLoan> {
    let overdue = prop::collection::vec((a_day(), 0..60u64), 0..3);
    let caps =
        (prop::option::of(0..900_000_000i64), prop::option::of(0..9_000_000i64), prop::option::of(0..9_000_000i64));
    (some_segments(), overdue, caps, prop::option::of(a_day())).prop_map(|(segments, overdue, caps, first_drawdown)| {
        let period = |(from, days)| Period { from, to: from + Days::new(days) };
        QuoteLoan {
            principal_cap_fen: caps.0,
            loan_cap_fen: caps.1,
            loan_used_fen: caps.2,
            first_drawdown,
            overdue: overdue.into_iter().map(period).collect(),
            ..a_loan("", &segments)
        }
    })
}

fn some_claim() -> impl Strategy<Value = SubsidyQuoteBody> {
    let loans = prop::collection::vec(some_loan(), 0..4);
    let day_basis = prop_oneof![Just(DayBasis::Act360), Just(DayBasis::Act365)];
    let period = (prop::option::of(a_day()), 0..500u64, any::<bool>(), prop::option::of(0..30i64));
    let caps =
        (prop::option::of(0..30_000_000i64), prop::option::of(0..9_000_000i64), prop::option::of(0..30_000_000i64));
    (loans, day_basis, a_base(), prop::option::of(a_base()), period, caps).prop_map(
        |(mut loans, day_basis, base, ceiling, (claim_from, length, ends, subsidy_months), caps)| {
            loans.iter_mut().enumerate().for_each(|(i, loan)| loan.id = format!("L{i}"));
            SubsidyQuoteBody {
                day_basis,
                base,
                ceiling,
                claim_from,
                claim_to: claim_from.filter(|_| ends).map(|from| from + Days::new(length)),
                subsidy_months,
                enterprise_year_cap_fen: caps.0,
                enterprise_year_used_fen: caps.1,
                budget_available_fen: caps.2,
                ..a_quote(loans)
            }
        },
    )
}

/// The figures without the sheet, which names segments.
fn figures(view: &SubsidyQuoteView) -> Vec<(&str, i64, i64, i64, i64)> {
    view.loans
        .iter()
        .map(|loan| (loan.id.as_str(), loan.eligible_days, loan.interest_fen, loan.computed_fen, loan.subsidy_fen))
        .collect()
}

/// Day by day, without any splitting: (eligible days, computed amount in fen).
fn day_by_day(body: &SubsidyQuoteBody, loan: &QuoteLoan) -> (i64, i64) {
    let first = loan.first_drawdown.or(loan.segments.iter().map(|segment| segment.from).min());
    let months = body.subsidy_months.map(|n| Months::new(u32::try_from(n).expect("months")));
    let (mut days, mut principal, mut interest) = (0, 0i128, 0i128);
    for segment in &loan.segments {
        for date in segment.from.iter_days().take_while(|date| *date < segment.to) {
            let claimed = body.claim_from.is_none_or(|from| date >= from) && body.claim_to.is_none_or(|to| date < to);
            let in_months = months.zip(first).is_none_or(|(months, first)| {
                date >= first && date < first.checked_add_months(months).expect("a date")
            });
            let overdue = loan.overdue.iter().any(|period| date >= period.from && date < period.to);
            if claimed && in_months && !overdue {
                let counted = i128::from(segment.principal_fen.min(loan.principal_cap_fen.unwrap_or(i64::MAX)));
                days += 1;
                principal += counted;
                interest += counted * i128::from(segment.rate_ppm);
            }
        }
    }
    // Everything over 1,000,000 × 1,000,000 × basis.
    let amount = |base| match base {
        SubsidyBase::ShareOfInterest { share_ppm } => interest * i128::from(share_ppm),
        SubsidyBase::FixedPoints { points_ppm } => principal * i128::from(points_ppm) * ONE_PPM,
        SubsidyBase::ShareOfLpr { share_ppm, lpr_ppm } => principal * i128::from(share_ppm) * i128::from(lpr_ppm),
    };
    let ceiling = body.ceiling.map_or(i128::MAX, amount);
    let exact = amount(body.base).min(interest * ONE_PPM).min(ceiling);
    let whole = ONE_PPM * ONE_PPM * body.day_basis.days();
    (days, i64::try_from((2 * exact + whole) / (2 * whole)).expect("a small amount"))
}

proptest! {
    #[test]
    fn subsidy_is_never_above_interest_and_no_cap_is_passed(body in some_claim()) {
        let view = priced(&body);
        for (loan, asked) in view.loans.iter().zip(&body.loans) {
            prop_assert!(0 <= loan.subsidy_fen && loan.subsidy_fen <= loan.computed_fen);
            prop_assert!(loan.computed_fen <= loan.interest_fen);
            if let Some(cap) = asked.loan_cap_fen {
                prop_assert!(loan.subsidy_fen <= (cap - asked.loan_used_fen.unwrap_or(0)).max(0));
            }
        }
        prop_assert_eq!(view.total_fen, view.loans.iter().map(|loan| loan.subsidy_fen).sum::<i64>());
        prop_assert!(view.total_fen <= body.budget_available_fen.unwrap_or(i64::MAX));
        if let Some(cap) = body.enterprise_year_cap_fen {
            prop_assert!(view.total_fen <= (cap - body.enterprise_year_used_fen.unwrap_or(0)).max(0));
        }
    }

    #[test]
    fn counting_day_by_day_gives_the_same(body in some_claim()) {
        for (loan, asked) in priced(&body).loans.iter().zip(&body.loans) {
            prop_assert_eq!((loan.eligible_days, loan.computed_fen), day_by_day(&body, asked));
        }
    }

    #[test]
    fn splitting_a_segment_changes_nothing(body in some_claim(), at in 0..90u64) {
        let mut split = body.clone();
        for loan in &mut split.loans {
            loan.segments = loan.segments.iter().flat_map(|whole| {
                let cut = (whole.from + Days::new(at)).min(whole.to);
                [LoanSegment { to: cut, ..*whole }, LoanSegment { from: cut, ..*whole }]
            }).collect();
        }
        let (whole, split) = (priced(&body), priced(&split));
        prop_assert_eq!(figures(&whole), figures(&split));
        prop_assert_eq!(whole.bound_by, split.bound_by);
    }

    #[test]
    fn the_order_of_segments_changes_nothing(body in some_claim()) {
        let mut turned = body.clone();
        turned.loans.iter_mut().for_each(|loan| loan.segments.reverse());
        let (view, turned) = (priced(&body), priced(&turned));
        prop_assert_eq!(figures(&view), figures(&turned));
    }

    #[test]
    fn the_order_of_loans_moves_at_most_the_odd_fen_of_a_shared_cap(body in some_claim()) {
        let mut turned = body.clone();
        turned.loans.reverse();
        let (view, mut turned) = (priced(&body), priced(&turned));
        turned.loans.reverse();
        prop_assert_eq!(view.total_fen, turned.total_fen);
        prop_assert_eq!(&view.bound_by, &turned.bound_by);
        let shared = view.bound_by.iter().any(|bound| matches!(bound, Bound::EnterpriseYearCap | Bound::Budget));
        for (here, there) in view.loans.iter().zip(&turned.loans) {
            prop_assert_eq!((&here.id, here.computed_fen), (&there.id, there.computed_fen));
            prop_assert!((here.subsidy_fen - there.subsidy_fen).abs() <= i64::from(shared));
        }
    }

    #[test]
    fn receipts_pay_neither_more_than_was_paid_nor_more_than_was_owed(
        segments in some_segments(),
        receipts in prop::collection::vec(0..30_000_000i64, 0..4),
        base in a_base(),
        principal_cap_fen in prop::option::of(0..900_000_000i64),
    ) {
        let paid: i64 = receipts.iter().sum();
        let loan = QuoteLoan { receipts_fen: Some(receipts), principal_cap_fen, ..a_loan("L", &segments) };
        let loan = &priced(&SubsidyQuoteBody { base, ..a_quote(vec![loan]) }).loans[0];
        prop_assert!(loan.subsidy_fen <= paid && loan.subsidy_fen <= loan.interest_fen);
    }

    #[test]
    fn a_sheet_replays_to_the_subsidy(body in some_claim()) {
        for loan in priced(&body).loans {
            let (mut days, mut interest, mut exact, mut fen) = (0, 0i128, Exact::whole(0), 0);
            let year = ONE_PPM * body.day_basis.days();
            for line in loan.sheet {
                match line {
                    SheetLine::Segment { days: d, counted_fen, rate_ppm, interest: part, .. } => {
                        let product = i128::from(counted_fen) * i128::from(rate_ppm) * i128::from(d);
                        prop_assert_eq!(Exact::new(product, year), Some(part));
                        (days, interest) = (days + d, interest + product);
                    }
                    SheetLine::Interest { days: d, interest: sum, interest_fen } => {
                        prop_assert_eq!((days, Exact::new(interest, year), loan.interest_fen), (d, Some(sum), interest_fen));
                    }
                    SheetLine::Base { amount, .. } => exact = amount,
                    SheetLine::Limit { limit, before, after, .. } => {
                        prop_assert_eq!((before, after), (exact, exact.min(limit)));
                        exact = after;
                    }
                    SheetLine::Rounding { exact: rounded, computed_fen } => {
                        prop_assert_eq!((rounded, rounded.to_fen()), (exact, Some(computed_fen)));
                        fen = computed_fen;
                    }
                    SheetLine::Cap { before_fen, after_fen, .. } => {
                        prop_assert_eq!(before_fen, fen);
                        fen = after_fen;
                    }
                    SheetLine::Excluded { .. } | SheetLine::Receipts { .. } => {}
                }
            }
            prop_assert_eq!((days, fen), (loan.eligible_days, loan.subsidy_fen));
        }
    }
}
