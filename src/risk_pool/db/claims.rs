use diesel::dsl::max;
use diesel::prelude::*;

use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::risk_pool::model::{
    CompensationClaim, CompensationClaimId, CompensationState, ListCompensationsParams, NamedCompensation, Recovery,
};
use crate::schema::{banks, compensation_claims, compensation_recoveries, enterprises, loans};
use crate::talent_loans::db::{Reach, own_banks};
use crate::talent_loans::model::LoanId;

type Boxed<'a> = compensation_claims::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// The claims within reach: all, or those of the bank whose clerk asks.
fn visible(reach: &Reach) -> Boxed<'_> {
    let query = compensation_claims::table.into_boxed();
    match reach {
        Reach::All => query,
        Reach::OwnBank(user) => query.filter(compensation_claims::bank_id.eq_any(own_banks(user))),
        Reach::OwnEnterprises(_) | Reach::Both(_) | Reach::Nothing => query.filter(compensation_claims::id.eq("")),
    }
}

pub fn insert_claim(conn: &mut Conn, claim: &CompensationClaim) -> QueryResult<()> {
    diesel::insert_into(compensation_claims::table).values(claim).execute(conn).map(drop)
}

pub fn update_claim(conn: &mut Conn, claim: &CompensationClaim) -> QueryResult<()> {
    diesel::update(compensation_claims::table.find(&claim.id)).set(claim).execute(conn).map(drop)
}

pub fn find_claim(conn: &mut Conn, reach: &Reach, id: &CompensationClaimId) -> QueryResult<CompensationClaim> {
    visible(reach).filter(compensation_claims::id.eq(id)).select(CompensationClaim::as_select()).first(conn)
}

pub fn find_live_claim_on(conn: &mut Conn, loan_id: &LoanId) -> QueryResult<Option<CompensationClaimId>> {
    compensation_claims::table
        .filter(compensation_claims::loan_id.eq(loan_id))
        .filter(compensation_claims::state.ne(CompensationState::Refused))
        .select(compensation_claims::id)
        .first(conn)
        .optional()
}

pub fn find_last_queue_no(conn: &mut Conn) -> QueryResult<Option<i64>> {
    compensation_claims::table.select(max(compensation_claims::queue_no)).first(conn)
}

/// The first of the claims that wait for money, in the order of their admission.
pub fn list_queue(conn: &mut Conn, limit: i64) -> QueryResult<Vec<CompensationClaim>> {
    compensation_claims::table
        .filter(compensation_claims::state.eq(CompensationState::Queued))
        .order(compensation_claims::queue_no)
        .limit(limit)
        .select(CompensationClaim::as_select())
        .load(conn)
}

pub fn list_queued_amounts(conn: &mut Conn) -> QueryResult<Vec<i64>> {
    compensation_claims::table
        .filter(compensation_claims::state.eq(CompensationState::Queued))
        .select(compensation_claims::queued_fen)
        .load(conn)
}

fn filtered<'a>(reach: &'a Reach, params: &'a ListCompensationsParams) -> Boxed<'a> {
    let mut query = visible(reach);
    if let Some(state) = params.state {
        query = query.filter(compensation_claims::state.eq(state));
    }
    if let Some(bank) = &params.bank_id {
        query = query.filter(compensation_claims::bank_id.eq(bank));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(compensation_claims::enterprise_id.eq(enterprise));
    }
    query
}

/// Newest first.
pub fn list_claims(
    conn: &mut Conn,
    reach: &Reach,
    params: &ListCompensationsParams,
    page: &PageRequest<CompensationClaimId>,
) -> QueryResult<Vec<NamedCompensation>> {
    let mut query = filtered(reach, params);
    if let Some(after) = &page.after {
        query = query.filter(compensation_claims::id.lt(after));
    }
    let ids: Vec<CompensationClaimId> =
        query.order(compensation_claims::id.desc()).limit(page.fetch()).select(compensation_claims::id).load(conn)?;
    list_named(conn, &ids)
}

/// Newest first.
pub fn list_named(conn: &mut Conn, ids: &[CompensationClaimId]) -> QueryResult<Vec<NamedCompensation>> {
    compensation_claims::table
        .inner_join(enterprises::table)
        .inner_join(banks::table)
        .inner_join(loans::table)
        .filter(compensation_claims::id.eq_any(ids))
        .order(compensation_claims::id.desc())
        .select((CompensationClaim::as_select(), enterprises::name, banks::name, loans::contract_no))
        .load(conn)
}

pub fn count_claims(conn: &mut Conn, reach: &Reach, params: &ListCompensationsParams) -> QueryResult<i64> {
    filtered(reach, params).count().get_result(conn)
}

pub fn insert_recovery(conn: &mut Conn, recovery: &Recovery) -> QueryResult<()> {
    diesel::insert_into(compensation_recoveries::table).values(recovery).execute(conn).map(drop)
}

pub fn recovery_voucher_exists(conn: &mut Conn, voucher: &str) -> QueryResult<bool> {
    let rows = compensation_recoveries::table.filter(compensation_recoveries::voucher_no.eq(voucher));
    diesel::select(diesel::dsl::exists(rows)).get_result(conn)
}

/// In the order they came in.
pub fn list_recoveries(conn: &mut Conn, claim: &CompensationClaimId) -> QueryResult<Vec<Recovery>> {
    compensation_recoveries::table
        .filter(compensation_recoveries::claim_id.eq(claim))
        .order(compensation_recoveries::id)
        .select(Recovery::as_select())
        .load(conn)
}
