use crate::error::{AppError, Faults, FieldCode};
use crate::platform::calendar::YearCalendar;
use crate::say;

const YEARS: (i64, i64) = (2000, 2100);
const WORKING_DAYS: (i64, i64) = (1, 250);

/// Whether this year file may stand at this address.
pub fn year_faults(file: &YearCalendar, address: i32) -> Result<(), AppError> {
    let mut faults = Faults::default();
    faults.range("/year", file.year.into(), YEARS.0, YEARS.1);
    if file.year != address {
        let year = file.year;
        let said = say!("文件属于 {year} 年，与地址中的 {address} 不符", "the file is of {year}, not of {address}");
        faults.add("/year", FieldCode::NotAllowed, said);
    }
    faults.text("/source", &file.source, 2, 500);
    faults.done()
}

/// The number of working days, if it is one a period can have.
pub fn working_days(n: i64) -> Result<u16, AppError> {
    let mut faults = Faults::default();
    faults.range("working_days", n, WORKING_DAYS.0, WORKING_DAYS.1);
    faults.done()?;
    Ok(n as u16)
}
