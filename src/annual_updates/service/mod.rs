//! Windows, reports, what officers say of them, and who is late.

mod judging;
mod reporting;
mod viewing;
mod windows;

pub use judging::judge_annual_update;
pub use reporting::{create_annual_update, submit_annual_update, update_annual_update};
pub use viewing::{get_annual_update, list_annual_updates};
pub use windows::{create_window, get_window, list_missing, list_windows, read_year, sweep_late, update_window};

use std::collections::BTreeMap;

use super::model::{AnnualUpdate, Entries, Entry};
use crate::enterprises::model::EnterpriseId;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::Subject;

fn subject(update: &AnnualUpdate) -> Subject {
    Subject::new("annual_update", &update.id)
}

/// The figures of a year as they stand on record.
fn recorded(cx: &mut Cx, enterprise: &EnterpriseId, year: i32) -> Result<Entries, AppError> {
    let rows = crate::enterprises::db::metrics::list_metrics(cx.conn, enterprise, year..=year)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.indicator, Entry { value: row.value, ..Entry::default() }))
        .collect::<BTreeMap<_, _>>())
}
