//! Random walks: whatever people and the system do to applications, in any order, a small model says beforehand how it ends.

mod model;

use chrono::{Duration, NaiveDate};
use laoshan::applications::model::ApplicationId;
use laoshan::applications::service::{objections, overdue, rounds};
use laoshan::error::AppError;
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::platform::trail::Changes;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use self::model::{Case, Deed, Effect, Matter, Model, Step, Turn, Who};
use super::world::{Firm, World, complete_form, text};
use crate::both;
use crate::support::{Reply, TestUser};

const FIRMS: usize = 3;
/// So many at least, and more until every state was come to.
const WALKS: usize = 12;
const WALKS_MAX: usize = 60;
const TURNS: usize = 120;

/// What the round asks for, and for each turn how it is chosen and which.
#[derive(Debug, Clone)]
struct Plan {
    experts: bool,
    sites: bool,
    quota: Option<usize>,
    turns: Vec<(u8, prop::sample::Index)>,
}

fn plans() -> impl Strategy<Value = Plan> {
    let turns = proptest::collection::vec((0..100_u8, any::<prop::sample::Index>()), TURNS);
    (any::<bool>(), any::<bool>(), proptest::option::of(1..3_usize), turns)
        .prop_map(|(experts, sites, quota, turns)| Plan { experts, sites, quota, turns })
}

struct Walk<'a> {
    world: World<'a>,
    round: String,
    firms: Vec<Firm>,
    /// The application each firm has now.
    ids: Vec<String>,
    cousin: TestUser,
    expert: TestUser,
    decisions: BTreeMap<(usize, Matter), String>,
}

