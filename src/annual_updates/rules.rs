//! What a yearly report has to say, and when.

use chrono::{Datelike, Days, NaiveDate};

use super::model::{CreateWindowBody, Entries, Entry, EntryVerdict, Statement, UpdateState, UpdateWindow};
use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::text::{Say, segment};
use crate::programme::indicators::find_indicator;
use crate::say;

const MILLION: i128 = 1_000_000;
pub const REASON_MAX: usize = 500;
const MOST_PPM: i64 = 10_000_000;
/// Of these every report says something, whatever was reported before.
pub const ALWAYS: [&str; 3] = ["revenue", "rd_expense", "staff"];

/// The settings of a window, with the defaults filled in: (opens_on, due_on, late_days, change_ppm, drop_ppm).
pub fn settle(body: &CreateWindowBody, faults: &mut Faults) -> Option<(i32, NaiveDate, NaiveDate, i32, i64, i64)> {
    let late_days = body.late_days.unwrap_or(30);
    let change_ppm = body.change_ppm.unwrap_or(300_000);
    let drop_ppm = body.drop_ppm.unwrap_or(300_000);
    faults.range("/late_days", late_days.into(), 0, 366);
    faults.range("/change_ppm", change_ppm, 1, MOST_PPM);
    faults.range("/drop_ppm", drop_ppm, 1, 1_000_000);
    for (pointer, missing) in
        [("/year", body.year.is_none()), ("/opens_on", body.opens_on.is_none()), ("/due_on", body.due_on.is_none())]
    {
        if missing {
            faults.plain(pointer, FieldCode::Required);
        }
    }
    let (year, opens_on, due_on) = (body.year?, body.opens_on?, body.due_on?);
    faults.range("/year", year.into(), 2000, 2100);
    if opens_on.year() != year {
        let said = say!("应在 {year} 年内", "must lie in {year}");
        faults.add("/opens_on", FieldCode::NotAllowed, said);
    }
    if due_on < opens_on {
        faults.plain("/due_on", FieldCode::DateOrder);
    }
    Some((year, opens_on, due_on, late_days, change_ppm, drop_ppm))
}

/// Whether who has not reported is watched from this day on.
pub fn is_late(window: &UpdateWindow, today: NaiveDate) -> bool {
    let late = u64::try_from(window.late_days).unwrap_or_default();
    window.due_on.checked_add_days(Days::new(late)).is_some_and(|end| today > end)
}

pub fn is_open(window: &UpdateWindow, today: NaiveDate) -> Result<(), Refusal> {
    if today < window.opens_on {
        let day = window.opens_on;
        return Err(Refusal::new(Code::NotYetDue, say!("自 {day} 起填报", "reports are taken from {day} on")));
    }
    Ok(())
}

/// The enterprise works on it: a draft, or what an officer asks about. Also after the due date: late is better than never.
pub fn may_edit(state: UpdateState) -> Result<(), Refusal> {
    in_states(state, &[UpdateState::Draft, UpdateState::Questioned])
}

/// Officers judge what was handed in.
pub fn may_judge(state: UpdateState) -> Result<(), Refusal> {
    in_states(state, &[UpdateState::Submitted])
}

fn in_states(state: UpdateState, allowed: &[UpdateState]) -> Result<(), Refusal> {
    if allowed.contains(&state) {
        return Ok(());
    }
    let Say { zh, en } = state.label();
    Err(Refusal::new(
        Code::InvalidTransition,
        say!("年度信息当前为“{zh}”，不允许此操作", "the report is {en}, which does not allow this"),
    ))
}

/// The change as a share of the figure before, in ppm, rounded towards zero; none without one, or from 0.
pub fn change_ppm(last: Option<i64>, value: i64) -> Option<i64> {
    let last = i128::from(last?);
    if last == 0 {
        return None;
    }
    let change = (i128::from(value) - last) * MILLION / last.abs();
    Some(change.clamp(i64::MIN.into(), i64::MAX.into()) as i64)
}

