//! A person asks to act for an enterprise that is on record already; an officer decides.

use super::members::{LONGEST_EVIDENCE, add_member, find_member};
use super::registration::attach;
use crate::enterprises::db;
use crate::enterprises::model::{
    ApproveClaimBody, Claim, ClaimAnswer, ClaimId, ClaimOutcome, ClaimState, ClaimView, CreateClaimBody, EnterpriseId,
    ListClaimsParams, MemberRole, RefuseClaimBody,
};
use crate::enterprises::rules::membership::may_decide;
use crate::enterprises::rules::record::read_credit_code;
use crate::error::{AppError, Code, Faults};
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;

const LONGEST_TEXT: usize = 1_000;

pub fn create_claim(cx: &mut Cx, body: &CreateClaimBody) -> Result<ClaimAnswer, AppError> {
    let user = cx.person()?.id.clone();
    let mut faults = Faults::default();
    let code = read_credit_code(&body.credit_code, &mut faults);
    faults.text("/message", body.message.as_deref().unwrap_or_default(), 0, LONGEST_TEXT);
    let known = match &code {
        Some(code) => db::record::find_by_credit_code(cx.conn, code.as_str())?.is_some(),
        None => true,
    };
    // A code that is not on record yet begins a record, and a record needs a name.
    faults.text("/name", body.name.as_deref().unwrap_or_default(), usize::from(!known), 200);
    faults.done()?;
    let code = code.ok_or_else(|| AppError::internal("a code without fault"))?;
    let message = body.message.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let name = body.name.as_deref().unwrap_or_default();
    let (enterprise_id, claim) = attach(cx, &user, &code, name, body.role, message)?;
    let outcome = if claim.is_none() { ClaimOutcome::Owner } else { ClaimOutcome::Claim };
    let claim = claim.map(|id| view_claim(cx, &id)).transpose()?;
    Ok(ClaimAnswer { outcome, enterprise_id, claim })
}

pub fn list_claims(cx: &mut Cx, params: &ListClaimsParams) -> Result<Page<ClaimView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::members::list_claims(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::members::count_claims(cx.conn, cx.scope, user, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |row| row.0.id.clone(), ClaimView::from))
}

pub fn view_claim(cx: &mut Cx, id: &ClaimId) -> Result<ClaimView, AppError> {
    let named = db::members::find_visible_claim(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let href = format!("/api/v1/claims/{id}");
    let actions = Actions::of(cx)
        .add(Action::ClaimDecide, "POST", format!("{href}/approval"), may_decide(&named.0, cx.actor.user_id()))
        .add(Action::ClaimDecide, "POST", format!("{href}/refusal"), may_decide(&named.0, cx.actor.user_id()))
        .list();
    Ok(ClaimView { actions, ..ClaimView::from(named) })
}

/// The claimant acts for the enterprise from now on, verified by what the officer saw.
pub fn approve_claim(cx: &mut Cx, id: &ClaimId, body: &ApproveClaimBody) -> Result<ClaimView, AppError> {
    let mut faults = Faults::default();
    faults.text("/evidence", &body.evidence, 1, LONGEST_EVIDENCE);
    faults.done()?;
    let claim = decide(cx, id, ClaimState::Approved, None)?;
    let evidence = Some(body.evidence.trim().to_owned());
    add_member(cx, &claim.enterprise_id, &claim.user_id, claim.role, evidence)?;
    view_claim(cx, id)
}

pub fn refuse_claim(cx: &mut Cx, id: &ClaimId, body: &RefuseClaimBody) -> Result<ClaimView, AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 1, LONGEST_TEXT);
    faults.done()?;
    decide(cx, id, ClaimState::Refused, Some(body.reason.trim().to_owned()))?;
    view_claim(cx, id)
}

fn decide(cx: &mut Cx, id: &ClaimId, state: ClaimState, reason: Option<String>) -> Result<Claim, AppError> {
    let (claim, ..) = db::members::find_visible_claim(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    may_decide(&claim, cx.actor.user_id())?;
    let from = claim.state;
    let claim = Claim {
        state,
        decided_by: cx.actor.user_id().cloned(),
        decided_at: Some(cx.now),
        reason: reason.clone(),
        version: claim.version + 1,
        ..claim
    };
    db::members::update_claim(cx.conn, &claim)?;
    let event = Event::on(Subject::new("claim", &claim.id)).moved(from, state);
    cx.record(match reason {
        Some(reason) => event.reason(reason),
        None => event,
    });
    Ok(claim)
}

pub(super) fn file_claim(
    cx: &mut Cx,
    user: &UserId,
    enterprise: &EnterpriseId,
    role: MemberRole,
    message: Option<String>,
) -> Result<ClaimId, AppError> {
    if find_member(cx, enterprise, user)?.is_some() {
        let said = say!("您已是该企业的人员", "you act for this enterprise already");
        return Err(AppError::with(Code::AlreadyExists, said));
    }
    if db::members::has_pending_claim(cx.conn, enterprise, user)? {
        let said = say!("您对该企业的认领正在处理", "your claim on this enterprise is still pending");
        return Err(AppError::with(Code::AlreadyExists, said));
    }
    let row = Claim {
        id: cx.id(),
        enterprise_id: enterprise.clone(),
        user_id: user.clone(),
        role,
        message,
        state: ClaimState::Pending,
        decided_by: None,
        decided_at: None,
        reason: None,
        created_at: cx.now,
        version: 1,
    };
    db::members::insert_claim(cx.conn, &row)?;
    let changes = Changes::default().set("enterprise", enterprise).set("user", user).set("role", role);
    let event = Event::on(Subject::new("claim", &row.id)).action("claim.create");
    cx.record(event.to(ClaimState::Pending).changes(changes));
    Ok(row.id)
}
