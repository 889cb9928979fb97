use diesel::prelude::*;

use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::loan_entries as entries;
use crate::talent_loans::model::*;

/// The whole ledger of a loan, as it was written.
pub fn list_ledger(conn: &mut Conn, loan: &LoanId) -> QueryResult<Vec<LoanEntry>> {
    entries::table.filter(entries::loan_id.eq(loan)).order(entries::seq).select(LoanEntry::as_select()).load(conn)
}

/// Newest first.
pub fn list_entries(conn: &mut Conn, loan: &LoanId, page: &PageRequest<i64>) -> QueryResult<Vec<LoanEntry>> {
    entries::table
        .filter(entries::loan_id.eq(loan))
        .filter(entries::seq.lt(page.after.unwrap_or(i64::MAX)))
        .order(entries::seq.desc())
        .limit(page.fetch())
        .select(LoanEntry::as_select())
        .load(conn)
}

pub fn insert_entry(conn: &mut Conn, row: &LoanEntry) -> QueryResult<()> {
    diesel::insert_into(entries::table).values(row).execute(conn).map(drop)
}
