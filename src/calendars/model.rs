use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::platform::calendar::YearCalendar;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::schema::holiday_years;

/// An imported year; it takes the place of a shipped one.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = holiday_years)]
#[diesel(primary_key(year))]
pub struct HolidayYear {
    pub year: i32,
    pub source: String,
    /// The year file as JSON.
    pub document: String,
    pub imported_by: String,
    pub imported_at: Stamp,
    pub version: i64,
}

/// A year file as JSON; the same as TOML is taken with any other content type.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PutCalendarBody {
    /// The year of the address.
    pub year: i32,
    /// The notice it was taken from.
    pub source: String,
    /// Weekend days worked in exchange for a holiday.
    #[serde(default)]
    pub workdays: Vec<NaiveDate>,
    #[serde(default)]
    pub holidays: Vec<HolidayBody>,
}

/// Give `on`, or both `from` and `to`.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HolidayBody {
    pub name: Say,
    pub on: Option<NaiveDate>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HolidayView {
    pub name: Say,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarView {
    pub year: i32,
    /// The notice it was taken from.
    pub source: String,
    /// Weekend days worked in exchange for a holiday.
    pub workdays: Vec<NaiveDate>,
    pub holidays: Vec<HolidayView>,
    /// Absent for a year that came with the program.
    pub imported_at: Option<Stamp>,
    /// 0 for a year that came with the program.
    pub version: i64,
}

impl CalendarView {
    pub fn of(year: &YearCalendar, imported: Option<&HolidayYear>) -> Self {
        let holidays = year.holidays.iter();
        Self {
            year: year.year,
            source: year.source.clone(),
            workdays: year.workdays().collect(),
            holidays: holidays.map(|h| HolidayView { name: h.name.clone(), from: h.from, to: h.to }).collect(),
            imported_at: imported.map(|row| row.imported_at),
            version: imported.map_or(0, |row| row.version),
        }
    }
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeriodParams {
    pub starts_on: NaiveDate,
    /// 1 to 250.
    pub working_days: i64,
    /// Whether `starts_on` is the first of the working days; not when left out.
    #[serde(default)]
    pub first_day_counts: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodView {
    pub starts_on: NaiveDate,
    /// Over at 24:00 in Shanghai on this day.
    pub ends_on: NaiveDate,
    /// Some day lies in a year without a calendar, where only weekends are free.
    pub provisional: bool,
}
