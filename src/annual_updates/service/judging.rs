//! The officer's side: value by value, against the books.

use super::reporting::touch;
use super::viewing::get_annual_update;
use super::{recorded, subject};
use crate::annual_updates::model::{
    AnnualUpdate, AnnualUpdateView, Entries, EntryVerdict, JudgeAnnualUpdateBody, UpdateId, UpdateState,
};
use crate::annual_updates::{db, rules};
use crate::enterprises::model::VerifyMetricsBody;
use crate::enterprises::service::metrics::verify_metrics;
use crate::error::{AppError, Faults, FieldCode};
use crate::library::db::promotion::list_titled_of;
use crate::library::model::{MembershipState, WatchTrigger};
use crate::library::service::watching::put_on_watch;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::say;

/// Verifies some values and asks about others. One question is enough to give the report back; it is verified when nothing is left
/// unjudged. A verified revenue that fell far puts the member on watch.
pub fn judge_annual_update(
    cx: &mut Cx,
    id: &UpdateId,
    body: &JudgeAnnualUpdateBody,
) -> Result<AnnualUpdateView, AppError> {
    let (mut row, _) = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    cx.expect_version(row.version)?;
    rules::may_judge(row.state)?;
    let mut entries = row.entries.read()?;
    let books = recorded(cx, &row.enterprise_id, row.year - 1)?;
    check(body, &entries, &books)?;
    let mut changes = Changes::default();
    for code in &body.verified {
        if let Some(entry) = entries.get_mut(code) {
            changes = changes.field(code, entry.verdict, EntryVerdict::Verified);
            entry.verdict = Some(EntryVerdict::Verified);
            entry.remark = None;
        }
    }
    for (code, remark) in &body.questioned {
        if let Some(entry) = entries.get_mut(code) {
            changes = changes.field(code, entry.verdict, EntryVerdict::Questioned);
            entry.verdict = Some(EntryVerdict::Questioned);
            entry.remark = Some(remark.trim().to_owned());
        }
    }
    if !body.verified.is_empty() {
        let verified = VerifyMetricsBody { indicators: body.verified.clone() };
        verify_metrics(cx, &row.enterprise_id, row.year - 1, &verified)?;
    }
    let from = row.state;
    row.entries = Doc::of(&entries);
    row.state = if !body.questioned.is_empty() {
        UpdateState::Questioned
    } else if entries.values().all(|entry| entry.verdict == Some(EntryVerdict::Verified)) {
        UpdateState::Verified
    } else {
        UpdateState::Submitted
    };
    touch(cx, &mut row)?;
    let event = Event::on(subject(&row)).changes(changes);
    cx.record(if from == row.state { event } else { event.moved(from, row.state) });
    if body.verified.iter().any(|code| code == "revenue") {
        watch_if_dropped(cx, &row)?;
    }
    get_annual_update(cx, id)
}

/// What is verified must be what the books of the enterprise say by now.
fn check(body: &JudgeAnnualUpdateBody, entries: &Entries, books: &Entries) -> Result<(), AppError> {
    let mut faults = Faults::default();
    if body.verified.is_empty() && body.questioned.is_empty() {
        faults.plain("/verified", FieldCode::Required);
    }
    for (i, code) in body.verified.iter().enumerate() {
        if body.verified[..i].contains(code) || body.questioned.contains_key(code) {
            faults.plain(format!("/verified/{i}"), FieldCode::Duplicate);
            continue;
        }
        let booked = books.get(code).map(|entry| entry.value);
        match entries.get(code) {
            None => faults.plain(format!("/verified/{i}"), FieldCode::NotExisting),
            Some(entry) if booked != Some(entry.value) => {
                let said = say!("与企业当前年度指标不一致", "is no longer what stands among the annual figures");
                faults.add(format!("/verified/{i}"), FieldCode::Mismatch, said);
            }
            Some(_) => {}
        }
    }
    for (code, remark) in &body.questioned {
        let at = format!("/questioned{}", rules::pointer(code));
        if !entries.contains_key(code) {
            faults.plain(at.clone(), FieldCode::NotExisting);
        }
        faults.text(&at, remark, 1, rules::REASON_MAX);
    }
    faults.done()
}

fn watch_if_dropped(cx: &mut Cx, row: &AnnualUpdate) -> Result<(), AppError> {
    let window = db::find_window(cx.conn, row.year)?;
    let value = |entries: Entries| entries.get("revenue").map(|entry| entry.value);
    let last = value(recorded(cx, &row.enterprise_id, row.year - 2)?);
    let Some(now) = value(row.entries.read()?) else { return Ok(()) };
    if !rules::has_dropped(last, now, window.drop_ppm) {
        return Ok(());
    }
    for mut member in list_titled_of(cx.conn, &row.enterprise_id)? {
        if member.state == MembershipState::Active {
            let said = say!("{0} 年度更新显示营业收入下滑", "revenue fell in the report of {0}", row.year).both();
            put_on_watch(cx, &mut member, WatchTrigger::RevenueDrop, &said)?;
        }
    }
    Ok(())
}
