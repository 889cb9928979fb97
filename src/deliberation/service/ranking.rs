//! The ranking of a tier, as it stands and as it might stand.

use std::collections::BTreeMap;

use super::check_reason;
use crate::applications;
use crate::applications::model::{ApplicationId, ApplicationState};
use crate::decisions::model::PersonView;
use crate::deliberation::db;
use crate::deliberation::model::{
    MoveRankingBody, RankedView, RankingDimension, RankingMove, RankingMoveView, RankingParams, RankingView,
    ScoredCase, Weights,
};
use crate::deliberation::rules::ranking::{self, Entry, Ranked, Shift, may_deliberate};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::document::Dimension;
use crate::programme::model::Tier;
use crate::programme::service as programme;
use crate::reviews::model::Method;
use crate::reviews::rules::dimensions::dimensions_of;
use crate::reviews::rules::score::{Scales, Score, ScoreInput, score};
use crate::rounds::model::{Round, RoundId};
use crate::say;

/// With `quota` or `weights` a trial: computed from what was frozen, and nothing is stored.
pub fn get_ranking(cx: &mut Cx, round: &RoundId, params: &RankingParams) -> Result<RankingView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, round)?;
    let tier = required(params.tier)?;
    let weights = params.weights.as_deref().map(|text| read_weights(cx, &round, tier, text)).transpose()?;
    let standing = Standing::load(cx, &round, tier, params.quota, weights.as_ref())?;
    view(cx, &round, tier, standing)
}

/// Moves an application by hand; needs If-Match with the ranking's version.
pub fn move_ranking(cx: &mut Cx, round: &RoundId, body: &MoveRankingBody) -> Result<RankingView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, round)?;
    let mut faults = Faults::default();
    for (at, missing) in [
        ("/tier", body.tier.is_none()),
        ("/application_id", body.application_id.is_none()),
        ("/to_position", body.to_position.is_none()),
    ] {
        if missing {
            faults.plain(at, FieldCode::Required);
        }
    }
    check_reason(&mut faults, &body.reason);
    faults.done()?;
    let (Some(tier), Some(id), Some(to)) = (body.tier, body.application_id.clone(), body.to_position) else {
        return Err(AppError::internal("what is missing was refused above"));
    };
    let standing = Standing::load(cx, &round, tier, None, None)?;
    may_deliberate(round.state, standing.stake)?;
    cx.expect_version(standing.moves.len() as i64)?;
    let mut faults = Faults::default();
    faults.range("/to_position", to, 1, standing.ranked.len().max(1) as i64);
    let Some(now) = standing.ranked.iter().find(|r| r.id == id) else {
        faults.plain("/application_id", FieldCode::NotExisting);
        faults.done()?;
        return Err(AppError::not_found());
    };
    faults.done()?;
    let row = RankingMove {
        id: cx.id(),
        round_id: round.id.clone(),
        tier,
        application_id: id.clone(),
        to_position: i32::try_from(to).map_err(AppError::internal)?,
        reason: body.reason.trim().to_owned(),
        moved_by: cx.person()?.id.clone(),
        moved_at: cx.now,
    };
    db::insert_move(cx.conn, &row)?;
    // On the round: the applicant's timeline does not follow the meeting.
    let changes = Changes::default().set("tier", tier).set("application_id", &id).field("position", now.position, to);
    cx.record(Event::on(Subject::new("round", &round.id)).reason(&row.reason).changes(changes));
    let standing = Standing::load(cx, &round, tier, None, None)?;
    view(cx, &round, tier, standing)
}

/// Where everybody stands now.
pub(super) struct Standing {
    pub ranked: Vec<Ranked>,
    pub cases: BTreeMap<ApplicationId, (ScoredCase, i64, bool)>,
    pub unscored: i64,
    /// The caller has a stake in a case of the tier, which is none of those above.
    pub stake: bool,
    quota: Option<u32>,
    tie_rule: Vec<String>,
    /// With the name of who made each.
    pub moves: Vec<(RankingMove, String)>,
    trial: bool,
}

