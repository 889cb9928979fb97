//! Which column holds what: headers are spelled by people, so they are compared by what is left of them when
//! case, width, spaces and remarks such as `*` or `（必填）` are taken away.

use super::TableRow;
use crate::platform::text::Say;
use crate::platform::width::half_width;

/// One thing a table may hold, under any of its header spellings. The first name is the one we use ourselves.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    pub key: &'static str,
    pub names: &'static [&'static str],
    /// The table makes no sense without this column. Whether each *cell* is filled is another question.
    pub required: bool,
}

/// The columns of one file, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderMap {
    columns: Vec<Column>,
    /// Headers nobody asked for, as written. Ignored, but worth telling.
    pub unknown: Vec<String>,
    width: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    key: &'static str,
    index: usize,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderFault {
    /// Two headers mean the same; taking either would be a guess.
    Duplicate { first: String, second: String },
    /// A required column is not there; `name` is its first spelling.
    Missing { name: &'static str },
}

impl HeaderFault {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "column_duplicate",
            Self::Missing { .. } => "column_missing",
        }
    }

    /// The header text it is about.
    pub fn column(&self) -> &str {
        match self {
            Self::Duplicate { second, .. } => second,
            Self::Missing { name } => name,
        }
    }

    pub fn say(&self) -> Say {
        match self {
            Self::Duplicate { first, second } => crate::say!(
                "列“{second}”与列“{first}”含义相同，请只保留一列",
                "column \"{second}\" means the same as column \"{first}\": keep one of them"
            ),
            Self::Missing { name } => crate::say!("缺少必需的列“{name}”", "the required column \"{name}\" is missing"),
        }
    }
}

/// Finds the column of every spec, in any order. All faults at once.
pub fn map_header(header: &[String], specs: &[ColumnSpec]) -> Result<HeaderMap, Vec<HeaderFault>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut unknown = Vec::new();
    let mut faults = Vec::new();
    for (index, text) in header.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let bare = bare(text);
        let Some(spec) = specs.iter().find(|spec| spec.names.iter().any(|name| self::bare(name) == bare)) else {
            unknown.push(text.clone());
            continue;
        };
        match columns.iter().find(|column| column.key == spec.key) {
            Some(first) => faults.push(HeaderFault::Duplicate { first: first.text.clone(), second: text.clone() }),
            None => columns.push(Column { key: spec.key, index, text: text.clone() }),
        }
    }
    for spec in specs.iter().filter(|spec| spec.required) {
        if !columns.iter().any(|column| column.key == spec.key) {
            faults.push(HeaderFault::Missing { name: spec.names.first().unwrap_or(&spec.key) });
        }
    }
    if faults.is_empty() { Ok(HeaderMap { columns, unknown, width: header.len() }) } else { Err(faults) }
}

impl HeaderMap {
    /// The cell under `key`; empty when the row ends before it or the file has no such column.
    pub fn cell<'r>(&self, row: &'r TableRow, key: &str) -> &'r str {
        self.find(key).and_then(|column| row.cells.get(column.index)).map_or("", String::as_str)
    }

    /// The header as the file writes it, for telling people where a fault is.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.find(key).map(|column| column.text.as_str())
    }

    /// Does the row hold cells beyond the header? In CSV that is how an unquoted comma shows.
    pub fn overrun_by(&self, row: &TableRow) -> bool {
        row.cells.len() > self.width
    }

    fn find(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}

/// Only remarks about being required go: the unit in `注册资本（万元）` changes what the cells mean, so such a header
/// is another one.
fn bare(header: &str) -> String {
    let mut text: String = half_width(header)
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '*' | ':' | '\u{FEFF}' | '\u{200B}'))
        .collect();
    for remark in ["必填", "必填项", "选填", "选填项", "required", "optional"] {
        for (open, close) in [('(', ')'), ('[', ']'), ('【', '】')] {
            text = text.replace(&format!("{open}{remark}{close}"), "");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECS: &[ColumnSpec] = &[
        ColumnSpec { key: "name", names: &["企业名称", "name"], required: true },
        ColumnSpec { key: "code", names: &["信用代码", "credit_code"], required: true },
        ColumnSpec { key: "capital", names: &["注册资本"], required: false },
    ];

    fn header(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| cell.to_string()).collect()
    }

    #[test]
    fn headers_are_found_in_any_spelling_and_order() {
        for name in
            ["企业名称", " 企业 名称 ", "*企业名称", "企业名称（必填）", "企业名称 *", "NAME", "ｎａｍｅ", "企业名称："]
        {
            for code in ["Credit Code", "credit_code", "CreditCode(required)", "信用代码【必填】", "＊信用代码"]
            {
                let map = map_header(&header(&[code, "备注", "", name]), SPECS).unwrap();
                let row = TableRow { number: 2, cells: header(&["C", "x", "y", "N"]) };
                assert_eq!((map.cell(&row, "name"), map.cell(&row, "code")), ("N", "C"));
                assert_eq!((map.text("name"), map.text("capital")), (Some(name), None));
                assert_eq!(map.unknown, ["备注"]);
            }
        }
    }

    #[test]
    fn a_unit_in_the_header_is_not_thrown_away() {
        let map = map_header(&header(&["name", "credit_code", "注册资本（万元）"]), SPECS).unwrap();
        assert_eq!(map.unknown, ["注册资本（万元）"]);
    }

    #[test]
    fn duplicates_and_missing_columns_are_all_told() {
        let faults = map_header(&header(&["企业名称", "Name", "注册资本", "注册资本"]), SPECS).unwrap_err();
        assert_eq!(
            faults,
            [
                HeaderFault::Duplicate { first: "企业名称".into(), second: "Name".into() },
                HeaderFault::Duplicate { first: "注册资本".into(), second: "注册资本".into() },
                HeaderFault::Missing { name: "信用代码" },
            ]
        );
    }

    #[test]
    fn a_short_row_has_empty_cells_and_a_long_one_overruns() {
        let map = map_header(&header(&["name", "credit_code"]), SPECS).unwrap();
        let short = TableRow { number: 2, cells: header(&["N"]) };
        assert_eq!(map.cell(&short, "code"), "");
        assert!(!map.overrun_by(&short));
        assert!(map.overrun_by(&TableRow { number: 3, cells: header(&["N", "C", "?"]) }));
    }
}
