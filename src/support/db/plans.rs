use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::library::model::MembershipId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::schema::{
    annual_metrics as metrics, department_members, enterprise_members, enterprises, support_plan_departments as units,
    support_plan_revisions as revisions, support_plans as plans, users,
};
use crate::support::model::{DepartmentId, ListPlansParams, Plan, PlanId, PlanState, Revision, RevisionState};

type Boxed<'a> = plans::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// What the caller reaches: everything; the plans of their enterprises, once those have been asked; confirmed plans that name their
/// unit.
pub fn visible(scope: Scope, user: Option<&UserId>) -> Boxed<'_> {
    let query = plans::table.into_boxed();
    if scope.all {
        return query;
    }
    let user = user.map_or("", UserId::as_str);
    let of_enterprise = plans::consulted_at.is_not_null().and(
        plans::enterprise_id.eq_any(
            enterprise_members::table
                .filter(enterprise_members::user_id.eq(user))
                .filter(enterprise_members::ended_at.is_null())
                .select(enterprise_members::enterprise_id),
        ),
    );
    let of_unit = plans::confirmed_at.is_not_null().and(
        plans::id.eq_any(
            units::table
                .inner_join(department_members::table.on(department_members::department_id.eq(units::department_id)))
                .filter(department_members::user_id.eq(user))
                .select(units::plan_id),
        ),
    );
    match (scope.own, scope.org) {
        (true, true) => query.filter(of_enterprise.or(of_unit)),
        (false, true) => query.filter(of_unit),
        _ => query.filter(of_enterprise),
    }
}

pub fn find_visible_plan(conn: &mut Conn, scope: Scope, user: Option<&UserId>, id: &PlanId) -> QueryResult<Plan> {
    visible(scope, user).filter(plans::id.eq(id)).select(Plan::as_select()).first(conn)
}

fn filtered<'a>(scope: Scope, user: Option<&'a UserId>, params: &'a ListPlansParams) -> Boxed<'a> {
    let mut query = visible(scope, user);
    if let Some(state) = params.state {
        query = query.filter(plans::state.eq(state));
    }
    if let Some(tier) = params.tier {
        query = query.filter(plans::tier.eq(tier));
    }
    if let Some(year) = params.year {
        query = query.filter(plans::year.eq(year));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(plans::enterprise_id.eq(enterprise));
    }
    query
}

/// Newest first, with the enterprise's name.
pub fn list_plans(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    params: &ListPlansParams,
    page: &PageRequest<PlanId>,
) -> QueryResult<Vec<(Plan, String)>> {
    let mut query = filtered(scope, user, params).inner_join(enterprises::table);
    if let Some(after) = &page.after {
        query = query.filter(plans::id.lt(after));
    }
    query.order(plans::id.desc()).limit(page.fetch()).select((Plan::as_select(), enterprises::name)).load(conn)
}

pub fn count_plans(conn: &mut Conn, scope: Scope, user: Option<&UserId>, params: &ListPlansParams) -> QueryResult<i64> {
    filtered(scope, user, params).count().get_result(conn)
}

pub fn has_plan(conn: &mut Conn, membership: &MembershipId, year: i32) -> QueryResult<bool> {
    let made = plans::table.filter(plans::membership_id.eq(membership)).filter(plans::year.eq(year));
    diesel::select(diesel::dsl::exists(made)).get_result(conn)
}

pub fn insert_plan(conn: &mut Conn, row: &Plan) -> QueryResult<()> {
    diesel::insert_into(plans::table).values(row).execute(conn).map(drop)
}

pub fn update_plan(conn: &mut Conn, row: &Plan) -> QueryResult<()> {
    diesel::update(plans::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// Oldest first.
pub fn list_revisions(conn: &mut Conn, plan: &PlanId) -> QueryResult<Vec<Revision>> {
    revisions::table
        .filter(revisions::plan_id.eq(plan))
        .order(revisions::number)
        .select(Revision::as_select())
        .load(conn)
}

/// The plan with the revision both sides have signed.
pub fn find_in_force(conn: &mut Conn, plan: &PlanId) -> QueryResult<(Plan, Revision)> {
    plans::table
        .inner_join(revisions::table)
        .filter(plans::id.eq(plan))
        .filter(revisions::state.eq(RevisionState::InForce))
        .select((Plan::as_select(), Revision::as_select()))
        .first(conn)
}

/// Evaluated plans of the same tier and track, with what was in force of them, latest first.
pub fn list_similar(conn: &mut Conn, plan: &Plan, limit: i64) -> QueryResult<Vec<(Plan, Revision)>> {
    plans::table
        .inner_join(revisions::table)
        .filter(plans::tier.eq(plan.tier))
        .filter(plans::track.eq(&plan.track))
        .filter(plans::state.eq_any([PlanState::Evaluated, PlanState::Closed]))
        .filter(plans::id.ne(&plan.id))
        .filter(revisions::state.eq(RevisionState::InForce))
        .order(plans::id.desc())
        .limit(limit)
        .select((Plan::as_select(), Revision::as_select()))
        .load(conn)
}

pub fn insert_revision(conn: &mut Conn, row: &Revision) -> QueryResult<()> {
    diesel::insert_into(revisions::table).values(row).execute(conn).map(drop)
}

pub fn update_revision(conn: &mut Conn, row: &Revision) -> QueryResult<()> {
    diesel::update(revisions::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// The units that may read the plan, in place of those there are.
pub fn replace_units(conn: &mut Conn, plan: &PlanId, ids: &[&DepartmentId]) -> QueryResult<()> {
    diesel::delete(units::table.filter(units::plan_id.eq(plan))).execute(conn)?;
    for id in ids {
        diesel::insert_into(units::table)
            .values((units::plan_id.eq(plan), units::department_id.eq(id)))
            .execute(conn)?;
    }
    Ok(())
}

pub fn find_name_of(conn: &mut Conn, user: &UserId) -> QueryResult<String> {
    users::table.find(user).select(users::name).first(conn)
}

pub fn find_enterprise_name(conn: &mut Conn, id: &EnterpriseId) -> QueryResult<String> {
    enterprises::table.find(id).select(enterprises::name).first(conn)
}

/// Of one year: indicator, value, and whether it was verified.
pub fn list_figures(conn: &mut Conn, id: &EnterpriseId, year: i32) -> QueryResult<Vec<(String, i64, bool)>> {
    metrics::table
        .filter(metrics::enterprise_id.eq(id))
        .filter(metrics::year.eq(year))
        .select((metrics::indicator, metrics::value, metrics::verified_by.is_not_null()))
        .load(conn)
}

pub fn find_year(conn: &mut Conn, plan: &PlanId) -> QueryResult<i32> {
    plans::table.find(plan).select(plans::year).first(conn)
}
