//! An application as it is shown, with what the caller may do about it.

use super::{Case, case_of, subject};
use crate::applications::db;
use crate::applications::model::{
    ApplicantView, Application, ApplicationState, ApplicationView, EvaluationView, EvidenceItemView, JudgementView,
    OverrideView, ReturnView, SectionView, Snapshot, SnapshotView,
};
use crate::applications::rules::{self, Move};
use crate::attachments::model::Attachment;
use crate::decisions;
use crate::deliberation::rules::feedback;
use crate::error::AppError;
use crate::platform::actions::{ActionView, Actions};
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::programme::service as programme;
use crate::rounds::model::Round;

pub(super) fn of(cx: &mut Cx, application: Application) -> Result<ApplicationView, AppError> {
    let case = case_of(cx, application)?;
    let actions = actions(cx, &case)?;
    let Case { application, round, .. } = case;
    let sections = if is_editable(&application) { Some(sections(cx, &application, &round)?) } else { None };
    let evidence = evidence_of(cx, &application, &round)?;
    let certification = super::certification::certification_of(cx, &application)?;
    let enterprise = db::find_enterprise(cx.conn, &application.enterprise_id)?;
    let staff = cx.may(Action::DecisionView);
    let (snapshot, overrides) = match &application.snapshot_id {
        Some(id) => (Some(db::find_snapshot(cx.conn, id)?), db::list_overrides(cx.conn, id)?),
        None => (None, Vec::new()),
    };
    let decisions = if staff { Some(decisions::service::decisions_of(cx, &subject(&application.id))?) } else { None };
    let judgement = match &application.judgement {
        Some(doc) if staff => {
            let judged = doc.read()?;
            Some(JudgementView { human: judged.human, vetoes: judged.vetoes, reason: judged.reason, at: judged.at })
        }
        _ => None,
    };
    let returns = db::list_returns(cx.conn, &application.id)?
        .into_iter()
        .map(|row| {
            Ok(ReturnView {
                items: row.items.read()?,
                number: row.number,
                due_on: row.due_on,
                at: row.at,
                resubmitted_at: row.resubmitted_at,
            })
        })
        .collect::<Result<_, AppError>>()?;
    Ok(ApplicationView {
        form: application.form.read()?,
        snapshot: snapshot.map(|snapshot| snapshot_view(cx, snapshot)).transpose()?,
        returns,
        overrides: overrides
            .into_iter()
            .map(|row| OverrideView {
                leaf_code: row.leaf_code,
                reason: row.reason,
                decision_id: row.decision_id,
                at: row.at,
            })
            .collect(),
        evidence,
        sections,
        certification,
        judgement,
        decisions,
        enterprise: ApplicantView { id: enterprise.id, name: enterprise.name, credit_code: enterprise.credit_code },
        round_name: round.name,
        id: application.id,
        round_id: application.round_id,
        tier: application.tier,
        lane: application.lane,
        state: application.state,
        submitted_at: application.submitted_at,
        return_due_on: application.return_due_on,
        created_at: application.created_at,
        updated_at: application.updated_at,
        version: application.version,
        actions,
    })
}

fn is_editable(application: &Application) -> bool {
    matches!(application.state, ApplicationState::Draft | ApplicationState::Returned)
}

fn evidence_of(cx: &mut Cx, application: &Application, round: &Round) -> Result<Vec<EvidenceItemView>, AppError> {
    let rules = programme::rule_set(cx, &round.rule_set_id)?;
    let items = rules.tier(application.tier).map_or(&[][..], |tier| &tier.evidence);
    let lang = cx.lang;
    let shown = items.iter().map(|item| EvidenceItemView {
        code: item.code.clone(),
        name: item.name.in_lang(lang).to_owned(),
        required: round.evidence_required && item.required,
    });
    Ok(shown.collect())
}

fn sections(cx: &mut Cx, application: &Application, round: &Round) -> Result<Vec<SectionView>, AppError> {
    let (examined, faults) = super::submission::examined(cx, application, round)?;
    let faults = faults.done().err().map(|e| e.fields).unwrap_or_default();
    let ids = |files: &[Attachment]| files.iter().map(|file| file.id.to_string()).collect::<Vec<_>>();
    let (form, files) = (application.form.read()?, ids(&examined.files));
    let last = db::list_returns(cx.conn, &application.id)?.pop();
    let before = match (&application.snapshot_id, last, application.state) {
        (Some(id), Some(last), ApplicationState::Returned) => {
            let snapshot = db::find_snapshot(cx.conn, id)?;
            let held = ids(&crate::attachments::db::list_of_snapshot(cx.conn, id)?);
            Some((last.items.read()?, snapshot.form.read()?, held))
        }
        _ => None,
    };
    let returned = before.as_ref().map(|(items, form, files)| rules::Returned { items, form, files });
    Ok(rules::sections(&rules::Filling { form: &form, files: &files, faults: &faults, returned }, cx.lang))
}

fn snapshot_view(cx: &Cx, snapshot: Snapshot) -> Result<SnapshotView, AppError> {
    let shown = EvaluationView::of(snapshot.evaluation.read()?, cx.lang);
    Ok(SnapshotView {
        number: snapshot.number,
        rule_set_id: snapshot.rule_set_id,
        as_of: snapshot.as_of,
        base_year: snapshot.base_year,
        outcome: snapshot.outcome,
        evaluation: serde_json::to_value(shown).map_err(AppError::internal)?,
        created_at: snapshot.created_at,
    })
}

fn actions(cx: &mut Cx, case: &Case) -> Result<Vec<ActionView>, AppError> {
    let certify = match cx.actor.user_id().cloned() {
        Some(me) if case.round.certification => {
            let owner = db::is_verified_owner(cx.conn, &case.application.enterprise_id, &me)?;
            Some(case.may(Move::Edit).and_then(|_| rules::may_certify(true, owner)))
        }
        _ => None,
    };
    let href = |step: &str| format!("/api/v1/applications/{}{step}", case.application.id);
    let actions = [
        (Action::ApplicationUpdate, "PATCH", "", Move::Edit),
        (Action::ApplicationSubmit, "POST", "/submission", Move::Submit),
        (Action::ApplicationWithdraw, "POST", "/withdrawal", Move::Withdraw),
        (Action::ApplicationAccept, "POST", "/acceptance", Move::Accept),
        (Action::ApplicationReturn, "POST", "/return", Move::Return),
        (Action::ApplicationReject, "POST", "/rejection", Move::Reject),
        (Action::ApplicationOverride, "POST", "/overrides", Move::Override),
        (Action::ApplicationPropose, "POST", "/proposal", Move::Propose),
        (Action::ApplicationNotSelect, "POST", "/non-selection", Move::NotSelect),
        (Action::ApplicationVoid, "POST", "/voiding", Move::Void),
    ]
    .into_iter()
    .fold(Actions::of(cx), |actions, (action, method, step, what)| {
        actions.add(action, method, href(step), case.may(what).map(drop))
    });
    let visit = crate::visits::rules::may_plan(&case.round)
        .and_then(|()| super::rounds::may_be_visited(case.application.state));
    let feedback = feedback::may_draft(case.application.state);
    let actions = actions.add(Action::SiteVisitPlan, "POST", href("/site-visits"), visit).add(
        Action::FeedbackUpdate,
        "POST",
        href("/feedback"),
        feedback,
    );
    let actions = match certify {
        Some(rule) => actions.add(Action::ApplicationCertify, "POST", href("/certification"), rule),
        None => actions,
    };
    Ok(actions.list())
}
