//! The yearly budget: set by two people, moved only together with a claim.

use serde::{Deserialize, Serialize};

use super::{REASON_MAX, db};
use crate::decisions::model::{Decision, DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::error::{AppError, Faults};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::subsidies::model::*;
use crate::subsidies::rules::budget::may_set;

const MONEY_MAX: i64 = 1_000_000_000_000_000;

#[derive(Serialize, Deserialize)]
struct Proposal {
    year: i32,
    total_fen: i64,
}

pub fn list_subsidy_budgets(cx: &mut Cx) -> Result<SubsidyBudgetsView, AppError> {
    let rows = db::budgets::list_budgets(cx.conn)?;
    Ok(SubsidyBudgetsView { items: rows.into_iter().map(SubsidyBudgetView::from).collect() })
}

pub fn get_subsidy_budget(cx: &mut Cx, year: i32) -> Result<SubsidyBudgetView, AppError> {
    let budget = db::budgets::find_budget(cx.conn, year)?.ok_or_else(AppError::not_found)?;
    Ok(budget.into())
}

/// Prepares the total of a year, also a later change of it.
pub fn set_subsidy_budget(cx: &mut Cx, body: &SetSubsidyBudgetBody) -> Result<DecisionView, AppError> {
    let mut faults = Faults::default();
    faults.range("/year", body.year.into(), 2000, 2100);
    faults.range("/total_fen", body.total_fen, 1, MONEY_MAX);
    faults.text("/reason", &body.reason, 1, REASON_MAX);
    faults.done()?;
    may_set(db::budgets::find_budget(cx.conn, body.year)?.as_ref(), body.total_fen)?;
    let proposal = Proposal { year: body.year, total_fen: body.total_fen };
    let preparation = Preparation {
        subject: Budget::subject(body.year),
        action: DecisionAction::SubsidyBudgetSet,
        proposal: serde_json::to_value(proposal).map_err(AppError::internal)?,
        reason: body.reason.clone(),
        approvals_needed: 1,
    };
    let decision = decisions::prepare(cx, preparation)?;
    decisions::view(cx, decision)
}

pub(super) fn set(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let Proposal { year, total_fen } = serde_json::from_str(decision.proposal.as_text()).map_err(AppError::internal)?;
    let before = db::budgets::find_budget(cx.conn, year)?;
    may_set(before.as_ref(), total_fen)?;
    let old_fen = before.as_ref().map(|budget| budget.total_fen);
    match before {
        Some(mut budget) => {
            budget.total_fen = total_fen;
            budget.version += 1;
            budget.updated_at = cx.now;
            db::budgets::update_budget(cx.conn, &budget)?;
        }
        None => {
            let budget = Budget {
                year,
                total_fen,
                committed_fen: 0,
                paid_fen: 0,
                returned_fen: 0,
                updated_at: cx.now,
                version: 1,
            };
            db::budgets::insert_budget(cx.conn, &budget)?;
        }
    }
    let changes = Changes::default().field("total_fen", old_fen, total_fen);
    cx.record(Event::on(Budget::subject(year)).to("set").reason(&decision.reason).changes(changes));
    Ok(())
}

/// Moves money of a year; the table itself refuses whatever goes below zero or beyond the total.
pub(super) fn book(cx: &mut Cx, year: i32, change: impl FnOnce(&mut Budget)) -> Result<(), AppError> {
    let before = db::budgets::find_budget(cx.conn, year)?
        .ok_or_else(|| AppError::internal(format!("money was committed without a budget of {year}")))?;
    let mut after = before.clone();
    change(&mut after);
    after.version += 1;
    after.updated_at = cx.now;
    db::budgets::update_budget(cx.conn, &after)?;
    let changes = Changes::default()
        .field("committed_fen", before.committed_fen, after.committed_fen)
        .field("paid_fen", before.paid_fen, after.paid_fen)
        .field("returned_fen", before.returned_fen, after.returned_fen);
    cx.record(Event::on(Budget::subject(year)).changes(changes));
    Ok(())
}
