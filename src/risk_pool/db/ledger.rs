use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::risk_pool::model::{
    Account, Line, ListPoolTransactionsParams, PoolPosting, PoolTransaction, PoolTransactionId, TransactionKind,
};
use crate::schema::{compensation_claims, pool_accounts, pool_balances, pool_postings, pool_transactions};

type Boxed<'a> = pool_transactions::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Sums in both databases' own words: PostgreSQL adds bigints up to a numeric.
const SUM: &str = "CAST(SUM(amount_fen) AS BIGINT)";

/// Lets one transaction at a time book, from here to its end. SQLite has one writer anyway. On PostgreSQL the lock comes before
/// the snapshot when this is the first statement, so that whoever waited sees what the one before it booked instead of failing
/// at the end.
pub fn take_turn(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Pg(c) => diesel::sql_query("LOCK TABLE pool_balances IN EXCLUSIVE MODE").execute(c).map(drop),
    }
}

pub fn list_balances(conn: &mut Conn) -> QueryResult<Vec<(Account, i64)>> {
    pool_balances::table
        .select((pool_balances::account, pool_balances::balance_fen))
        .order(pool_balances::account)
        .load(conn)
}

pub fn update_balance(conn: &mut Conn, account: Account, balance_fen: i64) -> QueryResult<()> {
    let row = pool_balances::table.find(account);
    diesel::update(row).set(pool_balances::balance_fen.eq(balance_fen)).execute(conn).map(drop)
}

pub fn list_accounts(conn: &mut Conn) -> QueryResult<Vec<Account>> {
    pool_accounts::table.select(pool_accounts::code).order(pool_accounts::code).load(conn)
}

pub fn insert_transaction(conn: &mut Conn, transaction: &PoolTransaction, lines: &[Line]) -> QueryResult<()> {
    diesel::insert_into(pool_transactions::table).values(transaction).execute(conn)?;
    for (line, posting) in (1..).zip(lines) {
        let row = PoolPosting {
            transaction_id: transaction.id.clone(),
            line,
            account: posting.account,
            amount_fen: posting.amount_fen,
        };
        diesel::insert_into(pool_postings::table).values(&row).execute(conn)?;
    }
    Ok(())
}

pub fn find_transaction(conn: &mut Conn, id: &PoolTransactionId) -> QueryResult<PoolTransaction> {
    pool_transactions::table.find(id).select(PoolTransaction::as_select()).first(conn)
}

pub fn find_by_voucher(
    conn: &mut Conn,
    kind: TransactionKind,
    voucher: &str,
) -> QueryResult<Option<PoolTransactionId>> {
    pool_transactions::table
        .filter(pool_transactions::kind.eq(kind))
        .filter(pool_transactions::voucher_no.eq(voucher))
        .select(pool_transactions::id)
        .first(conn)
        .optional()
}

pub fn list_lines(conn: &mut Conn, id: &PoolTransactionId) -> QueryResult<Vec<Line>> {
    let rows: Vec<(Account, i64)> = pool_postings::table
        .filter(pool_postings::transaction_id.eq(id))
        .order(pool_postings::line)
        .select((pool_postings::account, pool_postings::amount_fen))
        .load(conn)?;
    Ok(rows.into_iter().map(|(account, amount_fen)| Line { account, amount_fen }).collect())
}

fn filtered<'a>(params: &'a ListPoolTransactionsParams) -> Boxed<'a> {
    let mut query = pool_transactions::table.into_boxed();
    if let Some(kind) = params.kind {
        query = query.filter(pool_transactions::kind.eq(kind));
    }
    if let Some(id) = &params.claim_id {
        let claim = pool_transactions::subject_kind.eq("compensation_claim").and(pool_transactions::subject_id.eq(id));
        query = query.filter(claim);
    }
    query
}

/// Newest first.
pub fn list_transactions(
    conn: &mut Conn,
    params: &ListPoolTransactionsParams,
    page: &PageRequest<PoolTransactionId>,
) -> QueryResult<Vec<PoolTransaction>> {
    let mut query = filtered(params);
    if let Some(after) = &page.after {
        query = query.filter(pool_transactions::id.lt(after));
    }
    query.order(pool_transactions::id.desc()).limit(page.fetch()).select(PoolTransaction::as_select()).load(conn)
}

pub fn count_transactions(conn: &mut Conn, params: &ListPoolTransactionsParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

pub fn count_postings(conn: &mut Conn) -> QueryResult<i64> {
    pool_postings::table.count().get_result(conn)
}

pub fn list_posting_sums(conn: &mut Conn) -> QueryResult<Vec<(Account, i64)>> {
    pool_postings::table
        .group_by(pool_postings::account)
        .select((pool_postings::account, sql::<BigInt>(SUM)))
        .load(conn)
}

pub fn list_unbalanced(conn: &mut Conn, limit: i64) -> QueryResult<Vec<(PoolTransactionId, i64)>> {
    pool_postings::table
        .group_by(pool_postings::transaction_id)
        .having(sql::<Bool>("SUM(amount_fen) <> 0"))
        .select((pool_postings::transaction_id, sql::<BigInt>(SUM)))
        .order(pool_postings::transaction_id)
        .limit(limit)
        .load(conn)
}

pub fn sum_of_commitments(conn: &mut Conn) -> QueryResult<i64> {
    compensation_claims::table.select(sql::<BigInt>("CAST(COALESCE(SUM(committed_fen), 0) AS BIGINT)")).first(conn)
}
