//! Those a loan names without owning them: borrowers.

use diesel::prelude::*;

use crate::enterprises::model::{Enterprise, EnterpriseId};
use crate::platform::conn::Conn;
use crate::schema::enterprises;

pub fn find_enterprise(conn: &mut Conn, id: &EnterpriseId) -> QueryResult<Option<Enterprise>> {
    enterprises::table.find(id).select(Enterprise::as_select()).first(conn).optional()
}

pub fn find_enterprise_by_code(conn: &mut Conn, credit_code: &str) -> QueryResult<Option<Enterprise>> {
    enterprises::table
        .filter(enterprises::credit_code.eq(credit_code))
        .select(Enterprise::as_select())
        .first(conn)
        .optional()
}
