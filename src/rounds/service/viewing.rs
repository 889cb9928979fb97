use crate::applications;
use crate::error::AppError;
use crate::library::rules::asking::may_invite;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::publicity::model::NoticeId;
use crate::publicity::service::open_objections_on_notice;
use crate::rounds::model::{ListRoundsParams, Round, RoundId, RoundState, RoundSummary, RoundView};
use crate::rounds::rules::{self, Facts, Step};
use crate::rounds::{db, model::RoundExtensionView};

pub fn get_round(cx: &mut Cx, id: &RoundId) -> Result<RoundView, AppError> {
    let round = db::find_visible_round(cx.conn, cx.scope, id)?;
    view(cx, round)
}

pub fn list_rounds(cx: &mut Cx, params: &ListRoundsParams) -> Result<Page<RoundSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_rounds(cx.conn, cx.scope, params, &page)?;
    let total = if page.count { Some(db::count_rounds(cx.conn, cx.scope, params)?) } else { None };
    let summaries = rows.into_iter().map(summary).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::of(summaries, page.limit, total, |round| round.id.clone(), |round| round))
}

fn summary(round: Round) -> Result<RoundSummary, AppError> {
    Ok(RoundSummary {
        tiers: round.tiers.read()?,
        id: round.id,
        name: round.name,
        year: round.year,
        state: round.state,
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        publicity_ends_on: round.publicity_ends_on,
        version: round.version,
    })
}

/// What the guards need to know; asked for only where some transition looks at it.
pub fn facts(cx: &mut Cx, round: &Round) -> Result<Facts, AppError> {
    let rule_set_published = round.state == RoundState::Draft
        && db::find_rule_set_state(cx.conn, &round.rule_set_id)?.is_some_and(|state| rules::is_published(&state));
    let open_objections = match (&round.state, &round.notice_id) {
        (RoundState::Publicity, Some(notice)) => open_objections_on_notice(cx, &NoticeId(notice.clone()))?,
        _ => 0,
    };
    let unsettled = match round.state {
        RoundState::FormalReview => applications::service::rounds::count_unsettled(cx, &round.id)?,
        RoundState::ExpertReview => applications::service::rounds::count_in_review(cx, &round.id)?,
        _ => 0,
    };
    Ok(Facts { at: cx.arrived_at, rule_set_published, open_objections, unsettled })
}

pub fn view(cx: &mut Cx, round: Round) -> Result<RoundView, AppError> {
    let facts = facts(cx, &round)?;
    let extensions = db::list_extensions(cx.conn, &round.id)?;
    let href = format!("/api/v1/rounds/{}", round.id);
    let edit = Actions::of(cx).add(Action::RoundUpdate, "PATCH", href.clone(), rules::may_update(&round));
    let actions = Step::ALL.iter().fold(edit, |actions, step| {
        let rule = rules::may_take(&round, *step, &facts).map(drop);
        actions.add(step.action(), "POST", format!("{href}/{}", step.noun()), rule)
    });
    let invite = may_invite(&round, facts.at);
    let actions = actions.add(Action::InvitationCreate, "POST", format!("{href}/invitations"), invite);
    Ok(RoundView {
        actions: actions.list(),
        settings: round.settings()?,
        id: round.id,
        state: round.state,
        publicity_starts_on: round.publicity_starts_on,
        publicity_ends_on: round.publicity_ends_on,
        notice_id: round.notice_id,
        extensions: extensions.into_iter().map(RoundExtensionView::from).collect(),
        created_at: round.created_at,
        published_at: round.published_at,
        updated_at: round.updated_at,
        version: round.version,
    })
}
