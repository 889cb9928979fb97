//! Looking at a member again (复核): opened by an officer or by a draw, judged by the rules for re-checks, concluded by a decision.

use serde::Deserialize;
use serde_json::json;

use super::decided::bar;
use super::moving::step;
use super::preparation::shown;
use super::{in_conflict, watching};
use crate::decisions::model::{Decision, DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::enterprises::service::figures::current_figures;
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::library::db;
use crate::library::model::{
    ConcludeRecheckBody, CreateRecheckBody, ListRechecksParams, Membership, Recheck, RecheckCause, RecheckDrawId,
    RecheckId, RecheckOutcome, RecheckState, RecheckSummary, RecheckView, Recognition, WatchTrigger,
};
use crate::library::rules::asking::{REASON_MAX, check_grounds};
use crate::library::rules::{self, Move};
use crate::platform::actions::Actions;
use crate::platform::config::Programme;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::programme::model::Tier;
use crate::programme::service as programme_rules;
use crate::programme::{EvalContext, Mode, evaluate};
use crate::say;

pub fn create_recheck(cx: &mut Cx, body: &CreateRecheckBody) -> Result<RecheckView, AppError> {
    let mut faults = Faults::default();
    faults.text("/note", body.note.as_deref().unwrap_or_default(), 0, REASON_MAX);
    if body.membership_id.is_none() {
        faults.plain("/membership_id", FieldCode::Required);
    }
    match body.cause {
        None => faults.plain("/cause", FieldCode::Required),
        Some(RecheckCause::Draw) => {
            faults.add("/cause", FieldCode::NotAllowed, say!("须由随机抽取产生", "comes from a draw only"));
        }
        Some(_) => {}
    }
    faults.done()?;
    let (Some(id), Some(cause)) = (&body.membership_id, body.cause) else {
        return Err(AppError::internal("checked to be there"));
    };
    let (member, _) = super::reading::find_visible(cx, id)?;
    if in_conflict(cx, &member)? {
        return Err(Refusal::plain(Code::ConflictOfInterest).into());
    }
    let recheck = open(cx, member, cause, body.note.as_deref().map(str::trim), None)?;
    get_recheck(cx, &recheck.id)
}

/// Freezes what is known today and moves the member into re-review.
pub fn open(
    cx: &mut Cx,
    mut member: Membership,
    cause: RecheckCause,
    note: Option<&str>,
    draw: Option<&RecheckDrawId>,
) -> Result<Recheck, AppError> {
    rules::may_move(member.state, Move::ReReview)?;
    let today = cx.today();
    let tier = member.tier.ok_or_else(|| AppError::internal("a member without a tier"))?;
    let (rule_set_id, rule_set) = programme_rules::current(cx, today)?;
    let base_year = chrono::Datelike::year(&today);
    let figures = current_figures(cx, &member.enterprise_id, base_year)?;
    let judged = |tier: Tier, mode: Mode| {
        let context = EvalContext { base_year, as_of: today, mode };
        evaluate(&rule_set, tier, &figures, context)
    };
    let evaluation = judged(tier, Mode::Recheck)
        .ok_or_else(|| AppError::internal("the rule set in force has no rules for the member's tier"))?;
    let next = tier.next().and_then(|next| judged(next, Mode::First));
    let row = Recheck {
        id: cx.id(),
        membership_id: member.id.clone(),
        enterprise_id: member.enterprise_id.clone(),
        cause,
        draw_id: draw.cloned(),
        note: note.filter(|note| !note.is_empty()).map(str::to_owned),
        state: RecheckState::Open,
        rule_set_id,
        as_of: today,
        figures: Doc::of(&figures),
        evaluation: Doc::of(&evaluation),
        next_evaluation: next.as_ref().map(Doc::of),
        outcome: None,
        basis: None,
        opened_by: cx.actor.label(),
        opened_at: cx.now,
        concluded_at: None,
        version: 1,
    };
    db::rechecks::insert_recheck(cx.conn, &row)?;
    let changes = Changes::default().set("recheck", &row.id).set("cause", cause);
    step(cx, &mut member, Move::ReReview, note, changes)?;
    let opened = Changes::default()
        .set("membership_id", &row.membership_id)
        .set("cause", cause)
        .set("outcome", evaluation.outcome)
        .set("draw", &row.draw_id);
    cx.record(Event::on(subject(&row)).action("recheck.create").to(row.state).changes(opened));
    Ok(row)
}

fn subject(row: &Recheck) -> Subject {
    Subject::new("recheck", &row.id)
}

pub fn list_rechecks(cx: &mut Cx, params: &ListRechecksParams) -> Result<Page<RecheckSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::rechecks::list_rechecks(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::rechecks::count_rechecks(cx.conn, cx.scope, user, params)?) } else { None };
    Ok(Page::of(
        rows,
        page.limit,
        total,
        |(row, _)| row.id.clone(),
        |(row, enterprise_name)| RecheckSummary {
            id: row.id,
            membership_id: row.membership_id,
            enterprise_id: row.enterprise_id,
            enterprise_name,
            cause: row.cause,
            state: row.state,
            outcome: row.outcome,
            opened_at: row.opened_at,
            concluded_at: row.concluded_at,
        },
    ))
}

