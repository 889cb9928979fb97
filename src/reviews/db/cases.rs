//! What reviews need to know of rounds, applications and rule sets.

use diesel::prelude::*;
use std::collections::BTreeMap;

use crate::applications::model::{ApplicationId, ApplicationState, SnapshotId};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::types::Doc;
use crate::programme::TierEvaluation;
use crate::programme::model::Tier;
use crate::reviews::db::conflicts::hide_conflicted;
use crate::reviews::model::{ReviewPlanRow, ScoreRow};
use crate::rounds::model::RoundId;
use crate::schema::{application_snapshots, applications, enterprises, panel_applications, review_plans, scores};

/// An application as the review sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = applications)]
pub struct Case {
    pub id: ApplicationId,
    pub round_id: RoundId,
    pub enterprise_id: EnterpriseId,
    pub tier: Tier,
    pub state: ApplicationState,
    pub snapshot_id: Option<SnapshotId>,
}

type Boxed<'a> = applications::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// Staff see every case but those they are in conflict with.
fn visible<'a>(me: Option<&'a UserId>) -> Boxed<'a> {
    let query = applications::table.into_boxed();
    match me {
        Some(me) => hide_conflicted(query, me),
        None => query,
    }
}

pub fn find_case(conn: &mut Conn, me: Option<&UserId>, id: &ApplicationId) -> QueryResult<Case> {
    visible(me).filter(applications::id.eq(id)).select(Case::as_select()).first(conn)
}

/// In the order of their ids.
pub fn list_cases(
    conn: &mut Conn,
    me: Option<&UserId>,
    round: &RoundId,
    tier: Option<Tier>,
    states: &[ApplicationState],
) -> QueryResult<Vec<Case>> {
    let mut query =
        visible(me).filter(applications::round_id.eq(round)).filter(applications::state.eq_any(states.to_vec()));
    if let Some(tier) = tier {
        query = query.filter(applications::tier.eq(tier));
    }
    query.order(applications::id).select(Case::as_select()).load(conn)
}

pub fn list_by_ids(conn: &mut Conn, me: Option<&UserId>, ids: &[ApplicationId]) -> QueryResult<Vec<Case>> {
    visible(me)
        .filter(applications::id.eq_any(ids.to_vec()))
        .order(applications::id)
        .select(Case::as_select())
        .load(conn)
}

/// Which of the round's applications have a sitting panel.
pub fn list_with_panel(conn: &mut Conn, round: &RoundId) -> QueryResult<Vec<ApplicationId>> {
    panel_applications::table
        .inner_join(applications::table)
        .filter(applications::round_id.eq(round))
        .filter(panel_applications::live)
        .select(panel_applications::application_id)
        .load(conn)
}

pub fn enterprise_names(conn: &mut Conn, ids: &[EnterpriseId]) -> QueryResult<BTreeMap<EnterpriseId, String>> {
    let rows: Vec<(EnterpriseId, String)> = enterprises::table
        .filter(enterprises::id.eq_any(ids.to_vec()))
        .select((enterprises::id, enterprises::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

pub fn enterprise_exists(conn: &mut Conn, id: &EnterpriseId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(enterprises::table.find(id))).get_result(conn)
}

/// Form, figures and evaluation of a submission, as they were frozen.
pub fn find_material(conn: &mut Conn, snapshot: &SnapshotId) -> QueryResult<(String, String, Doc<TierEvaluation>)> {
    application_snapshots::table
        .filter(application_snapshots::id.eq(snapshot))
        .select((application_snapshots::form, application_snapshots::figures, application_snapshots::evaluation))
        .first(conn)
}

/// The evaluations frozen with the submissions of a tier that are reviewed.
pub fn list_evaluations(
    conn: &mut Conn,
    round: &RoundId,
    tier: Tier,
) -> QueryResult<Vec<(ApplicationId, Doc<TierEvaluation>)>> {
    applications::table
        .inner_join(application_snapshots::table.on(application_snapshots::id.nullable().eq(applications::snapshot_id)))
        .filter(applications::round_id.eq(round))
        .filter(applications::tier.eq(tier))
        .select((applications::id, application_snapshots::evaluation))
        .load(conn)
}

pub fn find_evaluation(conn: &mut Conn, snapshot: &SnapshotId) -> QueryResult<Doc<TierEvaluation>> {
    application_snapshots::table.find(snapshot).select(application_snapshots::evaluation).first(conn)
}

/// What must not stand in a text that blind reviewers read: name and code of the enterprise.
pub fn applicant_names(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<(String, String)> {
    enterprises::table.find(enterprise).select((enterprises::name, enterprises::credit_code)).first(conn)
}

/// The plans of these rounds, where one was set.
pub fn list_plans(conn: &mut Conn, rounds: &[RoundId]) -> QueryResult<Vec<ReviewPlanRow>> {
    review_plans::table
        .filter(review_plans::round_id.eq_any(rounds.to_vec()))
        .select(ReviewPlanRow::as_select())
        .load(conn)
}

pub fn find_plan(conn: &mut Conn, round: &RoundId) -> QueryResult<Option<ReviewPlanRow>> {
    review_plans::table.find(round).select(ReviewPlanRow::as_select()).first(conn).optional()
}

pub fn insert_plan(conn: &mut Conn, row: &ReviewPlanRow) -> QueryResult<()> {
    diesel::insert_into(review_plans::table).values(row).execute(conn).map(drop)
}

pub fn update_plan(conn: &mut Conn, row: &ReviewPlanRow) -> QueryResult<()> {
    diesel::update(review_plans::table.find(&row.round_id)).set(row).execute(conn).map(drop)
}

pub fn find_score(conn: &mut Conn, application: &ApplicationId) -> QueryResult<Option<ScoreRow>> {
    scores::table.filter(scores::application_id.eq(application)).select(ScoreRow::as_select()).first(conn).optional()
}

pub fn list_scores(conn: &mut Conn, round: &RoundId) -> QueryResult<Vec<ScoreRow>> {
    scores::table.filter(scores::round_id.eq(round)).order(scores::id).select(ScoreRow::as_select()).load(conn)
}

/// Which applications of the round have a frozen result.
pub fn list_scored(conn: &mut Conn, round: &RoundId) -> QueryResult<Vec<ApplicationId>> {
    scores::table.filter(scores::round_id.eq(round)).select(scores::application_id).load(conn)
}

pub fn insert_score(conn: &mut Conn, row: &ScoreRow) -> QueryResult<()> {
    diesel::insert_into(scores::table).values(row).execute(conn).map(drop)
}
