use crate::error::AppError;
use crate::library::model::{
    CertificateView, ListMembershipsParams, Membership, MembershipId, MembershipSummary, MembershipView,
};
use crate::library::{db, rules};
use crate::platform::actions::Actions;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};

pub fn list_memberships(cx: &mut Cx, params: &ListMembershipsParams) -> Result<Page<MembershipSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::list_memberships(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::count_memberships(cx.conn, cx.scope, user, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |(membership, _)| membership.id.clone(), summary))
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

pub fn get_membership(cx: &mut Cx, id: &MembershipId) -> Result<MembershipView, AppError> {
    let (membership, enterprise_name) = db::find_visible_membership(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    Ok(MembershipView {
        actions: Actions::of(cx).list(),
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
        end_reason: membership.end_reason,
        version: membership.version,
    })
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
    let today = business_day(cx.now.utc());
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
