//! The pieces of names that substring search starts from.

use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::platform::conn::Conn;
use crate::schema::enterprise_name_grams as grams;

/// Rows of two columns that one statement takes: below the limit on parameters of either database.
const BATCH: usize = 5_000;

pub fn insert_grams(conn: &mut Conn, pieces: &[(String, EnterpriseId)]) -> QueryResult<()> {
    for batch in pieces.chunks(BATCH) {
        let rows: Vec<_> = batch.iter().map(|(gram, id)| (grams::gram.eq(gram), grams::enterprise_id.eq(id))).collect();
        // The combined connection has no batch insert.
        crate::each!(conn, c => diesel::insert_into(grams::table).values(&rows).execute(c))?;
    }
    Ok(())
}

pub fn delete_grams(conn: &mut Conn, ids: &[EnterpriseId]) -> QueryResult<()> {
    for batch in ids.chunks(BATCH) {
        diesel::delete(grams::table.filter(grams::enterprise_id.eq_any(batch))).execute(conn)?;
    }
    Ok(())
}
