//! What an officer does alone, because it takes no right away; and what the clock does.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::moving::step;
use super::preparation::may_step;
use super::reading::{find_visible, get_membership};
use crate::enterprises::model::EnterpriseId;
use crate::enterprises::service::figures::figures_of;
use crate::error::{AppError, Faults, FieldCode};
use crate::library::db;
use crate::library::model::{
    ClearMembershipBody, Membership, MembershipId, MembershipState, MembershipView, WatchMembershipBody, WatchTrigger,
};
use crate::library::rules::asking::REASON_MAX;
use crate::library::rules::{Move, triggers};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::platform::types::Stamp;
use crate::programme::service::vocabulary;
use crate::say;

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
pub fn put_on_watch(cx: &mut Cx, member: &mut Membership, trigger: WatchTrigger, reason: &str) -> Result<(), AppError> {
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
    let said = say!("有效期届满", "the term is over").both();
    for mut member in over {
        let changes = Changes::default().set("valid_to", member.valid_to);
        step(cx, &mut member, Move::Expire, Some(&said), changes)?;
        super::keep_candidate(cx, &member.enterprise_id, member.lane, member.source)?;
    }
    Ok(count)
}

/// Looks through the next members after one, for a run over all of them: whoever lost a title or came into an incident since its
/// present state began is put on watch. Answers with the last one looked at, none at the end.
pub fn look_out(cx: &mut Cx, after: Option<&MembershipId>) -> Result<Option<MembershipId>, AppError> {
    let members = db::promotion::list_titled(cx.conn, after, AT_ONCE)?;
    let last = members.last().map(|member| member.id.clone());
    let active: Vec<Membership> =
        members.into_iter().filter(|member| member.state == MembershipState::Active).collect();
    let firms: Vec<EnterpriseId> = active.iter().map(|member| member.enterprise_id.clone()).collect();
    let ids: Vec<MembershipId> = active.iter().map(|member| member.id.clone()).collect();
    let today = cx.today();
    let rules = vocabulary(cx, today)?;
    let figures = figures_of(cx, &firms, today.year())?;
    let begun: BTreeMap<MembershipId, Stamp> = db::past::list_begun(cx.conn, &ids)?.into_iter().collect();
    for mut member in active {
        let (Some(figures), Some(since)) = (figures.get(&member.enterprise_id), begun.get(&member.id)) else {
            continue;
        };
        if let Some(cause) = triggers::cause(figures, business_day(since.utc()), today) {
            put_on_watch(cx, &mut member, cause.trigger(), &cause.told(&rules).both())?;
        }
    }
    Ok(last)
}
