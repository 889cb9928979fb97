//! The standing of tracks, and new directions: noticed, followed, reviewed, and kept, raised or dropped.

use std::collections::BTreeMap;

use super::model::{
    CreateDirectionBody, CreateSignalBody, Direction, DirectionId, DirectionReview, DirectionReviewView,
    DirectionState, DirectionSummary, DirectionVerdict, DirectionView, ListDirectionsParams, ReviewDirectionBody,
    Signal, SignalView, TrackStanding, TrackStandingsView, UpdateDirectionBody,
};
use super::{db, rules};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::{Say, trimmed};
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::model::Tier;
use crate::programme::service as programme;

/// Signals shown with a direction.
const SIGNALS_SHOWN: i64 = 100;

/// The tracks of the rule set in force, with maturity, its history, and how many members stand in each.
pub fn list_track_standings(cx: &mut Cx) -> Result<TrackStandingsView, AppError> {
    let today = cx.today();
    let current = programme::vocabulary(cx, today)?;
    let mut past = Vec::new();
    for (from, id) in db::list_in_force(cx.conn, today)? {
        let rules = programme::rule_set(cx, &id)?;
        past.push((from, id, rules));
    }
    let mut counts: BTreeMap<String, (BTreeMap<Tier, i64>, i64)> = BTreeMap::new();
    for (track, tier, count) in db::count_members(cx.conn)? {
        let of_track = counts.entry(track.unwrap_or_default()).or_default();
        match tier {
            Some(tier) => {
                of_track.0.insert(tier, count);
            }
            None => of_track.1 += count,
        }
    }
    let standing = |track: &crate::programme::document::Track| {
        let (members, candidates) = counts.remove(&track.code).unwrap_or_default();
        let rule_sets = past.iter().map(|(from, id, rules)| (*from, id.clone(), &**rules));
        TrackStanding {
            history: rules::history(&track.code, rule_sets),
            code: track.code.clone(),
            name: track.name.clone(),
            maturity: track.maturity,
            members,
            candidates,
        }
    };
    Ok(TrackStandingsView { tracks: current.tracks.iter().map(standing).collect() })
}

