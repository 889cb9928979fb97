//! The one way a membership changes its state, with everything that hangs on it.

use super::promotion::measure;
use crate::decisions;
use crate::error::AppError;
use crate::library::db;
use crate::library::model::{Membership, MembershipState, Span};
use crate::library::rules::{self, Move};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};

pub(super) fn subject(member: &Membership) -> Subject {
    Subject::new("membership", &member.id)
}

/// Moves the membership: row, span, audit event, and no decision left pending on what is no longer so. Whatever else the caller
/// changed in `member` is written too.
pub(super) fn step(
    cx: &mut Cx,
    member: &mut Membership,
    by: Move,
    reason: Option<&str>,
    changes: Changes,
) -> Result<(), AppError> {
    let from = member.state;
    let to = rules::may_move(from, by)?;
    member.state = to;
    member.live = to.is_live();
    if to == MembershipState::Watch {
        member.watched_since = Some(cx.now);
    } else {
        member.watch_trigger = None;
        member.watched_since = None;
    }
    if !member.live {
        member.ended_at = Some(cx.now);
        member.end_reason = reason.map(str::to_owned);
    }
    member.version += 1;
    db::update_membership(cx.conn, member)?;
    db::past::close_span(cx.conn, &member.id, cx.now)?;
    begin_span(cx, member)?;
    measure(cx, &member.enterprise_id)?;
    let event = Event::on(subject(member)).action(by.name()).moved(from, to).changes(changes);
    cx.record(match reason {
        Some(reason) => event.reason(reason),
        None => event,
    });
    let said = format!("{}: {from} -> {to}", by.name());
    decisions::service::void_pending(cx, &subject(member), &said)
}

/// A new membership and its first span.
pub(super) fn insert(cx: &mut Cx, member: &Membership) -> Result<(), AppError> {
    db::insert_membership(cx.conn, member)?;
    begin_span(cx, member)?;
    measure(cx, &member.enterprise_id)
}

/// An ended membership's last span stays open: it is what it became.
fn begin_span(cx: &mut Cx, member: &Membership) -> Result<(), AppError> {
    let span = Span {
        membership_id: member.id.clone(),
        seq: member.version,
        state: member.state,
        tier: member.tier,
        from_at: cx.now,
        to_at: None,
    };
    Ok(db::past::insert_span(cx.conn, &span)?)
}
