use chrono::NaiveDate;
use diesel::dsl::min;
use diesel::prelude::*;

use super::model::{
    BookEntry, ClosedPeriod, Direction, Explanation, ListClosedPeriodsParams, MoneyAccount, OpenPayment, StatementLine,
};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::types::Doc;
use crate::risk_pool::model::TransactionKind;
use crate::schema::{
    closed_periods, difference_explanations as explanations, pool_transactions, statement_lines as lines,
    subsidy_payments as payments, subsidy_repayments as repayments,
};
use crate::subsidies::model::{PayeeAccount, PaymentState};

pub fn insert_lines(conn: &mut Conn, rows: &[StatementLine]) -> QueryResult<()> {
    // The combined connection has no batch insert.
    crate::each!(conn, c => diesel::insert_into(lines::table).values(rows).execute(c)).map(drop)
}

pub fn list_lines(
    conn: &mut Conn,
    account: MoneyAccount,
    from: NaiveDate,
    to: NaiveDate,
) -> QueryResult<Vec<StatementLine>> {
    lines::table
        .filter(lines::account.eq(account))
        .filter(lines::booked_on.between(from, to))
        .order((lines::booked_on, lines::id))
        .select(StatementLine::as_select())
        .load(conn)
}

pub fn list_by_vouchers(conn: &mut Conn, account: MoneyAccount, vouchers: &[&str]) -> QueryResult<Vec<StatementLine>> {
    lines::table
        .filter(lines::account.eq(account))
        .filter(lines::voucher_no.eq_any(vouchers))
        .select(StatementLine::as_select())
        .load(conn)
}

/// What the books say moved, in their order.
pub fn list_entries(
    conn: &mut Conn,
    account: MoneyAccount,
    from: NaiveDate,
    to: NaiveDate,
) -> QueryResult<Vec<BookEntry>> {
    match account {
        MoneyAccount::Subsidy => list_subsidy_entries(conn, from, to),
        MoneyAccount::Pool => list_pool_entries(conn, from, to),
    }
}

