//! A person registers for an enterprise.

use crate::enterprises::db;
use crate::enterprises::model::{
    Claim, ClaimId, ClaimState, Enterprise, EnterpriseId, EnterpriseSource, Member, MemberId, MemberRole,
};
use crate::enterprises::rules::credit_code::CreditCode;
use crate::enterprises::rules::search_name::{pieces, search_name};
use crate::error::AppError;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};

/// What became of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attachment {
    /// Nobody acted for the enterprise yet: the person owns the record, unverified until an officer has seen licence and
    /// authorisation.
    Owner(EnterpriseId),
    /// Somebody acts for the enterprise already: the person waits for an officer to decide the claim.
    Claim(EnterpriseId),
}

/// Ties a fresh account to an enterprise, once its e-mail address is confirmed. `name` is the enterprise's; it counts only when
/// the code is not on record yet.
pub fn attach_applicant(
    cx: &mut Cx,
    user: &UserId,
    credit_code: &CreditCode,
    name: &str,
) -> Result<Attachment, AppError> {
    let enterprise = match db::record::find_by_credit_code(cx.conn, credit_code.as_str())? {
        Some(enterprise) => enterprise.id,
        None => create_enterprise(cx, credit_code, name)?,
    };
    if db::members::list_members(cx.conn, &enterprise)?.is_empty() {
        add_owner(cx, user, &enterprise)?;
        Ok(Attachment::Owner(enterprise))
    } else {
        file_claim(cx, user, &enterprise, MemberRole::Member, None)?;
        Ok(Attachment::Claim(enterprise))
    }
}

fn create_enterprise(cx: &mut Cx, credit_code: &CreditCode, name: &str) -> Result<EnterpriseId, AppError> {
    let (name, searched, id) = (name.trim().to_owned(), search_name(name), cx.id::<EnterpriseId>());
    let grams: Vec<_> = pieces(&searched).into_iter().map(|piece| (piece, id.clone())).collect();
    let row = Enterprise::new(id, credit_code.as_str(), name, searched, EnterpriseSource::Registration, cx.now);
    db::record::insert_enterprise(cx.conn, &row)?;
    db::names::insert_grams(cx.conn, &grams)?;
    let changes = Changes::default().set("credit_code", &row.credit_code).set("name", &row.name);
    cx.record(Event::on(Subject::new("enterprise", &row.id)).action("enterprise.create").changes(changes));
    Ok(row.id)
}

fn add_owner(cx: &mut Cx, user: &UserId, enterprise: &EnterpriseId) -> Result<(), AppError> {
    let row = Member {
        id: cx.id::<MemberId>(),
        enterprise_id: enterprise.clone(),
        user_id: user.clone(),
        role: MemberRole::Owner,
        verified: false,
        verified_by: None,
        verified_at: None,
        evidence: None,
        created_at: cx.now,
        ended_at: None,
    };
    db::members::insert_member(cx.conn, &row)?;
    let changes = Changes::default().set("member", user).set("role", row.role).set("verified", false);
    cx.record(Event::on(Subject::new("enterprise", enterprise)).action("member.add").changes(changes));
    Ok(())
}

fn file_claim(
    cx: &mut Cx,
    user: &UserId,
    enterprise: &EnterpriseId,
    role: MemberRole,
    message: Option<String>,
) -> Result<Claim, AppError> {
    let row = Claim {
        id: cx.id::<ClaimId>(),
        enterprise_id: enterprise.clone(),
        user_id: user.clone(),
        role,
        message,
        state: ClaimState::Pending,
        decided_by: None,
        decided_at: None,
        reason: None,
        created_at: cx.now,
        version: 1,
    };
    db::members::insert_claim(cx.conn, &row)?;
    let changes = Changes::default().set("enterprise", enterprise).set("user", user).set("role", role);
    let event = Event::on(Subject::new("claim", &row.id)).action("claim.create");
    cx.record(event.to(ClaimState::Pending).changes(changes));
    Ok(row)
}
