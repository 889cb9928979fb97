//! The ledger of what was given: sound amounts, the budget line's limit, and money that seems to have come twice.

use chrono::NaiveDate;

use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::say;
use crate::support::model::{Delivery, DeliveryId, DeliveryKind, FlagGround};

/// A hundred billion yuan: above it somebody has mistaken the unit.
const MOST_FEN: i64 = 10_000_000_000_000;

pub fn check_amounts(faults: &mut Faults, row: &Delivery) {
    let money = row.kind == DeliveryKind::Money;
    if money {
        faults.range("/planned_fen", row.planned_fen, 1, MOST_FEN);
        faults.range("/approved_fen", row.approved_fen, 0, row.planned_fen.max(0));
        faults.range("/paid_fen", row.paid_fen, 0, row.approved_fen.max(0));
    } else {
        faults.range("/quantity", row.quantity, 1, 1_000_000_000);
    }
    let strange: &[(&str, i64)] = if money {
        &[("/quantity", row.quantity)]
    } else {
        &[("/planned_fen", row.planned_fen), ("/approved_fen", row.approved_fen), ("/paid_fen", row.paid_fen)]
    };
    for (pointer, value) in strange {
        if *value != 0 {
            faults.plain(*pointer, FieldCode::NotAllowed);
        }
    }
    match (row.period_from, row.period_to) {
        (Some(from), Some(to)) if from > to => faults.plain("/period_to", FieldCode::DateOrder),
        (Some(_), None) => faults.plain("/period_to", FieldCode::Required),
        (None, Some(_)) => faults.plain("/period_from", FieldCode::Required),
        _ => {}
    }
    for (pointer, text) in [("/invoice", &row.invoice), ("/contract", &row.contract), ("/cost_item", &row.cost_item)] {
        faults.text(pointer, text.as_deref().unwrap_or_default(), 0, 100);
    }
    faults.text("/programme", &row.programme, 2, 200);
}

/// Whether the line still holds what is wanted beside what is spoken for.
pub fn may_draw(line: &str, amount_fen: i64, spoken_for: i64, wanted: i64) -> Result<(), Refusal> {
    let left = i128::from(amount_fen) - i128::from(spoken_for);
    if i128::from(wanted) <= left {
        return Ok(());
    }
    let said = say!(
        "预算项“{line}”余额 {left} 分，不足 {wanted} 分",
        "budget line {line:?} has {left} fen left, not {wanted}"
    );
    Err(Refusal::new(Code::BudgetExceeded, said))
}

/// Numbers are compared as printed, whatever spaces and case they were typed with.
pub fn plain_number(text: &str) -> Option<String> {
    let plain: String = crate::platform::width::half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_uppercase();
    Some(plain).filter(|plain| !plain.is_empty())
}

/// Which of the other lines seem to pay for what this one pays for, and why. Only money comes twice.
pub fn double_funding(row: &Delivery, others: &[Delivery]) -> Vec<(DeliveryId, FlagGround)> {
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let money = |row: &Delivery| row.kind == DeliveryKind::Money;
    let mut found = Vec::new();
    for other in others.iter().filter(|other| other.id != row.id && money(other) && money(row)) {
        let grounds = [
            (FlagGround::Invoice, same(&row.invoice, &other.invoice)),
            (FlagGround::Contract, same(&row.contract, &other.contract)),
            (
                FlagGround::CostItem,
                row.enterprise_id == other.enterprise_id
                    && same(&row.cost_item, &other.cost_item)
                    && overlap(period(row), period(other)),
            ),
        ];
        found.extend(grounds.into_iter().filter(|(_, hit)| *hit).map(|(ground, _)| (other.id.clone(), ground)));
    }
    found
}

type Period = Option<(NaiveDate, NaiveDate)>;

fn period(row: &Delivery) -> Period {
    row.period_from.zip(row.period_to)
}