fn list_subsidy_entries(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<BookEntry>> {
    type Paid = (String, Option<NaiveDate>, i64, Option<String>, Doc<PayeeAccount>);
    let paid: Vec<Paid> = payments::table
        .filter(payments::state.eq(PaymentState::Paid))
        .filter(payments::paid_on.between(from, to))
        .order((payments::paid_on, payments::id))
        .select((payments::id, payments::paid_on, payments::amount_fen, payments::voucher_no, payments::payee))
        .load(conn)?;
    let back: Vec<(String, NaiveDate, i64, String)> = repayments::table
        .filter(repayments::received_on.between(from, to))
        .order((repayments::received_on, repayments::id))
        .select((repayments::id, repayments::received_on, repayments::amount_fen, repayments::voucher_no))
        .load(conn)?;
    let paid = paid.into_iter().filter_map(|(id, on, amount_fen, voucher_no, payee)| {
        Some(BookEntry {
            kind: "subsidy_payment".into(),
            id,
            on: on?,
            direction: Direction::Out,
            amount_fen,
            voucher_no: voucher_no?,
            counterparty_account: payee.read().ok().map(|account| account.number),
        })
    });
    let back = back.into_iter().map(|(id, on, amount_fen, voucher_no)| BookEntry {
        kind: "subsidy_repayment".into(),
        id,
        on,
        direction: Direction::In,
        amount_fen,
        voucher_no,
        counterparty_account: None,
    });
    Ok(paid.chain(back).collect())
}

/// Commitments, releases and corrections move no money at the bank.
fn list_pool_entries(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<BookEntry>> {
    type Row = (String, NaiveDate, TransactionKind, i64, Option<String>);
    let rows: Vec<Row> = pool_transactions::table
        .filter(pool_transactions::booked_on.between(from, to))
        .filter(pool_transactions::voucher_no.is_not_null())
        .order((pool_transactions::booked_on, pool_transactions::id))
        .select((
            pool_transactions::id,
            pool_transactions::booked_on,
            pool_transactions::kind,
            pool_transactions::amount_fen,
            pool_transactions::voucher_no,
        ))
        .load(conn)?;
    let entry = |(id, on, kind, amount_fen, voucher_no): Row| {
        let direction = match kind {
            TransactionKind::Payout | TransactionKind::Refund => Direction::Out,
            _ => Direction::In,
        };
        let kind = "pool_transaction".into();
        Some(BookEntry { kind, id, on, direction, amount_fen, voucher_no: voucher_no?, counterparty_account: None })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

pub fn list_open_payments(conn: &mut Conn) -> QueryResult<Vec<OpenPayment>> {
    let rows: Vec<(String, i64, Doc<PayeeAccount>)> = payments::table
        .filter(payments::state.eq(PaymentState::Pending))
        .order(payments::id)
        .select((payments::id, payments::amount_fen, payments::payee))
        .load(conn)?;
    let open = |(id, amount_fen, payee): (String, i64, Doc<PayeeAccount>)| {
        Some(OpenPayment { id, amount_fen, counterparty_account: payee.read().ok()?.number })
    };
    Ok(rows.into_iter().filter_map(open).collect())
}

pub fn list_explanations(conn: &mut Conn, keys: &[&str]) -> QueryResult<Vec<Explanation>> {
    explanations::table.filter(explanations::difference.eq_any(keys)).select(Explanation::as_select()).load(conn)
}

pub fn insert_explanation(conn: &mut Conn, row: &Explanation) -> QueryResult<()> {
    diesel::insert_into(explanations::table).values(row).execute(conn).map(drop)
}

pub fn insert_closed(conn: &mut Conn, row: &ClosedPeriod) -> QueryResult<()> {
    diesel::insert_into(closed_periods::table).values(row).execute(conn).map(drop)
}

pub fn find_closed(conn: &mut Conn, account: MoneyAccount, period: &str) -> QueryResult<Option<ClosedPeriod>> {
    closed_periods::table.find((account, period)).select(ClosedPeriod::as_select()).first(conn).optional()
}

/// The name of the closed period a day lies in.
pub fn find_closed_on(conn: &mut Conn, account: MoneyAccount, day: NaiveDate) -> QueryResult<Option<String>> {
    closed_periods::table
        .filter(closed_periods::account.eq(account))
        .filter(closed_periods::starts_on.le(day))
        .filter(closed_periods::ends_on.ge(day))
        .order(closed_periods::starts_on.desc())
        .select(closed_periods::period)
        .first(conn)
        .optional()
}

/// Newest first.
pub fn list_closed(
    conn: &mut Conn,
    params: &ListClosedPeriodsParams,
    page: &PageRequest<(NaiveDate, String, MoneyAccount)>,
) -> QueryResult<Vec<ClosedPeriod>> {
    let mut query = closed_periods::table.into_boxed();
    if let Some(account) = params.account {
        query = query.filter(closed_periods::account.eq(account));
    }
    if let Some((starts_on, period, account)) = &page.after {
        let later = closed_periods::starts_on.lt(starts_on);
        let same = closed_periods::starts_on.eq(starts_on);
        let same_period = closed_periods::period.eq(period).and(closed_periods::account.lt(account));
        query = query.filter(later.or(same.and(closed_periods::period.lt(period).or(same_period))));
    }
    query
        .order((closed_periods::starts_on.desc(), closed_periods::period.desc(), closed_periods::account.desc()))
        .limit(page.fetch())
        .select(ClosedPeriod::as_select())
        .load(conn)
}

/// The first day money moved at all, by bank or books.
pub fn find_first_day(conn: &mut Conn, account: MoneyAccount) -> QueryResult<Option<NaiveDate>> {
    let of_lines: Option<NaiveDate> =
        lines::table.filter(lines::account.eq(account)).select(min(lines::booked_on)).first(conn)?;
    let of_books: Vec<Option<NaiveDate>> = match account {
        MoneyAccount::Subsidy => vec![
            payments::table.select(min(payments::paid_on)).first(conn)?,
            repayments::table.select(min(repayments::received_on)).first(conn)?,
        ],
        MoneyAccount::Pool => vec![pool_transactions::table.select(min(pool_transactions::booked_on)).first(conn)?],
    };
    Ok(of_books.into_iter().chain([of_lines]).flatten().min())
}
