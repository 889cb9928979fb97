use diesel::dsl::{count_star, exists, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::schema::{
    enterprise_members, enterprises, support_deliveries as deliveries, support_funding_flags as flags,
};
use crate::support::model::{
    Delivery, DeliveryId, DeliveryKind, DeliveryTotalsParams, FlagId, FundSource, FundingFlag, ListDeliveriesParams,
    PlanId,
};

type Boxed<'a> = deliveries::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// What the caller reaches: everything, or what their enterprises received.
pub fn visible(scope: Scope, user: Option<&UserId>) -> Boxed<'_> {
    let query = deliveries::table.into_boxed();
    if scope.all {
        return query;
    }
    query.filter(
        deliveries::enterprise_id.eq_any(
            enterprise_members::table
                .filter(enterprise_members::user_id.eq(user.map_or("", UserId::as_str)))
                .filter(enterprise_members::ended_at.is_null())
                .select(enterprise_members::enterprise_id),
        ),
    )
}

fn filtered<'a>(scope: Scope, user: Option<&'a UserId>, params: &'a ListDeliveriesParams) -> Boxed<'a> {
    let mut query = visible(scope, user);
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(deliveries::enterprise_id.eq(enterprise));
    }
    if let Some(plan) = &params.plan_id {
        query = query.filter(deliveries::plan_id.eq(plan));
    }
    if let Some(year) = params.budget_year {
        query = query.filter(deliveries::budget_year.eq(year));
    }
    if let Some(source) = params.source {
        query = query.filter(deliveries::source.eq(source));
    }
    if let Some(kind) = params.kind {
        query = query.filter(deliveries::kind.eq(kind));
    }
    if let Some(flagged) = params.flagged {
        query = query.filter(deliveries::flagged.eq(flagged));
    }
    query
}

/// Newest first, with the enterprise's name.
pub fn list_deliveries(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListDeliveriesParams,
    page: &PageRequest<DeliveryId>,
) -> QueryResult<Vec<(Delivery, String)>> {
    let mut query = filtered(scope, user, params).inner_join(enterprises::table);
    if let Some(after) = &page.after {
        query = query.filter(deliveries::id.lt(after));
    }
    query.order(deliveries::id.desc()).limit(page.fetch()).select((Delivery::as_select(), enterprises::name)).load(conn)
}

pub fn count_deliveries(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListDeliveriesParams,
) -> QueryResult<i64> {
    filtered(scope, user, params).count().get_result(conn)
}

pub fn find_visible_delivery(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &DeliveryId,
) -> QueryResult<Delivery> {
    visible(scope, user).filter(deliveries::id.eq(id)).select(Delivery::as_select()).first(conn)
}

/// Whoever asks.
pub fn find_delivery(conn: &mut Conn, id: &DeliveryId) -> QueryResult<Delivery> {
    deliveries::table.find(id).select(Delivery::as_select()).first(conn)
}

pub type Total = (i32, FundSource, DeliveryKind, i64, i64, i64, i64, i64);

/// Lines, planned, approved, paid and quantity by year, source and kind.
pub fn list_totals(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &DeliveryTotalsParams,
) -> QueryResult<Vec<Total>> {
    // A sum of 64-bit numbers is a decimal on PostgreSQL.
    let sum = |column: &str| sql::<BigInt>(&format!("CAST(SUM({column}) AS BIGINT)"));
    let mut query = deliveries::table
        .group_by((deliveries::budget_year, deliveries::source, deliveries::kind))
        .order((deliveries::budget_year.desc(), deliveries::source, deliveries::kind))
        .select((
            deliveries::budget_year,
            deliveries::source,
            deliveries::kind,
            count_star(),
            sum("planned_fen"),
            sum("approved_fen"),
            sum("paid_fen"),
            sum("quantity"),
        ))
        .into_boxed();
    if !scope.all {
        query = query.filter(
            deliveries::enterprise_id.eq_any(
                enterprise_members::table
                    .filter(enterprise_members::user_id.eq(user.map_or("", UserId::as_str)))
                    .filter(enterprise_members::ended_at.is_null())
                    .select(enterprise_members::enterprise_id),
            ),
        );
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(deliveries::enterprise_id.eq(enterprise));
    }
    if let Some(plan) = &params.plan_id {
        query = query.filter(deliveries::plan_id.eq(plan));
    }
    if let Some(year) = params.budget_year {
        query = query.filter(deliveries::budget_year.eq(year));
    }
    query.load(conn)
}

