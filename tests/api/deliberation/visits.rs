use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::applications::world::{Firm, World, text};
use crate::both;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n a photograph";

/// An accepted application in a round that is in its site checks.
async fn checking(world: &World<'_>) -> (Firm, String, String) {
    let round = world.round(json!({"site_check": true})).await;
    let (firm, id) = world.application(&round).await;
    world.formal_review(&round).await;
    world.accept(&id).await;
    world.step(&round, "site-check").await;
    (firm, id, round)
}

both! {
    async fn a_visit_is_planned_held_concluded_and_answered(app) {
        let world = World::new(app).await;
        let (firm, id, round) = checking(&world).await;
        let colleague = app.user(&[Role::Officer]).await;
        let cousin = app.user(&[Role::Officer]).await;
        world.join(&firm.id, &cousin, "member").await;
        let path = format!("/applications/{id}/site-visits");
        let body = |visitors: Vec<&str>| json!({"planned_on": "2026-04-02", "visitors": visitors});
        let (me, other) = (world.officer.id.as_str(), colleague.id.as_str());
        world.officer.post(&path, json!({"planned_on": "2026-03-31", "visitors": [me, firm.owner.id, cousin.id]})).await.faults(&[
            ("/planned_on", "out_of_range"), ("/visitors/1", "not_existing"), ("/visitors/2", "not_allowed"),
        ]);
        world.officer.post(&path, body(vec![me])).await.faults(&[("/visitors", "too_short")]);
        cousin.post(&path, body(vec![me, other])).await.refused(404, "not_found");
        firm.owner.post(&path, body(vec![me, other])).await.refused(403, "forbidden");
        // Whoever may go is offered: people of the office, none of them tied to the applicant.
        let offered = format!("/applications/{id}/visitors");
        let names = world.officer.get(&format!("{offered}?limit=200")).await.expect(200);
        let names: Vec<_> = names["items"].as_array().unwrap().iter().map(|person| text(&person["id"])).collect();
        assert!([me, other].iter().all(|id| names.contains(&(*id).to_owned())), "{names:?}");
        assert!([firm.owner.id.as_str(), cousin.id.as_str()].iter().all(|id| !names.contains(&(*id).to_owned())), "{names:?}");
        cousin.get(&offered).await.refused(404, "not_found");
        firm.owner.get(&offered).await.refused(403, "forbidden");
        let pinned = json!({"user_id": other, "enterprise_id": firm.id, "reason": "配偶任职"});
        let conflict = world.officer.post("/conflicts", pinned).await.expect(201);
        assert!(!world.officer.get(&format!("{offered}?limit=200")).await.expect(200).to_string().contains(other));
        let ended = format!("/conflicts/{}/ending", text(&conflict["id"]));
        world.officer.post(&ended, json!({"reason": "误登"})).await.expect(200);
        let visit = world.officer.post(&path, body(vec![me, other])).await.expect(201);
        assert_eq!((&visit["state"], visit["visitors"].as_array().unwrap().len()), (&json!("planned"), 2));
        let codes: Vec<_> = visit["checklist"].as_array().unwrap().iter().map(|item| text(&item["code"])).collect();
        assert_eq!(codes, ["S01", "S02", "S03", "S04", "S05", "S06"]);

        let path = format!("/site-visits/{}", text(&visit["id"]));
        let held = json!({"held_on": "2026-04-01", "conclusion": "consistent"});
        let open = world.officer.post(&format!("{path}/conclusion"), held.clone()).await;
        assert_eq!(open.body["errors"].as_array().unwrap().len(), 7, "six items and the summary: {}", open.text);
        world.officer.patch(&path, 1, json!({"findings": {"S99": {"result": "met"}, "S01": {"result": "unmet"}}})).await
            .faults(&[("/findings/S99", "unknown"), ("/findings/S01/remark", "required")]);
        let findings: serde_json::Map<String, Value> =
            codes.iter().map(|code| (code.clone(), json!({"result": "met", "remark": ""}))).collect();
        let noted = json!({"findings": findings, "summary": "现场与申报一致。"});
        world.officer.patch(&path, 1, noted).await.expect(200);
        world.officer.patch(&path, 1, json!({})).await.refused(412, "stale_version");
        let photo = world.officer.upload(&format!("{path}/attachments?name=厂房.png"), "image/png", PNG.to_vec()).await.expect(201);
        let seen = firm.owner.get(&path).await.expect(200);
        assert_eq!((&seen["checklist"][0]["finding"], &seen.get("summary")), (&Value::Null, &None), "notes are the visitors' until then");
        firm.owner.delete(&format!("/attachments/{}", text(&photo["id"]))).await.refused(404, "not_found");

        let concluded = world.officer.post(&format!("{path}/conclusion"), held.clone()).await.expect(200);
        assert_eq!((&concluded["state"], world.state(&id).await), (&json!("concluded"), "site_checked".to_owned()));
        world.officer.post(&format!("{path}/conclusion"), held).await.refused(409, "invalid_transition");
        world.officer.upload(&format!("{path}/attachments?name=b.png"), "image/png", PNG.to_vec()).await.refused(409, "invalid_transition");
        firm.owner.post(&format!("{path}/answer"), json!({"agreed": false})).await.faults(&[("/remark", "required")]);
        let answered = firm.owner.post(&format!("{path}/answer"), json!({"agreed": false, "remark": "设备当日外借"})).await.expect(200);
        assert_eq!((&answered["state"], &answered["answer"]), (&json!("disputed"), &json!("设备当日外借")));
        firm.owner.post(&format!("{path}/answer"), json!({"agreed": true})).await.refused(409, "invalid_transition");

        // Several visits to one application, and none for others.
        let again = world.officer.post(&format!("/applications/{id}/site-visits"), body(vec![me, other])).await.expect(201);
        world.officer.post(&format!("/site-visits/{}/cancellation", text(&again["id"])), json!({"reason": "改期"})).await.expect(200);
        let all = world.officer.get(&format!("/site-visits?application_id={id}&count=true")).await.expect(200);
        assert_eq!((&all["total"], &all["items"][0]["state"], &all["items"][1]["state"]), (&json!(2), &json!("cancelled"), &json!("disputed")));
        assert_eq!(cousin.get("/site-visits?count=true").await.expect(200)["total"], 0);
        cousin.get(&path).await.refused(404, "not_found");
        let stranger = world.firm().await.owner;
        assert_eq!(stranger.get("/site-visits").await.expect(200)["items"], json!([]));
        stranger.get(&path).await.refused(404, "not_found");

        world.deliberation(&round).await;
        world.officer.post(&format!("/applications/{id}/site-visits"), body(vec![me, other])).await.refused(409, "invalid_transition");
        world.decide(&id, "proposal").await;
        assert_eq!(world.state(&id).await, "proposed");
    }

    async fn visits_are_planned_for_many_at_once_or_for_none(app) {
        let world = World::new(app).await;
        let round = world.round(json!({"site_check": true})).await;
        let (_, first) = world.application(&round).await;
        let (firm, second) = world.application(&round).await;
        world.formal_review(&round).await;
        world.accept(&first).await;
        world.accept(&second).await;
        world.step(&round, "site-check").await;
        let colleague = app.user(&[Role::Officer]).await;
        let cousin = app.user(&[Role::Approver]).await;
        world.join(&firm.id, &cousin, "member").await;
        let batch = |with: &str, dry_run: bool| {
            let input = json!({"planned_on": "2026-04-02", "visitors": [world.officer.id, with]});
            json!({"action": "site_visit", "ids": [first, second], "input": input, "dry_run": dry_run})
        };
        let path = "/applications/batches";
        let tied = world.officer.post(path, batch(cousin.id.as_str(), false)).await.expect(200);
        let codes: Vec<_> = tied["results"].as_array().unwrap().iter().map(|r| (r["ok"].clone(), r["code"].clone())).collect();
        assert_eq!(codes, [(json!(true), Value::Null), (json!(false), json!("invalid_fields"))]);
        let tried = world.officer.post(path, batch(colleague.id.as_str(), true)).await.expect(200);
        assert_eq!((&tried["applied"], &tried["results"][1]["ok"]), (&json!(false), &json!(true)));
        assert_eq!(world.officer.get("/site-visits?count=true").await.expect(200)["total"], 0, "neither left anything behind");
        assert_eq!(world.officer.post(path, batch(colleague.id.as_str(), false)).await.expect(200)["applied"], true);
        assert_eq!(world.officer.get("/site-visits?count=true").await.expect(200)["total"], 2);
    }
}
