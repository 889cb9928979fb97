use std::collections::HashMap;

use super::{db, find, move_by, view};
use crate::error::{AppError, Code, Refusal};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::Changes;
use crate::platform::types::Doc;
use crate::say;
use crate::subsidies::model::*;
use crate::subsidies::rules::claims::Step;
use crate::talent_loans::rules::subsidy::quote;
use crate::talent_loans::service::reach;

pub fn list_subsidy_claims(
    cx: &mut Cx,
    params: &ListSubsidyClaimsParams,
) -> Result<Page<SubsidyClaimSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let reach = reach(cx);
    let today = cx.today();
    let rows = db::claims::list_claims(cx.conn, &reach, params, &page)?;
    let total = if page.count { Some(db::claims::count_claims(cx.conn, &reach, params)?) } else { None };
    let ids: Vec<SubsidyClaimId> = rows.iter().map(|(claim, _)| claim.id.clone()).collect();
    let mut contracts: HashMap<SubsidyClaimId, Vec<String>> = HashMap::new();
    for (claim, contract_no) in db::claims::list_contracts(cx.conn, &reach, &ids)? {
        contracts.entry(claim).or_default().push(contract_no);
    }
    let key = |(claim, _): &NamedClaim| claim.id.clone();
    let view = |row: NamedClaim| {
        let own = contracts.remove(&row.0.id).unwrap_or_default();
        SubsidyClaimSummary::of(row, own, today)
    };
    Ok(Page::of(rows, page.limit, total, key, view))
}

pub fn get_subsidy_claim(cx: &mut Cx, id: &SubsidyClaimId) -> Result<SubsidyClaimView, AppError> {
    let claim = find(cx, id)?;
    view::view(cx, claim)
}

/// Asks the engine again with the stored request, word for word.
pub fn replay_subsidy_claim(cx: &mut Cx, id: &SubsidyClaimId) -> Result<SubsidyReplayView, AppError> {
    let (claim, _) = find(cx, id)?;
    let stored = claim.calculation.as_ref().map(Doc::read).transpose()?.ok_or_else(|| {
        Refusal::new(Code::InvalidTransition, say!("尚未测算", "nothing has been computed for this claim yet"))
    })?;
    let replayed = quote(&stored.request)?;
    Ok(SubsidyReplayView { claim_id: claim.id, same: replayed == stored.result, stored, replayed })
}

/// The file is complete; nothing but a claw-back touches it any more.
pub fn archive_subsidy_claim(cx: &mut Cx, id: &SubsidyClaimId) -> Result<SubsidyClaimView, AppError> {
    let (mut claim, name) = find(cx, id)?;
    cx.expect_version(claim.version)?;
    move_by(cx, &mut claim, Step::Archive, None, Changes::default())?;
    view::view(cx, (claim, name))
}
