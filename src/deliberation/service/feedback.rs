//! Feedback to those who were not selected: drafted from the frozen appraisals, read over by an officer, approved by a second
//! person, and only then sent.

use serde_json::json;

use crate::applications;
use crate::applications::model::ApplicationId;
use crate::decisions::model::{Decision, DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::deliberation::db;
use crate::deliberation::model::{Feedback, FeedbackState, FeedbackView, UpdateFeedbackBody};
use crate::deliberation::rules::feedback::{self, Appraisal, Appraised};
use crate::error::{AppError, Code, Faults, Refusal};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::text::Say;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::programme::document::RuleSet;
use crate::programme::model::Tier;
use crate::reviews::service::scoring;
use crate::rounds::model::RoundState;
use crate::say;

const TEXT_MAX: usize = 20_000;

/// Begins the feedback of an application that was not selected.
pub fn prepare_feedback(cx: &mut Cx, id: &ApplicationId) -> Result<FeedbackView, AppError> {
    prepare(cx, id).and_then(|row| view(cx, row))
}

pub fn prepare(cx: &mut Cx, id: &ApplicationId) -> Result<Feedback, AppError> {
    let me = cx.person()?.id.clone();
    let application = applications::db::find_visible(cx.conn, cx.scope, Some(&me), id)?;
    feedback::may_draft(application.state)?;
    if db::find_feedback(cx.conn, id)?.is_some() {
        return Err(AppError::new(Code::AlreadyExists));
    }
    let round = crate::rounds::db::find_round(cx.conn, &application.round_id)?;
    let rules = crate::programme::service::rule_set(cx, &round.rule_set_id)?;
    let appraised = appraised(cx, id, &rules, application.tier)?;
    let tier = tier_name(&rules, application.tier);
    let reason = applications::service::decided::reason_not_selected(cx, id)?;
    let text = feedback::draft(&round.name, &tier, &reason, appraised.as_ref());
    let row = Feedback {
        application_id: id.clone(),
        enterprise_id: application.enterprise_id,
        state: FeedbackState::Draft,
        text: Doc::of(&text),
        prepared_by: me,
        sent_at: None,
        updated_at: cx.now,
        version: 1,
    };
    db::insert_feedback(cx.conn, &row)?;
    cx.record(Event::on(subject(id)).to(row.state));
    Ok(row)
}

/// Staff read it at every stage, the enterprise once it is sent.
pub fn get_feedback(cx: &mut Cx, id: &ApplicationId) -> Result<FeedbackView, AppError> {
    let row = find(cx, id)?;
    view(cx, row)
}

/// A text that changes is approved anew: what waits for an approval of the old one is taken back.
pub fn update_feedback(cx: &mut Cx, id: &ApplicationId, body: &UpdateFeedbackBody) -> Result<FeedbackView, AppError> {
    let mut row = find(cx, id)?;
    cx.expect_version(row.version)?;
    may_change(row.state)?;
    let old = row.text.read()?;
    let mut new = old.clone();
    let mut faults = Faults::default();
    for (at, text, given) in [("/zh", &mut new.zh, &body.zh), ("/en", &mut new.en, &body.en)] {
        if let Some(given) = given {
            faults.text(at, given, 1, TEXT_MAX);
            *text = given.trim().to_owned();
        }
    }
    faults.done()?;
    let from = row.state;
    row.state = FeedbackState::Draft;
    row.text = Doc::of(&new);
    touch(cx, &mut row)?;
    let changes = Changes::default().field("zh", old.zh, new.zh).field("en", old.en, new.en);
    let event = Event::on(subject(id)).changes(changes);
    cx.record(if from == row.state { event } else { event.moved(from, row.state) });
    decisions::void_pending(cx, &subject(id), "feedback.update")?;
    view(cx, row)
}

/// Asks for the approval that sends it.
pub fn prepare_sending(cx: &mut Cx, id: &ApplicationId) -> Result<DecisionView, AppError> {
    ask(cx, id).and_then(|decision| decisions::view(cx, decision))
}

pub fn ask(cx: &mut Cx, id: &ApplicationId) -> Result<Decision, AppError> {
    let mut row = find(cx, id)?;
    let round_state = round_state(cx, id)?;
    may_ask(row.state, round_state)?;
    let preparation = Preparation {
        subject: subject(id),
        action: DecisionAction::FeedbackSend,
        proposal: json!({ "application_id": id, "text": row.text.read()? }),
        reason: say!("向未入选企业反馈意见", "feedback to an applicant that was not selected").both(),
        approvals_needed: 1,
    };
    let decision = decisions::prepare(cx, preparation)?;
    let from = row.state;
    row.state = FeedbackState::Pending;
    touch(cx, &mut row)?;
    cx.record(Event::on(subject(id)).moved(from, row.state));
    Ok(decision)
}

/// Approved: everybody who acts for the enterprise is told.
pub fn sent(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let id = ApplicationId(decision.subject_id.clone());
    let mut row = db::find_feedback(cx.conn, &id)?.ok_or_else(AppError::not_found)?;
    if row.state != FeedbackState::Pending {
        return Err(AppError::new(Code::InvalidTransition));
    }
    row.state = FeedbackState::Sent;
    row.sent_at = Some(cx.now);
    touch(cx, &mut row)?;
    let changes = Changes::default().set("decision", &decision.id);
    let event = Event::on(subject(&id)).action(decision.action.as_str());
    cx.record(event.moved(FeedbackState::Pending, row.state).changes(changes));
    Ok(())
}

/// Refused or taken back: the text is a draft again.
pub fn reopened(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let id = ApplicationId(decision.subject_id.clone());
    let Some(mut row) = db::find_feedback(cx.conn, &id)?.filter(|row| row.state == FeedbackState::Pending) else {
        return Ok(());
    };
    row.state = FeedbackState::Draft;
    touch(cx, &mut row)?;
    cx.record(Event::on(subject(&id)).action("feedback.reopen").moved(FeedbackState::Pending, row.state));
    Ok(())
}

fn find(cx: &mut Cx, id: &ApplicationId) -> Result<Feedback, AppError> {
    Ok(db::find_visible_feedback(cx.conn, cx.scope, cx.actor.user_id(), id)?)
}

fn round_state(cx: &mut Cx, id: &ApplicationId) -> Result<RoundState, AppError> {
    let application = applications::db::find_application(cx.conn, id)?;
    Ok(crate::rounds::db::find_round(cx.conn, &application.round_id)?.state)
}

fn may_change(state: FeedbackState) -> Result<(), Refusal> {
    if state == FeedbackState::Sent { Err(Refusal::plain(Code::InvalidTransition)) } else { Ok(()) }
}

fn may_ask(state: FeedbackState, round: RoundState) -> Result<(), Refusal> {
    match state {
        FeedbackState::Draft if feedback::is_early(round) => Err(Refusal::new(Code::NotYetDue, feedback::early())),
        FeedbackState::Draft => Ok(()),
        FeedbackState::Pending => Err(Refusal::plain(Code::DecisionPending)),
        FeedbackState::Sent => Err(Refusal::plain(Code::InvalidTransition)),
    }
}

/// The frozen result with what the experts whose scores it follows from wrote.
fn appraised(cx: &mut Cx, id: &ApplicationId, rules: &RuleSet, tier: Tier) -> Result<Option<Appraised>, AppError> {
    let Some(frozen) = scoring::frozen(cx, id)? else { return Ok(None) };
    let names = rules.tier(tier).and_then(|tier| tier.rubric.as_ref()).map(|rubric| &rubric.dimensions);
    let name = |code: &str| names.into_iter().flatten().find(|d| d.code == code).map(|d| d.name.clone());
    let full = |code: &str| frozen.rules.dimensions.iter().find(|d| d.code == code).map_or(0, |d| d.full);
    let reasons = |code: &str| {
        let marks = frozen.sheets.iter().filter_map(|sheet| sheet.dimensions.get(code));
        marks.map(|mark| mark.justification.clone()).filter(|text| !text.trim().is_empty()).collect()
    };
    let appraisals = frozen.score.dimensions.iter().map(|d| Appraisal {
        name: name(&d.code).unwrap_or_else(|| Say::new(&d.code, &d.code)),
        marks: d.marks,
        full: full(&d.code),
        floor: d.floor,
        reasons: reasons(&d.code),
    });
    Ok(Some(Appraised {
        total: frozen.score.total,
        pass: frozen.rules.pass,
        appraisals: appraisals.collect(),
        comments: frozen.sheets.iter().filter_map(|sheet| sheet.comment.clone()).collect(),
    }))
}

fn tier_name(rules: &RuleSet, tier: Tier) -> Say {
    rules.tier(tier).and_then(|rules| rules.name.clone()).unwrap_or_else(|| tier.label())
}

fn touch(cx: &mut Cx, row: &mut Feedback) -> Result<(), AppError> {
    row.updated_at = cx.now;
    row.version += 1;
    db::update_feedback(cx.conn, row).map_err(AppError::from)
}

/// A chain of its own: the timeline of the application shows nothing of it before it is sent.
pub(super) fn subject(id: &ApplicationId) -> Subject {
    Subject::new("feedback", id)
}

fn view(cx: &mut Cx, row: Feedback) -> Result<FeedbackView, AppError> {
    let round_state = round_state(cx, &row.application_id)?;
    let href = format!("/api/v1/applications/{}/feedback", row.application_id);
    let actions = Actions::of(cx)
        .add(Action::FeedbackUpdate, "PATCH", href.clone(), may_change(row.state))
        .add(Action::FeedbackSend, "POST", format!("{href}/sending"), may_ask(row.state, round_state))
        .list();
    Ok(FeedbackView {
        text: row.text.read()?,
        application_id: row.application_id,
        state: row.state,
        sent_at: row.sent_at,
        version: row.version,
        actions,
    })
}