/// Whether a value moved by more than the share, compared exactly. From 0, anything else is a jump.
pub fn is_marked(last: Option<i64>, value: i64, share_ppm: i64) -> bool {
    match last.map(i128::from) {
        None => false,
        Some(0) => value != 0,
        Some(last) => (i128::from(value) - last).abs() * MILLION > last.abs() * i128::from(share_ppm),
    }
}

/// Whether a revenue fell by at least the share.
pub fn has_dropped(last: Option<i64>, value: i64, share_ppm: i64) -> bool {
    last.map(i128::from)
        .is_some_and(|last| last > 0 && (last - i128::from(value)) * MILLION >= last * i128::from(share_ppm))
}

/// RFC 6901 pointer to a value of the report.
pub fn pointer(code: &str) -> String {
    format!("/{}", segment(code))
}

/// Every value of the report as it stands, at `/{indicator}/..`.
pub fn check_shape(entries: &Entries, faults: &mut Faults) {
    for (code, entry) in entries {
        let at = pointer(code);
        match find_indicator(code) {
            None => {
                let said = say!("没有指标“{code}”", "there is no indicator {code:?}");
                faults.add(at.clone(), FieldCode::Unknown, said);
            }
            Some(indicator) => faults.range(&format!("{at}/value"), entry.value, indicator.min, indicator.max),
        }
        faults.text(&format!("{at}/reason"), entry.reason.as_deref().unwrap_or_default(), 0, REASON_MAX);
    }
}

/// What is missing before it can be handed in: a value for everything that was reported the year before, a reason for every jump, and
/// an answer to everything an officer asks: another value or a reason that was not there before.
pub fn check_complete(entries: &Entries, last: &Entries, window: &UpdateWindow, faults: &mut Faults) {
    let wanted: std::collections::BTreeSet<&str> = ALWAYS.into_iter().chain(last.keys().map(String::as_str)).collect();
    for code in wanted {
        if !entries.contains_key(code) {
            faults.plain(pointer(code), FieldCode::MissingFigure);
        }
    }
    for (code, entry) in entries {
        let before = last.get(code).map(|entry| entry.value);
        let unexplained = entry.reason.is_none() && is_marked(before, entry.value, window.change_ppm);
        let unanswered = entry.verdict == Some(EntryVerdict::Questioned);
        if unexplained || unanswered {
            let said = if unanswered {
                say!("经办人有疑问，请说明原因", "an officer asks about it, please explain")
            } else {
                say!("变动较大，请说明原因", "a large change, please explain")
            };
            faults.add(format!("{}/reason", pointer(code)), FieldCode::Required, said);
        }
    }
}

