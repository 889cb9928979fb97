use super::*;
use chrono::NaiveDate;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(super) fn segment(principal_fen: i64, rate_ppm: i64, from: &str, to: &str) -> LoanSegment {
    LoanSegment { principal_fen, rate_ppm, from: day(from), to: day(to) }
}

pub(super) fn share(share_ppm: i64) -> SubsidyBase {
    SubsidyBase::ShareOfInterest { share_ppm }
}

pub(super) fn a_loan(id: &str, segments: &[LoanSegment]) -> QuoteLoan {
    QuoteLoan { id: id.into(), segments: segments.into(), ..QuoteLoan::default() }
}

/// Act/360, half of the interest, no limits.
pub(super) fn a_quote(loans: Vec<QuoteLoan>) -> SubsidyQuoteBody {
    SubsidyQuoteBody {
        day_basis: DayBasis::Act360,
        base: share(500_000),
        ceiling: None,
        claim_from: None,
        claim_to: None,
        subsidy_months: None,
        enterprise_year_cap_fen: None,
        enterprise_year_used_fen: None,
        budget_available_fen: None,
        currency: None,
        loans,
    }
}

pub(super) fn priced(body: &SubsidyQuoteBody) -> SubsidyQuoteView {
    quote(body).expect("a quote without faults")
}

/// 1,000,000 fen at 3.6 % accrue 100 fen a day on act/360.
fn hundred_a_day(id: &str, from: &str, to: &str) -> QuoteLoan {
    a_loan(id, &[segment(1_000_000, 36_000, from, to)])
}

#[test]
fn interest_and_subsidy_are_exact_to_the_fen() {
    use DayBasis::{Act360, Act365};
    let year = segment(500_000_000, 34_500, "2025-03-10", "2026-03-10");
    let repaid = [
        segment(200_000_000, 31_000, "2025-02-17", "2025-06-15"),
        segment(120_000_000, 31_000, "2025-06-15", "2025-11-03"),
    ];
    let reset = [
        segment(800_000_000, 34_500, "2025-03-21", "2025-06-21"),
        segment(800_000_000, 33_500, "2025-06-21", "2025-12-21"),
    ];
    let one_day = segment(10_005_000, 36_000, "2026-03-02", "2026-03-03");
    let no_day = segment(500_000_000, 34_500, "2025-03-10", "2025-03-10");
    let leap = segment(100_000_000, 40_000, "2024-02-20", "2024-03-20");
    let plain = segment(100_000_000, 40_000, "2025-02-20", "2025-03-20");
    type Row<'a> = (&'a str, DayBasis, i64, &'a [LoanSegment], (i64, i64, i64));
    let rows: [Row; 8] = [
        ("a year on act/360", Act360, 500_000, &[year], (365, 17_489_583, 8_744_792)),
        ("the same on act/365", Act365, 500_000, &[year], (365, 17_250_000, 8_625_000)),
        ("a part repaid on its day", Act360, 500_000, &repaid, (118 + 141, 3_489_222, 1_744_611)),
        ("a rate reset", Act360, 400_000, &reset, (92 + 183, 20_676_667, 8_270_667)),
        ("half a fen goes up", Act360, 1_000_000, &[one_day], (1, 1_001, 1_001)),
        ("no day", Act360, 500_000, &[no_day], (0, 0, 0)),
        ("February of a leap year", Act360, 1_000_000, &[leap], (29, 322_222, 322_222)),
        ("February of another", Act360, 1_000_000, &[plain], (28, 311_111, 311_111)),
    ];
    for (name, day_basis, share_ppm, segments, expected) in rows {
        let body = SubsidyQuoteBody { day_basis, base: share(share_ppm), ..a_quote(vec![a_loan("L", segments)]) };
        let view = priced(&body);
        let loan = &view.loans[0];
        assert_eq!((loan.eligible_days, loan.interest_fen, loan.subsidy_fen), expected, "{name}");
        assert_eq!((view.total_fen, loan.computed_fen), (expected.2, expected.2), "{name}");
        assert_eq!((view.bound_by.as_slice(), loan.flags.as_slice()), (&[][..], &[][..]), "{name}");
    }
}

