//! What may be booked: postings that sum to zero, and never more than the pool holds.
//!
//! The pool's money lies in two accounts, `available` and `committed`; its balance is both together, so what is available is the
//! balance less what is committed by construction.

use std::collections::BTreeMap;

use crate::error::{Code, Refusal};
use crate::platform::money::yuan_text;
use crate::risk_pool::model::{Account, FiscalLevel, Line, PoolLight};
use crate::say;
use crate::talent_loans::scheme::PoolLines;

/// Every account's sum of postings. An account that is missing stands at zero.
pub type Balances = BTreeMap<Account, i64>;

/// Accounts that hold the pool's money: neither goes below zero.
pub const MONEY: [Account; 2] = [Account::Available, Account::Committed];

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerFault {
    /// Fewer than two postings, a posting of zero, or a sum that is not zero.
    Unbalanced,
    /// Beyond what an account can hold.
    Overflow,
    /// The account holds less than is taken from it.
    Short { account: Account, held_fen: i64, taken_fen: i64 },
}

impl LedgerFault {
    /// What people can run into; the rest is a mistake of the program.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Short { held_fen, taken_fen, .. } => {
                let (held, taken) = (yuan_text(*held_fen), yuan_text(*taken_fen));
                let said = say!(
                    "风险池可用 {held} 元，不足 {taken} 元",
                    "the pool has {held} yuan for this, {taken} are asked for"
                );
                Some(Refusal::new(Code::PoolShort, said))
            }
            Self::Unbalanced | Self::Overflow => None,
        }
    }
}

/// The balances after the postings, of the accounts they touch.
pub fn apply(balances: &Balances, lines: &[Line]) -> Result<Balances, LedgerFault> {
    let sum: i128 = lines.iter().map(|line| i128::from(line.amount_fen)).sum();
    if lines.len() < 2 || sum != 0 || lines.iter().any(|line| line.amount_fen == 0) {
        return Err(LedgerFault::Unbalanced);
    }
    let mut after = Balances::new();
    for line in lines {
        let before = after.get(&line.account).or_else(|| balances.get(&line.account)).copied().unwrap_or(0);
        after.insert(line.account, before.checked_add(line.amount_fen).ok_or(LedgerFault::Overflow)?);
    }
    for account in MONEY {
        if after.get(&account).is_some_and(|fen| *fen < 0) {
            let held_fen = balances.get(&account).copied().unwrap_or(0);
            return Err(LedgerFault::Short { account, held_fen, taken_fen: held_fen - after[&account] });
        }
    }
    Ok(after)
}

/// From one account to another.
fn moved(from: Account, to: Account, amount_fen: i64) -> Vec<Line> {
    vec![Line { account: from, amount_fen: -amount_fen }, Line { account: to, amount_fen }]
}

pub fn allocation(level: FiscalLevel, amount_fen: i64) -> Vec<Line> {
    moved(Account::source(level), Account::Available, amount_fen)
}

pub fn interest(amount_fen: i64) -> Vec<Line> {
    moved(Account::Interest, Account::Available, amount_fen)
}

pub fn refund(level: FiscalLevel, amount_fen: i64) -> Vec<Line> {
    moved(Account::Available, Account::refunds(level), amount_fen)
}

pub fn commitment(amount_fen: i64) -> Vec<Line> {
    moved(Account::Available, Account::Committed, amount_fen)
}

pub fn release(amount_fen: i64) -> Vec<Line> {
    moved(Account::Committed, Account::Available, amount_fen)
}

pub fn payout(by_level: &[(FiscalLevel, i64)]) -> Vec<Line> {
    let out = Line { account: Account::Committed, amount_fen: -total(by_level) };
    std::iter::once(out).chain(lines(by_level, Account::payouts, 1)).collect()
}

pub fn recovery(by_level: &[(FiscalLevel, i64)]) -> Vec<Line> {
    let back = Line { account: Account::Available, amount_fen: total(by_level) };
    lines(by_level, Account::recoveries, -1).chain(std::iter::once(back)).collect()
}

fn total(by_level: &[(FiscalLevel, i64)]) -> i64 {
    by_level.iter().map(|(_, fen)| fen).sum()
}

/// A level whose share rounds to nothing has no posting.
fn lines(
    by_level: &[(FiscalLevel, i64)],
    account: fn(FiscalLevel) -> Account,
    sign: i64,
) -> impl Iterator<Item = Line> {
    let shares = by_level.iter().filter(|(_, fen)| *fen != 0);
    shares.map(move |(level, fen)| Line { account: account(*level), amount_fen: sign * fen })
}

