//! Reviews: one expert's task each.

use diesel::prelude::*;

use crate::applications::model::ApplicationId;
use crate::each;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Scope;
use crate::programme::model::Tier;
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::reviews::model::{ListReviewsParams, PanelId, Review, ReviewId, ReviewState, TaskRow};
use crate::rounds::model::RoundId;
use crate::schema::{applications, enterprises, reviews, users};

type Boxed<'a> = reviews::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// An expert sees the tasks they have a part in, staff see all; nobody sees a case they are in conflict with.
pub fn visible<'a>(scope: Scope, me: Option<&'a UserId>) -> Boxed<'a> {
    let mut query = reviews::table.into_boxed();
    let Some(me) = me else { return query };
    if !scope.all {
        let live: Vec<ReviewState> = ReviewState::ALL.iter().copied().filter(|s| s.is_live()).collect();
        query = query.filter(reviews::user_id.eq(me)).filter(reviews::state.eq_any(live));
    }
    query
        .filter(reviews::enterprise_id.ne_all(conflicted_enterprises(me)))
        .filter(reviews::enterprise_id.ne_all(member_enterprises(me)))
}

fn filtered<'a>(scope: Scope, me: Option<&'a UserId>, params: &'a ListReviewsParams) -> Boxed<'a> {
    let mut query = visible(scope, me);
    if let Some(state) = &params.state {
        query = query.filter(reviews::state.eq(state));
    }
    if let Some(round) = &params.round_id {
        query = query.filter(reviews::round_id.eq(round));
    }
    if let Some(application) = &params.application_id {
        query = query.filter(reviews::application_id.eq(application));
    }
    query
}

/// What a list shows of a task, without the sheet: the review, its tier, the enterprise's name, the expert's.
type Columns = ((ReviewId, RoundId, ApplicationId, ReviewState, bool, Option<i64>), Tier, String, String);

/// Newest first.
pub fn list_reviews(
    conn: &mut Conn,
    scope: Scope,
    me: Option<&UserId>,
    params: &ListReviewsParams,
    page: &PageRequest<ReviewId>,
) -> QueryResult<Vec<TaskRow>> {
    let mut query = filtered(scope, me, params)
        .inner_join(applications::table)
        .inner_join(enterprises::table)
        .inner_join(users::table);
    if let Some(after) = &page.after {
        query = query.filter(reviews::id.lt(after));
    }
    let columns = (
        (reviews::id, reviews::round_id, reviews::application_id, reviews::state, reviews::arbiter, reviews::total),
        applications::tier,
        enterprises::name,
        users::name,
    );
    let rows: Vec<Columns> = query.order(reviews::id.desc()).limit(page.fetch()).select(columns).load(conn)?;
    let task = |((id, round_id, application_id, state, arbiter, total), tier, enterprise, expert)| TaskRow {
        id,
        round_id,
        application_id,
        state,
        arbiter,
        total,
        tier,
        enterprise,
        expert,
    };
    Ok(rows.into_iter().map(task).collect())
}

pub fn count_reviews(
    conn: &mut Conn,
    scope: Scope,
    me: Option<&UserId>,
    params: &ListReviewsParams,
) -> QueryResult<i64> {
    filtered(scope, me, params).count().get_result(conn)
}

pub fn find_visible(conn: &mut Conn, scope: Scope, me: Option<&UserId>, id: &ReviewId) -> QueryResult<Review> {
    visible(scope, me).filter(reviews::id.eq(id)).select(Review::as_select()).first(conn)
}

/// The task of an expert on an application, once they have declared no conflict.
pub fn find_declared(
    conn: &mut Conn,
    scope: Scope,
    me: &UserId,
    application: &ApplicationId,
) -> QueryResult<Option<Review>> {
    visible(scope, Some(me))
        .filter(reviews::application_id.eq(application))
        .filter(reviews::declared_at.is_not_null())
        .select(Review::as_select())
        .first(conn)
        .optional()
}

/// The expert's own task, also when they are out of it: so that they are told why they can do nothing.
pub fn find_own(conn: &mut Conn, me: &UserId, id: &ReviewId) -> QueryResult<Review> {
    reviews::table.find(id).filter(reviews::user_id.eq(me)).select(Review::as_select()).first(conn)
}

pub fn list_of_application(conn: &mut Conn, application: &ApplicationId) -> QueryResult<Vec<Review>> {
    reviews::table
        .filter(reviews::application_id.eq(application))
        .order(reviews::id)
        .select(Review::as_select())
        .load(conn)
}

pub fn list_of_panel(conn: &mut Conn, panel: &PanelId) -> QueryResult<Vec<Review>> {
    reviews::table.filter(reviews::panel_id.eq(panel)).order(reviews::id).select(Review::as_select()).load(conn)
}

/// All that take part in the applications of a round.
pub fn list_live_of_round(conn: &mut Conn, round: &RoundId, tier: Option<Tier>) -> QueryResult<Vec<Review>> {
    let live: Vec<ReviewState> = ReviewState::ALL.iter().copied().filter(|s| s.is_live()).collect();
    let mut query = reviews::table
        .inner_join(applications::table)
        .filter(reviews::round_id.eq(round))
        .filter(reviews::state.eq_any(live))
        .select(Review::as_select())
        .into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Some(tier) = tier {
        query = query.filter(applications::tier.eq(tier));
    }
    query.order(reviews::id).load(conn)
}

/// Unfinished tasks of a person on an enterprise's cases.
pub fn list_live_between(conn: &mut Conn, user: &UserId, enterprise: &EnterpriseId) -> QueryResult<Vec<Review>> {
    let live: Vec<ReviewState> = ReviewState::ALL.iter().copied().filter(|s| s.is_live()).collect();
    reviews::table
        .filter(reviews::user_id.eq(user))
        .filter(reviews::enterprise_id.eq(enterprise))
        .filter(reviews::state.eq_any(live))
        .order(reviews::id)
        .select(Review::as_select())
        .load(conn)
}

pub fn insert_reviews(conn: &mut Conn, rows: &[Review]) -> QueryResult<()> {
    // SQLite takes 32,766 values in one statement.
    for piece in rows.chunks(1_000) {
        let piece = piece.to_vec();
        // Many rows at once: the combined connection cannot.
        each!(&mut *conn, c => diesel::insert_into(reviews::table).values(&piece).execute(c))?;
    }
    Ok(())
}

pub fn update_review(conn: &mut Conn, row: &Review) -> QueryResult<()> {
    diesel::update(reviews::table.find(&row.id)).set(row).execute(conn).map(drop)
}
