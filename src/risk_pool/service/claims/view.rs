use super::find;
use crate::error::AppError;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::risk_pool::db;
use crate::risk_pool::model::{
    CompensationClaim, CompensationClaimId, CompensationSummary, CompensationView, ListCompensationsParams,
    RecoveryView,
};
use crate::risk_pool::rules::claims::{
    may_admit, may_close, may_pay, may_recover, may_refuse, may_return, may_submit, may_update, may_write_off,
};
use crate::talent_loans::service::reach;

pub fn list_compensations(
    cx: &mut Cx,
    params: &ListCompensationsParams,
) -> Result<Page<CompensationSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let reach = reach(cx);
    let rows = db::claims::list_claims(cx.conn, &reach, params, &page)?;
    let total = if page.count { Some(db::claims::count_claims(cx.conn, &reach, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |(c, ..)| c.id.clone(), CompensationSummary::from))
}

pub fn get_compensation(cx: &mut Cx, id: &CompensationClaimId) -> Result<CompensationView, AppError> {
    let claim = find(cx, id)?;
    view(cx, claim)
}

pub(super) fn view(cx: &mut Cx, claim: CompensationClaim) -> Result<CompensationView, AppError> {
    let recoveries = db::claims::list_recoveries(cx.conn, &claim.id)?;
    let me = &cx.person()?.id;
    let href = |step: &str| format!("/api/v1/compensation-claims/{}{step}", claim.id);
    let actions = Actions::of(cx)
        .add(Action::CompensationUpdate, "PATCH", href(""), may_update(&claim))
        .add(Action::CompensationSubmit, "POST", href("/submission"), may_submit(&claim))
        .add(Action::CompensationReturn, "POST", href("/return"), may_return(&claim))
        .add(Action::CompensationAdmit, "POST", href("/admission"), may_admit(&claim, me))
        .add(Action::CompensationRefuse, "POST", href("/refusal"), may_refuse(&claim))
        .add(Action::CompensationPay, "POST", href("/payouts"), may_pay(&claim, me))
        .add(Action::CompensationRecover, "POST", href("/recoveries"), may_recover(&claim))
        .add(Action::CompensationWriteOff, "POST", href("/write-off"), may_write_off(&claim))
        .add(Action::CompensationClose, "POST", href("/closure"), may_close(&claim))
        .list();
    let named = db::claims::list_named(cx.conn, std::slice::from_ref(&claim.id))?;
    let summary = named.into_iter().next().ok_or_else(AppError::not_found)?.into();
    Ok(CompensationView {
        talent_id: claim.talent_id.clone(),
        principal_loss_fen: claim.principal_loss_fen,
        covered_fen: claim.covered_fen,
        ratio_ppm: claim.ratio_ppm,
        overdue_days: claim.overdue_days,
        class: claim.class,
        recovery_started_on: claim.recovery_started_on,
        collateral_proceeds_fen: claim.collateral_proceeds_fen,
        evidence: claim.evidence.clone(),
        levels: claim.levels.read()?,
        complete_on: claim.complete_on,
        due_provisional: claim.due_provisional,
        reason: claim.reason.clone(),
        written_off_on: claim.written_off_on,
        recoveries: recoveries.into_iter().map(RecoveryView::from).collect(),
        version: claim.version,
        actions,
        claim: summary,
    })
}
