//! The pool of experts.

use std::collections::BTreeMap;

use crate::accounts::db::find_user_by_email;
use crate::accounts::rules::normal_email;
use crate::enterprises::rules::credit_code::CreditCode;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::reviews::db::experts as db;
use crate::reviews::model::{
    Absence, CreateExpertBody, Expert, ExpertId, ExpertState, ExpertSummary, ExpertView, ListExpertsParams,
    PastService, UpdateExpertBody,
};
use crate::say;

const LOAD_CAP: i32 = 20;
const LIST_MAX: usize = 100;

pub fn list_experts(cx: &mut Cx, params: &ListExpertsParams) -> Result<Page<ExpertSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_experts(cx.conn, params, &page)?;
    let total = if page.count { Some(db::count_experts(cx.conn, params)?) } else { None };
    let ids: Vec<_> = rows.iter().map(|e| e.id.clone()).collect();
    let users: Vec<_> = rows.iter().map(|e| e.user_id.clone()).collect();
    let (loads, names) = (db::loads(cx.conn, &ids)?, db::names(cx.conn, &users)?);
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        listed.push(ExpertSummary {
            load: loads.get(&row.id).copied().unwrap_or(0),
            name: names.get(&row.user_id).cloned().unwrap_or_default(),
            fields: row.fields.read()?,
            id: row.id,
            user_id: row.user_id,
            kind: row.kind,
            employer: row.employer,
            load_cap: row.load_cap,
            state: row.state,
        });
    }
    Ok(Page::of(listed, page.limit, total, |e| e.id.clone(), |e| e))
}

pub fn get_expert(cx: &mut Cx, id: &ExpertId) -> Result<ExpertView, AppError> {
    let row = db::find_expert(cx.conn, id)?;
    view(cx, row)
}