pub fn get_recheck(cx: &mut Cx, id: &RecheckId) -> Result<RecheckView, AppError> {
    let user = cx.actor.user_id().cloned();
    let (row, enterprise_name) = db::rechecks::find_visible_recheck(cx.conn, cx.scope, user.as_ref(), id)?;
    let member = db::find_membership(cx.conn, &row.membership_id)?;
    let conclude = match may_conclude(cx, &row, &member) {
        Err(e) if !e.is_refusal() => return Err(e),
        other => other.map_err(|e| Refusal { code: e.code, say: e.detail.unwrap_or_else(|| e.code.title()) }),
    };
    let href = format!("/api/v1/rechecks/{}/conclusion", row.id);
    Ok(RecheckView {
        actions: Actions::of(cx).add(Action::RecheckConclude, "POST", href, conclude).list(),
        figures: row.figures.read()?,
        evaluation: row.evaluation.read()?,
        next_evaluation: row.next_evaluation.as_ref().map(Doc::read).transpose()?,
        id: row.id,
        membership_id: row.membership_id,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        cause: row.cause,
        draw_id: row.draw_id,
        note: row.note,
        state: row.state,
        rule_set_id: row.rule_set_id,
        as_of: row.as_of,
        outcome: row.outcome,
        basis: row.basis,
        opened_at: row.opened_at,
        concluded_at: row.concluded_at,
        version: row.version,
    })
}

