//! Cells of imported tables, read exactly.

use chrono::NaiveDate;

use crate::enterprises::rules::register_date::read_date;
use crate::error::FieldCode;
use crate::platform::table_file::{ColumnSpec, HeaderMap, TableRow};
use crate::platform::text::Say;
use crate::platform::width::half_width;
use crate::say;

pub const fn required(key: &'static str, names: &'static [&'static str]) -> ColumnSpec {
    ColumnSpec { key, names, required: true }
}

pub const fn optional(key: &'static str, names: &'static [&'static str]) -> ColumnSpec {
    ColumnSpec { key, names, required: false }
}

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    pub row: usize,
    /// The header as the file writes it; empty when the row as a whole is at fault.
    pub column: String,
    pub code: String,
    pub say: Say,
}

/// The cells of one row, with the faults found so far.
pub struct Cells<'a> {
    header: &'a HeaderMap,
    row: &'a TableRow,
    pub faults: Vec<CellFault>,
}

impl<'a> Cells<'a> {
    pub fn new(header: &'a HeaderMap, row: &'a TableRow) -> Self {
        let mut cells = Self { header, row, faults: Vec::new() };
        if header.overrun_by(row) {
            let say = say!(
                "该行的单元格比表头多，可能是逗号未加引号",
                "the row has more cells than the header: perhaps a comma without quotes"
            );
            cells.faults.push(CellFault { row: row.number, column: String::new(), code: "too_many_cells".into(), say });
        }
        cells
    }

    pub fn fault(&mut self, key: &str, code: FieldCode, say: Say) {
        let column = self.header.text(key).unwrap_or_default().to_owned();
        self.faults.push(CellFault { row: self.row.number, column, code: code.as_str().to_owned(), say });
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        Some(self.header.cell(self.row, key)).filter(|text| !text.is_empty())
    }

    /// Says so when the cell is empty.
    pub fn required(&mut self, key: &str) -> Option<&'a str> {
        let text = self.text(key);
        if text.is_none() {
            self.fault(key, FieldCode::Required, FieldCode::Required.title());
        }
        text
    }

    pub fn date(&mut self, key: &str) -> Option<NaiveDate> {
        let text = self.required(key)?;
        let date = read_date(text);
        if date.is_none() {
            self.fault(key, FieldCode::Format, say!("“{text}”不是有效日期", "{text:?} is no date"));
        }
        date
    }

    /// Yuan with at most two decimals, in fen.
    pub fn yuan(&mut self, key: &str) -> Option<i64> {
        self.number(
            key,
            2,
            say!("应为以元为单位、至多两位小数的金额", "is an amount in yuan with at most two decimals"),
        )
    }

    /// Percent with at most four decimals, with or without its sign, in parts per million.
    pub fn percent(&mut self, key: &str) -> Option<i64> {
        self.number(key, 4, say!("应为百分数，例如 3.45", "is a number of percent, for example 3.45"))
    }

    pub fn whole(&mut self, key: &str) -> Option<i64> {
        self.number(key, 0, say!("应为整数", "is a whole number"))
    }

    fn number(&mut self, key: &str, decimals: usize, wrong: Say) -> Option<i64> {
        let text = self.required(key)?;
        let number = read_decimal(text, decimals);
        if number.is_none() {
            self.fault(key, FieldCode::Format, wrong);
        }
        number
    }

    /// One of some words, each in several spellings; case, width and spaces make no difference.
    pub fn word<T: Copy>(&mut self, key: &str, words: &[(T, &[&str])]) -> Option<T> {
        let text = self.required(key)?;
        let plain = |text: &str| half_width(text).to_lowercase().replace([' ', '_', '-'], "");
        let found = words.iter().find(|(_, names)| names.iter().any(|name| plain(name) == plain(text)));
        if found.is_none() {
            let known: Vec<&str> = words.iter().filter_map(|(_, names)| names.first().copied()).collect();
            let known = known.join(", ");
            self.fault(key, FieldCode::Unknown, say!("“{text}”无法识别，可用：{known}", "{text:?} is none of {known}"));
        }
        found.map(|(word, _)| *word)
    }
}

/// `1,234.5` with so many decimals as an integer of the last of them. Further decimals are refused, not rounded.
pub fn read_decimal(text: &str, decimals: usize) -> Option<i64> {
    let text: String = half_width(text).chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let text = text.strip_suffix('%').filter(|_| decimals == 4).unwrap_or(&text);
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    // Spreadsheets write 3.45 as 3.4500000000 when they feel like it.
    let part = part.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > decimals || !digits(whole) || !digits(part) {
        return None;
    }
    let number: i64 = format!("{whole}{part:0<decimals$}").parse().ok()?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        for (text, decimals, number) in [
            ("3.45", 4, Some(34_500)),
            ("3.45%", 4, Some(34_500)),
            ("３．４５％", 4, Some(34_500)),
            ("3.45001", 4, None),
            ("3.4500000", 4, Some(34_500)),
            ("5,000,000.00", 2, Some(500_000_000)),
            ("0.015", 2, None),
            ("12%", 2, None),
            ("-80", 0, Some(-80)),
            ("1e5", 2, None),
            ("", 2, None),
            (".5", 2, None),
            ("99999999999999999999", 2, None),
        ] {
            assert_eq!(read_decimal(text, decimals), number, "{text}");
        }
    }
}
