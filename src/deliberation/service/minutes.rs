//! The minutes of the joint meeting.

use super::ranking::stake;
use crate::deliberation::db;
use crate::deliberation::model::{Minutes, MinutesView, UpdateMinutesBody};
use crate::deliberation::rules::ranking::may_deliberate;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::rounds::model::{Round, RoundId};

const TEXT_MAX: usize = 50_000;
const PEOPLE_MAX: usize = 100;

pub fn get_minutes(cx: &mut Cx, round: &RoundId) -> Result<MinutesView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, round)?;
    without_stake(cx, &round.id)?;
    view(cx, &round)
}

/// Minutes speak of every case: whoever has a stake in one of them reads none.
fn without_stake(cx: &mut Cx, round: &RoundId) -> Result<(), AppError> {
    if stake(cx, round, None)? { Err(AppError::new(Code::ConflictOfInterest)) } else { Ok(()) }
}

/// Replaces the minutes; needs If-Match, `"0"` for the first.
pub fn update_minutes(cx: &mut Cx, round: &RoundId, body: &UpdateMinutesBody) -> Result<MinutesView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, round)?;
    without_stake(cx, &round.id)?;
    let old = db::find_minutes(cx.conn, &round.id)?;
    let version = old.as_ref().map_or(0, |row| row.version);
    cx.expect_version(version)?;
    may_deliberate(round.state, false)?;
    let held_on = checked(body, cx.today())?;
    let row = Minutes {
        round_id: round.id.clone(),
        held_on,
        place: body.place.clone(),
        chair: body.chair.trim().to_owned(),
        attendees: Doc::of(&body.attendees),
        text: body.text.trim().to_owned(),
        updated_by: cx.person()?.id.clone(),
        updated_at: cx.now,
        version: version + 1,
    };
    match &old {
        None => db::insert_minutes(cx.conn, &row)?,
        Some(_) => db::update_minutes(cx.conn, &row)?,
    }
    let before = old.as_ref();
    let changes = Changes::default()
        .field("minutes/held_on", before.map(|row| row.held_on), row.held_on)
        .field("minutes/chair", before.map(|row| &row.chair), &row.chair)
        .field("minutes/attendees", before.map(|row| row.attendees.as_text()), row.attendees.as_text())
        .field("minutes/text", before.map(|row| &row.text), &row.text);
    cx.record(Event::on(Subject::new("round", &round.id)).changes(changes));
    view(cx, &round)
}

fn checked(body: &UpdateMinutesBody, today: chrono::NaiveDate) -> Result<chrono::NaiveDate, AppError> {
    let mut faults = Faults::default();
    match body.held_on {
        None => faults.plain("/held_on", FieldCode::Required),
        Some(day) if day > today => faults.plain("/held_on", FieldCode::InTheFuture),
        Some(_) => {}
    }
    faults.text("/place", body.place.as_deref().unwrap_or_default(), 0, 200);
    faults.text("/chair", &body.chair, 1, 100);
    faults.text("/text", &body.text, 10, TEXT_MAX);
    // A joint meeting is more than one.
    if body.attendees.len() < 2 {
        faults.plain("/attendees", FieldCode::TooShort);
    } else if body.attendees.len() > PEOPLE_MAX {
        faults.plain("/attendees", FieldCode::TooLong);
    }
    for (n, name) in body.attendees.iter().enumerate() {
        faults.text(&format!("/attendees/{n}"), name, 1, 100);
    }
    faults.done()?;
    body.held_on.ok_or_else(|| AppError::internal("a missing day was refused above"))
}

fn view(cx: &mut Cx, round: &Round) -> Result<MinutesView, AppError> {
    let row = db::find_minutes(cx.conn, &round.id)?;
    let href = format!("/api/v1/rounds/{}/minutes", round.id);
    let actions = Actions::of(cx).add(Action::MinutesUpdate, "PUT", href, may_deliberate(round.state, false)).list();
    let attendees = row.as_ref().map(|row| row.attendees.read()).transpose()?.unwrap_or_default();
    Ok(match row {
        Some(row) => MinutesView {
            round_id: row.round_id,
            held_on: Some(row.held_on),
            place: row.place,
            chair: row.chair,
            attendees,
            text: row.text,
            version: row.version,
            actions,
        },
        None => MinutesView {
            round_id: round.id.clone(),
            held_on: None,
            place: None,
            chair: String::new(),
            attendees,
            text: String::new(),
            version: 0,
            actions,
        },
    })
}
