//! Delimited text: encoding, delimiter and row numbers found out, the records themselves by the `csv` crate.

use std::borrow::Cow;
use std::io::Read as _;

use encoding_rs::{Encoding, GB18030};

use super::{Table, TableBuilder, TableFault};

/// Appended as a last line of its own. A quote left open swallows it, which is how we notice; it cannot occur in
/// the text, because text with a NUL is refused.
const END: &str = "\n\0";

pub(super) fn read(bytes: &[u8], max_rows: usize) -> Result<Table, TableFault> {
    let text = decode(bytes)?;
    // HTML and "XML Spreadsheet" exports like to call themselves .xls; read as CSV they would be nonsense.
    if text.contains('\0') || text.trim_start().starts_with('<') {
        return Err(TableFault::Unreadable);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter_of(&text))
        .from_reader(text.as_bytes().chain(END.as_bytes()));

    let mut table = TableBuilder::new(max_rows);
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    while reader.read_record(&mut record).map_err(|_| TableFault::Unreadable)? {
        if record.len() == 1 && record[0] == END[1..] {
            return table.finish();
        }
        let start = record.position().map_or(0, |at| at.byte() as usize);
        number += 1 + blank_lines_at(text.as_bytes(), start);
        table.push(number, record.iter().map(|cell| cell.trim().to_owned()).collect())?;
    }
    Err(TableFault::UnclosedQuote { row: number })
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, TableFault> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(Cow::Borrowed(text)),
            Err(_) => (GB18030, bytes),
        },
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(TableFault::Unreadable)
}

/// The delimiter seen most often in the first line outside quotes; comma when none is.
fn delimiter_of(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            other => counts.iter_mut().filter(|(delimiter, _)| *delimiter == other).for_each(|(_, count)| *count += 1),
        }
    }
    // max_by_key takes the last of equals, so reversed: the comma wins a tie.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| delimiter)
}

/// The `csv` crate passes over blank lines without a word, but Excel counts them as rows. `start` is where the
/// crate began to look for the record: behind the previous one, possibly between its CR and LF.
fn blank_lines_at(text: &[u8], start: usize) -> usize {
    let mut rest = text.get(start..).unwrap_or_default();
    if start > 0 && text[start - 1] == b'\r' {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] => after,
            _ => return lines,
        };
        lines += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::table_file::{TableRow, read_table};

    fn row(number: usize, cells: &[&str]) -> TableRow {
        TableRow { number, cells: cells.iter().map(|cell| cell.to_string()).collect() }
    }

    fn numbers(text: &str) -> Vec<usize> {
        read_table(text.as_bytes(), 100).unwrap().rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn the_same_table_is_read_in_every_encoding() {
        let text = "企业名称,地区\n青岛㐀㙟科技,崂山\n";
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let expected = Table {
            header: vec!["企业名称".into(), "地区".into()],
            rows: vec![row(2, &["青岛㐀㙟科技", "崂山"])],
        };
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{FEFF}{text}").into_bytes(),
            GB18030.encode(text).0.into_owned(),
            utf16,
        ] {
            assert_eq!(read_table(&bytes, 10), Ok(expected.clone()));
        }
    }

    #[test]
    fn comma_semicolon_and_tab_separate() {
        for delimiter in [",", ";", "\t"] {
            let table = read_table(format!("\"a,;\tb\"{delimiter}c\n1{delimiter}2").as_bytes(), 10).unwrap();
            assert_eq!(table.header, ["a,;\tb", "c"]);
            assert_eq!(table.rows, [row(2, &["1", "2"])]);
        }
    }

    #[test]
    fn rows_are_numbered_as_excel_counts_them() {
        assert_eq!(numbers("h\n1\n2\n"), [2, 3]);
        assert_eq!(numbers("h\n\"1\n1\r\n1\"\n2\n"), [2, 3], "a record with line breaks is one row");
        assert_eq!(numbers("h\n\n1\n\n\n2"), [3, 6], "blank lines count");
        assert_eq!(numbers("h\r\n\r\n1\r\n\r\n\r\n2\r\n"), [3, 6], "with CRLF too");
        assert_eq!(numbers("h\r\r1\r2"), [3, 4], "and with a bare CR");
        assert_eq!(numbers("h,i\n,\n , \n1,\n"), [4], "rows of empty cells count and are left out");
        assert_eq!(numbers("h\n1\n\n,,\n\n"), [2], "trailing blank lines are nothing");
    }

    #[test]
    fn cells_are_trimmed_and_trailing_empty_ones_cut() {
        let table = read_table("a,b,c\n x ,　y,,\n".as_bytes(), 10).unwrap();
        assert_eq!(table.rows, [row(2, &["x", "y"])]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_reason() {
        let many_columns = vec!["x"; 300].join(",");
        let cases: [(&[u8], TableFault); 10] = [
            (b"", TableFault::Empty),
            ("\u{FEFF}\r\n ,, \n".as_bytes(), TableFault::Empty),
            (b"\n\na,b\n", TableFault::NoHeader),
            (b"h\n1\n\"2\n3\n", TableFault::UnclosedQuote { row: 3 }),
            (b"h\n1\n2\n3\n4\n", TableFault::TooManyRows { limit: 3 }),
            (many_columns.as_bytes(), TableFault::TooManyColumns { limit: 256 }),
            (b"<html><table><tr><td>", TableFault::Unreadable),
            (b"a\0b\n", TableFault::Unreadable),
            (b"\xFF\xFF\xFF\xFF", TableFault::Unreadable),
            (b"\x89PNG\r\n\x1a\n\0\0", TableFault::Unreadable),
        ];
        for (bytes, fault) in cases {
            assert_eq!(read_table(bytes, 3), Err(fault), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn the_row_limit_counts_data_rows_that_are_not_blank() {
        assert_eq!(read_table(b"h\n1\n\n\n2\n3\n\n", 3).unwrap().rows.len(), 3);
    }
}
