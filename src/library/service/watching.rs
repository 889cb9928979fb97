//! What an officer does alone, because it takes no right away; and what the clock does.

use super::moving::step;
use super::preparation::may_step;
use super::reading::{find_visible, get_membership};
use crate::error::{AppError, Faults, FieldCode};
use crate::library::db;
use crate::library::model::{
    ClearMembershipBody, Membership, MembershipId, MembershipState, MembershipView, WatchMembershipBody, WatchTrigger,
};
use crate::library::rules::Move;
use crate::library::rules::asking::REASON_MAX;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;

/// As many as one transaction takes; the next run takes the next.
const AT_ONCE: i64 = 200;

pub fn watch_membership(
    cx: &mut Cx,
    id: &MembershipId,
    body: &WatchMembershipBody,
) -> Result<MembershipView, AppError> {
    let (mut member, _) = find_visible(cx, id)?;
    may_step(cx, &member, Move::Watch, false)?;
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, REASON_MAX);
    if body.trigger.is_none() {
        faults.plain("/trigger", FieldCode::Required);
    }
    faults.done()?;
    let trigger = body.trigger.unwrap_or(WatchTrigger::Other);
    put_on_watch(cx, &mut member, trigger, &body.reason)?;
    get_membership(cx, id)
}

/// Whoever or whatever found the trigger.
pub fn put_on_watch(
    cx: &mut Cx,
    member: &mut Membership,
    trigger: WatchTrigger,
    reason: &str,
) -> Result<(), AppError> {
    member.watch_trigger = Some(trigger);
    step(cx, member, Move::Watch, Some(reason.trim()), Changes::default().set("trigger", trigger))
}

pub fn clear_membership(
    cx: &mut Cx,
    id: &MembershipId,
    body: &ClearMembershipBody,
) -> Result<MembershipView, AppError> {
    let (mut member, _) = find_visible(cx, id)?;
    may_step(cx, &member, Move::Clear, false)?;
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, REASON_MAX);
    faults.done()?;
    let changes = Changes::default().field("trigger", member.watch_trigger, None::<WatchTrigger>);
    step(cx, &mut member, Move::Clear, Some(body.reason.trim()), changes)?;
    get_membership(cx, id)
}

/// Ends memberships whose term is over; who had one stays in the library as a candidate. What is being re-checked waits for the
/// conclusion. Answers with how many ended.
pub fn expire_members(cx: &mut Cx) -> Result<usize, AppError> {
    let today = cx.today();
    let states = [MembershipState::Active, MembershipState::Watch, MembershipState::Suspended];
    let over = db::list_run_out(cx.conn, &states, today, AT_ONCE)?;
    let count = over.len();
    for mut member in over {
        let changes = Changes::default().set("valid_to", member.valid_to);
        step(cx, &mut member, Move::Expire, Some("term over"), changes)?;
        super::keep_candidate(cx, &member.enterprise_id, member.lane, member.source)?;
    }
    Ok(count)
}