impl<'a> Walk<'a> {
    async fn begin(district: &World<'a>, plan: &Plan, firms: Vec<Firm>) -> Walk<'a> {
        let world = district.with_new_staff().await;
        let app = world.app;
        let mut settings = json!({
            "closes_at": app.now() + Duration::hours(30), "grace_seconds": 0, "expert_review": plan.experts, "site_check": plan.sites,
        });
        if let Some(quota) = plan.quota {
            settings["quotas"] = json!({"ecosystem": quota});
        }
        let round = world.round(settings).await;
        let cousin = app.user(&[Role::Officer]).await;
        world.join(&firms[0].id, &cousin, "member").await;
        let expert = app.user(&[Role::Expert]).await;
        let mut ids = Vec::new();
        for firm in &firms {
            ids.push(world.draft(&round, firm).await);
        }
        Walk { world, round, firms, ids, cousin, expert, decisions: BTreeMap::new() }
    }

    fn person(&self, who: Who, n: usize) -> &TestUser {
        match who {
            Who::Owner => &self.firms[n].owner,
            Who::Stranger => &self.firms[(n + 1) % FIRMS].owner,
            Who::Officer => &self.world.officer,
            Who::Cousin => &self.cousin,
            Who::Approver => &self.world.approver,
            Who::Expert => &self.expert,
        }
    }

    async fn take(&mut self, turn: Turn, model: &mut Model) -> u16 {
        match turn {
            Turn::Case(n, who, deed) => self.case(n, who, deed, model).await,
            Turn::Effect(n, effect) => self.effect(n, effect).await,
            Turn::Round(who, step) => self.step(who, step).await.status,
            Turn::Lapse => {
                let lapsed = self.world.app.app.door.system("test", overdue::reject_overdue_returns).await;
                lapsed.map_or_else(|e| e.code.status(), |_| 200)
            }
            Turn::Wait => {
                self.world.app.advance(Duration::hours(12));
                200
            }
        }
    }

    async fn case(&mut self, n: usize, who: Who, deed: Deed, model: &mut Model) -> u16 {
        let reason = json!({"reason": "经研究"});
        let path = format!("/applications/{}", self.ids[n]);
        let reply = {
            let person = self.person(who, n);
            let post = |noun: &str, body: Value| {
                let path = format!("{path}/{noun}");
                async move { person.post(&path, body).await }
            };
            match deed {
                Deed::Apply => {
                    let body = json!({"round_id": self.round, "enterprise_id": self.firms[n].id, "tier": "ecosystem"});
                    person.post("/applications", body).await
                }
                Deed::Submit => post("submission", json!({})).await,
                Deed::Withdraw => post("withdrawal", reason).await,
                Deed::Accept => post("acceptance", json!({})).await,
                Deed::Return => {
                    post("return", json!({"items": [{"section": "contact", "remark": "电话打不通"}]})).await
                }
                Deed::Reject => post("rejection", reason).await,
                Deed::Ask(Matter::Propose) => post("proposal", reason).await,
                Deed::Ask(Matter::PassOver) => post("non-selection", reason).await,
                Deed::Ask(Matter::Void) => post("voiding", reason).await,
                Deed::Approve(matter) => {
                    person.post(&format!("/decisions/{}/approval", self.decision(n, matter)), json!({})).await
                }
                Deed::Refuse(matter) => {
                    person.post(&format!("/decisions/{}/refusal", self.decision(n, matter)), reason).await
                }
            }
        };
        self.note(n, deed, &reply, model).await;
        reply.status
    }

    fn decision(&self, n: usize, matter: Matter) -> &str {
        self.decisions.get(&(n, matter)).map_or("none", String::as_str)
    }

    /// What later turns need to know of an answer.
    async fn note(&mut self, n: usize, deed: Deed, reply: &Reply, model: &mut Model) {
        if reply.status >= 300 {
            return;
        }
        match deed {
            Deed::Apply => {
                self.ids[n] = text(&reply.body["id"]);
                self.decisions.retain(|(case, _), _| *case != n);
                let path = format!("/applications/{}", self.ids[n]);
                self.firms[n].owner.patch(&path, 1, complete_form()).await.expect(200);
            }
            Deed::Ask(matter) => {
                self.decisions.insert((n, matter), text(&reply.body["id"]));
            }
            // Which day that is, the calendar's own tests say.
            Deed::Return => {
                model.cases[n].due_on = reply.body["return_due_on"].as_str().map(|day| day.parse().unwrap())
            }
            _ => {}
        }
    }

    async fn effect(&self, n: usize, effect: Effect) -> u16 {
        let id = ApplicationId(self.ids[n].clone());
        let work = move |cx: &mut Cx| -> Result<(), AppError> {
            match effect {
                Effect::Score => rounds::score(cx, &id, Changes::default()),
                Effect::CheckSite => rounds::visited(cx, &id),
                Effect::Object => objections::objected(cx, &id),
                Effect::Uphold => objections::resolved(cx, &id, true),
                Effect::Dismiss => objections::resolved(cx, &id, false),
            }
        };
        self.world.app.app.door.system("test", work).await.map_or_else(|e| e.code.status(), |()| 200)
    }

    async fn step(&self, who: Who, step: Step) -> Reply {
        let today = (self.world.app.now() + Duration::hours(8)).date_naive();
        let (noun, body) = match step {
            Step::Close => ("closing", json!({})),
            Step::ReviewFormally => ("formal-review", json!({})),
            Step::ReviewByExperts => ("expert-review", json!({})),
            Step::CheckSites => ("site-check", json!({})),
            Step::Deliberate => ("deliberation", json!({})),
            Step::Publicise => ("publicity", json!({"starts_on": today, "ends_on": today})),
            Step::Conclude => ("conclusion", json!({})),
            Step::Cancel => ("cancellation", json!({"reason": "政策调整"})),
        };
        self.person(who, 1).post(&format!("/rounds/{}/{noun}", self.round), body).await
    }

    /// The states of the firms' applications, as the office reads them.
    async fn states(&self) -> Vec<String> {
        let path = format!("/applications?round_id={}&limit=200", self.round);
        let page = self.world.officer.get(&path).await.expect(200);
        let all: BTreeMap<&str, &str> = page["items"]
            .as_array()
            .expect("a page")
            .iter()
            .map(|item| (item["id"].as_str().unwrap(), item["state"].as_str().unwrap()))
            .collect();
        self.ids.iter().map(|id| all[id.as_str()].to_owned()).collect()
    }
}

/// Mostly on towards an outcome, sometimes anything that should succeed, else anything at all.
fn chosen(model: &Model, (how, which): &(u8, prop::sample::Index)) -> Turn {
    let mut turns = Turn::all(FIRMS);
    if *how < 70 {
        turns.retain(|turn| model.clone().take(*turn) < 300 && (*how >= 60 || turn.leads_on()));
    }
    if turns.is_empty() { Turn::Wait } else { *which.get(&turns) }
}

both! {
    async fn the_application_machine_never_differs_from_its_model(app) {
        let district = World::new(app).await;
        let mut runner = TestRunner::new_with_rng(
            Config::default(),
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        let mut reached = BTreeMap::<&str, usize>::new();
        let states = || laoshan::applications::model::ApplicationState::ALL.iter().map(|state| state.as_str());
        for walk in 0..WALKS_MAX {
            if walk >= WALKS && states().all(|state| reached.contains_key(state)) {
                break;
            }
            let mut plan = plans().new_tree(&mut runner).expect("a plan").current();
            // Every third goes straight on: an outcome is many steps away.
            if walk % 3 == 2 {
                plan.turns.iter_mut().for_each(|(how, _)| *how %= 60);
            }
            let mut firms = Vec::new();
            for _ in 0..FIRMS {
                firms.push(district.firm().await);
            }
            let closes_at = app.now() + Duration::hours(30);
            let mut real = Walk::begin(&district, &plan, firms).await;
            let mut model = Model {
                now: app.now(), round: "open", closes_at, experts: plan.experts, sites: plan.sites, quota: plan.quota,
                publicity_ends_on: NaiveDate::MIN, cases: vec![Case::drafted(); FIRMS],
            };
            let mut told = Vec::new();
            for choice in &plan.turns {
                let turn = chosen(&model, choice);
                told.push(turn);
                let mut after = model.clone();
                let expected = after.take(turn);
                let status = real.take(turn, &mut after).await;
                let story = || format!("walk {walk}, {plan:?}: {told:#?}");
                assert_eq!(status, expected, "{turn:?} on {model:?} in {}", story());
                let states: Vec<&str> = after.cases.iter().map(|case| case.state).collect();
                assert_eq!(real.states().await, states, "after {turn:?} on {model:?} in {}", story());
                let moved = model.cases.iter().zip(&after.cases).filter(|(was, is)| was.state != is.state);
                moved.for_each(|(_, is)| *reached.entry(is.state).or_default() += 1);
                model = after;
            }
        }
        // A walk that never gets anywhere proves nothing.
        for state in states() {
            assert!(reached.contains_key(state), "no walk came to {state}: {reached:?}");
        }
    }
}
