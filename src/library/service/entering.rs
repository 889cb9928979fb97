use chrono::Datelike;
use serde_json::json;

use super::moving;
use crate::enterprises::model::{CreateFactBody, EnterpriseId, FactKind};
use crate::enterprises::service::facts::create_fact;
use crate::enterprises::service::record::find_enterprise;
use crate::error::{AppError, Code, Faults};
use crate::library::db;
use crate::library::model::{
    CandidateOrigin, CreateMembershipBody, Membership, MembershipState, MembershipView, Recognition, Source,
};
use crate::library::rules::asking::check_candidate;
use crate::library::rules::{self, Move};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::platform::types::Doc;
use crate::programme::model::Lane;

/// Makes the enterprise a member, with a certificate, in the caller's transaction.
///
/// A candidate of the lane becomes the member and keeps its history. An older membership of the lane ends first, as promoted,
/// demoted or expired.
///
/// # Errors
/// `invalid_fields`: the term ends before it begins, or the lane is not the tier's.
pub fn recognise(cx: &mut Cx, recognition: Recognition, certificate_prefix: &str) -> Result<Membership, AppError> {
    rules::recognition_faults(&recognition)?;
    let live = db::find_live_membership(cx.conn, &recognition.enterprise_id, recognition.lane)?;
    let candidate = match live {
        Some(candidate) if candidate.state == MembershipState::Candidate => Some(candidate),
        Some(member) => {
            // A live membership that is no candidate has a tier.
            let by = member.tier.map_or(Move::Expire, |old| rules::ending(old, recognition.tier));
            let mut member = member;
            let changes = Changes::default().set("ended_by", &recognition.because);
            moving::step(cx, &mut member, by, Some(&recognition.because), changes)?;
            None
        }
        None => None,
    };
    let number = next_number(cx, recognition.valid_from.year(), certificate_prefix)?;
    let (known, mut member) = match candidate {
        Some(candidate) => (true, candidate),
        None => (false, blank(cx, recognition.enterprise_id, recognition.lane, Source::Screening)),
    };
    member.tier = Some(recognition.tier);
    member.certificate_number = Some(number);
    member.application_id = recognition.application_id;
    member.round_id = recognition.round_id;
    member.valid_from = Some(recognition.valid_from);
    member.valid_to = Some(recognition.valid_to);
    let changes = Changes::default()
        .set("enterprise_id", &member.enterprise_id)
        .set("lane", member.lane)
        .set("tier", member.tier)
        .set("certificate_number", &member.certificate_number)
        .set("application_id", &member.application_id)
        .set("valid_from", member.valid_from)
        .set("valid_to", member.valid_to);
    if known {
        moving::step(cx, &mut member, Move::Recognise, None, changes)?;
    } else {
        member.state = rules::may_move(MembershipState::Candidate, Move::Recognise)?;
        moving::insert(cx, &member)?;
        let event = Event::on(moving::subject(&member)).action(Move::Recognise.name());
        cx.record(event.to(member.state).changes(changes));
    }
    Ok(member)
}

/// Keeps the enterprise in the library as a candidate of the lane. Whoever is in it already, as candidate or member, stays as it is.
pub fn keep_candidate(
    cx: &mut Cx,
    enterprise_id: &EnterpriseId,
    lane: Lane,
    source: Source,
) -> Result<Membership, AppError> {
    if let Some(live) = db::find_live_membership(cx.conn, enterprise_id, lane)? {
        return Ok(live);
    }
    enter(cx, enterprise_id, lane, source, None)
}

/// Brings an enterprise in as a candidate: by an officer who heard of it, or by itself after a self-check.
///
/// # Errors
/// `membership_overlap` when it is in the lane already.
pub fn create_membership(cx: &mut Cx, body: &CreateMembershipBody) -> Result<MembershipView, AppError> {
    let mut faults = Faults::default();
    check_candidate(body, cx.scope.all, &mut faults);
    faults.done()?;
    let (Some(enterprise), Some(lane), Some(source)) = (&body.enterprise_id, body.lane, body.source) else {
        return Err(AppError::internal("checked to be there"));
    };
    let enterprise = find_enterprise(cx, enterprise)?.id;
    if let Some(live) = db::find_live_membership(cx.conn, &enterprise, lane)? {
        return Err(AppError::new(Code::MembershipOverlap).member("id", live.id));
    }
    let candidate = enter(cx, &enterprise, lane, source, Some(&body.detail))?;
    if source == Source::SelfCheck {
        // The consent is a fact about the enterprise, which rules ask for.
        let detail = json!({"given": true, "on": cx.today()});
        create_fact(cx, &enterprise, &CreateFactBody { kind: FactKind::DataConsent, detail, evidence: None })?;
    }
    super::reading::get_membership(cx, &candidate.id)
}

fn enter(
    cx: &mut Cx,
    enterprise_id: &EnterpriseId,
    lane: Lane,
    source: Source,
    origin: Option<&CandidateOrigin>,
) -> Result<Membership, AppError> {
    let mut candidate = blank(cx, enterprise_id.clone(), lane, source);
    candidate.source_detail = origin.filter(|origin| **origin != CandidateOrigin::default()).map(Doc::of);
    moving::insert(cx, &candidate)?;
    let changes = Changes::default()
        .set("enterprise_id", enterprise_id)
        .set("lane", lane)
        .set("source", source)
        .set("source_detail", origin.filter(|origin| **origin != CandidateOrigin::default()));
    let event = Event::on(moving::subject(&candidate)).action("membership.keep");
    cx.record(event.to(candidate.state).changes(changes));
    Ok(candidate)
}

fn blank(cx: &mut Cx, enterprise_id: EnterpriseId, lane: Lane, source: Source) -> Membership {
    Membership {
        id: cx.id(),
        enterprise_id,
        tier: None,
        lane,
        state: MembershipState::Candidate,
        live: true,
        certificate_number: None,
        application_id: None,
        round_id: None,
        source,
        valid_from: None,
        valid_to: None,
        created_at: cx.now,
        ended_at: None,
        end_reason: None,
        version: 1,
        watch_trigger: None,
        watched_since: None,
        source_detail: None,
    }
}

/// Numbers run without gaps: the counter is moved in the transaction that uses the number.
fn next_number(cx: &mut Cx, year: i32, prefix: &str) -> Result<String, AppError> {
    let last = db::find_last_number(cx.conn, year)?;
    if last == 0 {
        // The year's first number given twice at the same moment: the other one won, so run again and take the second.
        db::insert_counter(cx.conn, year, 1).map_err(|e| AppError { retry: true, ..AppError::busy(e) })?;
    } else {
        db::update_counter(cx.conn, year, last + 1)?;
    }
    Ok(rules::certificate_number(prefix, year, last + 1))
}
