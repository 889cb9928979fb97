//! Drafts, partial saves, submission and its deadline.

use chrono::Duration;
use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use super::world::{CLOSES_AT, GRACE_SECONDS, World, complete_form};
use crate::both;

both! {
    async fn partial_saves_are_merged_and_only_their_shape_is_checked(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.empty_draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        let one = firm.owner.patch(&path, 1, json!({"contact": {"name": "李伟"}, "figures": {"ip": {"class2": 3}}}))
            .await.expect(200);
        let two = firm.owner.patch(&path, 2, json!({"contact": {"mobile": "1"}, "figures": {"ip": null}})).await.expect(200);
        assert_eq!(one["form"]["figures"], json!({"ip": {"class2": 3}}));
        assert_eq!(
            two["form"],
            json!({
                "contact": {"name": "李伟", "mobile": "1"}, "figures": {},
                "statements": {"truthful": false, "data_consent": false},
            })
        );
        for (patch, pointer) in [
            (json!({"summary": 7}), "/summary"),
            (json!({"colour": "red"}), "/colour"),
            (json!({"figures": {"years": {"2025": {"revenue": 1.5}}}}), "/figures/years/2025/revenue"),
        ] {
            let refusal = firm.owner.patch(&path, 3, patch).await.refused(400, "malformed_json");
            assert_eq!(refusal["errors"][0]["pointer"], pointer);
        }
        firm.owner.patch(&path, 3, json!({"summary": "长".repeat(5_001)})).await.faults(&[("/summary", "too_long")]);
        firm.owner.request("PATCH", &path).json(&json!({})).send().await.map(|r| assert_eq!(r.status(), 428)).unwrap();
        let stale = firm.owner.patch(&path, 2, json!({"summary": "x"})).await.refused(412, "stale_version");
        assert_eq!(stale["current_version"], 3);
        assert_eq!(firm.owner.get(&path).await.expect(200)["version"], 3, "refusals changed nothing");
    }

    async fn three_hundred_contended_edits_lose_nothing(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.empty_draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        // Ten people save thirty times each; whoever is told 412 reads on and comes with something new.
        let person = |person: usize| {
            let (owner, path) = (firm.owner.clone(), path.clone());
            async move {
                let (mut version, mut kept) = (json!(1), Vec::new());
                for save in 0..30 {
                    let mine = format!("p{person}-{save}");
                    let patch = json!({"figures": {"choices": {mine.as_str(): "kept"}}});
                    let reply = owner.patch(&path, version.as_i64().unwrap(), patch).await;
                    match reply.status {
                        200 => {
                            version = reply.body["version"].clone();
                            kept.push(mine);
                        }
                        412 => version = reply.body["current_version"].clone(),
                        other => panic!("{other}: {}", reply.text),
                    }
                }
                kept
            }
        };
        let people: Vec<_> = (0..10).map(|n| actix_web::rt::spawn(person(n))).collect();
        let mut kept = Vec::new();
        for person in people {
            kept.extend(person.await.unwrap());
        }
        kept.sort();
        assert!((1..300).contains(&kept.len()), "they did contend: {}", kept.len());
        let view = firm.owner.get(&path).await.expect(200);
        assert_eq!(view["version"], json!(1 + kept.len()));
        let found: Vec<_> = view["form"]["figures"]["choices"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(found, kept, "every save that was accepted is there, and nothing else");
    }

    async fn a_submission_is_told_everything_that_is_missing_at_once(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.empty_draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        firm.owner.post(&format!("{path}/submission"), json!({})).await.faults(&[
            ("/contact/name", "required"),
            ("/contact/mobile", "required"),
            ("/summary", "required"),
            ("/statements/truthful", "required"),
            ("/track", "missing_figure"),
            ("/figures/partners", "missing_figure"),
        ]);
        let mut form = complete_form();
        form["track"] = json!("alchemy");
        form["contact"]["mobile"] = json!("12");
        form["figures"]["years"] = json!({"2025": {"luck": 1}});
        firm.owner.patch(&path, 1, form).await.expect(200);
        firm.owner.post(&format!("{path}/submission"), json!({})).await.faults(&[
            ("/contact/mobile", "format"),
            ("/track", "unknown_track"),
            ("/figures/years/2025/luck", "unknown_indicator"),
        ]);
        assert_eq!(firm.owner.get(&path).await.expect(200)["snapshot"], Value::Null);
    }

    async fn the_deadline_is_the_servers_and_ends_with_the_grace(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (early, late, later) = (world.firm().await, world.firm().await, world.firm().await);
        let mut drafts = Vec::new();
        for firm in [&early, &late, &later] {
            drafts.push(world.draft(&round, firm).await);
        }
        app.advance_to(CLOSES_AT);
        early.owner.post(&format!("/applications/{}/submission", drafts[0]), json!({})).await.expect(200);
        app.advance(Duration::seconds(GRACE_SECONDS));
        late.owner.post(&format!("/applications/{}/submission", drafts[1]), json!({})).await.expect(200);
        app.advance(Duration::seconds(1));
        later.owner.post(&format!("/applications/{}/submission", drafts[2]), json!({})).await
            .refused(409, "deadline_passed");
        world.step(&round, "closing").await;
        let refused = later.owner.get(&format!("/applications/{}", drafts[2])).await.expect(200);
        assert_eq!(refused["state"], "draft");
        let submit = refused["actions"].as_array().unwrap().iter().find(|a| a["action"] == "application.submit").unwrap();
        assert_eq!((&submit["allowed"], &submit["reason_code"]), (&json!(false), &json!("deadline_passed")));
        let body = json!({"round_id": round, "enterprise_id": later.id, "tier": "leading"});
        later.owner.post("/applications", body).await.refused(409, "deadline_passed");
    }

    async fn an_unverified_owner_drafts_but_does_not_submit(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.unverified_firm().await;
        let id = world.draft(&round, &firm).await;
        firm.owner.post(&format!("/applications/{id}/submission"), json!({})).await.refused(409, "owner_unverified");
        assert_eq!(world.state(&id).await, "draft");
    }

    async fn one_application_lives_per_lane_and_round(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.empty_draft(&round, &firm).await;
        let body = |tier: &str| json!({"round_id": round, "enterprise_id": firm.id, "tier": tier});
        firm.owner.post("/applications", body("ecosystem")).await.refused(409, "live_application");
        firm.owner.post("/applications", body("leading")).await.expect(201);
        firm.owner.post("/applications", body("seed")).await.faults(&[("/tier", "not_allowed")]);
        firm.owner.post(&format!("/applications/{id}/withdrawal"), json!({"reason": "改报"})).await.expect(200);
        firm.owner.post("/applications", body("ecosystem")).await.expect(201);
        let mine = firm.owner.get("/applications?tier=ecosystem&count=true").await.expect(200);
        assert_eq!(mine["total"], 2);
        assert_eq!(mine["items"][0]["state"], "draft", "newest first");
        assert!(mine["items"][0].get("actions").is_none());
    }

    async fn what_is_out_of_reach_does_not_exist(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, stranger) = (world.firm().await, world.firm().await);
        let id = world.draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        let nowhere = "/applications/00000000-0000-7000-8000-000000000000";
        for path in [path.as_str(), nowhere] {
            let owner = &stranger.owner;
            owner.get(path).await.refused(404, "not_found");
            owner.get(&format!("{path}/timeline")).await.refused(404, "not_found");
            owner.patch(path, 2, json!({"summary": "x"})).await.refused(404, "not_found");
            owner.post(&format!("{path}/submission"), json!({})).await.refused(404, "not_found");
            owner.post(&format!("{path}/withdrawal"), json!({})).await.refused(404, "not_found");
        }
        let body = json!({"round_id": round, "enterprise_id": firm.id, "tier": "leading"});
        stranger.owner.post("/applications", body).await.refused(404, "not_found");
        assert_eq!(stranger.owner.get("/applications?count=true").await.expect(200)["total"], 0);
        stranger.owner.post(&format!("{path}/acceptance"), json!({})).await.refused(403, "forbidden");
        let body = json!({"round_id": "nowhere", "enterprise_id": stranger.id, "tier": "leading"});
        stranger.owner.post("/applications", body).await.faults(&[("/round_id", "not_existing")]);
        stranger.owner.post("/applications", json!({})).await
            .faults(&[("/round_id", "required"), ("/enterprise_id", "required"), ("/tier", "required")]);
        // A colleague of the firm reaches it.
        let colleague = app.user(&[Role::Applicant]).await;
        world.join(&firm.id, &colleague, "member").await;
        colleague.get(&path).await.expect(200);
    }

    async fn the_list_is_filtered_paged_and_asks_the_database_the_same_for_many_as_for_one(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, first) = world.application(&round).await;
        world.officer.get("/applications?state=submitted").await.expect(200);
        let one = app.statements(async { world.officer.get("/applications?state=submitted").await.expect(200) }).await;
        let (_, second) = world.application(&round).await;
        let (_, third) = world.application(&round).await;
        let three = app.statements(async { world.officer.get("/applications?state=submitted").await.expect(200) }).await;
        assert_eq!(one, three);
        let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|i| i["id"].clone()).collect::<Vec<_>>();
        let page = world.officer.get(&format!("/applications?round_id={round}&state=submitted&limit=2&count=true"))
            .await.expect(200);
        assert_eq!((ids(&page), &page["total"]), (vec![json!(third), json!(second)], &json!(3)));
        let next = format!("/applications?round_id={round}&state=submitted&limit=2&cursor={}", page["next"].as_str().unwrap());
        assert_eq!(ids(&world.officer.get(&next).await.expect(200)), [json!(first)]);
        let of_firm = world.officer.get(&format!("/applications?enterprise_id={}", firm.id)).await.expect(200);
        assert_eq!(
            of_firm["items"][0]["enterprise"],
            json!({"id": firm.id, "name": firm.name, "credit_code": firm.credit_code})
        );
    }
}
