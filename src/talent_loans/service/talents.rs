use super::{check_reason, reach};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;
use crate::talent_loans::db::{parties, talents as db};
use crate::talent_loans::model::*;
use crate::talent_loans::rules::identity::IdNumber;

pub fn list_talents(cx: &mut Cx, params: &ListTalentsParams) -> Result<Page<TalentSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let reach = reach(cx);
    let rows = db::list_talents(cx.conn, &reach, params, &page)?;
    let total = if page.count { Some(db::count_talents(cx.conn, &reach, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |talent| talent.id.clone(), TalentSummary::from))
}

pub fn get_talent(cx: &mut Cx, id: &TalentId) -> Result<TalentView, AppError> {
    let talent = find(cx, id)?;
    view(cx, talent)
}

/// Registers a person once: whoever has that identity number already is named in the refusal.
pub fn create_talent(cx: &mut Cx, keys: &KeyRing, body: &CreateTalentBody) -> Result<TalentView, AppError> {
    let mut faults = Faults::default();
    check_fields(&mut faults, &body.name, &body.programme);
    let document = body.id_document.unwrap_or(IdDocument::ResidentId);
    let number = read_number(&mut faults, cx, document, &body.id_number);
    faults.done()?;
    let number = number.ok_or_else(|| AppError::internal("a faultless number is one"))?;
    let id: TalentId = cx.id();
    let talent = Talent {
        name: body.name.trim().to_owned(),
        grade: body.grade,
        programme: body.programme.trim().to_owned(),
        valid_to: body.valid_to,
        id_document: document,
        id_sealed: keys.seal_field(&place(&id), number.reveal())?,
        id_index: keys.blind_index(&number.domain(), number.reveal())?,
        id_masked: number.masked(),
        created_by: cx.actor.label(),
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
        id,
    };
    refuse_twin(cx, &talent)?;
    db::insert_talent(cx.conn, &talent)?;
    let changes = Changes::default()
        .set("name", &talent.name)
        .set("grade", talent.grade)
        .set("programme", &talent.programme)
        .set("valid_to", talent.valid_to)
        .set("id_document", talent.id_document)
        // Neither the number nor a digest of it: there are few enough numbers to try them all.
        .set("id_number", &talent.id_masked);
    cx.record(Event::on(subject(&talent.id)).changes(changes));
    view(cx, talent)
}

pub fn update_talent(
    cx: &mut Cx,
    keys: &KeyRing,
    id: &TalentId,
    body: &UpdateTalentBody,
) -> Result<TalentView, AppError> {
    let old = find(cx, id)?;
    cx.expect_version(old.version)?;
    let mut talent = old.clone();
    talent.name = body.name.as_deref().unwrap_or(&old.name).trim().to_owned();
    talent.programme = body.programme.as_deref().unwrap_or(&old.programme).trim().to_owned();
    talent.grade = body.grade.unwrap_or(old.grade);
    talent.valid_to = body.valid_to.unwrap_or(old.valid_to);
    talent.id_document = body.id_document.unwrap_or(old.id_document);
    let mut faults = Faults::default();
    check_fields(&mut faults, &talent.name, &talent.programme);
    let number = match &body.id_number {
        Some(text) => read_number(&mut faults, cx, talent.id_document, text),
        None => {
            if talent.id_document != old.id_document {
                faults.plain("/id_number", FieldCode::Required);
            }
            None
        }
    };
    faults.done()?;
    if let Some(number) = number {
        talent.id_sealed = keys.seal_field(&place(id), number.reveal())?;
        talent.id_index = keys.blind_index(&number.domain(), number.reveal())?;
        talent.id_masked = number.masked();
        refuse_twin(cx, &talent)?;
    }
    talent.updated_at = cx.now;
    talent.version += 1;
    db::update_talent(cx.conn, &talent)?;
    let changes = Changes::default()
        .field("name", &old.name, &talent.name)
        .field("grade", old.grade, talent.grade)
        .field("programme", &old.programme, &talent.programme)
        .field("valid_to", old.valid_to, talent.valid_to)
        .field("id_document", old.id_document, talent.id_document)
        .field("id_number", &old.id_masked, &talent.id_masked);
    cx.record(Event::on(subject(id)).changes(changes));
    view(cx, talent)
}

/// The whole number, for a reason that stays in the trail.
pub fn reveal_id_number(
    cx: &mut Cx,
    keys: &KeyRing,
    id: &TalentId,
    body: &ReasonBody,
) -> Result<IdNumberView, AppError> {
    let talent = find(cx, id)?;
    check_reason(&body.reason)?;
    let id_number = keys.open_field(&place(id), &talent.id_sealed)?;
    cx.record(Event::on(subject(id)).reason(body.reason.trim()));
    Ok(IdNumberView { id_document: talent.id_document, id_number })
}

