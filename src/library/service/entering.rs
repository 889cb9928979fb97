use crate::enterprises::model::EnterpriseId;
use crate::error::AppError;
use crate::library::db;
use crate::library::model::{Membership, MembershipState, Recognition, Source};
use crate::library::rules::{self, Move};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::model::Lane;
use chrono::Datelike;

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
            end(cx, member, by, &recognition)?;
            None
        }
        None => None,
    };
    let number = next_number(cx, recognition.valid_from.year(), certificate_prefix)?;
    let (from, mut member) = match candidate {
        Some(candidate) => (Some(candidate.state), candidate),
        None => (None, blank(cx, recognition.enterprise_id, recognition.lane, Source::Screening)),
    };
    member.state = rules::may_move(MembershipState::Candidate, Move::Recognise)?;
    member.tier = Some(recognition.tier);
    member.certificate_number = Some(number);
    member.application_id = Some(recognition.application_id);
    member.round_id = Some(recognition.round_id);
    member.valid_from = Some(recognition.valid_from);
    member.valid_to = Some(recognition.valid_to);
    if from.is_some() {
        member.version += 1;
        db::update_membership(cx.conn, &member)?;
    } else {
        db::insert_membership(cx.conn, &member)?;
    }
    let changes = Changes::default()
        .set("enterprise_id", &member.enterprise_id)
        .set("lane", member.lane)
        .set("tier", member.tier)
        .set("certificate_number", &member.certificate_number)
        .set("application_id", &member.application_id)
        .set("valid_from", member.valid_from)
        .set("valid_to", member.valid_to);
    let event = Event::on(Subject::new("membership", &member.id)).action("membership.recognise").changes(changes);
    cx.record(match from {
        Some(from) => event.moved(from, member.state),
        None => event.to(member.state),
    });
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
    let candidate = blank(cx, enterprise_id.clone(), lane, source);
    db::insert_membership(cx.conn, &candidate)?;
    let changes = Changes::default().set("enterprise_id", enterprise_id).set("lane", lane).set("source", source);
    let event = Event::on(Subject::new("membership", &candidate.id)).action("membership.keep");
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
    }
}

fn end(cx: &mut Cx, mut member: Membership, by: Move, recognition: &Recognition) -> Result<(), AppError> {
    let from = member.state;
    member.state = rules::may_move(from, by)?;
    member.live = member.state.is_live();
    member.ended_at = Some(cx.now);
    member.end_reason = Some(format!("recognised:{}", recognition.application_id));
    member.version += 1;
    db::update_membership(cx.conn, &member)?;
    let changes = Changes::default().set("ended_by_application", &recognition.application_id);
    let event = Event::on(Subject::new("membership", &member.id)).action("membership.end");
    cx.record(event.moved(from, member.state).changes(changes));
    Ok(())
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
