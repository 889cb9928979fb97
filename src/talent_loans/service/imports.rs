//! What every import answers.

use crate::error::{AppError, Code};
use crate::platform::door::Cx;
use crate::platform::table_file::{HeaderFault, Table, TableFault, read_table};
use crate::talent_loans::model::{RejectedCell, TableImportView};
use crate::talent_loans::rules::tables::CellFault;

pub fn read_file(cx: &Cx, bytes: &[u8], max_rows: usize) -> Result<Table, AppError> {
    let fault = |fault: TableFault| CellFault {
        row: 1,
        column: String::new(),
        code: fault.code().to_owned(),
        say: fault.say(),
    };
    read_table(bytes, max_rows).map_err(|e| rejected(cx, 0, vec![fault(e)]))
}

pub fn header_rejected(cx: &Cx, read: usize, faults: Vec<HeaderFault>) -> AppError {
    let fault = |fault: &HeaderFault| CellFault {
        row: 1,
        column: fault.column().to_owned(),
        code: fault.code().to_owned(),
        say: fault.say(),
    };
    rejected(cx, read, faults.iter().map(fault).collect())
}

/// The summary as a refusal: nothing is written.
pub fn rejected(cx: &Cx, read: usize, mut faults: Vec<CellFault>) -> AppError {
    faults.sort_by_key(|fault| fault.row);
    let cell = |fault: CellFault| RejectedCell {
        row: fault.row,
        column: fault.column,
        code: fault.code,
        message: fault.say.in_lang(cx.lang).to_owned(),
    };
    let summary =
        TableImportView { read, rejected: faults.into_iter().map(cell).collect(), ..TableImportView::default() };
    AppError::new(Code::ImportRejected)
        .member("read", summary.read)
        .member("created", summary.created)
        .member("updated", summary.updated)
        .member("unchanged", summary.unchanged)
        .member("rejected", summary.rejected)
}
