use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::enterprises::model::EnterpriseId;
use crate::platform::conn::Conn;
use crate::platform::types::Stamp;
use crate::programme::model::{Lane, Tier};
use crate::risk_pool::model::{Account, CompensationState};
use crate::schema::{
    banks, compensation_claims as compensations, enterprises, loans, memberships, pool_balances,
    subsidy_claim_loans as claim_loans, subsidy_claims as claims,
};
use crate::subsidies::model::SubsidyClaimState;
use crate::talent_loans::model::{BankId, Loan, LoanClass, LoanSchemeId, LoanState};

/// With something owed.
const LIVE: [LoanState; 2] = [LoanState::Active, LoanState::Overdue];
/// Of the balance, what is covered. In both databases' own words: PostgreSQL adds bigints up to a numeric.
const COVERED: &str = "CAST(SUM(CASE WHEN balance_fen < covered_fen THEN balance_fen ELSE covered_fen END) AS BIGINT)";
const BALANCE: &str = "CAST(SUM(balance_fen) AS BIGINT)";
const COUNT: &str = "COUNT(*)";
/// No instalments.
const AT_ONCE: &str = "[]";

pub type ClaimRow = (SubsidyClaimState, Stamp, i64, i64);

pub fn list_claims(conn: &mut Conn, year: Option<i32>) -> QueryResult<Vec<ClaimRow>> {
    let mut query = claims::table.into_boxed();
    if let Some(year) = year {
        query = query.filter(claims::budget_year.eq(year));
    }
    query.select((claims::state, claims::state_since, claims::computed_fen, claims::granted_fen)).load(conn)
}

pub type PaidRow = (EnterpriseId, String, i64, i64);

/// Enterprise, name, paid, returned: a row per paid claim.
pub fn list_paid(conn: &mut Conn, year: Option<i32>) -> QueryResult<Vec<PaidRow>> {
    let mut query = claims::table.inner_join(enterprises::table).filter(claims::paid_fen.gt(0)).into_boxed();
    if let Some(year) = year {
        query = query.filter(claims::budget_year.eq(year));
    }
    query.select((claims::enterprise_id, enterprises::name, claims::paid_fen, claims::returned_fen)).load(conn)
}

/// What was paid on loans of each bank: a row per loan of a paid claim.
pub fn list_paid_by_bank(conn: &mut Conn, year: Option<i32>) -> QueryResult<Vec<(BankId, String, i64)>> {
    let mut query = claim_loans::table
        .inner_join(claims::table)
        .inner_join(banks::table)
        .filter(claims::paid_fen.gt(0))
        .into_boxed();
    if let Some(year) = year {
        query = query.filter(claims::budget_year.eq(year));
    }
    query.select((claim_loans::bank_id, banks::name, claim_loans::granted_fen)).load(conn)
}

/// The tier each enterprise holds now: of two the one on the ladder.
pub fn list_tiers(conn: &mut Conn) -> QueryResult<Vec<(EnterpriseId, Tier, Lane)>> {
    let rows: Vec<(EnterpriseId, Option<Tier>, Lane)> = memberships::table
        .filter(memberships::live.eq(true))
        .filter(memberships::tier.is_not_null())
        .select((memberships::enterprise_id, memberships::tier, memberships::lane))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, tier, lane)| Some((id, tier?, lane))).collect())
}

pub fn list_loans_by_class(conn: &mut Conn) -> QueryResult<Vec<(LoanClass, i64, i64, i64)>> {
    loans::table
        .filter(loans::state.eq_any(LIVE))
        .group_by(loans::class)
        .select((loans::class, sql::<BigInt>(COUNT), sql::<BigInt>(BALANCE), sql::<BigInt>(COVERED)))
        .load(conn)
}

/// Subsidy claims whose review is late.
pub fn list_late_reviews(conn: &mut Conn, today: NaiveDate) -> QueryResult<Vec<(String, Option<NaiveDate>)>> {
    claims::table
        .filter(claims::state.eq_any(SubsidyClaimState::UNDER_REVIEW))
        .filter(claims::due_on.lt(today))
        .select((claims::id, claims::due_on))
        .load(conn)
}

