use chrono::NaiveDate;

use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::say;
use crate::talent_loans::db::schemes as db;
use crate::talent_loans::model::*;
use crate::talent_loans::rules::schemes as rules;
use crate::talent_loans::scheme::{Scheme, shipped};

pub fn list_loan_schemes(cx: &mut Cx, params: &ListLoanSchemesParams) -> Result<Page<LoanSchemeSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_schemes(cx.conn, params, &page)?;
    let total = if page.count { Some(db::count_schemes(cx.conn, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |scheme| scheme.id.clone(), LoanSchemeSummary::from))
}

pub fn get_loan_scheme(cx: &mut Cx, id: &LoanSchemeId) -> Result<LoanSchemeView, AppError> {
    let scheme = db::find_scheme(cx.conn, id)?;
    view(cx, scheme)
}

pub fn create_loan_scheme(cx: &mut Cx, body: &WriteLoanSchemeBody) -> Result<LoanSchemeView, AppError> {
    let scheme = draft(cx, &read(&body.toml)?)?;
    view(cx, scheme)
}

pub fn update_loan_scheme(
    cx: &mut Cx,
    id: &LoanSchemeId,
    body: &WriteLoanSchemeBody,
) -> Result<LoanSchemeView, AppError> {
    let old = db::find_scheme(cx.conn, id)?;
    cx.expect_version(old.version)?;
    rules::may_edit(&old)?;
    let document = read(&body.toml)?;
    refuse_twin(cx, &document, Some(id))?;
    // Whoever wrote it last does not publish it either.
    let scheme = LoanScheme {
        version: old.version + 1,
        created_by: cx.actor.label(),
        created_at: old.created_at,
        ..row(cx, id.clone(), &document)
    };
    db::update_scheme(cx.conn, &scheme)?;
    let changes = Changes::default().field("document", old.document.as_text(), scheme.document.as_text());
    cx.record(Event::on(subject(id)).changes(changes));
    view(cx, scheme)
}

pub fn publish_loan_scheme(cx: &mut Cx, id: &LoanSchemeId) -> Result<LoanSchemeView, AppError> {
    let mut scheme = db::find_scheme(cx.conn, id)?;
    cx.expect_version(scheme.version)?;
    rules::may_publish(&scheme, cx.actor.user_id())?;
    publish(cx, &mut scheme)?;
    view(cx, scheme)
}

/// The document a loan or claim pins.
pub fn document_of(cx: &mut Cx, id: &LoanSchemeId) -> Result<Scheme, AppError> {
    db::find_scheme(cx.conn, id)?.document.read()
}

/// The published scheme in effect on a day; of several the latest to take effect.
pub fn in_effect(cx: &mut Cx, on: NaiveDate) -> Result<Option<LoanScheme>, AppError> {
    let covers = |s: &LoanScheme| s.effective_from <= on && s.effective_to.is_none_or(|to| to >= on);
    Ok(db::list_published(cx.conn)?.into_iter().find(covers))
}

/// Puts the scheme that ships with the program on record, published, if it is not there yet.
pub fn ship_scheme(cx: &mut Cx) -> Result<(), AppError> {
    let document = shipped();
    if db::find_revision(cx.conn, &document.code, document.version)?.is_none() {
        let mut scheme = draft(cx, document)?;
        publish(cx, &mut scheme)?;
    }
    Ok(())
}

fn draft(cx: &mut Cx, document: &Scheme) -> Result<LoanScheme, AppError> {
    refuse_twin(cx, document, None)?;
    let id = cx.id();
    let scheme = row(cx, id, document);
    db::insert_scheme(cx.conn, &scheme)?;
    let changes = Changes::default().set("document", scheme.document.as_text());
    cx.record(
        Event::on(subject(&scheme.id)).action(Action::LoanSchemeCreate.as_str()).to(scheme.state).changes(changes),
    );
    Ok(scheme)
}

fn publish(cx: &mut Cx, scheme: &mut LoanScheme) -> Result<(), AppError> {
    scheme.state = SchemeState::Published;
    scheme.published_by = Some(cx.actor.label());
    scheme.published_at = Some(cx.now);
    scheme.version += 1;
    db::update_scheme(cx.conn, scheme)?;
    let event = Event::on(subject(&scheme.id)).action(Action::LoanSchemePublish.as_str());
    cx.record(event.moved(SchemeState::Draft, SchemeState::Published));
    Ok(())
}

fn row(cx: &Cx, id: LoanSchemeId, document: &Scheme) -> LoanScheme {
    LoanScheme {
        id,
        code: document.code.clone(),
        revision: document.version,
        name_zh: document.name.zh.clone(),
        name_en: document.name.en.clone(),
        state: SchemeState::Draft,
        effective_from: document.effective_from,
        effective_to: document.effective_to,
        document: Doc::of(document),
        created_by: cx.actor.label(),
        created_at: cx.now,
        published_by: None,
        published_at: None,
        version: 1,
    }
}

fn read(toml: &str) -> Result<Scheme, AppError> {
    Scheme::from_toml(toml).map_err(|found| {
        let mut faults = Faults::default();
        for fault in found {
            let (path, zh, en) = (fault.path, fault.say.zh, fault.say.en);
            let say = if path.is_empty() { say!("{zh}", "{en}") } else { say!("{path}：{zh}", "{path}: {en}") };
            faults.add("/toml", FieldCode::Format, say);
        }
        faults.done().expect_err("a document that was not read has faults")
    })
}

fn refuse_twin(cx: &mut Cx, document: &Scheme, own: Option<&LoanSchemeId>) -> Result<(), AppError> {
    let twin = db::find_revision(cx.conn, &document.code, document.version)?;
    match twin.filter(|twin| Some(&twin.id) != own) {
        None => Ok(()),
        Some(_) => {
            let (code, version) = (&document.code, document.version);
            let say = say!("{code} 第 {version} 版已存在", "version {version} of {code} exists already");
            Err(AppError::with(Code::AlreadyExists, say))
        }
    }
}

fn subject(id: &LoanSchemeId) -> Subject {
    Subject::new("loan_scheme", id)
}

fn view(cx: &Cx, scheme: LoanScheme) -> Result<LoanSchemeView, AppError> {
    let href = |noun: &str| format!("/api/v1/loan-schemes/{}{noun}", scheme.id);
    let may_publish = rules::may_publish(&scheme, cx.actor.user_id());
    let actions = Actions::of(cx)
        .add(Action::LoanSchemeUpdate, "PATCH", href(""), rules::may_edit(&scheme))
        .add(Action::LoanSchemePublish, "POST", href("/publication"), may_publish)
        .list();
    Ok(LoanSchemeView {
        document: scheme.document.read()?,
        created_at: scheme.created_at,
        published_at: scheme.published_at,
        version: scheme.version,
        actions,
        summary: scheme.into(),
    })
}
