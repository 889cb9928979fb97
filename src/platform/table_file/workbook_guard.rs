//! What must hold of a workbook before calamine may see it. calamine believes the sizes a file states, and memory
//! that is not to be had ends the whole process, not just the request: a single wrong byte in an XLS was enough.

use std::collections::HashSet;
use std::io::{self, Cursor, Read as _, Write as _};

use super::{MAX_COLUMNS, TableFault};

/// An XLSX is inflated in memory: a few megabytes of ZIP can hold gigabytes.
const MAX_INFLATED: u64 = 256 << 20;

/// Cells in all sheets of an XLS, empty ones included, since calamine spreads every sheet out.
const MAX_XLS_CELLS: usize = 5_000_000;

pub(super) fn check_xlsx(bytes: &[u8]) -> Result<(), TableFault> {
    if inflates_within(bytes, MAX_INFLATED).unwrap_or(false) { Ok(()) } else { Err(TableFault::Unreadable) }
}

/// Inflates everything once, to nowhere: the sizes in the directory of a ZIP are claims.
fn inflates_within(bytes: &[u8], limit: u64) -> Result<bool, zip::result::ZipError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut left = limit;
    for index in 0..archive.len() {
        let entry = archive.by_index(index)?;
        let size = io::copy(&mut entry.take(left + 1), &mut io::sink())?;
        match left.checked_sub(size) {
            Some(rest) => left = rest,
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// The same workbook in a sound container, its claims about its own size taken out and its cells within bounds.
pub(super) fn sound_xls(bytes: &[u8], max_rows: usize) -> Result<Vec<u8>, TableFault> {
    let mut stream = workbook_stream(bytes).map_err(|_| TableFault::Unreadable)?;
    tame(&mut stream, max_rows)?;
    wrapped(&stream).map_err(|_| TableFault::Unreadable)
}

/// The stream is called `Book` before Excel 97.
fn workbook_stream(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes))?;
    let name = if container.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    // No honest stream is longer than its file; a chain that runs in a circle is.
    container.open_stream(name)?.take(bytes.len() as u64).read_to_end(&mut stream)?;
    Ok(stream)
}

fn wrapped(stream: &[u8]) -> io::Result<Vec<u8>> {
    // Version 3: calamine refuses a version 4 file whose streams are all large.
    let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    container.create_stream("/Workbook")?.write_all(stream)?;
    container.flush()?;
    Ok(container.into_inner().into_inner())
}

/// Record types of MS-XLS 2.3 that place cells, all with row and column in front.
const CELLS: [u16; 8] = [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
/// A run of cells in one row: its last column comes at the end.
const MUL_RK: u16 = 0x00BD;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const BOF: u16 = 0x0809;

/// Walks all records as calamine will: each is a type, a length and so many bytes.
fn tame(stream: &mut [u8], max_rows: usize) -> Result<(), TableFault> {
    let mut sheet_starts = Vec::new();
    let mut substreams = HashSet::new();
    let (mut last_row, mut last_column) = (0, 0);
    let mut at = 0;
    while let Some(&[t0, t1, l0, l1]) = stream.get(at..at + 4) {
        let (kind, length) = (u16::from_le_bytes([t0, t1]), usize::from(u16::from_le_bytes([l0, l1])));
        let Some(data) = stream.get_mut(at + 4..at + 4 + length) else { break };
        match kind {
            BOF => drop(substreams.insert(at)),
            BOUND_SHEET => sheet_starts.extend(data.first_chunk().map(|start| u32::from_le_bytes(*start) as usize)),
            // Only there to say how much memory to set aside.
            DIMENSIONS => data.fill(0),
            _ if CELLS.contains(&kind) && length >= 6 => {
                let column_at = if kind == MUL_RK { length - 2 } else { 2 };
                let number = |at: usize| usize::from(u16::from_le_bytes([data[at], data[at + 1]]));
                last_row = last_row.max(number(0));
                last_column = last_column.max(number(2)).max(number(column_at));
            }
            _ => {}
        }
        at += 4 + length;
    }
    // A sheet that starts inside a record would be read as other records than those looked at here.
    if sheet_starts.iter().any(|start| !substreams.contains(start)) {
        return Err(TableFault::Unreadable);
    }
    if last_column >= MAX_COLUMNS {
        return Err(TableFault::TooManyColumns { limit: MAX_COLUMNS });
    }
    if (last_row + 1) * (last_column + 1) * sheet_starts.len() > MAX_XLS_CELLS {
        return Err(TableFault::TooManyRows { limit: max_rows });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::table_file::read_table;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes()[..], data].concat()
    }

    /// A number in `row` and `column`, format 0.
    fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        record(0x0203, &[place, value.to_le_bytes().to_vec()].concat())
    }

    /// A workbook with sheets that all start `shift` bytes behind where they do.
    fn xls(sheets: usize, shift: u32, sheet: &[Vec<u8>]) -> Vec<u8> {
        let bof = |kind: u8| record(BOF, &[0, 6, kind, 0, 0, 0, 0, 0]);
        let eof = record(0x000A, &[]);
        let entry =
            |start: u32, name: u8| record(BOUND_SHEET, &[&start.to_le_bytes()[..], &[0, 0, 1, 0, name]].concat());
        let start = (bof(5).len() + sheets * entry(0, 0).len() + eof.len()) as u32 + shift;
        let entries: Vec<u8> = (0..sheets).flat_map(|index| entry(start, b'A' + index as u8)).collect();
        let cells: Vec<u8> = sheet.concat();
        wrapped(&[bof(5), entries, eof.clone(), bof(16), cells, eof].concat()).unwrap()
    }

    #[test]
    fn a_claimed_size_is_not_believed() {
        let claim = record(DIMENSIONS, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0, 0, 0]);
        let table = read_table(&xls(1, 0, &[claim, number(0, 0, 7.0), number(2, 1, 8.5)]), 10).unwrap();
        assert_eq!(table.header, ["7"]);
        assert_eq!((table.rows[0].number, table.rows[0].cells.join("|")), (3, "|8.5".to_owned()));
    }

    #[test]
    fn cells_out_of_all_proportion_are_refused_before_memory_is_spent() {
        let far = |row, column| [number(0, 0, 1.0), number(row, column, 2.0)];
        let run = record(MUL_RK, &[0, 0, 0, 0, 0xFF, 0xFF]);
        for (bytes, fault) in [
            (xls(1, 0, &far(1, 256)), TableFault::TooManyColumns { limit: 256 }),
            (xls(1, 0, &[run]), TableFault::TooManyColumns { limit: 256 }),
            (xls(1, 0, &far(65_535, 255)), TableFault::TooManyRows { limit: 10 }),
            (xls(20, 0, &far(65_535, 9)), TableFault::TooManyRows { limit: 10 }),
            (xls(1, 4, &far(1, 1)), TableFault::Unreadable),
        ] {
            assert_eq!(read_table(&bytes, 10), Err(fault));
        }
        assert_eq!(read_table(&xls(1, 0, &far(65_535, 9)), 10).unwrap().rows[0].number, 65_536);
    }

    #[test]
    fn a_zip_is_measured_by_what_it_inflates_to_in_all() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in 0..3 {
            archive.start_file(format!("part{part}.xml"), zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&[0; 1000]).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(inflates_within(&bytes, 3000).unwrap());
        assert!(!inflates_within(&bytes, 2999).unwrap());
        assert!(inflates_within(&bytes[..bytes.len() - 40], 3000).is_err());
    }
}