pub fn create_employment(cx: &mut Cx, id: &TalentId, body: &CreateEmploymentBody) -> Result<TalentView, AppError> {
    let talent = find(cx, id)?;
    let mut faults = Faults::default();
    faults.text("/evidence", &body.evidence, 1, 1_000);
    if body.since > cx.today() {
        faults.plain("/since", FieldCode::InTheFuture);
    }
    if body.until.is_some_and(|until| until < body.since) {
        faults.plain("/until", FieldCode::DateOrder);
    }
    if parties::find_enterprise(cx.conn, &body.enterprise_id)?.is_none() {
        faults.plain("/enterprise_id", FieldCode::NotExisting);
    }
    faults.done()?;
    let row = Employment {
        id: cx.id(),
        talent_id: id.clone(),
        enterprise_id: body.enterprise_id.clone(),
        link: body.link,
        since: body.since,
        until: body.until,
        evidence: body.evidence.trim().to_owned(),
        created_by: cx.actor.label(),
        created_at: cx.now,
        version: 1,
    };
    db::insert_employment(cx.conn, &row)?;
    let changes = Changes::default()
        .set("employment_id", &row.id)
        .set("enterprise_id", &row.enterprise_id)
        .set("link", row.link)
        .set("since", row.since)
        .set("until", row.until)
        .set("evidence", &row.evidence);
    cx.record(Event::on(subject(id)).changes(changes));
    view(cx, talent)
}

/// The link is kept, with its last day: loans signed before stay what they were.
pub fn end_employment(
    cx: &mut Cx,
    id: &TalentId,
    employment: &EmploymentId,
    body: &EndEmploymentBody,
) -> Result<TalentView, AppError> {
    let talent = find(cx, id)?;
    let mut row = db::find_employment(cx.conn, id, employment)?;
    cx.expect_version(row.version)?;
    if row.until.is_some() {
        let say = say!("该关联已有终止日期", "this link has its last day already");
        return Err(Refusal::new(Code::InvalidTransition, say).into());
    }
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, 500);
    if body.until < row.since {
        faults.plain("/until", FieldCode::DateOrder);
    }
    faults.done()?;
    row.until = Some(body.until);
    row.version += 1;
    db::update_employment(cx.conn, &row)?;
    let changes = Changes::default().set("employment_id", &row.id).set("until", row.until);
    cx.record(Event::on(subject(id)).reason(body.reason.trim()).changes(changes));
    view(cx, talent)
}

/// Whoever has this identity number.
pub(super) fn find_by_number(cx: &mut Cx, keys: &KeyRing, number: &IdNumber) -> Result<Option<Talent>, AppError> {
    let index = keys.blind_index(&number.domain(), number.reveal())?;
    Ok(db::find_talent_by_index(cx.conn, &index)?)
}

pub(super) fn read_number(faults: &mut Faults, cx: &Cx, document: IdDocument, text: &str) -> Option<IdNumber> {
    match IdNumber::read(document, text, cx.today()) {
        Ok(number) => Some(number),
        Err((code, say)) => {
            faults.add("/id_number", code, say);
            None
        }
    }
}

fn subject(id: &TalentId) -> Subject {
    Subject::new("talent", id)
}

/// Where a number is kept: sealed for another row, it does not open.
fn place(id: &TalentId) -> String {
    format!("talents.id_sealed:{id}")
}

fn find(cx: &mut Cx, id: &TalentId) -> Result<Talent, AppError> {
    let reach = reach(cx);
    Ok(db::find_visible_talent(cx.conn, &reach, id)?)
}

fn check_fields(faults: &mut Faults, name: &str, programme: &str) {
    faults.text("/name", name, 1, 100);
    faults.text("/programme", programme, 1, 200);
}

fn refuse_twin(cx: &mut Cx, talent: &Talent) -> Result<(), AppError> {
    match db::find_talent_by_index(cx.conn, &talent.id_index)? {
        Some(twin) if twin.id != talent.id => {
            let say = say!("该证件号码已登记", "a talent with this identity number is on record");
            Err(AppError::with(Code::AlreadyExists, say).member("talent_id", &twin.id))
        }
        _ => Ok(()),
    }
}

fn view(cx: &mut Cx, talent: Talent) -> Result<TalentView, AppError> {
    let reach = reach(cx);
    let employments = db::list_visible_employments(cx.conn, &reach, &talent.id)?;
    let href = |noun: &str| format!("/api/v1/talents/{}{noun}", talent.id);
    let actions = Actions::of(cx)
        .add(Action::TalentUpdate, "PATCH", href(""), Ok(()))
        .add(Action::TalentReveal, "POST", href("/id-number-reveals"), Ok(()))
        .add(Action::EmploymentCreate, "POST", href("/employments"), Ok(()))
        .list();
    Ok(TalentView {
        employments: employments.into_iter().map(EmploymentView::from).collect(),
        created_at: talent.created_at,
        updated_at: talent.updated_at,
        version: talent.version,
        actions,
        summary: talent.into(),
    })
}
