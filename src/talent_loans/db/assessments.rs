use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::{bank_assessments as assessments, banks, loans};
use crate::talent_loans::model::*;

/// Filed by that day and not assessed for it yet.
pub fn list_unassessed(conn: &mut Conn, quarter_end: NaiveDate) -> QueryResult<Vec<Bank>> {
    let done = assessments::table.filter(assessments::quarter_end.eq(quarter_end)).select(assessments::bank_id);
    banks::table
        .filter(banks::filed_on.le(quarter_end))
        .filter(diesel::dsl::not(banks::id.eq_any(done)))
        .order(banks::id)
        .select(Bank::as_select())
        .load(conn)
}

/// Loans with something owed by class: how many, and how much.
pub fn list_classes(conn: &mut Conn, bank: &BankId) -> QueryResult<Vec<(LoanClass, i64, i64)>> {
    loans::table
        .filter(loans::bank_id.eq(bank))
        .filter(loans::state.eq_any([LoanState::Active, LoanState::Overdue]))
        .group_by(loans::class)
        .select((loans::class, sql::<BigInt>("COUNT(*)"), sql::<BigInt>("CAST(SUM(balance_fen) AS BIGINT)")))
        .load(conn)
}

pub fn insert_assessment(conn: &mut Conn, row: &BankAssessment) -> QueryResult<()> {
    diesel::insert_into(assessments::table).values(row).execute(conn).map(drop)
}

/// The latest quarter first.
pub fn list_assessments(
    conn: &mut Conn,
    bank: &BankId,
    page: &PageRequest<NaiveDate>,
) -> QueryResult<Vec<BankAssessment>> {
    let mut query = assessments::table.filter(assessments::bank_id.eq(bank)).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(assessments::quarter_end.lt(after));
    }
    query.order(assessments::quarter_end.desc()).limit(page.fetch()).select(BankAssessment::as_select()).load(conn)
}
