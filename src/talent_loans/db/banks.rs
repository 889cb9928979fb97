use diesel::prelude::*;

use super::{Backend, Reach, own_banks};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::platform::policy::Role;
use crate::schema::{bank_users, banks, role_grants, users};
use crate::talent_loans::model::*;

type Boxed<'a> = banks::BoxedQuery<'a, Backend>;

fn visible(reach: &Reach) -> Boxed<'_> {
    let query = banks::table.into_boxed();
    match reach {
        Reach::All => query,
        Reach::OwnBank(user) | Reach::Both(user) => query.filter(banks::id.eq_any(own_banks(user))),
        Reach::OwnEnterprises(_) | Reach::Nothing => query.filter(banks::id.eq("")),
    }
}

fn filtered<'a>(reach: &'a Reach, params: &ListBanksParams) -> Boxed<'a> {
    let query = visible(reach);
    match params.state {
        Some(state) => query.filter(banks::state.eq(state)),
        None => query,
    }
}

/// Newest first.
pub fn list_banks(
    conn: &mut Conn,
    reach: &Reach,
    params: &ListBanksParams,
    page: &PageRequest<BankId>,
) -> QueryResult<Vec<Bank>> {
    let mut query = filtered(reach, params);
    if let Some(after) = &page.after {
        query = query.filter(banks::id.lt(after));
    }
    query.order(banks::id.desc()).limit(page.fetch()).select(Bank::as_select()).load(conn)
}

pub fn count_banks(conn: &mut Conn, reach: &Reach, params: &ListBanksParams) -> QueryResult<i64> {
    filtered(reach, params).count().get_result(conn)
}

pub fn find_visible_bank(conn: &mut Conn, reach: &Reach, id: &BankId) -> QueryResult<Bank> {
    visible(reach).filter(banks::id.eq(id)).select(Bank::as_select()).first(conn)
}

/// The bank whose clerk somebody is.
pub fn find_bank_of(conn: &mut Conn, user: &UserId) -> QueryResult<Option<Bank>> {
    banks::table.filter(banks::id.eq_any(own_banks(user))).select(Bank::as_select()).first(conn).optional()
}

/// Another bank of that name or code.
pub fn has_twin(conn: &mut Conn, id: &BankId, name: &str, cnaps_code: &str) -> QueryResult<bool> {
    let twins = banks::table.filter(banks::id.ne(id)).filter(banks::name.eq(name).or(banks::cnaps_code.eq(cnaps_code)));
    diesel::select(diesel::dsl::exists(twins)).get_result(conn)
}

pub fn insert_bank(conn: &mut Conn, row: &Bank) -> QueryResult<()> {
    diesel::insert_into(banks::table).values(row).execute(conn).map(drop)
}

pub fn update_bank(conn: &mut Conn, row: &Bank) -> QueryResult<()> {
    diesel::update(banks::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// The clerks of a bank with name and e-mail address.
pub fn list_bank_users(conn: &mut Conn, bank: &BankId) -> QueryResult<Vec<(BankUser, String, String)>> {
    bank_users::table
        .inner_join(users::table)
        .filter(bank_users::bank_id.eq(bank))
        .order(bank_users::user_id)
        .select((BankUser::as_select(), users::name, users::email))
        .load(conn)
}

pub fn find_bank_user(conn: &mut Conn, user: &UserId) -> QueryResult<Option<BankUser>> {
    bank_users::table.find(user).select(BankUser::as_select()).first(conn).optional()
}

pub fn is_bank_clerk(conn: &mut Conn, user: &UserId) -> QueryResult<bool> {
    let grant = role_grants::table.filter(role_grants::user_id.eq(user)).filter(role_grants::role.eq(Role::Bank));
    diesel::select(diesel::dsl::exists(grant)).get_result(conn)
}

/// Takes the place of whatever the person belonged to.
pub fn set_bank_user(conn: &mut Conn, row: &BankUser) -> QueryResult<()> {
    delete_bank_user(conn, &row.user_id)?;
    diesel::insert_into(bank_users::table).values(row).execute(conn).map(drop)
}

pub fn delete_bank_user(conn: &mut Conn, user: &UserId) -> QueryResult<()> {
    diesel::delete(bank_users::table.find(user)).execute(conn).map(drop)
}
