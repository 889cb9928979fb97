use serde_json::Value;

use super::model::{
    ApproveDecisionBody, Decision, DecisionAction, DecisionId, DecisionReasonBody, DecisionState, DecisionStep,
    DecisionSummary, DecisionView, ListDecisionsParams, PersonView, StepView, SubjectView, Verdict,
};
use super::{db, effects, rules};
use crate::enterprises::db::subjects::list_subject_names;
use crate::error::{AppError, Code, Faults, Refusal};
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::in_own_words;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;

/// What somebody wants to happen, to be approved by others.
pub struct Preparation {
    pub subject: Subject,
    pub action: DecisionAction,
    /// Exactly what will change, for the approver to read and for the effect to follow.
    pub proposal: Value,
    pub reason: String,
    pub approvals_needed: i32,
}

/// Called by the slice that owns the subject, after it has checked that the subject allows it. One decision may be pending per
/// subject and action.
pub fn prepare(cx: &mut Cx, preparation: Preparation) -> Result<Decision, AppError> {
    let Preparation { subject, action, proposal, reason, approvals_needed } = preparation;
    let prepared_by = cx.person()?.id.clone();
    if let Some(pending) = db::list_pending(cx.conn, &subject, Some(action))?.first() {
        return Err(AppError::new(Code::DecisionPending).member("decision_id", &pending.id));
    }
    let decision = Decision {
        id: cx.id(),
        subject_kind: subject.kind.to_owned(),
        subject_id: subject.id,
        action,
        proposal: Doc::of(&proposal),
        state: DecisionState::Pending,
        prepared_by,
        reason: reason.trim().to_owned(),
        approvals_needed: approvals_needed.max(1),
        created_at: cx.now,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    db::insert_decision(cx.conn, &decision)?;
    let changes = Changes::default()
        .set("subject", format!("{}/{}", decision.subject_kind, decision.subject_id))
        .set("action", decision.action)
        .set("proposal", proposal);
    let event = Event::on(subject_of(&decision)).action("decision.prepare").to(decision.state);
    cx.record(event.reason(&decision.reason).changes(changes));
    Ok(decision)
}

/// Takes back whatever is pending on a subject that has just moved on: nobody shall approve what is no longer so.
pub fn void_pending(cx: &mut Cx, subject: &Subject, reason: &str) -> Result<(), AppError> {
    let mut pending = db::list_pending(cx.conn, subject, None)?;
    // A release stands for many: it cannot be approved any more when one of them has moved on.
    if subject.kind == "application" {
        pending.extend(db::list_pending_releases(cx.conn, &subject.id)?);
    }
    for mut decision in pending {
        close(cx, &mut decision, DecisionState::Voided, Some(reason))?;
    }
    Ok(())
}

pub fn has_pending(cx: &mut Cx, subject: &Subject) -> Result<bool, AppError> {
    Ok(!db::list_pending(cx.conn, subject, None)?.is_empty())
}

/// Newest first.
pub fn decisions_of(cx: &mut Cx, subject: &Subject) -> Result<Vec<DecisionSummary>, AppError> {
    let rows = db::list_of_subject(cx.conn, subject)?;
    summaries(cx, rows)
}

pub fn list_decisions(cx: &mut Cx, params: &ListDecisionsParams) -> Result<Page<DecisionSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let (own, me) = (own(cx)?, cx.actor.user_id());
    let reach = db::Reach { own: own.as_ref(), me };
    let rows = db::list_decisions(cx.conn, reach, params, &page)?;
    let total = if page.count { Some(db::count_decisions(cx.conn, reach, params)?) } else { None };
    let items = summaries(cx, rows)?;
    Ok(Page::of(items, page.limit, total, |d| d.id.clone(), |d| d))
}

/// With the names of what they are about.
fn summaries(cx: &mut Cx, rows: Vec<(Decision, String)>) -> Result<Vec<DecisionSummary>, AppError> {
    let subjects = rows.iter().map(|(d, _)| (d.subject_kind.as_str(), d.subject_id.as_str()));
    let (names, lang) = (list_subject_names(cx.conn, subjects)?, cx.lang);
    let summary = |row: (Decision, String)| {
        let name = names.get(&row.0.subject_id).cloned();
        DecisionSummary::of(row, name, lang)
    };
    Ok(rows.into_iter().map(summary).collect())
}

pub fn get_decision(cx: &mut Cx, id: &DecisionId) -> Result<DecisionView, AppError> {
    let decision = find(cx, id)?;
    view(cx, decision)
}

pub fn approve_decision(cx: &mut Cx, id: &DecisionId, body: &ApproveDecisionBody) -> Result<DecisionView, AppError> {
    let mut decision = find(cx, id)?;
    let mut faults = Faults::default();
    faults.text("/reason", body.reason.as_deref().unwrap_or_default(), 0, REASON_MAX);
    faults.done()?;
    let given = decide(cx, &decision, Verdict::Approved, body.reason.clone())?;
    if given >= decision.approvals_needed {
        close(cx, &mut decision, DecisionState::Approved, body.reason.as_deref())?;
        effects::carry_out(cx, &decision)?;
    } else {
        let event = Event::on(subject_of(&decision)).changes(Changes::default().field("approvals", given - 1, given));
        cx.record(match &body.reason {
            Some(reason) => event.reason(reason),
            None => event,
        });
        touch(cx, &mut decision)?;
    }
    view(cx, decision)
}

