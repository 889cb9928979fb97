//! Links, leads, the chain of a track, and what links say to the rules.

mod leads;
mod links;
mod supply;

pub use leads::{advance_lead, create_lead, get_lead, list_leads, update_lead};
pub use links::{create_link, end_link, get_link, list_links, update_link};
pub use supply::get_supply;

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{Counterpart, partner};
use super::{db, rules};
use crate::enterprises::db::record as records;
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Faults};
use crate::platform::door::Cx;
use crate::programme::figures::Partner;
use crate::programme::service::vocabulary;

/// The partners that links give to these enterprises, for rules that ask for them. Asks for no permission.
pub fn partners_of(
    cx: &mut Cx,
    ids: &[EnterpriseId],
    base_year: i32,
) -> Result<BTreeMap<EnterpriseId, Vec<Partner>>, AppError> {
    let links = db::list_standing_of(cx.conn, ids)?;
    if links.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sides = || links.iter().flat_map(|link| [Some(&link.enterprise_id), link.counterpart_id.as_ref()]).flatten();
    let all: Vec<EnterpriseId> = sides().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let refs: Vec<&EnterpriseId> = all.iter().collect();
    let titled: BTreeSet<EnterpriseId> = records::list_tiers(cx.conn, &refs)?.into_iter().map(|(id, _)| id).collect();
    let known: BTreeMap<EnterpriseId, Counterpart> = records::list_by_ids(cx.conn, &all)?
        .into_iter()
        .map(|row| {
            let member = titled.contains(&row.id);
            (row.id, Counterpart { name: row.name, local: row.registered_in_laoshan, member })
        })
        .collect();
    let today = cx.today();
    let mut partners: BTreeMap<EnterpriseId, Vec<Partner>> = BTreeMap::new();
    for link in &links {
        let Some(counterpart) = &link.counterpart_id else { continue };
        for (own, other, kind) in
            [(&link.enterprise_id, counterpart, link.kind), (counterpart, &link.enterprise_id, link.kind.reversed())]
        {
            let seen = known.get(other).and_then(|other| partner(link, kind, other, base_year, today));
            if let Some(seen) = seen
                && ids.contains(own)
            {
                partners.entry(own.clone()).or_default().push(seen);
            }
        }
    }
    Ok(partners)
}

fn check_track(cx: &mut Cx, track: &str, faults: &mut Faults) -> Result<(), AppError> {
    let today = cx.today();
    rules::check_track(track, &*vocabulary(cx, today)?, faults);
    Ok(())
}
