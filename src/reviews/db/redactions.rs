use diesel::prelude::*;

use crate::applications::model::SnapshotId;
use crate::platform::conn::Conn;
use crate::reviews::model::Redaction;
use crate::schema::redactions;

/// Of one submission: a later one begins without any.
pub fn find_redaction(conn: &mut Conn, snapshot: &SnapshotId) -> QueryResult<Option<Redaction>> {
    redactions::table.find(snapshot).select(Redaction::as_select()).first(conn).optional()
}

pub fn insert_redaction(conn: &mut Conn, row: &Redaction) -> QueryResult<()> {
    diesel::insert_into(redactions::table).values(row).execute(conn).map(drop)
}

pub fn update_redaction(conn: &mut Conn, row: &Redaction) -> QueryResult<()> {
    diesel::update(redactions::table.find(&row.snapshot_id)).set(row).execute(conn).map(drop)
}
