//! Plans: drafting, signing, changing.

use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use super::world::{allowed, content, member, path, unit, version, world};
use crate::both;

both! {
    async fn a_plan_belongs_to_one_recognised_member_and_year(app) {
        let w = world(app).await;
        w.officer
            .post("/support-plans", json!({}))
            .await
            .faults(&[("/membership_id", "required"), ("/year", "required")]);
        w.officer
            .post("/support-plans", json!({"membership_id": "nobody", "year": 2026, "officer_a": w.owner.id}))
            .await
            .faults(&[("/membership_id", "not_existing"), ("/officer_a", "not_allowed")]);
        let order = |year: i32| json!({"membership_id": w.membership, "year": year});
        w.officer.post("/support-plans", order(2029)).await.faults(&[("/year", "out_of_range")]);
        let plan = w.officer.post("/support-plans", order(2026)).await.expect(201);
        assert_eq!(
            (&plan["state"], &plan["tier"], &plan["track"], &plan["enterprise_id"], &plan["officer_a"]),
            (&json!("draft"), &json!("seed"), &json!("quantum"), &json!(w.enterprise), &json!(w.officer.id))
        );
        w.officer.post("/support-plans", order(2026)).await.refused(409, "already_exists");
        w.officer.post("/support-plans", order(2027)).await.expect(201);
        let firm = crate::support::seeds::enterprise(app, "储备企业").await;
        let keep = move |cx: &mut laoshan::platform::door::Cx| {
            use laoshan::library::model::Source;
            use laoshan::programme::model::Lane;
            laoshan::library::service::keep_candidate(cx, &firm, Lane::Ladder, Source::Import)
        };
        let candidate = app.app.door.system("test", keep).await.expect("kept").id;
        let order = json!({"membership_id": candidate, "year": 2026});
        w.officer.post("/support-plans", order).await.refused(409, "invalid_transition");
    }

    async fn wrong_values_are_all_named_and_nothing_is_written(app) {
        let w = world(app).await;
        let plan = w.draft().await;
        let closed = unit(app, &w.officer, "closed", "已撤销单位", &[]).await;
        w.officer.patch(&format!("/departments/{closed}"), 1, json!({"open": false})).await.expect(200);
        let mut wrong = content(&w.unit);
        wrong["goals"][0]["due_on"] = json!("2027-01-01");
        wrong["goals"][0]["indicator"] = json!("luck");
        wrong["measures"][0]["lead"] = json!(closed);
        wrong["measures"][0]["budget_line"] = json!("b9");
        wrong["budget"][0]["amount_fen"] = json!(0);
        w.officer.patch(&path(&plan, ""), version(&plan), wrong).await.faults(&[
            ("/goals/0/due_on", "outside_year"), ("/goals/0/indicator", "unknown_indicator"),
            ("/measures/0/lead", "closed_unit"), ("/measures/0/budget_line", "not_existing"),
            ("/budget/0/amount_fen", "out_of_range"),
        ]);
        w.officer.patch(&path(&plan, ""), version(&plan), json!({"goal": []})).await.refused(400, "malformed_json");
        assert_eq!(w.officer.get(&path(&plan, "")).await.expect(200), plan);
        w.officer.post(&path(&plan, "/consultation"), json!({})).await.faults(&[
            ("/diagnosis", "required"), ("/lead", "required"), ("/goals", "required"), ("/measures", "required"),
        ]);
    }

    async fn an_edit_needs_the_version_that_was_read_and_takes_signatures_back(app) {
        let w = world(app).await;
        let plan = w.written().await;
        w.officer.patch(&path(&plan, ""), 1, json!({"diagnosis": "旧"})).await.refused(412, "stale_version");
        let plan = w.officer.post(&path(&plan, "/consultation"), json!({})).await.expect(200);
        w.owner.post(&path(&plan, "/confirmation"), json!({})).await.refused(428, "precondition_required");
        let signed = w.owner.post_at(&path(&plan, "/confirmation"), version(&plan), json!({})).await.expect(200);
        w.owner
            .post_at(&path(&plan, "/confirmation"), version(&signed), json!({}))
            .await
            .refused(409, "own_side");
        let edited =
            w.officer.patch(&path(&plan, ""), version(&signed), json!({"diagnosis": "补充诊断"})).await.expect(200);
        assert_eq!((&edited["state"], &edited["signatures"]), (&json!("consulting"), &json!([])));
        // What was signed before the edit does not count, and nobody signs an older text.
        w.owner
            .post_at(&path(&plan, "/confirmation"), version(&signed), json!({}))
            .await
            .refused(412, "stale_version");
    }

    async fn a_refused_or_withdrawn_change_leaves_the_plan_as_it_is(app) {
        let w = world(app).await;
        let plan = w.executing().await;
        let ask = json!({"reason": "市场变化", "commitments": ["三年内不迁出", "新增就业 20 人"]});
        w.owner
            .post(&path(&plan, "/change-requests"), json!({"diagnosis": plan["content"]["diagnosis"]}))
            .await
            .faults(&[("/reason", "required"), ("", "required")]);
        let asked = w.owner.post(&path(&plan, "/change-requests"), ask.clone()).await.expect(200);
        assert_eq!(asked["content"], plan["content"]);
        w.officer.post(&path(&plan, "/change-requests"), ask.clone()).await.refused(409, "change_pending");
        w.owner
            .post(&path(&plan, "/change-requests/2/refusal"), json!({"answer": "不"}))
            .await
            .refused(409, "own_side");
        w.officer.post(&path(&plan, "/change-requests/2/refusal"), json!({})).await.faults(&[("/answer", "required")]);
        w.officer.post(&path(&plan, "/change-requests/9/refusal"), json!({"answer": "不"})).await.refused(404, "not_found");
        let answer = json!({"answer": "就业目标另行约定"});
        let after = w.officer.post(&path(&plan, "/change-requests/2/refusal"), answer).await.expect(200);
        assert_eq!((&after["content"], &after["revision"]), (&plan["content"], &json!(1)));
        let again = w.officer.post(&path(&plan, "/change-requests"), ask).await.expect(200);
        assert_eq!(again["open_request"], 3);
        w.owner.post(&path(&plan, "/change-requests/3/withdrawal"), json!({})).await.refused(409, "not_preparer");
        w.officer.post(&path(&plan, "/change-requests/3/withdrawal"), json!({})).await.expect(200);
        let revisions = w.owner.get(&path(&plan, "/revisions")).await.expect(200);
        let seen: Vec<_> = revisions["items"].as_array().unwrap().iter().map(|r| r["state"].clone()).collect();
        assert_eq!(seen, ["in_force", "refused", "withdrawn"]);
        assert_eq!(revisions["items"][1]["diff"], json!([{
            "pointer": "/commitments", "old": ["三年内注册地不迁出崂山区"], "new": ["三年内不迁出", "新增就业 20 人"],
        }]));
    }

    async fn a_measure_under_way_is_not_dropped_but_follows_a_change_of_date_and_unit(app) {
        let w = world(app).await;
        let plan = w.executing().await;
        let drop = json!({"reason": "取消措施", "measures": [{
            "key": "m9", "category": "FIN", "title": "贷款对接", "lead": w.unit, "due_on": "2026-09-30",
        }]});
        w.officer.post(&path(&plan, "/change-requests"), drop).await.faults(&[("/measures", "not_allowed")]);
        let other = app.user(&[Role::Department]).await;
        let second = unit(app, &w.officer, "zhumu", "住建局", &[&other]).await;
        let mut measures = plan["content"]["measures"].clone();
        measures[0]["lead"] = json!(second);
        measures[0]["due_on"] = json!("2026-08-31");
        let change = json!({"reason": "职责调整", "measures": measures});
        let asked = w.officer.post(&path(&plan, "/change-requests"), change).await.expect(200);
        let accept = path(&plan, "/change-requests/2/acceptance");
        w.owner.post_at(&accept, version(&asked), json!({})).await.expect(200);
        assert_eq!(w.clerk.get("/support-items").await.expect(200)["items"], json!([]));
        let item = other.get("/support-items").await.expect(200)["items"][0].clone();
        assert_eq!((&item["due_on"], &item["state"]), (&json!("2026-08-31"), &json!("assigned")));
        w.clerk.get(&path(&plan, "")).await.expect(200);
    }

    async fn an_officer_who_acts_for_the_enterprise_leaves_its_plan_to_others(app) {
        let w = world(app).await;
        let both = app.user(&[Role::Officer, Role::Applicant]).await;
        crate::support::seeds::owner(app, &both, &w.enterprise).await;
        let order = json!({"membership_id": w.membership, "year": 2026});
        // Officers find nothing of an enterprise they act for.
        both.post("/support-plans", order).await.faults(&[("/membership_id", "not_existing")]);
        let plan = w.written().await;
        both.patch(&path(&plan, ""), version(&plan), json!({"diagnosis": "自己写"}))
            .await
            .refused(409, "conflict_of_interest");
        let plan = w.officer.post(&path(&plan, "/consultation"), json!({})).await.expect(200);
        let plan = both.post_at(&path(&plan, "/confirmation"), version(&plan), json!({})).await.expect(200);
        assert_eq!(plan["signatures"][0]["side"], "enterprise");
    }

    async fn lists_are_filtered_paged_and_cost_the_same_for_one_row_and_for_three(app) {
        let w = world(app).await;
        w.draft().await;
        let one = app.statements(w.officer.get("/support-plans")).await;
        for name in ["甲公司", "乙公司"] {
            let (_, membership) = member(app, name, Tier::Leading).await;
            let order = json!({"membership_id": membership, "year": 2027});
            w.officer.post("/support-plans", order).await.expect(201);
        }
        assert_eq!(app.statements(w.officer.get("/support-plans")).await, one);
        for (filter, rows) in [
            ("year=2027", 2), ("tier=seed", 1), ("state=draft", 3), ("state=closed", 0),
            (&*format!("enterprise_id={}", w.enterprise), 1),
        ] {
            let page = w.officer.get(&format!("/support-plans?count=true&{filter}")).await.expect(200);
            assert_eq!(page["total"], rows, "{filter}");
        }
        let page = w.officer.get("/support-plans?limit=2").await.expect(200);
        let rest = format!("/support-plans?cursor={}", page["next"].as_str().unwrap());
        assert_eq!(w.officer.get(&rest).await.expect(200)["items"].as_array().map(Vec::len), Some(1));
    }

    async fn actions_tell_each_side_what_it_may_do_now(app) {
        let w = world(app).await;
        let plan = w.written().await;
        let plan = w.officer.post(&path(&plan, "/consultation"), json!({})).await.expect(200);
        assert_eq!(allowed(&plan), ["support_plan.update", "support_plan.confirm"]);
        let seen = w.owner.get(&path(&plan, "")).await.expect(200);
        assert_eq!(allowed(&seen), ["support_plan.send_back", "support_plan.confirm"]);
        assert_eq!(seen["actions"].as_array().map(Vec::len), Some(3), "{}", seen["actions"]);
        assert_eq!(seen["mid_review"], Value::Null);
    }

    async fn five_evaluated_plans_of_tier_and_track_speak_and_four_are_silent(app) {
        let w = world(app).await;
        let similar = async |plan: &Value| {
            let seen = w.officer.get(&path(plan, "/proposal")).await.expect(200);
            let lines = seen["measures"].as_array().unwrap().iter().filter(|m| m["origin"]["kind"] == "similar");
            (seen["similar_plans"].clone(), lines.cloned().collect::<Vec<_>>())
        };
        let plan = w.draft().await;
        for (n, name) in ["一号", "二号", "三号", "四号", "五号"].into_iter().enumerate() {
            assert_eq!(similar(&plan).await, (json!(n), vec![]));
            let (firm, membership) = member(app, name, Tier::Seed).await;
            let person = app.user(&[Role::Applicant]).await;
            crate::support::seeds::owner(app, &person, &firm).await;
            let order = json!({"membership_id": membership, "year": 2026});
            let other = w.officer.post("/support-plans", order).await.expect(201);
            let mut text = content(&w.unit);
            text["goals"][0]["due_on"] = json!("2026-03-02");
            let other = w.officer.patch(&path(&other, ""), version(&other), text).await.expect(200);
            let other = w.officer.post(&path(&other, "/consultation"), json!({})).await.expect(200);
            for side in [&person, &w.officer] {
                let read = side.get(&path(&other, "")).await.expect(200);
                side.post_at(&path(&other, "/confirmation"), version(&read), json!({})).await.expect(200);
            }
            w.officer.post(&path(&other, "/execution"), json!({})).await.expect(200);
            let revenue = json!({"revenue": if n < 3 { 150_000_000 } else { 1 }});
            w.officer.put(&format!("/enterprises/{firm}/metrics/2026"), revenue).await.expect(200);
            let score = json!({"score": 80, "summary": "完成"});
            w.officer.post(&path(&other, "/evaluation"), score).await.expect(200);
        }
        assert_eq!(similar(&plan).await, (json!(5), vec![json!({
            "category": "LAND", "title": "space and parks", "origin": {
                "kind": "similar", "reference": "LAND",
                "text": "of 5 similar plans 3 reached all their goals; 3 of those had a measure of this kind",
            },
        })]));
    }

    async fn a_proposal_says_where_each_line_comes_from_and_writes_nothing(app) {
        let w = world(app).await;
        w.raised().await;
        let plan = w.draft().await;
        let seen = w.officer.get(&path(&plan, "/proposal")).await.expect(200);
        assert_eq!((&seen["next_tier"], &seen["similar_plans"]), (&json!("future_star"), &json!(0)));
        let measures = seen["measures"].as_array().unwrap();
        assert!(measures.iter().any(|m| m["origin"]["kind"] == "gap"), "{seen}");
        let asked: Vec<_> = measures.iter().filter(|m| m["origin"]["kind"] == "request").cloned().collect();
        let item = w.officer.get("/support-items").await.expect(200)["items"][0]["id"].clone();
        assert_eq!(asked, [json!({"category": "COM", "title": "环评手续办理缓慢", "origin": {
            "kind": "request", "text": "open request of the enterprise: 环评手续办理缓慢", "reference": item,
        }})]);
        assert!(measures.iter().all(|m| m["origin"]["kind"] != "similar"), "silent below five");
        assert_eq!(w.officer.get(&path(&plan, "")).await.expect(200), plan);
        // A line that a person takes over keeps its origin.
        let mut goals = content(&w.unit)["goals"].clone();
        goals[0]["origin"] = json!({"kind": "gap", "text": "距未来之星的差距", "reference": "fs_revenue"});
        let kept = w.officer.patch(&path(&plan, ""), version(&plan), json!({"goals": goals})).await.expect(200);
        assert_eq!(kept["content"]["goals"], goals);
    }
}
