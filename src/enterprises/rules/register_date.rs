//! Dates as registers and spreadsheets spell them.

use chrono::NaiveDate;

use crate::platform::width::half_width;

/// `2000-01-31`, `2000/1/31`, `2000.1.31`, `2000年1月31日` or `20000131`; a time of day behind it is passed over.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = half_width(text);
    let text = match text.split_once([' ', 'T']) {
        Some((date, time)) if time.chars().all(|c| matches!(c, '0'..='9' | ':' | '.' | 'Z')) => date,
        Some(_) => return None,
        None => &text,
    };
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return date_of(&text[..4], &text[4..6], &text[6..]);
    }
    let plain = text.strip_suffix('日').unwrap_or(text).replace(['年', '月', '/', '.'], "-");
    let mut parts = plain.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) => date_of(year, month, day),
        _ => None,
    }
}

fn date_of(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(year, 4..=4) || !digits(month, 1..=2) || !digits(day, 1..=2) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_day_is_that_day() {
        for text in [
            "2000-01-31",
            "2000-1-31",
            "2000/1/31",
            "2000/01/31",
            "2000.1.31",
            "2000年1月31日",
            "2000年01月31日",
            "20000131",
            "２０００－０１－３１",
            "2000-01-31 00:00:00",
            "2000/1/31 8:30",
            "2000-01-31T08:30:00.000Z",
        ] {
            assert_eq!(read_date(text), NaiveDate::from_ymd_opt(2000, 1, 31), "{text}");
        }
        assert_eq!(read_date("2024-02-29"), NaiveDate::from_ymd_opt(2024, 2, 29));
    }

    #[test]
    fn what_is_not_a_day_is_not_read() {
        for text in [
            "",
            "2000",
            "2000-01",
            "2000年1月",
            "36526",
            "31/01/2000",
            "00-01-31",
            "2000-02-30",
            "2023-02-29",
            "20001331",
            "2000-01-31-1",
            "2000-01-31 north",
            "2000--31",
            "2000-001-31",
            "+200-01-31",
            "明天",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
