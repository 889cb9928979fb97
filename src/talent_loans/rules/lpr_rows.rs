//! Rows of a table of loan prime rates: a day and the rates published on it, in percent.

use chrono::NaiveDate;

use super::tables::{CellFault, Cells, optional, required};
use crate::error::FieldCode;
use crate::platform::table_file::{ColumnSpec, HeaderFault, Table, map_header};
use crate::say;
use crate::talent_loans::model::{LprRateView, LprTenor};

pub const COLUMNS: &[ColumnSpec] = &[
    required("published_on", &["发布日期", "公布日期", "日期", "published_on", "date"]),
    optional("1y", &["1年期", "一年期", "1年期LPR", "LPR1Y", "1y", "one_year"]),
    optional("5y", &["5年期以上", "五年期以上", "5年期", "5年期以上LPR", "LPR5Y", "5y", "5y+", "five_years"]),
];

/// A rate below half a percent or above 36 is one whose decimal point slipped (or a fraction instead of a percentage).
const PLAUSIBLE_PPM: std::ops::RangeInclusive<i64> = 5_000..=360_000;

/// One row: the rates of one day.
pub type LprRow = (usize, Vec<LprRateView>);

/// `today` is the business day: nothing is published after it.
pub fn read_lpr_rows(table: &Table, today: NaiveDate) -> Result<(Vec<LprRow>, Vec<CellFault>), Vec<HeaderFault>> {
    let header = map_header(&table.header, COLUMNS)?;
    let (mut rows, mut faults) = (Vec::<LprRow>::new(), Vec::new());
    for row in &table.rows {
        let mut cells = Cells::new(&header, row);
        let published_on = cells.date("published_on");
        if published_on.is_some_and(|date| date > today) {
            cells.fault("published_on", FieldCode::InTheFuture, FieldCode::InTheFuture.title());
        }
        let first = rows.iter().find(|(_, rates)| rates.first().map(|rate| rate.published_on) == published_on);
        if let Some((first, _)) = first.filter(|_| published_on.is_some()) {
            let say = say!("与第 {first} 行日期相同", "the same day as row {first}");
            cells.fault("published_on", FieldCode::Duplicate, say);
        }
        let mut rates = Vec::new();
        for (key, tenor) in [("1y", LprTenor::OneYear), ("5y", LprTenor::FiveYears)] {
            if cells.text(key).is_none() {
                continue;
            }
            let Some(rate_ppm) = cells.percent(key) else { continue };
            if !PLAUSIBLE_PPM.contains(&rate_ppm) {
                let say = say!("应为 0.5 至 36 之间的百分数", "is between 0.5 and 36 percent");
                cells.fault(key, FieldCode::OutOfRange, say);
            }
            rates.extend(published_on.map(|published_on| LprRateView { published_on, tenor, rate_ppm }));
        }
        if rates.is_empty() && cells.faults.is_empty() {
            cells.fault(
                "1y",
                FieldCode::Required,
                say!("至少填写一个期限的利率", "needs the rate of one tenor at least"),
            );
        }
        if cells.faults.is_empty() {
            rows.push((row.number, rates));
        }
        faults.append(&mut cells.faults);
    }
    Ok((rows, faults))
}
