//! The pieces of names that substring search starts from.

use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::platform::conn::Conn;
use crate::schema::enterprise_name_grams as grams;

/// Rows of two columns that one statement takes: below the limit on parameters of either database.
const BATCH: usize = 5_000;
/// As many candidates are simply looked at one by one.
const FEW: i64 = 400;
/// So few that no rarer piece is worth asking for.
const ENOUGH: usize = 20;

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

/// Part of a name, and where to begin looking for it.
pub struct Search {
    /// A LIKE pattern with `\` as its escape.
    pub like: String,
    pub start: Start,
}

/// Where a search begins.
pub enum Start {
    /// The piece is rare: these enterprises have it, and no others.
    Few(Vec<EnterpriseId>),
    /// Every piece is common, this one least of all in doubt: walk the list in its order and look who has it.
    Many(String),
}

/// Begins with the rarest of the pieces. None of them costs more than [`FEW`] index entries to judge.
pub fn begin_search(conn: &mut Conn, probes: &[String]) -> QueryResult<Option<Start>> {
    let mut rarest: Option<(&String, Vec<EnterpriseId>)> = None;
    for probe in probes {
        let ids: Vec<EnterpriseId> =
            grams::table.filter(grams::gram.eq(probe)).select(grams::enterprise_id).limit(FEW + 1).load(conn)?;
        let done = ids.len() <= ENOUGH;
        if rarest.as_ref().is_none_or(|(_, best)| ids.len() < best.len()) {
            rarest = Some((probe, ids));
        }
        if done {
            break;
        }
    }
    Ok(rarest.map(|(probe, ids)| if ids.len() as i64 <= FEW { Start::Few(ids) } else { Start::Many(probe.clone()) }))
}