pub fn create_direction(cx: &mut Cx, body: &CreateDirectionBody) -> Result<DirectionView, AppError> {
    let row = Direction {
        id: cx.id(),
        code: body.code.trim().to_owned(),
        name_zh: body.name.zh.trim().to_owned(),
        name_en: body.name.en.trim().to_owned(),
        summary: trimmed(body.summary.as_deref()),
        state: DirectionState::Watching,
        review_on: body.review_on,
        created_by: cx.actor.label(),
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    let mut faults = Faults::default();
    rules::check_code("/code", &row.code, &mut faults);
    rules::check_direction(&row, cx.today(), &mut faults);
    faults.done()?;
    if db::has_code(cx.conn, &row.code)? {
        return Err(AppError::field("/code", FieldCode::Duplicate, FieldCode::Duplicate.title()));
    }
    db::insert_direction(cx.conn, &row)?;
    cx.record(Event::on(subject(&row.id)).to(row.state).changes(told(None, &row)));
    view(cx, row)
}

pub fn update_direction(cx: &mut Cx, id: &DirectionId, body: &UpdateDirectionBody) -> Result<DirectionView, AppError> {
    let old = db::find_direction(cx.conn, id)?;
    cx.expect_version(old.version)?;
    rules::may_work_on(old.state)?;
    let mut new = old.clone();
    if let Some(name) = &body.name {
        new.name_zh = name.zh.trim().to_owned();
        new.name_en = name.en.trim().to_owned();
    }
    if let Some(summary) = &body.summary {
        new.summary = trimmed(summary.as_deref());
    }
    new.review_on = body.review_on.or(old.review_on);
    let mut faults = Faults::default();
    // A day of review that has come stays until somebody reviews.
    let since = if body.review_on.is_some() { cx.today() } else { chrono::NaiveDate::MIN };
    rules::check_direction(&new, since, &mut faults);
    faults.done()?;
    let changes = told(Some(&old), &new);
    let new = store(cx, new)?;
    cx.record(Event::on(subject(id)).changes(changes));
    view(cx, new)
}

/// Notes what was noticed about a direction.
pub fn create_signal(cx: &mut Cx, id: &DirectionId, body: &CreateSignalBody) -> Result<DirectionView, AppError> {
    let direction = db::find_direction(cx.conn, id)?;
    rules::may_work_on(direction.state)?;
    let mut faults = Faults::default();
    faults.text("/text", &body.text, 1, rules::TEXT_MAX);
    faults.text("/source", &body.source, 1, rules::SOURCE_MAX);
    let today = cx.today();
    match body.observed_on {
        None => faults.plain("/observed_on", FieldCode::Required),
        Some(day) if day > today => faults.plain("/observed_on", FieldCode::InTheFuture),
        Some(_) => {}
    }
    faults.done()?;
    let row = Signal {
        id: cx.id(),
        direction_id: id.clone(),
        observed_on: body.observed_on.unwrap_or(today),
        text: body.text.trim().to_owned(),
        source: body.source.trim().to_owned(),
        noted_by: cx.actor.label(),
        created_at: cx.now,
    };
    db::insert_signal(cx.conn, &row)?;
    let changes = Changes::default().set("signal", &row.text).set("source", &row.source);
    cx.record(Event::on(subject(id)).changes(changes));
    view(cx, direction)
}

/// Keeps a direction under observation, raises it to a track of the next rule set, or drops it.
pub fn review_direction(cx: &mut Cx, id: &DirectionId, body: &ReviewDirectionBody) -> Result<DirectionView, AppError> {
    let old = db::find_direction(cx.conn, id)?;
    cx.expect_version(old.version)?;
    rules::may_work_on(old.state)?;
    let mut faults = Faults::default();
    rules::check_review(body, cx.today(), &mut faults);
    faults.done()?;
    let verdict = body.verdict.ok_or_else(|| AppError::internal("checked to be there"))?;
    let row = DirectionReview {
        id: cx.id(),
        direction_id: id.clone(),
        verdict,
        reason: body.reason.trim().to_owned(),
        next_review_on: body.next_review_on,
        track: body.track.clone(),
        reviewed_by: cx.actor.label(),
        created_at: cx.now,
    };
    db::insert_review(cx.conn, &row)?;
    let state = match verdict {
        DirectionVerdict::Keep => DirectionState::Watching,
        DirectionVerdict::Raise => DirectionState::Raised,
        DirectionVerdict::Drop => DirectionState::Dropped,
    };
    let new = Direction { state, review_on: body.next_review_on, ..old.clone() };
    let changes = told(Some(&old), &new).set("verdict", verdict).set("track", &row.track);
    let new = store(cx, new)?;
    let event = Event::on(subject(id)).reason(row.reason).changes(changes);
    cx.record(if old.state == state { event } else { event.moved(old.state, state) });
    view(cx, new)
}

fn store(cx: &mut Cx, new: Direction) -> Result<Direction, AppError> {
    let new = Direction { updated_at: cx.now, version: new.version + 1, ..new };
    db::update_direction(cx.conn, &new)?;
    Ok(new)
}

fn subject(id: &DirectionId) -> Subject {
    Subject::new("direction", id)
}

fn told(old: Option<&Direction>, new: &Direction) -> Changes {
    crate::changed!(old, new; code, name_zh, name_en, summary, review_on)
}

pub fn get_direction(cx: &mut Cx, id: &DirectionId) -> Result<DirectionView, AppError> {
    let row = db::find_direction(cx.conn, id)?;
    view(cx, row)
}

pub fn list_directions(cx: &mut Cx, params: &ListDirectionsParams) -> Result<Page<DirectionSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let today = cx.today();
    let rows = db::list_directions(cx.conn, params, today, &page)?;
    Ok(Page::of(
        rows,
        page.limit,
        None,
        |row| row.id.clone(),
        |row| DirectionSummary {
            due: rules::is_due(&row, today),
            id: row.id,
            code: row.code,
            name: Say::new(row.name_zh, row.name_en),
            state: row.state,
            review_on: row.review_on,
            version: row.version,
        },
    ))
}

fn view(cx: &mut Cx, row: Direction) -> Result<DirectionView, AppError> {
    let signals = db::list_signals(cx.conn, &row.id, SIGNALS_SHOWN)?;
    let reviews = db::list_reviews(cx.conn, &row.id)?;
    let href = format!("/api/v1/directions/{}", row.id);
    let open = || rules::may_work_on(row.state);
    let actions = Actions::of(cx)
        .add(Action::DirectionWrite, "PATCH", href.clone(), open())
        .add(Action::DirectionWrite, "POST", format!("{href}/signals"), open())
        .add(Action::DirectionReview, "POST", format!("{href}/reviews"), open())
        .list();
    let signal = |row: Signal| SignalView {
        id: row.id,
        observed_on: row.observed_on,
        text: row.text,
        source: row.source,
        created_at: row.created_at,
    };
    let review = |row: DirectionReview| DirectionReviewView {
        verdict: row.verdict,
        reason: row.reason,
        next_review_on: row.next_review_on,
        track: row.track,
        created_at: row.created_at,
    };
    Ok(DirectionView {
        due: rules::is_due(&row, cx.today()),
        signals: signals.into_iter().map(signal).collect(),
        reviews: reviews.into_iter().map(review).collect(),
        id: row.id,
        code: row.code,
        name: Say::new(row.name_zh, row.name_en),
        summary: row.summary,
        state: row.state,
        review_on: row.review_on,
        version: row.version,
        actions,
    })
}
