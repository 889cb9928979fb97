//! Ordering payments in batches, and what the bank made of them.

use super::{REASON_MAX, budgets, check_past_day, check_reason, check_voucher, db, move_by};
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::money::capital_text;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::reconciliation::model::MoneyAccount;
use crate::reconciliation::service::may_book;
use crate::say;
use crate::subsidies::model::*;
use crate::subsidies::rules::claims::Step;
use crate::subsidies::rules::forms::{check_account, plain_number};
use crate::subsidies::rules::payments::{may_order, may_record, may_reopen};

const MOST: usize = 200;

pub fn list_payment_batches(cx: &mut Cx, params: &ListBatchesParams) -> Result<Page<PaymentBatchSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::payments::list_batches(cx.conn, &page)?;
    let total = if page.count { Some(db::payments::count_batches(cx.conn)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |batch| batch.id.clone(), PaymentBatchSummary::from))
}

pub fn get_payment_batch(cx: &mut Cx, id: &PaymentBatchId) -> Result<PaymentBatchView, AppError> {
    let batch = db::payments::find_batch(cx.conn, id)?;
    let items = db::payments::list_of_batch(cx.conn, id)?;
    Ok(PaymentBatchView {
        total_capital: capital_text(batch.total_fen),
        items: items.into_iter().map(PaymentSummary::try_from).collect::<Result<_, _>>()?,
        batch: batch.into(),
    })
}

pub fn get_subsidy_payment(cx: &mut Cx, id: &SubsidyPaymentId) -> Result<PaymentView, AppError> {
    let payment = db::payments::find_payment(cx.conn, id)?;
    view(cx, payment)
}

/// One payment per claim, all of them or none. A claim is in one payment at a time.
pub fn create_payment_batch(cx: &mut Cx, body: &CreateBatchBody) -> Result<PaymentBatchView, AppError> {
    let me = cx.actor.label();
    let mut faults = Faults::default();
    let rows = db::claims::list_named(cx.conn, &body.claim_ids)?;
    if body.claim_ids.is_empty() {
        faults.plain("/claim_ids", FieldCode::Required);
    }
    if body.claim_ids.len() > MOST {
        faults.add("/claim_ids", FieldCode::TooLong, say!("最多 {MOST} 件", "takes at most {MOST}"));
    }
    for (i, id) in body.claim_ids.iter().enumerate() {
        if body.claim_ids[..i].contains(id) {
            faults.plain(format!("/claim_ids/{i}"), FieldCode::Duplicate);
        } else if !rows.iter().any(|((claim, _), _)| claim.id == *id) {
            faults.plain(format!("/claim_ids/{i}"), FieldCode::NotExisting);
        }
    }
    faults.text("/note", &body.note, 0, REASON_MAX);
    faults.done()?;
    for ((claim, _), _) in &rows {
        may_order(claim, &me)?;
    }
    let batch = Batch {
        id: cx.id(),
        note: body.note.trim().to_owned(),
        payments: i32::try_from(rows.len()).map_err(AppError::internal)?,
        total_fen: rows.iter().map(|((claim, _), _)| claim.granted_fen).sum(),
        prepared_by: me,
        created_at: cx.now,
    };
    db::payments::insert_batch(cx.conn, &batch)?;
    for ((mut claim, _), _) in rows {
        let payment = Payment {
            id: cx.id(),
            batch_id: batch.id.clone(),
            claim_id: claim.id.clone(),
            enterprise_id: claim.enterprise_id.clone(),
            budget_year: claim.budget_year,
            amount_fen: claim.granted_fen,
            payee: Doc::of(&claim.form.read()?.account),
            state: PaymentState::Pending,
            voucher_no: None,
            paid_on: None,
            failure: None,
            recorded_by: None,
            created_at: cx.now,
            updated_at: cx.now,
            version: 1,
        };
        db::payments::insert_payment(cx.conn, &payment)?;
        let changes = Changes::default()
            .set("batch_id", &batch.id)
            .set("claim_id", &claim.id)
            .set("amount_fen", payment.amount_fen);
        cx.record(Event::on(payment.subject()).to(payment.state).changes(changes));
        let changes = Changes::default().set("payment_id", &payment.id);
        move_by(cx, &mut claim, Step::Order, None, changes)?;
    }
    let changes = Changes::default().set("payments", batch.payments).set("total_fen", batch.total_fen);
    cx.record(Event::on(batch.subject()).to("ordered").changes(changes));
    get_payment_batch(cx, &batch.id)
}

