use laoshan::platform::policy::Role;
use laoshan::reviews::model::DrawId;
use laoshan::reviews::service::replay::replay_draw;
use serde_json::json;

use super::stage::{POOL, expert, put_at, stage, text};
use crate::both;

both! {
    async fn an_officer_keeps_the_pool(app) {
        let officer = app.user(&[Role::Officer]).await;
        let person = app.user(&[Role::Expert]).await;
        let body = json!({
            "user_id": person.id, "kind": "technical", "employer": " 中国海洋大学 ", "fields": ["太赫兹", "太赫兹 "],
            "unavailable": [{ "from": "2026-03-10", "to": "2026-03-12" }],
            "past_service": [{ "organisation": "Enterprise 1", "until": "2025-01-01" }],
        });
        let made = officer.post("/experts", body.clone()).await.expect(201);
        assert_eq!((&made["employer"], &made["fields"], &made["load_cap"]), (&json!("中国海洋大学"), &json!(["太赫兹"]), &json!(20)));
        officer.post("/experts", body.clone()).await.refused(409, "already_exists");
        // An officer knows people by their address.
        let second = app.user(&[Role::Expert]).await;
        let mut by_mail = body.clone();
        by_mail["email"] = json!("nobody@test.example");
        officer.post("/experts", by_mail.clone()).await.faults(&[("/email", "not_allowed")]);
        by_mail.as_object_mut().unwrap().remove("user_id");
        officer.post("/experts", by_mail.clone()).await.faults(&[("/email", "not_existing")]);
        by_mail["email"] = json!(format!(" {}", second.email.to_uppercase()));
        assert_eq!(officer.post("/experts", by_mail).await.expect(201)["user_id"], json!(second.id));
        let nameless = json!({ "kind": "finance", "employer": "中国海洋大学" });
        officer.post("/experts", nameless).await.faults(&[("/email", "required")]);

        let path = format!("/experts/{}", text(&made["id"]));
        officer.patch(&path, 7, json!({ "load_cap": 3 })).await.refused(412, "stale_version");
        let retired = officer.patch(&path, 1, json!({ "state": "retired", "load_cap": 3 })).await.expect(200);
        assert_eq!((&retired["state"], &retired["load_cap"], &retired["version"]), (&json!("retired"), &json!(3), &json!(2)));
        let page = officer.get("/experts?state=retired&count=true").await.expect(200);
        assert_eq!((&page["total"], &page["items"][0]["id"]), (&json!(1), &made["id"]));
        assert_eq!(officer.get("/experts?kind=finance").await.expect(200)["items"], json!([]));
        app.user(&[Role::Expert]).await.get("/experts").await.refused(403, "forbidden");
    }

    async fn every_fault_of_an_expert_is_named_at_once(app) {
        let officer = app.user(&[Role::Officer]).await;
        let stranger = app.user(&[Role::Applicant]).await;
        let body = json!({
            "user_id": stranger.id, "kind": "finance", "employer": "x", "employer_code": "123", "fields": [""], "load_cap": 0,
            "unavailable": [{ "from": "2026-03-12", "to": "2026-03-10" }], "past_service": [{ "organisation": "" }],
        });
        officer.post("/experts", body).await.faults(&[
            ("/user_id", "not_existing"), ("/employer", "too_short"), ("/employer_code", "check_digit"),
            ("/fields/0", "required"), ("/load_cap", "out_of_range"), ("/unavailable/0/to", "date_order"),
            ("/past_service/0/organisation", "required"),
        ]);
        officer.post("/experts", json!({ "kind": "wizard" })).await.refused(400, "malformed_json");
    }

    async fn a_list_of_experts_costs_the_same_statements_for_one_and_for_three(app) {
        let officer = app.user(&[Role::Officer]).await;
        expert(app, &officer, "finance", "First house").await;
        let one = app.statements(officer.get("/experts")).await;
        for house in ["Second house", "Third house"] {
            expert(app, &officer, "finance", house).await;
        }
        assert_eq!(app.statements(officer.get("/experts")).await, one);
    }

    async fn a_drawn_panel_keeps_its_rules_and_is_replayed_from_what_was_stored(app) {
        let stage = stage(app, 2, POOL).await;
        let panel = stage.draw().await;
        let (sitting, waiting) = stage.seated(&panel);
        assert_eq!((sitting.len(), waiting.len(), &panel["alternates_missing"]), (5, 2, &json!(0)));
        let kinds = |kind: &str| panel["seats"].as_array().unwrap()[..5].iter().filter(|s| s["kind"] == kind).count();
        assert!(kinds("technical") >= 3 && kinds("finance") >= 1);
        assert_eq!(panel["application_ids"].as_array().unwrap().len(), 2);
        assert_eq!(stage.officer.get(&format!("/panels/{}", text(&panel["id"]))).await.expect(200), panel);

        let draw = stage.officer.get(&format!("/draws/{}", text(&panel["draw_id"]))).await.expect(200);
        assert_eq!((draw["seed"].as_str().unwrap().len(), &draw["procedure"], &draw["tasks"]), (64, &json!("sha256-strata-1"), &json!(2)));
        assert_eq!(draw["candidates"].as_array().unwrap().len(), 10);
        assert_eq!(draw["drawn_by"]["id"], json!(stage.officer.id));
        assert!(draw["drawn_by"]["name"].as_str().unwrap().starts_with("Person "), "{draw}");
        let called: Vec<_> = draw["experts"].as_array().unwrap().iter().map(|expert| text(&expert["name"])).collect();
        assert!(called.len() == 10 && called.is_sorted() && called[0].starts_with("Person "), "{called:?}");
        let id = DrawId(text(&draw["id"]));
        let replayed = app.app.door.peek("test", move |cx| replay_draw(cx, &id)).await.unwrap();
        assert!(replayed.same && replayed.replayed == Some(replayed.stored));

        // Every member has both applications to review, nobody else has any.
        assert_eq!(stage.officer.get("/reviews?count=true").await.expect(200)["total"], 10);
        for expert in sitting {
            assert_eq!(expert.get("/reviews?count=true").await.expect(200)["total"], 2);
        }
        assert_eq!(waiting[0].get("/reviews").await.expect(200)["items"], json!([]));

        // All have their panel now.
        let again = stage.officer.post(&format!("/rounds/{}/panels", stage.round), json!({})).await;
        again.faults(&[("/application_ids", "out_of_range")]);
        let draws = stage.officer.get(&format!("/draws?round_id={}", stage.round)).await.expect(200);
        assert_eq!(draws["items"].as_array().unwrap().len(), 1);
    }

    async fn a_panel_is_drawn_again_only_after_a_second_person_agreed(app) {
        let stage = stage(app, 1, &[("technical", 10), ("finance", 3), ("industry", 3)]).await;
        let panel = stage.draw().await;
        let (old, expert) = (text(&panel["id"]), stage.seated(&panel).0[0]);
        let redraw = format!("/panels/{old}/redraw");
        stage.officer.post(&redraw, json!({ "reason": "" })).await.faults(&[("/reason", "required")]);
        let decision = stage.officer.post(&redraw, json!({ "reason": "a member was bribed" })).await.expect(201);
        assert_eq!((&decision["action"], &decision["state"]), (&json!("panel.redraw"), &json!("pending")));
        stage.officer.post(&redraw, json!({ "reason": "again" })).await.refused(409, "decision_pending");
        let fresh = format!("/rounds/{}/panels", stage.round);
        stage.officer.post(&fresh, json!({})).await.faults(&[("/application_ids", "out_of_range")]);

        let approver = app.user(&[Role::Approver]).await;
        approver.post(&format!("/decisions/{}/approval", text(&decision["id"])), json!({})).await.expect(200);
        assert_eq!(stage.officer.get(&format!("/panels/{old}")).await.expect(200)["state"], "replaced");
        assert_eq!(expert.get("/reviews").await.expect(200)["items"], json!([]));
        let new = stage.draw().await;
        let draw = stage.officer.get(&format!("/draws/{}", text(&new["draw_id"]))).await.expect(200);
        assert_eq!((&draw["replaces"], &draw["decision_id"]), (&panel["draw_id"], &decision["id"]));
        assert_eq!(stage.officer.get("/draws").await.expect(200)["items"].as_array().unwrap().len(), 2);
        stage.officer.post(&redraw, json!({ "reason": "too late" })).await.refused(409, "invalid_transition");
    }

    async fn a_replay_shows_a_result_that_was_tampered_with(app) {
        use diesel::prelude::*;
        let stage = stage(app, 1, POOL).await;
        let id = text(&stage.draw().await["draw_id"]);
        let tampered = app.app.door.system("test", move |cx| {
            use laoshan::schema::draws;
            let result: String = draws::table.find(&id).select(draws::result).first(cx.conn)?;
            let mut result: serde_json::Value = serde_json::from_str(&result).unwrap();
            result["members"].as_array_mut().unwrap().swap(0, 1);
            diesel::update(draws::table.find(&id)).set(draws::result.eq(result.to_string())).execute(cx.conn)?;
            replay_draw(cx, &DrawId(id.clone()))
        }).await.unwrap();
        assert!(!tampered.same);
    }

    async fn a_draw_that_cannot_be_made_names_the_rule_and_leaves_nothing_behind(app) {
        let stage = stage(app, 1, &[("technical", 6), ("industry", 4)]).await;
        let path = format!("/rounds/{}/panels", stage.round);
        let refused = stage.officer.post(&path, json!({})).await.refused(409, "panel_infeasible");
        assert_eq!(refused["shortages"].as_array().unwrap().len(), 1);
        assert_eq!((&refused["shortages"][0]["rule"], &refused["shortages"][0]["needed"]), (&json!("finance"), &json!(1)));
        assert_eq!(refused["detail"], "1 finance experts are needed, 0 can be drawn");
        let fields = stage.officer.post(&path, json!({ "fields": ["terahertz"] })).await.refused(409, "panel_infeasible");
        assert_eq!(fields["shortages"][0]["rule"], "field_match");
        assert_eq!(stage.officer.get("/draws").await.expect(200)["items"], json!([]));
        assert_eq!(stage.officer.get("/reviews").await.expect(200)["items"], json!([]));
    }

    async fn a_panel_is_drawn_for_what_waits_in_the_round_only(app) {
        let stage = stage(app, 1, POOL).await;
        let path = format!("/rounds/{}/panels", stage.round);
        let (known, unknown) = (&stage.cases[0].0, "00000000-0000-7000-8000-000000000000");
        let body = json!({ "application_ids": [known, unknown, known] });
        stage.officer.post(&path, body).await.faults(&[("/application_ids/1", "not_existing"), ("/application_ids/2", "duplicate")]);
        let other_tier = json!({ "application_ids": [known], "tier": "leading" });
        stage.officer.post(&path, other_tier).await.faults(&[("/application_ids/0", "not_existing")]);
        stage.draw().await;
        let taken = json!({ "application_ids": [known] });
        stage.officer.post(&path, taken).await.faults(&[("/application_ids/0", "not_allowed")]);
        stage.officer.post(&format!("/rounds/{unknown}/panels"), json!({})).await.refused(404, "not_found");
    }

    async fn the_plan_is_fixed_by_the_first_draw_but_for_its_deadline(app) {
        let stage = stage(app, 1, POOL).await;
        let path = format!("/rounds/{}/review-plan", stage.round);
        let plan = stage.officer.get(&path).await.expect(200);
        assert_eq!((&plan["version"], &plan["method"], &plan["panel"]["size"]), (&json!(0), &json!("trimmed"), &json!(5)));
        let wrong = json!({ "panel": { "size": 4 }, "spread_limit": -1, "min_valid": 6 });
        put_at(&stage.officer, &path, 0, wrong).await.faults(&[
            ("/panel/size", "out_of_range"), ("/panel/size", "out_of_range"), ("/spread_limit", "out_of_range"),
            ("/min_valid", "out_of_range"),
        ]);
        stage.officer.put(&path, json!({})).await.refused(428, "precondition_required");
        stage.set_plan(json!({ "method": "median" })).await;
        stage.draw().await;
        put_at(&stage.officer, &path, 1, json!({ "method": "plain" })).await.refused(409, "invalid_transition");
        let later = put_at(&stage.officer, &path, 1, json!({ "method": "median", "due_at": "2026-04-01T00:00:00Z" })).await;
        assert_eq!(later.expect(200)["version"], 2);
    }

    async fn nobody_is_drawn_while_away_or_at_their_cap(app) {
        let stage = stage(app, 3, &[("technical", 4), ("finance", 1), ("industry", 1)]).await;
        stage.set_plan(json!({ "due_at": "2026-03-20T00:00:00Z" })).await;
        let (away, capped) = (&stage.experts[0].1, &stage.experts[1].1);
        stage.officer.patch(&format!("/experts/{away}"), 1, json!({ "unavailable": [{ "from": "2026-03-19", "to": "2026-03-25" }] })).await.expect(200);
        stage.officer.patch(&format!("/experts/{capped}"), 1, json!({ "load_cap": 2 })).await.expect(200);
        let path = format!("/rounds/{}/panels", stage.round);
        let refused = stage.officer.post(&path, json!({})).await.refused(409, "panel_infeasible");
        assert_eq!((&refused["unavailable"], &refused["at_load_cap"], &refused["shortages"][0]["found"]), (&json!(1), &json!(1), &json!(2)));
        // Two applications are within the cap.
        let two = json!({ "application_ids": [stage.cases[0].0, stage.cases[1].0] });
        let panel = stage.officer.post(&path, two).await.expect(201);
        assert!(panel["seats"].as_array().unwrap().iter().all(|seat| seat["expert_id"] != **away));
    }
}
