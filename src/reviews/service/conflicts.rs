//! Conflicts of interest: computed from the record, pinned by an officer, and ended with a reason.

use std::collections::{BTreeMap, BTreeSet};

use super::{check_reason, checked_reason, stepping_back};
use crate::applications::model::ApplicationId;
use crate::enterprises::model::{EnterpriseId, FactKind};
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actor::UserId;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event, Subject};
use crate::reviews::db::{cases, conflicts as db, experts};
use crate::reviews::model::{
    Conflict, ConflictGround, ConflictId, ConflictSource, ConflictView, Expert, ListConflictsParams, PinConflictBody,
    ReviewState,
};
use crate::reviews::rules::conflict::{Applicant, Relation, Ties, tie};

/// Kinds of facts whose documents name investors and partners.
const RELATED: [FactKind; 2] = [FactKind::EquityRound, FactKind::Partner];

pub fn list_conflicts(cx: &mut Cx, params: &ListConflictsParams) -> Result<Page<ConflictView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::list_conflicts(cx.conn, params, cx.actor.user_id(), &page)?;
    Ok(Page::of(rows, page.limit, None, |(c, ..)| c.id.clone(), ConflictView::from))
}

/// An officer takes somebody - an expert or a colleague - off everything that concerns an enterprise.
pub fn pin_conflict(cx: &mut Cx, body: &PinConflictBody) -> Result<ConflictView, AppError> {
    let mut faults = Faults::default();
    check_reason(&mut faults, &body.reason);
    if !experts::user_exists(cx.conn, &body.user_id)? {
        faults.plain("/user_id", FieldCode::NotExisting);
    }
    if !cases::enterprise_exists(cx.conn, &body.enterprise_id)? {
        faults.plain("/enterprise_id", FieldCode::NotExisting);
    }
    faults.done()?;
    let ground = (ConflictSource::Pinned, ConflictGround::Other);
    let conflict = record(cx, &body.user_id, &body.enterprise_id, ground, &body.reason, None)?;
    stepping_back::leave_all(cx, &body.user_id, &body.enterprise_id, ReviewState::Recused, &body.reason)?;
    Ok(db::find_named_conflict(cx.conn, &conflict.id)?.into())
}

pub fn end_conflict(cx: &mut Cx, id: &ConflictId, reason: &str) -> Result<ConflictView, AppError> {
    let mut row = db::find_conflict(cx.conn, id)?;
    // Nobody lifts what keeps them away from a case: for them there is no such record.
    if let Some(me) = cx.actor.user_id().cloned()
        && db::is_conflicted(cx.conn, &me, &row.enterprise_id)?
    {
        return Err(AppError::not_found());
    }
    checked_reason(reason)?;
    if row.ended_at.is_some() {
        return Err(AppError::new(Code::InvalidTransition));
    }
    row.ended_at = Some(cx.now);
    row.ended_by = Some(cx.actor.label());
    row.end_reason = Some(reason.trim().to_owned());
    row.version += 1;
    db::update_conflict(cx.conn, &row)?;
    cx.record(Event::on(subject(&row.id)).moved("in_force", "ended").reason(reason.trim()));
    Ok(db::find_named_conflict(cx.conn, id)?.into())
}

/// Whether anything keeps the person away from the enterprise's cases.
pub fn is_conflicted(cx: &mut Cx, user: &UserId, enterprise: &EnterpriseId) -> Result<bool, AppError> {
    Ok(db::is_conflicted(cx.conn, user, enterprise)?)
}

/// Notes a conflict, once per person and enterprise and source.
pub(super) fn record(
    cx: &mut Cx,
    user: &UserId,
    enterprise: &EnterpriseId,
    (source, ground): (ConflictSource, ConflictGround),
    reason: &str,
    application: Option<&ApplicationId>,
) -> Result<Conflict, AppError> {
    let row = Conflict {
        id: cx.id(),
        user_id: user.clone(),
        enterprise_id: enterprise.clone(),
        source,
        ground,
        reason: reason.trim().to_owned(),
        application_id: application.cloned(),
        created_by: cx.actor.label(),
        created_at: cx.now,
        ended_by: None,
        ended_at: None,
        end_reason: None,
        version: 1,
    };
    db::insert_conflict(cx.conn, &row)?;
    let changes = Changes::default()
        .set("user_id", user)
        .set("enterprise_id", enterprise)
        .set("source", source)
        .set("ground", ground);
    cx.record(Event::on(subject(&row.id)).to("in_force").reason(&row.reason).changes(changes));
    Ok(row)
}

fn subject(id: &ConflictId) -> Subject {
    Subject::new("conflict", id)
}

/// Which of the experts are in conflict with which of the enterprises. What the record shows and nobody has noted yet is noted.
pub(super) fn between(
    cx: &mut Cx,
    experts: &[Expert],
    enterprises: &[EnterpriseId],
) -> Result<BTreeSet<(UserId, EnterpriseId)>, AppError> {
    let mut found: BTreeSet<_> = db::list_in_force(cx.conn, enterprises)?.into_iter().collect();
    let members: BTreeSet<_> = db::list_members(cx.conn, enterprises)?.into_iter().collect();
    let related = related(cx, enterprises)?;
    let today = business_day(cx.now.utc());
    let applicants = db::list_applicants(cx.conn, enterprises)?;
    for expert in experts {
        let past = expert.past_service.read()?;
        for (enterprise, name, credit_code) in &applicants {
            let pair = (expert.user_id.clone(), enterprise.clone());
            let ties = Ties {
                employer: &expert.employer,
                employer_code: expert.employer_code.as_deref(),
                past_service: &past,
                member: members.contains(&pair),
            };
            let related = related.get(enterprise).map_or(&[][..], Vec::as_slice);
            let Some(ground) = tie(&ties, &Applicant { name, credit_code, related }, today) else { continue };
            if !found.contains(&pair) {
                record(cx, &pair.0, &pair.1, (ConflictSource::Computed, ground), ground.as_str(), None)?;
                found.insert(pair);
            }
        }
    }
    Ok(found)
}

type Related = BTreeMap<EnterpriseId, Vec<(Relation, String)>>;

/// Every text in an equity or partner document may be a name: what is none matches no employer.
fn related(cx: &mut Cx, enterprises: &[EnterpriseId]) -> Result<Related, AppError> {
    let mut all = Related::new();
    for (enterprise, kind, detail) in db::list_related(cx.conn, enterprises, &RELATED)? {
        let relation = if kind == FactKind::Partner { Relation::Partner } else { Relation::Investor };
        let detail = serde_json::from_str(&detail).map_err(AppError::internal)?;
        let names = all.entry(enterprise).or_default();
        collect_texts(&detail, &mut |text| names.push((relation, text.to_owned())));
    }
    Ok(all)
}

fn collect_texts(value: &serde_json::Value, found: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => found(text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_texts(item, found)),
        serde_json::Value::Object(members) => members.values().for_each(|member| collect_texts(member, found)),
        _ => {}
    }
}
