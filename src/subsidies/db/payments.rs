use diesel::prelude::*;

use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::schema::{payment_batches as batches, subsidy_payments as payments};
use crate::subsidies::model::*;

pub fn insert_batch(conn: &mut Conn, row: &Batch) -> QueryResult<()> {
    diesel::insert_into(batches::table).values(row).execute(conn).map(drop)
}

pub fn find_batch(conn: &mut Conn, id: &PaymentBatchId) -> QueryResult<Batch> {
    batches::table.find(id).select(Batch::as_select()).first(conn)
}

/// Newest first.
pub fn list_batches(conn: &mut Conn, page: &PageRequest<PaymentBatchId>) -> QueryResult<Vec<Batch>> {
    let mut query = batches::table.into_boxed();
    if let Some(after) = &page.after {
        query = query.filter(batches::id.lt(after));
    }
    query.order(batches::id.desc()).limit(page.fetch()).select(Batch::as_select()).load(conn)
}

pub fn count_batches(conn: &mut Conn) -> QueryResult<i64> {
    batches::table.count().get_result(conn)
}

pub fn insert_payment(conn: &mut Conn, row: &Payment) -> QueryResult<()> {
    diesel::insert_into(payments::table).values(row).execute(conn).map(drop)
}

pub fn update_payment(conn: &mut Conn, row: &Payment) -> QueryResult<()> {
    diesel::update(payments::table.find(&row.id)).set(row).execute(conn).map(drop)
}

pub fn find_payment(conn: &mut Conn, id: &SubsidyPaymentId) -> QueryResult<Payment> {
    payments::table.find(id).select(Payment::as_select()).first(conn)
}

pub fn list_of_batch(conn: &mut Conn, id: &PaymentBatchId) -> QueryResult<Vec<Payment>> {
    payments::table.filter(payments::batch_id.eq(id)).order(payments::id).select(Payment::as_select()).load(conn)
}

/// Newest first.
pub fn list_of_claim(conn: &mut Conn, id: &SubsidyClaimId) -> QueryResult<Vec<Payment>> {
    payments::table.filter(payments::claim_id.eq(id)).order(payments::id.desc()).select(Payment::as_select()).load(conn)
}

pub fn find_by_voucher(conn: &mut Conn, voucher: &str) -> QueryResult<Option<SubsidyPaymentId>> {
    payments::table.filter(payments::voucher_no.eq(voucher)).select(payments::id).first(conn).optional()
}
