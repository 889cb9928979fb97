use diesel::prelude::*;

use super::model::{Feedback, Minutes, RankingMove, ReleaseItem, Score, ScoreInput, ScoredCase};
use crate::applications::model::{ApplicationId, ApplicationState};
use crate::decisions::model::DecisionId;
use crate::each;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::policy::Scope;
use crate::platform::types::Doc;
use crate::programme::model::Tier;
use crate::reviews::db::conflicts::{conflicted_enterprises, hidden_cases, member_enterprises};
use crate::rounds::model::RoundId;
use crate::schema::{applications, enterprises, feedbacks, ranking_moves, release_items, round_minutes, scores, users};

type Columns = (ApplicationId, EnterpriseId, String, String, ApplicationState);

fn scored((id, enterprise_id, enterprise, credit_code, state): Columns) -> ScoredCase {
    ScoredCase { id, enterprise_id, enterprise, credit_code, state }
}

/// Whether a case of the round, or of one of its tiers, is one the person must not find.
pub fn has_stake(conn: &mut Conn, me: &UserId, round: &RoundId, tier: Option<Tier>) -> QueryResult<bool> {
    let of = applications::enterprise_id;
    let mut cases = applications::table
        .into_boxed()
        .filter(applications::round_id.eq(round))
        .filter(of.eq_any(conflicted_enterprises(me)).or(of.eq_any(member_enterprises(me))));
    if let Some(tier) = tier {
        cases = cases.filter(applications::tier.eq(tier));
    }
    cases.count().get_result::<i64>(conn).map(|count| count > 0)
}

/// Every frozen result of a tier, without cases the person must not find.
pub fn list_results(
    conn: &mut Conn,
    me: Option<&UserId>,
    round: &RoundId,
    tier: Tier,
) -> QueryResult<Vec<(ScoredCase, Doc<Score>)>> {
    let of = applications::enterprise_id;
    let mut query = scores::table
        .inner_join(applications::table.inner_join(enterprises::table))
        .filter(scores::round_id.eq(round))
        .filter(scores::tier.eq(tier))
        .filter(applications::state.ne_all([ApplicationState::Withdrawn, ApplicationState::Void]))
        .select((
            (applications::id, enterprises::id, enterprises::name, enterprises::credit_code, applications::state),
            scores::result,
        ))
        .into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Some(me) = me {
        query = query.filter(of.ne_all(conflicted_enterprises(me))).filter(of.ne_all(member_enterprises(me)));
    }
    let rows: Vec<(Columns, Doc<Score>)> = query.order(scores::application_id).load(conn)?;
    Ok(rows.into_iter().map(|(columns, result)| (scored(columns), result)).collect())
}

/// What the same results follow from, for trying out something else.
pub fn list_inputs(
    conn: &mut Conn,
    me: Option<&UserId>,
    round: &RoundId,
    tier: Tier,
) -> QueryResult<Vec<(ApplicationId, Doc<ScoreInput>)>> {
    let mut query = scores::table
        .filter(scores::round_id.eq(round))
        .filter(scores::tier.eq(tier))
        .select((scores::application_id, scores::input))
        .into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Some(me) = me {
        query = query.filter(scores::application_id.ne_all(hidden_cases(me)));
    }
    query.order(scores::application_id).load(conn)
}

/// Moves by hand, oldest first, with the name of who made them; without those of cases the person must not find.
pub fn list_moves(
    conn: &mut Conn,
    me: Option<&UserId>,
    round: &RoundId,
    tier: Tier,
) -> QueryResult<Vec<(RankingMove, String)>> {
    let mut query = ranking_moves::table
        .inner_join(users::table)
        .filter(ranking_moves::round_id.eq(round))
        .filter(ranking_moves::tier.eq(tier))
        .into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Some(me) = me {
        query = query.filter(ranking_moves::application_id.ne_all(hidden_cases(me)));
    }
    query.order(ranking_moves::id).select((RankingMove::as_select(), users::name)).load(conn)
}

pub fn insert_move(conn: &mut Conn, row: &RankingMove) -> QueryResult<()> {
    diesel::insert_into(ranking_moves::table).values(row).execute(conn).map(drop)
}

pub fn find_minutes(conn: &mut Conn, round: &RoundId) -> QueryResult<Option<Minutes>> {
    round_minutes::table.find(round).select(Minutes::as_select()).first(conn).optional()
}

pub fn insert_minutes(conn: &mut Conn, row: &Minutes) -> QueryResult<()> {
    diesel::insert_into(round_minutes::table).values(row).execute(conn).map(drop)
}

pub fn update_minutes(conn: &mut Conn, row: &Minutes) -> QueryResult<()> {
    diesel::update(round_minutes::table.find(&row.round_id)).set(row).execute(conn).map(drop)
}

pub fn insert_items(conn: &mut Conn, rows: &[ReleaseItem]) -> QueryResult<()> {
    for piece in rows.chunks(2_000) {
        let piece = piece.to_vec();
        // The combined connection has no batch insert.
        each!(&mut *conn, c => diesel::insert_into(release_items::table).values(&piece).execute(c))?;
    }
    Ok(())
}

/// In the order of the ranking.
pub fn list_items(conn: &mut Conn, decision: &DecisionId) -> QueryResult<Vec<ReleaseItem>> {
    release_items::table
        .filter(release_items::decision_id.eq(decision))
        .order((release_items::position, release_items::application_id))
        .select(ReleaseItem::as_select())
        .load(conn)
}

/// Whether the release holds a case the person must not find.
pub fn holds_hidden(conn: &mut Conn, me: &UserId, decision: &DecisionId) -> QueryResult<bool> {
    let hidden = release_items::table
        .filter(release_items::decision_id.eq(decision))
        .filter(release_items::application_id.eq_any(hidden_cases(me)));
    diesel::select(diesel::dsl::exists(hidden)).get_result(conn)
}

/// Staff reach every feedback but those a conflict keeps from them; an applicant those that were sent to them.
pub fn find_visible_feedback(
    conn: &mut Conn,
    scope: Scope,
    user: Option<&UserId>,
    id: &ApplicationId,
) -> QueryResult<Feedback> {
    let mut query = feedbacks::table.find(id).into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Some(me) = user {
        query = if scope.all {
            query.filter(feedbacks::application_id.ne_all(hidden_cases(me)))
        } else {
            query
                .filter(feedbacks::enterprise_id.eq_any(member_enterprises(me)))
                .filter(feedbacks::state.eq(super::model::FeedbackState::Sent))
        };
    }
    query.select(Feedback::as_select()).first(conn)
}

pub fn find_feedback(conn: &mut Conn, id: &ApplicationId) -> QueryResult<Option<Feedback>> {
    feedbacks::table.find(id).select(Feedback::as_select()).first(conn).optional()
}

pub fn insert_feedback(conn: &mut Conn, row: &Feedback) -> QueryResult<()> {
    diesel::insert_into(feedbacks::table).values(row).execute(conn).map(drop)
}

pub fn update_feedback(conn: &mut Conn, row: &Feedback) -> QueryResult<()> {
    diesel::update(feedbacks::table.find(&row.application_id)).set(row).execute(conn).map(drop)
}
