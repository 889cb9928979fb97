//! What an expert sees of a case and of the others: blind review, computed parts, visibility.

use laoshan::programme::laoshan_2026;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use super::stage::{POOL, put_at, sheet, stage, stage_judged_by, task, text};
use crate::both;

both! {
    async fn a_blind_reviewer_reads_only_what_was_released(app) {
        let stage = stage(app, 2, POOL).await;
        stage.set_plan(json!({ "blind": true })).await;
        let panel = stage.draw().await;
        let me = stage.seated(&panel).0[0];
        let listed = me.get("/reviews").await.expect(200);
        assert_eq!((&listed["items"][0]["enterprise"], &listed["items"][1]["enterprise"]), (&Value::Null, &Value::Null));
        let path = format!("/reviews/{}", task(me).await);
        let unread = me.get(&path).await.expect(200);
        assert_eq!((&unread["enterprise"], &unread["enterprise_id"], &unread["material"]), (&Value::Null, &Value::Null, &Value::Null));
        let names: Vec<_> = unread["applicants"].as_array().unwrap().iter().map(|a| text(&a["name"])).collect();
        assert_eq!(names, ["Enterprise 1", "Enterprise 2"]);
        me.post(&format!("{path}/declaration"), json!({ "conflict": false })).await.expect(200);
        let read = me.get(&path).await.expect(200);
        assert_eq!((&read["material"]["form"], &read["material"]["withheld"]), (&json!({ "summary": null }), &json!(["/form/summary"])));
        assert_eq!(read["applicants"], Value::Null);
        let leaf = &read["material"]["evaluation"]["leaves"][0];
        assert!(leaf["text"].is_string() && leaf["used"] == Value::Null, "explained in the reader's language: {leaf}");
        assert!(!read.to_string().contains("Enterprise") && !read.to_string().contains("chips"), "{read}");

        let case = text(&unread["application_id"]);
        let n = stage.cases.iter().position(|(id, _)| *id == case).unwrap() + 1;
        let redaction = format!("/applications/{case}/redaction");
        let shown = stage.officer.get(&redaction).await.expect(200);
        assert_eq!(shown["texts"], json!([{ "pointer": "/form/summary", "original": "we make chips", "released": null }]));
        assert_eq!((&shown["complete"], &shown["version"]), (&json!(false), &json!(0)));
        let naming = json!({ "texts": { "/form/summary": format!("ENTERPRISE{n} makes chips"), "/form/colour": "x" } });
        stage.officer.patch(&redaction, 0, naming).await.faults(&[
            ("/texts/~1form~1summary", "not_allowed"), ("/texts/~1form~1colour", "not_existing"),
        ]);
        // An empty release is empty; it does not fall back to the original.
        stage.officer.patch(&redaction, 0, json!({ "texts": { "/form/summary": "" } })).await.expect(200);
        assert_eq!(me.get(&path).await.expect(200)["material"]["form"]["summary"], "");
        stage.officer.patch(&redaction, 0, json!({ "texts": {} })).await.refused(412, "stale_version");
        let released = stage.officer.patch(&redaction, 1, json!({ "texts": { "/form/summary": "they make things" } })).await.expect(200);
        assert_eq!((&released["complete"], &released["version"]), (&json!(true), &json!(2)));
        let read = me.get(&path).await.expect(200);
        assert_eq!((&read["material"]["form"]["summary"], &read["material"].get("withheld")), (&json!("they make things"), &None));
        stage.officer.patch(&redaction, 2, json!({ "texts": { "/form/summary": null } })).await.expect(200);
        assert_eq!(me.get(&path).await.expect(200)["material"]["form"]["summary"], Value::Null);
        me.get(&redaction).await.refused(403, "forbidden");
        // Staff know whose case it is.
        assert_eq!(stage.officer.get(&path).await.expect(200)["enterprise"], json!(format!("Enterprise {n}")));
    }

    async fn a_blind_reviewer_says_whom_they_are_tied_to(app) {
        let stage = stage(app, 2, POOL).await;
        stage.set_plan(json!({ "blind": true })).await;
        let panel = stage.draw().await;
        let me = stage.seated(&panel).0[0];
        let declaration = format!("/reviews/{}/declaration", task(me).await);
        let tied = |to: Value| json!({ "conflict": true, "reason": "my sister's firm", "enterprise_id": to });
        me.post(&declaration, tied(Value::Null)).await.faults(&[("/enterprise_id", "required")]);
        me.post(&declaration, tied(json!("nobody"))).await.faults(&[("/enterprise_id", "not_existing")]);
        me.post(&declaration, tied(json!(stage.cases[0].1))).await.expect(200);
        let left = me.get("/reviews?count=true").await.expect(200);
        assert_eq!((&left["total"], &left["items"][0]["application_id"]), (&json!(1), &json!(stage.cases[1].0)));
        let path = format!("/reviews?application_id={}&state=abstained&count=true", stage.cases[0].0);
        assert_eq!(stage.officer.get(&path).await.expect(200)["total"], 1);
        let noted = stage.officer.get(&format!("/conflicts?user_id={}", me.id)).await.expect(200);
        assert_eq!(noted["items"][0]["enterprise_id"], json!(stage.cases[0].1));
    }

    async fn the_scores_of_the_others_are_seen_after_ones_own(app) {
        let stage = stage(app, 1, POOL).await;
        stage.set_plan(json!({ "visibility": "after_own" })).await;
        let panel = stage.draw().await;
        let (me, other) = (stage.seated(&panel).0[0], stage.seated(&panel).0[1]);
        stage.score(other, &task(other).await, 8000).await;
        let id = task(me).await;
        assert_eq!(me.get(&format!("/reviews/{id}")).await.expect(200)["others"], Value::Null);
        let done = stage.score(me, &id, 7000).await;
        assert_eq!((done["others"].as_array().unwrap().len(), &done["others"][0]["total"]), (1, &json!(8000)));
        assert!(!done["others"].to_string().contains("Person"), "{done}");
        let others = other.get(&format!("/reviews/{}", task(other).await)).await.expect(200);
        assert_eq!(others["others"][0]["total"], 7000);
    }

    async fn the_scores_of_the_others_are_seen_after_the_phase(app) {
        let stage = stage(app, 1, POOL).await;
        stage.set_plan(json!({ "visibility": "after_phase" })).await;
        let panel = stage.draw().await;
        let (me, others) = stage.seated(&panel).0.split_first().map(|(me, others)| (*me, others.to_vec())).unwrap();
        for other in others {
            stage.score(other, &task(other).await, 8000).await;
        }
        let id = task(me).await;
        assert_eq!(stage.score(me, &id, 7000).await["others"], Value::Null);
        stage.officer.post(&format!("/rounds/{}/score-freeze", stage.round), json!({})).await.expect(200);
        stage.officer.post(&format!("/rounds/{}/deliberation", stage.round), json!({})).await.expect(200);
        assert_eq!(me.get(&format!("/reviews/{id}")).await.expect(200)["others"][0]["total"], 8000);
    }

    async fn figures_give_their_part_of_the_marks_and_experts_the_rest(app) {
        let mut rules = laoshan_2026().clone();
        let met = json!({ "code": "size_6", "text": { "zh": "甲", "en": "a" }, "gte": { "indicator": "revenue", "value": 1000 } });
        let items = json!([{ "code": "size", "name": { "zh": "规模", "en": "size" }, "dimension": "growth",
                             "bands": [{ "points": 6, "when": met }] }]);
        rules.tiers.get_mut(&Tier::Seed).unwrap().scoring = serde_json::from_value(items).unwrap();
        let stage = stage_judged_by(app, 1, POOL, rules, json!({ "years": { "2025": { "revenue": 1000 } } })).await;
        let panel = stage.draw().await;
        let sitting = stage.seated(&panel).0;
        let path = format!("/reviews/{}", task(sitting[0]).await);
        let growth = sitting[0].get(&path).await.expect(200)["dimensions"][1].clone();
        assert_eq!(
            (&growth["code"], &growth["full"], &growth["computed"], &growth["judged"]),
            (&json!("growth"), &json!(1000), &json!(600), &json!(400))
        );
        sitting[0].post(&format!("{path}/declaration"), json!({ "conflict": false })).await.expect(200);
        let mut over = sheet(0);
        over["dimensions"]["growth"]["marks"] = json!(401);
        put_at(sitting[0], &format!("{path}/scores"), 2, over).await.faults(&[("/dimensions/growth/marks", "out_of_range")]);
        for (n, expert) in sitting.iter().enumerate() {
            let path = format!("/reviews/{}", task(expert).await);
            expert.post(&format!("{path}/declaration"), json!({ "conflict": false })).await.expect(200);
            let mut given = sheet(6000);
            given["dimensions"]["growth"]["marks"] = json!(100);
            let version = expert.get(&path).await.expect(200)["version"].as_i64().unwrap();
            put_at(expert, &format!("{path}/scores"), version, given).await.expect(200);
            let done = expert.post(&format!("{path}/submission"), json!({})).await.expect(200);
            assert_eq!(done["total"], 6700, "expert {n}");
        }
        stage.officer.post(&format!("/rounds/{}/score-freeze", stage.round), json!({})).await.expect(200);
        let frozen = stage.officer.get(&format!("/applications/{}/score", stage.cases[0].0)).await.expect(200);
        assert_eq!((&frozen["score"]["total"], &frozen["input"]["computed"]), (&json!(6700), &json!({ "growth": 600 })));
    }
}
