//! Members are looked at again, by cause or by lot, and a second person decides what comes of it.

use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use super::{decided, recognised, round};
use crate::both;
use crate::support::seeds::{enterprise, events, owner, trail};
use crate::support::{TestApp, TestUser};

async fn opened(officer: &TestUser, membership: &str, cause: &str) -> String {
    let view = officer.post("/rechecks", json!({"membership_id": membership, "cause": cause})).await.expect(201);
    view["id"].as_str().expect("an id").to_owned()
}

/// The state of a membership and the newest one of its enterprise.
async fn states(officer: &TestUser, firm: &impl std::fmt::Display) -> Vec<(Value, Value)> {
    let list = officer.get(&format!("/memberships?enterprise_id={firm}")).await.expect(200);
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| (item["tier"].clone(), item["state"].clone())).collect()
}

async fn conclude(app: &TestApp, officer: &TestUser, recheck: &str, outcome: Value) {
    let mut body = json!({"reason": "经核查", "basis": "管理办法第十八条"});
    body.as_object_mut().expect("an object").extend(outcome.as_object().expect("an object").clone());
    decided(app, officer, &format!("/rechecks/{recheck}/conclusion"), body).await;
}

both! {
    async fn a_recheck_freezes_figures_and_evaluation_and_holds_the_member(app) {
        let (round, firm) = (round(app).await, enterprise(app, "崂山太赫兹有限公司").await);
        let member = recognised(app, &round, &firm, Tier::Seed).await.id.to_string();
        let officer = app.user(&[Role::Officer]).await;
        let year = json!({"revenue": 900_000_000, "rd_expense": 81_000_000});
        officer.put(&format!("/enterprises/{firm}/metrics/2025"), year).await.expect(200);
        officer.post("/rechecks", json!({})).await.faults(&[("/membership_id", "required"), ("/cause", "required")]);
        let by_lot = json!({"membership_id": member, "cause": "draw"});
        officer.post("/rechecks", by_lot).await.faults(&[("/cause", "not_allowed")]);
        let offered = |view: &Value| {
            let actions = view["actions"].as_array().expect("actions").iter();
            actions.filter(|one| one["action"] == "recheck.create").map(|one| one["allowed"].clone()).collect::<Vec<_>>()
        };
        let path = format!("/memberships/{member}");
        assert_eq!(offered(&officer.get(&path).await.expect(200)), [json!(true)]);
        let recheck = opened(&officer, &member, "revenue_drop").await;
        assert_eq!(offered(&officer.get(&path).await.expect(200)), [json!(false)]);
        let view = officer.get(&format!("/rechecks/{recheck}")).await.expect(200);
        assert_eq!(
            (&view["state"], &view["evaluation"]["tier"], &view["next_evaluation"]["tier"], &view["as_of"]),
            (&json!("open"), &json!("seed"), &json!("future_star"), &json!("2026-03-02"))
        );
        let revenue = |view: &Value| view["figures"]["years"]["2025"]["revenue"]["value"].clone();
        officer.put(&format!("/enterprises/{firm}/metrics/2025"), json!({"revenue": 1})).await.expect(200);
        assert_eq!(revenue(&officer.get(&format!("/rechecks/{recheck}")).await.expect(200)), json!(900_000_000));
        let again = json!({"membership_id": member, "cause": "expiry"});
        officer.post("/rechecks", again).await.refused(409, "invalid_transition");
        let exit = json!({"reason": "x", "basis": "y"});
        officer.post(&format!("/memberships/{member}/exit"), exit).await.refused(409, "invalid_transition");
        let certificate = app.anonymous().get("/public/certificates/LS-WLZX-2026-0001").await.expect(200);
        assert_eq!((&certificate["state"], &certificate["valid"]), (&json!("re_review"), &json!(true)));
    }

    async fn each_outcome_leads_where_it_says(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let row = |tier: &str, state: &str| (json!(tier), json!(state));
        for (name, tier, outcome, expected) in [
            ("一", Tier::Seed, json!({"outcome": "keep"}), vec![row("seed", "active")]),
            ("二", Tier::Seed, json!({"outcome": "promote"}), vec![row("future_star", "active"), row("seed", "promoted")]),
            ("三", Tier::Leading, json!({"outcome": "demote"}), vec![row("future_star", "active"), row("leading", "demoted")]),
            ("四", Tier::Leading, json!({"outcome": "demote", "tier": "seed"}), vec![row("seed", "active"), row("leading", "demoted")]),
            ("五", Tier::Seed, json!({"outcome": "watch"}), vec![row("seed", "watch")]),
            ("六", Tier::Seed, json!({"outcome": "exit"}), vec![row("seed", "exited")]),
            ("七", Tier::Ecosystem, json!({"outcome": "revoke"}), vec![row("ecosystem", "revoked")]),
        ] {
            let firm = enterprise(app, name).await;
            let member = recognised(app, &round, &firm, tier).await;
            let recheck = opened(&officer, member.id.as_str(), "other").await;
            conclude(app, &officer, &recheck, outcome.clone()).await;
            assert_eq!(states(&officer, &firm).await, expected, "{outcome}");
            let view = officer.get(&format!("/rechecks/{recheck}")).await.expect(200);
            assert_eq!((&view["state"], &view["outcome"]), (&json!("concluded"), &outcome["outcome"]), "{outcome}");
            assert_eq!(view["basis"], "管理办法第十八条");
        }
    }

    async fn keeping_a_tier_whose_term_ends_soon_begins_a_new_one(app) {
        let (round, firm) = (round(app).await, enterprise(app, "海洋电子有限公司").await);
        let old = recognised(app, &round, &firm, Tier::Seed).await;
        app.advance_to("2028-12-01T01:00:00Z");
        let officer = app.user(&[Role::Officer]).await;
        let recheck = opened(&officer, old.id.as_str(), "expiry").await;
        conclude(app, &officer, &recheck, json!({"outcome": "keep"})).await;
        let row = |tier: &str, state: &str| (json!(tier), json!(state));
        assert_eq!(states(&officer, &firm).await, [row("seed", "active"), row("seed", "expired")]);
        let renewed = app.anonymous().get("/public/certificates/LS-WLZX-2028-0001").await.expect(200);
        assert_eq!((&renewed["valid_from"], &renewed["valid_to"]), (&json!("2028-12-01"), &json!("2030-11-30")));
        assert_eq!(trail(app, "membership", old.id.as_str()).await, events(&[
            ("membership.recognise", "", "active", ""),
            ("membership.re_review", "active", "re_review", ""),
            ("membership.expire", "re_review", "expired", &format!("rechecked:{recheck}")),
        ]));
        assert_eq!(trail(app, "recheck", &recheck).await, events(&[
            ("recheck.create", "", "open", ""),
            ("recheck.conclude", "open", "concluded", "经核查"),
        ]));
    }

    async fn an_outcome_that_cannot_be_is_named_and_nobody_concludes_alone(app) {
        let (round, firm) = (round(app).await, enterprise(app, "量子公司").await);
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        let both = app.user(&[Role::Officer, Role::Approver]).await;
        let recheck = opened(&both, member.id.as_str(), "other").await;
        let path = format!("/rechecks/{recheck}/conclusion");
        both.post(&path, json!({})).await.faults(&[("/reason", "required"), ("/basis", "required"), ("/outcome", "required")]);
        let with = |outcome: Value| {
            let mut body = json!({"reason": "r", "basis": "b"});
            body.as_object_mut().expect("an object").extend(outcome.as_object().expect("an object").clone());
            body
        };
        both.post(&path, with(json!({"outcome": "demote"}))).await.faults(&[("/outcome", "not_allowed")]);
        both.post(&path, with(json!({"outcome": "keep", "tier": "leading"}))).await.expect(201);
        let pending = both.get("/decisions?state=pending").await.expect(200);
        let id = pending["items"][0]["id"].as_str().expect("an id").to_owned();
        both.post(&format!("/decisions/{id}/approval"), json!({})).await.refused(409, "two_person_rule");
        let insider = app.user(&[Role::Approver]).await;
        owner(app, &insider, &firm).await;
        insider.post(&format!("/decisions/{id}/approval"), json!({})).await.refused(404, "not_found");
        assert_eq!(both.get(&format!("/rechecks/{recheck}")).await.expect(200)["state"], "open");
    }

    async fn a_draw_takes_its_share_rounded_up_and_can_be_drawn_again(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        officer.post("/recheck-draws", json!({"share_ppm": 0})).await.faults(&[("/share_ppm", "out_of_range")]);
        officer.post("/recheck-draws", json!({"share_ppm": 1})).await.refused(409, "invalid_transition");
        for name in ["一", "二", "三", "四", "五"] {
            recognised(app, &round, &enterprise(app, name).await, Tier::Seed).await;
        }
        let own = enterprise(app, "自家").await;
        recognised(app, &round, &own, Tier::Seed).await;
        owner(app, &officer, &own).await;
        recognised(app, &round, &enterprise(app, "别的级别").await, Tier::Leading).await;
        let draw = officer.post("/recheck-draws", json!({"share_ppm": 210_000, "tiers": ["seed"]})).await.expect(201);
        let count = |what: &str| draw[what].as_array().expect("a list").len();
        assert_eq!((count("candidates"), count("drawn"), &draw["replayed"]), (5, 2, &json!(true)));
        for id in draw["drawn"].as_array().expect("a list") {
            let member = officer.get(&format!("/memberships/{}", id.as_str().expect("an id"))).await.expect(200);
            assert_eq!(member["state"], "re_review");
        }
        let open = officer.get("/rechecks?state=open&count=true").await.expect(200);
        assert_eq!((&open["total"], &open["items"][0]["cause"]), (&json!(2), &json!("draw")));
        let id = draw["id"].as_str().expect("an id");
        assert_eq!(officer.get(&format!("/rechecks?draw_id={id}&count=true")).await.expect(200)["total"], 2);
        assert_eq!(officer.get("/rechecks?draw_id=none&count=true").await.expect(200)["total"], 0);
        assert_eq!(officer.get(&format!("/recheck-draws/{id}")).await.expect(200), draw);
        assert_eq!(officer.get("/recheck-draws").await.expect(200)["items"][0], draw);
        let second = officer.post("/recheck-draws", json!({"share_ppm": 1_000_000})).await.expect(201);
        assert_eq!(second["candidates"].as_array().expect("a list").len(), 4, "who is in re-review is none");
    }

    async fn applicants_see_the_rechecks_of_their_own_enterprises(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let (own, other) = (enterprise(app, "自己的").await, enterprise(app, "别人的").await);
        let mut ids = Vec::new();
        for firm in [&own, &other] {
            let member = recognised(app, &round, firm, Tier::Seed).await;
            ids.push(opened(&officer, member.id.as_str(), "other").await);
        }
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &own).await;
        assert_eq!(applicant.get("/rechecks?count=true").await.expect(200)["total"], 1);
        applicant.get(&format!("/rechecks/{}", ids[0])).await.expect(200);
        applicant.get(&format!("/rechecks/{}", ids[1])).await.refused(404, "not_found");
    }
}
