//! What a first draft might say.

use chrono::Datelike;

use crate::error::AppError;
use crate::platform::door::Cx;
use crate::programme::{EvalContext, Mode, evaluate};
use crate::support::db;
use crate::support::model::{PlanId, ProposalView};
use crate::support::rules::{self, Similar};

/// As many as are looked at, latest first.
const SIMILAR_AT_MOST: i64 = 200;

/// Lines from the gaps to the next tier, from open requests, and from what similar plans did. Nothing is written.
pub fn propose_plan(cx: &mut Cx, id: &PlanId) -> Result<ProposalView, AppError> {
    let plan = db::plans::find_visible_plan(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let (today, lang) = (cx.today(), cx.lang);
    let (mut goals, mut measures) = (Vec::new(), Vec::new());
    if let Some(next) = plan.tier.next() {
        let (_, rules_in_force) = crate::programme::service::current(cx, today)?;
        let base_year = today.year();
        let figures = crate::enterprises::service::figures::current_figures(cx, &plan.enterprise_id, base_year)?;
        let eval = EvalContext { base_year, as_of: today, mode: Mode::First };
        if let Some(evaluation) = evaluate(&rules_in_force, next, &figures, eval) {
            (goals, measures) = rules::from_gaps(&evaluation, plan.year, lang);
        }
    }
    for item in db::items::list_open_requests(cx.conn, &plan.enterprise_id)? {
        measures.push(rules::from_request(item.id.as_str(), item.category, &item.title, lang));
    }
    let mut similar = Vec::new();
    for (other, revision) in db::plans::list_similar(cx.conn, &plan, SIMILAR_AT_MOST)? {
        let content = revision.content.read()?;
        similar.push(Similar {
            reached: other.attained_ppm == Some(1_000_000),
            categories: content.measures.iter().map(|measure| measure.category).collect(),
        });
    }
    measures.extend(rules::from_similar(&similar, lang));
    Ok(ProposalView { next_tier: plan.tier.next(), goals, measures, similar_plans: similar.len() as i64 })
}