/// What the bank made of it. A payment is recorded once and a voucher pays once, whoever sends it again.
pub fn record_subsidy_payment(
    cx: &mut Cx,
    id: &SubsidyPaymentId,
    body: &RecordPaymentBody,
) -> Result<PaymentView, AppError> {
    let before = db::payments::find_payment(cx.conn, id)?;
    let mut faults = Faults::default();
    let voucher = body.voucher_no.as_deref().unwrap_or_default().trim().to_owned();
    let failure = body.failure.as_deref().unwrap_or_default().trim().to_owned();
    match body.outcome {
        None => faults.plain("/outcome", FieldCode::Required),
        Some(PaymentOutcome::Paid) => check_voucher(&mut faults, &voucher),
        Some(PaymentOutcome::Failed) => faults.text("/failure", &failure, 2, REASON_MAX),
    }
    let paid_on = check_past_day(cx, &mut faults, "/paid_on", body.paid_on);
    faults.done()?;
    let paid = body.outcome == Some(PaymentOutcome::Paid);
    // Before the state is judged: the answer to a replayed payment is that it is one.
    if paid && let Some(other) = db::payments::find_by_voucher(cx.conn, &voucher)? {
        return Err(AppError::new(Code::VoucherUsed).member("payment_id", other));
    }
    may_record(&before)?;
    cx.expect_version(before.version)?;
    if paid {
        may_book(cx, MoneyAccount::Subsidy, paid_on)?;
    }
    let mut after = before.clone();
    after.state = if paid { PaymentState::Paid } else { PaymentState::Failed };
    after.recorded_by = Some(cx.actor.label());
    if paid {
        (after.voucher_no, after.paid_on) = (Some(voucher), Some(paid_on));
    } else {
        after.failure = Some(failure);
    }
    after.version += 1;
    after.updated_at = cx.now;
    db::payments::update_payment(cx.conn, &after)?;
    let changes = Changes::default()
        .field("voucher_no", &before.voucher_no, &after.voucher_no)
        .field("paid_on", before.paid_on, after.paid_on)
        .field("failure", &before.failure, &after.failure);
    cx.record(Event::on(after.subject()).moved(before.state, after.state).changes(changes));
    let mut claim = db::claims::find_claim(cx.conn, &after.claim_id)?;
    if paid {
        let amount = after.amount_fen;
        budgets::book(cx, after.budget_year, |budget| {
            budget.committed_fen -= amount;
            budget.paid_fen += amount;
        })?;
        claim.paid_fen = amount;
        let changes = Changes::default().set("payment_id", &after.id).set("paid_fen", amount);
        move_by(cx, &mut claim, Step::Pay, None, changes)?;
    } else {
        let changes = Changes::default().set("payment_id", &after.id);
        move_by(cx, &mut claim, Step::Fail, after.failure.as_deref(), changes)?;
    }
    view(cx, after)
}

/// The claim may be ordered again, to the account that is given or the one it had.
pub fn reopen_subsidy_payment(
    cx: &mut Cx,
    id: &SubsidyPaymentId,
    body: &ReopenPaymentBody,
) -> Result<PaymentView, AppError> {
    let payment = db::payments::find_payment(cx.conn, id)?;
    let mut claim = db::claims::find_claim(cx.conn, &payment.claim_id)?;
    may_reopen(&payment, &claim)?;
    let mut faults = Faults::default();
    if let Some(account) = &body.account {
        check_account(&mut faults, "/account", account);
    }
    faults.done()?;
    check_reason(&body.reason)?;
    let mut changes = Changes::default().set("payment_id", &payment.id);
    if let Some(account) = &body.account {
        let mut form = claim.form.read()?;
        changes = changes.field("account", &form.account, account);
        form.account = PayeeAccount { number: plain_number(&account.number), ..account.clone() };
        claim.form = Doc::of(&form);
    }
    move_by(cx, &mut claim, Step::Retry, Some(&body.reason), changes)?;
    view(cx, payment)
}

fn view(cx: &mut Cx, payment: Payment) -> Result<PaymentView, AppError> {
    let claim = db::claims::find_claim(cx.conn, &payment.claim_id)?;
    let href = |step: &str| format!("/api/v1/subsidy-payments/{}/{step}", payment.id);
    let actions = Actions::of(cx)
        .add(Action::SubsidyPaymentRecord, "POST", href("outcome"), may_record(&payment))
        .add(Action::SubsidyPaymentReopen, "POST", href("reopening"), may_reopen(&payment, &claim))
        .list();
    Ok(PaymentView { payment: payment.try_into()?, actions })
}
