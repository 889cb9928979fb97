use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::{
    Application, ApplicationId, ApplicationReturn, ApplicationState, Certification, ListApplicationsParams, Override,
    Snapshot, SnapshotId, SummaryRow,
};
use crate::decisions::model::{DecisionAction, DecisionState};
use crate::enterprises::db::names::{Search, Start};
use crate::enterprises::model::{Enterprise, EnterpriseId, MemberRole};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::platform::trail::Subject;
use crate::platform::types::Stamp;
use crate::programme::model::{Lane, Tier};
use crate::reviews::db::conflicts::{conflicted_enterprises, hide_conflicted, member_enterprises};
use crate::rounds::model::{RoundId, RoundState};
use crate::schema::{
    application_certifications, application_overrides, application_returns, application_snapshots, applications,
    audit_events, decisions, enterprise_members as members, enterprise_name_grams as grams, enterprises, memberships,
    rounds, users,
};

type Boxed<'a> = applications::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// What the caller reaches: everything but the cases they are in conflict with, or the applications of the enterprises they act
/// for.
pub fn visible(scope: Scope, user: Option<&UserId>) -> Boxed<'_> {
    let query = applications::table.into_boxed();
    let Some(me) = user else {
        return if scope.all { query } else { query.filter(applications::id.eq("")) };
    };
    match (scope.all, scope.own) {
        (true, false) => hide_conflicted(query, me),
        // Who is both finds the cases of their own enterprises as their applicant.
        (true, true) => query.filter(
            applications::enterprise_id
                .eq_any(member_enterprises(me))
                .or(applications::enterprise_id.ne_all(conflicted_enterprises(me))),
        ),
        (false, _) => query.filter(applications::enterprise_id.eq_any(member_enterprises(me))),
    }
}

pub fn find_visible(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &ApplicationId,
) -> QueryResult<Application> {
    visible(scope, user).filter(applications::id.eq(id)).select(Application::as_select()).first(conn)
}

/// Whoever asks.
pub fn find_application(conn: &mut Conn, id: &ApplicationId) -> QueryResult<Application> {
    applications::table.find(id).select(Application::as_select()).first(conn)
}

/// Which applications a list is about.
pub struct Wanted<'a> {
    pub params: &'a ListApplicationsParams,
    /// What was submitted after it, or to a round that closed after it, is not overdue yet.
    pub overdue_before: Stamp,
    pub credit_code: Option<String>,
    pub search: Option<Search>,
}

fn filtered<'a>(scope: Scope, user: Option<&'a UserId>, wanted: &'a Wanted) -> Boxed<'a> {
    let params = wanted.params;
    let mut query = visible(scope, user);
    if params.mine == Some(true) {
        let me = user.map_or("", UserId::as_str);
        let mine = audit_events::table
            .filter(audit_events::actor.eq(me))
            .filter(audit_events::subject_kind.eq("application"))
            .select(audit_events::subject_id);
        query = query.filter(applications::id.eq_any(mine));
    }
    if params.overdue == Some(true) {
        query = query
            .filter(applications::state.eq(ApplicationState::Submitted))
            .filter(applications::submitted_at.lt(wanted.overdue_before))
            .filter(
                applications::round_id
                    .eq_any(rounds::table.filter(rounds::closes_at.lt(wanted.overdue_before)).select(rounds::id)),
            );
    }
    if let Some(state) = params.state {
        query = query.filter(applications::state.eq(state));
    }
    if let Some(round) = &params.round_id {
        query = query.filter(applications::round_id.eq(round));
    }
    if let Some(tier) = params.tier {
        query = query.filter(applications::tier.eq(tier));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(applications::enterprise_id.eq(enterprise));
    }
    if let Some(year) = params.year {
        let of_year = rounds::table.filter(rounds::year.eq(year)).select(rounds::id);
        query = query.filter(applications::round_id.eq_any(of_year));
    }
    if let Some(code) = &wanted.credit_code {
        let coded = enterprises::table.filter(enterprises::credit_code.eq(code)).select(enterprises::id);
        query = query.filter(applications::enterprise_id.eq_any(coded));
    }
    if let Some(Search { like, start }) = &wanted.search {
        let named = enterprises::table.filter(enterprises::name_search.like(like).escape('\\')).select(enterprises::id);
        query = match start {
            Start::Few(ids) => {
                query.filter(applications::enterprise_id.eq_any(named.filter(enterprises::id.eq_any(ids))))
            }
            Start::Many(gram) => {
                let having = grams::table.filter(grams::gram.eq(gram)).select(grams::enterprise_id);
                query.filter(applications::enterprise_id.eq_any(named.filter(enterprises::id.eq_any(having))))
            }
        };
    }
    query
}

