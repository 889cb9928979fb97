use diesel::prelude::*;

use crate::accounts::model::{AccountCode, CodeId, CodePurpose};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::types::Stamp;
use crate::schema::account_codes;

pub fn insert_code(conn: &mut Conn, code: &AccountCode) -> QueryResult<()> {
    diesel::insert_into(account_codes::table).values(code).execute(conn).map(drop)
}

/// The newest code that was neither redeemed nor replaced.
pub fn find_open_code(conn: &mut Conn, user: &UserId, purpose: CodePurpose) -> QueryResult<Option<AccountCode>> {
    account_codes::table
        .filter(account_codes::user_id.eq(user))
        .filter(account_codes::purpose.eq(purpose))
        .filter(account_codes::used_at.is_null())
        .order(account_codes::id.desc())
        .select(AccountCode::as_select())
        .first(conn)
        .optional()
}

pub fn count_codes_since(conn: &mut Conn, user: &UserId, purpose: CodePurpose, since: Stamp) -> QueryResult<i64> {
    account_codes::table
        .filter(account_codes::user_id.eq(user))
        .filter(account_codes::purpose.eq(purpose))
        .filter(account_codes::created_at.gt(since))
        .count()
        .get_result(conn)
}

/// A newer code takes the place of those that are still open.
pub fn close_codes(conn: &mut Conn, user: &UserId, purpose: CodePurpose, now: Stamp) -> QueryResult<()> {
    let open = account_codes::table
        .filter(account_codes::user_id.eq(user))
        .filter(account_codes::purpose.eq(purpose))
        .filter(account_codes::used_at.is_null());
    diesel::update(open).set(account_codes::used_at.eq(Some(now))).execute(conn).map(drop)
}

/// Codes that could not be redeemed any more before `old`.
pub fn delete_codes(conn: &mut Conn, old: Stamp) -> QueryResult<()> {
    diesel::delete(account_codes::table.filter(account_codes::expires_at.lt(old))).execute(conn).map(drop)
}

pub fn update_code_attempts(conn: &mut Conn, id: &CodeId, attempts: i32) -> QueryResult<()> {
    diesel::update(account_codes::table.find(id)).set(account_codes::attempts.eq(attempts)).execute(conn).map(drop)
}
