use std::collections::BTreeMap;

use super::db;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::table_file::read_table;
use crate::platform::trail::{Changes, Event, Subject};
use crate::reconciliation::model::{Direction, MoneyAccount, StatementLine};
use crate::reconciliation::rules::statement_rows::{StatementRow, read_statement};
use crate::say;
use crate::talent_loans::model::ImportSummary;
use crate::talent_loans::rules::tables::CellFault;
use crate::talent_loans::service::imports::{Import, header_faults, table_fault};

const BATCH: usize = 200;

/// A bank statement, all or nothing. A line on record that says the same is `unchanged`, one that says otherwise is rejected, and so is
/// one in a closed period.
pub fn import_statement(
    cx: &mut Cx,
    account: MoneyAccount,
    bytes: &[u8],
    max_rows: usize,
    import: Import,
) -> Result<ImportSummary, AppError> {
    let table = match read_table(bytes, max_rows) {
        Ok(table) => table,
        Err(fault) => return import.rejected(cx, 0, table_fault(fault)),
    };
    let read = table.rows.len();
    let (rows, mut faults) = match read_statement(&table, cx.today()) {
        Ok(found) => found,
        Err(faults) => return import.rejected(cx, read, header_faults(faults)),
    };
    let vouchers: Vec<&str> = rows.iter().map(|row| row.voucher_no.as_str()).collect();
    let mut known: BTreeMap<(Direction, String), StatementLine> = BTreeMap::new();
    for piece in vouchers.chunks(500) {
        let found = db::list_by_vouchers(cx.conn, account, piece)?;
        known.extend(found.into_iter().map(|line| ((line.direction, line.voucher_no.clone()), line)));
    }
    let mut summary = ImportSummary { read, ..ImportSummary::default() };
    let mut fresh = Vec::new();
    let fault = |row: &StatementRow, code: &str, say| CellFault {
        row: row.number,
        column: String::new(),
        code: code.to_owned(),
        say,
    };
    for row in rows {
        match known.get(&(row.direction, row.voucher_no.clone())) {
            Some(line) if same(line, &row) => summary.unchanged += 1,
            Some(_) => {
                let said = say!("该凭证号已导入，内容不同", "this voucher number was imported with other figures");
                faults.push(fault(&row, "duplicate", said));
            }
            None => match db::find_closed_on(cx.conn, account, row.booked_on)? {
                Some(period) => {
                    let said = say!("{period} 已结账", "{period} is closed");
                    faults.push(fault(&row, "period_closed", said));
                }
                None => fresh.push(row),
            },
        }
    }
    if !faults.is_empty() {
        return import.rejected(cx, read, faults);
    }
    summary.created = fresh.len();
    if import == Import::Write && !fresh.is_empty() {
        write(cx, account, fresh)?;
    }
    Ok(summary)
}

fn same(line: &StatementLine, row: &StatementRow) -> bool {
    (line.booked_on, line.amount_fen, &line.counterparty_account)
        == (row.booked_on, row.amount_fen, &row.counterparty_account)
}

fn write(cx: &mut Cx, account: MoneyAccount, fresh: Vec<StatementRow>) -> Result<(), AppError> {
    let count = fresh.len();
    let days = (fresh.iter().map(|row| row.booked_on).min(), fresh.iter().map(|row| row.booked_on).max());
    let mut rows = Vec::with_capacity(count);
    for row in fresh {
        rows.push(StatementLine {
            id: cx.id(),
            account,
            booked_on: row.booked_on,
            direction: row.direction,
            amount_fen: row.amount_fen,
            voucher_no: row.voucher_no,
            counterparty: row.counterparty,
            counterparty_account: row.counterparty_account,
            memo: row.memo,
            imported_by: cx.actor.label(),
            imported_at: cx.now,
        });
    }
    for piece in rows.chunks(BATCH) {
        db::insert_lines(cx.conn, piece)?;
    }
    let changes = Changes::default().set("lines", count).set("from", days.0).set("to", days.1);
    cx.record(Event::on(Subject::new("bank_statement", account)).to("imported").changes(changes));
    Ok(())
}
