//! How far members are from the next tier, kept up to date by whoever changes a figure and by a daily run.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::reading::find_visible;
use crate::enterprises::model::EnterpriseId;
use crate::enterprises::service::figures::{current_figures, figures_of};
use crate::error::{AppError, Code};
use crate::library::db;
use crate::library::db::promotion::Closeness;
use crate::library::model::{
    ListPromotionsParams, Membership, MembershipId, PathLeaf, PromotionGap, PromotionPathView, PromotionSummary,
};
use crate::library::rules::path::{Distance, UNMEASURED, aim, distance, relative_gap_ppm, told};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::programme::model::{Outcome, RuleSetId};
use crate::programme::service as programme;
use crate::programme::{EvalContext, Figures, LeafResult, Mode, RuleSet, evaluate};

/// Members whose distance is measured in one transaction.
const AT_ONCE: i64 = 100;

pub fn get_promotion_path(cx: &mut Cx, id: &MembershipId) -> Result<PromotionPathView, AppError> {
    let (member, enterprise_name) = find_visible(cx, id)?;
    let as_of = cx.today();
    let (rule_set_id, rules) = programme::current(cx, as_of)?;
    let next_tier = aim(member.lane, member.tier).filter(|_| member.live);
    let figures = current_figures(cx, &member.enterprise_id, as_of.year())?;
    let evaluation = next_tier.and_then(|tier| evaluate(&rules, tier, &figures, on(as_of)));
    let away = evaluation.as_ref().map(distance).unwrap_or_default();
    let (outcome, leaves) = match evaluation {
        Some(evaluation) => (Some(evaluation.outcome), shown(evaluation.leaves)),
        None => (None, Vec::new()),
    };
    Ok(PromotionPathView {
        membership_id: member.id,
        enterprise_id: member.enterprise_id,
        enterprise_name,
        tier: member.tier,
        next_tier,
        rule_set_id,
        as_of,
        outcome,
        unmet: away.unmet,
        largest_gap_ppm: measured(away),
        leaves,
    })
}

/// What stands in the way first, otherwise in the order of the document; what does not apply is left out.
fn shown(leaves: Vec<LeafResult>) -> Vec<PathLeaf> {
    let asked = leaves.into_iter().filter(|leaf| leaf.outcome != Outcome::NotApplicable);
    let (blocking, rest): (Vec<_>, Vec<_>) = asked.partition(|leaf| leaf.blocking);
    let view = |leaf: LeafResult| PathLeaf {
        told: told(&leaf),
        relative_gap_ppm: relative_gap_ppm(&leaf),
        code: leaf.code,
        outcome: leaf.outcome,
        blocking: leaf.blocking,
        needs: leaf.needs,
        got: leaf.got,
        gap: leaf.gap,
        basis: leaf.basis,
    };
    blocking.into_iter().chain(rest).map(view).collect()
}

fn measured(away: Distance) -> Option<i64> {
    (away.unmet > 0 && away.gap_ppm != UNMEASURED).then_some(away.gap_ppm)
}

/// As a first recognition in the next tier, on the figures of today.
fn on(as_of: NaiveDate) -> EvalContext {
    EvalContext { base_year: as_of.year(), as_of, mode: Mode::First }
}

/// Members closest to the next tier: fewest unmet rules first, then the smallest largest gap.
pub fn list_promotions(cx: &mut Cx, params: &ListPromotionsParams) -> Result<Page<PromotionSummary>, AppError> {
    let page: PageRequest<Closeness> = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::promotion::list_closest(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::promotion::count_closest(cx.conn, cx.scope, user, params)?) } else { None };
    let key = |(row, ..): &(PromotionGap, _, _)| (row.unmet, row.gap_ppm, row.membership_id.clone());
    Ok(Page::of(rows, page.limit, total, key, |(row, enterprise_name, tier)| PromotionSummary {
        largest_gap_ppm: measured(Distance { unmet: row.unmet, gap_ppm: row.gap_ppm }),
        membership_id: row.membership_id,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        tier,
        next_tier: row.next_tier,
        unmet: row.unmet,
        as_of: row.as_of,
    }))
}

/// Measures the members of an enterprise anew: called by whatever changes a figure or a membership of it.
pub fn measure(cx: &mut Cx, enterprise: &EnterpriseId) -> Result<(), AppError> {
    let members = db::promotion::list_titled_of(cx.conn, enterprise)?;
    db::promotion::delete_gaps_of(cx.conn, enterprise)?;
    if members.is_empty() {
        return Ok(());
    }
    let gaps = gaps_of(cx, &members)?;
    Ok(db::promotion::insert_gaps(cx.conn, &gaps)?)
}

/// Measures the next members after one, for a run over all of them: ages and titles change without anybody's doing. Answers with
/// the last one measured, none at the end.
pub fn measure_next(cx: &mut Cx, after: Option<&MembershipId>) -> Result<Option<MembershipId>, AppError> {
    let members = db::promotion::list_titled(cx.conn, after, AT_ONCE)?;
    let ids: Vec<MembershipId> = members.iter().map(|member| member.id.clone()).collect();
    let gaps = gaps_of(cx, &members)?;
    db::promotion::delete_gaps(cx.conn, &ids)?;
    db::promotion::insert_gaps(cx.conn, &gaps)?;
    Ok(ids.last().cloned())
}

fn gaps_of(cx: &mut Cx, members: &[Membership]) -> Result<Vec<PromotionGap>, AppError> {
    let as_of = cx.today();
    let (rule_set_id, rules) = match programme::current(cx, as_of) {
        Ok(current) => current,
        // Before the first rule set takes effect there is nothing to measure by.
        Err(e) if e.code == Code::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let climbing: Vec<EnterpriseId> = members
        .iter()
        .filter(|member| aim(member.lane, member.tier).is_some())
        .map(|member| member.enterprise_id.clone())
        .collect();
    let figures = figures_of(cx, &climbing, as_of.year())?;
    Ok(members.iter().filter_map(|member| gap(member, &figures, &rule_set_id, &rules, as_of)).collect())
}

fn gap(
    member: &Membership,
    figures: &BTreeMap<EnterpriseId, Figures>,
    rule_set_id: &RuleSetId,
    rules: &Arc<RuleSet>,
    as_of: NaiveDate,
) -> Option<PromotionGap> {
    let next_tier = aim(member.lane, member.tier)?;
    let evaluation = evaluate(rules, next_tier, figures.get(&member.enterprise_id)?, on(as_of))?;
    let Distance { unmet, gap_ppm } = distance(&evaluation);
    Some(PromotionGap {
        membership_id: member.id.clone(),
        enterprise_id: member.enterprise_id.clone(),
        next_tier,
        rule_set_id: rule_set_id.clone(),
        as_of,
        unmet,
        gap_ppm,
    })
}
