//! A round in expert review with applications that wait for experts, made directly: how they got there is told elsewhere.

use diesel::prelude::*;
use laoshan::platform::policy::Role;
use laoshan::programme::{EvalContext, Figures, Mode, RuleSet, Tier, evaluate, laoshan_2026};
use laoshan::schema::{application_snapshots, applications, enterprises, rounds, rule_sets};
use serde_json::{Value, json};

use crate::support::{Reply, TestApp, TestUser};

pub struct Stage {
    pub officer: TestUser,
    pub round: String,
    /// Application and its enterprise.
    pub cases: Vec<(String, String)>,
    pub experts: Vec<(TestUser, String)>,
}

pub async fn stage(app: &TestApp, cases: usize, pool: &[(&str, usize)]) -> Stage {
    stage_judged_by(app, cases, pool, laoshan_2026().clone(), json!({})).await
}

/// Names of the enterprises are `Enterprise 1`, `Enterprise 2`, ..; experts come from houses of their own.
pub async fn stage_judged_by(
    app: &TestApp,
    cases: usize,
    pool: &[(&str, usize)],
    rules: RuleSet,
    figures: Value,
) -> Stage {
    let officer = app.user(&[Role::Officer]).await;
    let (round, cases) = round_with(app, cases, rules, figures).await;
    let mut experts = Vec::new();
    for (kind, count) in pool {
        for n in 1..=*count {
            experts.push(expert(app, &officer, kind, &format!("{kind} works {n}")).await);
        }
    }
    Stage { officer, round, cases, experts }
}

pub const POOL: &[(&str, usize)] = &[("technical", 6), ("finance", 2), ("industry", 2)];

