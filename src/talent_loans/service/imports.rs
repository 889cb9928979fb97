//! What every import answers.

use crate::error::{AppError, Code};
use crate::platform::door::Cx;
use crate::platform::table_file::{HeaderFault, TableFault};
use crate::talent_loans::model::{ImportSummary, RejectedCell};
use crate::talent_loans::rules::tables::CellFault;

/// Whether this is the try or the deed. The try goes first, on the reading side of the door, and tells what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Import {
    Try,
    Write,
}

impl Import {
    /// A file with rejected rows: told after the try; the deed is refused, for meanwhile something else was written.
    pub fn rejected(self, cx: &Cx, read: usize, mut faults: Vec<CellFault>) -> Result<ImportSummary, AppError> {
        if self == Self::Write {
            return Err(AppError::new(Code::ImportRejected));
        }
        faults.sort_by_key(|fault| fault.row);
        let cell = |fault: CellFault| RejectedCell {
            row: fault.row,
            column: fault.column,
            code: fault.code,
            message: fault.say.in_lang(cx.lang).to_owned(),
        };
        Ok(ImportSummary { read, rejected: faults.into_iter().map(cell).collect(), ..ImportSummary::default() })
    }
}

/// A file that is no table at all.
pub fn table_fault(fault: TableFault) -> Vec<CellFault> {
    let row = if let TableFault::UnclosedQuote { row } = fault { row } else { 1 };
    vec![CellFault { row, column: String::new(), code: fault.code().to_owned(), say: fault.say() }]
}

/// A table with other columns.
pub fn header_faults(faults: Vec<HeaderFault>) -> Vec<CellFault> {
    let fault = |fault: &HeaderFault| CellFault {
        row: 1,
        column: fault.column().to_owned(),
        code: fault.code().to_owned(),
        say: fault.say(),
    };
    faults.iter().map(fault).collect()
}
