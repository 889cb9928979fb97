use diesel::prelude::*;

use crate::platform::conn::Conn;
use crate::schema::{subsidy_claw_backs as claw_backs, subsidy_repayments as repayments};
use crate::subsidies::model::*;

pub fn insert_claw_back(conn: &mut Conn, row: &ClawBack) -> QueryResult<()> {
    diesel::insert_into(claw_backs::table).values(row).execute(conn).map(drop)
}

pub fn update_claw_back(conn: &mut Conn, row: &ClawBack) -> QueryResult<()> {
    diesel::update(claw_backs::table.find(&row.id)).set(row).execute(conn).map(drop)
}

pub fn find_claw_back(conn: &mut Conn, id: &ClawBackId) -> QueryResult<ClawBack> {
    claw_backs::table.find(id).select(ClawBack::as_select()).first(conn)
}

/// Proposed or demanded, not settled.
pub fn find_open(conn: &mut Conn, claim: &SubsidyClaimId) -> QueryResult<Option<ClawBackId>> {
    claw_backs::table
        .filter(claw_backs::claim_id.eq(claim))
        .filter(claw_backs::state.eq_any([ClawBackState::Proposed, ClawBackState::Demanded]))
        .select(claw_backs::id)
        .first(conn)
        .optional()
}

/// Newest first.
pub fn list_of_claim(conn: &mut Conn, claim: &SubsidyClaimId) -> QueryResult<Vec<ClawBack>> {
    claw_backs::table
        .filter(claw_backs::claim_id.eq(claim))
        .order(claw_backs::id.desc())
        .select(ClawBack::as_select())
        .load(conn)
}

pub fn insert_repayment(conn: &mut Conn, row: &Repayment) -> QueryResult<()> {
    diesel::insert_into(repayments::table).values(row).execute(conn).map(drop)
}

pub fn list_repayments(conn: &mut Conn, claw_back: &ClawBackId) -> QueryResult<Vec<Repayment>> {
    repayments::table
        .filter(repayments::claw_back_id.eq(claw_back))
        .order(repayments::id)
        .select(Repayment::as_select())
        .load(conn)
}

pub fn repayment_voucher_exists(conn: &mut Conn, voucher: &str) -> QueryResult<bool> {
    let rows = repayments::table.filter(repayments::voucher_no.eq(voucher));
    diesel::select(diesel::dsl::exists(rows)).get_result(conn)
}
