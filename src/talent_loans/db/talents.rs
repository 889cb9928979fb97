use diesel::prelude::*;

use super::{Backend, Reach, own_banks, own_enterprises};
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::{enterprises, loans, talent_employments as employments, talents};
use crate::talent_loans::model::*;

type Boxed<'a> = talents::BoxedQuery<'a, Backend>;

/// A bank sees the talents of its loans, an enterprise those linked to it.
fn visible(reach: &Reach) -> Boxed<'_> {
    let query = talents::table.into_boxed();
    let borrowing = |user| loans::table.filter(loans::bank_id.eq_any(own_banks(user))).select(loans::talent_id);
    let employed = |user| {
        employments::table
            .filter(employments::enterprise_id.eq_any(own_enterprises(user)))
            .select(employments::talent_id)
    };
    match reach {
        Reach::All => query,
        Reach::OwnBank(user) => query.filter(talents::id.eq_any(borrowing(user))),
        Reach::OwnEnterprises(user) => query.filter(talents::id.eq_any(employed(user))),
        Reach::Both(user) => query.filter(talents::id.eq_any(borrowing(user)).or(talents::id.eq_any(employed(user)))),
        Reach::Nothing => query.filter(talents::id.eq("")),
    }
}

fn filtered<'a>(reach: &'a Reach, params: &'a ListTalentsParams) -> Boxed<'a> {
    let mut query = visible(reach);
    if let Some(grade) = params.grade {
        query = query.filter(talents::grade.eq(grade));
    }
    if let Some(name) = &params.name {
        query = query.filter(talents::name.eq(name));
    }
    if let Some(enterprise) = &params.enterprise_id {
        let linked =
            employments::table.filter(employments::enterprise_id.eq(enterprise)).select(employments::talent_id);
        query = query.filter(talents::id.eq_any(linked));
    }
    query
}

/// Newest first.
pub fn list_talents(
    conn: &mut Conn,
    reach: &Reach,
    params: &ListTalentsParams,
    page: &PageRequest<TalentId>,
) -> QueryResult<Vec<Talent>> {
    let mut query = filtered(reach, params);
    if let Some(after) = &page.after {
        query = query.filter(talents::id.lt(after));
    }
    query.order(talents::id.desc()).limit(page.fetch()).select(Talent::as_select()).load(conn)
}

pub fn count_talents(conn: &mut Conn, reach: &Reach, params: &ListTalentsParams) -> QueryResult<i64> {
    filtered(reach, params).count().get_result(conn)
}

pub fn find_visible_talent(conn: &mut Conn, reach: &Reach, id: &TalentId) -> QueryResult<Talent> {
    visible(reach).filter(talents::id.eq(id)).select(Talent::as_select()).first(conn)
}

/// By the blind index of the identity number.
pub fn find_talent_by_index(conn: &mut Conn, index: &str) -> QueryResult<Option<Talent>> {
    talents::table.filter(talents::id_index.eq(index)).select(Talent::as_select()).first(conn).optional()
}

pub fn insert_talent(conn: &mut Conn, row: &Talent) -> QueryResult<()> {
    diesel::insert_into(talents::table).values(row).execute(conn).map(drop)
}

pub fn update_talent(conn: &mut Conn, row: &Talent) -> QueryResult<()> {
    diesel::update(talents::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// With the enterprise's name, the first first; only what lies within reach.
pub fn list_visible_employments(
    conn: &mut Conn,
    reach: &Reach,
    talent: &TalentId,
) -> QueryResult<Vec<(Employment, String)>> {
    let query = employments::table
        .inner_join(enterprises::table)
        .filter(employments::talent_id.eq(talent))
        .order(employments::id)
        .select((Employment::as_select(), enterprises::name))
        .into_boxed::<Backend>();
    let borrowers = |user| loans::table.filter(loans::bank_id.eq_any(own_banks(user))).select(loans::enterprise_id);
    let query = match reach {
        Reach::All => query,
        Reach::OwnBank(user) => query.filter(employments::enterprise_id.eq_any(borrowers(user))),
        Reach::OwnEnterprises(user) => query.filter(employments::enterprise_id.eq_any(own_enterprises(user))),
        Reach::Both(user) => query.filter(
            employments::enterprise_id
                .eq_any(borrowers(user))
                .or(employments::enterprise_id.eq_any(own_enterprises(user))),
        ),
        Reach::Nothing => query.filter(employments::id.eq("")),
    };
    query.load(conn)
}

pub fn list_employments(conn: &mut Conn, talent: &TalentId) -> QueryResult<Vec<Employment>> {
    employments::table
        .filter(employments::talent_id.eq(talent))
        .order(employments::id)
        .select(Employment::as_select())
        .load(conn)
}

pub fn find_employment(conn: &mut Conn, talent: &TalentId, id: &EmploymentId) -> QueryResult<Employment> {
    employments::table.find(id).filter(employments::talent_id.eq(talent)).select(Employment::as_select()).first(conn)
}

pub fn insert_employment(conn: &mut Conn, row: &Employment) -> QueryResult<()> {
    diesel::insert_into(employments::table).values(row).execute(conn).map(drop)
}

pub fn update_employment(conn: &mut Conn, row: &Employment) -> QueryResult<()> {
    diesel::update(employments::table.find(&row.id)).set(row).execute(conn).map(drop)
}
