use chrono::{Datelike, Months, NaiveDate};

use crate::error::{Faults, FieldCode};
use crate::say;
use crate::support::model::RecordVisitBody;

/// The first day of the last quarter that is over.
pub fn last_whole_quarter(today: NaiveDate) -> NaiveDate {
    let this = today.with_day(1).and_then(|day| day.with_month0(today.month0() / 3 * 3)).unwrap_or(today);
    this.checked_sub_months(Months::new(3)).unwrap_or(this)
}

pub fn check_visit(faults: &mut Faults, body: &RecordVisitBody, today: NaiveDate) {
    match body.visited_on {
        None => faults.plain("/visited_on", FieldCode::Required),
        Some(day) if day > today => faults.plain("/visited_on", FieldCode::InTheFuture),
        Some(day) if body.next_on.is_some_and(|next| next <= day) => {
            let said = say!("下次走访应晚于本次", "the next visit comes after this one");
            faults.add("/next_on", FieldCode::DateOrder, said);
        }
        Some(_) => {}
    }
    if body.way.is_none() {
        faults.plain("/way", FieldCode::Required);
    }
    for (list, names) in [("/visitors", &body.visitors), ("/met", &body.met)] {
        if names.is_empty() {
            faults.plain(list, FieldCode::Required);
        } else if names.len() > 20 {
            faults.plain(list, FieldCode::TooLong);
        }
        for (i, name) in names.iter().enumerate() {
            faults.text(&format!("{list}/{i}"), name, 1, 60);
        }
    }
    faults.text("/topics", &body.topics, 1, 4_000);
    if body.items.len() > 20 {
        faults.plain("/items", FieldCode::TooLong);
    }
    for (i, item) in body.items.iter().enumerate() {
        super::items::check_request(faults, &format!("/items/{i}"), item.kind, &item.title, &item.description);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_whole_quarter_ends_before_this_one_begins() {
        for (today, expected) in [
            ("2026-01-01", "2025-10-01"),
            ("2026-03-31", "2025-10-01"),
            ("2026-04-01", "2026-01-01"),
            ("2026-05-31", "2026-01-01"),
            ("2026-12-31", "2026-07-01"),
        ] {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            assert_eq!(last_whole_quarter(day(today)), day(expected), "{today}");
        }
    }
}