/// Committed against balance, compared exactly. A claim that waits for money is red whatever the ratio.
pub fn light(balance_fen: i64, committed_fen: i64, queued_claims: i64, lines: PoolLines) -> PoolLight {
    let reaches = |ppm: i64| {
        committed_fen > 0 && i128::from(committed_fen) * 1_000_000 >= i128::from(ppm) * i128::from(balance_fen)
    };
    if queued_claims > 0 || reaches(lines.red_ppm) {
        PoolLight::Red
    } else if reaches(lines.amber_ppm) {
        PoolLight::Amber
    } else {
        PoolLight::Green
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balances(available: i64, committed: i64) -> Balances {
        Balances::from([(Account::Available, available), (Account::Committed, committed)])
    }

    #[test]
    fn every_kind_of_movement_sums_to_zero_and_lands_where_it_belongs() {
        let shares = [(FiscalLevel::City, 264_600_000), (FiscalLevel::District, 176_400_000)];
        let rows = [
            (allocation(FiscalLevel::City, 7), vec![(Account::SourceCity, -7), (Account::Available, 7)]),
            (interest(7), vec![(Account::Interest, -7), (Account::Available, 7)]),
            (refund(FiscalLevel::District, 7), vec![(Account::Available, -7), (Account::RefundsDistrict, 7)]),
            (commitment(7), vec![(Account::Available, -7), (Account::Committed, 7)]),
            (release(7), vec![(Account::Committed, -7), (Account::Available, 7)]),
            (
                payout(&shares),
                vec![
                    (Account::Committed, -441_000_000),
                    (Account::PayoutsCity, 264_600_000),
                    (Account::PayoutsDistrict, 176_400_000),
                ],
            ),
            (
                recovery(&[(FiscalLevel::City, 1), (FiscalLevel::District, 0)]),
                vec![(Account::RecoveriesCity, -1), (Account::Available, 1)],
            ),
        ];
        for (lines, expected) in rows {
            let seen: Vec<(Account, i64)> = lines.iter().map(|line| (line.account, line.amount_fen)).collect();
            assert_eq!(seen, expected);
            assert!(apply(&balances(1_000_000_000, 1_000_000_000), &lines).is_ok(), "{lines:?}");
        }
    }

    #[test]
    fn the_pool_never_gives_what_it_does_not_hold() {
        let short = apply(&balances(99, 0), &commitment(100));
        assert_eq!(short, Err(LedgerFault::Short { account: Account::Available, held_fen: 99, taken_fen: 100 }));
        assert_eq!(short.unwrap_err().refusal().map(|r| r.code), Some(Code::PoolShort));
        assert_eq!(apply(&balances(100, 0), &commitment(100)), Ok(balances(0, 100)));
        let over = payout(&[(FiscalLevel::City, 100)]);
        assert!(matches!(
            apply(&balances(500, 99), &over),
            Err(LedgerFault::Short { account: Account::Committed, .. })
        ));
    }

    #[test]
    fn what_does_not_balance_is_no_entry() {
        let line = |account, amount_fen| Line { account, amount_fen };
        for lines in [
            vec![],
            vec![line(Account::Available, 5)],
            vec![line(Account::Available, 5), line(Account::Interest, -4)],
            vec![line(Account::Available, 0), line(Account::Interest, 0)],
            vec![line(Account::Available, i64::MAX), line(Account::Interest, i64::MAX)],
        ] {
            assert_eq!(apply(&balances(0, 0), &lines), Err(LedgerFault::Unbalanced), "{lines:?}");
        }
        assert_eq!(apply(&balances(i64::MAX, 0), &interest(1)), Err(LedgerFault::Overflow));
    }

    #[test]
    fn the_lights_are_judged_exactly_and_a_queue_is_red() {
        let lines = PoolLines { amber_ppm: 600_000, red_ppm: 800_000 };
        for (balance, committed, queued, expected) in [
            (0, 0, 0, PoolLight::Green),
            (1_000_000, 599_999, 0, PoolLight::Green),
            (1_000_000, 600_000, 0, PoolLight::Amber),
            (1_000_000, 799_999, 0, PoolLight::Amber),
            (1_000_000, 800_000, 0, PoolLight::Red),
            (1_000_000, 0, 1, PoolLight::Red),
            (i64::MAX, i64::MAX, 0, PoolLight::Red),
        ] {
            assert_eq!(light(balance, committed, queued, lines), expected, "{committed} of {balance}");
        }
    }
}
