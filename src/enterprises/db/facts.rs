use diesel::prelude::*;

use crate::enterprises::model::{EnterpriseId, Fact, FactId, ListFactsParams};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::enterprise_facts as facts;

type Boxed<'a> = facts::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

fn filtered<'a>(enterprise: &'a EnterpriseId, params: &'a ListFactsParams) -> Boxed<'a> {
    let mut query = facts::table.filter(facts::enterprise_id.eq(enterprise)).into_boxed();
    if let Some(kind) = params.kind {
        query = query.filter(facts::kind.eq(kind));
    }
    if !params.ended.unwrap_or(false) {
        query = query.filter(facts::ended_at.is_null());
    }
    query
}

/// Newest first.
pub fn list_facts(
    conn: &mut Conn,
    enterprise: &EnterpriseId,
    params: &ListFactsParams,
    page: &PageRequest<FactId>,
) -> QueryResult<Vec<Fact>> {
    let mut query = filtered(enterprise, params);
    if let Some(after) = &page.after {
        query = query.filter(facts::id.lt(after));
    }
    query.order(facts::id.desc()).limit(page.fetch()).select(Fact::as_select()).load(conn)
}

pub fn count_facts(conn: &mut Conn, enterprise: &EnterpriseId, params: &ListFactsParams) -> QueryResult<i64> {
    filtered(enterprise, params).count().get_result(conn)
}

/// All that count now of many enterprises, oldest first.
pub fn list_live_facts_of(conn: &mut Conn, enterprises: &[EnterpriseId]) -> QueryResult<Vec<Fact>> {
    facts::table
        .filter(facts::enterprise_id.eq_any(enterprises))
        .filter(facts::ended_at.is_null())
        .order(facts::id)
        .select(Fact::as_select())
        .load(conn)
}

pub fn find_fact(conn: &mut Conn, enterprise: &EnterpriseId, id: &FactId) -> QueryResult<Fact> {
    facts::table
        .filter(facts::id.eq(id))
        .filter(facts::enterprise_id.eq(enterprise))
        .select(Fact::as_select())
        .first(conn)
}

pub fn insert_fact(conn: &mut Conn, row: &Fact) -> QueryResult<()> {
    diesel::insert_into(facts::table).values(row).execute(conn).map(drop)
}

pub fn update_fact(conn: &mut Conn, row: &Fact) -> QueryResult<()> {
    diesel::update(facts::table.find(&row.id)).set(row).execute(conn).map(drop)
}