/// Newest first.
pub fn list_applications(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    wanted: &Wanted,
    page: &PageRequest<ApplicationId>,
) -> QueryResult<Vec<SummaryRow>> {
    let mut query = filtered(scope, user, wanted).inner_join(enterprises::table).inner_join(rounds::table);
    if let Some(after) = &page.after {
        query = query.filter(applications::id.lt(after));
    }
    query.order(applications::id.desc()).limit(page.fetch()).select(SummaryRow::as_select()).load(conn)
}

pub fn count_applications(conn: &mut Conn, scope: Scope, user: Option<&UserId>, wanted: &Wanted) -> QueryResult<i64> {
    filtered(scope, user, wanted).count().get_result(conn)
}

/// All of a round in one of these states, oldest first.
pub fn list_of_round(conn: &mut Conn, round: &RoundId, states: &[ApplicationState]) -> QueryResult<Vec<Application>> {
    applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::state.eq_any(states))
        .order(applications::id)
        .select(Application::as_select())
        .load(conn)
}

/// What is proposed in a round, by tier and then by name, each with the submission that counts.
pub fn list_proposed(conn: &mut Conn, round: &RoundId) -> QueryResult<Vec<(Application, Snapshot, String, String)>> {
    applications::table
        .inner_join(application_snapshots::table.on(application_snapshots::id.nullable().eq(applications::snapshot_id)))
        .inner_join(enterprises::table)
        .filter(applications::round_id.eq(round))
        .filter(applications::state.eq(ApplicationState::Proposed))
        .order((applications::tier, enterprises::name, applications::id))
        .select((Application::as_select(), Snapshot::as_select(), enterprises::name, enterprises::credit_code))
        .load(conn)
}

/// Whether a decision on any application of the round waits for its approval.
pub fn has_pending_decision(conn: &mut Conn, round: &RoundId) -> QueryResult<bool> {
    let pending = decisions::table
        .inner_join(applications::table.on(applications::id.eq(decisions::subject_id)))
        .filter(decisions::state.eq(DecisionState::Pending))
        .filter(decisions::subject_kind.eq("application"))
        .filter(applications::round_id.eq(round));
    diesel::select(exists(pending)).get_result(conn)
}

/// Whether a release of the round waits for its approval.
pub fn has_pending_release(conn: &mut Conn, round: &RoundId) -> QueryResult<bool> {
    let pending = decisions::table
        .filter(decisions::state.eq(DecisionState::Pending))
        .filter(decisions::action.eq(DecisionAction::RoundRelease))
        .filter(decisions::subject_kind.eq("round"))
        .filter(decisions::subject_id.eq(round.as_str()));
    diesel::select(exists(pending)).get_result(conn)
}

pub fn count_of_round(conn: &mut Conn, round: &RoundId, states: &[ApplicationState]) -> QueryResult<i64> {
    applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::state.eq_any(states))
        .count()
        .get_result(conn)
}

pub fn count_of_tier(conn: &mut Conn, round: &RoundId, tier: Tier, states: &[ApplicationState]) -> QueryResult<i64> {
    applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::tier.eq(tier))
        .filter(applications::state.eq_any(states))
        .count()
        .get_result(conn)
}

