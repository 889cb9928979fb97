use chrono::NaiveDate;
use diesel::dsl::{InnerJoin, IntoBoxed, exists};
use diesel::prelude::*;

use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::{
    enterprise_members as members, enterprises, loans, subsidy_claim_loans as claim_loans, subsidy_claims as claims,
};
use crate::subsidies::model::*;
use crate::talent_loans::db::{Reach, own_banks, own_enterprises};
use crate::talent_loans::model::LoanId;

type Joined = InnerJoin<claims::table, enterprises::table>;
type Boxed<'a> = IntoBoxed<'a, Joined, <Conn as diesel::Connection>::Backend>;

/// All; an enterprise its own; a bank what was handed in for its loans.
fn visible(reach: &Reach) -> Boxed<'_> {
    let query = claims::table.inner_join(enterprises::table).into_boxed();
    let of_banks = |user| {
        let rows = claim_loans::table
            .filter(claim_loans::bank_id.eq_any(own_banks(user)))
            .filter(claim_loans::live.eq(true))
            .select(claim_loans::claim_id);
        claims::id.eq_any(rows)
    };
    match reach {
        Reach::All => query,
        Reach::OwnBank(user) => query.filter(of_banks(user)),
        Reach::OwnEnterprises(user) => query.filter(claims::enterprise_id.eq_any(own_enterprises(user))),
        Reach::Both(user) => query.filter(of_banks(user).or(claims::enterprise_id.eq_any(own_enterprises(user)))),
        Reach::Nothing => query.filter(claims::id.eq("")),
    }
}

fn filtered<'a>(reach: &'a Reach, params: &'a ListSubsidyClaimsParams) -> Boxed<'a> {
    let mut query = visible(reach);
    if let Some(state) = params.state {
        query = query.filter(claims::state.eq(state));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(claims::enterprise_id.eq(enterprise));
    }
    if let Some(year) = params.budget_year {
        query = query.filter(claims::budget_year.eq(year));
    }
    query
}

/// Newest first.
pub fn list_claims(
    conn: &mut Conn,
    reach: &Reach,
    params: &ListSubsidyClaimsParams,
    page: &PageRequest<SubsidyClaimId>,
) -> QueryResult<Vec<NamedClaim>> {
    let mut query = filtered(reach, params);
    if let Some(after) = &page.after {
        query = query.filter(claims::id.lt(after));
    }
    query.order(claims::id.desc()).limit(page.fetch()).select((Claim::as_select(), enterprises::name)).load(conn)
}

pub fn count_claims(conn: &mut Conn, reach: &Reach, params: &ListSubsidyClaimsParams) -> QueryResult<i64> {
    filtered(reach, params).count().get_result(conn)
}

pub fn find_visible_claim(conn: &mut Conn, reach: &Reach, id: &SubsidyClaimId) -> QueryResult<NamedClaim> {
    visible(reach).filter(claims::id.eq(id)).select((Claim::as_select(), enterprises::name)).first(conn)
}

/// For steps that follow from another one: a decision, an objection, a payment.
pub fn find_claim(conn: &mut Conn, id: &SubsidyClaimId) -> QueryResult<Claim> {
    claims::table.find(id).select(Claim::as_select()).first(conn)
}

/// In the order of the list, with the names of the enterprises; those that do not exist are missing.
pub fn list_named(conn: &mut Conn, ids: &[SubsidyClaimId]) -> QueryResult<Vec<(NamedClaim, String)>> {
    let rows: Vec<(Claim, String, String)> = claims::table
        .inner_join(enterprises::table)
        .filter(claims::id.eq_any(ids))
        .select((Claim::as_select(), enterprises::name, enterprises::credit_code))
        .load(conn)?;
    let mut rows: Vec<_> = rows.into_iter().map(|(claim, name, code)| ((claim, name), code)).collect();
    rows.sort_by_key(|((claim, _), _)| ids.iter().position(|id| *id == claim.id));
    Ok(rows)
}

pub fn insert_claim(conn: &mut Conn, row: &Claim) -> QueryResult<()> {
    diesel::insert_into(claims::table).values(row).execute(conn).map(drop)
}

pub fn update_claim(conn: &mut Conn, row: &Claim) -> QueryResult<()> {
    diesel::update(claims::table.find(&row.id)).set(row).execute(conn).map(drop)
}

