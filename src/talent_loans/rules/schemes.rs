//! What may be done with a scheme.

use crate::error::{Code, Refusal};
use crate::platform::actor::UserId;
use crate::talent_loans::model::{LoanScheme, SchemeState};

pub fn may_edit(scheme: &LoanScheme) -> Result<(), Refusal> {
    match scheme.state {
        SchemeState::Draft => Ok(()),
        SchemeState::Published => Err(Refusal::plain(Code::SchemePublished)),
    }
}

/// By somebody who did not write it.
pub fn may_publish(scheme: &LoanScheme, by: Option<&UserId>) -> Result<(), Refusal> {
    may_edit(scheme)?;
    match by {
        Some(user) if user.as_str() == scheme.created_by => Err(Refusal::plain(Code::TwoPersonRule)),
        _ => Ok(()),
    }
}
