use chrono::NaiveDate;

use super::moving::subject;
use super::preparation::may_step;
use crate::audit::model::{TimelineItem, TimelineParams};
use crate::audit::service::timeline::list_timeline;
use crate::error::{AppError, FieldCode, Refusal};
use crate::library::model::{
    CertificateView, ListMembershipsParams, Membership, MembershipId, MembershipSummary, MembershipView,
};
use crate::library::rules::Move;
use crate::library::{db, rules};
use crate::platform::actions::{ActionView, Actions};
use crate::platform::calendar::end_of_day_utc;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::in_own_words;
use crate::platform::types::{Doc, Stamp};

pub fn list_memberships(cx: &mut Cx, params: &ListMembershipsParams) -> Result<Page<MembershipSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    if let Some(day) = params.as_of {
        return list_held(cx, params, day, &page);
    }
    let user = cx.actor.user_id();
    let rows = db::list_memberships(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::count_memberships(cx.conn, cx.scope, user, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |(membership, _)| membership.id.clone(), summary))
}

/// What held at the end of a day in Shanghai.
fn list_held(
    cx: &mut Cx,
    params: &ListMembershipsParams,
    day: NaiveDate,
    page: &PageRequest<MembershipId>,
) -> Result<Page<MembershipSummary>, AppError> {
    if day > cx.today() {
        return Err(AppError::field("as_of", FieldCode::InTheFuture, FieldCode::InTheFuture.title()));
    }
    let at = Stamp::new(end_of_day_utc(day));
    let user = cx.actor.user_id();
    let rows = db::past::list_held(cx.conn, cx.scope, user, params, at, page)?;
    let total = if page.count { Some(db::past::count_held(cx.conn, cx.scope, user, params, at)?) } else { None };
    Ok(Page::of(
        rows,
        page.limit,
        total,
        |(membership, ..)| membership.id.clone(),
        |(membership, name, span)| {
            // A candidate of that day had no certificate yet, whatever it has today.
            let titled = span.tier.is_some();
            MembershipSummary {
                state: span.state,
                tier: span.tier,
                certificate_number: membership.certificate_number.clone().filter(|_| titled),
                valid_from: membership.valid_from.filter(|_| titled),
                valid_to: membership.valid_to.filter(|_| titled),
                version: span.seq,
                ..summary((membership, name))
            }
        },
    ))
}

fn summary((membership, enterprise_name): (Membership, String)) -> MembershipSummary {
    MembershipSummary {
        id: membership.id,
        enterprise_id: membership.enterprise_id,
        enterprise_name,
        tier: membership.tier,
        lane: membership.lane,
        state: membership.state,
        certificate_number: membership.certificate_number,
        valid_from: membership.valid_from,
        valid_to: membership.valid_to,
        version: membership.version,
    }
}

pub(super) fn find_visible(cx: &mut Cx, id: &MembershipId) -> Result<(Membership, String), AppError> {
    Ok(db::find_visible_membership(cx.conn, cx.scope, cx.actor.user_id(), id)?)
}

fn actions(cx: &mut Cx, membership: &Membership) -> Result<Vec<ActionView>, AppError> {
    let mut steps = Vec::new();
    let own = |noun: &str| format!("/api/v1/memberships/{}/{noun}", membership.id);
    for (action, by, href, by_itself) in [
        (Action::MembershipWatch, Move::Watch, own("watch"), false),
        (Action::MembershipClear, Move::Clear, own("clearance"), false),
        (Action::RecheckCreate, Move::ReReview, "/api/v1/rechecks".to_owned(), false),
        (Action::MembershipSuspend, Move::Suspend, own("suspension"), false),
        (Action::MembershipExit, Move::Exit, own("exit"), true),
        (Action::MembershipRevoke, Move::Revoke, own("revocation"), false),
    ] {
        if cx.may(action) {
            let rule = match may_step(cx, membership, by, by_itself) {
                Err(e) if !e.is_refusal() => return Err(e),
                other => other.map_err(|e| Refusal { code: e.code, say: e.detail.unwrap_or_else(|| e.code.title()) }),
            };
            steps.push((action, href, rule));
        }
    }
    let actions = Actions::of(cx);
    Ok(steps.into_iter().fold(actions, |all, (action, href, rule)| all.add(action, "POST", href, rule)).list())
}

pub fn get_membership(cx: &mut Cx, id: &MembershipId) -> Result<MembershipView, AppError> {
    let (membership, enterprise_name) = find_visible(cx, id)?;
    Ok(MembershipView {
        actions: actions(cx, &membership)?,
        source_detail: membership.source_detail.as_ref().map(Doc::read).transpose()?,
        watch_trigger: membership.watch_trigger,
        watched_since: membership.watched_since,
        id: membership.id,
        enterprise_id: membership.enterprise_id,
        enterprise_name,
        tier: membership.tier,
        lane: membership.lane,
        state: membership.state,
        certificate_number: membership.certificate_number,
        application_id: membership.application_id,
        round_id: membership.round_id,
        source: membership.source,
        valid_from: membership.valid_from,
        valid_to: membership.valid_to,
        created_at: membership.created_at,
        ended_at: membership.ended_at,
        end_reason: membership.end_reason.map(|reason| in_own_words(&reason, cx.lang).to_owned()),
        version: membership.version,
    })
}

pub fn get_membership_timeline(
    cx: &mut Cx,
    id: &MembershipId,
    params: &TimelineParams,
) -> Result<Page<TimelineItem>, AppError> {
    let (membership, _) = find_visible(cx, id)?;
    list_timeline(cx, &subject(&membership), &[], params)
}

/// A membership within the caller's reach, for slices that build on the library.
pub fn member(cx: &mut Cx, id: &MembershipId) -> Result<Membership, AppError> {
    Ok(db::find_visible_membership(cx.conn, cx.scope, cx.actor.user_id(), id)?.0)
}

/// Whether a membership still stands, whoever asks.
pub fn is_live(cx: &mut Cx, id: &MembershipId) -> Result<bool, AppError> {
    Ok(db::find_membership(cx.conn, id)?.state.is_live())
}

pub fn check_certificate(cx: &mut Cx, number: &str) -> Result<CertificateView, AppError> {
    let (membership, enterprise_name) = db::find_certificate(cx.conn, number.trim())?;
    let (Some(number), Some(tier), Some(valid_from), Some(valid_to)) =
        (membership.certificate_number, membership.tier, membership.valid_from, membership.valid_to)
    else {
        return Err(AppError::internal("a certificate without tier or term"));
    };
    let today = cx.today();
    Ok(CertificateView {
        valid: rules::holds(membership.state, valid_from, valid_to, today),
        number,
        enterprise_name,
        tier,
        state: membership.state,
        valid_from,
        valid_to,
    })
}
