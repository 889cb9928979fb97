//! Line against entry. A voucher number is what ties them; nothing is taken for the same because it looks alike.

use std::collections::BTreeMap;

use crate::reconciliation::model::{
    BookDifference, BookEntry, DifferenceKind, OpenPayment, StatementLine, StatementLineView,
};

pub struct Outcome {
    pub matched: i64,
    pub differences: Vec<BookDifference>,
}

/// Every line and every entry is either matched in all its figures or in exactly one difference per figure that differs.
pub fn reconcile(lines: &[StatementLine], entries: &[BookEntry], open: &[OpenPayment]) -> Outcome {
    let mut by_voucher: BTreeMap<_, Vec<&BookEntry>> = BTreeMap::new();
    for entry in entries {
        by_voucher.entry((entry.direction, entry.voucher_no.as_str())).or_default().push(entry);
    }
    let mut outcome = Outcome { matched: 0, differences: Vec::new() };
    for line in lines {
        let of_voucher = by_voucher.get_mut(&(line.direction, line.voucher_no.as_str()));
        let Some(entry) = of_voucher.and_then(|found| (!found.is_empty()).then(|| found.remove(0))) else {
            let alike = |p: &&OpenPayment| {
                p.amount_fen == line.amount_fen && p.counterparty_account == line.counterparty_account
            };
            let candidate = open.iter().find(alike).map(|payment| payment.id.clone());
            outcome.differences.push(difference(DifferenceKind::NotInBooks, Some(line), None, candidate));
            continue;
        };
        let found: Vec<DifferenceKind> = differing(line, entry).collect();
        if found.is_empty() {
            outcome.matched += 1;
        }
        let of_pair = found.into_iter().map(|kind| difference(kind, Some(line), Some(entry), None));
        outcome.differences.extend(of_pair);
    }
    // What is left of each voucher, in the order of the books.
    for entry in entries {
        let left = by_voucher.get(&(entry.direction, entry.voucher_no.as_str()));
        if left.is_some_and(|left| left.iter().any(|other| std::ptr::eq(*other, entry))) {
            outcome.differences.push(difference(DifferenceKind::NotAtBank, None, Some(entry), None));
        }
    }
    outcome
}

fn differing(line: &StatementLine, entry: &BookEntry) -> impl Iterator<Item = DifferenceKind> {
    let elsewhere = entry
        .counterparty_account
        .as_ref()
        .is_some_and(|account| !line.counterparty_account.is_empty() && *account != line.counterparty_account);
    let kinds = [
        (DifferenceKind::Amount, line.amount_fen != entry.amount_fen),
        (DifferenceKind::Day, line.booked_on != entry.on),
        (DifferenceKind::Counterparty, elsewhere),
    ];
    kinds.into_iter().filter(|(_, differs)| *differs).map(|(kind, _)| kind)
}