/// Merges a statement into what was there. A value that is stated anew has to be judged anew; one that stays keeps what was said of
/// it. None when neither gives a value.
pub fn stated(old: Option<&Entry>, said: &Statement) -> Option<Entry> {
    let value = said.value.or(old.map(|old| old.value))?;
    let reason = match &said.reason {
        None => old.and_then(|old| old.reason.clone()),
        Some(reason) => reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned),
    };
    let unchanged = old.is_some_and(|old| old.value == value && old.reason == reason);
    Some(Entry {
        value,
        reason,
        verdict: old.and_then(|old| old.verdict).filter(|_| unchanged),
        remark: old.and_then(|old| old.remark.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::Clock;
    use proptest::prelude::*;

    fn window() -> UpdateWindow {
        UpdateWindow {
            year: 2027,
            opens_on: "2027-03-01".parse().expect("a date"),
            due_on: "2027-05-31".parse().expect("a date"),
            late_days: 30,
            change_ppm: 300_000,
            drop_ppm: 300_000,
            swept_at: None,
            created_by: "officer".into(),
            created_at: Clock::default().now(),
            version: 1,
        }
    }

    #[test]
    fn a_value_is_marked_beyond_the_share_and_not_at_it() {
        for (last, value, marked, change) in [
            (Some(1_000), 1_300, false, Some(300_000)),
            (Some(1_000), 1_301, true, Some(301_000)),
            (Some(1_000), 700, false, Some(-300_000)),
            (Some(1_000), 699, true, Some(-301_000)),
            (Some(-1_000), -1_301, true, Some(-301_000)),
            (Some(0), 0, false, None),
            (Some(0), 1, true, None),
            (None, 1, false, None),
            (Some(3), 4, true, Some(333_333)),
        ] {
            assert_eq!(is_marked(last, value, 300_000), marked, "{last:?} -> {value}");
            assert_eq!(change_ppm(last, value), change, "{last:?} -> {value}");
        }
    }

    #[test]
    fn a_drop_counts_from_the_share_on() {
        for (last, value, dropped) in [
            (Some(1_000), 700, true),
            (Some(1_000), 701, false),
            (Some(0), 0, false),
            (Some(-5), -9, false),
            (None, 0, false),
        ] {
            assert_eq!(has_dropped(last, value, 300_000), dropped, "{last:?} -> {value}");
        }
    }

    #[test]
    fn who_has_not_reported_is_late_after_the_last_of_the_days() {
        for (today, late) in [("2027-05-31", false), ("2027-06-30", false), ("2027-07-01", true)] {
            assert_eq!(is_late(&window(), today.parse().expect("a date")), late, "{today}");
        }
    }

    #[test]
    fn what_is_missing_is_named_at_once() {
        let entry =
            |value, reason: Option<&str>| Entry { value, reason: reason.map(str::to_owned), ..Entry::default() };
        let last = Entries::from([("revenue".into(), entry(1_000, None)), ("tax_paid".into(), entry(5, None))]);
        let asked = Entry { verdict: Some(EntryVerdict::Questioned), ..entry(9, Some("what was said before")) };
        let now = Entries::from([("revenue".into(), entry(2_000, None)), ("staff".into(), asked)]);
        let mut faults = Faults::default();
        check_complete(&now, &last, &window(), &mut faults);
        let mut found: Vec<_> = faults.done().expect_err("faults").fields.into_iter().map(|f| f.pointer).collect();
        found.sort();
        assert_eq!(found, ["/rd_expense", "/revenue/reason", "/staff/reason", "/tax_paid"]);
    }

    #[test]
    fn a_statement_is_merged_and_only_what_changed_is_judged_anew() {
        let old = Entry {
            value: 5,
            reason: Some("old".into()),
            verdict: Some(EntryVerdict::Verified),
            remark: Some("?".into()),
        };
        let said =
            |value, reason: Option<Option<&str>>| Statement { value, reason: reason.map(|r| r.map(str::to_owned)) };
        for (statement, value, reason, verdict) in [
            (said(None, None), 5, Some("old"), old.verdict),
            (said(Some(5), Some(Some(" old "))), 5, Some("old"), old.verdict),
            (said(Some(6), None), 6, Some("old"), None),
            (said(None, Some(Some("new"))), 5, Some("new"), None),
            (said(None, Some(None)), 5, None, None),
            (said(None, Some(Some("  "))), 5, None, None),
        ] {
            let remark = old.remark.clone();
            let expected = Entry { value, reason: reason.map(str::to_owned), verdict, remark };
            assert_eq!(stated(Some(&old), &statement), Some(expected), "{statement:?}");
        }
        assert_eq!(stated(None, &said(None, Some(Some("why")))), None);
        assert_eq!(stated(None, &said(Some(1), None)), Some(Entry { value: 1, ..Entry::default() }));
    }

    proptest! {
        /// The mark is what exact rational arithmetic says.
        #[test]
        fn a_mark_agrees_with_the_share_it_is_made_of(last in 1_i64..1_000_000, value in 0_i64..2_000_000, ppm in 1_i64..2_000_000) {
            let moved = i128::from((value - last).abs()) * MILLION;
            prop_assert_eq!(is_marked(Some(last), value, ppm), moved > i128::from(last) * i128::from(ppm));
        }
    }
}