#[test]
fn receipts_within_a_fen_each_count_as_paid_and_beyond_it_the_lower_counts_and_is_flagged() {
    let reset = [
        segment(800_000_000, 34_500, "2025-03-21", "2025-06-21"),
        segment(800_000_000, 33_500, "2025-06-21", "2025-12-21"),
    ];
    // Computed interest: 20,676,666.67 fen.
    let rows: [(&[i64], i64, &[Flag]); 6] = [
        (&[7_053_333, 6_848_889, 6_774_444], 8_270_666, &[]),
        (&[7_053_333, 6_848_889, 6_774_448], 8_270_668, &[]),
        (&[7_053_333, 6_848_889, 6_774_449], 8_270_667, &[Flag::ReceiptDifference]),
        (&[20_676_665], 8_270_666, &[Flag::ReceiptDifference]),
        (&[7_053_333], 2_821_333, &[Flag::ReceiptDifference]),
        (&[], 0, &[Flag::ReceiptDifference]),
    ];
    for (receipts, subsidy_fen, flags) in rows {
        let loan = QuoteLoan { receipts_fen: Some(receipts.into()), ..a_loan("L", &reset) };
        let view = priced(&SubsidyQuoteBody { base: share(400_000), ..a_quote(vec![loan]) });
        let loan = &view.loans[0];
        assert_eq!((loan.subsidy_fen, loan.flags.as_slice()), (subsidy_fen, flags), "{receipts:?}");
        assert_eq!(loan.interest_fen, 20_676_667);
    }
}

#[test]
fn receipts_for_the_whole_principal_are_cut_to_the_capped_part_without_being_flagged() {
    let loan = QuoteLoan {
        principal_cap_fen: Some(250_000),
        receipts_fen: Some(vec![1_001]),
        ..hundred_a_day("L", "2025-01-01", "2025-01-11")
    };
    let loan = &priced(&SubsidyQuoteBody { base: share(1_000_000), ..a_quote(vec![loan]) }).loans[0];
    assert_eq!((loan.interest_fen, loan.subsidy_fen, loan.flags.len()), (250, 250, 0));
}

#[test]
fn a_receipt_a_fen_above_the_interest_does_not_lift_the_subsidy_above_it() {
    let loan = QuoteLoan { receipts_fen: Some(vec![1_001]), ..hundred_a_day("L", "2025-01-01", "2025-01-11") };
    let view = priced(&SubsidyQuoteBody { base: share(1_000_000), ..a_quote(vec![loan]) });
    assert_eq!((view.total_fen, view.bound_by), (1_000, vec![Bound::Interest]));
}

#[test]
fn the_lowest_of_base_interest_and_ceiling_counts() {
    // 100 fen of interest a day for 10 days; a point of a year is 100 / 3.6 a day.
    let lpr = |share_ppm| SubsidyBase::ShareOfLpr { share_ppm, lpr_ppm: 30_000 };
    let points = |points_ppm| SubsidyBase::FixedPoints { points_ppm };
    let rows = [
        (share(500_000), None, 500, vec![]),
        (points(18_000), None, 500, vec![]),
        (lpr(600_000), None, 500, vec![]),
        (points(40_000), None, 1_000, vec![Bound::Interest]),
        (share(500_000), Some(lpr(500_000)), 417, vec![Bound::Ceiling]),
        (share(500_000), Some(lpr(600_000)), 500, vec![]),
        (points(40_000), Some(share(300_000)), 300, vec![Bound::Interest, Bound::Ceiling]),
        (lpr(1_000_000), Some(points(0)), 0, vec![Bound::Ceiling]),
    ];
    for (base, ceiling, total_fen, bound_by) in rows {
        let loan = hundred_a_day("L", "2025-01-01", "2025-01-11");
        let view = priced(&SubsidyQuoteBody { base, ceiling, ..a_quote(vec![loan]) });
        assert_eq!((view.total_fen, view.bound_by), (total_fen, bound_by), "{base:?} within {ceiling:?}");
    }
}