/// Both ends count. Without dates nothing is known to overlap.
fn overlap(a: Period, b: Period) -> bool {
    a.zip(b).is_some_and(|((a_from, a_to), (b_from, b_to))| a_from <= b_to && b_from <= a_to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enterprises::model::EnterpriseId;
    use crate::platform::clock::Clock;
    use crate::platform::types::Doc;
    use crate::support::model::{Category, DocumentRef, FundSource};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(id: &str) -> Delivery {
        let document =
            DocumentRef { title: "拨款文件".into(), number: None, issued_by: None, dated_on: None, sha256: None };
        Delivery {
            id: DeliveryId(id.into()),
            enterprise_id: EnterpriseId("e".into()),
            plan_id: None,
            item_id: None,
            budget_line: None,
            kind: DeliveryKind::Money,
            category: Category::Subsidy,
            programme: "研发补助".into(),
            source: FundSource::District,
            budget_year: 2026,
            planned_fen: 100,
            approved_fen: 0,
            paid_fen: 0,
            quantity: 0,
            document: Doc::of(&document),
            invoice: None,
            contract: None,
            cost_item: None,
            period_from: None,
            period_to: None,
            flagged: false,
            recorded_by: "u".into(),
            recorded_at: Clock::default().now(),
            version: 1,
        }
    }

    #[test]
    fn the_same_invoice_contract_or_cost_in_the_same_time_is_flagged_and_nothing_else() {
        type Change = fn(&mut Delivery, &mut Delivery);
        let cost = |row: &mut Delivery, from: &str, to: &str| {
            row.cost_item = Some("rent".into());
            (row.period_from, row.period_to) = (Some(day(from)), Some(day(to)));
        };
        let cases: [(Change, &[FlagGround]); 7] = [
            (|_, _| {}, &[]),
            (|a, b| (a.invoice, b.invoice) = (Some("1".into()), Some("1".into())), &[FlagGround::Invoice]),
            (|a, b| (a.contract, b.contract) = (Some("1".into()), Some("2".into())), &[]),
            (
                |a, b| {
                    (a.contract, b.contract) = (Some("1".into()), Some("1".into()));
                    b.enterprise_id = EnterpriseId("other".into());
                },
                &[FlagGround::Contract],
            ),
            (
                |a, b| {
                    (a.cost_item, b.cost_item) = (Some("rent".into()), Some("rent".into()));
                },
                &[],
            ),
            (
                |a, b| {
                    (a.invoice, b.invoice) = (Some("1".into()), Some("1".into()));
                    b.kind = DeliveryKind::Space;
                },
                &[],
            ),
            (|a, _| a.id = DeliveryId("b".into()), &[]),
        ];
        for (n, (change, expected)) in cases.into_iter().enumerate() {
            let (mut a, mut b) = (line("a"), line("b"));
            change(&mut a, &mut b);
            let grounds: Vec<_> = double_funding(&a, &[b]).into_iter().map(|(_, ground)| ground).collect();
            assert_eq!(grounds, expected, "case {n}");
        }
        for (from, to, hit) in [
            ("2026-06-30", "2026-12-31", true),
            ("2026-07-01", "2026-12-31", false),
            ("2025-01-01", "2026-01-01", true),
            ("2025-01-01", "2025-12-31", false),
        ] {
            let (mut a, mut b) = (line("a"), line("b"));
            cost(&mut a, "2026-01-01", "2026-06-30");
            cost(&mut b, from, to);
            assert_eq!(!double_funding(&a, &[b]).is_empty(), hit, "{from} to {to}");
        }
    }

    #[test]
    fn amounts_never_grow_on_their_way_to_the_enterprise() {
        let faults = |change: fn(&mut Delivery)| {
            let mut row = line("a");
            change(&mut row);
            let mut faults = Faults::default();
            check_amounts(&mut faults, &row);
            let fields = faults.done().err().map(|e| e.fields).unwrap_or_default();
            fields.into_iter().map(|f| (f.pointer, f.code)).collect::<Vec<_>>()
        };
        let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(faults(|_| {}), []);
        assert_eq!(faults(|row| row.approved_fen = 101), one("/approved_fen", "out_of_range"));
        assert_eq!(faults(|row| row.paid_fen = 1), one("/paid_fen", "out_of_range"));
        assert_eq!(faults(|row| row.quantity = 1), one("/quantity", "not_allowed"));
        assert_eq!(
            faults(|row| (row.kind, row.quantity) = (DeliveryKind::Space, 500)),
            one("/planned_fen", "not_allowed")
        );
        assert_eq!(faults(|row| row.period_from = Some(day("2026-01-01"))), one("/period_to", "required"));
    }

    #[test]
    fn numbers_are_the_same_however_they_were_typed() {
        assert_eq!(plain_number(" ab－１２ 3 "), Some("AB-123".into()));
        assert_eq!(plain_number("  "), None);
    }

    proptest! {
        #[test]
        fn double_funding_is_seen_from_both_lines(a in 0..4_u32, b in 0..4_u32, from_a in 0..30_u64, from_b in 0..30_u64, days in 0..10_u64) {
            let make = |id: &str, n: u32, from: u64| {
                let mut row = line(id);
                row.invoice = (n > 0).then(|| n.to_string());
                row.cost_item = (n > 1).then(|| "rent".to_owned());
                let start = day("2026-01-01") + chrono::Days::new(from);
                (row.period_from, row.period_to) = (Some(start), Some(start + chrono::Days::new(days)));
                row
            };
            let (a, b) = (make("a", a, from_a), make("b", b, from_b));
            let grounds = |x: &Delivery, y: &Delivery| -> Vec<FlagGround> {
                double_funding(x, std::slice::from_ref(y)).into_iter().map(|(_, ground)| ground).collect()
            };
            prop_assert_eq!(grounds(&a, &b), grounds(&b, &a));
        }

        #[test]
        fn a_budget_line_is_never_overdrawn(amount in 0..1000_i64, wanted in prop::collection::vec(1..200_i64, 0..20)) {
            let mut spoken_for = 0;
            for one in wanted {
                if may_draw("b1", amount, spoken_for, one).is_ok() {
                    spoken_for += one;
                }
                prop_assert!(spoken_for <= amount);
            }
        }
    }
}
