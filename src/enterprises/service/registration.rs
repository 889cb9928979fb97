//! A person registers for an enterprise.

use crate::enterprises::model::EnterpriseId;
use crate::enterprises::rules::credit_code::CreditCode;
use crate::error::AppError;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;

/// What became of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attachment {
    /// Nobody held the code: the person owns the new record, unverified until an officer has seen licence and authorisation.
    Owner(EnterpriseId),
    /// The enterprise is on record: the person waits for an officer to decide the claim.
    Claim(EnterpriseId),
}

/// Ties a fresh account to an enterprise, once its e-mail address is confirmed.
pub fn attach_applicant(
    _cx: &mut Cx,
    _user: &UserId,
    _credit_code: &CreditCode,
    _name: &str,
) -> Result<Attachment, AppError> {
    Err(AppError::internal("enterprises are not attached yet"))
}
