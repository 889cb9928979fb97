//! Rows of a bank statement.

use chrono::NaiveDate;
use std::collections::BTreeMap;

use crate::error::FieldCode;
use crate::platform::table_file::{ColumnSpec, HeaderFault, Table, map_header};
use crate::reconciliation::model::Direction;
use crate::say;
use crate::talent_loans::rules::tables::{CellFault, Cells, optional, required};

pub const COLUMNS: &[ColumnSpec] = &[
    required("booked_on", &["交易日期", "记账日期", "日期", "booked_on", "date"]),
    required("voucher_no", &["凭证号", "流水号", "交易流水号", "voucher_no", "reference"]),
    required("direction", &["收支方向", "借贷方向", "方向", "direction"]),
    required("amount_yuan", &["金额（元）", "金额", "交易金额", "amount_yuan", "amount"]),
    optional("counterparty", &["对方户名", "对方名称", "counterparty"]),
    optional("counterparty_account", &["对方账号", "counterparty_account"]),
    optional("memo", &["摘要", "用途", "memo"]),
];

/// A debit (借) takes money out of the holder's account, a credit (贷) brings it in.
const DIRECTIONS: &[(Direction, &[&str])] = &[
    (Direction::In, &["收入", "贷", "贷方", "in", "credit"]),
    (Direction::Out, &["支出", "借", "借方", "out", "debit"]),
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    pub number: usize,
    pub booked_on: NaiveDate,
    pub direction: Direction,
    pub amount_fen: i64,
    pub voucher_no: String,
    pub counterparty: String,
    pub counterparty_account: String,
    pub memo: String,
}

/// Every row is read; a voucher number occurs once per direction.
pub fn read_statement(
    table: &Table,
    today: NaiveDate,
) -> Result<(Vec<StatementRow>, Vec<CellFault>), Vec<HeaderFault>> {
    let header = map_header(&table.header, COLUMNS)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<(Direction, String), usize> = BTreeMap::new();
    for row in &table.rows {
        let mut cells = Cells::new(&header, row);
        let booked_on = cells.date("booked_on");
        if booked_on.is_some_and(|day| day > today) {
            cells.fault("booked_on", FieldCode::InTheFuture, FieldCode::InTheFuture.title());
        }
        let voucher_no = cells.required("voucher_no").map(str::to_owned);
        if voucher_no.as_ref().is_some_and(|text| text.chars().count() > 64) {
            cells.fault("voucher_no", FieldCode::TooLong, FieldCode::TooLong.title());
        }
        let direction = cells.word("direction", DIRECTIONS);
        let amount_fen = cells.yuan("amount_yuan");
        if amount_fen.is_some_and(|fen| !(1..=1_000_000_000_000_000).contains(&fen)) {
            cells.fault("amount_yuan", FieldCode::OutOfRange, say!("应为正数", "is a positive amount"));
        }
        let text = |key: &str| cells.text(key).unwrap_or_default().chars().take(200).collect::<String>();
        let plain = |text: String| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let (counterparty, account, memo) = (text("counterparty"), plain(text("counterparty_account")), text("memo"));
        if let (Some(direction), Some(voucher)) = (direction, &voucher_no)
            && let Some(first) = seen.insert((direction, voucher.clone()), row.number)
        {
            let said = say!("与第 {first} 行凭证号相同", "the same voucher number as row {first}");
            cells.fault("voucher_no", FieldCode::Duplicate, said);
        }
        if let (true, Some(booked_on), Some(voucher_no), Some(direction), Some(amount_fen)) =
            (cells.faults.is_empty(), booked_on, voucher_no, direction, amount_fen)
        {
            rows.push(StatementRow {
                number: row.number,
                booked_on,
                direction,
                amount_fen,
                voucher_no,
                counterparty,
                counterparty_account: account,
                memo,
            });
        }
        faults.append(&mut cells.faults);
    }
    Ok((rows, faults))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::table_file::read_table;

    #[test]
    fn rows_are_read_exactly_and_every_fault_is_named() {
        let today = NaiveDate::from_ymd_opt(2027, 2, 1).expect("a day");
        let csv = "交易日期,流水号,借贷方向,金额（元）,对方账号\n\
             2027-01-16,V-1,借,\"61,250.00\",3802 0000-1234\n\
             2027-01-17,V-1,贷,5,\n\
             2027-02-30,V-1,借,0,\n\
             2027-03-01,,倒,1.005,\n";
        let table = read_table(csv.as_bytes(), 10).expect("a table");
        let (rows, faults) = read_statement(&table, today).expect("known columns");
        let shown: Vec<_> =
            rows.iter().map(|r| (r.number, r.direction, r.amount_fen, r.counterparty_account.as_str())).collect();
        assert_eq!(shown, [(2, Direction::Out, 6_125_000, "380200001234"), (3, Direction::In, 500, "")]);
        let named: Vec<_> = faults.iter().map(|f| (f.row, f.column.as_str(), f.code.as_str())).collect();
        assert_eq!(
            named,
            [
                (4, "交易日期", "format"),
                (4, "金额（元）", "out_of_range"),
                (4, "流水号", "duplicate"),
                (5, "交易日期", "in_the_future"),
                (5, "流水号", "required"),
                (5, "借贷方向", "unknown"),
                (5, "金额（元）", "format"),
            ]
        );
    }
}
