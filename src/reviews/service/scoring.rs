//! From submitted sheets to frozen results.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{plan_of, rule_set_of};
use crate::applications::model::{ApplicationId, ApplicationState};
use crate::applications::service::rounds as applications;
use crate::error::{AppError, Code, Refusal};
use crate::platform::door::Cx;
use crate::platform::trail::Changes;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::Tier;
use crate::reviews::db::cases::{self, Case};
use crate::reviews::db::tasks;
use crate::reviews::model::{
    FreezeResult, FreezeScoresBody, FreezeView, MarkSheet, Method, Review, ReviewPlan, ReviewState, ScoreRow, ScoreView,
};
use crate::reviews::rules::dimensions::{computed_marks, computes, dimensions_of};
use crate::reviews::rules::score::{Arbitration, Dimension, Scales, Score, ScoreInput, ScoreRules, Sheet, score};
use crate::rounds::model::{Round, RoundId};
use crate::say;

/// The frozen result, or how it stands now.
pub fn get_score(cx: &mut Cx, application: &ApplicationId) -> Result<ScoreView, AppError> {
    let me = cx.actor.user_id().cloned();
    let case = cases::find_case(cx.conn, me.as_ref(), application)?;
    Ok(standing(cx, &case)??)
}

/// The inner refusal says why there is no result yet.
pub(super) fn standing(cx: &mut Cx, case: &Case) -> Result<Result<ScoreView, Refusal>, AppError> {
    if let Some(row) = cases::find_score(cx.conn, &case.id)? {
        return Ok(Ok(ScoreView {
            input: row.input.read()?,
            score: row.result.read()?,
            application_id: row.application_id,
            round_id: row.round_id,
            tier: row.tier,
            frozen_at: Some(row.frozen_at),
        }));
    }
    let round = crate::rounds::db::find_round(cx.conn, &case.round_id)?;
    let group = Group::load(cx, &round, case.tier)?;
    Ok(group.standing(case))
}

/// A frozen result with the sheets it follows from.
pub struct Frozen {
    pub score: Score,
    pub rules: ScoreRules,
    pub sheets: Vec<MarkSheet>,
}

pub fn frozen(cx: &mut Cx, application: &ApplicationId) -> Result<Option<Frozen>, AppError> {
    let Some(row) = cases::find_score(cx.conn, application)? else { return Ok(None) };
    let input = row.input.read()?;
    let counted: BTreeSet<_> = input.sheets.iter().map(|sheet| sheet.expert_id.clone()).collect();
    let mut sheets = Vec::new();
    for review in tasks::list_of_application(cx.conn, application)? {
        if review.state == ReviewState::Submitted && counted.contains(&review.expert_id) {
            sheets.push(review.sheet.read()?);
        }
    }
    Ok(Some(Frozen { score: row.result.read()?, rules: input.rules, sheets }))
}

/// Freezes the results of a round, or of one tier: all or nothing, each application's reason listed.
pub fn freeze_scores(cx: &mut Cx, round: &RoundId, body: &FreezeScoresBody) -> Result<FreezeView, AppError> {
    let round = crate::rounds::db::find_round(cx.conn, round)?;
    let me = cx.actor.user_id().cloned();
    let cases = cases::list_cases(cx.conn, me.as_ref(), &round.id, body.tier, &[ApplicationState::InReview])?;
    let frozen: BTreeSet<ApplicationId> = cases::list_scored(cx.conn, &round.id)?.into_iter().collect();
    let mut groups = BTreeMap::<Tier, Group>::new();
    let mut ready = Vec::new();
    let mut results = Vec::new();
    for case in cases.into_iter().filter(|case| !frozen.contains(&case.id)) {
        let group = match groups.entry(case.tier) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Group::load(cx, &round, case.tier)?),
        };
        match group.may_freeze(cx, &case).and_then(|()| group.standing(&case)).and_then(settled) {
            Ok(view) => {
                results.push(FreezeResult {
                    application_id: case.id.clone(),
                    ok: true,
                    total: Some(view.score.total),
                    passed: Some(view.score.passed),
                    code: None,
                    reason: None,
                });
                ready.push(view);
            }
            Err(refusal) => results.push(FreezeResult {
                application_id: case.id.clone(),
                ok: false,
                total: None,
                passed: None,
                code: Some(refusal.code.as_str().to_owned()),
                reason: Some(refusal.say.in_lang(cx.lang).to_owned()),
            }),
        }
    }
    let applied = !body.dry_run && results.iter().all(|r| r.ok) && !results.is_empty();
    if applied {
        for view in ready {
            freeze(cx, view)?;
        }
    }
    Ok(FreezeView { applied, results })
}

fn settled(view: ScoreView) -> Result<ScoreView, Refusal> {
    if view.score.arbitration == Arbitration::Needed {
        return Err(Refusal::plain(Code::ArbitrationNeeded));
    }
    Ok(view)
}

fn freeze(cx: &mut Cx, view: ScoreView) -> Result<(), AppError> {
    let row = ScoreRow {
        id: cx.id(),
        application_id: view.application_id,
        round_id: view.round_id,
        tier: view.tier,
        total: view.score.total,
        passed: view.score.passed,
        input: Doc::of(&view.input),
        result: Doc::of(&view.score),
        frozen_by: cx.actor.label(),
        frozen_at: cx.now,
    };
    cases::insert_score(cx.conn, &row)?;
    let changes = Changes::default().set("score", &view.score);
    applications::score(cx, &row.application_id, changes)
}

