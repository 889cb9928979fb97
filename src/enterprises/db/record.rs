use diesel::prelude::*;

use crate::enterprises::model::Enterprise;
use crate::platform::conn::Conn;
use crate::schema::enterprises;

pub fn find_by_credit_code(conn: &mut Conn, code: &str) -> QueryResult<Option<Enterprise>> {
    enterprises::table.filter(enterprises::credit_code.eq(code)).select(Enterprise::as_select()).first(conn).optional()
}

pub fn insert_enterprise(conn: &mut Conn, row: &Enterprise) -> QueryResult<()> {
    diesel::insert_into(enterprises::table).values(row).execute(conn).map(drop)
}