/// What is planned from each budget line of the plan.
pub fn list_used_lines(conn: &mut Conn, plan: &PlanId) -> QueryResult<Vec<(String, i64)>> {
    deliveries::table
        .filter(deliveries::plan_id.eq(plan))
        .filter(deliveries::budget_line.is_not_null())
        .group_by(deliveries::budget_line)
        .order(deliveries::budget_line)
        .select((deliveries::budget_line.assume_not_null(), sql::<BigInt>("CAST(SUM(planned_fen) AS BIGINT)")))
        .load(conn)
}

/// Other lines that share a number with this one, or a cost item of the same enterprise.
pub fn list_alike(conn: &mut Conn, row: &Delivery) -> QueryResult<Vec<Delivery>> {
    let others = || deliveries::table.filter(deliveries::id.ne(&row.id)).select(Delivery::as_select());
    let mut alike = Vec::new();
    if row.invoice.is_some() {
        alike.extend(others().filter(deliveries::invoice.eq(&row.invoice)).load(conn)?);
    }
    if row.contract.is_some() {
        alike.extend(others().filter(deliveries::contract.eq(&row.contract)).load(conn)?);
    }
    if row.cost_item.is_some() {
        let same = others()
            .filter(deliveries::enterprise_id.eq(&row.enterprise_id))
            .filter(deliveries::cost_item.eq(&row.cost_item));
        alike.extend(same.load(conn)?);
    }
    alike.sort_by(|a: &Delivery, b| a.id.cmp(&b.id));
    alike.dedup_by(|a, b| a.id == b.id);
    Ok(alike)
}

pub fn insert_delivery(conn: &mut Conn, row: &Delivery) -> QueryResult<()> {
    diesel::insert_into(deliveries::table).values(row).execute(conn).map(drop)
}

pub fn update_delivery(conn: &mut Conn, row: &Delivery) -> QueryResult<()> {
    diesel::update(deliveries::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// The line's flags from either side, oldest first.
pub fn list_flags(conn: &mut Conn, id: &DeliveryId) -> QueryResult<Vec<FundingFlag>> {
    flags::table
        .filter(flags::delivery_id.eq(id).or(flags::other_id.eq(id)))
        .order(flags::id)
        .select(FundingFlag::as_select())
        .load(conn)
}

pub fn find_flag(conn: &mut Conn, id: &FlagId) -> QueryResult<FundingFlag> {
    flags::table.find(id).select(FundingFlag::as_select()).first(conn)
}

pub fn insert_flag(conn: &mut Conn, row: &FundingFlag) -> QueryResult<()> {
    diesel::insert_into(flags::table).values(row).execute(conn).map(drop)
}

pub fn update_flag(conn: &mut Conn, row: &FundingFlag) -> QueryResult<()> {
    diesel::update(flags::table.find(&row.id)).set(row).execute(conn).map(drop)
}

pub fn has_open_flag(conn: &mut Conn, id: &DeliveryId) -> QueryResult<bool> {
    let open =
        flags::table.filter(flags::delivery_id.eq(id).or(flags::other_id.eq(id))).filter(flags::cleared_at.is_null());
    diesel::select(exists(open)).get_result(conn)
}

pub fn update_flagged(conn: &mut Conn, id: &DeliveryId, flagged: bool) -> QueryResult<()> {
    diesel::update(deliveries::table.find(id)).set(deliveries::flagged.eq(flagged)).execute(conn).map(drop)
}
