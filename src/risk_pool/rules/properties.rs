//! Laws of the pool under any sequence of operations, in any order, refused ones included.

use proptest::prelude::*;

use super::claims::serve;
use super::ledger::{
    Balances, LedgerFault, allocation, apply, commitment, interest, payout, recovery, refund, release,
};
use crate::platform::money::allocate;
use crate::risk_pool::model::{Account, FiscalLevel, Line};

#[derive(Debug, Clone)]
enum Op {
    Allocate(i64),
    Interest(i64),
    Refund(i64),
    Admit(i64),
    /// Pays so many parts per hundred of what is committed to a claim.
    Pay(usize, i64),
    Refuse(usize),
    Recover(usize, i64),
}

#[derive(Debug, Clone, Default)]
struct Claim {
    entitled: i64,
    committed: i64,
    paid: i64,
    queued: i64,
    refused: bool,
}

#[derive(Default)]
struct Pool {
    balances: Balances,
    postings: Vec<Line>,
    /// In the order of admission.
    claims: Vec<Claim>,
}

impl Pool {
    fn book(&mut self, lines: Vec<Line>) -> Result<(), LedgerFault> {
        let after = apply(&self.balances, &lines)?;
        self.balances.extend(after);
        self.postings.extend(lines);
        Ok(())
    }

    fn of(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or(0)
    }

    fn serve(&mut self) {
        let wanted: Vec<i64> = self.claims.iter().map(|claim| claim.queued).collect();
        for (at, given) in serve(self.of(Account::Available), &wanted).into_iter().enumerate() {
            if given > 0 {
                self.book(commitment(given)).expect("no more is given than is available");
                self.claims[at].committed += given;
                self.claims[at].queued -= given;
            }
        }
    }

    fn run(&mut self, op: &Op) {
        let n = self.claims.len().max(1);
        let booked = match op {
            Op::Allocate(fen) => self.book(allocation(FiscalLevel::District, *fen)),
            Op::Interest(fen) => self.book(interest(*fen)),
            Op::Refund(fen) => self.book(refund(FiscalLevel::City, *fen)),
            Op::Admit(fen) => {
                self.claims.push(Claim { entitled: *fen, queued: *fen, ..Claim::default() });
                Ok(())
            }
            Op::Pay(at, share) => match self.claims.get(at % n).map(|claim| claim.committed * share / 100) {
                Some(fen) if fen > 0 => {
                    let by_level = allocate(fen, &[6, 4]);
                    let done =
                        self.book(payout(&[(FiscalLevel::City, by_level[0]), (FiscalLevel::District, by_level[1])]));
                    let claim = &mut self.claims[at % n];
                    claim.committed -= fen;
                    claim.paid += fen;
                    done
                }
                _ => Ok(()),
            },
            Op::Refuse(at) => match self.claims.get(at % n).cloned() {
                Some(claim) if claim.paid == 0 && !claim.refused => {
                    self.claims[at % n] = Claim { refused: true, ..Claim::default() };
                    if claim.committed > 0 { self.book(release(claim.committed)) } else { Ok(()) }
                }
                _ => Ok(()),
            },
            Op::Recover(at, fen) => match self.claims.get(at % n).map(|claim| claim.paid.min(*fen)) {
                Some(fen) if fen > 0 => self.book(recovery(&[(FiscalLevel::District, fen)])),
                _ => Ok(()),
            },
        };
        // Only the refund may find too little: everything else takes what was set aside for it.
        assert!(booked.is_ok() || matches!(op, Op::Refund(_)), "{op:?}: {booked:?}");
        self.serve();
    }
}

fn op() -> impl Strategy<Value = Op> {
    let fen = || 1..1_000_000i64;
    prop_oneof![
        fen().prop_map(Op::Allocate),
        fen().prop_map(Op::Interest),
        fen().prop_map(Op::Refund),
        fen().prop_map(Op::Admit),
        fen().prop_map(Op::Admit),
        (0..20usize, 1..=100i64).prop_map(|(at, share)| Op::Pay(at, share)),
        (0..20usize).prop_map(Op::Refuse),
        (0..20usize, fen()).prop_map(|(at, fen)| Op::Recover(at, fen)),
    ]
}

proptest! {
    #[test]
    fn the_ledger_sums_to_zero_and_the_pool_is_never_negative(ops in prop::collection::vec(op(), 0..80)) {
        let mut pool = Pool::default();
        for op in &ops {
            pool.run(op);
            prop_assert_eq!(pool.balances.values().sum::<i64>(), 0);
            prop_assert_eq!(pool.postings.iter().map(|line| line.amount_fen).sum::<i64>(), 0);
            let (available, committed) = (pool.of(Account::Available), pool.of(Account::Committed));
            prop_assert!(available >= 0 && committed >= 0);
            prop_assert_eq!(committed, pool.claims.iter().map(|claim| claim.committed).sum::<i64>());
            for claim in &pool.claims {
                prop_assert!(claim.refused || claim.committed + claim.paid + claim.queued == claim.entitled);
            }
            // Nobody waits while there is money, and nobody behind has any while somebody in front has none.
            prop_assert!(available == 0 || pool.claims.iter().all(|claim| claim.queued == 0));
        }
    }

    #[test]
    fn the_queue_is_served_in_its_order(available in 0..10_000i64, queue in prop::collection::vec(1..1_000i64, 0..40)) {
        let given = serve(available, &queue);
        prop_assert_eq!(given.iter().sum::<i64>(), available.min(queue.iter().sum()));
        for at in 1..queue.len() {
            prop_assert!(given[at] == 0 || given[at - 1] == queue[at - 1], "{} came before {}", at, at - 1);
        }
    }
}
