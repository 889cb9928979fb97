use diesel::prelude::*;

use crate::platform::conn::Conn;
use crate::schema::subsidy_budgets as budgets;
use crate::subsidies::model::Budget;

/// One a year: a short list.
pub fn list_budgets(conn: &mut Conn) -> QueryResult<Vec<Budget>> {
    budgets::table.order(budgets::year.desc()).select(Budget::as_select()).load(conn)
}

pub fn find_budget(conn: &mut Conn, year: i32) -> QueryResult<Option<Budget>> {
    budgets::table.find(year).select(Budget::as_select()).first(conn).optional()
}

pub fn insert_budget(conn: &mut Conn, row: &Budget) -> QueryResult<()> {
    diesel::insert_into(budgets::table).values(row).execute(conn).map(drop)
}

pub fn update_budget(conn: &mut Conn, row: &Budget) -> QueryResult<()> {
    diesel::update(budgets::table.find(row.year)).set(row).execute(conn).map(drop)
}