/// One no is enough.
pub fn refuse_decision(cx: &mut Cx, id: &DecisionId, body: &DecisionReasonBody) -> Result<DecisionView, AppError> {
    let mut decision = find(cx, id)?;
    checked_reason(&body.reason)?;
    decide(cx, &decision, Verdict::Refused, Some(body.reason.clone()))?;
    close(cx, &mut decision, DecisionState::Refused, Some(&body.reason))?;
    effects::dropped(cx, &decision, &body.reason)?;
    view(cx, decision)
}

pub fn void_decision(cx: &mut Cx, id: &DecisionId, body: &DecisionReasonBody) -> Result<DecisionView, AppError> {
    let mut decision = find(cx, id)?;
    checked_reason(&body.reason)?;
    rules::may_void(&decision, &cx.person()?.id)?;
    close(cx, &mut decision, DecisionState::Voided, Some(&body.reason))?;
    effects::dropped(cx, &decision, &body.reason)?;
    view(cx, decision)
}

pub(super) const REASON_MAX: usize = 2000;

/// Whose decisions the caller is bound to see: their own, unless their role reaches all of them.
fn own(cx: &Cx) -> Result<Option<UserId>, AppError> {
    if cx.scope.all { Ok(None) } else { Ok(Some(cx.person()?.id.clone())) }
}

fn find(cx: &mut Cx, id: &DecisionId) -> Result<Decision, AppError> {
    let own = own(cx)?;
    Ok(db::find_decision(cx.conn, db::Reach { own: own.as_ref(), me: cx.actor.user_id() }, id)?)
}

fn checked_reason(reason: &str) -> Result<(), AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", reason, 1, REASON_MAX);
    faults.done()
}

fn subject_of(decision: &Decision) -> Subject {
    Subject::new("decision", &decision.id)
}

/// Notes the caller's verdict; answers with the number of approvals there are now.
fn decide(cx: &mut Cx, decision: &Decision, verdict: Verdict, reason: Option<String>) -> Result<i32, AppError> {
    let me = cx.person()?.id.clone();
    let mut steps: Vec<DecisionStep> = db::list_steps(cx.conn, &decision.id)?.into_iter().map(|(s, _)| s).collect();
    rules::may_decide(decision, &steps, &me)?;
    if effects::is_conflicted(cx, decision)? {
        return Err(Refusal::plain(Code::ConflictOfInterest).into());
    }
    let step = DecisionStep {
        id: cx.id(),
        decision_id: decision.id.clone(),
        user_id: me,
        verdict,
        reason: reason.map(|r| r.trim().to_owned()).filter(|r| !r.is_empty()),
        at: cx.now,
    };
    db::insert_step(cx.conn, &step)?;
    steps.push(step);
    Ok(rules::approvals(&steps))
}

fn close(cx: &mut Cx, decision: &mut Decision, to: DecisionState, reason: Option<&str>) -> Result<(), AppError> {
    let from = decision.state;
    decision.state = to;
    decision.decided_by = cx.actor.user_id().cloned();
    decision.decided_at = Some(cx.now);
    touch(cx, decision)?;
    let action = match to {
        DecisionState::Approved => Action::DecisionApprove,
        DecisionState::Refused => Action::DecisionRefuse,
        DecisionState::Voided | DecisionState::Pending => Action::DecisionVoid,
    };
    let event = Event::on(subject_of(decision)).action(action.as_str()).moved(from, to);
    cx.record(match reason {
        Some(reason) => event.reason(reason),
        None => event,
    });
    Ok(())
}

fn touch(cx: &mut Cx, decision: &mut Decision) -> Result<(), AppError> {
    decision.version += 1;
    db::update_decision(cx.conn, decision).map_err(AppError::from)
}

/// A decision as it is shown, with what the caller may do about it.
pub fn view(cx: &mut Cx, decision: Decision) -> Result<DecisionView, AppError> {
    let rows = db::list_steps(cx.conn, &decision.id)?;
    let preparer = db::find_name(cx.conn, &decision.prepared_by)?;
    let conflicted = effects::is_conflicted(cx, &decision)?;
    let steps: Vec<DecisionStep> = rows.iter().map(|(step, _)| step.clone()).collect();
    let me = cx.person()?.id.clone();
    let may_decide = || match rules::may_decide(&decision, &steps, &me) {
        Ok(()) if conflicted => Err(Refusal::plain(Code::ConflictOfInterest)),
        other => other,
    };
    let href = |step: &str| format!("/api/v1/decisions/{}/{step}", decision.id);
    let actions = Actions::of(cx)
        .add(Action::DecisionApprove, "POST", href("approval"), may_decide())
        .add(Action::DecisionRefuse, "POST", href("refusal"), may_decide())
        .add(Action::DecisionVoid, "POST", href("voiding"), rules::may_void(&decision, &me))
        .list();
    let about = (decision.subject_kind.as_str(), decision.subject_id.as_str());
    let subject_name = list_subject_names(cx.conn, std::iter::once(about))?.remove(&decision.subject_id);
    Ok(DecisionView {
        subject_name,
        approvals_given: rules::approvals(&steps),
        steps: rows
            .into_iter()
            .map(|(step, name)| StepView {
                by: PersonView { id: step.user_id, name },
                verdict: step.verdict,
                reason: step.reason,
                at: step.at,
            })
            .collect(),
        proposal: decision.proposal.read()?,
        subject: SubjectView { kind: decision.subject_kind, id: decision.subject_id },
        prepared_by: PersonView { id: decision.prepared_by, name: preparer },
        id: decision.id,
        action: decision.action,
        reason: in_own_words(&decision.reason, cx.lang).to_owned(),
        state: decision.state,
        approvals_needed: decision.approvals_needed,
        created_at: decision.created_at,
        decided_at: decision.decided_at,
        version: decision.version,
        actions,
    })
}
