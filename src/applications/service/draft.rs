//! A draft begins, and is filled in bit by bit.

use serde_json::{Map, Value};

use super::{Case, find_case, move_to, subject, view};
use crate::applications::db;
use crate::applications::model::{
    Application, ApplicationId, ApplicationState, ApplicationView, CreateApplicationBody, Form, Statements,
};
use crate::applications::rules::{self, Move};
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Code, Faults, FieldCode, FieldError, Refusal};
use crate::platform::door::Cx;
use crate::platform::http::pointer;
use crate::platform::patch;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::programme::model::Tier;
use crate::rounds::model::{Round, RoundId, RoundState};
use crate::say;

/// Far above any honest form, far below what would burden the database.
const FORM_MAX_BYTES: usize = 512 * 1024;

pub fn create_application(cx: &mut Cx, body: &CreateApplicationBody) -> Result<ApplicationView, AppError> {
    let me = cx.person()?.id.clone();
    let (round_id, enterprise_id, tier) = named(body)?;
    if !db::is_member(cx.conn, &enterprise_id, &me)? {
        return Err(AppError::not_found());
    }
    crate::library::service::refuse_barred(cx, &enterprise_id)?;
    let round = find_round(cx, &round_id)?;
    may_begin(&round)?;
    if !round.tiers.read()?.contains(&tier) {
        let said = say!("本批次不受理该类别", "this round does not take this tier");
        return Err(AppError::field("/tier", FieldCode::NotAllowed, said));
    }
    let lane = tier.lane();
    if db::has_live(cx.conn, &enterprise_id, &round.id, lane)? {
        return Err(AppError::new(Code::LiveApplication));
    }
    let form = match &body.copy_from {
        Some(id) => copied(cx, id, &enterprise_id)?,
        None => Form::default(),
    };
    let application = Application {
        id: cx.id(),
        round_id: round.id,
        enterprise_id,
        tier,
        lane,
        state: ApplicationState::Draft,
        live: true,
        form: Doc::of(&form),
        submitted_at: None,
        snapshot_id: None,
        returns_used: 0,
        return_due_on: None,
        judgement: None,
        created_by: me,
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    db::insert_application(cx.conn, &application)?;
    let changes = Changes::default()
        .set("round_id", &application.round_id)
        .set("enterprise_id", &application.enterprise_id)
        .set("tier", application.tier)
        .set("copied_from", &body.copy_from);
    cx.record(Event::on(subject(&application.id)).to(application.state).changes(changes));
    view::of(cx, application)
}

/// Merge patch (RFC 7396) of the form. Only its shape is checked; what is missing is asked for at submission.
pub fn update_application(
    cx: &mut Cx,
    id: &ApplicationId,
    patch: &Map<String, Value>,
) -> Result<ApplicationView, AppError> {
    let case = find_case(cx, id)?;
    cx.expect_version(case.application.version)?;
    let to = case.may(Move::Edit)?;
    let Case { mut application, .. } = case;
    let old = serde_json::to_value(application.form.read()?).map_err(AppError::internal)?;
    let mut new = old.clone();
    patch::merge(&mut new, &Value::Object(patch.clone()));
    let form = read_form(&new)?;
    let mut faults = Faults::default();
    rules::check_shape(&form, &mut faults);
    let doc = Doc::of(&form);
    if doc.as_text().len() > FORM_MAX_BYTES {
        faults.plain("", FieldCode::TooLong);
    }
    faults.done()?;
    application.form = doc;
    let new = serde_json::to_value(&form).map_err(AppError::internal)?;
    let changes = differences(id, &old, &new);
    move_to(cx, &mut application, Move::Edit, to, None, changes)?;
    view::of(cx, application)
}

/// The form of an earlier application of the same enterprise. What it stated then is stated anew.
fn copied(cx: &mut Cx, id: &ApplicationId, enterprise: &EnterpriseId) -> Result<Form, AppError> {
    use diesel::OptionalExtension;
    let earlier = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id).optional()?;
    let Some(earlier) = earlier.filter(|earlier| earlier.enterprise_id == *enterprise) else {
        return Err(AppError::field("/copy_from", FieldCode::NotExisting, FieldCode::NotExisting.title()));
    };
    Ok(Form { statements: Statements::default(), ..earlier.form.read()? })
}

fn named(body: &CreateApplicationBody) -> Result<(RoundId, EnterpriseId, Tier), AppError> {
    let mut faults = Faults::default();
    for (pointer, given) in [
        ("/round_id", body.round_id.is_some()),
        ("/enterprise_id", body.enterprise_id.is_some()),
        ("/tier", body.tier.is_some()),
    ] {
        if !given {
            faults.plain(pointer, FieldCode::Required);
        }
    }
    faults.done()?;
    let present = "what is missing was refused above";
    Ok((body.round_id.clone().expect(present), body.enterprise_id.clone().expect(present), body.tier.expect(present)))
}

