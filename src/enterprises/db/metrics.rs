use diesel::prelude::*;
use std::ops::RangeInclusive;

use crate::enterprises::model::{EnterpriseId, Metric};
use crate::platform::conn::Conn;
use crate::schema::annual_metrics as metrics;

/// Latest year first.
pub fn list_metrics(
    conn: &mut Conn,
    enterprise: &EnterpriseId,
    years: RangeInclusive<i32>,
) -> QueryResult<Vec<Metric>> {
    metrics::table
        .filter(metrics::enterprise_id.eq(enterprise))
        .filter(metrics::year.between(*years.start(), *years.end()))
        .order((metrics::year.desc(), metrics::indicator))
        .select(Metric::as_select())
        .load(conn)
}

/// Of many enterprises, latest year first.
pub fn list_metrics_of(
    conn: &mut Conn,
    enterprises: &[EnterpriseId],
    years: RangeInclusive<i32>,
) -> QueryResult<Vec<Metric>> {
    metrics::table
        .filter(metrics::enterprise_id.eq_any(enterprises))
        .filter(metrics::year.between(*years.start(), *years.end()))
        .order((metrics::enterprise_id, metrics::year.desc(), metrics::indicator))
        .select(Metric::as_select())
        .load(conn)
}

pub fn insert_metric(conn: &mut Conn, row: &Metric) -> QueryResult<()> {
    diesel::insert_into(metrics::table).values(row).execute(conn).map(drop)
}

pub fn update_metric(conn: &mut Conn, row: &Metric) -> QueryResult<()> {
    let key = (&row.enterprise_id, row.year, &row.indicator);
    diesel::update(metrics::table.find(key)).set(row).execute(conn).map(drop)
}

pub fn delete_metric(conn: &mut Conn, row: &Metric) -> QueryResult<()> {
    let key = (&row.enterprise_id, row.year, &row.indicator);
    diesel::delete(metrics::table.find(key)).execute(conn).map(drop)
}
