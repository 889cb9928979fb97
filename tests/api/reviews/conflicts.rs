use diesel::prelude::*;
use laoshan::platform::policy::Role;
use laoshan::reviews::model::ReviewId;
use laoshan::schema::{enterprise_facts, enterprise_members};
use serde_json::{Value, json};

use super::stage::{POOL, expert, put_at, sheet, stage, task, text};
use crate::applications::world::World;
use crate::both;

both! {
    async fn who_abstains_finds_nothing_of_the_case_and_an_alternate_steps_in(app) {
        let stage = stage(app, 2, POOL).await;
        let panel = stage.draw().await;
        let me = stage.seated(&panel).0[0];
        let listed = me.get("/reviews").await.expect(200);
        let (id, case) = (text(&listed["items"][0]["id"]), text(&listed["items"][0]["application_id"]));
        let path = format!("/reviews/{id}");
        me.post(&format!("{path}/declaration"), json!({ "conflict": true })).await.faults(&[("/reason", "required")]);
        let left = me.post(&format!("{path}/declaration"), json!({ "conflict": true, "reason": "my sister's firm" })).await.expect(200);
        assert_eq!(left["state"], "abstained");
        let substitute = text(&left["substitute"]);

        me.get(&path).await.refused(404, "not_found");
        assert_eq!(me.get("/reviews?count=true").await.expect(200)["total"], 1);
        assert_eq!(me.get(&format!("/reviews?application_id={case}&count=true")).await.expect(200)["total"], 0);
        me.post(&format!("{path}/declaration"), json!({ "conflict": false })).await.refused(409, "conflict_of_interest");

        let stepped_in = stage.officer.get(&format!("/reviews/{substitute}")).await.expect(200);
        assert_eq!((&stepped_in["application_id"], &stepped_in["state"]), (&json!(case), &json!("assigned")));
        let conflicts = stage.officer.get(&format!("/conflicts?user_id={}", me.id)).await.expect(200);
        assert_eq!((&conflicts["items"][0]["source"], &conflicts["items"][0]["reason"]), (&json!("declared"), &json!("my sister's firm")));
        assert!(conflicts["items"][0]["user_name"].as_str().unwrap().starts_with("Person "), "{conflicts}");
        assert!(conflicts["items"][0]["enterprise_name"].as_str().unwrap().starts_with("Enterprise "), "{conflicts}");
    }

    async fn nobody_scores_what_has_left_the_review(app) {
        let stage = stage(app, 1, POOL).await;
        let panel = stage.draw().await;
        let sitting = stage.seated(&panel).0;
        let done = task(sitting[0]).await;
        stage.score(sitting[0], &done, 8000).await;
        let id = task(sitting[1]).await;
        let path = format!("/reviews/{id}");
        sitting[1].post(&format!("{path}/declaration"), json!({ "conflict": false })).await.expect(200);
        stage.officer.post(&format!("/rounds/{}/cancellation", stage.round), json!({ "reason": "政策调整" })).await.expect(200);
        assert_eq!(sitting[1].get("/reviews").await.expect(200)["items"], json!([]));
        sitting[1].get(&path).await.refused(404, "not_found");
        put_at(sitting[1], &format!("{path}/scores"), 3, sheet(9000)).await.refused(409, "invalid_transition");
        assert_eq!(stage.officer.get(&path).await.expect(200)["state"], "ended");
        assert_eq!(stage.officer.get(&format!("/reviews/{done}")).await.expect(200)["state"], "submitted", "what was handed in stays");
    }

    async fn a_recused_experts_score_is_refused_and_does_not_count(app) {
        let stage = stage(app, 1, POOL).await;
        let panel = stage.draw().await;
        let me = stage.seated(&panel).0[0];
        let id = task(me).await;
        let path = format!("/reviews/{id}");
        me.post(&format!("{path}/declaration"), json!({ "conflict": false })).await.expect(200);
        put_at(me, &format!("{path}/scores"), 2, sheet(9000)).await.expect(200);
        stage.officer.post(&format!("{path}/recusal"), json!({ "reason": "" })).await.faults(&[("/reason", "required")]);
        let left = stage.officer.post(&format!("{path}/recusal"), json!({ "reason": "advised the applicant" })).await.expect(200);
        assert_eq!(left["state"], "recused");
        put_at(me, &format!("{path}/scores"), 4, sheet(100)).await.refused(409, "conflict_of_interest");
        me.post(&format!("{path}/submission"), json!({})).await.refused(409, "conflict_of_interest");
        me.get(&path).await.refused(404, "not_found");
        assert_eq!(stage.officer.get(&path).await.expect(200)["sheet"]["dimensions"]["technology"]["marks"], 3500);
        stage.officer.post(&format!("{path}/recusal"), json!({ "reason": "again" })).await.refused(409, "invalid_transition");
    }

    async fn a_conflicted_officer_finds_nothing_of_the_case_anywhere(app) {
        let stage = stage(app, 1, POOL).await;
        let panel = stage.draw().await;
        let colleague = app.user(&[Role::Officer]).await;
        let review = task(stage.seated(&panel).0[0]).await;
        let (case, enterprise) = &stage.cases[0];
        let everywhere = [
            format!("/reviews/{review}"), format!("/panels/{}", text(&panel["id"])), format!("/draws/{}", text(&panel["draw_id"])),
        ];
        for path in &everywhere {
            colleague.get(path).await.expect(200);
        }
        let body = json!({ "user_id": colleague.id, "enterprise_id": enterprise, "reason": "spouse works there" });
        let pinned = stage.officer.post("/conflicts", body).await.expect(201);
        for path in &everywhere {
            colleague.get(path).await.refused(404, "not_found");
        }
        colleague.get(&format!("/applications/{case}")).await.refused(404, "not_found");
        colleague.get(&format!("/applications/{case}/timeline")).await.refused(404, "not_found");
        colleague.get(&format!("/applications/{case}/score")).await.refused(404, "not_found");
        for list in ["/applications?count=true", "/reviews?count=true", "/draws", "/conflicts"] {
            let page = colleague.get(list).await.expect(200);
            assert_eq!(page["items"], json!([]), "{list}");
        }
        assert_eq!(colleague.get("/reviews?count=true").await.expect(200)["total"], 0);
        colleague.post(&format!("/reviews/{review}/recusal"), json!({ "reason": "x" })).await.refused(404, "not_found");
        let lift = format!("/conflicts/{}/ending", text(&pinned["id"]));
        colleague.post(&lift, json!({ "reason": "it is fine" })).await.refused(404, "not_found");
        let freeze = colleague.post(&format!("/rounds/{}/score-freeze", stage.round), json!({})).await.expect(200);
        assert_eq!(freeze["results"], json!([]));

        stage.officer.post(&lift, json!({ "reason": "spouse left the firm" })).await.expect(200);
        colleague.get(&everywhere[0]).await.expect(200);
        stage.officer.post(&lift, json!({ "reason": "twice" })).await.refused(409, "invalid_transition");
    }

    async fn a_conflict_hides_the_enterprise_its_title_its_objections_and_its_decisions(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        world.formal_review(&round).await;
        world.accept(&id).await;
        world.deliberation(&round).await;
        world.decide(&id, "proposal").await;
        let body = json!({"starts_on": "2026-04-01", "ends_on": "2026-04-10", "title": "公示"});
        let notice = text(&world.officer.post(&format!("/rounds/{round}/publicity"), body).await.expect(200)["notice_id"]);
        let shown = app.anonymous().get(&format!("/public/notices/{notice}")).await.expect(200);
        let objection = json!({
            "subject_id": shown["subjects"][0]["id"], "name": "王芳", "contact": "13900000000",
            "content": "该企业的合作协议并不存在。", "evidence": "见附函。",
        });
        app.anonymous().post(&format!("/public/notices/{notice}/objections"), objection.clone()).await.expect(201);
        let listed = world.officer.get("/objections").await.expect(200);
        let name = world.officer.get(&format!("/applications/{id}")).await.expect(200)["enterprise"]["name"].clone();
        assert_eq!((&listed["items"][0]["subject_name"], &listed["items"][0]["notice_title"]), (&name, &json!("公示")));
        let item = |page: Value| text(&page["items"][0]["id"]);
        let objected = item(world.officer.get("/objections").await.expect(200));
        let decision = item(world.officer.get("/decisions").await.expect(200));

        let (officer, approver, manager) =
            (app.user(&[Role::Officer]).await, app.user(&[Role::Approver]).await, app.user(&[Role::FundManager]).await);
        let lists = ["/enterprises", "/applications", "/objections", "/decisions", "/claims", "/conflicts"];
        for person in [&officer, &approver, &manager] {
            assert_eq!(person.get("/enterprises?count=true").await.expect(200)["total"], 1);
            let pinned = json!({ "user_id": person.id, "enterprise_id": firm.id, "reason": "shares in the firm" });
            world.officer.post("/conflicts", pinned).await.expect(201);
        }
        for (person, lists) in [(&officer, &lists[..]), (&approver, &lists), (&manager, &lists[..1])] {
            for list in lists {
                assert_eq!(person.get(list).await.expect(200)["items"], json!([]), "{list}");
            }
            assert_eq!(person.get("/enterprises?count=true").await.expect(200)["total"], 0);
            assert_eq!(person.get(&format!("/enterprises?q={}", firm.name)).await.expect(200)["items"], json!([]));
            for part in ["", "/facts", "/metrics"] {
                person.get(&format!("/enterprises/{}{part}", firm.id)).await.refused(404, "not_found");
            }
        }
        for person in [&officer, &approver] {
            for path in [
                format!("/objections/{objected}"), format!("/decisions/{decision}"), format!("/applications/{id}/timeline"),
                format!("/enterprises/{}/members", firm.id), format!("/enterprises/{}/figures?year=2026", firm.id),
            ] {
                person.get(&path).await.refused(404, "not_found");
            }
        }
        officer.post(&format!("/objections/{objected}/admission"), json!({})).await.refused(404, "not_found");
        let mut paper = objection;
        paper["notice_id"] = json!(notice);
        paper["received_on"] = json!("2026-04-01");
        officer.post("/objections", paper).await.refused(409, "conflict_of_interest");
        let batch = json!({"action": "non_selection", "ids": [id], "input": {"reason": "x"}, "dry_run": true});
        let tried = officer.post("/applications/batches", batch).await.expect(200);
        assert_eq!(tried["results"][0]["code"], "not_found");

        app.advance_to("2026-04-10T16:00:00Z");
        let admitted = world.officer.post(&format!("/objections/{objected}/inadmissibility"), json!({"reason": "匿名"})).await.expect(200);
        assert_eq!(admitted["state"], "inadmissible");
        world.step(&round, "conclusion").await;
        let membership = item(world.officer.get("/memberships").await.expect(200));
        for person in [&officer, &approver, &manager] {
            assert_eq!(person.get("/memberships?count=true").await.expect(200)["total"], 0);
            person.get(&format!("/memberships/{membership}")).await.refused(404, "not_found");
        }
        // What everybody may read without signing in stays public for them too.
        officer.get(&format!("/public/notices/{notice}")).await.expect(200);
        // The applicant's own view is nobody else's business.
        assert_eq!(firm.owner.get("/memberships?count=true").await.expect(200)["total"], 1);
    }

    async fn pinning_an_expert_ends_their_tasks_there(app) {
        let stage = stage(app, 2, POOL).await;
        let panel = stage.draw().await;
        let me = stage.seated(&panel).0[0];
        let body = json!({ "user_id": me.id, "enterprise_id": stage.cases[0].1, "reason": "consulted for them" });
        stage.officer.post("/conflicts", body).await.expect(201);
        let left = me.get("/reviews").await.expect(200);
        assert_eq!((left["items"].as_array().unwrap().len(), &left["items"][0]["application_id"]), (1, &json!(stage.cases[1].0)));
        let recused = stage.officer.get("/reviews?state=recused&count=true").await.expect(200);
        assert_eq!(recused["total"], 1);
        let nobody = json!({ "user_id": "nobody", "enterprise_id": "nothing", "reason": "" });
        stage.officer.post("/conflicts", nobody).await.faults(&[
            ("/user_id", "not_existing"), ("/enterprise_id", "not_existing"), ("/reason", "required"),
        ]);
    }

    async fn whoever_the_record_ties_to_the_applicant_is_not_drawn(app) {
        let stage = stage(app, 1, &[("technical", 3), ("finance", 1)]).await;
        let enterprise = stage.cases[0].1.clone();
        let (_, same) = expert(app, &stage.officer, "technical", "ENTERPRISE　1").await;
        let (_, partner) = expert(app, &stage.officer, "industry", "Deep Sea Works").await;
        let (person, member) = expert(app, &stage.officer, "industry", "Yet another house").await;
        app.app.door.system("test", move |cx| {
            let (fact, membership) = (cx.id::<ReviewId>(), cx.id::<ReviewId>());
            diesel::insert_into(enterprise_facts::table).values((
                (enterprise_facts::id.eq(fact.0), enterprise_facts::enterprise_id.eq(&enterprise), enterprise_facts::kind.eq("partner")),
                (enterprise_facts::detail.eq(r#"{"name":"deep sea works","role":"upstream"}"#), enterprise_facts::source.eq("test")),
                (enterprise_facts::written_by.eq("test"), enterprise_facts::created_at.eq(cx.now), enterprise_facts::version.eq(1_i64)),
            )).execute(cx.conn)?;
            diesel::insert_into(enterprise_members::table).values((
                (enterprise_members::id.eq(membership.0), enterprise_members::enterprise_id.eq(&enterprise)),
                (enterprise_members::user_id.eq(&person.id), enterprise_members::role.eq("member"), enterprise_members::verified.eq(true)),
                enterprise_members::created_at.eq(cx.now),
            )).execute(cx.conn)?;
            Ok(())
        }).await.unwrap();
        let path = format!("/rounds/{}/panels", stage.round);
        let refused = stage.officer.post(&path, json!({})).await.refused(409, "panel_infeasible");
        assert_eq!((&refused["conflicted"], &refused["shortages"][0]["rule"]), (&json!(3), &json!("size")));
        expert(app, &stage.officer, "industry", "Free of ties").await;
        let panel = stage.officer.post(&path, json!({})).await.expect(201);
        let drawn: Vec<_> = panel["seats"].as_array().unwrap().iter().map(|s| text(&s["expert_id"])).collect();
        assert!([same, partner, member].iter().all(|id| !drawn.contains(id)));
        let page = stage.officer.get("/conflicts").await.expect(200);
        let mut grounds: Vec<_> = page["items"].as_array().unwrap().iter().map(|c| text(&c["ground"])).collect();
        grounds.sort_unstable();
        assert_eq!(grounds, ["member", "partner", "same_employer"]);
    }
}
