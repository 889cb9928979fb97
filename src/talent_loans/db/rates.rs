use chrono::NaiveDate;
use diesel::prelude::*;

use super::Backend;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::lpr_rates;
use crate::talent_loans::model::*;

type Boxed<'a> = lpr_rates::BoxedQuery<'a, Backend>;

/// Day and tenor.
pub type RateKey = (NaiveDate, LprTenor);

fn filtered(params: &ListLprRatesParams) -> Boxed<'_> {
    let query = lpr_rates::table.into_boxed();
    match params.tenor {
        Some(tenor) => query.filter(lpr_rates::tenor.eq(tenor)),
        None => query,
    }
}

/// Newest first.
pub fn list_rates(
    conn: &mut Conn,
    params: &ListLprRatesParams,
    page: &PageRequest<RateKey>,
) -> QueryResult<Vec<LprRate>> {
    let mut query = filtered(params);
    if let Some((on, tenor)) = &page.after {
        query = query.filter(
            lpr_rates::published_on.lt(*on).or(lpr_rates::published_on.eq(*on).and(lpr_rates::tenor.lt(*tenor))),
        );
    }
    query
        .order((lpr_rates::published_on.desc(), lpr_rates::tenor.desc()))
        .limit(page.fetch())
        .select(LprRate::as_select())
        .load(conn)
}

pub fn count_rates(conn: &mut Conn, params: &ListLprRatesParams) -> QueryResult<i64> {
    filtered(params).count().get_result(conn)
}

/// The whole table: two rows a month since 2019.
pub fn list_all_rates(conn: &mut Conn) -> QueryResult<Vec<LprRate>> {
    lpr_rates::table.order((lpr_rates::published_on, lpr_rates::tenor)).select(LprRate::as_select()).load(conn)
}

pub fn insert_rate(conn: &mut Conn, row: &LprRate) -> QueryResult<()> {
    diesel::insert_into(lpr_rates::table).values(row).execute(conn).map(drop)
}

pub fn update_rate(conn: &mut Conn, row: &LprRate) -> QueryResult<()> {
    diesel::update(lpr_rates::table.find((row.published_on, row.tenor)))
        .set((
            lpr_rates::rate_ppm.eq(row.rate_ppm),
            lpr_rates::imported_by.eq(&row.imported_by),
            lpr_rates::imported_at.eq(row.imported_at),
        ))
        .execute(conn)
        .map(drop)
}
