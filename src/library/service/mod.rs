//! Entering the library, moving in it, leaving it, and reading it.

pub mod decided;
pub mod draws;
mod entering;
mod moving;
pub mod preparation;
mod reading;
pub mod rechecks;
pub mod watching;

pub use entering::{create_membership, keep_candidate, recognise};
pub use reading::{check_certificate, get_membership, list_memberships};

use super::db;
use super::model::{Membership, MembershipId};
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Code};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::say;

/// Whether the caller acts for the enterprise of a membership.
pub fn is_conflicted(cx: &mut Cx, id: &MembershipId) -> Result<bool, AppError> {
    let member = db::find_membership(cx.conn, id)?;
    acts_for(cx, &member)
}

fn acts_for(cx: &mut Cx, member: &Membership) -> Result<bool, AppError> {
    match cx.actor.user_id().cloned() {
        Some(me) => Ok(crate::applications::db::is_member(cx.conn, &member.enterprise_id, &me)?),
        None => Ok(false),
    }
}

/// Refuses an enterprise whose title was revoked for fault, until the bar is over.
///
/// # Errors
/// `reentry_barred` with the last day of the bar as `until_on`.
pub fn refuse_barred(cx: &mut Cx, enterprise: &EnterpriseId) -> Result<(), AppError> {
    let today = business_day(cx.now.utc());
    match db::find_bar(cx.conn, enterprise, today)? {
        None => Ok(()),
        Some(bar) => {
            let until = bar.until_on;
            let said = say!(
                "资格曾被撤销，{until}（含）前不得申报",
                "a title was revoked: no application until {until}, that day included"
            );
            Err(AppError::with(Code::ReentryBarred, said).member("until_on", until).member("basis", bar.basis))
        }
    }
}
