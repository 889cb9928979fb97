//! Proving the balances: they are kept, so they are checked.

use std::collections::BTreeMap;

use super::ledger;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::risk_pool::db;
use crate::risk_pool::model::{Account, PoolCheckView, PoolFault};

const MOST_FAULTS: i64 = 100;

/// Every transaction against zero, every balance against its postings, what is committed against the claims. Changes nothing.
pub fn check_balances(cx: &mut Cx) -> Result<PoolCheckView, AppError> {
    let mut faults: Vec<PoolFault> = db::ledger::list_unbalanced(cx.conn, MOST_FAULTS)?
        .into_iter()
        .map(|(transaction_id, sum_fen)| PoolFault::Unbalanced { transaction_id, sum_fen })
        .collect();
    let balances = ledger::balances(cx)?;
    let sums: BTreeMap<Account, i64> = db::ledger::list_posting_sums(cx.conn)?.into_iter().collect();
    for account in Account::ALL {
        let of = |side: &BTreeMap<Account, i64>| side.get(account).copied().unwrap_or(0);
        let (balance_fen, postings_fen) = (of(&balances), of(&sums));
        if balance_fen != postings_fen {
            faults.push(PoolFault::Balance { account: *account, balance_fen, postings_fen });
        }
    }
    let committed_fen = balances.get(&Account::Committed).copied().unwrap_or(0);
    let claims_fen = db::ledger::sum_of_commitments(cx.conn)?;
    if committed_fen != claims_fen {
        faults.push(PoolFault::Commitments { committed_fen, claims_fen });
    }
    Ok(PoolCheckView { balanced: faults.is_empty(), postings: db::ledger::count_postings(cx.conn)?, faults })
}
