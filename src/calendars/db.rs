use diesel::prelude::*;

use super::model::HolidayYear;
use crate::platform::conn::Conn;
use crate::schema::holiday_years;

pub fn find_year(conn: &mut Conn, year: i32) -> QueryResult<Option<HolidayYear>> {
    holiday_years::table.find(year).select(HolidayYear::as_select()).first(conn).optional()
}

pub fn list_years(conn: &mut Conn) -> QueryResult<Vec<HolidayYear>> {
    holiday_years::table.order(holiday_years::year).select(HolidayYear::as_select()).load(conn)
}

pub fn insert_year(conn: &mut Conn, year: &HolidayYear) -> QueryResult<()> {
    diesel::insert_into(holiday_years::table).values(year).execute(conn).map(drop)
}

pub fn update_year(conn: &mut Conn, year: &HolidayYear) -> QueryResult<()> {
    diesel::update(holiday_years::table.find(year.year)).set(year).execute(conn).map(drop)
}
