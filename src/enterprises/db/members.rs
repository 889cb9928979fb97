use diesel::prelude::*;

use crate::enterprises::model::{Claim, EnterpriseId, Member};
use crate::platform::conn::Conn;
use crate::schema::{enterprise_claims as claims, enterprise_members as members};

/// Those who act for the enterprise now.
pub fn list_members(conn: &mut Conn, enterprise: &EnterpriseId) -> QueryResult<Vec<Member>> {
    members::table
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::ended_at.is_null())
        .order(members::id)
        .select(Member::as_select())
        .load(conn)
}

pub fn insert_member(conn: &mut Conn, row: &Member) -> QueryResult<()> {
    diesel::insert_into(members::table).values(row).execute(conn).map(drop)
}

pub fn insert_claim(conn: &mut Conn, row: &Claim) -> QueryResult<()> {
    diesel::insert_into(claims::table).values(row).execute(conn).map(drop)
}
