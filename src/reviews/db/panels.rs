use diesel::prelude::*;

use crate::applications::model::ApplicationId;
use crate::each;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::reviews::db::conflicts::{conflicted_enterprises, member_enterprises};
use crate::reviews::model::{Draw, DrawId, ListDrawsParams, PanelId, PanelMember, PanelRow, PanelState};
use crate::rounds::model::RoundId;
use crate::schema::{draws, panel_applications, panel_members, panels, reviews};

type Backend = <Conn as diesel::Connection>::Backend;

/// Without the draws for a case the person must not know of.
fn visible_draws<'a>(me: Option<&'a UserId>) -> draws::BoxedQuery<'a, Backend> {
    let query = draws::table.into_boxed();
    let Some(me) = me else { return query };
    let conflicted = panels::table
        .inner_join(reviews::table)
        .filter(reviews::enterprise_id.eq_any(conflicted_enterprises(me)))
        .select(panels::draw_id);
    let acting = panels::table
        .inner_join(reviews::table)
        .filter(reviews::enterprise_id.eq_any(member_enterprises(me)))
        .select(panels::draw_id);
    query.filter(draws::id.ne_all(conflicted)).filter(draws::id.ne_all(acting))
}

pub fn find_draw(conn: &mut Conn, me: Option<&UserId>, id: &DrawId) -> QueryResult<Draw> {
    visible_draws(me).filter(draws::id.eq(id)).select(Draw::as_select()).first(conn)
}

/// Newest first.
pub fn list_draws(
    conn: &mut Conn,
    me: Option<&UserId>,
    params: &ListDrawsParams,
    page: &PageRequest<DrawId>,
) -> QueryResult<Vec<Draw>> {
    let mut query = visible_draws(me);
    if let Some(round) = &params.round_id {
        query = query.filter(draws::round_id.eq(round));
    }
    if let Some(after) = &page.after {
        query = query.filter(draws::id.lt(after));
    }
    query.order(draws::id.desc()).limit(page.fetch()).select(Draw::as_select()).load(conn)
}

pub fn insert_draw(conn: &mut Conn, row: &Draw) -> QueryResult<()> {
    diesel::insert_into(draws::table).values(row).execute(conn).map(drop)
}

pub fn find_panel(conn: &mut Conn, me: Option<&UserId>, id: &PanelId) -> QueryResult<PanelRow> {
    let mut query = panels::table.into_boxed();
    if let Some(me) = me {
        let conflicted =
            reviews::table.filter(reviews::enterprise_id.eq_any(conflicted_enterprises(me))).select(reviews::panel_id);
        let acting =
            reviews::table.filter(reviews::enterprise_id.eq_any(member_enterprises(me))).select(reviews::panel_id);
        query = query.filter(panels::id.ne_all(conflicted)).filter(panels::id.ne_all(acting));
    }
    query.filter(panels::id.eq(id)).select(PanelRow::as_select()).first(conn)
}

pub fn has_panels(conn: &mut Conn, round: &RoundId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(panels::table.filter(panels::round_id.eq(round)))).get_result(conn)
}

/// Members, then alternates in the order in which they step in.
pub fn list_members(conn: &mut Conn, panel: &PanelId) -> QueryResult<Vec<PanelMember>> {
    panel_members::table
        .filter(panel_members::panel_id.eq(panel))
        .order((panel_members::alternate, panel_members::position))
        .select(PanelMember::as_select())
        .load(conn)
}

pub fn list_applications(conn: &mut Conn, panel: &PanelId) -> QueryResult<Vec<ApplicationId>> {
    panel_applications::table
        .filter(panel_applications::panel_id.eq(panel))
        .order(panel_applications::application_id)
        .select(panel_applications::application_id)
        .load(conn)
}

pub fn insert_panel(
    conn: &mut Conn,
    row: &PanelRow,
    members: &[PanelMember],
    applications: &[ApplicationId],
) -> QueryResult<()> {
    diesel::insert_into(panels::table).values(row).execute(conn)?;
    let members = members.to_vec();
    // Many rows at once: the combined connection cannot.
    each!(&mut *conn, c => diesel::insert_into(panel_members::table).values(&members).execute(c))?;
    let pairs: Vec<_> = applications
        .iter()
        .map(|id| {
            (
                panel_applications::panel_id.eq(&row.id),
                panel_applications::application_id.eq(id),
                panel_applications::live.eq(true),
            )
        })
        .collect();
    each!(conn, c => diesel::insert_into(panel_applications::table).values(&pairs).execute(c)).map(drop)
}

/// Its applications have no panel any more.
pub fn dissolve_panel(conn: &mut Conn, row: &PanelRow) -> QueryResult<()> {
    diesel::update(panels::table.find(&row.id)).set(row).execute(conn)?;
    diesel::update(panel_applications::table.filter(panel_applications::panel_id.eq(&row.id)))
        .set(panel_applications::live.eq(false))
        .execute(conn)
        .map(drop)
}

/// The last dissolved panel of one of these applications: what a new draw replaces.
pub fn find_dissolved(conn: &mut Conn, applications: &[ApplicationId]) -> QueryResult<Option<PanelRow>> {
    panel_applications::table
        .inner_join(panels::table)
        .filter(panel_applications::application_id.eq_any(applications.to_vec()))
        .filter(panels::state.eq(PanelState::Replaced))
        .order(panels::id.desc())
        .select(PanelRow::as_select())
        .first(conn)
        .optional()
}