fn difference(
    kind: DifferenceKind,
    line: Option<&StatementLine>,
    entry: Option<&BookEntry>,
    candidate: Option<String>,
) -> BookDifference {
    let voucher_no = line.map(|l| &l.voucher_no).or(entry.map(|e| &e.voucher_no)).cloned().unwrap_or_default();
    let bank = line.map(|l| format!("{}|{}|{}|{}", l.direction, l.booked_on, l.amount_fen, l.counterparty_account));
    let books = entry.map(|e| {
        let account = e.counterparty_account.as_deref().unwrap_or_default();
        format!("{}|{}|{}|{}|{}|{account}", e.kind, e.id, e.direction, e.on, e.amount_fen)
    });
    let side = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    BookDifference {
        key: format!("{kind}|{voucher_no}|{}|{}", side(bank), side(books)),
        kind,
        voucher_no,
        line: line.map(StatementLineView::from),
        entry: entry.cloned(),
        candidate,
        explained: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::platform::clock::Clock;
    use crate::reconciliation::model::{Direction, MoneyAccount, StatementLineId};

    fn line(voucher: &str, direction: Direction, day: u32, amount_fen: i64, to: &str) -> StatementLine {
        StatementLine {
            id: StatementLineId(format!("l-{voucher}-{direction}")),
            account: MoneyAccount::Subsidy,
            booked_on: on(day),
            direction,
            amount_fen,
            voucher_no: voucher.into(),
            counterparty: String::new(),
            counterparty_account: to.into(),
            memo: String::new(),
            imported_by: "u".into(),
            imported_at: Clock::default().now(),
        }
    }

    fn entry(voucher: &str, direction: Direction, day: u32, amount_fen: i64, to: Option<&str>) -> BookEntry {
        BookEntry {
            kind: "subsidy_payment".into(),
            id: format!("p-{voucher}"),
            on: on(day),
            direction,
            amount_fen,
            voucher_no: voucher.into(),
            counterparty_account: to.map(str::to_owned),
        }
    }

    fn on(day: u32) -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(2027, 1, day).expect("a day")
    }

    #[test]
    fn every_figure_that_differs_is_a_difference_of_its_own() {
        use Direction::{In, Out};
        let lines = [
            line("V-1", Out, 16, 100, "38"),
            line("V-2", Out, 16, 101, "38"),
            line("V-3", Out, 17, 100, "39"),
            line("V-4", Out, 16, 7, "40"),
            line("V-5", In, 16, 5, ""),
        ];
        let entries = [
            entry("V-1", Out, 16, 100, Some("38")),
            entry("V-2", Out, 16, 100, Some("38")),
            entry("V-3", Out, 16, 100, Some("38")),
            entry("V-5", Out, 16, 5, None),
            entry("V-6", Out, 16, 9, None),
        ];
        let open = [OpenPayment { id: "p-9".into(), amount_fen: 7, counterparty_account: "40".into() }];
        let found = reconcile(&lines, &entries, &open);
        let shown: Vec<_> =
            found.differences.iter().map(|d| (d.kind, d.voucher_no.as_str(), d.candidate.as_deref())).collect();
        use DifferenceKind::*;
        assert_eq!(found.matched, 1);
        assert_eq!(
            shown,
            [
                (Amount, "V-2", None),
                (Day, "V-3", None),
                (Counterparty, "V-3", None),
                (NotInBooks, "V-4", Some("p-9")),
                (NotInBooks, "V-5", None),
                (NotAtBank, "V-5", None),
                (NotAtBank, "V-6", None),
            ]
        );
    }

    #[test]
    fn an_explained_difference_is_another_one_when_a_figure_changes() {
        use Direction::Out;
        let key = |amount| {
            reconcile(&[line("V", Out, 1, amount, "")], &[entry("V", Out, 1, 100, None)], &[]).differences[0]
                .key
                .clone()
        };
        assert_eq!(key(101), key(101));
        assert_ne!(key(101), key(102));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_between_bank_and_books(
            lines in prop::collection::vec((0..6u8, 1..4i64), 0..8),
            entries in prop::collection::vec((0..6u8, 1..4i64), 0..8),
        ) {
            let mut seen = std::collections::BTreeSet::new();
            let lines: Vec<_> = lines.into_iter().filter(|(v, _)| seen.insert(*v))
                .map(|(v, fen)| line(&format!("V-{v}"), Direction::Out, 1, fen, "")).collect();
            let entries: Vec<_> =
                entries.into_iter().map(|(v, fen)| entry(&format!("V-{v}"), Direction::Out, 1, fen, None)).collect();
            let found = reconcile(&lines, &entries, &[]);
            let count = |kind| found.differences.iter().filter(|d| d.kind == kind).count() as i64;
            let pairs = found.matched + count(DifferenceKind::Amount);
            prop_assert_eq!(pairs + count(DifferenceKind::NotInBooks), lines.len() as i64);
            prop_assert_eq!(pairs + count(DifferenceKind::NotAtBank), entries.len() as i64);
        }
    }
}
