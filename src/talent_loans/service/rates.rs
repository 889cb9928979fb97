use std::collections::HashMap;

use super::imports::{Import, header_faults, table_fault};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::table_file::read_table;
use crate::platform::trail::{Changes, Event, Subject};
use crate::talent_loans::db::rates as db;
use crate::talent_loans::model::*;
use crate::talent_loans::rules::lpr_rows::read_lpr_rows;

pub fn list_lpr_rates(cx: &mut Cx, params: &ListLprRatesParams) -> Result<Page<LprRateView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_rates(cx.conn, params, &page)?;
    let total = if page.count { Some(db::count_rates(cx.conn, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |rate| (rate.published_on, rate.tenor), LprRateView::from))
}

/// Rows count as created, updated or unchanged by the rates in them. A rate already on record is put right, and the trail says so;
/// resets that were reckoned from the wrong one stay in their ledgers until they are reversed.
pub fn import_lpr_rates(cx: &mut Cx, bytes: &[u8], max_rows: usize, import: Import) -> Result<ImportSummary, AppError> {
    let table = match read_table(bytes, max_rows) {
        Ok(table) => table,
        Err(fault) => return import.rejected(cx, 0, table_fault(fault)),
    };
    let read = table.rows.len();
    let rows = match read_lpr_rows(&table, cx.today()) {
        Ok((rows, faults)) if faults.is_empty() => rows,
        Ok((_, faults)) => return import.rejected(cx, read, faults),
        Err(faults) => return import.rejected(cx, read, header_faults(faults)),
    };
    let on_record: HashMap<(chrono::NaiveDate, LprTenor), i64> =
        db::list_all_rates(cx.conn)?.into_iter().map(|rate| ((rate.published_on, rate.tenor), rate.rate_ppm)).collect();
    let mut summary = ImportSummary { read, ..ImportSummary::default() };
    for (_, rates) in rows {
        let old = |rate: &LprRateView| on_record.get(&(rate.published_on, rate.tenor)).copied();
        let changed: Vec<_> = rates.into_iter().filter(|rate| old(rate) != Some(rate.rate_ppm)).collect();
        let count = match changed.iter().map(old).collect::<Vec<_>>().as_slice() {
            [] => &mut summary.unchanged,
            olds if olds.iter().any(Option::is_some) => &mut summary.updated,
            _ => &mut summary.created,
        };
        *count += 1;
        for rate in changed.into_iter().filter(|_| import == Import::Write) {
            write(cx, rate, old(&rate))?;
        }
    }
    Ok(summary)
}

fn write(cx: &mut Cx, rate: LprRateView, old: Option<i64>) -> Result<(), AppError> {
    let LprRateView { published_on, tenor, rate_ppm } = rate;
    let row = LprRate { published_on, tenor, rate_ppm, imported_by: cx.actor.label(), imported_at: cx.now };
    match old {
        Some(_) => db::update_rate(cx.conn, &row)?,
        None => db::insert_rate(cx.conn, &row)?,
    }
    let subject = Subject::new("lpr_rate", format!("{tenor}@{published_on}"));
    cx.record(Event::on(subject).changes(Changes::default().field("rate_ppm", old, rate_ppm)));
    Ok(())
}

/// The table in the form the rules take.
pub(super) fn lpr_table(cx: &mut Cx) -> Result<Vec<LprRateView>, AppError> {
    Ok(db::list_all_rates(cx.conn)?.into_iter().map(LprRateView::from).collect())
}
