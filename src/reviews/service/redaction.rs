//! What blind reviewers may read: an officer releases the applicant's texts one by one, without what names the applicant.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rule_set_of;
use crate::applications::model::{ApplicationId, EvaluationView, SnapshotId};
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::text::segment;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::reviews::db::cases::{self, Case};
use crate::reviews::db::redactions as db;
use crate::reviews::model::{Redaction, RedactionText, RedactionView, UpdateRedactionBody};
use crate::reviews::rules::blind::{BlindMaterial, Vocabulary, blind, free_texts, names_one_of};
use crate::reviews::rules::conduct;
use crate::rounds::model::Round;
use crate::say;

const TEXT_MAX: usize = 20_000;

pub fn get_redaction(cx: &mut Cx, application: &ApplicationId) -> Result<RedactionView, AppError> {
    let me = cx.actor.user_id().cloned();
    let case = cases::find_case(cx.conn, me.as_ref(), application)?;
    view(cx, &case)
}

/// Releases texts, or takes a release back with `null`; needs If-Match.
pub fn update_redaction(
    cx: &mut Cx,
    application: &ApplicationId,
    body: &UpdateRedactionBody,
) -> Result<RedactionView, AppError> {
    let me = cx.actor.user_id().cloned();
    let case = cases::find_case(cx.conn, me.as_ref(), application)?;
    let snapshot = snapshot_of(&case)?;
    let old = db::find_redaction(cx.conn, &snapshot)?;
    cx.expect_version(old.as_ref().map_or(0, |row| row.version))?;
    conduct::may_redact(cases::find_score(cx.conn, application)?.is_some())?;
    let texts = texts_of(cx, &case)?;
    let names = names_of(cx, &case, &snapshot)?;
    let mut faults = Faults::default();
    for (at, text) in &body.texts {
        let pointer = format!("/texts/{}", segment(at));
        if !texts.contains_key(at) {
            faults.plain(&pointer, FieldCode::NotExisting);
        }
        let text = text.as_deref().unwrap_or_default();
        faults.text(&pointer, text, 0, TEXT_MAX);
        if names_one_of(text, &names) {
            let said = say!("仍含申报单位的名称、代码或联系人", "still names the applicant");
            faults.add(&pointer, FieldCode::NotAllowed, said);
        }
    }
    faults.done()?;
    let mut released = old.as_ref().map(|row| row.texts.read()).transpose()?.unwrap_or_default();
    for (at, text) in &body.texts {
        match text {
            Some(text) => released.insert(at.clone(), text.clone()),
            None => released.remove(at),
        };
    }
    let row = Redaction {
        snapshot_id: snapshot,
        application_id: case.id.clone(),
        texts: Doc::of(&released),
        updated_by: cx.actor.label(),
        updated_at: cx.now,
        version: old.as_ref().map_or(0, |row| row.version) + 1,
    };
    match old {
        None => db::insert_redaction(cx.conn, &row)?,
        Some(_) => db::update_redaction(cx.conn, &row)?,
    }
    let pointers = |released: bool| -> Vec<&String> {
        body.texts.iter().filter(|(_, text)| text.is_some() == released).map(|(at, _)| at).collect()
    };
    let changes = Changes::default().set("released", pointers(true)).set("withheld", pointers(false));
    cx.record(Event::on(Subject::new("application", &case.id)).changes(changes));
    view(cx, &case)
}

/// The material as a blind reviewer reads it.
pub(super) fn blind_material(cx: &mut Cx, case: &Case, round: &Round) -> Result<Option<BlindMaterial>, AppError> {
    let Some(snapshot) = &case.snapshot_id else { return Ok(None) };
    let rules = rule_set_of(cx, round)?;
    let released = released(cx, snapshot)?;
    let (form, figures, evaluation) = material(cx, snapshot)?;
    Ok(Some(blind(&Vocabulary::of(&rules), &released, &form, &figures, &evaluation)))
}

/// Form, figures and evaluation of a submission, as they were frozen; the rules explained in the reader's language.
pub(super) fn material(cx: &mut Cx, snapshot: &SnapshotId) -> Result<(Value, Value, Value), AppError> {
    let (form, figures, evaluation) = cases::find_material(cx.conn, snapshot)?;
    let json = |text: String| serde_json::from_str(&text).map_err(AppError::internal);
    let shown = EvaluationView::of(evaluation.read()?, cx.lang);
    Ok((json(form)?, json(figures)?, serde_json::to_value(shown).map_err(AppError::internal)?))
}

fn released(cx: &mut Cx, snapshot: &SnapshotId) -> Result<BTreeMap<String, String>, AppError> {
    Ok(db::find_redaction(cx.conn, snapshot)?.map(|row| row.texts.read()).transpose()?.unwrap_or_default())
}

/// What must not stand in a released text: the enterprise by name and code, and whom it named as its contact.
fn names_of(cx: &mut Cx, case: &Case, snapshot: &SnapshotId) -> Result<Vec<String>, AppError> {
    let (name, credit_code) = cases::applicant_names(cx.conn, &case.enterprise_id)?;
    let (form, _, _) = material(cx, snapshot)?;
    let contact = ["name", "mobile", "email"].into_iter().filter_map(|key| form["contact"][key].as_str());
    Ok(contact.map(str::to_owned).chain([name, credit_code]).collect())
}

fn snapshot_of(case: &Case) -> Result<SnapshotId, AppError> {
    case.snapshot_id.clone().ok_or_else(|| {
        AppError::with(Code::InvalidTransition, say!("尚未提交，没有可脱敏的内容", "nothing has been handed in yet"))
    })
}

fn texts_of(cx: &mut Cx, case: &Case) -> Result<BTreeMap<String, String>, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, &case.round_id)?;
    let rules = rule_set_of(cx, &round)?;
    let (form, figures, _) = material(cx, &snapshot_of(case)?)?;
    Ok(free_texts(&Vocabulary::of(&rules), &form, &figures))
}

fn view(cx: &mut Cx, case: &Case) -> Result<RedactionView, AppError> {
    let snapshot = snapshot_of(case)?;
    let row = db::find_redaction(cx.conn, &snapshot)?;
    let mut released = row.as_ref().map(|row| row.texts.read()).transpose()?.unwrap_or_default();
    let texts: Vec<RedactionText> = texts_of(cx, case)?
        .into_iter()
        .map(|(pointer, original)| RedactionText { released: released.remove(&pointer), pointer, original })
        .collect();
    let frozen = cases::find_score(cx.conn, &case.id)?.is_some();
    let href = format!("/api/v1/applications/{}/redaction", case.id);
    let actions = Actions::of(cx).add(Action::RedactionUpdate, "PATCH", href, conduct::may_redact(frozen)).list();
    Ok(RedactionView {
        application_id: case.id.clone(),
        complete: texts.iter().all(|text| text.released.is_some()),
        texts,
        version: row.map_or(0, |row| row.version),
        actions,
    })
}
