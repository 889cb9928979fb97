//! An officer drafts a round and changes it until it opens.

use crate::error::{AppError, Code, Refusal};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::rounds::model::{CreateRoundBody, Round, RoundId, RoundSettings, RoundState, RoundView, UpdateRoundBody};
use crate::rounds::{db, rules};
use crate::say;

pub fn create_round(cx: &mut Cx, body: &CreateRoundBody) -> Result<RoundView, AppError> {
    let settings = settle(cx, body)?;
    let mut round = Round {
        id: cx.id(),
        name: String::new(),
        year: 0,
        tiers: Doc::of(&vec![]),
        rule_set_id: settings.rule_set_id.clone(),
        state: RoundState::Draft,
        opens_at: settings.opens_at,
        closes_at: settings.closes_at,
        grace_seconds: 0,
        expert_review: false,
        site_check: false,
        certification: false,
        evidence_required: false,
        quotas: Doc::of(&Default::default()),
        approvals_needed: 1,
        max_returns: 0,
        return_days: 0,
        publicity_days: 0,
        first_day_counts: false,
        publicity_starts_on: None,
        publicity_ends_on: None,
        notice_id: None,
        guide: None,
        created_by: cx.actor.label(),
        created_at: cx.now,
        published_at: None,
        updated_at: cx.now,
        version: 1,
    };
    round.set(&settings);
    db::insert_round(cx.conn, &round)?;
    let event = Event::on(Subject::new("round", &round.id)).to(round.state);
    cx.record(event.changes(changes(None, &settings)));
    super::view(cx, round)
}

pub fn update_round(cx: &mut Cx, id: &RoundId, body: &UpdateRoundBody) -> Result<RoundView, AppError> {
    let mut round = db::find_visible_round(cx.conn, cx.scope, id)?;
    cx.expect_version(round.version)?;
    rules::may_update(&round)?;
    let old = round.settings()?;
    let new = settle(cx, &body.over(old.clone()))?;
    if round.state == RoundState::Published && new.closes_at <= cx.now {
        let said =
            say!("已发布批次的截止时间须晚于当前时间", "the deadline of a published round must lie in the future");
        return Err(Refusal::new(Code::DeadlinePassed, said).into());
    }
    if new != old {
        round.set(&new);
        round.updated_at = cx.now;
        round.version += 1;
        db::update_round(cx.conn, &round)?;
    }
    cx.record(Event::on(Subject::new("round", &round.id)).changes(changes(Some(&old), &new)));
    super::view(cx, round)
}

fn settle(cx: &mut Cx, form: &CreateRoundBody) -> Result<RoundSettings, AppError> {
    let published = match &form.rule_set_id {
        Some(id) => db::find_rule_set_state(cx.conn, id)?.map(|state| rules::is_published(&state)),
        None => None,
    };
    rules::settle(form, published)
}

/// Field by field, as the API shows them.
fn changes(old: Option<&RoundSettings>, new: &RoundSettings) -> Changes {
    let plain = |settings: Option<&RoundSettings>| serde_json::to_value(settings).unwrap_or_default();
    let (old, new) = (plain(old), plain(Some(new)));
    let fields = new.as_object().into_iter().flatten();
    fields.fold(Changes::default(), |changes, (name, value)| changes.field(name, &old[name.as_str()], value))
}
