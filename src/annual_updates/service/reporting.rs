//! The enterprise's side.

use super::viewing::get_annual_update;
use super::{recorded, subject};
use crate::annual_updates::model::{
    AnnualUpdate, AnnualUpdateView, CreateAnnualUpdateBody, Entry, UpdateAnnualUpdateBody, UpdateId, UpdateState,
};
use crate::annual_updates::{db, rules};
use crate::enterprises::model::EntrySource;
use crate::enterprises::service::metrics::state_metrics;
use crate::enterprises::service::record::find_enterprise;
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::library::db::promotion::list_titled_of;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::say;

/// Begins the report of a year, filled in with what is on record: the figures of the year before if there are some, else those of
/// the year before that one.
pub fn create_annual_update(cx: &mut Cx, body: &CreateAnnualUpdateBody) -> Result<AnnualUpdateView, AppError> {
    let mut faults = Faults::default();
    for (pointer, missing) in [("/enterprise_id", body.enterprise_id.is_none()), ("/year", body.year.is_none())] {
        if missing {
            faults.plain(pointer, FieldCode::Required);
        }
    }
    faults.done()?;
    let (Some(enterprise), Some(year)) = (&body.enterprise_id, body.year) else {
        return Err(AppError::internal("checked to be there"));
    };
    let enterprise = find_enterprise(cx, enterprise)?.id;
    let window = db::find_window(cx.conn, year).map_err(|e| match e {
        diesel::result::Error::NotFound => {
            let said = say!("{year} 年没有年度信息填报", "no reports are taken in {year}");
            AppError::field("/year", FieldCode::NotExisting, said)
        }
        other => other.into(),
    })?;
    rules::is_open(&window, cx.today())?;
    if list_titled_of(cx.conn, &enterprise)?.is_empty() {
        let said = say!("企业不是在库认定企业，无需填报", "only members of a tier report");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    if let Some(known) = db::find_of_year(cx.conn, &enterprise, year)? {
        return Err(AppError::new(Code::AlreadyExists).member("id", known.id));
    }
    let mut entries = recorded(cx, &enterprise, year - 2)?;
    entries.extend(recorded(cx, &enterprise, year - 1)?);
    let row = AnnualUpdate {
        id: cx.id(),
        year,
        enterprise_id: enterprise,
        state: UpdateState::Draft,
        entries: Doc::of(&entries),
        submitted_at: None,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    db::insert_update(cx.conn, &row)?;
    let changes = Changes::default().set("year", year).set("enterprise_id", &row.enterprise_id);
    cx.record(Event::on(subject(&row)).to(row.state).changes(changes));
    get_annual_update(cx, &row.id)
}

/// Merge patch of the values.
pub fn update_annual_update(
    cx: &mut Cx,
    id: &UpdateId,
    body: &UpdateAnnualUpdateBody,
) -> Result<AnnualUpdateView, AppError> {
    let (mut row, _) = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    cx.expect_version(row.version)?;
    rules::may_edit(row.state)?;
    let mut entries = row.entries.read()?;
    let mut changes = Changes::default();
    let mut faults = Faults::default();
    for (code, statement) in &body.0 {
        let old = entries.remove(code);
        let new = statement.as_ref().and_then(|said| rules::stated(old.as_ref(), said));
        if statement.is_some() && new.is_none() {
            faults.plain(format!("{}/value", rules::pointer(code)), FieldCode::Required);
        }
        changes = changes.field(code, old.as_ref(), new.as_ref());
        if let Some(new) = new {
            entries.insert(code.clone(), new);
        }
    }
    rules::check_shape(&entries, &mut faults);
    faults.done()?;
    row.entries = Doc::of(&entries);
    touch(cx, &mut row)?;
    cx.record(Event::on(subject(&row)).changes(changes));
    get_annual_update(cx, id)
}

/// Hands the report in: its values become the figures of the year before, to be verified.
pub fn submit_annual_update(cx: &mut Cx, id: &UpdateId) -> Result<AnnualUpdateView, AppError> {
    let (mut row, _) = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    rules::may_edit(row.state)?;
    let window = db::find_window(cx.conn, row.year)?;
    let last = recorded(cx, &row.enterprise_id, row.year - 2)?;
    let mut entries = row.entries.read()?;
    let mut faults = Faults::default();
    rules::check_shape(&entries, &mut faults);
    rules::check_complete(&entries, &last, &window, &mut faults);
    faults.done()?;
    let values = entries.iter().map(|(code, entry)| (code.clone(), Some(entry.value))).collect();
    state_metrics(cx, &row.enterprise_id, row.year - 1, &values, EntrySource::AnnualUpdate)?;
    for entry in entries.values_mut() {
        // What an officer asked about is judged anew, also when it was only explained.
        *entry = Entry { verdict: entry.verdict.filter(|_| entry.remark.is_none()), ..entry.clone() };
    }
    let from = row.state;
    row.entries = Doc::of(&entries);
    row.state = UpdateState::Submitted;
    row.submitted_at = Some(cx.arrived_at);
    touch(cx, &mut row)?;
    let event = Event::on(subject(&row)).moved(from, row.state);
    cx.record(event.changes(Changes::default().set("values", entries.len())));
    get_annual_update(cx, id)
}

pub(super) fn touch(cx: &mut Cx, row: &mut AnnualUpdate) -> Result<(), AppError> {
    row.updated_at = cx.now;
    row.version += 1;
    Ok(db::update_update(cx.conn, row)?)
}
