//! XLSX (Office Open XML, ECMA-376) and XLS (BIFF, MS-XLS) by calamine.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataType, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::{MAX_COLUMNS, Table, TableBuilder, TableFault, workbook_guard};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Xlsx,
    Xls,
}

impl Format {
    /// By the first bytes: a ZIP archive, or an OLE compound file.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            Some(Self::Xlsx)
        } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            Some(Self::Xls)
        } else {
            None
        }
    }
}

pub(super) fn read(format: Format, bytes: &[u8], max_rows: usize) -> Result<Table, TableFault> {
    // calamine indexes into records without looking at their length in places (XLS above all): a damaged file
    // makes it panic, and a stranger's file must not do more than be refused.
    std::panic::catch_unwind(|| match format {
        Format::Xlsx => read_xlsx(bytes, max_rows),
        Format::Xls => read_xls(bytes, max_rows),
    })
    .unwrap_or(Err(TableFault::Unreadable))
}

fn read_xlsx(bytes: &[u8], max_rows: usize) -> Result<Table, TableFault> {
    workbook_guard::check_xlsx(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    for sheet in visible_sheets(&book) {
        // Cell by cell, not as a range: a range is dense, so two cells far apart would cost gigabytes.
        let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
        let mut grid = Grid::new(max_rows);
        while let Some(cell) = cells.next_cell().map_err(unreadable)? {
            let (row, column) = cell.get_position();
            grid.put(row, column, cell_text(cell.get_value()))?;
        }
        if !grid.is_empty() {
            return grid.into_table();
        }
    }
    Err(TableFault::Empty)
}

fn read_xls(bytes: &[u8], max_rows: usize) -> Result<Table, TableFault> {
    let bytes = workbook_guard::sound_xls(bytes, max_rows)?;
    let mut book = Xls::new(Cursor::new(bytes.as_slice())).map_err(unreadable)?;
    for sheet in visible_sheets(&book) {
        let range = book.worksheet_range(&sheet).map_err(unreadable)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut grid = Grid::new(max_rows);
        for (row, column, value) in range.used_cells() {
            grid.put(top + row as u32, left + column as u32, cell_text(value))?;
        }
        if !grid.is_empty() {
            return grid.into_table();
        }
    }
    Err(TableFault::Empty)
}

fn unreadable<E>(_: E) -> TableFault {
    TableFault::Unreadable
}

fn visible_sheets<'a>(book: &impl Reader<Cursor<&'a [u8]>>) -> Vec<String> {
    book.sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// Cells by position: files need not store them in order.
struct Grid {
    cells: BTreeMap<(u32, u32), String>,
    max_rows: usize,
    last_row: Option<u32>,
    rows_seen: usize,
}

impl Grid {
    fn new(max_rows: usize) -> Self {
        Self { cells: BTreeMap::new(), max_rows, last_row: None, rows_seen: 0 }
    }

    fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), TableFault> {
        if text.is_empty() {
            return Ok(());
        }
        if column as usize >= MAX_COLUMNS {
            return Err(TableFault::TooManyColumns { limit: MAX_COLUMNS });
        }
        if self.last_row != Some(row) {
            self.last_row = Some(row);
            self.rows_seen += 1;
            // Before the memory is spent, not after. The header is the one row more.
            if self.rows_seen > self.max_rows + 1 {
                return Err(TableFault::TooManyRows { limit: self.max_rows });
            }
        }
        self.cells.insert((row, column), text);
        Ok(())
    }

    fn into_table(self) -> Result<Table, TableFault> {
        let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for ((row, column), text) in self.cells {
            let cells = rows.entry(row).or_default();
            cells.resize(column as usize, String::new());
            cells.push(text);
        }
        let mut table = TableBuilder::new(self.max_rows);
        for (row, cells) in rows {
            table.push(row as usize + 1, cells)?;
        }
        table.finish()
    }
}

fn cell_text(value: &impl DataType) -> String {
    if let Some(text) = value.get_string() {
        text.trim().to_owned()
    } else if let Some(whole) = value.get_int() {
        whole.to_string()
    } else if let Some(number) = value.get_float() {
        number_text(number)
    } else if let Some(stamp) = value.get_datetime() {
        stamp_text(stamp)
    } else if let Some(stamp) = value.get_datetime_iso() {
        iso_text(stamp)
    } else if let Some(flag) = value.get_bool() {
        if flag { "TRUE" } else { "FALSE" }.to_owned()
    } else if let Some(error) = value.get_error() {
        error.to_string()
    } else {
        value.get_duration_iso().unwrap_or_default().to_owned()
    }
}