pub async fn expert(app: &TestApp, officer: &TestUser, kind: &str, employer: &str) -> (TestUser, String) {
    let person = app.user(&[Role::Expert]).await;
    let body = json!({ "user_id": person.id, "kind": kind, "employer": employer });
    let made = officer.post("/experts", body).await.expect(201);
    (person, text(&made["id"]))
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

async fn round_with(app: &TestApp, count: usize, judge: RuleSet, figures: Value) -> (String, Vec<(String, String)>) {
    let document = serde_json::to_string(&judge).expect("plain data");
    let figures: Figures = serde_json::from_value(figures).expect("figures");
    app.app
        .door
        .system("test", move |cx| {
            let next = || cx.id::<laoshan::reviews::model::ReviewId>().0;
            let (round, rules) = (next(), next());
            let ids: Vec<(String, String, String)> = (0..count).map(|_| (next(), next(), next())).collect();
            let (now, today) = (cx.now, cx.now.utc().date_naive());
            let context = EvalContext { base_year: 2026, as_of: today, mode: Mode::First };
            let evaluation = evaluate(&judge, Tier::Seed, &figures, context).expect("the rules have the tier");
            diesel::insert_into(rule_sets::table)
                .values((
                    (rule_sets::id.eq(&rules), rule_sets::code.eq(&rules), rule_sets::revision.eq(1)),
                    (rule_sets::name_zh.eq("x"), rule_sets::name_en.eq("x"), rule_sets::state.eq("published")),
                    (rule_sets::effective_from.eq(today), rule_sets::source.eq("")),
                    (rule_sets::document.eq(&document), rule_sets::created_by.eq("test")),
                    (rule_sets::created_at.eq(now), rule_sets::edited_by.eq("test"), rule_sets::edited_at.eq(now)),
                    rule_sets::version.eq(1_i64),
                ))
                .execute(cx.conn)?;
            diesel::insert_into(rounds::table)
                .values((
                    (rounds::id.eq(&round), rounds::name.eq("2026"), rounds::year.eq(2026)),
                    (
                        rounds::tiers.eq(r#"["seed"]"#),
                        rounds::rule_set_id.eq(&rules),
                        rounds::state.eq("expert_review"),
                    ),
                    (rounds::opens_at.eq(now), rounds::closes_at.eq(now), rounds::grace_seconds.eq(0_i64)),
                    (rounds::expert_review.eq(true), rounds::site_check.eq(false), rounds::quotas.eq("{}")),
                    (rounds::approvals_needed.eq(1), rounds::max_returns.eq(2), rounds::return_days.eq(5)),
                    (rounds::publicity_days.eq(5), rounds::first_day_counts.eq(false), rounds::created_by.eq("test")),
                    (rounds::created_at.eq(now), rounds::updated_at.eq(now), rounds::version.eq(1_i64)),
                ))
                .execute(cx.conn)?;
            for (n, (application, enterprise, snapshot)) in ids.iter().enumerate() {
                diesel::insert_into(enterprises::table)
                    .values((
                        (enterprises::id.eq(enterprise), enterprises::credit_code.eq(format!("code-{n}"))),
                        (enterprises::name.eq(format!("Enterprise {}", n + 1)), enterprises::source.eq("import")),
                        enterprises::name_search.eq(format!("enterprise {}", n + 1)),
                        (enterprises::registered_in_laoshan.eq(true), enterprises::status.eq("active")),
                        (
                            enterprises::created_at.eq(now),
                            enterprises::updated_at.eq(now),
                            enterprises::version.eq(1_i64),
                        ),
                    ))
                    .execute(cx.conn)?;
                diesel::insert_into(applications::table)
                    .values((
                        (applications::id.eq(application), applications::round_id.eq(&round)),
                        (applications::enterprise_id.eq(enterprise), applications::tier.eq("seed")),
                        (
                            applications::lane.eq("ladder"),
                            applications::state.eq("in_review"),
                            applications::live.eq(true),
                        ),
                        (applications::form.eq("{}"), applications::snapshot_id.eq(snapshot)),
                        (applications::returns_used.eq(0), applications::created_by.eq("test")),
                        (
                            applications::created_at.eq(now),
                            applications::updated_at.eq(now),
                            applications::version.eq(1_i64),
                        ),
                    ))
                    .execute(cx.conn)?;
                diesel::insert_into(application_snapshots::table)
                    .values((
                        (application_snapshots::id.eq(snapshot), application_snapshots::application_id.eq(application)),
                        (application_snapshots::number.eq(1), application_snapshots::rule_set_id.eq(&rules)),
                        (application_snapshots::as_of.eq(today), application_snapshots::base_year.eq(2026)),
                        (
                            application_snapshots::form.eq(r#"{"summary":"we make chips"}"#),
                            application_snapshots::figures.eq(serde_json::to_string(&figures).expect("plain data")),
                        ),
                        (
                            application_snapshots::evaluation
                                .eq(serde_json::to_string(&evaluation).expect("plain data")),
                            application_snapshots::outcome.eq("met"),
                        ),
                        application_snapshots::created_at.eq(now),
                    ))
                    .execute(cx.conn)?;
            }
            Ok((round, ids.into_iter().map(|(application, enterprise, _)| (application, enterprise)).collect()))
        })
        .await
        .expect("a round is made")
}

impl Stage {
    pub async fn set_plan(&self, plan: Value) {
        put_at(&self.officer, &format!("/rounds/{}/review-plan", self.round), 0, plan).await.expect(200);
    }

    /// Draws a panel for everything that waits.
    pub async fn draw(&self) -> Value {
        self.officer.post(&format!("/rounds/{}/panels", self.round), json!({})).await.expect(201)
    }

    pub fn person(&self, expert_id: &str) -> &TestUser {
        &self.experts.iter().find(|(_, id)| id == expert_id).expect("one of the pool").0
    }

    /// The experts of a panel: those who sit, then those who wait.
    pub fn seated(&self, panel: &Value) -> (Vec<&TestUser>, Vec<&TestUser>) {
        let seats = |alternate: bool| {
            let all = panel["seats"].as_array().expect("seats").iter();
            all.filter(|seat| seat["alternate"] == alternate)
                .map(|seat| self.person(&text(&seat["expert_id"])))
                .collect()
        };
        (seats(false), seats(true))
    }

    /// Declares no conflict, writes the sheet, hands it in.
    pub async fn score(&self, expert: &TestUser, review: &str, total: i64) -> Value {
        expert.post(&format!("/reviews/{review}/declaration"), json!({ "conflict": false })).await.expect(200);
        put_at(expert, &format!("/reviews/{review}/scores"), 2, sheet(total)).await.expect(200);
        expert.post(&format!("/reviews/{review}/submission"), json!({})).await.expect(200)
    }
}

/// The id of the expert's newest task.
pub async fn task(expert: &TestUser) -> String {
    let page = expert.get("/reviews").await.expect(200);
    text(&page["items"][0]["id"])
}

/// A complete sheet of the seed rubric (35/10/25/10/10/10) that adds up to `total` hundredths.
pub fn sheet(total: i64) -> Value {
    let mut left = total;
    let mut dimensions = serde_json::Map::new();
    for (code, full) in
        [("technology", 3500), ("team", 2500), ("growth", 1000), ("chain", 1000), ("local", 1000), ("governance", 1000)]
    {
        let marks = left.min(full);
        left -= marks;
        dimensions
            .insert(code.into(), json!({ "marks": marks, "justification": "More than twenty characters of reason." }));
    }
    assert_eq!(left, 0, "at most 100.00");
    json!({ "dimensions": dimensions })
}

pub async fn put_at(person: &TestUser, path: &str, version: i64, body: Value) -> Reply {
    Reply::of(person.request("PUT", path).header("if-match", format!("\"{version}\"")).json(&body)).await
}
