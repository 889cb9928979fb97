use chrono::NaiveDate;

use super::comparing::compare;
use super::db;
use crate::error::{AppError, FieldCode};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event};
use crate::reconciliation::model::*;
use crate::reconciliation::rules::periods::{Facts, Span, may_close, months_of, previous_month, read_period};
use crate::say;

pub fn list_closed_periods(cx: &mut Cx, params: &ListClosedPeriodsParams) -> Result<Page<ClosedPeriodView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::list_closed(cx.conn, params, &page)?;
    let key = |p: &ClosedPeriod| (p.starts_on, p.period.clone(), p.account);
    Ok(Page::of(rows, page.limit, None, key, ClosedPeriodView::from))
}

/// Freezes a month or a year: from then on nothing is booked into it, and no statement line comes in. Closing is final; what was
/// missed is booked in an open month.
pub fn close_period(cx: &mut Cx, body: &ClosePeriodBody) -> Result<ClosedPeriodView, AppError> {
    let Some(span) = read_period(&body.period) else {
        let said = say!("应为 2027-01 或 2027 的形式", "is written 2027-01 or 2027");
        return Err(AppError::field("/period", FieldCode::Format, said));
    };
    let account = body.account;
    let closed = db::find_closed(cx.conn, account, &span.name)?.is_some();
    let in_order = closed || is_in_order(cx, account, &span)?;
    let found = compare(cx, account, span.starts_on, span.ends_on)?;
    may_close(&span, cx.today(), Facts { closed, in_order, open_differences: found.open })?;
    let row = ClosedPeriod {
        account,
        period: span.name,
        starts_on: span.starts_on,
        ends_on: span.ends_on,
        entries: found.entries,
        in_fen: found.books_in_fen,
        out_fen: found.books_out_fen,
        explained: found.differences.len() as i64,
        closed_by: cx.actor.label(),
        closed_at: cx.now,
    };
    db::insert_closed(cx.conn, &row)?;
    let changes = Changes::default()
        .set("entries", row.entries)
        .set("in_fen", row.in_fen)
        .set("out_fen", row.out_fen)
        .set("explained", row.explained);
    cx.record(Event::on(row.subject()).to("closed").changes(changes));
    Ok(row.into())
}

fn is_in_order(cx: &mut Cx, account: MoneyAccount, span: &Span) -> Result<bool, AppError> {
    let first = db::find_first_day(cx.conn, account)?;
    let nothing_before = |day: NaiveDate| first.is_none_or(|first| first >= day);
    if span.is_year {
        for month in months_of(span) {
            let empty = nothing_before(month.ends_on.succ_opt().unwrap_or(month.ends_on));
            if !empty && db::find_closed(cx.conn, account, &month.name)?.is_none() {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let Some(before) = previous_month(span) else { return Ok(true) };
    Ok(nothing_before(span.starts_on) || db::find_closed(cx.conn, account, &before.name)?.is_some())
}