/// Applications of a tier on which such a decision is pending.
pub fn count_pending_of_tier(conn: &mut Conn, round: &RoundId, tier: Tier, action: DecisionAction) -> QueryResult<i64> {
    decisions::table
        .inner_join(applications::table.on(applications::id.eq(decisions::subject_id)))
        .filter(decisions::state.eq(DecisionState::Pending))
        .filter(decisions::action.eq(action))
        .filter(applications::round_id.eq(round))
        .filter(applications::tier.eq(tier))
        .count()
        .get_result(conn)
}

/// Returned applications whose due date lies before `today`.
pub fn list_overdue(conn: &mut Conn, today: chrono::NaiveDate, limit: i64) -> QueryResult<Vec<Application>> {
    applications::table
        .filter(applications::state.eq(ApplicationState::Returned))
        .filter(applications::return_due_on.lt(today))
        .order((applications::return_due_on, applications::id))
        .limit(limit)
        .select(Application::as_select())
        .load(conn)
}

pub fn has_live(conn: &mut Conn, enterprise: &EnterpriseId, round: &RoundId, lane: Lane) -> QueryResult<bool> {
    let live = applications::table
        .filter(applications::enterprise_id.eq(enterprise))
        .filter(applications::round_id.eq(round))
        .filter(applications::lane.eq(lane))
        .filter(applications::live);
    diesel::select(exists(live)).get_result(conn)
}

pub fn insert_application(conn: &mut Conn, row: &Application) -> QueryResult<()> {
    diesel::insert_into(applications::table).values(row).execute(conn).map(drop)
}

pub fn update_application(conn: &mut Conn, row: &Application) -> QueryResult<()> {
    diesel::update(applications::table.find(&row.id)).set(row).execute(conn).map(drop)
}

pub fn find_snapshot(conn: &mut Conn, id: &SnapshotId) -> QueryResult<Snapshot> {
    application_snapshots::table.find(id).select(Snapshot::as_select()).first(conn)
}

/// Oldest first.
pub fn list_snapshots(conn: &mut Conn, id: &ApplicationId) -> QueryResult<Vec<Snapshot>> {
    application_snapshots::table
        .filter(application_snapshots::application_id.eq(id))
        .order(application_snapshots::number)
        .select(Snapshot::as_select())
        .load(conn)
}

pub fn find_snapshot_by_number(conn: &mut Conn, id: &ApplicationId, number: i32) -> QueryResult<Snapshot> {
    application_snapshots::table
        .filter(application_snapshots::application_id.eq(id))
        .filter(application_snapshots::number.eq(number))
        .select(Snapshot::as_select())
        .first(conn)
}

pub fn insert_certification(conn: &mut Conn, row: &Certification) -> QueryResult<()> {
    diesel::insert_into(application_certifications::table).values(row).execute(conn).map(drop)
}

/// With the name of who signed.
pub fn find_last_certification(conn: &mut Conn, id: &ApplicationId) -> QueryResult<Option<(Certification, String)>> {
    application_certifications::table
        .inner_join(users::table)
        .filter(application_certifications::application_id.eq(id))
        .order(application_certifications::id.desc())
        .select((Certification::as_select(), users::name))
        .first(conn)
        .optional()
}

pub fn count_snapshots(conn: &mut Conn, id: &ApplicationId) -> QueryResult<i64> {
    application_snapshots::table.filter(application_snapshots::application_id.eq(id)).count().get_result(conn)
}

pub fn insert_snapshot(conn: &mut Conn, row: &Snapshot) -> QueryResult<()> {
    diesel::insert_into(application_snapshots::table).values(row).execute(conn).map(drop)
}

pub fn list_returns(conn: &mut Conn, id: &ApplicationId) -> QueryResult<Vec<ApplicationReturn>> {
    application_returns::table
        .filter(application_returns::application_id.eq(id))
        .order(application_returns::number)
        .select(ApplicationReturn::as_select())
        .load(conn)
}

