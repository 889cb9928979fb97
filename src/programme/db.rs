use chrono::NaiveDate;
use diesel::prelude::*;

use super::document::RuleSet;
use super::model::{ListRuleSetsParams, RuleSetHead, RuleSetId, RuleSetPatch, RuleSetRow, RuleSetState};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::platform::types::{Doc, Stamp};
use crate::schema::rule_sets;

type Boxed<'a> = rule_sets::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Drafts are for those who write and publish rule sets; a published one is for everybody who may look at all.
fn visible<'a>(scope: Scope) -> Boxed<'a> {
    let query = rule_sets::table.into_boxed();
    if scope.all { query } else { query.filter(rule_sets::state.eq(RuleSetState::Published)) }
}

fn filtered<'a>(scope: Scope, params: &ListRuleSetsParams) -> Boxed<'a> {
    let query = visible(scope);
    match params.state {
        Some(state) => query.filter(rule_sets::state.eq(state)),
        None => query,
    }
}

/// Newest first.
pub fn list_rule_sets(
    conn: &mut Conn,
    scope: Scope,
    params: &ListRuleSetsParams,
    page: &PageRequest<RuleSetId>,
) -> QueryResult<Vec<RuleSetHead>> {
    let mut query = filtered(scope, params);
    if let Some(after) = &page.after {
        query = query.filter(rule_sets::id.lt(after));
    }
    query.order(rule_sets::id.desc()).limit(page.fetch()).select(RuleSetHead::as_select()).load(conn)
}

pub fn count_rule_sets(conn: &mut Conn, scope: Scope, params: &ListRuleSetsParams) -> QueryResult<i64> {
    filtered(scope, params).count().get_result(conn)
}

pub fn find_rule_set(conn: &mut Conn, scope: Scope, id: &RuleSetId) -> QueryResult<RuleSetRow> {
    visible(scope).filter(rule_sets::id.eq(id)).select(RuleSetRow::as_select()).first(conn)
}

pub fn find_published_document(conn: &mut Conn, id: &RuleSetId) -> QueryResult<Doc<RuleSet>> {
    rule_sets::table
        .filter(rule_sets::id.eq(id))
        .filter(rule_sets::state.eq(RuleSetState::Published))
        .select(rule_sets::document)
        .first(conn)
}

/// The published one in force on a day: of several the one that took effect last, then the later revision.
pub fn find_in_force(conn: &mut Conn, on: NaiveDate) -> QueryResult<Option<RuleSetId>> {
    rule_sets::table
        .filter(rule_sets::state.eq(RuleSetState::Published))
        .filter(rule_sets::effective_from.le(on))
        .filter(rule_sets::effective_to.is_null().or(rule_sets::effective_to.ge(on)))
        .order((rule_sets::effective_from.desc(), rule_sets::revision.desc(), rule_sets::id.desc()))
        .select(rule_sets::id)
        .first(conn)
        .optional()
}

/// The published one that takes effect before all others.
pub fn find_first_published(conn: &mut Conn) -> QueryResult<RuleSetId> {
    rule_sets::table
        .filter(rule_sets::state.eq(RuleSetState::Published))
        .order((rule_sets::effective_from, rule_sets::id))
        .select(rule_sets::id)
        .first(conn)
}

pub fn count_published(conn: &mut Conn) -> QueryResult<i64> {
    rule_sets::table.filter(rule_sets::state.eq(RuleSetState::Published)).count().get_result(conn)
}

pub fn find_last_revision(conn: &mut Conn, code: &str) -> QueryResult<Option<i32>> {
    rule_sets::table.filter(rule_sets::code.eq(code)).select(diesel::dsl::max(rule_sets::revision)).first(conn)
}

pub fn insert_rule_set(conn: &mut Conn, row: &RuleSetRow) -> QueryResult<usize> {
    diesel::insert_into(rule_sets::table).values(row).execute(conn)
}

pub fn update_draft(conn: &mut Conn, id: &RuleSetId, patch: &RuleSetPatch) -> QueryResult<usize> {
    diesel::update(rule_sets::table.find(id)).set(patch).execute(conn)
}

pub fn update_published(conn: &mut Conn, id: &RuleSetId, by: &str, at: Stamp, version: i64) -> QueryResult<usize> {
    diesel::update(rule_sets::table.find(id))
        .set((
            rule_sets::state.eq(RuleSetState::Published),
            rule_sets::published_by.eq(by),
            rule_sets::published_at.eq(at),
            rule_sets::version.eq(version),
        ))
        .execute(conn)
}