fn find_round(cx: &mut Cx, id: &RoundId) -> Result<Round, AppError> {
    use diesel::OptionalExtension;
    let round = crate::rounds::db::find_round(cx.conn, id).optional()?;
    // A round that was not published is nobody's business yet.
    round
        .filter(|round| round.state != RoundState::Draft)
        .ok_or_else(|| AppError::field("/round_id", FieldCode::NotExisting, FieldCode::NotExisting.title()))
}

fn may_begin(round: &Round) -> Result<(), Refusal> {
    match round.state {
        RoundState::Open => Ok(()),
        RoundState::Draft | RoundState::Published => Err(Refusal::plain(Code::NotYetDue)),
        RoundState::Cancelled => {
            Err(Refusal::new(Code::InvalidTransition, say!("批次已终止", "the round has been cancelled")))
        }
        _ => Err(Refusal::plain(Code::DeadlinePassed)),
    }
}

fn read_form(value: &Value) -> Result<Form, AppError> {
    serde_path_to_error::deserialize(value).map_err(|e| {
        let pointer = pointer(e.path());
        let said = e.into_inner().to_string();
        let code = if said.starts_with("unknown ") { FieldCode::Unknown } else { FieldCode::WrongType };
        let field = FieldError { pointer, code: code.as_str().into(), say: say!("{said}", "{said}") };
        AppError { fields: vec![field], ..AppError::new(Code::MalformedJson) }
    })
}

/// Old and new value of each part that changed; of the contact only that it did.
fn differences(id: &ApplicationId, old: &Value, new: &Value) -> Changes {
    let mut changes = Changes::default();
    for section in ["summary", "track", "statements"] {
        changes = changes.field(section, &old[section], &new[section]);
    }
    if old["contact"] != new["contact"] {
        let text = |form: &Value| form["contact"].to_string();
        changes = changes.secret("contact", id.as_str(), Some(&text(old)), Some(&text(new)));
    }
    let keys = |form: &Value| form["figures"].as_object().map(|f| f.keys().cloned().collect::<Vec<_>>());
    let mut all: Vec<String> = [old, new].into_iter().filter_map(keys).flatten().collect();
    all.sort();
    all.dedup();
    for key in all {
        changes = changes.field(&format!("figures/{key}"), &old["figures"][&key], &new["figures"][&key]);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_merge_patch_replaces_merges_and_removes() {
        for (target, patch, merged) in [
            (json!({"a": 1}), json!({"b": 2}), json!({"a": 1, "b": 2})),
            (json!({"a": {"b": 1, "c": 2}}), json!({"a": {"b": null}}), json!({"a": {"c": 2}})),
            (json!({"a": [1, 2]}), json!({"a": [3]}), json!({"a": [3]})),
            (json!({"a": 1}), json!({"a": {"b": null}}), json!({"a": {}})),
            (json!({}), json!({}), json!({})),
        ] {
            let mut found = target;
            patch::merge(&mut found, &patch);
            assert_eq!(found, merged, "{patch}");
        }
    }

    #[test]
    fn a_wrong_shape_is_named_by_its_place() {
        for (form, place, code) in [
            (json!({"summary": 5}), "/summary", "wrong_type"),
            (json!({"colour": "red"}), "/colour", "unknown"),
            (json!({"figures": {"years": {"2025": {"revenue": "much"}}}}), "/figures/years/2025/revenue", "wrong_type"),
            (json!({"contact": {"fax": "1"}}), "/contact/fax", "unknown"),
        ] {
            let refusal = read_form(&form).unwrap_err();
            assert_eq!((refusal.code, refusal.fields[0].pointer.as_str()), (Code::MalformedJson, place), "{refusal}");
            assert_eq!(refusal.fields[0].code, code);
        }
    }

    #[test]
    fn the_trail_names_what_changed_but_not_whom_to_call() {
        let old = json!({"contact": {"mobile": "1"}, "summary": "a", "figures": {"track": "x", "ip": {"class2": 1}}});
        let new = json!({"contact": {"mobile": "2"}, "summary": "a", "figures": {"track": "y", "ip": {"class2": 1}}});
        let changes = serde_json::to_value(differences(&ApplicationId("id".into()), &old, &new)).unwrap();
        assert_eq!(changes.as_object().unwrap().keys().collect::<Vec<_>>(), ["contact", "figures/track"]);
        assert!(changes["contact"]["new"].as_str().unwrap().starts_with("sha256:"));
    }
}
