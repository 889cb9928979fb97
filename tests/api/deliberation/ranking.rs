use diesel::prelude::*;
use laoshan::platform::policy::Role;
use laoshan::schema::rounds;
use serde_json::{Value, json};

use crate::both;
use crate::reviews::stage::{POOL, Stage, put_at, stage, task, text};
use crate::support::{TestApp, TestUser};

/// Every application scored by five experts with the same total, in the order of the cases, and the round in deliberation.
async fn deliberating(app: &TestApp, totals: &[i64]) -> Stage {
    let stage = stage(app, totals.len(), POOL).await;
    for ((case, _), total) in stage.cases.iter().zip(totals) {
        let path = format!("/rounds/{}/panels", stage.round);
        let panel = stage.officer.post(&path, json!({ "application_ids": [case] })).await.expect(201);
        for expert in stage.seated(&panel).0 {
            stage.score(expert, &task(expert).await, *total).await;
        }
    }
    let freeze = format!("/rounds/{}/score-freeze", stage.round);
    assert_eq!(stage.officer.post(&freeze, json!({})).await.expect(200)["applied"], true);
    stage.officer.post(&format!("/rounds/{}/deliberation", stage.round), json!({})).await.expect(200);
    stage
}

async fn ranking(stage: &Stage, query: &str) -> Value {
    stage.officer.get(&format!("/rounds/{}/ranking?tier=seed{query}", stage.round)).await.expect(200)
}

fn order(view: &Value) -> Vec<String> {
    view["items"].as_array().unwrap().iter().map(|item| text(&item["enterprise"])).collect()
}

async fn minutes(stage: &Stage) {
    let body = json!({
        "held_on": "2026-03-02", "chair": "赵分管", "attendees": ["赵分管", "王经办"], "text": "会议审议了全部评审结果，同意排序。",
    });
    put_at(&stage.officer, &format!("/rounds/{}/minutes", stage.round), 0, body).await.expect(200);
}

