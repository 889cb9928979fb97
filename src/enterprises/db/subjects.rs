//! Whose a record is, for lists of records of several kinds.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::platform::conn::Conn;
use crate::schema::{
    applications, compensation_claims, draws, enterprises, memberships, panels, rechecks, rounds, subsidy_claims,
    subsidy_claw_backs, support_items,
};

/// By the records' ids: the name of the enterprise, of what belongs to a round the round's. One query for each kind that occurs; a kind
/// that belongs to neither has no name.
pub fn list_subject_names<'a>(
    conn: &mut Conn,
    subjects: impl Iterator<Item = (&'a str, &'a str)>,
) -> QueryResult<BTreeMap<String, String>> {
    let mut by_kind: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (kind, id) in subjects {
        by_kind.entry(kind).or_default().push(id);
    }
    let mut names = BTreeMap::new();
    for (kind, ids) in by_kind {
        macro_rules! of {
            ($table:ident) => {
                $table::table
                    .inner_join(enterprises::table)
                    .filter($table::id.eq_any(ids))
                    .select(($table::id, enterprises::name))
                    .load(conn)?
            };
        }
        let found: Vec<(String, String)> = match kind {
            "enterprise" => enterprises::table
                .filter(enterprises::id.eq_any(ids))
                .select((enterprises::id, enterprises::name))
                .load(conn)?,
            // A feedback is known by its application.
            "application" | "feedback" => of!(applications),
            "membership" => of!(memberships),
            "recheck" => of!(rechecks),
            "support_item" => of!(support_items),
            "subsidy_claim" => of!(subsidy_claims),
            "compensation_claim" => of!(compensation_claims),
            "subsidy_claw_back" => subsidy_claw_backs::table
                .inner_join(subsidy_claims::table.on(subsidy_claims::id.eq(subsidy_claw_backs::claim_id)))
                .inner_join(enterprises::table.on(enterprises::id.eq(subsidy_claims::enterprise_id)))
                .filter(subsidy_claw_backs::id.eq_any(ids))
                .select((subsidy_claw_backs::id, enterprises::name))
                .load(conn)?,
            "round" => rounds::table.filter(rounds::id.eq_any(ids)).select((rounds::id, rounds::name)).load(conn)?,
            "draw" => draws::table
                .inner_join(rounds::table.on(rounds::id.eq(draws::round_id)))
                .filter(draws::id.eq_any(ids))
                .select((draws::id, rounds::name))
                .load(conn)?,
            "panel" => panels::table
                .inner_join(rounds::table.on(rounds::id.eq(panels::round_id)))
                .filter(panels::id.eq_any(ids))
                .select((panels::id, rounds::name))
                .load(conn)?,
            _ => Vec::new(),
        };
        names.extend(found);
    }
    Ok(names)
}