/// The applications of a round and tier: they compete with one another.
struct Group {
    due_at: Option<Stamp>,
    rules: ScoreRules,
    /// Tasks that nobody has finished yet.
    pending: BTreeMap<ApplicationId, u32>,
    sheets: BTreeMap<ApplicationId, Vec<Sheet>>,
    /// Marks that follow from the frozen figures, by application and dimension.
    computed: BTreeMap<ApplicationId, BTreeMap<String, i64>>,
    /// Only for the method that looks at it.
    scales: Option<Scales>,
}

impl Group {
    fn load(cx: &mut Cx, round: &Round, tier: Tier) -> Result<Self, AppError> {
        let (plan, _) = plan_of(cx, &round.id)?;
        let rules = rules(cx, round, tier, &plan)?;
        let computed = computed_marks_of(cx, round, tier, &rules)?;
        let none = BTreeMap::new();
        let mut pending = BTreeMap::<ApplicationId, u32>::new();
        let mut sheets = BTreeMap::<ApplicationId, Vec<Sheet>>::new();
        for review in tasks::list_live_of_round(cx.conn, &round.id, Some(tier))? {
            if review.state == ReviewState::Submitted {
                let computed = computed.get(&review.application_id).unwrap_or(&none);
                let sheet = sheet_of(&review, &rules.dimensions, computed)?;
                sheets.entry(review.application_id).or_default().push(sheet);
            } else {
                *pending.entry(review.application_id).or_default() += 1;
            }
        }
        let all = || sheets.values().flatten().collect::<Vec<_>>();
        let scales = (rules.method == Method::ZScore).then(|| Scales::of(&rules.dimensions, &all()));
        Ok(Self { due_at: plan.due_at, rules, pending, sheets, computed, scales })
    }

    fn standing(&self, case: &Case) -> Result<ScoreView, Refusal> {
        let sheets = self.sheets.get(&case.id).cloned().unwrap_or_default();
        let experts = sheets.iter().map(|sheet| &sheet.expert_id);
        let scales = self.scales.as_ref().map(|scales| scales.restricted_to(experts));
        let computed = self.computed.get(&case.id).cloned().unwrap_or_default();
        let input = ScoreInput { rules: self.rules.clone(), sheets, computed, scales };
        Ok(ScoreView {
            application_id: case.id.clone(),
            round_id: case.round_id.clone(),
            tier: case.tier,
            frozen_at: None,
            score: score(&input)?,
            input,
        })
    }

    /// Nobody who can still score is cut off: all have submitted, or their time is over.
    fn may_freeze(&self, cx: &Cx, case: &Case) -> Result<(), Refusal> {
        let count = self.pending.get(&case.id).copied().unwrap_or(0);
        let over = self.due_at.is_some_and(|due| cx.now > due);
        if count == 0 || over {
            return Ok(());
        }
        Err(Refusal::new(Code::NotYetDue, say!("尚有 {count} 份评分未提交", "scores not submitted yet: {count}")))
    }
}

fn rules(cx: &mut Cx, round: &Round, tier: Tier, plan: &ReviewPlan) -> Result<ScoreRules, AppError> {
    let rule_set = rule_set_of(cx, round)?;
    let pass = rule_set.tier(tier).and_then(|t| t.rubric.as_ref()).map_or(0, |rubric| rubric.pass);
    Ok(ScoreRules {
        method: plan.method,
        spread_limit: plan.spread_limit,
        min_valid: plan.min_valid,
        pass: i64::from(pass) * 100,
        dimensions: dimensions_of(&rule_set, tier),
    })
}

fn computed_marks_of(
    cx: &mut Cx,
    round: &Round,
    tier: Tier,
    rules: &ScoreRules,
) -> Result<BTreeMap<ApplicationId, BTreeMap<String, i64>>, AppError> {
    let rule_set = rule_set_of(cx, round)?;
    if !computes(&rule_set, tier) {
        return Ok(BTreeMap::new());
    }
    let mut marks = BTreeMap::new();
    for (id, evaluation) in cases::list_evaluations(cx.conn, &round.id, tier)? {
        marks.insert(id, computed_marks(&evaluation.read()?, &rules.dimensions));
    }
    Ok(marks)
}

/// A review's marks as the rules count them: what the expert gave, and what the figures gave before.
pub(super) fn sheet_of(
    review: &Review,
    dimensions: &[Dimension],
    computed: &BTreeMap<String, i64>,
) -> Result<Sheet, AppError> {
    let sheet = review.sheet.read()?;
    let given = |code: &str| sheet.dimensions.get(code).and_then(|mark| mark.marks).unwrap_or(0);
    let all = |d: &Dimension| (d.code.clone(), given(&d.code) + computed.get(&d.code).copied().unwrap_or(0));
    Ok(Sheet {
        expert_id: review.expert_id.clone(),
        arbiter: review.arbiter,
        marks: dimensions.iter().map(all).collect(),
    })
}
