use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::names::{self, Search, Start};
use crate::enterprises::model::{Enterprise, EnterpriseId, EnterpriseSort, ListEnterprisesParams};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::programme::model::Tier;
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::schema::{
    enterprise_members as members, enterprise_name_grams as grams, enterprise_tracks as tracks, enterprises,
    memberships,
};

/// Columns times rows stay below the limit on parameters of either database.
const BATCH: usize = 1_000;

pub type Boxed<'a> = enterprises::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// What the caller reaches: everything but what a conflict of interest keeps from them, or the enterprises they act for.
pub fn visible(scope: Scope, user: Option<&UserId>) -> Boxed<'_> {
    let query = enterprises::table.into_boxed();
    let Some(me) = user else {
        return if scope.all { query } else { query.filter(enterprises::id.eq("")) };
    };
    match (scope.all, scope.own) {
        (true, false) => query
            .filter(enterprises::id.ne_all(conflicted_enterprises(me)))
            .filter(enterprises::id.ne_all(member_enterprises(me))),
        // Who is both finds their own enterprises as one who acts for them.
        (true, true) => query.filter(
            enterprises::id.eq_any(member_enterprises(me)).or(enterprises::id.ne_all(conflicted_enterprises(me))),
        ),
        (false, _) => query.filter(enterprises::id.eq_any(member_enterprises(me))),
    }
}

pub fn find_visible(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &EnterpriseId,
) -> QueryResult<Enterprise> {
    visible(scope, user).filter(enterprises::id.eq(id)).select(Enterprise::as_select()).first(conn)
}

pub fn find_enterprise(conn: &mut Conn, id: &EnterpriseId) -> QueryResult<Enterprise> {
    enterprises::table.find(id).select(Enterprise::as_select()).first(conn)
}

pub fn list_by_ids(conn: &mut Conn, ids: &[EnterpriseId]) -> QueryResult<Vec<Enterprise>> {
    enterprises::table.filter(enterprises::id.eq_any(ids)).select(Enterprise::as_select()).load(conn)
}

pub fn find_by_credit_code(conn: &mut Conn, code: &str) -> QueryResult<Option<Enterprise>> {
    enterprises::table.filter(enterprises::credit_code.eq(code)).select(Enterprise::as_select()).first(conn).optional()
}

/// Credit codes of the enterprises that a conflict of interest keeps from a person.
pub fn list_withheld_codes(conn: &mut Conn, me: &UserId) -> QueryResult<Vec<String>> {
    enterprises::table
        .filter(enterprises::id.eq_any(conflicted_enterprises(me)).or(enterprises::id.eq_any(member_enterprises(me))))
        .select(enterprises::credit_code)
        .load(conn)
}

pub fn list_by_credit_codes(conn: &mut Conn, codes: &[&str]) -> QueryResult<Vec<Enterprise>> {
    enterprises::table.filter(enterprises::credit_code.eq_any(codes)).select(Enterprise::as_select()).load(conn)
}

/// A list that was asked for, with its texts made ready: `like` is the pattern of `q`, `start` where its search begins.
pub struct Wanted<'a> {
    pub scope: Scope,
    pub user: Option<&'a UserId>,
    pub params: &'a ListEnterprisesParams,
    pub credit_code: Option<&'a str>,
    pub search: Option<Search>,
}

fn filtered<'a>(wanted: &'a Wanted<'a>) -> Boxed<'a> {
    let mut query = visible(wanted.scope, wanted.user);
    let params = wanted.params;
    if let Some(Search { like, start }) = &wanted.search {
        query = query.filter(enterprises::name_search.like(like).escape('\\'));
        query = match start {
            Start::Few(ids) => query.filter(enterprises::id.eq_any(ids)),
            Start::Many(gram) => query.filter(exists(
                grams::table.filter(grams::gram.eq(gram)).filter(grams::enterprise_id.eq(enterprises::id)),
            )),
        };
    }
    if let Some(code) = wanted.credit_code {
        query = query.filter(enterprises::credit_code.eq(code));
    }
    if let Some(track) = &params.track {
        query = query.filter(
            enterprises::id.eq_any(tracks::table.filter(tracks::track.eq(track)).select(tracks::enterprise_id)),
        );
    }
    if let Some(park) = &params.park {
        query = query.filter(enterprises::park.eq(park));
    }
    if let Some(status) = params.status {
        query = query.filter(enterprises::status.eq(status));
    }
    if params.unverified == Some(true) {
        let waiting = members::table.filter(not(members::verified)).filter(members::ended_at.is_null());
        query = query.filter(enterprises::id.eq_any(waiting.select(members::enterprise_id)));
    }
    if let Some(tier) = params.tier {
        query = query.filter(
            enterprises::id.eq_any(
                memberships::table
                    .filter(memberships::live)
                    .filter(memberships::tier.eq(tier))
                    .select(memberships::enterprise_id),
            ),
        );
    }
    query
}

