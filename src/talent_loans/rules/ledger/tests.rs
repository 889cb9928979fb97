use chrono::Days;
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn terms() -> Terms {
    Terms { principal_fen: 1_000, rate_ppm: 31_000, signed_on: day("2025-01-10"), matures_on: day("2026-01-10") }
}

fn postings(list: &[(&str, Posted)]) -> Vec<Posting> {
    let mut postings: Vec<Posting> =
        (1..).zip(list).map(|(seq, (on, what))| Posting { seq, on: day(on), what: *what }).collect();
    postings.sort_by_key(|posting| (posting.on, posting.seq));
    postings
}

fn segment(principal_fen: i64, rate_ppm: i64, from: &str, to: &str) -> LoanSegment {
    LoanSegment { principal_fen, rate_ppm, from: day(from), to: day(to) }
}

fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

use LoanClass::*;
use Posted::*;

type Entries = [(&'static str, Posted)];

#[test]
fn the_state_follows_from_the_entries() {
    let cases: &[(&Entries, LoanState, i64)] = &[
        (&[], LoanState::Registered, 0),
        (&[("2025-02-01", RateReset(30_000))], LoanState::Registered, 0),
        (&[("2025-02-01", Drawdown(400))], LoanState::Active, 400),
        (&[("2025-02-01", Drawdown(400)), ("2025-03-01", Drawdown(600))], LoanState::Active, 1_000),
        (&[("2025-02-01", Drawdown(400)), ("2025-03-01", Repayment(400))], LoanState::Settled, 0),
        (&[("2025-02-01", Drawdown(400)), ("2025-02-01", Repayment(100))], LoanState::Active, 300),
        // Written late, it still counts on its day.
        (&[("2025-03-01", Repayment(400)), ("2025-02-01", Drawdown(400))], LoanState::Settled, 0),
        (&[("2025-02-01", Drawdown(400)), ("2025-03-01", OverdueStart)], LoanState::Overdue, 400),
        (
            &[("2025-02-01", Drawdown(400)), ("2025-03-01", OverdueStart), ("2025-04-01", OverdueEnd)],
            LoanState::Active,
            400,
        ),
        (
            &[("2025-02-01", Drawdown(400)), ("2025-03-01", OverdueStart), ("2025-04-01", Repayment(400))],
            LoanState::Settled,
            0,
        ),
        (
            &[("2025-02-01", Drawdown(400)), ("2025-03-01", Repayment(400)), ("2025-04-01", Drawdown(600))],
            LoanState::Active,
            600,
        ),
    ];
    for (list, state, balance) in cases {
        let standing = standing(&terms(), &postings(list)).expect("sound");
        assert_eq!((standing.state(), standing.balance_fen), (*state, *balance), "{list:?}");
    }
}

#[test]
fn an_entry_that_cannot_be_is_named() {
    let cases: &[(&Entries, i64, LedgerFault)] = &[
        (&[("2025-01-09", Drawdown(1))], 1, LedgerFault::BeforeSigning { signed_on: day("2025-01-10") }),
        (&[("2026-01-10", Drawdown(1))], 1, LedgerFault::AfterMaturity { due_on: day("2026-01-10") }),
        (&[("2025-02-01", Drawdown(1_001))], 1, LedgerFault::BeyondPrincipal { left_fen: 1_000 }),
        (
            &[("2025-02-01", Drawdown(900)), ("2025-02-02", Repayment(900)), ("2025-02-03", Drawdown(101))],
            3,
            LedgerFault::BeyondPrincipal { left_fen: 100 },
        ),
        (&[("2025-02-01", Repayment(1))], 1, LedgerFault::BeyondBalance { balance_fen: 0 }),
        // The later repayment no longer fits once an earlier one is written.
        (
            &[("2025-02-01", Drawdown(400)), ("2025-03-01", Repayment(400)), ("2025-02-15", Repayment(1))],
            2,
            LedgerFault::BeyondBalance { balance_fen: 399 },
        ),
        (&[("2025-02-01", OverdueStart)], 1, LedgerFault::NothingOwed),
        (
            &[("2025-02-01", Drawdown(1)), ("2025-02-02", OverdueStart), ("2025-02-03", OverdueStart)],
            3,
            LedgerFault::AlreadyOverdue { since: day("2025-02-02") },
        ),
        (&[("2025-02-01", Drawdown(1)), ("2025-02-02", OverdueEnd)], 2, LedgerFault::NotOverdue),
        (&[("2025-02-01", Extension(day("2026-01-10")))], 1, LedgerFault::NoExtension { due_on: day("2026-01-10") }),
    ];
    for (list, seq, fault) in cases {
        let conflict = standing(&terms(), &postings(list)).expect_err("a conflict");
        assert_eq!((conflict.seq, conflict.fault), (*seq, *fault), "{list:?}");
    }
}

#[test]
fn the_history_has_one_segment_per_principal_and_rate() {
    let list = postings(&[
        ("2025-02-01", Drawdown(800)),
        ("2025-03-01", ClassChange(SpecialMention)),
        ("2025-04-01", RateReset(30_000)),
        ("2025-05-01", RateReset(30_000)),
        ("2025-06-01", OverdueStart),
        ("2025-07-01", OverdueEnd),
        ("2025-08-01", Repayment(300)),
        ("2025-12-01", Extension(day("2026-03-10"))),
    ]);
    let whole = history(&terms(), &list, None, day("2027-01-01")).expect("sound");
    assert_eq!(
        whole,
        History {
            segments: vec![
                segment(800, 31_000, "2025-02-01", "2025-04-01"),
                segment(800, 30_000, "2025-04-01", "2025-08-01"),
                segment(500, 30_000, "2025-08-01", "2026-03-10"),
            ],
            overdue: vec![period("2025-06-01", "2025-07-01")],
            extended: vec![period("2026-01-10", "2026-03-10")],
        }
    );
    let part = history(&terms(), &list, Some(day("2025-06-15")), day("2025-08-02")).expect("sound");
    assert_eq!(
        part,
        History {
            segments: vec![
                segment(800, 30_000, "2025-06-15", "2025-08-01"),
                segment(500, 30_000, "2025-08-01", "2025-08-02"),
            ],
            overdue: vec![period("2025-06-15", "2025-07-01")],
            extended: vec![],
        }
    );
    assert_eq!(history(&terms(), &[], None, day("2027-01-01")), Ok(History::default()));
}

#[test]
fn more_than_ninety_days_overdue_suggest_substandard_at_least() {
    let since = Some(day("2025-06-01"));
    let after = |days| overdue_days(since, day("2025-06-01") + Days::new(days));
    assert_eq!((after(0), after(90), after(91), overdue_days(None, day("2025-06-01"))), (0, 90, 91, 0));
    for (class, days, expected) in [
        (Normal, 90, None),
        (Normal, 91, Some(Substandard)),
        (SpecialMention, 91, Some(Substandard)),
        (Substandard, 400, None),
        (Loss, 400, None),
    ] {
        assert_eq!(suggested_class(class, days), expected, "{class} after {days} days");
    }
}

#[test]
fn a_reversed_entry_counts_no_more_and_a_reversal_is_final() {
    let entry = |seq: i64, kind, on: &str, amount_fen, reverses: Option<i64>| LoanEntry {
        id: LoanEntryId(seq.to_string()),
        loan_id: LoanId("l".into()),
        seq,
        kind,
        effective_on: day(on),
        amount_fen,
        rate_ppm: None,
        class: None,
        matures_on: None,
        reverses_id: reverses.map(|seq| LoanEntryId(seq.to_string())),
        note: None,
        created_by: String::new(),
        created_at: crate::platform::types::Stamp::new(chrono::DateTime::UNIX_EPOCH),
    };
    let entries = [
        entry(1, EntryKind::Drawdown, "2025-02-01", Some(500), None),
        entry(2, EntryKind::Repayment, "2025-03-01", Some(50), None),
        entry(3, EntryKind::Reversal, "2025-03-01", None, Some(2)),
        entry(4, EntryKind::Prepayment, "2025-02-20", Some(5), None),
    ];
    let postings = in_force(&entries).expect("sound rows");
    let expected = [(1, Drawdown(500)), (4, Repayment(5))];
    assert_eq!(postings.iter().map(|p| (p.seq, p.what)).collect::<Vec<_>>(), expected);
    assert!(may_reverse(&entries[0], false).is_ok());
    assert!(may_reverse(&entries[1], true).is_err() && may_reverse(&entries[2], false).is_err());
    assert!(in_force(&[entry(1, EntryKind::Drawdown, "2025-02-01", None, None)]).is_err());
}

/// Ledgers that hold: whatever does not fit is left out.
fn sound_ledgers() -> impl Strategy<Value = Vec<Posting>> {
    let what = prop_oneof![
        (1..400i64).prop_map(Drawdown),
        (1..400i64).prop_map(Repayment),
        (1..4i64).prop_map(|n| RateReset(n * 10_000)),
        Just(OverdueStart),
        Just(OverdueEnd),
        prop::sample::select(LoanClass::ALL.to_vec()).prop_map(ClassChange),
        (1..60u64).prop_map(|n| Extension(day("2026-01-10") + Days::new(n))),
    ];
    prop::collection::vec((0..400u64, what), 0..25).prop_map(|list| {
        let mut sound: Vec<Posting> = Vec::new();
        for (seq, (offset, what)) in (1..).zip(list) {
            let mut with = sound.clone();
            with.push(Posting { seq, on: day("2025-01-10") + Days::new(offset), what });
            with.sort_by_key(|posting| (posting.on, posting.seq));
            if standing(&terms(), &with).is_ok() {
                sound = with;
            }
        }
        sound
    })
}

/// What is owed on a day, counted from the postings alone.
fn owed_on(postings: &[Posting], on: NaiveDate) -> i64 {
    let amount = |posting: &Posting| match posting.what {
        Drawdown(fen) => fen,
        Repayment(fen) => -fen,
        _ => 0,
    };
    postings.iter().filter(|posting| posting.on <= on).map(amount).sum()
}

fn days_of(history: &History) -> Vec<(NaiveDate, i64, i64)> {
    let days = |s: &LoanSegment| {
        let (principal, rate, to) = (s.principal_fen, s.rate_ppm, s.to);
        s.from.iter_days().take_while(move |d| *d < to).map(move |d| (d, principal, rate))
    };
    history.segments.iter().flat_map(days).collect()
}

proptest! {
    #[test]
    fn a_balance_is_never_negative_and_never_above_the_principal(ledger in sound_ledgers()) {
        for (_, standing) in walk(&terms(), &ledger).expect("sound") {
            prop_assert!((0..=1_000).contains(&standing.balance_fen) && standing.drawn_fen <= 1_000);
            prop_assert!(standing.overdue_since.is_none() || standing.balance_fen > 0);
        }
    }

    #[test]
    fn a_reversal_restores_what_was_before(ledger in sound_ledgers(), fen in 1..400i64, offset in 0..400u64) {
        let before = standing(&terms(), &ledger);
        let mut with = ledger.clone();
        with.push(Posting { seq: 99, on: day("2025-01-10") + Days::new(offset), what: Repayment(fen) });
        with.sort_by_key(|posting| (posting.on, posting.seq));
        with.retain(|posting| posting.seq != 99);
        prop_assert_eq!(standing(&terms(), &with), before);
    }

    #[test]
    fn the_segments_say_for_every_day_what_was_owed(ledger in sound_ledgers()) {
        let whole = history(&terms(), &ledger, None, day("2026-12-31")).expect("sound");
        let due_on = standing(&terms(), &ledger).expect("sound").due_on;
        let days = days_of(&whole);
        let owed: Vec<_> = terms().signed_on.iter_days().take_while(|d| *d < due_on)
            .map(|d| (d, owed_on(&ledger, d))).filter(|(_, fen)| *fen > 0).collect();
        prop_assert_eq!(days.iter().map(|(d, fen, _)| (*d, *fen)).collect::<Vec<_>>(), owed);
        for pair in whole.segments.windows(2) {
            prop_assert!(pair[0].to <= pair[1].from);
            prop_assert!(!pair[0].goes_on_in(&pair[1]), "neighbours differ");
        }
    }

    #[test]
    fn cutting_the_window_changes_no_day(ledger in sound_ledgers(), cut in 0..500u64) {
        let (cut, end) = (day("2025-01-10") + Days::new(cut), day("2026-12-31"));
        let whole = history(&terms(), &ledger, None, end).expect("sound");
        let (left, right) = (
            history(&terms(), &ledger, None, cut).expect("sound"),
            history(&terms(), &ledger, Some(cut), end).expect("sound"),
        );
        prop_assert_eq!([days_of(&left), days_of(&right)].concat(), days_of(&whole));
        let mut merged = left.segments;
        right.segments.into_iter().for_each(|segment| extend(&mut merged, segment));
        prop_assert_eq!(merged, whole.segments);
        let mut merged = left.overdue;
        right.overdue.into_iter().for_each(|period| extend(&mut merged, period));
        prop_assert_eq!(merged, whole.overdue);
    }
}
