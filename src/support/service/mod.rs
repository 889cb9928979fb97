//! Use cases, one folder per noun.

pub mod deliveries;
pub mod departments;
pub mod figures;
pub mod items;
pub mod plans;
pub mod proposal;
pub mod visits;

use crate::applications::db::is_member;
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Faults};
use crate::platform::door::Cx;
use crate::support::model::Side;

const REASON_MAX: usize = 2_000;

/// On whose side the caller stands: whoever acts for the enterprise stands on its side, whatever roles they hold.
fn side_of(cx: &mut Cx, enterprise: &EnterpriseId) -> Result<Side, AppError> {
    let me = cx.actor.user_id().cloned();
    let own = match me {
        Some(me) => is_member(cx.conn, enterprise, &me)?,
        None => false,
    };
    Ok(if own { Side::Enterprise } else { Side::Office })
}

fn checked_reason(reason: &str) -> Result<&str, AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", reason, 1, REASON_MAX);
    faults.done()?;
    Ok(reason.trim())
}