/// Compensation claims whose payment is late.
pub fn list_late_payments(conn: &mut Conn, today: NaiveDate) -> QueryResult<Vec<(String, Option<NaiveDate>)>> {
    let unpaid = [CompensationState::Filed, CompensationState::Admitted, CompensationState::Queued];
    compensations::table
        .filter(compensations::state.eq_any(unpaid))
        .filter(compensations::due_on.lt(today))
        .select((compensations::id, compensations::due_on))
        .load(conn)
}

pub fn find_pool_balance(conn: &mut Conn) -> QueryResult<i64> {
    let rows: Vec<i64> = pool_balances::table
        .filter(pool_balances::account.eq_any([Account::Available, Account::Committed]))
        .select(pool_balances::balance_fen)
        .load(conn)?;
    Ok(rows.into_iter().sum())
}

pub type HoldingRow = (BankId, EnterpriseId, LoanSchemeId, i64, i64);

/// Live loans by bank, enterprise and scheme: how many, and what of them is covered.
pub fn list_holdings(conn: &mut Conn) -> QueryResult<Vec<HoldingRow>> {
    loans::table
        .filter(loans::state.eq_any(LIVE))
        .group_by((loans::bank_id, loans::enterprise_id, loans::scheme_id))
        .select((loans::bank_id, loans::enterprise_id, loans::scheme_id, sql::<BigInt>(COUNT), sql::<BigInt>(COVERED)))
        .load(conn)
}

pub fn list_banks(conn: &mut Conn) -> QueryResult<Vec<(BankId, String)>> {
    banks::table.select((banks::id, banks::name)).load(conn)
}

/// The main track of every enterprise that borrowed.
pub fn list_tracks(conn: &mut Conn) -> QueryResult<Vec<(EnterpriseId, Option<String>)>> {
    let borrowers = loans::table.filter(loans::state.eq_any(LIVE)).select(loans::enterprise_id);
    enterprises::table
        .filter(enterprises::id.eq_any(borrowers))
        .select((enterprises::id, enterprises::main_track))
        .load(conn)
}

pub type ScheduleRow = (NaiveDate, Option<NaiveDate>, LoanClass, LoanSchemeId, i64, i64);

/// Live loans repaid in one sum, by what their future depends on; `claimed`: with a live compensation claim, or without.
pub fn list_schedule(conn: &mut Conn, claimed: bool) -> QueryResult<Vec<ScheduleRow>> {
    // Boxed queries cannot be grouped, so the question is compared with its answer.
    let of_claims =
        compensations::table.filter(compensations::state.ne(CompensationState::Refused)).select(compensations::loan_id);
    let wanted = loans::id.eq_any(of_claims).eq(claimed);
    loans::table
        .filter(loans::state.eq_any(LIVE))
        .filter(loans::instalments.eq(AT_ONCE))
        .filter(wanted)
        .group_by((loans::due_on, loans::overdue_since, loans::class, loans::scheme_id))
        .select((
            loans::due_on,
            loans::overdue_since,
            loans::class,
            loans::scheme_id,
            sql::<BigInt>(BALANCE),
            sql::<BigInt>(COVERED),
        ))
        .load(conn)
}

/// Live loans repaid in instalments, each by itself, and whether a compensation claim is alive for it.
pub fn list_instalment_loans(conn: &mut Conn) -> QueryResult<Vec<(Loan, bool)>> {
    let of_claims =
        compensations::table.filter(compensations::state.ne(CompensationState::Refused)).select(compensations::loan_id);
    loans::table
        .filter(loans::state.eq_any(LIVE))
        .filter(loans::instalments.ne(AT_ONCE))
        .select((Loan::as_select(), loans::id.eq_any(of_claims)))
        .load(conn)
}

/// Due day and what is still owed: of claims not admitted yet what they are entitled to.
pub fn list_claims_due(conn: &mut Conn) -> QueryResult<Vec<(Option<NaiveDate>, i64)>> {
    let open = [CompensationState::Filed, CompensationState::Admitted, CompensationState::Queued];
    let rows: Vec<(Option<NaiveDate>, i64, i64)> = compensations::table
        .filter(compensations::state.eq_any(open))
        .select((compensations::due_on, compensations::entitled_fen, compensations::paid_fen))
        .load(conn)?;
    Ok(rows.into_iter().map(|(due_on, entitled_fen, paid_fen)| (due_on, entitled_fen - paid_fen)).collect())
}
