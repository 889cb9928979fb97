//! A plan through its year.

mod changes;
mod drafting;
mod reading;
mod year;

pub use changes::{accept_change, refuse_change, request_change, withdraw_change};
pub use drafting::{confirm_plan, consult_plan, create_plan, send_back_plan, update_plan};
pub use reading::{get_plan, list_plan_revisions, list_plans};
pub use year::{close_plan, evaluate_plan, execute_plan, review_plan};

use std::collections::BTreeMap;

use crate::error::{AppError, Faults, Refusal};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::support::db;
use crate::support::model::{
    DepartmentId, DiffLine, Plan, PlanContent, PlanId, PlanState, PlanView, Revision, RevisionState, Side,
};
use crate::support::rules::{self, PlanFacts, PlanMove};

/// A plan with the revision that counts, what it says, and the facts its moves depend on.
struct Case {
    plan: Plan,
    current: Revision,
    content: PlanContent,
    request: Option<Revision>,
    facts: PlanFacts,
}

impl Case {
    fn may(&self, what: PlanMove) -> Result<PlanState, Refusal> {
        rules::may(what, &self.facts)
    }
}

fn find_case(cx: &mut Cx, id: &PlanId) -> Result<Case, AppError> {
    let plan = db::plans::find_visible_plan(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    case_of(cx, plan)
}

fn case_of(cx: &mut Cx, plan: Plan) -> Result<Case, AppError> {
    let mut revisions = db::plans::list_revisions(cx.conn, &plan.id)?;
    let request = revisions.iter().position(|r| r.state == RevisionState::Requested).map(|at| revisions.remove(at));
    let current = revisions.into_iter().find(|r| r.number == plan.revision);
    let current = current.ok_or_else(|| AppError::internal("a plan without the revision that counts"))?;
    let content = current.content.read()?;
    let facts = PlanFacts {
        state: plan.state,
        side: super::side_of(cx, &plan.enterprise_id)?,
        signed: signed(&current),
        request: request.as_ref().map(|request| request.side),
        owner_verified: crate::applications::db::has_verified_owner(cx.conn, &plan.enterprise_id)?,
        mid_review_held: plan.mid_review.is_some(),
        membership_ended: !crate::library::service::is_live(cx, &plan.membership_id)?,
        last_goal_on: content.goals.iter().map(|goal| goal.due_on).max(),
        today: cx.today(),
        open_items: db::items::count_open_of_plan(cx.conn, &plan.id)?,
    };
    Ok(Case { plan, current, content, request, facts })
}

/// A confirmed plan and what is in force of it, whoever asks: for what is given and done on its account.
pub(super) fn content_in_force(cx: &mut Cx, id: &PlanId) -> Result<(Plan, PlanContent), AppError> {
    let (plan, revision) = db::plans::find_in_force(cx.conn, id)?;
    let content = revision.content.read()?;
    Ok((plan, content))
}

fn signed(revision: &Revision) -> Vec<Side> {
    let sides = [(Side::Office, revision.office_at), (Side::Enterprise, revision.enterprise_at)];
    sides.into_iter().filter(|(_, at)| at.is_some()).map(|(side, _)| side).collect()
}

fn sign(cx: &Cx, revision: &mut Revision, side: Side) {
    let by = Some(cx.actor.label());
    match side {
        Side::Office => (revision.office_by, revision.office_at) = (by, Some(cx.now)),
        Side::Enterprise => (revision.enterprise_by, revision.enterprise_at) = (by, Some(cx.now)),
    }
}

/// Faults of new content; units that `before` names already may have been closed since.
fn content_faults(
    cx: &mut Cx,
    faults: &mut Faults,
    content: &PlanContent,
    before: &PlanContent,
    year: i32,
) -> Result<(), AppError> {
    let named = content.units();
    let open: BTreeMap<DepartmentId, bool> =
        db::departments::list_by_ids(cx.conn, &named)?.into_iter().map(|unit| (unit.id, unit.open)).collect();
    let settled = before.units();
    rules::content_faults(faults, content, year, |id| open.get(id).map(|open| *open || settled.contains(&id)));
    Ok(())
}

/// The one way a plan is written: row, audit event, and the answer.
fn write(cx: &mut Cx, mut plan: Plan, to: PlanState, event: Event) -> Result<PlanView, AppError> {
    let from = plan.state;
    plan.state = to;
    plan.updated_at = cx.now;
    plan.version += 1;
    db::plans::update_plan(cx.conn, &plan)?;
    cx.record(if from == to { event } else { event.moved(from, to) });
    reading::view(cx, plan)
}

fn event(id: &PlanId) -> Event {
    Event::on(subject(id))
}

fn subject(id: &PlanId) -> Subject {
    Subject::new("support_plan", id)
}

fn changes_of(lines: &[DiffLine]) -> Changes {
    lines.iter().fold(Changes::default(), |changes, line| {
        changes.field(line.pointer.trim_start_matches('/'), &line.old, &line.new)
    })
}
