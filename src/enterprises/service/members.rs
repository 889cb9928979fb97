//! Who acts for an enterprise.

use super::record::find_enterprise;
use crate::enterprises::db;
use crate::enterprises::model::{EnterpriseId, Member, MemberId, MemberRole, MemberView, VerifyMemberBody};
use crate::enterprises::rules::membership::{may_remove, may_verify};
use crate::error::{AppError, Code, Faults};
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};

pub(super) const LONGEST_EVIDENCE: usize = 1_000;

pub fn list_members(cx: &mut Cx, id: &EnterpriseId) -> Result<Vec<MemberView>, AppError> {
    let enterprise = find_enterprise(cx, id)?;
    let named = db::members::list_named_members(cx.conn, &enterprise.id)?;
    Ok(named.into_iter().map(|(member, name, email)| MemberView::of(member, name, email)).collect())
}

/// The membership of a person, if they act for the enterprise now: for rules such as "an unverified owner may draft, not submit".
pub fn find_member(cx: &mut Cx, enterprise: &EnterpriseId, user: &UserId) -> Result<Option<Member>, AppError> {
    let member = db::members::find_member_of_user(cx.conn, enterprise, user)?;
    Ok(member.filter(|member| member.ended_at.is_none()))
}

/// An officer has seen the licence and the authorisation.
pub fn verify_member(cx: &mut Cx, id: &EnterpriseId, body: &VerifyMemberBody) -> Result<MemberView, AppError> {
    let mut faults = Faults::default();
    faults.text("/evidence", &body.evidence, 1, LONGEST_EVIDENCE);
    faults.done()?;
    let (member, name, email) = find_named(cx, id, &body.member_id)?;
    may_verify(&member, cx.actor.user_id())?;
    let member = Member {
        verified: true,
        verified_by: cx.actor.user_id().cloned(),
        verified_at: Some(cx.now),
        evidence: Some(body.evidence.trim().to_owned()),
        ..member
    };
    db::members::update_member(cx.conn, &member)?;
    let changes = Changes::default().field("verified", false, true).set("evidence", &member.evidence);
    cx.record(event(&member).changes(changes.set("member", &member.user_id)));
    Ok(MemberView::of(member, name, email))
}

pub fn remove_member(cx: &mut Cx, id: &EnterpriseId, member: &MemberId) -> Result<(), AppError> {
    let (member, ..) = find_named(cx, id, member)?;
    if !cx.scope.all {
        let members = db::members::list_members(cx.conn, id)?;
        let by = members.iter().find(|other| Some(&other.user_id) == cx.actor.user_id());
        let owners = members.iter().filter(|other| other.role == MemberRole::Owner).count();
        may_remove(&member, by, owners)?;
    }
    let member = Member { ended_at: Some(cx.now), ..member };
    db::members::update_member(cx.conn, &member)?;
    let changes = Changes::default().field("member", Some(&member.user_id), None::<&UserId>);
    cx.record(event(&member).changes(changes));
    Ok(())
}

/// `evidence` is what an officer saw; without it the person is unverified. Who was a member before becomes one again.
pub(super) fn add_member(
    cx: &mut Cx,
    enterprise: &EnterpriseId,
    user: &UserId,
    role: MemberRole,
    evidence: Option<String>,
) -> Result<(), AppError> {
    let verified = evidence.is_some();
    let earlier = db::members::find_member_of_user(cx.conn, enterprise, user)?;
    let row = Member {
        id: earlier.as_ref().map_or_else(|| cx.id(), |row| row.id.clone()),
        enterprise_id: enterprise.clone(),
        user_id: user.clone(),
        role,
        verified,
        verified_by: cx.actor.user_id().filter(|_| verified).cloned(),
        verified_at: verified.then_some(cx.now),
        evidence,
        created_at: cx.now,
        ended_at: None,
    };
    match earlier {
        None => db::members::insert_member(cx.conn, &row)?,
        Some(earlier) if earlier.ended_at.is_some() => db::members::update_member(cx.conn, &row)?,
        Some(_) => return Err(AppError::new(Code::AlreadyExists)),
    }
    let changes = Changes::default().set("member", user).set("role", role).set("verified", verified);
    cx.record(event(&row).action("member.add").changes(changes));
    Ok(())
}

fn find_named(cx: &mut Cx, enterprise: &EnterpriseId, member: &MemberId) -> Result<(Member, String, String), AppError> {
    let enterprise = find_enterprise(cx, enterprise)?;
    let named = db::members::list_named_members(cx.conn, &enterprise.id)?;
    named.into_iter().find(|(row, ..)| &row.id == member).ok_or_else(AppError::not_found)
}

fn event(member: &Member) -> Event {
    Event::on(Subject::new("enterprise", &member.enterprise_id))
}
