//! Tables for people to open in a spreadsheet.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// UTF-8 with a byte order mark (without it Excel shows Chinese as gibberish) and CRLF (RFC 4180).
///
/// A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection").
pub fn write_csv(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    let header = header.iter().map(|cell| harmless(cell));
    let mut written = writer.write_record(header);
    for row in rows {
        written = written.and_then(|()| writer.write_record(row.iter().map(|cell| harmless(cell))));
    }
    written.expect("writing to memory with rows of any length cannot fail");
    writer.into_inner().expect("flushing to memory cannot fail")
}

fn harmless(cell: &str) -> String {
    // The full-width forms are signs of a formula to East Asian editions of Excel.
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

/// One sheet, everything as text (an 18-digit code stays exact, nothing is a formula), the header bold and frozen.
///
/// Fails only beyond the limits of a sheet: 1,048,576 rows, 16,384 columns, 32,767 characters in a cell.
pub fn write_xlsx(header: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, cell) in header.iter().enumerate() {
        sheet.write_string_with_format(0, column_index(column), *cell, &bold)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row, column_index(column), cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    book.save_to_buffer()
}

/// Past `u16` the writer's own limit of 16,384 columns refuses it.
fn column_index(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::table_file::{Table, TableRow, read_table};

    fn sample() -> (Vec<&'static str>, Vec<Vec<String>>) {
        let rows = [["青岛\"示例\"，科技", "370212000000012345"], ["two\nlines, one cell", "0012"]];
        (vec!["企业名称", "code"], rows.map(|row| row.map(String::from).to_vec()).to_vec())
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let (header, rows) = sample();
        let expected = Table {
            header: header.iter().map(|cell| cell.to_string()).collect(),
            rows: (2..).zip(rows.clone()).map(|(number, cells)| TableRow { number, cells }).collect(),
        };
        let csv = write_csv(&header, &rows);
        assert!(csv.starts_with(b"\xEF\xBB\xBF"));
        assert_eq!(read_table(&csv, 10), Ok(expected.clone()));
        assert_eq!(read_table(&write_xlsx(&header, &rows).unwrap(), 10), Ok(expected));
    }

    #[test]
    fn a_formula_is_neutralised_in_csv() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            let table = read_table(&write_csv(&["h"], &[vec![evil.to_owned()]]), 10).unwrap();
            assert_eq!(table.rows[0].cells[0], format!("'{evil}"));
        }
        let plain = "a=b, 2-1";
        assert_eq!(read_table(&write_csv(&["h"], &[vec![plain.into()]]), 10).unwrap().rows[0].cells[0], plain);
    }

    #[test]
    fn a_formula_is_plain_text_in_a_workbook() {
        let table = read_table(&write_xlsx(&["h"], &[vec!["=1+1".into()]]).unwrap(), 10).unwrap();
        assert_eq!(table.rows[0].cells[0], "=1+1");
    }
}
