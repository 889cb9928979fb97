//! Tables that people send and fetch: CSV, XLSX and old XLS, from bytes to rows of text and back.
//!
//! What a file is follows from its content, never from its name: a workbook by its first bytes, a text by whether
//! it is valid UTF-8 (with or without a byte order mark) or else GB 18030, the encoding Chinese Excel saves CSV in.
//! Cells are text: what a cell *means* is for the reader of the row to decide.

mod header;
mod read_csv;
mod read_workbook;
mod workbook_guard;
mod write;

pub use header::{ColumnSpec, HeaderFault, HeaderMap, map_header};
pub use write::{write_csv, write_xlsx};

use super::text::Say;

/// More columns than any form of ours has; beyond it the file is not one of them, or is made to eat memory.
pub const MAX_COLUMNS: usize = 256;

/// A table with its first row taken as the header. Cells are trimmed; blank rows are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<TableRow>,
}

/// One row that is not blank. Trailing empty cells are cut off, so rows may be shorter than the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The row number a person sees in Excel: the header is 1, blank rows count, a CSV record with line breaks
    /// inside quotes is one row.
    pub number: usize,
    pub cells: Vec<String>,
}

/// Why a file is not a table at all. Faults of single rows are not ours to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFault {
    /// No cell in it holds anything.
    Empty,
    /// There is something, but not in row 1.
    NoHeader,
    /// Neither a workbook we can open nor text in a known encoding.
    Unreadable,
    /// A quote opened in this row (or inside it) never closes, so the rows after it cannot be told apart.
    UnclosedQuote {
        row: usize,
    },
    TooManyRows {
        limit: usize,
    },
    TooManyColumns {
        limit: usize,
    },
}

impl TableFault {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "table_empty",
            Self::NoHeader => "table_no_header",
            Self::Unreadable => "table_unreadable",
            Self::UnclosedQuote { .. } => "table_unclosed_quote",
            Self::TooManyRows { .. } => "table_too_many_rows",
            Self::TooManyColumns { .. } => "table_too_many_columns",
        }
    }

    pub fn say(&self) -> Say {
        match self {
            Self::Empty => crate::say!("文件中没有任何内容", "the file is empty"),
            Self::NoHeader => crate::say!("第 1 行应为表头，但它是空行", "row 1 must be the header, but it is blank"),
            Self::Unreadable => crate::say!(
                "无法读取该文件：请使用 CSV（UTF-8 或 GB18030）、XLSX 或 XLS 格式，且文件未损坏、未加密",
                "the file cannot be read: send CSV (UTF-8 or GB18030), XLSX or XLS, neither damaged nor password-protected"
            ),
            Self::UnclosedQuote { row } => {
                crate::say!("第 {row} 行的引号没有闭合", "a quote in row {row} is never closed")
            }
            Self::TooManyRows { limit } => {
                crate::say!("数据行超过上限 {limit} 行", "the file has more than {limit} rows of data")
            }
            Self::TooManyColumns { limit } => {
                crate::say!("列数超过上限 {limit} 列", "the file has more than {limit} columns")
            }
        }
    }
}

/// Reads the first sheet that holds anything (hidden sheets are passed over) or the one table a text is.
///
/// `max_rows` counts rows of data that are not blank, without the header.
pub fn read_table(bytes: &[u8], max_rows: usize) -> Result<Table, TableFault> {
    match read_workbook::Format::of(bytes) {
        Some(format) => read_workbook::read(format, bytes, max_rows),
        None => read_csv::read(bytes, max_rows),
    }
}

/// What both readers fill row by row, in order.
struct TableBuilder {
    header: Option<Vec<String>>,
    rows: Vec<TableRow>,
    max_rows: usize,
}

impl TableBuilder {
    fn new(max_rows: usize) -> Self {
        Self { header: None, rows: Vec::new(), max_rows }
    }

    fn push(&mut self, number: usize, mut cells: Vec<String>) -> Result<(), TableFault> {
        let used = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        cells.truncate(used);
        if used == 0 {
            return Ok(());
        }
        if used > MAX_COLUMNS {
            return Err(TableFault::TooManyColumns { limit: MAX_COLUMNS });
        }
        if self.header.is_none() {
            if number != 1 {
                return Err(TableFault::NoHeader);
            }
            self.header = Some(cells);
        } else if self.rows.len() == self.max_rows {
            return Err(TableFault::TooManyRows { limit: self.max_rows });
        } else {
            self.rows.push(TableRow { number, cells });
        }
        Ok(())
    }

    fn finish(self) -> Result<Table, TableFault> {
        let header = self.header.ok_or(TableFault::Empty)?;
        Ok(Table { header, rows: self.rows })
    }
}
