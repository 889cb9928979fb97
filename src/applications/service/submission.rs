//! Handing in, and taking back.

use std::sync::Arc;

use super::{Case, find_case, move_to, view};
use crate::applications::db;
use crate::applications::model::{
    Application, ApplicationId, ApplicationState, ApplicationView, Snapshot, WithdrawApplicationBody,
};
use crate::applications::rules::{self, Move};
use crate::attachments::db as attachments;
use crate::attachments::model::Attachment;
use crate::ecosystem::rules::take_over;
use crate::ecosystem::service::partners_of;
use crate::enterprises::service::figures::current_figures;
use crate::error::{AppError, Faults};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::platform::types::Doc;
use crate::programme::service as programme;
use crate::programme::{EvalContext, Figures, Mode, RuleSet, evaluate};
use crate::rounds::model::Round;

/// Validates everything at once and freezes what was handed in: figures, evaluation, and the rules they were judged by.
pub fn submit_application(cx: &mut Cx, id: &ApplicationId) -> Result<ApplicationView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(Move::Submit)?;
    let Case { mut application, round, .. } = case;
    crate::library::service::refuse_barred(cx, &application.enterprise_id)?;
    let Completed { rules, context, figures, files } = completed(cx, &application, &round)?;
    let evaluation = evaluate(&rules, application.tier, &figures, context)
        .ok_or_else(|| AppError::internal("the round takes a tier that its rule set does not have"))?;
    let number = db::count_snapshots(cx.conn, id)? as i32 + 1;
    let snapshot = Snapshot {
        id: cx.id(),
        application_id: id.clone(),
        number,
        rule_set_id: round.rule_set_id,
        as_of: context.as_of,
        base_year: context.base_year,
        form: application.form.clone(),
        figures: Doc::of(&figures),
        outcome: evaluation.outcome,
        evaluation: Doc::of(&evaluation),
        created_at: cx.now,
    };
    db::insert_snapshot(cx.conn, &snapshot)?;
    attachments::insert_snapshot_files(cx.conn, &snapshot.id, &files)?;
    if application.state == ApplicationState::Returned {
        db::close_return(cx.conn, id, application.returns_used, cx.now)?;
    }
    application.snapshot_id = Some(snapshot.id);
    application.submitted_at = Some(cx.arrived_at);
    application.return_due_on = None;
    let changes = Changes::default().set("snapshot", number).set("outcome", snapshot.outcome);
    move_to(cx, &mut application, Move::Submit, to, None, changes)?;
    view::of(cx, application)
}

/// A form that can be handed in, with what it is judged by.
pub(super) struct Completed {
    pub rules: Arc<RuleSet>,
    pub context: EvalContext,
    pub figures: Figures,
    pub files: Vec<Attachment>,
}

/// # Errors
/// `invalid_fields`: everything that is missing or makes no sense, at once.
pub(super) fn completed(cx: &mut Cx, application: &Application, round: &Round) -> Result<Completed, AppError> {
    let (found, faults) = examined(cx, application, round)?;
    faults.done()?;
    Ok(found)
}

/// The same, with the faults that submitting it now would be refused for.
pub(super) fn examined(cx: &mut Cx, application: &Application, round: &Round) -> Result<(Completed, Faults), AppError> {
    let rules = programme::rule_set(cx, &round.rule_set_id)?;
    let context = context_of(cx, application, round)?;
    let form = application.form.read()?;
    let record = current_figures(cx, &application.enterprise_id, round.year)?;
    let mut figures = rules::submitted_figures(record, &form);
    // Links between enterprises are on record: a declaration does not take their place.
    let enterprise = &application.enterprise_id;
    if let Some(linked) = partners_of(cx, std::slice::from_ref(enterprise), round.year)?.remove(enterprise) {
        take_over(&mut figures, linked);
    }
    let files = attachments::list_of_application(cx.conn, &application.id)?;
    let mut faults = Faults::default();
    rules::check_complete(&form, &figures, &rules, application.tier, context, &mut faults);
    if round.evidence_required {
        let attached = files.iter().filter_map(|file| file.item.clone()).collect();
        rules::check_evidence(&rules, application.tier, &attached, &mut faults);
    }
    Ok((Completed { rules, context, figures, files }, faults))
}

pub fn withdraw_application(
    cx: &mut Cx,
    id: &ApplicationId,
    body: &WithdrawApplicationBody,
) -> Result<ApplicationView, AppError> {
    let case = find_case(cx, id)?;
    let to = case.may(Move::Withdraw)?;
    let mut faults = Faults::default();
    faults.text("/reason", body.reason.as_deref().unwrap_or_default(), 0, super::REASON_MAX);
    faults.done()?;
    let mut application = case.application;
    move_to(cx, &mut application, Move::Withdraw, to, body.reason.as_deref(), Changes::default())?;
    view::of(cx, application)
}

/// Ages are taken on the round's closing day, years are counted from the round's.
fn context_of(cx: &mut Cx, application: &Application, round: &Round) -> Result<EvalContext, AppError> {
    let held = db::holds_tier(cx.conn, &application.enterprise_id, application.tier)?;
    Ok(EvalContext {
        base_year: round.year,
        as_of: business_day(round.closes_at.utc()),
        mode: if held { Mode::Recheck } else { Mode::First },
    })
}