fn may_conclude(cx: &mut Cx, row: &Recheck, member: &Membership) -> Result<(), AppError> {
    if row.state != RecheckState::Open {
        let said = say!("复核已有结论", "the re-check has been concluded");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    if in_conflict(cx, member)? {
        return Err(Refusal::plain(Code::ConflictOfInterest).into());
    }
    Ok(())
}

/// Prepares the decision that concludes a re-check.
pub fn prepare_conclusion(
    cx: &mut Cx,
    id: &RecheckId,
    body: &ConcludeRecheckBody,
    programme: &Programme,
) -> Result<DecisionView, AppError> {
    let user = cx.actor.user_id().cloned();
    let (row, _) = db::rechecks::find_visible_recheck(cx.conn, cx.scope, user.as_ref(), id)?;
    let member = db::find_membership(cx.conn, &row.membership_id)?;
    may_conclude(cx, &row, &member)?;
    let mut faults = Faults::default();
    check_grounds(&body.reason, &body.basis, &mut faults);
    let tier = earned_tier(&member, body, &mut faults);
    faults.done()?;
    let outcome = body.outcome.ok_or_else(|| AppError::internal("checked to be there"))?;
    let mut proposal = shown(cx, &member, &body.basis)?;
    proposal["recheck_id"] = json!(row.id);
    proposal["outcome"] = json!(outcome);
    proposal["evaluated"] = json!(row.evaluation.read()?.outcome);
    if let Some(tier) = tier {
        let rules = programme_rules::rule_set(cx, &row.rule_set_id)?;
        let years = rules
            .tier(tier)
            .map(|tier| tier.validity_years)
            .ok_or_else(|| AppError::internal("the rule set of the re-check does not have this tier"))?;
        proposal["new_tier"] = json!(tier);
        proposal["validity_years"] = json!(years);
        proposal["certificate_prefix"] = json!(programme.certificate_prefix);
    }
    if outcome == RecheckOutcome::Revoke {
        proposal["bar_years"] = json!(programme.bar_years);
    }
    let decision = decisions::prepare(
        cx,
        Preparation {
            subject: subject(&row),
            action: DecisionAction::RecheckConclude,
            proposal,
            reason: body.reason.clone(),
            approvals_needed: programme.approvals_needed,
        },
    )?;
    decisions::view(cx, decision)
}

/// The tier a member has after the re-check, where it keeps one.
fn earned_tier(member: &Membership, body: &ConcludeRecheckBody, faults: &mut Faults) -> Option<Tier> {
    let held = member.tier;
    let impossible = |faults: &mut Faults, pointer: &str| {
        faults.add(pointer, FieldCode::NotAllowed, say!("该类别没有此级", "there is no such rung from this tier"));
    };
    match body.outcome {
        None => faults.plain("/outcome", FieldCode::Required),
        Some(RecheckOutcome::Keep) => return held,
        Some(RecheckOutcome::Promote) => match held.and_then(Tier::next) {
            Some(next) => return Some(next),
            None => impossible(faults, "/outcome"),
        },
        Some(RecheckOutcome::Demote) => match held.and_then(rules::below) {
            None => impossible(faults, "/outcome"),
            Some(below) => match body.tier {
                None => return Some(below),
                Some(tier) if held.is_some_and(|held| rules::ending(held, tier) == Move::Demote) => return Some(tier),
                Some(_) => impossible(faults, "/tier"),
            },
        },
        Some(RecheckOutcome::Watch | RecheckOutcome::Exit | RecheckOutcome::Revoke) => {}
    }
    if body.outcome != Some(RecheckOutcome::Demote) && body.tier.is_some() {
        faults.plain("/tier", FieldCode::NotAllowed);
    }
    None
}

#[derive(Deserialize)]
struct Proposal {
    outcome: RecheckOutcome,
    basis: String,
    new_tier: Option<Tier>,
    #[serde(default)]
    validity_years: u32,
    #[serde(default)]
    certificate_prefix: String,
    #[serde(default)]
    bar_years: u32,
}

/// An approved conclusion.
pub fn concluded(cx: &mut Cx, decision: &Decision) -> Result<(), AppError> {
    let mut row = db::rechecks::find_recheck(cx.conn, &RecheckId(decision.subject_id.clone()))?;
    if row.state != RecheckState::Open {
        return Err(AppError::new(Code::InvalidTransition));
    }
    let mut member = db::find_membership(cx.conn, &row.membership_id)?;
    let proposal: Proposal = serde_json::from_value(decision.proposal.read()?).map_err(AppError::internal)?;
    row.state = RecheckState::Concluded;
    row.outcome = Some(proposal.outcome);
    row.basis = Some(proposal.basis.clone());
    row.concluded_at = Some(cx.now);
    row.version += 1;
    db::rechecks::update_recheck(cx.conn, &row)?;
    let told = Changes::default().set("outcome", proposal.outcome).set("decision", &decision.id);
    let event = Event::on(subject(&row)).action("recheck.conclude").moved(RecheckState::Open, row.state);
    cx.record(event.reason(&decision.reason).changes(told.clone().set("basis", &proposal.basis)));
    let changes = told.set("recheck", &row.id);
    let reason = Some(decision.reason.as_str());
    match proposal.outcome {
        RecheckOutcome::Keep => {
            let over = member.valid_to.is_none_or(|valid_to| rules::renews(valid_to, cx.today()));
            if over {
                recognise_anew(cx, member, &row, &proposal)
            } else {
                step(cx, &mut member, Move::Clear, reason, changes)
            }
        }
        RecheckOutcome::Promote | RecheckOutcome::Demote => recognise_anew(cx, member, &row, &proposal),
        RecheckOutcome::Watch => watching::put_on_watch(cx, &mut member, WatchTrigger::Recheck, &decision.reason),
        RecheckOutcome::Exit => step(cx, &mut member, Move::Exit, reason, changes),
        RecheckOutcome::Revoke => {
            step(cx, &mut member, Move::Revoke, reason, changes)?;
            bar(cx, &member, decision, &proposal.basis, proposal.bar_years)
        }
    }
}

/// A new membership with a new certificate; the old one ends by it.
fn recognise_anew(cx: &mut Cx, member: Membership, row: &Recheck, proposal: &Proposal) -> Result<(), AppError> {
    let tier = proposal.new_tier.ok_or_else(|| AppError::internal("an outcome that keeps a tier without a tier"))?;
    let valid_from = cx.today();
    let valid_to = rules::last_day(valid_from, proposal.validity_years)
        .ok_or_else(|| AppError::internal("a term beyond the calendar"))?;
    let recognition = Recognition {
        enterprise_id: member.enterprise_id,
        tier,
        lane: member.lane,
        application_id: None,
        round_id: None,
        because: format!("rechecked:{}", row.id),
        valid_from,
        valid_to,
    };
    super::recognise(cx, recognition, &proposal.certificate_prefix).map(drop)
}

/// Whether the caller acts for the enterprise that is looked at.
pub fn is_conflicted(cx: &mut Cx, id: &RecheckId) -> Result<bool, AppError> {
    let row = db::rechecks::find_recheck(cx.conn, id)?;
    let member = db::find_membership(cx.conn, &row.membership_id)?;
    in_conflict(cx, &member)
}