pub fn create_expert(cx: &mut Cx, body: &CreateExpertBody) -> Result<ExpertView, AppError> {
    let mut faults = Faults::default();
    let account = account_of(cx, body, &mut faults)?;
    let row = Expert {
        id: cx.id(),
        // Without one there is a fault, and nothing is stored.
        user_id: account.unwrap_or(UserId(String::new())),
        kind: body.kind,
        employer: body.employer.trim().to_owned(),
        employer_code: body.employer_code.clone(),
        fields: Doc::of(&tidied(&body.fields)),
        load_cap: body.load_cap.unwrap_or(LOAD_CAP),
        unavailable: Doc::of(&body.unavailable),
        past_service: Doc::of(&body.past_service),
        state: ExpertState::Active,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    let row = checked(row, faults)?;
    if db::is_expert(cx.conn, &row.user_id)? {
        return Err(AppError::with(
            Code::AlreadyExists,
            say!("该人员已在专家库中", "this person is in the pool already"),
        ));
    }
    db::insert_expert(cx.conn, &row)?;
    cx.record(Event::on(subject(&row.id)).to(row.state).changes(changes(&Values::default(), &seen(&row)?)));
    view(cx, row)
}

/// The account that is to be an expert's; none where a fault says why.
fn account_of(cx: &mut Cx, body: &CreateExpertBody, faults: &mut Faults) -> Result<Option<UserId>, AppError> {
    let (found, at) = match (&body.user_id, &body.email) {
        (Some(_), Some(_)) => {
            faults.add("/email", FieldCode::NotAllowed, say!("与 user_id 二选一", "either this or user_id"));
            return Ok(None);
        }
        (None, None) => {
            faults.plain("/email", FieldCode::Required);
            return Ok(None);
        }
        (Some(id), None) => (Some(id.clone()), "/user_id"),
        (None, Some(email)) => (find_user_by_email(cx.conn, &normal_email(email))?.map(|user| user.id), "/email"),
    };
    if let Some(id) = found
        && db::holds_expert_role(cx.conn, &id)?
    {
        return Ok(Some(id));
    }
    let said = say!("应为具有专家角色的账户", "must be an account with the role expert");
    faults.add(at, FieldCode::NotExisting, said);
    Ok(None)
}

pub fn update_expert(cx: &mut Cx, id: &ExpertId, body: &UpdateExpertBody) -> Result<ExpertView, AppError> {
    let old = db::find_expert(cx.conn, id)?;
    cx.expect_version(old.version)?;
    let mut row = old.clone();
    row.kind = body.kind.unwrap_or(row.kind);
    row.state = body.state.unwrap_or(row.state);
    row.load_cap = body.load_cap.unwrap_or(row.load_cap);
    if let Some(employer) = &body.employer {
        row.employer = employer.trim().to_owned();
    }
    if let Some(code) = &body.employer_code {
        row.employer_code = code.clone();
    }
    if let Some(fields) = &body.fields {
        row.fields = Doc::of(&tidied(fields));
    }
    if let Some(unavailable) = &body.unavailable {
        row.unavailable = Doc::of(unavailable);
    }
    if let Some(past_service) = &body.past_service {
        row.past_service = Doc::of(past_service);
    }
    let mut row = checked(row, Faults::default())?;
    row.updated_at = cx.now;
    row.version += 1;
    db::update_expert(cx.conn, &row)?;
    let event = Event::on(subject(&row.id)).changes(changes(&seen(&old)?, &seen(&row)?));
    cx.record(if old.state == row.state { event } else { event.moved(old.state, row.state) });
    view(cx, row)
}

fn checked(mut row: Expert, mut faults: Faults) -> Result<Expert, AppError> {
    faults.text("/employer", &row.employer, 2, 200);
    faults.range("/load_cap", row.load_cap.into(), 1, 500);
    if let Some(code) = &row.employer_code {
        match CreditCode::parse(code) {
            Ok(code) => row.employer_code = Some(code.to_string()),
            Err(fault) => faults.add("/employer_code", FieldCode::CheckDigit, fault.say()),
        }
    }
    let fields: Vec<String> = row.fields.read()?;
    let unavailable: Vec<Absence> = row.unavailable.read()?;
    let past: Vec<PastService> = row.past_service.read()?;
    for (at, count) in [("/fields", fields.len()), ("/unavailable", unavailable.len()), ("/past_service", past.len())] {
        if count > LIST_MAX {
            faults.add(at, FieldCode::TooLong, say!("最多 {LIST_MAX} 项", "takes at most {LIST_MAX} entries"));
        }
    }
    for (n, field) in fields.iter().enumerate() {
        faults.text(&format!("/fields/{n}"), field, 1, 60);
    }
    for (n, _) in unavailable.iter().enumerate().filter(|(_, absence)| absence.to < absence.from) {
        faults.plain(format!("/unavailable/{n}/to"), FieldCode::DateOrder);
    }
    for (n, past) in past.iter().enumerate() {
        faults.text(&format!("/past_service/{n}/organisation"), &past.organisation, 2, 200);
    }
    faults.done()?;
    Ok(row)
}

/// Without blanks around and without repetition, so that a field is matched as it is meant.
fn tidied(fields: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for field in fields.iter().map(|field| field.trim().to_owned()) {
        if !kept.contains(&field) {
            kept.push(field);
        }
    }
    kept
}

fn subject(id: &ExpertId) -> Subject {
    Subject::new("expert", id)
}

/// The values of a record by name, for the trail.
type Values = BTreeMap<&'static str, serde_json::Value>;

fn seen(row: &Expert) -> Result<Values, AppError> {
    let json = |text: &str| serde_json::from_str(text).map_err(AppError::internal);
    Ok([
        ("user_id", row.user_id.as_str().into()),
        ("kind", row.kind.as_str().into()),
        ("employer", row.employer.as_str().into()),
        ("employer_code", row.employer_code.clone().into()),
        ("fields", json(row.fields.as_text())?),
        ("load_cap", row.load_cap.into()),
        ("unavailable", json(row.unavailable.as_text())?),
        ("past_service", json(row.past_service.as_text())?),
    ]
    .into())
}

fn changes(old: &Values, new: &Values) -> Changes {
    new.iter().fold(Changes::default(), |all, (name, value)| all.field(name, old.get(name), value))
}

fn view(cx: &mut Cx, row: Expert) -> Result<ExpertView, AppError> {
    let load = db::loads(cx.conn, std::slice::from_ref(&row.id))?.remove(&row.id).unwrap_or(0);
    let name = db::names(cx.conn, std::slice::from_ref(&row.user_id))?.remove(&row.user_id).unwrap_or_default();
    let actions =
        Actions::of(cx).add(Action::ExpertUpdate, "PATCH", format!("/api/v1/experts/{}", row.id), Ok(())).list();
    Ok(ExpertView {
        load,
        name,
        actions,
        fields: row.fields.read()?,
        unavailable: row.unavailable.read()?,
        past_service: row.past_service.read()?,
        id: row.id,
        user_id: row.user_id,
        kind: row.kind,
        employer: row.employer,
        employer_code: row.employer_code,
        load_cap: row.load_cap,
        state: row.state,
        version: row.version,
    })
}