impl Standing {
    pub fn load(
        cx: &mut Cx,
        round: &Round,
        tier: Tier,
        quota: Option<u32>,
        weights: Option<&Weights>,
    ) -> Result<Self, AppError> {
        let me = cx.actor.user_id().cloned();
        let results = db::list_results(cx.conn, me.as_ref(), &round.id, tier)?;
        let mut tried = match weights {
            Some(weights) => tried_out(cx, round, tier, weights)?,
            None => BTreeMap::new(),
        };
        let mut entries = Vec::with_capacity(results.len());
        let mut cases = BTreeMap::new();
        for (case, result) in results {
            let result: Score = match tried.remove(&case.id) {
                Some(tried) => tried,
                None => result.read()?,
            };
            let marks = result.dimensions.iter().map(|d| (d.code.clone(), d.marks)).collect();
            entries.push(Entry { id: case.id.clone(), total: result.total, passed: result.passed, marks });
            cases.insert(case.id.clone(), (case, result.total, result.passed));
        }
        let trial = quota.is_some() || weights.is_some();
        let moves = db::list_moves(cx.conn, me.as_ref(), &round.id, tier)?;
        let shift =
            |row: &RankingMove| Shift { id: row.application_id.clone(), to: row.to_position.unsigned_abs() as usize };
        let shifts: Vec<Shift> = if trial { Vec::new() } else { moves.iter().map(|(row, _)| shift(row)).collect() };
        let places = round.quotas.read()?.get(&tier).map(|places| u32::try_from(*places).unwrap_or(u32::MAX));
        let quota = quota.or(places);
        let tie_rule = tie_rule(cx, round, tier)?;
        let ranked = ranking::ranking(&entries, &tie_rule, &shifts, quota.map(|places| places as usize));
        let unscored = applications::service::rounds::count_unscored(cx, &round.id, tier)?;
        let stake = stake(cx, &round.id, Some(tier))?;
        Ok(Self { ranked, cases, unscored, stake, quota, tie_rule, moves, trial })
    }
}

/// Whether the caller has a stake in a case of the round, or of one of its tiers.
pub(super) fn stake(cx: &mut Cx, round: &RoundId, tier: Option<Tier>) -> Result<bool, AppError> {
    match cx.actor.user_id().cloned() {
        Some(me) => Ok(db::has_stake(cx.conn, &me, round, tier)?),
        None => Ok(false),
    }
}

/// The dimension with the most weight decides first; of equal weights the one that the rule set names first.
fn tie_rule(cx: &mut Cx, round: &Round, tier: Tier) -> Result<Vec<String>, AppError> {
    let rule_set = programme::rule_set(cx, &round.rule_set_id)?;
    let mut dimensions = dimensions_of(&rule_set, tier);
    dimensions.sort_by_key(|d| std::cmp::Reverse(d.weight));
    Ok(dimensions.into_iter().map(|d| d.code).collect())
}

/// Every result computed again under other weights, from the inputs that were frozen.
fn tried_out(
    cx: &mut Cx,
    round: &Round,
    tier: Tier,
    weights: &Weights,
) -> Result<BTreeMap<ApplicationId, Score>, AppError> {
    let me = cx.actor.user_id().cloned();
    let mut inputs: Vec<(ApplicationId, ScoreInput)> = Vec::new();
    for (id, input) in db::list_inputs(cx.conn, me.as_ref(), &round.id, tier)? {
        let mut input = input.read()?;
        for dimension in &mut input.rules.dimensions {
            dimension.weight = weights.get(&dimension.code).copied().unwrap_or(0);
        }
        inputs.push((id, input));
    }
    // The re-fit looks at the group, whose totals the weights have changed.
    if let Some((_, first)) = inputs.first().filter(|(_, input)| input.rules.method == Method::ZScore) {
        let sheets: Vec<_> = inputs.iter().flat_map(|(_, input)| &input.sheets).collect();
        let scales = Scales::of(&first.rules.dimensions, &sheets);
        for (_, input) in &mut inputs {
            let experts: Vec<_> = input.sheets.iter().map(|sheet| sheet.expert_id.clone()).collect();
            input.scales = Some(scales.restricted_to(experts.iter()));
        }
    }
    inputs.into_iter().map(|(id, input)| Ok((id, score(&input)?))).collect()
}

