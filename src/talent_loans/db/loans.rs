use diesel::dsl::{InnerJoin, IntoBoxed};
use diesel::prelude::*;

use super::{Backend, Reach, own_banks, own_enterprises};
use crate::enterprises::model::EnterpriseId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::{banks, enterprises, loans, talents};
use crate::talent_loans::model::*;

type Joined = InnerJoin<InnerJoin<InnerJoin<loans::table, banks::table>, enterprises::table>, talents::table>;
type Boxed<'a> = IntoBoxed<'a, Joined, Backend>;

fn visible(reach: &Reach) -> Boxed<'_> {
    let query =
        loans::table.inner_join(banks::table).inner_join(enterprises::table).inner_join(talents::table).into_boxed();
    match reach {
        Reach::All => query,
        Reach::OwnBank(user) => query.filter(loans::bank_id.eq_any(own_banks(user))),
        Reach::OwnEnterprises(user) => query.filter(loans::enterprise_id.eq_any(own_enterprises(user))),
        Reach::Both(user) => {
            query.filter(loans::bank_id.eq_any(own_banks(user)).or(loans::enterprise_id.eq_any(own_enterprises(user))))
        }
        Reach::Nothing => query.filter(loans::id.eq("")),
    }
}

fn filtered<'a>(reach: &'a Reach, params: &'a ListLoansParams) -> Boxed<'a> {
    let mut query = visible(reach);
    if let Some(state) = params.state {
        query = query.filter(loans::state.eq(state));
    }
    if let Some(class) = params.class {
        query = query.filter(loans::class.eq(class));
    }
    if let Some(bank) = &params.bank_id {
        query = query.filter(loans::bank_id.eq(bank));
    }
    if let Some(enterprise) = &params.enterprise_id {
        query = query.filter(loans::enterprise_id.eq(enterprise));
    }
    if let Some(talent) = &params.talent_id {
        query = query.filter(loans::talent_id.eq(talent));
    }
    if let Some(number) = &params.contract_no {
        query = query.filter(loans::contract_no.eq(number));
    }
    query
}

/// Newest first.
pub fn list_loans(
    conn: &mut Conn,
    reach: &Reach,
    params: &ListLoansParams,
    page: &PageRequest<LoanId>,
) -> QueryResult<Vec<NamedLoan>> {
    let mut query = filtered(reach, params);
    if let Some(after) = &page.after {
        query = query.filter(loans::id.lt(after));
    }
    query
        .order(loans::id.desc())
        .limit(page.fetch())
        .select((Loan::as_select(), banks::name, enterprises::name, talents::name))
        .load(conn)
}

pub fn count_loans(conn: &mut Conn, reach: &Reach, params: &ListLoansParams) -> QueryResult<i64> {
    filtered(reach, params).count().get_result(conn)
}

pub fn find_visible_loan(conn: &mut Conn, reach: &Reach, id: &LoanId) -> QueryResult<NamedLoan> {
    visible(reach)
        .filter(loans::id.eq(id))
        .select((Loan::as_select(), banks::name, enterprises::name, talents::name))
        .first(conn)
}

/// Not counting cancelled ones.
pub fn find_by_contract(conn: &mut Conn, bank: &BankId, contract_no: &str) -> QueryResult<Option<Loan>> {
    loans::table
        .filter(loans::bank_id.eq(bank))
        .filter(loans::contract_no.eq(contract_no))
        .filter(loans::state.ne(LoanState::Cancelled))
        .select(Loan::as_select())
        .first(conn)
        .optional()
}

/// State and covered principal of every loan of a talent, whichever the bank, but for one.
pub fn list_cover_of_talent(conn: &mut Conn, talent: &TalentId, but: &LoanId) -> QueryResult<Vec<(LoanState, i64)>> {
    loans::table
        .filter(loans::talent_id.eq(talent))
        .filter(loans::id.ne(but))
        .select((loans::state, loans::covered_fen))
        .load(conn)
}

pub fn list_cover_of_enterprise(
    conn: &mut Conn,
    enterprise: &EnterpriseId,
    but: &LoanId,
) -> QueryResult<Vec<(LoanState, i64)>> {
    loans::table
        .filter(loans::enterprise_id.eq(enterprise))
        .filter(loans::id.ne(but))
        .select((loans::state, loans::covered_fen))
        .load(conn)
}

pub fn insert_loan(conn: &mut Conn, row: &Loan) -> QueryResult<()> {
    diesel::insert_into(loans::table).values(row).execute(conn).map(drop)
}

pub fn update_loan(conn: &mut Conn, row: &Loan) -> QueryResult<()> {
    diesel::update(loans::table.find(&row.id)).set(row).execute(conn).map(drop)
}
