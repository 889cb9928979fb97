use super::model::{CalendarView, HolidayYear, PeriodParams, PeriodView};
use super::{db, rules};
use crate::error::AppError;
use crate::platform::calendar::{Calendar, FirstDay, YearCalendar};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};

/// The years that came with the program, and the imported ones in their place or after them.
pub fn load(cx: &mut Cx) -> Result<Calendar, AppError> {
    let mut calendar = Calendar::shipped();
    for row in db::list_years(cx.conn)? {
        calendar.insert(read(&row)?);
    }
    Ok(calendar)
}

pub fn get_calendar(cx: &mut Cx, year: &str) -> Result<CalendarView, AppError> {
    let year = year.parse().map_err(|_| AppError::not_found())?;
    current(cx, year)?.ok_or_else(AppError::not_found)
}

/// Imports a year, in place of the one that is there.
pub fn put_calendar(cx: &mut Cx, year: &str, file: &YearCalendar) -> Result<CalendarView, AppError> {
    let year = year.parse().map_err(|_| AppError::not_found())?;
    let old = current(cx, year)?;
    if let Some(old) = &old {
        cx.expect_version(old.version)?;
    }
    rules::year_faults(file, year)?;
    let imported = old.as_ref().is_some_and(|old| old.imported_at.is_some());
    let row = HolidayYear {
        year,
        source: file.source.trim().to_owned(),
        document: file.to_json(),
        imported_by: cx.actor.label(),
        imported_at: cx.now,
        version: old.as_ref().map_or(0, |old| old.version) + 1,
    };
    if imported {
        db::update_year(cx.conn, &row)?;
    } else {
        db::insert_year(cx.conn, &row)?;
    }
    let new = CalendarView::of(file, Some(&row));
    let old = |field: fn(&CalendarView) -> serde_json::Value| old.as_ref().map(field);
    let changes = Changes::default()
        .field("source", old(|c| c.source.clone().into()), &new.source)
        .field("workdays", old(|c| serde_json::json!(c.workdays)), &new.workdays)
        .field("holidays", old(|c| serde_json::json!(c.holidays)), &new.holidays);
    cx.record(Event::on(Subject::new("calendar", year)).changes(changes));
    Ok(new)
}

/// When a period of working days ends, by the calendars at hand: a suggestion, dates are stored as people set them.
pub fn suggest_period(cx: &mut Cx, params: &PeriodParams) -> Result<PeriodView, AppError> {
    let n = rules::working_days(params.working_days)?;
    let first_day = if params.first_day_counts { FirstDay::Counted } else { FirstDay::NotCounted };
    let end = load(cx)?.end_of_period(params.starts_on, n, first_day);
    Ok(PeriodView { starts_on: params.starts_on, ends_on: end.ends_on, provisional: end.provisional })
}

fn current(cx: &mut Cx, year: i32) -> Result<Option<CalendarView>, AppError> {
    if let Some(row) = db::find_year(cx.conn, year)? {
        return Ok(Some(CalendarView::of(&read(&row)?, Some(&row))));
    }
    let shipped = Calendar::shipped();
    Ok(shipped.years().find(|calendar| calendar.year == year).map(|calendar| CalendarView::of(calendar, None)))
}

/// What was imported was checked then: anything else was edited by hand.
fn read(row: &HolidayYear) -> Result<YearCalendar, AppError> {
    YearCalendar::parse_json(&row.document).map_err(AppError::internal)
}