pub fn insert_return(conn: &mut Conn, row: &ApplicationReturn) -> QueryResult<()> {
    diesel::insert_into(application_returns::table).values(row).execute(conn).map(drop)
}

pub fn close_return(conn: &mut Conn, id: &ApplicationId, number: i32, at: Stamp) -> QueryResult<()> {
    let row = application_returns::table
        .filter(application_returns::application_id.eq(id))
        .filter(application_returns::number.eq(number));
    diesel::update(row).set(application_returns::resubmitted_at.eq(at)).execute(conn).map(drop)
}

pub fn list_overrides(conn: &mut Conn, snapshot: &SnapshotId) -> QueryResult<Vec<Override>> {
    application_overrides::table
        .filter(application_overrides::snapshot_id.eq(snapshot))
        .order(application_overrides::id)
        .select(Override::as_select())
        .load(conn)
}

pub fn insert_override(conn: &mut Conn, row: &Override) -> QueryResult<()> {
    diesel::insert_into(application_overrides::table).values(row).execute(conn).map(drop)
}

pub fn find_enterprise(conn: &mut Conn, id: &EnterpriseId) -> QueryResult<Enterprise> {
    enterprises::table.find(id).select(Enterprise::as_select()).first(conn)
}

pub fn is_member(conn: &mut Conn, enterprise: &EnterpriseId, user: &UserId) -> QueryResult<bool> {
    let membership = members::table
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::user_id.eq(user))
        .filter(members::ended_at.is_null());
    diesel::select(exists(membership)).get_result(conn)
}

/// Whether the person stands for the enterprise: an owner whom an officer has verified.
pub fn is_verified_owner(conn: &mut Conn, enterprise: &EnterpriseId, user: &UserId) -> QueryResult<bool> {
    let owner = members::table
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::user_id.eq(user))
        .filter(members::role.eq(MemberRole::Owner))
        .filter(members::verified)
        .filter(members::ended_at.is_null());
    diesel::select(exists(owner)).get_result(conn)
}

pub fn has_verified_owner(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<bool> {
    let owners = members::table
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::role.eq(MemberRole::Owner))
        .filter(members::verified)
        .filter(members::ended_at.is_null());
    diesel::select(exists(owners)).get_result(conn)
}

/// Whether the enterprise holds the title it applies for now: then it is a re-check.
pub fn holds_tier(conn: &mut Conn, enterprise: &EnterpriseId, tier: Tier) -> QueryResult<bool> {
    let held = memberships::table
        .filter(memberships::enterprise_id.eq(enterprise))
        .filter(memberships::tier.eq(tier))
        .filter(memberships::live);
    diesel::select(exists(held)).get_result(conn)
}

/// The reason of the last event of this kind.
pub fn find_last_reason(conn: &mut Conn, of: &Subject, action: &str) -> QueryResult<Option<String>> {
    audit_events::table
        .filter(audit_events::subject_kind.eq(of.kind))
        .filter(audit_events::subject_id.eq(&of.id))
        .filter(audit_events::action.eq(action))
        .order(audit_events::seq.desc())
        .select(audit_events::reason)
        .first(conn)
        .optional()
        .map(Option::flatten)
}

/// What still lives in a cancelled round, or in any of them.
pub fn list_ceasing(conn: &mut Conn, round: Option<&RoundId>, limit: i64) -> QueryResult<Vec<Application>> {
    let cancelled = rounds::table.filter(rounds::state.eq(RoundState::Cancelled)).select(rounds::id);
    let mut query = applications::table.into_boxed().filter(applications::round_id.eq_any(cancelled));
    if let Some(round) = round {
        query = query.filter(applications::round_id.eq(round));
    }
    query
        .filter(applications::state.eq_any(ApplicationState::CEASING))
        .limit(limit)
        .select(Application::as_select())
        .load(conn)
}