#[test]
fn only_days_within_claim_and_months_and_not_overdue_count() {
    type Edit = fn(&mut SubsidyQuoteBody);
    let rows: [(&str, i64, Edit); 10] = [
        ("all of them", 365, |_| ()),
        ("from the claim's first day", 355, |q| q.claim_from = Some(day("2025-01-11"))),
        ("to the day before the claim's end", 10, |q| q.claim_to = Some(day("2025-01-11"))),
        ("a claim of no days", 0, |q| (q.claim_from, q.claim_to) = (Some(day("2025-05-01")), Some(day("2025-05-01")))),
        ("no months", 0, |q| q.subsidy_months = Some(0)),
        ("a month from the earliest segment", 31, |q| q.subsidy_months = Some(1)),
        ("months from first drawdown", 28, |q| {
            // 31 January and a month is 28 February, so of this year 1 to 27 February and 31 January.
            q.subsidy_months = Some(1);
            q.loans[0].first_drawdown = Some(day("2025-01-31"));
        }),
        ("months from an earlier drawdown", 59, |q| {
            // 29 February 2024 and twelve months is 28 February 2025; one more is 29 March.
            q.subsidy_months = Some(12);
            q.loans[0].first_drawdown = Some(day("2024-03-01"));
        }),
        ("overdue days once each, however often named", 355, |q| {
            let overdue = |from, to| Period { from: day(from), to: day(to) };
            q.loans[0].overdue = vec![
                overdue("2025-06-05", "2025-06-11"),
                overdue("2025-06-01", "2025-06-08"),
                overdue("2025-06-09", "2025-06-09"),
                overdue("2026-06-01", "2026-07-01"),
            ];
        }),
        ("all limits at once", 5, |q| {
            (q.claim_from, q.claim_to) = (Some(day("2025-01-20")), Some(day("2025-12-21")));
            q.subsidy_months = Some(1);
            q.loans[0].overdue = vec![Period { from: day("2025-01-25"), to: day("2025-02-20") }];
        }),
    ];
    for (name, days, edit) in rows {
        let mut body = a_quote(vec![hundred_a_day("L", "2025-01-01", "2026-01-01")]);
        edit(&mut body);
        let view = priced(&body);
        assert_eq!((view.loans[0].eligible_days, view.total_fen), (days, days * 50), "{name}");
    }
}

#[test]
fn a_month_ends_on_the_last_day_the_calendar_has() {
    let rows = [("2024-01-31", 1, 29), ("2025-01-31", 1, 28), ("2025-01-31", 2, 59), ("2024-02-29", 12, 365)];
    for (from, months, days) in rows {
        let loan = hundred_a_day("L", from, "2030-01-01");
        let view = priced(&SubsidyQuoteBody { subsidy_months: Some(months), ..a_quote(vec![loan]) });
        assert_eq!(view.loans[0].eligible_days, days, "{from} and {months} months");
    }
}

#[test]
fn principal_beyond_the_cap_earns_nothing() {
    let loan = QuoteLoan { principal_cap_fen: Some(250_000), ..hundred_a_day("L", "2025-01-01", "2025-01-11") };
    let loan = &priced(&a_quote(vec![loan])).loans[0];
    assert_eq!((loan.interest_fen, loan.subsidy_fen), (250, 125));
}

