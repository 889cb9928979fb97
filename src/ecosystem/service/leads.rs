use serde_json::json;

use super::check_track;
use super::links::fill_link;
use crate::ecosystem::model::{
    AdvanceLeadBody, CreateLeadBody, Lead, LeadId, LeadStage, LeadSummary, LeadView, ListLeadsParams, UpdateLeadBody,
};
use crate::ecosystem::{db, rules};
use crate::enterprises::model::{CreateFactBody, EnterpriseId, FactKind};
use crate::enterprises::service::facts::create_fact;
use crate::enterprises::service::record::find_enterprise;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::library::model::Source;
use crate::library::service::keep_candidate;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::trimmed;
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::model::Lane;

pub fn create_lead(cx: &mut Cx, body: &CreateLeadBody) -> Result<LeadView, AppError> {
    let row = Lead {
        id: cx.id(),
        name: body.name.trim().to_owned(),
        track: body.track.clone(),
        link_id: body.link_id.clone(),
        enterprise_id: None,
        stage: LeadStage::Lead,
        contact: trimmed(body.contact.as_deref()),
        contact_phone: trimmed(body.contact_phone.as_deref()),
        promised: trimmed(body.promised.as_deref()),
        investment_fen: body.investment_fen,
        agreement_number: None,
        signed_on: None,
        agreement_ends_on: None,
        landed_on: None,
        lost_reason: None,
        created_by: cx.actor.label(),
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    let mut faults = Faults::default();
    check_track(cx, &body.track, &mut faults)?;
    rules::check_lead(&row, &mut faults);
    if let Some(link) = &row.link_id {
        match db::find_visible_link(cx.conn, cx.scope, cx.actor.user_id(), link) {
            Ok((link, _)) if link.counterpart_id.is_none() && link.ended_at.is_none() => {}
            Ok(_) => faults.plain("/link_id", FieldCode::NotAllowed),
            Err(diesel::result::Error::NotFound) => faults.plain("/link_id", FieldCode::NotExisting),
            Err(e) => return Err(e.into()),
        }
    }
    faults.done()?;
    db::insert_lead(cx.conn, &row)?;
    cx.record(Event::on(subject(&row.id)).to(row.stage).changes(told(None, &row)));
    Ok(view(cx, row))
}

pub fn update_lead(cx: &mut Cx, id: &LeadId, body: &UpdateLeadBody) -> Result<LeadView, AppError> {
    let old = db::find_lead(cx.conn, id)?;
    cx.expect_version(old.version)?;
    let mut new = old.clone();
    for (field, value) in [
        (&mut new.contact, &body.contact),
        (&mut new.contact_phone, &body.contact_phone),
        (&mut new.promised, &body.promised),
    ] {
        if let Some(value) = value {
            *field = trimmed(value.as_deref());
        }
    }
    new.investment_fen = body.investment_fen.unwrap_or(old.investment_fen);
    let mut faults = Faults::default();
    rules::check_lead(&new, &mut faults);
    faults.done()?;
    let changes = told(Some(&old), &new);
    let new = store(cx, &old, new)?;
    cx.record(Event::on(subject(id)).changes(changes));
    Ok(view(cx, new))
}

/// Takes a lead to its next stage. A signature puts the landing agreement on the enterprise's record and the enterprise into the
/// library; a landing fills the link it was courted for.
pub fn advance_lead(cx: &mut Cx, id: &LeadId, body: &AdvanceLeadBody) -> Result<LeadView, AppError> {
    let old = db::find_lead(cx.conn, id)?;
    cx.expect_version(old.version)?;
    let Some(to) = body.to else {
        return Err(AppError::field("/to", FieldCode::Required, FieldCode::Required.title()));
    };
    rules::may_advance(old.stage, to)?;
    let mut faults = Faults::default();
    rules::check_advance(to, body, cx.today(), &mut faults);
    faults.done()?;
    let mut new = Lead { stage: to, ..old.clone() };
    match to {
        LeadStage::Signed => {
            new.agreement_number = trimmed(body.agreement_number.as_deref());
            new.signed_on = body.signed_on;
            new.agreement_ends_on = body.agreement_ends_on;
            new.enterprise_id = Some(sign(cx, &new, body.enterprise_id.as_ref())?);
        }
        LeadStage::Landed => {
            new.landed_on = body.landed_on;
            if let (Some(link), Some(enterprise)) = (&new.link_id, &new.enterprise_id) {
                fill_link(cx, link, enterprise)?;
            }
        }
        LeadStage::Lost => new.lost_reason = trimmed(body.reason.as_deref()),
        LeadStage::Lead | LeadStage::Negotiating => new.lost_reason = None,
    }
    let changes = told(Some(&old), &new);
    let new = store(cx, &old, new)?;
    let event = Event::on(subject(id)).moved(old.stage, to).changes(changes);
    cx.record(match &new.lost_reason {
        Some(reason) => event.reason(reason),
        None => event,
    });
    Ok(view(cx, new))
}

/// Answers with the enterprise that signed.
fn sign(cx: &mut Cx, lead: &Lead, enterprise: Option<&EnterpriseId>) -> Result<EnterpriseId, AppError> {
    let none = || AppError::field("/enterprise_id", FieldCode::NotExisting, FieldCode::NotExisting.title());
    let enterprise = match find_enterprise(cx, enterprise.ok_or_else(none)?) {
        Err(e) if e.code == Code::NotFound => return Err(none()),
        other => other?.id,
    };
    let agreement = CreateFactBody {
        kind: FactKind::LandingAgreement,
        detail: json!({
            "signed_on": lead.signed_on, "ends_on": lead.agreement_ends_on, "number": lead.agreement_number,
        }),
        evidence: lead.agreement_number.clone(),
    };
    create_fact(cx, &enterprise, &agreement)?;
    keep_candidate(cx, &enterprise, Lane::Ecosystem, Source::Recruitment)?;
    Ok(enterprise)
}

fn store(cx: &mut Cx, old: &Lead, new: Lead) -> Result<Lead, AppError> {
    let new = Lead { updated_at: cx.now, version: old.version + 1, ..new };
    db::update_lead(cx.conn, &new)?;
    Ok(new)
}

fn subject(id: &LeadId) -> Subject {
    Subject::new("recruitment_lead", id)
}

/// Who is talked to is nobody's business but the office's: only that it changed.
fn told(old: Option<&Lead>, new: &Lead) -> Changes {
    let salt = new.id.as_str();
    crate::changed!(old, new;
        name,
        track,
        link_id,
        enterprise_id,
        promised,
        investment_fen,
        agreement_number,
        signed_on,
        agreement_ends_on,
        landed_on
    )
    .secret("contact", salt, old.and_then(|old| old.contact.as_deref()), new.contact.as_deref())
    .secret("contact_phone", salt, old.and_then(|old| old.contact_phone.as_deref()), new.contact_phone.as_deref())
}

pub fn get_lead(cx: &mut Cx, id: &LeadId) -> Result<LeadView, AppError> {
    let row = db::find_lead(cx.conn, id)?;
    Ok(view(cx, row))
}

pub fn list_leads(cx: &mut Cx, params: &ListLeadsParams) -> Result<Page<LeadSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::list_leads(cx.conn, params, &page)?;
    Ok(Page::of(
        rows,
        page.limit,
        None,
        |row| row.id.clone(),
        |row| LeadSummary {
            id: row.id,
            name: row.name,
            track: row.track,
            link_id: row.link_id,
            enterprise_id: row.enterprise_id,
            stage: row.stage,
            investment_fen: row.investment_fen,
            updated_at: row.updated_at,
            version: row.version,
        },
    ))
}

fn view(cx: &Cx, row: Lead) -> LeadView {
    let href = format!("/api/v1/recruitment-leads/{}", row.id);
    LeadView {
        actions: Actions::of(cx)
            .add(Action::LeadWrite, "PATCH", href.clone(), Ok(()))
            .add(Action::LeadAdvance, "POST", format!("{href}/progress"), rules::may_move_on(row.stage))
            .list(),
        id: row.id,
        name: row.name,
        track: row.track,
        link_id: row.link_id,
        enterprise_id: row.enterprise_id,
        stage: row.stage,
        contact: row.contact,
        contact_phone: row.contact_phone,
        promised: row.promised,
        investment_fen: row.investment_fen,
        agreement_number: row.agreement_number,
        signed_on: row.signed_on,
        agreement_ends_on: row.agreement_ends_on,
        landed_on: row.landed_on,
        lost_reason: row.lost_reason,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    }
}