/// The sort key is the name, or empty where the order is by id alone, and the id.
pub fn list_enterprises(
    conn: &mut Conn,
    wanted: &Wanted,
    page: &PageRequest<(String, EnterpriseId)>,
) -> QueryResult<Vec<Enterprise>> {
    let mut query = filtered(wanted);
    query = match wanted.params.sort.unwrap_or(EnterpriseSort::Newest) {
        EnterpriseSort::Newest => {
            if let Some((_, id)) = &page.after {
                query = query.filter(enterprises::id.lt(id));
            }
            query.order(enterprises::id.desc())
        }
        EnterpriseSort::Name => {
            if let Some((name, id)) = &page.after {
                let behind = enterprises::name.eq(name).and(enterprises::id.gt(id));
                query = query.filter(enterprises::name.ge(name)).filter(enterprises::name.gt(name).or(behind));
            }
            query.order((enterprises::name, enterprises::id))
        }
    };
    query.limit(page.fetch()).select(Enterprise::as_select()).load(conn)
}

pub fn count_enterprises(conn: &mut Conn, wanted: &Wanted) -> QueryResult<i64> {
    filtered(wanted).count().get_result(conn)
}

pub fn insert_enterprises(conn: &mut Conn, rows: &[Enterprise]) -> QueryResult<()> {
    for batch in rows.chunks(BATCH) {
        // The combined connection has no batch insert.
        crate::each!(conn, c => diesel::insert_into(enterprises::table).values(batch).execute(c))?;
    }
    Ok(())
}

/// The whole row as it shall be.
pub fn update_enterprise(conn: &mut Conn, row: &Enterprise) -> QueryResult<()> {
    diesel::update(enterprises::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// Tracks of these enterprises, in the order of their codes.
pub fn list_tracks(conn: &mut Conn, ids: &[&EnterpriseId]) -> QueryResult<Vec<(EnterpriseId, String)>> {
    tracks::table
        .filter(tracks::enterprise_id.eq_any(ids))
        .order((tracks::enterprise_id, tracks::track))
        .select((tracks::enterprise_id, tracks::track))
        .load(conn)
}

/// Tiers of live memberships of these enterprises.
pub fn list_tiers(conn: &mut Conn, ids: &[&EnterpriseId]) -> QueryResult<Vec<(EnterpriseId, Tier)>> {
    memberships::table
        .filter(memberships::enterprise_id.eq_any(ids))
        .filter(memberships::live)
        .filter(memberships::tier.is_not_null())
        .order((memberships::enterprise_id, memberships::lane))
        .select((memberships::enterprise_id, memberships::tier.assume_not_null()))
        .load(conn)
}

pub fn insert_tracks(conn: &mut Conn, pairs: &[(EnterpriseId, String)]) -> QueryResult<()> {
    for batch in pairs.chunks(BATCH) {
        let rows: Vec<_> =
            batch.iter().map(|(id, track)| (tracks::enterprise_id.eq(id), tracks::track.eq(track))).collect();
        crate::each!(conn, c => diesel::insert_into(tracks::table).values(&rows).execute(c))?;
    }
    Ok(())
}

pub fn delete_tracks(conn: &mut Conn, ids: &[EnterpriseId]) -> QueryResult<()> {
    for batch in ids.chunks(BATCH) {
        diesel::delete(tracks::table.filter(tracks::enterprise_id.eq_any(batch))).execute(conn)?;
    }
    Ok(())
}

/// A new name needs new pieces: see [`names`].
pub fn replace_name(conn: &mut Conn, id: &EnterpriseId, pieces: &[(String, EnterpriseId)]) -> QueryResult<()> {
    names::delete_grams(conn, std::slice::from_ref(id))?;
    names::insert_grams(conn, pieces)
}
