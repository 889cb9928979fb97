use diesel::prelude::*;

use super::Backend;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::loan_schemes as schemes;
use crate::talent_loans::model::*;

type Boxed<'a> = schemes::BoxedQuery<'a, Backend>;

fn filtered(params: &ListLoanSchemesParams) -> Boxed<'_> {
    let query = schemes::table.into_boxed();
    match params.state {
        Some(state) => query.filter(schemes::state.eq(state)),
        None => query,
    }
}

/// Newest first.
pub fn list_schemes(
    conn: &mut Conn,
    params: &ListLoanSchemesParams,
    page: &PageRequest<LoanSchemeId>,
) -> QueryResult<Vec<LoanScheme>> {
    let mut query = filtered(params);
    if let Some(after) = &page.after {
        query = query.filter(schemes::id.lt(after));
    }
    query.order(schemes::id.desc()).limit(page.fetch()).select(LoanScheme::as_select()).load(conn)
}

pub fn count_schemes(conn: &mut Conn, params: &ListLoanSchemesParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

pub fn find_scheme(conn: &mut Conn, id: &LoanSchemeId) -> QueryResult<LoanScheme> {
    schemes::table.find(id).select(LoanScheme::as_select()).first(conn)
}

pub fn find_revision(conn: &mut Conn, code: &str, revision: i32) -> QueryResult<Option<LoanScheme>> {
    schemes::table
        .filter(schemes::code.eq(code))
        .filter(schemes::revision.eq(revision))
        .select(LoanScheme::as_select())
        .first(conn)
        .optional()
}

/// All that ever were published: one or two a year. The latest to take effect comes first, of one day the newest revision.
pub fn list_published(conn: &mut Conn) -> QueryResult<Vec<LoanScheme>> {
    schemes::table
        .filter(schemes::state.eq(SchemeState::Published))
        .order((schemes::effective_from.desc(), schemes::id.desc()))
        .select(LoanScheme::as_select())
        .load(conn)
}

pub fn insert_scheme(conn: &mut Conn, row: &LoanScheme) -> QueryResult<()> {
    diesel::insert_into(schemes::table).values(row).execute(conn).map(drop)
}

pub fn update_scheme(conn: &mut Conn, row: &LoanScheme) -> QueryResult<()> {
    diesel::update(schemes::table.find(&row.id)).set(row).execute(conn).map(drop)
}