#[test]
fn caps_count_what_was_used_and_the_budget_comes_last() {
    let ten_days = |id| hundred_a_day(id, "2025-01-01", "2025-01-11");
    type Edit = fn(&mut SubsidyQuoteBody);
    use Bound::{Budget, EnterpriseYearCap, LoanCap};
    // Three loans of 500 fen each.
    let rows: [(&str, Edit, [i64; 3], &[Bound]); 9] = [
        ("no cap", |_| (), [500, 500, 500], &[]),
        ("a cap just reached", |q| q.enterprise_year_cap_fen = Some(1_500), [500, 500, 500], &[]),
        (
            "ties go to the earlier loan",
            |q| q.enterprise_year_cap_fen = Some(1_000),
            [334, 333, 333],
            &[EnterpriseYearCap],
        ),
        (
            "a cap partly used",
            |q| (q.enterprise_year_cap_fen, q.enterprise_year_used_fen) = (Some(1_000), Some(999)),
            [1, 0, 0],
            &[EnterpriseYearCap],
        ),
        (
            "a cap lowered below what was used",
            |q| (q.enterprise_year_cap_fen, q.enterprise_year_used_fen) = (Some(1_000), Some(2_000)),
            [0, 0, 0],
            &[EnterpriseYearCap],
        ),
        ("a budget", |q| q.budget_available_fen = Some(301), [101, 100, 100], &[Budget]),
        (
            "a budget below the enterprise's cap",
            |q| (q.enterprise_year_cap_fen, q.budget_available_fen) = (Some(1_000), Some(302)),
            [101, 101, 100],
            &[EnterpriseYearCap, Budget],
        ),
        (
            "an enterprise's cap below the budget",
            |q| (q.enterprise_year_cap_fen, q.budget_available_fen) = (Some(302), Some(1_000)),
            [101, 101, 100],
            &[EnterpriseYearCap],
        ),
        (
            "a loan's own cap first, then in proportion to what is left",
            |q| {
                (q.loans[1].loan_cap_fen, q.loans[1].loan_used_fen) = (Some(300), Some(50));
                q.budget_available_fen = Some(625);
            },
            [250, 125, 250],
            &[LoanCap, Budget],
        ),
    ];
    for (name, edit, subsidies, bound_by) in rows {
        let mut body = a_quote(vec![ten_days("A"), ten_days("B"), ten_days("C")]);
        edit(&mut body);
        let view = priced(&body);
        let granted: Vec<i64> = view.loans.iter().map(|loan| loan.subsidy_fen).collect();
        assert_eq!((granted.as_slice(), view.bound_by.as_slice()), (&subsidies[..], bound_by), "{name}");
        assert_eq!(view.total_fen, subsidies.iter().sum::<i64>(), "{name}");
        assert!(view.loans.iter().all(|loan| loan.computed_fen == 500), "{name}");
    }
}

#[test]
fn a_loan_may_have_its_own_day_basis_base_and_ceiling() {
    let own = QuoteLoan {
        day_basis: Some(DayBasis::Act365),
        base: Some(SubsidyBase::ShareOfLpr { share_ppm: 1_000_000, lpr_ppm: 30_000 }),
        ceiling: Some(SubsidyBase::FixedPoints { points_ppm: 20_000 }),
        ..a_loan("B", &[segment(36_500_000, 40_000, "2025-01-01", "2025-01-11")])
    };
    let plain = a_loan("A", &[segment(36_000_000, 40_000, "2025-01-01", "2025-01-11")]);
    let view = quote(&a_quote(vec![plain, own])).expect("priced");
    let of = |i: usize| (view.loans[i].interest_fen, view.loans[i].subsidy_fen);
    assert_eq!((of(0), of(1)), ((40_000, 20_000), (40_000, 20_000)));
    assert_eq!(view.bound_by, [Bound::Ceiling]);
}

