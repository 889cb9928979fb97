//! Entering the library, moving in it, leaving it, and reading it.

pub mod decided;
pub mod draws;
mod entering;
mod moving;
pub mod preparation;
pub mod promotion;
pub mod prospects;
mod reading;
pub mod rechecks;
pub mod watching;

pub use entering::{create_membership, keep_candidate, recognise};
pub use reading::{check_certificate, get_membership, get_membership_timeline, is_live, list_memberships, member};

use super::db;
use super::model::{Bar, Membership, MembershipId};
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Code};
use crate::platform::door::Cx;
use crate::say;

/// Whether a conflict of interest keeps the caller from deciding on a membership.
pub fn is_conflicted(cx: &mut Cx, id: &MembershipId) -> Result<bool, AppError> {
    let member = db::find_membership(cx.conn, id)?;
    in_conflict(cx, &member)
}

fn in_conflict(cx: &mut Cx, member: &Membership) -> Result<bool, AppError> {
    match cx.actor.user_id().cloned() {
        Some(me) => crate::reviews::service::conflicts::is_conflicted(cx, &me, &member.enterprise_id),
        None => Ok(false),
    }
}

/// Whether the enterprise is in the library, as candidate or member of some lane.
pub fn is_in_library(cx: &mut Cx, enterprise: &EnterpriseId) -> Result<bool, AppError> {
    Ok(db::has_live_membership(cx.conn, enterprise)?)
}

/// What keeps the enterprise from applying today.
pub fn find_bar(cx: &mut Cx, enterprise: &EnterpriseId) -> Result<Option<Bar>, AppError> {
    let today = cx.today();
    Ok(db::find_bar(cx.conn, enterprise, today)?)
}

/// Refuses an enterprise whose title was revoked for fault, until the bar is over.
///
/// # Errors
/// `reentry_barred` with the last day of the bar as `until_on`.
pub fn refuse_barred(cx: &mut Cx, enterprise: &EnterpriseId) -> Result<(), AppError> {
    match find_bar(cx, enterprise)? {
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
