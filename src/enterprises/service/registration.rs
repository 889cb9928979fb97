//! A person registers for an enterprise.

use super::claims::file_claim;
use super::members::add_member;
use super::record::insert_new;
use crate::enterprises::db;
use crate::enterprises::model::{ClaimId, Enterprise, EnterpriseId, EnterpriseSource, MemberRole};
use crate::enterprises::rules::credit_code::CreditCode;
use crate::enterprises::rules::search_name::search_name;
use crate::error::AppError;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;

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
    let (enterprise, claim) = attach(cx, user, credit_code, name, MemberRole::Member, None)?;
    Ok(if claim.is_none() { Attachment::Owner(enterprise) } else { Attachment::Claim(enterprise) })
}

/// Without a claim the person owns the record. `role` and `message` are those of the claim, if it comes to one.
pub(super) fn attach(
    cx: &mut Cx,
    user: &UserId,
    credit_code: &CreditCode,
    name: &str,
    role: MemberRole,
    message: Option<String>,
) -> Result<(EnterpriseId, Option<ClaimId>), AppError> {
    let enterprise = match db::record::find_by_credit_code(cx.conn, credit_code.as_str())? {
        Some(enterprise) => enterprise.id,
        None => {
            let (code, name) = (credit_code.as_str(), name.trim().to_owned());
            let searched = search_name(&name);
            let row = Enterprise::new(cx.id(), code, name, searched, EnterpriseSource::Registration, cx.now);
            insert_new(cx, &row, &[])?;
            row.id
        }
    };
    if db::members::list_members(cx.conn, &enterprise)?.is_empty() {
        add_member(cx, &enterprise, user, MemberRole::Owner, None)?;
        Ok((enterprise, None))
    } else {
        let claim = file_claim(cx, user, &enterprise, role, message)?;
        Ok((enterprise, Some(claim)))
    }
}