/// The loans of a claim in its order, with their contract numbers.
pub fn list_claim_loans(conn: &mut Conn, id: &SubsidyClaimId) -> QueryResult<Vec<(ClaimLoan, String)>> {
    claim_loans::table
        .inner_join(loans::table)
        .filter(claim_loans::claim_id.eq(id))
        .order(claim_loans::position)
        .select((ClaimLoan::as_select(), loans::contract_no))
        .load(conn)
}

/// The contract numbers of these claims' loans; a bank's own ones only.
pub fn list_contracts(
    conn: &mut Conn,
    reach: &Reach,
    ids: &[SubsidyClaimId],
) -> QueryResult<Vec<(SubsidyClaimId, String)>> {
    let rows = claim_loans::table.inner_join(loans::table).filter(claim_loans::claim_id.eq_any(ids));
    let mut query = rows.into_boxed::<<Conn as diesel::Connection>::Backend>();
    if let Reach::OwnBank(user) = reach {
        query = query.filter(claim_loans::bank_id.eq_any(own_banks(user)));
    }
    query
        .order((claim_loans::claim_id, claim_loans::position))
        .select((claim_loans::claim_id, loans::contract_no))
        .load(conn)
}

pub fn insert_claim_loan(conn: &mut Conn, row: &ClaimLoan) -> QueryResult<()> {
    diesel::insert_into(claim_loans::table).values(row).execute(conn).map(drop)
}

pub fn update_claim_loan(conn: &mut Conn, row: &ClaimLoan) -> QueryResult<()> {
    diesel::update(claim_loans::table.find((&row.claim_id, &row.loan_id))).set(row).execute(conn).map(drop)
}

/// A draft's list is written anew.
pub fn delete_claim_loans(conn: &mut Conn, id: &SubsidyClaimId) -> QueryResult<()> {
    diesel::delete(claim_loans::table.filter(claim_loans::claim_id.eq(id))).execute(conn).map(drop)
}

/// Another live claim on this loan whose period touches this one.
pub fn find_rival(
    conn: &mut Conn,
    own: &SubsidyClaimId,
    loan: &LoanId,
    from: NaiveDate,
    to: NaiveDate,
) -> QueryResult<Option<SubsidyClaimId>> {
    claims::table
        .inner_join(claim_loans::table)
        .filter(claim_loans::loan_id.eq(loan))
        .filter(claim_loans::live.eq(true))
        .filter(claims::id.ne(own))
        .filter(claims::interest_from.lt(to))
        .filter(claims::interest_to.gt(from))
        .select(claims::id)
        .first(conn)
        .optional()
}

/// What the enterprise has been granted in a budget year, beside one claim.
pub fn list_granted(
    conn: &mut Conn,
    enterprise: &EnterpriseId,
    budget_year: i32,
    but: &SubsidyClaimId,
) -> QueryResult<Vec<i64>> {
    claims::table
        .filter(claims::enterprise_id.eq(enterprise))
        .filter(claims::budget_year.eq(budget_year))
        .filter(claims::state.eq_any(SubsidyClaimState::TAKING))
        .filter(claims::id.ne(but))
        .select(claims::granted_fen)
        .load(conn)
}

/// On notice, and its last day has passed.
pub fn list_past_publicity(conn: &mut Conn, today: NaiveDate, limit: i64) -> QueryResult<Vec<Claim>> {
    claims::table
        .filter(claims::state.eq(SubsidyClaimState::InPublicity))
        .filter(claims::publicity_ends_on.lt(today))
        .order(claims::id)
        .limit(limit)
        .select(Claim::as_select())
        .load(conn)
}

/// Acts for the enterprise, or says so.
pub fn is_member(conn: &mut Conn, enterprise: &EnterpriseId, user: &UserId) -> QueryResult<bool> {
    let rows = members::table
        .filter(members::enterprise_id.eq(enterprise))
        .filter(members::user_id.eq(user))
        .filter(members::ended_at.is_null());
    diesel::select(exists(rows)).get_result(conn)
}

/// Whether the bank of a claim's loan is the caller's.
pub fn is_own_bank(conn: &mut Conn, row: &ClaimLoan, user: &UserId) -> QueryResult<bool> {
    use crate::schema::bank_users;
    let rows = bank_users::table.filter(bank_users::user_id.eq(user)).filter(bank_users::bank_id.eq(&row.bank_id));
    diesel::select(exists(rows)).get_result(conn)
}