both! {
    async fn a_ranking_has_a_line_and_tries_out_what_it_does_not_store(app) {
        let stage = deliberating(app, &[7000, 9000, 8000]).await;
        let view = ranking(&stage, "").await;
        assert_eq!(order(&view), ["Enterprise 2", "Enterprise 3", "Enterprise 1"]);
        assert!(view["items"].as_array().unwrap().iter().all(|item| item["above_line"] == true), "no quota: all who passed");
        assert_eq!((&view["trial"], &view["tie_rule"][0], &view["unscored"]), (&json!(false), &json!("technology"), &json!(0)));
        let weights: i64 = view["dimensions"].as_array().unwrap().iter().map(|one| one["weight"].as_i64().unwrap()).sum();
        assert_eq!((weights, view["dimensions"][0]["name"]["zh"].is_string()), (100, true));
        let tried = ranking(&stage, "&quota=1").await;
        let above: Vec<_> = tried["items"].as_array().unwrap().iter().map(|item| item["above_line"].clone()).collect();
        assert_eq!((&tried["trial"], above), (&json!(true), vec![json!(true), json!(false), json!(false)]));
        // Technology alone: everybody has full marks there, so neither total nor tie rule tells them apart any more but the team.
        let weighed = ranking(&stage, "&weights=technology:100").await;
        assert!(weighed["items"].as_array().unwrap().iter().all(|item| item["total"] == 10_000), "{weighed}");
        for (weights, code) in [("technology:50", "out_of_range"), ("colour:100", "unknown"), ("technology:x", "format")] {
            let path = format!("/rounds/{}/ranking?tier=seed&weights={weights}", stage.round);
            stage.officer.get(&path).await.faults(&[("weights", code)]);
        }
        stage.officer.get(&format!("/rounds/{}/ranking", stage.round)).await.faults(&[("tier", "required")]);
        assert_eq!(ranking(&stage, "").await, view, "a trial stores nothing");
        stage.experts[0].0.get(&format!("/rounds/{}/ranking?tier=seed", stage.round)).await.refused(403, "forbidden");
    }

    async fn a_place_is_moved_by_hand_with_a_reason_and_a_version(app) {
        let stage = deliberating(app, &[7000, 9000, 8000]).await;
        let path = format!("/rounds/{}/ranking-moves", stage.round);
        let up = |to: i64, reason: &str| json!({ "tier": "seed", "application_id": stage.cases[0].0, "to_position": to, "reason": reason });
        stage.officer.post_at(&path, 0, up(1, "")).await.faults(&[("/reason", "required")]);
        stage.officer.post_at(&path, 0, up(9, "x")).await.faults(&[("/to_position", "out_of_range")]);
        stage.officer.post(&path, up(1, "x")).await.refused(428, "precondition_required");
        let view = stage.officer.post_at(&path, 0, up(1, "承担国家专项")).await.expect(200);
        assert_eq!(order(&view), ["Enterprise 1", "Enterprise 2", "Enterprise 3"]);
        let first = &view["items"][0];
        assert_eq!((&first["position"], &first["computed_position"], &view["moves"][0]["reason"]), (&json!(1), &json!(3), &json!("承担国家专项")));
        assert_eq!(view["moves"][0]["by"]["id"], json!(stage.officer.id));
        stage.officer.post_at(&path, 0, up(2, "x")).await.refused(412, "stale_version");
        stage.officer.post_at(&path, 1, up(3, "撤回前次调整")).await.expect(200);
        assert_eq!(order(&ranking(&stage, "").await), ["Enterprise 2", "Enterprise 3", "Enterprise 1"]);
    }

    async fn everything_is_released_together_by_one_decision(app) {
        let stage = deliberating(app, &[5000, 9000, 8000]).await;
        let approver = app.user(&[Role::Approver]).await;
        let path = format!("/rounds/{}/releases", stage.round);
        let body = json!({ "tier": "seed", "reason": "经联席会议审议" });
        stage.officer.post(&path, json!({})).await.faults(&[("/tier", "required"), ("/reason", "required")]);
        stage.officer.post(&path, body.clone()).await.refused(409, "minutes_required");
        put_at(&stage.officer, &format!("/rounds/{}/minutes", stage.round), 0, json!({ "held_on": "2026-03-03" })).await.faults(&[
            ("/held_on", "in_the_future"), ("/chair", "required"), ("/text", "required"), ("/attendees", "too_short"),
        ]);
        minutes(&stage).await;
        let decision = stage.officer.post(&path, body.clone()).await.expect(201);
        let to: Vec<_> = decision["proposal"]["items"].as_array().unwrap().iter().map(|item| item["to"].clone()).collect();
        assert_eq!(to, [json!("proposed"), json!("proposed"), json!("not_selected")]);
        stage.officer.post(&path, body).await.refused(409, "decision_pending");

        // For an approver with a stake in one of them there is no such decision.
        let tied = app.user(&[Role::Approver]).await;
        let stake = json!({ "user_id": tied.id, "enterprise_id": stage.cases[1].1, "reason": "shares" });
        stage.officer.post("/conflicts", stake).await.expect(201);
        let id = text(&decision["id"]);
        tied.get(&format!("/decisions/{id}")).await.refused(404, "not_found");
        assert_eq!(tied.get("/decisions").await.expect(200)["items"], json!([]));
        tied.post(&format!("/decisions/{id}/approval"), json!({})).await.refused(404, "not_found");

        approver.post(&format!("/decisions/{id}/approval"), json!({})).await.expect(200);
        let mut states = Vec::new();
        for (case, _) in &stage.cases {
            states.push(text(&stage.officer.get(&format!("/applications/{case}")).await.expect(200)["state"]));
        }
        assert_eq!(states, ["not_selected", "proposed", "proposed"]);
    }

    async fn what_moves_on_takes_the_waiting_release_back(app) {
        let stage = deliberating(app, &[7000, 9000]).await;
        minutes(&stage).await;
        let body = json!({ "tier": "seed", "reason": "经联席会议审议" });
        let release = stage.officer.post(&format!("/rounds/{}/releases", stage.round), body).await.expect(201);
        let approver = app.user(&[Role::Approver]).await;
        let path = format!("/applications/{}/voiding", stage.cases[0].0);
        let voiding = stage.officer.post(&path, json!({ "reason": "查实造假" })).await.expect(201);
        approver.post(&format!("/decisions/{}/approval", text(&voiding["id"])), json!({})).await.expect(200);
        let release = format!("/decisions/{}", text(&release["id"]));
        assert_eq!(approver.get(&release).await.expect(200)["state"], "voided");
        approver.post(&format!("{release}/approval"), json!({})).await.refused(409, "invalid_transition");
        let state = stage.officer.get(&format!("/applications/{}", stage.cases[1].0)).await.expect(200)["state"].clone();
        assert_eq!(state, "scored");
    }

    async fn a_tie_on_the_line_waits_for_somebody_to_say_why(app) {
        let stage = deliberating(app, &[8000, 8000]).await;
        let tried = ranking(&stage, "&quota=1").await;
        assert!(tried["items"].as_array().unwrap().iter().all(|item| item["tied_at_line"] == true && item["rank"] == 1), "{tried}");
        assert!(ranking(&stage, "").await["items"].as_array().unwrap().iter().all(|item| item["tied_at_line"] == false));

        let round = stage.round.clone();
        let one_place = move |cx: &mut laoshan::platform::door::Cx| {
            diesel::update(rounds::table.find(&round)).set(rounds::quotas.eq(r#"{"seed":1}"#)).execute(cx.conn)?;
            Ok(())
        };
        app.app.door.system("test", one_place).await.unwrap();
        minutes(&stage).await;
        let release = format!("/rounds/{}/releases", stage.round);
        let body = json!({ "tier": "seed", "reason": "经联席会议审议" });
        stage.officer.post(&release, body.clone()).await.refused(409, "tie_at_line");
        let up = json!({ "tier": "seed", "application_id": stage.cases[1].0, "to_position": 1, "reason": "属本区重点赛道" });
        stage.officer.post_at(&format!("/rounds/{}/ranking-moves", stage.round), 0, up).await.expect(200);
        let decision = stage.officer.post(&release, body).await.expect(201);
        let items = decision["proposal"]["items"].as_array().unwrap();
        let told: Vec<_> = items.iter().map(|item| (item["application_id"].clone(), item["to"].clone())).collect();
        assert_eq!(told, [(json!(stage.cases[1].0), json!("proposed")), (json!(stage.cases[0].0), json!("not_selected"))]);
    }

    async fn whoever_has_a_stake_in_a_competitor_leaves_the_order_to_others(app) {
        let stage = deliberating(app, &[7000, 9000]).await;
        minutes(&stage).await;
        let cousin = app.user(&[Role::Officer]).await;
        let stake = json!({ "user_id": cousin.id, "enterprise_id": stage.cases[1].1, "reason": "shares" });
        stage.officer.post("/conflicts", stake).await.expect(201);
        let round = format!("/rounds/{}", stage.round);
        let seen = cousin.get(&format!("{round}/ranking?tier=seed")).await.expect(200);
        assert_eq!(order(&seen), ["Enterprise 1"], "the other case is not found here either");
        assert!(seen["actions"].as_array().unwrap().iter().all(|a| a["reason_code"] == "conflict_of_interest"), "{seen}");
        let up = json!({ "tier": "seed", "application_id": stage.cases[0].0, "to_position": 1, "reason": "x" });
        cousin.post_at(&format!("{round}/ranking-moves"), 0, up).await.refused(409, "conflict_of_interest");
        let all = json!({ "tier": "seed", "reason": "x" });
        cousin.post(&format!("{round}/releases"), all).await.refused(409, "conflict_of_interest");
        cousin.get(&format!("{round}/minutes")).await.refused(409, "conflict_of_interest");
        assert_eq!(ranking(&stage, "").await["moves"], json!([]));
    }

    async fn feedback_is_drafted_from_the_appraisals_approved_and_only_then_sent(app) {
        let stage = deliberating(app, &[5000, 9000]).await;
        let approver = app.user(&[Role::Approver]).await;
        let owner: TestUser = app.user(&[Role::Applicant]).await;
        crate::support::seeds::owner(app, &owner, &laoshan::enterprises::model::EnterpriseId(stage.cases[0].1.clone())).await;
        let path = format!("/applications/{}/feedback", stage.cases[0].0);
        stage.officer.post(&path, json!({})).await.refused(409, "invalid_transition");
        minutes(&stage).await;
        let body = json!({ "tier": "seed", "reason": "总分未达合格线" });
        let release = stage.officer.post(&format!("/rounds/{}/releases", stage.round), body).await.expect(201);
        approver.post(&format!("/decisions/{}/approval", text(&release["id"])), json!({})).await.expect(200);

        let draft = stage.officer.post(&path, json!({})).await.expect(201);
        let said = text(&draft["text"]["zh"]);
        assert!(said.contains("总分未达合格线") && said.contains("50.00 分") && said.contains("More than twenty characters"), "{said}");
        assert!(!said.contains("Person"), "{said}");
        stage.officer.post(&path, json!({})).await.refused(409, "already_exists");
        owner.get(&path).await.refused(404, "not_found");
        stage.officer.post(&format!("{path}/sending"), json!({})).await.refused(409, "not_yet_due");

        let start = json!({ "starts_on": "2026-03-02", "ends_on": "2026-03-10" });
        stage.officer.post(&format!("/rounds/{}/publicity", stage.round), start).await.expect(200);
        let first = stage.officer.post(&format!("{path}/sending"), json!({})).await.expect(201);
        let view = stage.officer.get(&path).await.expect(200);
        assert_eq!(view["state"], "pending");
        // Other words take another approval.
        let version = view["version"].as_i64().unwrap();
        stage.officer.patch(&path, version, json!({ "zh": "感谢申报，欢迎下一批次再报。" })).await.expect(200);
        assert_eq!(approver.get(&format!("/decisions/{}", text(&first["id"]))).await.expect(200)["state"], "voided");
        let second = stage.officer.post(&format!("{path}/sending"), json!({})).await.expect(201);
        owner.get(&path).await.refused(404, "not_found");
        approver.post(&format!("/decisions/{}/approval", text(&second["id"])), json!({})).await.expect(200);
        let read = owner.get(&path).await.expect(200);
        assert_eq!((&read["state"], &read["text"]["zh"]), (&json!("sent"), &json!("感谢申报，欢迎下一批次再报。")));
        app.user(&[Role::Applicant]).await.get(&path).await.refused(404, "not_found");
        let mails = crate::messages::notices::mail(app).await;
        assert!(mails.iter().any(|mail| mail.to == owner.email && mail.template == "feedback_sent"), "{mails:?}");
    }

    async fn officer_steps_of_the_meeting_are_taken_for_many_at_once(app) {
        let stage = deliberating(app, &[5000, 5500]).await;
        let ids: Vec<_> = stage.cases.iter().map(|(id, _)| id.clone()).collect();
        let batch = |action: &str, input: Value, dry_run: bool| json!({ "action": action, "ids": ids, "input": input, "dry_run": dry_run });
        let early = stage.officer.post("/applications/batches", batch("feedback", json!({}), false)).await.expect(200);
        assert_eq!((&early["applied"], &early["results"][1]["code"]), (&json!(false), &json!("invalid_transition")));
        let why = json!({ "reason": "查实造假" });
        let tried = stage.officer.post("/applications/batches", batch("voiding", why.clone(), true)).await.expect(200);
        assert_eq!((&tried["applied"], &tried["results"][0]["ok"]), (&json!(false), &json!(true)));
        assert_eq!(stage.officer.get("/decisions?state=pending").await.expect(200)["items"], json!([]));
        let done = stage.officer.post("/applications/batches", batch("voiding", why, false)).await.expect(200);
        assert_eq!(done["applied"], true);
        let pending = stage.officer.get("/decisions?state=pending&count=true").await.expect(200);
        assert_eq!(pending["total"], 2);

        // The second pair of eyes answers many at once, too: all of them, or none.
        let approver = app.user(&[Role::Approver]).await;
        let waiting: Vec<_> = pending["items"].as_array().unwrap().iter().map(|item| text(&item["id"])).collect();
        let all = |action: &str, ids: &[String], dry_run: bool| json!({ "action": action, "ids": ids, "dry_run": dry_run });
        stage.officer.post("/decisions/batches", all("approval", &waiting, false)).await.refused(403, "forbidden");
        approver.post("/decisions/batches", json!({})).await.faults(&[("/action", "required"), ("/ids", "required")]);
        approver.post("/decisions/batches", all("refusal", &waiting, false)).await.faults(&[("/reason", "required")]);
        let tried = approver.post("/decisions/batches", all("approval", &waiting, true)).await.expect(200);
        assert_eq!((&tried["applied"], &tried["results"][1]["ok"]), (&json!(false), &json!(true)));
        let with_one_wrong = [waiting[0].clone(), "nothing".to_owned()];
        let refused = approver.post("/decisions/batches", all("approval", &with_one_wrong, false)).await.expect(200);
        assert_eq!((&refused["applied"], &refused["results"][1]["code"]), (&json!(false), &json!("not_found")));
        assert_eq!(stage.officer.get("/decisions?state=pending&count=true").await.expect(200)["total"], 2);
        let done = approver.post("/decisions/batches", all("approval", &waiting, false)).await.expect(200);
        assert_eq!(done["applied"], true);
        for id in &ids {
            assert_eq!(stage.officer.get(&format!("/applications/{id}")).await.expect(200)["state"], "void");
        }
    }
}
