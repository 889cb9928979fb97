use std::collections::BTreeSet;

use super::links::shown;
use crate::ecosystem::db;
use crate::ecosystem::model::{ChainMember, LinkView, ListLinksParams, SupplyView};
use crate::enterprises::model::EnterpriseId;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::page::PageRequest;
use crate::programme::service::vocabulary;

const MOST: i64 = 500;

/// Who supplies whom in a track, and what is missing.
///
/// # Errors
/// `not_found`: there is no such track.
pub fn get_supply(cx: &mut Cx, track: &str) -> Result<SupplyView, AppError> {
    let today = cx.today();
    let rules = vocabulary(cx, today)?;
    let known = rules.tracks.iter().find(|known| known.code == track).ok_or_else(AppError::not_found)?;
    let user = cx.actor.user_id().cloned();
    let mut members = db::list_chain_members(cx.conn, cx.scope, user.as_ref(), track, MOST + 1)?;
    let params = ListLinksParams { track: Some(track.to_owned()), ..ListLinksParams::default() };
    let page = PageRequest { limit: MOST, after: None, count: false };
    let mut rows = db::list_links(cx.conn, cx.scope, user.as_ref(), &params, &page)?;
    let complete = members.len() as i64 <= MOST && rows.len() as i64 <= MOST;
    members.truncate(MOST as usize);
    rows.truncate(MOST as usize);
    let (missing, links): (Vec<LinkView>, Vec<LinkView>) = shown(cx, rows)?.into_iter().partition(|link| link.missing);
    let linked: BTreeSet<&EnterpriseId> =
        links.iter().flat_map(|link| [Some(&link.enterprise_id), link.counterpart_id.as_ref()]).flatten().collect();
    let mut unlinked: Vec<EnterpriseId> =
        members.iter().map(|(id, ..)| id).filter(|id| !linked.contains(id)).cloned().collect();
    unlinked.dedup();
    let member = |(enterprise_id, enterprise_name, tier)| ChainMember { enterprise_id, enterprise_name, tier };
    Ok(SupplyView {
        track: track.to_owned(),
        name: known.name.clone(),
        members: members.into_iter().map(member).collect(),
        unlinked,
        links,
        missing,
        complete,
    })
}
