use diesel::prelude::*;
use laoshan::platform::policy::Role;
use laoshan::reviews::model::ScoreView;
use laoshan::reviews::rules::score::score;
use laoshan::reviews::service::replay::replay_scores;
use laoshan::rounds::model::RoundId;
use laoshan::schema::scores;
use serde_json::{Value, json};

use super::stage::{POOL, put_at, sheet, stage, task, text};
use crate::both;

both! {
    async fn an_expert_declares_writes_and_hands_in(app) {
        let stage = stage(app, 1, POOL).await;
        let panel = stage.draw().await;
        let (sitting, waiting) = stage.seated(&panel);
        let (me, other) = (sitting[0], sitting[1]);
        let id = task(me).await;
        let path = format!("/reviews/{id}");

        let unread = me.get(&path).await.expect(200);
        assert_eq!((&unread["state"], &unread["material"], &unread["enterprise"]), (&json!("assigned"), &Value::Null, &json!("Enterprise 1")));
        assert_eq!((&unread["dimensions"][0]["code"], &unread["dimensions"][0]["full"]), (&json!("technology"), &json!(3500)));
        put_at(me, &format!("{path}/scores"), 1, sheet(8000)).await.refused(409, "declaration_required");

        me.post(&format!("{path}/declaration"), json!({ "conflict": false })).await.expect(200);
        let read = me.get(&path).await.expect(200);
        assert_eq!(read["material"]["form"]["summary"], "we make chips");

        // A draft may have gaps; a wrong value is named.
        let wrong = json!({ "dimensions": { "technology": { "marks": 3501 }, "colour": { "marks": 1 }, "team": { "marks": -1 } } });
        put_at(me, &format!("{path}/scores"), 2, wrong).await.faults(&[
            ("/dimensions/technology/marks", "out_of_range"), ("/dimensions/colour", "unknown"), ("/dimensions/team/marks", "out_of_range"),
        ]);
        let draft = json!({ "dimensions": { "technology": { "marks": 2800, "justification": "solid" } } });
        let saved = put_at(me, &format!("{path}/scores"), 2, draft.clone()).await.expect(200);
        assert_eq!((&saved["sheet"]["dimensions"]["technology"]["marks"], &saved["version"]), (&json!(2800), &json!(3)));
        put_at(me, &format!("{path}/scores"), 2, draft.clone()).await.refused(412, "stale_version");
        me.put(&format!("{path}/scores"), draft).await.refused(428, "precondition_required");
        let missing = me.post(&format!("{path}/submission"), json!({})).await;
        assert_eq!(missing.body["errors"].as_array().unwrap().len(), 11, "{}", missing.text);
        missing.refused(422, "invalid_fields");

        put_at(me, &format!("{path}/scores"), 3, sheet(8215)).await.expect(200);
        let done = me.post(&format!("{path}/submission"), json!({})).await.expect(200);
        assert_eq!((&done["state"], &done["total"], &done["others"]), (&json!("submitted"), &json!(8215), &Value::Null));
        put_at(me, &format!("{path}/scores"), 5, sheet(100)).await.refused(409, "invalid_transition");
        me.post(&format!("{path}/submission"), json!({})).await.refused(409, "invalid_transition");

        // Nobody else's task is theirs, and no officer writes one.
        for stranger in [other, waiting[0]] {
            stranger.get(&path).await.refused(404, "not_found");
            put_at(stranger, &format!("{path}/scores"), 5, sheet(100)).await.refused(404, "not_found");
        }
        put_at(&stage.officer, &format!("{path}/scores"), 5, sheet(100)).await.refused(403, "forbidden");
        app.user(&[Role::Applicant]).await.get(&path).await.refused(403, "forbidden");
    }

    async fn a_late_score_is_refused_and_changes_nothing(app) {
        let stage = stage(app, 1, POOL).await;
        stage.set_plan(json!({ "due_at": "2026-03-10T00:00:00Z" })).await;
        let panel = stage.draw().await;
        let me = stage.seated(&panel).0[0];
        let path = format!("/reviews/{}", task(me).await);
        me.post(&format!("{path}/declaration"), json!({ "conflict": false })).await.expect(200);
        app.advance_to("2026-03-10T00:00:00Z");
        put_at(me, &format!("{path}/scores"), 2, sheet(8000)).await.expect(200);
        app.advance_to("2026-03-10T00:00:00.000001Z");
        put_at(me, &format!("{path}/scores"), 3, sheet(100)).await.refused(409, "deadline_passed");
        me.post(&format!("{path}/submission"), json!({})).await.refused(409, "deadline_passed");
        let kept = me.get(&path).await.expect(200);
        assert_eq!((&kept["state"], &kept["version"]), (&json!("open"), &json!(3)));
        let submit = kept["actions"].as_array().unwrap().iter().find(|a| a["action"] == "review.submit").unwrap();
        assert_eq!((&submit["allowed"], &submit["reason_code"]), (&json!(false), &json!("deadline_passed")));
    }

    async fn others_are_seen_after_ones_own_score_when_the_round_says_so(app) {
        let stage = stage(app, 1, POOL).await;
        stage.set_plan(json!({ "visibility": "after_own" })).await;
        let panel = stage.draw().await;
        let (sitting, _) = stage.seated(&panel);
        let mine = task(sitting[1]).await;
        stage.score(sitting[0], &task(sitting[0]).await, 7000).await;
        assert_eq!(sitting[1].get(&format!("/reviews/{mine}")).await.expect(200)["others"], Value::Null);
        let done = stage.score(sitting[1], &mine, 8000).await;
        assert_eq!((done["others"].as_array().unwrap().len(), &done["others"][0]["total"]), (1, &json!(7000)));
        assert!(done["others"][0].get("expert").is_none());
    }

    async fn scores_are_frozen_with_everything_they_follow_from(app) {
        let stage = stage(app, 1, POOL).await;
        let panel = stage.draw().await;
        let (sitting, _) = stage.seated(&panel);
        let (score_path, freeze) = (format!("/applications/{}/score", stage.cases[0].0), format!("/rounds/{}/score-freeze", stage.round));
        stage.officer.get(&score_path).await.refused(409, "scores_missing");
        for (expert, total) in sitting.iter().zip([7800, 8200, 8500, 9000]) {
            stage.score(expert, &task(expert).await, total).await;
        }
        let early = stage.officer.post(&freeze, json!({})).await.expect(200);
        assert_eq!((&early["applied"], &early["results"][0]["code"]), (&json!(false), &json!("not_yet_due")));
        stage.score(sitting[4], &task(sitting[4]).await, 8800).await;

        let tried = stage.officer.post(&freeze, json!({ "dry_run": true })).await.expect(200);
        assert_eq!((&tried["applied"], &tried["results"][0]["total"]), (&json!(false), &json!(8500)));
        let frozen = stage.officer.post(&freeze, json!({})).await.expect(200);
        assert_eq!((&frozen["applied"], &frozen["results"][0]["ok"]), (&json!(true), &json!(true)));
        let view: ScoreView = serde_json::from_value(stage.officer.get(&score_path).await.expect(200)).unwrap();
        assert!(view.frozen_at.is_some() && view.score.passed);
        assert_eq!((view.score.total, view.score.spread, view.score.valid), (8500, 1200, 5));
        assert_eq!(score(&view.input).unwrap(), view.score, "recomputation gives the same digits");
        let round = RoundId(stage.round.clone());
        let same = app.app.door.peek("test", move |cx| replay_scores(cx, &round)).await.unwrap();
        assert_eq!((same.checked, same.different.len()), (1, 0));
        // A total that somebody raised afterwards does not follow from the marks any more.
        let round = RoundId(stage.round.clone());
        let raised = app.app.door.system("test", move |cx| {
            let raised = diesel::update(scores::table).set(scores::total.eq(9900)).execute(cx.conn)?;
            let found = replay_scores(cx, &round)?;
            diesel::update(scores::table).set(scores::total.eq(8500)).execute(cx.conn)?;
            Ok((raised, found.different.len()))
        });
        assert_eq!(raised.await.unwrap(), (1, 1));
        assert_eq!(stage.officer.post(&freeze, json!({})).await.expect(200)["results"], json!([]));
        sitting[0].get(&score_path).await.refused(403, "forbidden");
        let scored = stage.officer.get("/applications?state=scored&count=true").await.expect(200);
        assert_eq!(scored["total"], 1);

        // What is frozen stays: nobody is recused from it any more.
        let id = task(sitting[0]).await;
        stage.officer.post(&format!("/reviews/{id}/recusal"), json!({ "reason": "too late" })).await.refused(409, "invalid_transition");
    }

    async fn scores_too_far_apart_wait_for_a_further_expert(app) {
        let stage = stage(app, 1, POOL).await;
        let panel = stage.draw().await;
        let (sitting, waiting) = stage.seated(&panel);
        let arbitration = format!("/applications/{}/arbitration", stage.cases[0].0);
        let freeze = format!("/rounds/{}/score-freeze", stage.round);
        let why = json!({ "reason": "29 marks apart" });
        stage.officer.post(&arbitration, why.clone()).await.refused(409, "invalid_transition");
        for (expert, total) in sitting.iter().zip([6100, 8200, 8500, 9000, 7800]) {
            stage.score(expert, &task(expert).await, total).await;
        }
        let refused = stage.officer.post(&freeze, json!({})).await.expect(200);
        assert_eq!((&refused["applied"], &refused["results"][0]["code"]), (&json!(false), &json!("arbitration_needed")));
        stage.officer.post(&arbitration, json!({ "reason": " " })).await.faults(&[("/reason", "required")]);
        let called = stage.officer.post(&arbitration, why.clone()).await.expect(201);
        assert_eq!((&called["arbiter"], &called["state"]), (&json!(true), &json!("assigned")));
        stage.officer.post(&arbitration, why).await.refused(409, "invalid_transition");
        let arbiter = stage.person(&text(&called["expert_id"]));
        assert_eq!(arbiter.id, waiting[0].id, "the first alternate");
        stage.score(arbiter, &task(arbiter).await, 8400).await;
        let frozen = stage.officer.post(&freeze, json!({})).await.expect(200);
        // 61 78 82 84 85 90 without 61 and 90.
        assert_eq!((&frozen["applied"], &frozen["results"][0]["total"]), (&json!(true), &json!(8225)));
    }

    async fn a_task_list_costs_the_same_statements_for_one_and_for_three(app) {
        let stage = stage(app, 3, POOL).await;
        let path = format!("/rounds/{}/panels", stage.round);
        let panel = stage.officer.post(&path, json!({ "application_ids": [stage.cases[0].0] })).await.expect(201);
        let one = app.statements(stage.seated(&panel).0[0].get("/reviews")).await;
        let rest = stage.draw().await;
        let expert = stage.seated(&rest).0[0];
        assert_eq!(app.statements(expert.get("/reviews")).await, one);
        let first = expert.get("/reviews?limit=1").await.expect(200);
        let next = expert.get(&format!("/reviews?limit=1&cursor={}", text(&first["next"]))).await.expect(200);
        assert_ne!(first["items"][0]["id"], next["items"][0]["id"]);
    }
}
