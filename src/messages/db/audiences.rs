//! People, by what makes them be told. Only accounts in use: nobody writes to somebody who never came or was suspended.

use diesel::prelude::*;

use crate::applications::model::ApplicationState;
use crate::enterprises::model::EnterpriseId;
use crate::messages::model::inbox::Recipient;
use crate::platform::actor::{UserId, UserState};
use crate::platform::conn::Conn;
use crate::platform::policy::Role;
use crate::reviews::model::{DrawId, ReviewState};
use crate::rounds::model::RoundId;
use crate::schema::{
    applications, bank_users, department_members, enterprise_members as members, memberships, panels, reviews,
    role_grants, users,
};
use crate::support::model::DepartmentId;
use crate::talent_loans::model::BankId;

type Columns = (users::id, users::email, users::name, users::lang);
const COLUMNS: Columns = (users::id, users::email, users::name, users::lang);

fn in_use<'a>() -> users::BoxedQuery<'a, <Conn as diesel::Connection>::Backend> {
    users::table.filter(users::state.eq(UserState::Active)).into_boxed()
}

pub fn list_people(conn: &mut Conn, ids: &[UserId]) -> QueryResult<Vec<Recipient>> {
    in_use().filter(users::id.eq_any(ids)).order(users::id).select(COLUMNS).load(conn)
}

pub fn list_holders(conn: &mut Conn, role: Role) -> QueryResult<Vec<Recipient>> {
    let holders = role_grants::table.filter(role_grants::role.eq(role)).select(role_grants::user_id);
    in_use().filter(users::id.eq_any(holders)).order(users::id).select(COLUMNS).load(conn)
}

/// Who acts for any of these enterprises.
pub fn list_parties(conn: &mut Conn, enterprises: &[EnterpriseId]) -> QueryResult<Vec<Recipient>> {
    let acting = members::table
        .filter(members::enterprise_id.eq_any(enterprises))
        .filter(members::ended_at.is_null())
        .select(members::user_id);
    in_use().filter(users::id.eq_any(acting)).order(users::id).select(COLUMNS).load(conn)
}

/// Who acts for an enterprise with a title.
pub fn list_member_parties(conn: &mut Conn) -> QueryResult<Vec<Recipient>> {
    let titled = memberships::table
        .filter(memberships::live.eq(true))
        .filter(memberships::tier.is_not_null())
        .select(memberships::enterprise_id);
    let acting = members::table
        .filter(members::enterprise_id.eq_any(titled))
        .filter(members::ended_at.is_null())
        .select(members::user_id);
    in_use().filter(users::id.eq_any(acting)).order(users::id).select(COLUMNS).load(conn)
}

pub fn list_all_parties(conn: &mut Conn) -> QueryResult<Vec<Recipient>> {
    let acting = members::table.filter(members::ended_at.is_null()).select(members::user_id);
    in_use().filter(users::id.eq_any(acting)).order(users::id).select(COLUMNS).load(conn)
}

pub fn list_round_parties(conn: &mut Conn, round: &RoundId) -> QueryResult<Vec<Recipient>> {
    let concerned: Vec<ApplicationState> =
        ApplicationState::ALL.iter().copied().filter(|s| s.is_live() || *s == ApplicationState::Draft).collect();
    let applicants = applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::state.eq_any(concerned))
        .select(applications::enterprise_id);
    let acting = members::table
        .filter(members::enterprise_id.eq_any(applicants))
        .filter(members::ended_at.is_null())
        .select(members::user_id);
    in_use().filter(users::id.eq_any(acting)).order(users::id).select(COLUMNS).load(conn)
}

pub fn list_unit(conn: &mut Conn, unit: &DepartmentId) -> QueryResult<Vec<Recipient>> {
    let clerks = department_members::table
        .filter(department_members::department_id.eq(unit))
        .select(department_members::user_id);
    in_use().filter(users::id.eq_any(clerks)).order(users::id).select(COLUMNS).load(conn)
}

pub fn list_bank_clerks(conn: &mut Conn, banks: &[BankId]) -> QueryResult<Vec<Recipient>> {
    let clerks = bank_users::table.filter(bank_users::bank_id.eq_any(banks)).select(bank_users::user_id);
    in_use().filter(users::id.eq_any(clerks)).order(users::id).select(COLUMNS).load(conn)
}

/// The experts with something left to declare or to score in the round.
pub fn list_reviewers(conn: &mut Conn, round: &RoundId) -> QueryResult<Vec<Recipient>> {
    let pending = reviews::table
        .filter(reviews::round_id.eq(round))
        .filter(reviews::state.eq_any([ReviewState::Assigned, ReviewState::Open]))
        .select(reviews::user_id);
    in_use().filter(users::id.eq_any(pending)).order(users::id).select(COLUMNS).load(conn)
}

/// The experts who were drawn.
pub fn list_drawn(conn: &mut Conn, draw: &DrawId) -> QueryResult<Vec<Recipient>> {
    let of_draw = panels::table.filter(panels::draw_id.eq(draw)).select(panels::id);
    let assigned = reviews::table
        .filter(reviews::panel_id.eq_any(of_draw))
        .filter(reviews::state.eq(ReviewState::Assigned))
        .select(reviews::user_id);
    in_use().filter(users::id.eq_any(assigned)).order(users::id).select(COLUMNS).load(conn)
}