/// As Excel shows it in a wide enough cell: no exponent, no `.0`, and fractions to 15 significant digits, so that
/// a calculated 0.1 + 0.2 is 0.3.
fn number_text(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    if number.fract() == 0.0 {
        return number.to_string();
    }
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

/// `2000-01-31`; with `08:30:00` behind it when the cell has a time of day, which alone is a time.
fn stamp_text(stamp: ExcelDateTime) -> String {
    let serial = stamp.as_f64();
    if stamp.is_duration() || serial < 0.0 {
        return number_text(serial);
    }
    let (year, month, day, hour, minute, second, _) = stamp.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (serial < 1.0, serial.fract() == 0.0) {
        (_, true) => date,
        (true, false) => time,
        (false, false) => format!("{date} {time}"),
    }
}

fn iso_text(stamp: &str) -> String {
    match stamp.split_once('T') {
        Some((date, time)) if time.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z')) => date.to_owned(),
        Some((date, time)) => format!("{date} {}", time.trim_end_matches('Z')),
        None => stamp.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime as Stamp, Format as Look, Workbook};

    use super::*;
    use crate::platform::table_file::{TableRow, read_table};

    /// Made with xlwt 1.3: row 1 企业名称 | 信用代码 | 成立日期 | 人数 | 研发占比; row 2 text, code as text, a date cell,
    /// 12 and 0.0825; row 3 blank; row 4 text, code as text, a date in format yyyy"年"m"月"d"日", 1234567 and 0.1+0.2.
    const OLD_XLS: &[u8] = include_bytes!("fixtures/register.xls");

    fn row(number: usize, cells: &[&str]) -> TableRow {
        TableRow { number, cells: cells.iter().map(|cell| cell.to_string()).collect() }
    }

    #[test]
    fn cells_of_an_xlsx_become_the_text_a_person_sees() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let chinese_date = Look::new().set_num_format("yyyy\"年\"m\"月\"d\"日\";@");
        let stamp = Look::new().set_num_format("yyyy-mm-dd hh:mm:ss");
        let cells = ["code", "whole", "big", "fraction", "sum", "negative", "yes", "date", "stamp", "padded"];
        for (column, name) in cells.iter().enumerate() {
            sheet.write_string(0, column as u16, *name).unwrap();
        }
        sheet.write_string(1, 0, "370212000000012345").unwrap();
        sheet.write_number(1, 1, 640.0).unwrap();
        sheet.write_number(1, 2, 1.5e16).unwrap();
        sheet.write_number(1, 3, 91_234.5).unwrap();
        sheet.write_number(1, 4, 0.1 + 0.2).unwrap();
        sheet.write_number(1, 5, -0.000_012).unwrap();
        sheet.write_boolean(1, 6, true).unwrap();
        sheet.write_with_format(1, 7, Stamp::from_ymd(2000, 1, 31).unwrap(), &chinese_date).unwrap();
        let moment = Stamp::from_ymd(2000, 1, 31).unwrap().and_hms(8, 30, 0).unwrap();
        sheet.write_with_format(1, 8, &moment, &stamp).unwrap();
        sheet.write_string(1, 9, "　青岛 ").unwrap();

        let table = read_table(&book.save_to_buffer().unwrap(), 10).unwrap();
        assert_eq!(table.header, cells);
        assert_eq!(
            table.rows,
            [row(
                2,
                &[
                    "370212000000012345",
                    "640",
                    "15000000000000000",
                    "91234.5",
                    "0.3",
                    "-0.000012",
                    "TRUE",
                    "2000-01-31",
                    "2000-01-31 08:30:00",
                    "青岛"
                ]
            )]
        );
    }

    #[test]
    fn an_old_xls_is_read_by_its_content() {
        let table = read_table(OLD_XLS, 10).unwrap();
        assert_eq!(table.header, ["企业名称", "信用代码", "成立日期", "人数", "研发占比"]);
        assert_eq!(
            table.rows,
            [
                row(2, &["青岛示例海洋科技有限公司", "91370212MAQJWYLF5K", "2015-03-09", "12", "0.0825"]),
                row(4, &["青岛示例空天科技有限公司", "91370212MA55TH2H71", "2021-12-31", "1234567", "0.3"]),
            ]
        );
    }

    #[test]
    fn blank_rows_keep_their_numbers_and_hidden_or_empty_sheets_are_passed_over() {
        let mut book = Workbook::new();
        book.add_worksheet();
        let hidden = book.add_worksheet();
        hidden.set_hidden(true).write_string(0, 0, "hidden").unwrap();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 1, "b").unwrap();
        sheet.write_string(4, 0, "x").unwrap();
        sheet.write_string(4, 1, "  ").unwrap();
        sheet.write_string(9, 1, "y").unwrap();
        sheet.write_string(20, 1, " ").unwrap();

        let table = read_table(&book.save_to_buffer().unwrap(), 2).unwrap();
        assert_eq!(table.header, ["", "b"]);
        assert_eq!(table.rows, [row(5, &["x"]), row(10, &["", "y"])]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_reason() {
        let book_with = |cells: &[(u32, u16)]| {
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            for (row, column) in cells {
                sheet.write_string(*row, *column, "x").unwrap();
            }
            book.save_to_buffer().unwrap()
        };
        let cases = [
            (book_with(&[]), TableFault::Empty),
            (book_with(&[(2, 2)]), TableFault::NoHeader),
            (book_with(&[(0, 0), (1, 0), (2, 0)]), TableFault::TooManyRows { limit: 1 }),
            (book_with(&[(0, 0), (1_048_575, 16_383)]), TableFault::TooManyColumns { limit: 256 }),
            (b"PK\x03\x04 and then nothing".to_vec(), TableFault::Unreadable),
            (OLD_XLS[..512].to_vec(), TableFault::Unreadable),
        ];
        for (bytes, fault) in cases {
            assert_eq!(read_table(&bytes, 1), Err(fault));
        }
    }

    #[test]
    fn a_damaged_workbook_never_panics() {
        // Every 64th byte turned over, one at a time: some stay readable, none may escape as a panic.
        for at in (8..OLD_XLS.len()).step_by(64) {
            let mut damaged = OLD_XLS.to_vec();
            damaged[at] ^= 0xFF;
            let _ = read_table(&damaged, 10);
        }
    }
}
