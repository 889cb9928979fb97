use diesel::prelude::*;

use super::model::{Round, RoundId};
use crate::platform::conn::Conn;
use crate::schema::rounds;

pub fn find_round(conn: &mut Conn, id: &RoundId) -> QueryResult<Round> {
    rounds::table.find(id).select(Round::as_select()).first(conn)
}