fn required(tier: Option<Tier>) -> Result<Tier, AppError> {
    tier.ok_or_else(|| AppError::field("tier", FieldCode::Required, FieldCode::Required.title()))
}

/// `technology:40,growth:60`
fn read_weights(cx: &mut Cx, round: &Round, tier: Tier, text: &str) -> Result<Weights, AppError> {
    let rule_set = programme::rule_set(cx, &round.rule_set_id)?;
    let known = dimensions_of(&rule_set, tier);
    let mut faults = Faults::default();
    let mut weights = Weights::new();
    for part in text.split(',') {
        let (code, number) = part.split_once(':').unwrap_or((part, ""));
        match number.trim().parse::<u32>() {
            Ok(number) if number <= 100 && known.iter().any(|d| d.code == code.trim()) => {
                if weights.insert(code.trim().to_owned(), i64::from(number) * 100).is_some() {
                    faults.plain("weights", FieldCode::Duplicate);
                }
            }
            Ok(number) if number <= 100 => faults.plain("weights", FieldCode::Unknown),
            _ => faults.plain("weights", FieldCode::Format),
        }
    }
    let sum: i64 = weights.values().sum();
    if faults.is_empty() && sum != 10_000 {
        let sum = sum / 100;
        let said = say!("权重之和为 {sum}，应为 100", "the weights sum to {sum}, not 100");
        faults.add("weights", FieldCode::OutOfRange, said);
    }
    faults.done()?;
    Ok(weights)
}

fn view(cx: &mut Cx, round: &Round, tier: Tier, standing: Standing) -> Result<RankingView, AppError> {
    let minutes = db::find_minutes(cx.conn, &round.id)?.is_some();
    let open: Vec<Ranked> = open_of(&standing);
    let rules = programme::rule_set(cx, &round.rule_set_id)?;
    let rubric = rules.tier(tier).and_then(|rules| rules.rubric.as_ref());
    let dimension = |d: &Dimension| RankingDimension { code: d.code.clone(), name: d.name.clone(), weight: d.weight };
    let dimensions = rubric.map_or(&[][..], |rubric| &rubric.dimensions).iter().map(dimension).collect();
    let href = format!("/api/v1/rounds/{}", round.id);
    let release = ranking::may_release(round.state, standing.stake, minutes, standing.unscored, &open);
    let actions = Actions::of(cx)
        .add(Action::RankingMove, "POST", format!("{href}/ranking-moves"), may_deliberate(round.state, standing.stake))
        .add(Action::RankingRelease, "POST", format!("{href}/releases"), release)
        .list();
    let Standing { ranked, mut cases, unscored, quota, tie_rule, moves, trial, .. } = standing;
    let item = |r: Ranked| {
        let (case, total, passed) = cases.remove(&r.id)?;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Some(RankedView {
            application_id: r.id,
            enterprise_id: case.enterprise_id,
            enterprise: case.enterprise,
            credit_code: case.credit_code,
            state: case.state,
            total,
            passed,
            rank: number(r.rank),
            computed_position: number(r.computed),
            position: number(r.position),
            above_line: r.above_line,
            tied_at_line: r.tied_at_line,
        })
    };
    Ok(RankingView {
        items: ranked.into_iter().filter_map(item).collect(),
        version: moves.len() as i64,
        moves: moves
            .into_iter()
            .map(|(row, name)| RankingMoveView {
                application_id: row.application_id,
                to_position: row.to_position,
                reason: row.reason,
                by: PersonView { id: row.moved_by, name },
                at: row.moved_at,
            })
            .collect(),
        round_id: round.id.clone(),
        tier,
        quota,
        trial,
        dimensions,
        tie_rule,
        unscored,
        actions,
    })
}

/// Those about whom nothing is decided yet.
pub(super) fn open_of(standing: &Standing) -> Vec<Ranked> {
    let open = |r: &&Ranked| {
        standing
            .cases
            .get(&r.id)
            .is_some_and(|(case, _, _)| matches!(case.state, ApplicationState::Scored | ApplicationState::SiteChecked))
    };
    standing.ranked.iter().filter(open).cloned().collect()
}
