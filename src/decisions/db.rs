use diesel::prelude::*;

use super::model::{Decision, DecisionAction, DecisionId, DecisionState, DecisionStep, ListDecisionsParams};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::trail::Subject;
use crate::reviews::db::conflicts::{conflicted_enterprises, hidden_cases, member_enterprises};
use crate::schema::{
    decision_steps, decisions, memberships, rechecks, release_items, reviews, subsidy_claims, subsidy_claw_backs,
    support_items, users,
};

type Boxed<'a> = decisions::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Whose decisions are asked for. A person in conflict with a case finds no decision on it.
#[derive(Clone, Copy)]
pub struct Reach<'a> {
    /// Only what this person prepared.
    pub own: Option<&'a UserId>,
    /// Who asks.
    pub me: Option<&'a UserId>,
}

fn visible(reach: Reach<'_>) -> Boxed<'_> {
    let mut query = decisions::table.into_boxed();
    if let Some(own) = reach.own {
        query = query.filter(decisions::prepared_by.eq(own));
    }
    let Some(me) = reach.me else { return query };
    // What else belongs to an enterprise that the person is tied to.
    macro_rules! tied {
        ($table:ident) => {
            $table::table
                .filter(
                    $table::enterprise_id
                        .eq_any(conflicted_enterprises(me))
                        .or($table::enterprise_id.eq_any(member_enterprises(me))),
                )
                .select($table::id)
        };
    }
    let claw_backs = subsidy_claw_backs::table.filter(subsidy_claw_backs::claim_id.eq_any(tied!(subsidy_claims)));
    let tasks = reviews::table.select(reviews::panel_id);
    let released = release_items::table.filter(release_items::application_id.eq_any(hidden_cases(me)));
    query
        .filter(decisions::subject_id.ne_all(hidden_cases(me)))
        .filter(decisions::subject_id.ne_all(tied!(memberships)))
        .filter(decisions::subject_id.ne_all(tied!(rechecks)))
        .filter(decisions::subject_id.ne_all(tied!(support_items)))
        .filter(decisions::subject_id.ne_all(tied!(subsidy_claims)))
        .filter(decisions::subject_id.ne_all(claw_backs.select(subsidy_claw_backs::id)))
        .filter(decisions::id.ne_all(released.select(release_items::decision_id)))
        .filter(decisions::subject_id.ne_all(tasks.filter(reviews::enterprise_id.eq_any(conflicted_enterprises(me)))))
        .filter(decisions::subject_id.ne_all(tasks.filter(reviews::enterprise_id.eq_any(member_enterprises(me)))))
}

pub fn find_decision(conn: &mut Conn, reach: Reach<'_>, id: &DecisionId) -> QueryResult<Decision> {
    visible(reach).filter(decisions::id.eq(id)).select(Decision::as_select()).first(conn)
}

/// The pending releases that an application is part of.
pub fn list_pending_releases(conn: &mut Conn, application: &str) -> QueryResult<Vec<Decision>> {
    let of = release_items::table.filter(release_items::application_id.eq(application));
    decisions::table
        .filter(decisions::state.eq(DecisionState::Pending))
        .filter(decisions::id.eq_any(of.select(release_items::decision_id)))
        .select(Decision::as_select())
        .load(conn)
}

/// The pending decisions on a subject, of one action or of all.
pub fn list_pending(conn: &mut Conn, subject: &Subject, action: Option<DecisionAction>) -> QueryResult<Vec<Decision>> {
    let mut query = decisions::table
        .filter(decisions::subject_kind.eq(subject.kind))
        .filter(decisions::subject_id.eq(&subject.id))
        .filter(decisions::state.eq(DecisionState::Pending))
        .into_boxed();
    if let Some(action) = action {
        query = query.filter(decisions::action.eq(action));
    }
    query.order(decisions::id).select(Decision::as_select()).load(conn)
}

/// All decisions on a subject with their preparers' names, newest first.
pub fn list_of_subject(conn: &mut Conn, subject: &Subject) -> QueryResult<Vec<(Decision, String)>> {
    decisions::table
        .inner_join(users::table.on(users::id.eq(decisions::prepared_by)))
        .filter(decisions::subject_kind.eq(subject.kind))
        .filter(decisions::subject_id.eq(&subject.id))
        .order(decisions::id.desc())
        .select((Decision::as_select(), users::name))
        .load(conn)
}

fn filtered<'a>(reach: Reach<'a>, params: &'a ListDecisionsParams) -> Boxed<'a> {
    let mut query = visible(reach);
    if let Some(state) = params.state {
        query = query.filter(decisions::state.eq(state));
    }
    if let Some(action) = params.action {
        query = query.filter(decisions::action.eq(action));
    }
    query
}

/// Newest first.
pub fn list_decisions(
    conn: &mut Conn,
    reach: Reach<'_>,
    params: &ListDecisionsParams,
    page: &PageRequest<DecisionId>,
) -> QueryResult<Vec<(Decision, String)>> {
    let mut query = filtered(reach, params);
    if let Some(after) = &page.after {
        query = query.filter(decisions::id.lt(after));
    }
    let page_of_ids = query.select(decisions::id).order(decisions::id.desc()).limit(page.fetch());
    let ids: Vec<DecisionId> = page_of_ids.load(conn)?;
    decisions::table
        .inner_join(users::table.on(users::id.eq(decisions::prepared_by)))
        .filter(decisions::id.eq_any(ids))
        .order(decisions::id.desc())
        .select((Decision::as_select(), users::name))
        .load(conn)
}

pub fn count_decisions(conn: &mut Conn, reach: Reach<'_>, params: &ListDecisionsParams) -> QueryResult<i64> {
    filtered(reach, params).count().get_result(conn)
}

pub fn list_steps(conn: &mut Conn, id: &DecisionId) -> QueryResult<Vec<(DecisionStep, String)>> {
    decision_steps::table
        .inner_join(users::table.on(users::id.eq(decision_steps::user_id)))
        .filter(decision_steps::decision_id.eq(id))
        .order(decision_steps::id)
        .select((DecisionStep::as_select(), users::name))
        .load(conn)
}

pub fn find_name(conn: &mut Conn, id: &UserId) -> QueryResult<String> {
    users::table.find(id).select(users::name).first(conn)
}

pub fn insert_decision(conn: &mut Conn, decision: &Decision) -> QueryResult<()> {
    diesel::insert_into(decisions::table).values(decision).execute(conn).map(drop)
}

pub fn insert_step(conn: &mut Conn, step: &DecisionStep) -> QueryResult<()> {
    diesel::insert_into(decision_steps::table).values(step).execute(conn).map(drop)
}

pub fn update_decision(conn: &mut Conn, decision: &Decision) -> QueryResult<()> {
    diesel::update(decisions::table.find(&decision.id))
        .set((
            decisions::state.eq(decision.state),
            decisions::decided_by.eq(&decision.decided_by),
            decisions::decided_at.eq(decision.decided_at),
            decisions::version.eq(decision.version),
        ))
        .execute(conn)
        .map(drop)
}