#[test]
fn days_are_cut_out_once_and_each_with_its_reason() {
    let segments = [segment(1_000, 30_000, "2025-01-01", "2026-01-01")];
    let period = Period { from: day("2025-02-01"), to: day("2026-01-01") };
    let overdue = [Period { from: day("2025-05-01"), to: day("2025-06-01") }];
    let (counted, out) =
        cut_days(&segments, Some(period), Some(9), Some(day("2025-01-01")), &overdue, Exclusion::Extension);
    let spans: Vec<_> = counted.iter().map(|s| (s.from.to_string(), s.to.to_string())).collect();
    let text = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(spans, [text("2025-02-01", "2025-05-01"), text("2025-06-01", "2025-10-01")]);
    assert_eq!(
        out,
        [
            (day("2025-01-01"), day("2025-02-01"), Exclusion::OutsideClaimPeriod),
            (day("2025-05-01"), day("2025-06-01"), Exclusion::Extension),
            (day("2025-10-01"), day("2026-01-01"), Exclusion::OutsideSubsidyMonths),
        ]
    );
}

#[test]
fn everything_wrong_is_said_at_once_and_where() {
    let mut body = a_quote(vec![
        QuoteLoan {
            principal_cap_fen: Some(-1),
            overdue: vec![Period { from: day("2025-02-01"), to: day("2025-01-31") }],
            ..a_loan(
                "A",
                &[
                    segment(1, 360_000, "2025-03-01", "2025-04-01"),
                    segment(-1, 3_450_000, "2025-02-01", "2025-01-01"),
                    segment(1, -1, "2025-01-01", "2025-03-02"),
                    segment(1, 0, "2025-03-15", "2025-03-15"),
                ],
            )
        },
        QuoteLoan { receipts_fen: Some(vec![5, -5]), ..a_loan("A", &[]) },
        a_loan("", &[]),
    ]);
    body.base = SubsidyBase::ShareOfLpr { share_ppm: 1_000_001, lpr_ppm: 360_001 };
    body.ceiling = Some(SubsidyBase::FixedPoints { points_ppm: -1 });
    (body.claim_from, body.claim_to) = (Some(day("2025-12-21")), Some(day("2025-12-20")));
    body.subsidy_months = Some(-1);
    body.budget_available_fen = Some(-1);
    body.currency = Some("USD".into());
    let faults = quote(&body).expect_err("faults").fields;
    let found: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    let expected = [
        ("/base/share_ppm", "out_of_range"),
        ("/base/lpr_ppm", "out_of_range"),
        ("/ceiling/points_ppm", "out_of_range"),
        ("/claim_to", "date_order"),
        ("/subsidy_months", "out_of_range"),
        ("/budget_available_fen", "out_of_range"),
        ("/currency", "unknown"),
        ("/loans/0/principal_cap_fen", "out_of_range"),
        ("/loans/0/segments/1/principal_fen", "out_of_range"),
        ("/loans/0/segments/1/rate_ppm", "out_of_range"),
        ("/loans/0/segments/1/to", "date_order"),
        ("/loans/0/segments/2/rate_ppm", "out_of_range"),
        ("/loans/0/segments/0", "date_order"),
        ("/loans/0/overdue/0/to", "date_order"),
        ("/loans/1/id", "duplicate"),
        ("/loans/1/receipts_fen/1", "out_of_range"),
        ("/loans/1/receipts_fen", "not_allowed"),
        ("/loans/1/receipts_fen", "not_allowed"),
        ("/loans/1/receipts_fen", "not_allowed"),
        ("/loans/2/id", "required"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_segment_inside_another_overlaps_it_even_with_a_third_between() {
    let segments = [
        segment(1, 1, "2025-01-01", "2025-12-31"),
        segment(1, 1, "2025-02-01", "2025-03-01"),
        segment(1, 1, "2025-12-30", "2026-01-01"),
    ];
    let faults = quote(&a_quote(vec![a_loan("A", &segments)])).expect_err("faults").fields;
    let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers, ["/loans/0/segments/1", "/loans/0/segments/2"]);
}

#[test]
fn receipts_do_not_go_with_overdue_days_but_with_an_empty_list_of_them() {
    let receipts = |overdue| {
        let loan =
            QuoteLoan { overdue, receipts_fen: Some(vec![1_000]), ..hundred_a_day("L", "2025-01-01", "2025-01-11") };
        quote(&a_quote(vec![loan])).map(|view| view.total_fen).map_err(|refused| refused.fields[0].code.clone())
    };
    assert_eq!(receipts(vec![]), Ok(500));
    let overdue = Period { from: day("2025-01-02"), to: day("2025-01-03") };
    assert_eq!(receipts(vec![overdue]), Err("not_allowed".into()));
}

#[test]
fn amounts_too_large_to_compute_are_refused_by_name() {
    let huge = [segment(i64::MAX, 360_000, "0001-01-01", "9999-12-31")];
    let faults = quote(&a_quote(vec![a_loan("A", &[]), a_loan("B", &huge)])).expect_err("faults").fields;
    assert_eq!((faults[0].pointer.as_str(), faults[0].code.as_str()), ("/loans/1", "out_of_range"));

    let large = [segment(i64::MAX, 360_000, "2025-01-01", "2027-01-01")];
    let loans = ["A", "B", "C", "D"].map(|id| a_loan(id, &large)).to_vec();
    let body = SubsidyQuoteBody { base: share(1_000_000), ..a_quote(loans) };
    let faults = quote(&body).expect_err("faults").fields;
    assert_eq!((faults[0].pointer.as_str(), faults[0].code.as_str()), ("/loans", "out_of_range"));
}

#[test]
fn the_sheet_tells_every_step() {
    let loan = QuoteLoan {
        overdue: vec![Period { from: day("2025-01-06"), to: day("2025-01-08") }],
        loan_cap_fen: Some(300),
        principal_cap_fen: Some(900_000),
        ..hundred_a_day("L", "2025-01-01", "2025-01-11")
    };
    let body = SubsidyQuoteBody {
        ceiling: Some(SubsidyBase::FixedPoints { points_ppm: 17_000 }),
        claim_from: Some(day("2025-01-02")),
        budget_available_fen: Some(200),
        ..a_quote(vec![loan])
    };
    let view = priced(&body);
    let sheet = serde_json::to_value(&view.loans[0].sheet).expect("json");
    let steps: Vec<String> = view.loans[0]
        .sheet
        .iter()
        .map(|line| match line {
            SheetLine::Segment { from, to, days, counted_fen, interest, .. } => {
                format!("{from}..{to} {days} x {counted_fen} = {interest}")
            }
            SheetLine::Excluded { from, to, days, reason, .. } => format!("{from}..{to} {days} {reason:?}"),
            SheetLine::Interest { days, interest, interest_fen } => format!("{days} {interest} ~ {interest_fen}"),
            SheetLine::Receipts { counted, .. } => format!("receipts {counted}"),
            SheetLine::Base { amount, text, .. } => format!("{amount} {}", text.en),
            SheetLine::Limit { bound, before, after, .. } => format!("{bound:?} {before} > {after}"),
            SheetLine::Rounding { computed_fen, .. } => format!("~ {computed_fen}"),
            SheetLine::Cap { bound, left_fen, before_fen, after_fen, .. } => {
                format!("{bound:?} {left_fen}: {before_fen} > {after_fen}")
            }
        })
        .collect();
    let expected = [
        "2025-01-01..2025-01-02 1 OutsideClaimPeriod",
        "2025-01-02..2025-01-06 4 x 900000 = 129600000000/360000000",
        "2025-01-06..2025-01-08 2 Overdue",
        "2025-01-08..2025-01-11 3 x 900000 = 97200000000/360000000",
        "7 226800000000/360000000 ~ 630",
        "113400000000000000/360000000000000 50 % of the interest paid",
        "Interest 113400000000000000/360000000000000 > 113400000000000000/360000000000000",
        "Ceiling 113400000000000000/360000000000000 > 107100000000/360000000",
        "~ 298",
        "LoanCap 300: 298 > 298",
        "Budget 200: 298 > 200",
    ];
    assert_eq!(steps, expected);
    let read: Vec<SheetLine> = serde_json::from_value(sheet).expect("a sheet");
    assert_eq!(read, view.loans[0].sheet);
}
