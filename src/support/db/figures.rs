use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::platform::conn::Conn;
use crate::platform::types::Stamp;
use crate::programme::model::Tier;
use crate::schema::{annual_metrics as metrics, departments, support_items as items, support_plans as plans, users};
use crate::support::model::{DepartmentId, ItemState};

/// Enterprises with a confirmed plan in the year.
pub fn list_supported(conn: &mut Conn, year: i32) -> QueryResult<Vec<(EnterpriseId, Tier, Option<String>)>> {
    plans::table
        .filter(plans::year.eq(year))
        .filter(plans::confirmed_at.is_not_null())
        .select((plans::enterprise_id, plans::tier, plans::track))
        .load(conn)
}

/// Their figures of that year and the one before: enterprise, indicator, year, value.
pub fn list_supported_figures(
    conn: &mut Conn,
    year: i32,
    indicators: &[&str],
) -> QueryResult<Vec<(EnterpriseId, String, i32, i64)>> {
    let supported = plans::table
        .filter(plans::year.eq(year))
        .filter(plans::confirmed_at.is_not_null())
        .select(plans::enterprise_id);
    metrics::table
        .filter(metrics::enterprise_id.eq_any(supported))
        .filter(metrics::year.between(year - 1, year))
        .filter(metrics::indicator.eq_any(indicators))
        .select((metrics::enterprise_id, metrics::indicator, metrics::year, metrics::value))
        .load(conn)
}

/// An item that has ended: unit and officer with their names, and what is counted.
#[derive(Debug, Clone, Queryable)]
pub struct EndedRow {
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    pub officer_id: Option<crate::platform::actor::UserId>,
    pub officer_name: Option<String>,
    pub state: ItemState,
    pub raised_at: Stamp,
    pub answered_at: Option<Stamp>,
    pub closed_at: Stamp,
    pub on_time: Option<bool>,
    pub rating: Option<i32>,
}

/// Ended from `from` on and before `until`.
pub fn list_ended(conn: &mut Conn, from: Stamp, until: Stamp) -> QueryResult<Vec<EndedRow>> {
    items::table
        .left_join(departments::table)
        .left_join(users::table)
        .filter(items::closed_at.ge(from))
        .filter(items::closed_at.lt(until))
        .order((items::closed_at, items::id))
        .select((
            items::department_id,
            departments::name.nullable(),
            items::officer_id,
            users::name.nullable(),
            items::state,
            items::raised_at,
            items::answered_at,
            items::closed_at.assume_not_null(),
            items::on_time,
            items::rating,
        ))
        .load(conn)
}
