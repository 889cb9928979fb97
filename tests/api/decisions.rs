//! Steps that take two people.

use laoshan::platform::policy::Role;
use serde_json::json;

use crate::applications::world::World;
use crate::both;

/// An accepted application in a round that deliberates.
async fn accepted(world: &World<'_>) -> String {
    let round = world.round(json!({})).await;
    let (_, id) = world.application(&round).await;
    world.formal_review(&round).await;
    world.accept(&id).await;
    world.deliberation(&round).await;
    id
}

both! {
    async fn a_decision_shows_exactly_what_will_change(app) {
        let world = World::new(app).await;
        let id = accepted(&world).await;
        let decision = world.prepare(&id, "proposal").await;
        let view = world.approver.get(&format!("/decisions/{decision}")).await.expect(200);
        assert_eq!(view["subject"], json!({"kind": "application", "id": id}));
        assert_eq!((&view["action"], &view["state"]), (&json!("application.propose"), &json!("pending")));
        assert_eq!(view["proposal"]["state"], json!({"from": "accepted", "to": "proposed"}));
        assert_eq!((&view["proposal"]["tier"], &view["reason"]), (&json!("ecosystem"), &json!("经联席会议审议")));
        assert_eq!(view["prepared_by"]["id"], json!(world.officer.id));
        let actions: Vec<_> = view["actions"].as_array().unwrap().iter().map(|a| (&a["action"], &a["allowed"])).collect();
        assert_eq!(actions, [(&json!("decision.approve"), &json!(true)), (&json!("decision.refuse"), &json!(true))]);
        let list = world.approver.get("/decisions?state=pending&action=application.propose&count=true").await.expect(200);
        assert_eq!((&list["total"], &list["items"][0]["id"]), (&json!(1), &json!(decision)));
        let name = world.officer.get(&format!("/applications/{id}")).await.expect(200)["enterprise"]["name"].clone();
        assert_eq!((&list["items"][0]["subject_name"], &view["subject_name"]), (&name, &name));
        assert_eq!(world.approver.get("/decisions?state=approved&count=true").await.expect(200)["total"], 0);
        app.user(&[Role::Applicant]).await.get(&format!("/decisions/{decision}")).await.refused(403, "forbidden");
        world.approver.get("/decisions/nowhere").await.refused(404, "not_found");
    }

    async fn nobody_approves_what_they_prepared(app) {
        let world = World::new(app).await;
        let id = accepted(&world).await;
        let both_roles = app.user(&[Role::Officer, Role::Approver]).await;
        let body = json!({"reason": "x"});
        let decision = both_roles.post(&format!("/applications/{id}/proposal"), body.clone()).await.expect(201);
        let path = format!("/decisions/{}", decision["id"].as_str().unwrap());
        both_roles.post(&format!("{path}/approval"), json!({})).await.refused(409, "two_person_rule");
        both_roles.post(&format!("{path}/refusal"), body.clone()).await.refused(409, "two_person_rule");
        world.officer.post(&format!("{path}/approval"), json!({})).await.refused(403, "forbidden");
        world.officer.post(&format!("{path}/voiding"), body).await.refused(409, "not_preparer");
        assert_eq!(world.state(&id).await, "accepted");
        world.approver.post(&format!("{path}/approval"), json!({})).await.expect(200);
        world.approver.post(&format!("{path}/approval"), json!({})).await.refused(409, "invalid_transition");
        assert_eq!(world.state(&id).await, "proposed");
    }

    async fn each_approver_counts_once(app) {
        let world = World::new(app).await;
        let round = world.round(json!({"approvals_needed": 2})).await;
        let (firm, id) = world.application(&round).await;
        let decision = world.prepare(&id, "voiding").await;
        let path = format!("/decisions/{decision}");
        world.approve(&decision).await;
        world.approver.post(&format!("{path}/approval"), json!({})).await.refused(409, "two_person_rule");
        world.approver.post(&format!("{path}/refusal"), json!({"reason": "x"})).await.refused(409, "two_person_rule");
        assert_eq!(world.state(&id).await, "submitted");
        let insider = app.user(&[Role::Approver]).await;
        world.join(&firm.id, &insider, "member").await;
        insider.post(&format!("{path}/approval"), json!({})).await.refused(404, "not_found");
        let deputy = app.user(&[Role::Approver]).await;
        let view = deputy.post(&format!("{path}/approval"), json!({"reason": "属实"})).await.expect(200);
        let steps: Vec<_> = view["steps"].as_array().unwrap().iter().map(|s| (&s["by"]["id"], &s["verdict"])).collect();
        assert_eq!(
            steps,
            [(&json!(world.approver.id), &json!("approved")), (&json!(deputy.id), &json!("approved"))]
        );
        assert_eq!(world.state(&id).await, "void");
    }

    async fn one_decision_waits_per_subject_and_action(app) {
        let world = World::new(app).await;
        let id = accepted(&world).await;
        let decision = world.prepare(&id, "proposal").await;
        let body = json!({"reason": "另一个理由"});
        let refused = world.officer.post(&format!("/applications/{id}/proposal"), body.clone()).await
            .refused(409, "decision_pending");
        assert_eq!(refused["decision_id"], json!(decision));
        // Who wants it otherwise takes it back and prepares another.
        let path = format!("/decisions/{decision}");
        world.officer.post(&format!("{path}/voiding"), json!({})).await.faults(&[("/reason", "required")]);
        let voided = world.officer.post(&format!("{path}/voiding"), json!({"reason": "措辞有误"})).await.expect(200);
        assert_eq!(voided["state"], "voided");
        world.approver.post(&format!("{path}/approval"), json!({})).await.refused(409, "invalid_transition");
        world.officer.post(&format!("/applications/{id}/proposal"), body).await.expect(201);
    }

    async fn a_refusal_leaves_everything_as_it_was(app) {
        let world = World::new(app).await;
        let id = accepted(&world).await;
        let decision = world.prepare(&id, "proposal").await;
        let before = world.state(&id).await;
        world.approver.post(&format!("/decisions/{decision}/refusal"), json!({})).await.faults(&[("/reason", "required")]);
        let refused = world.approver.post(&format!("/decisions/{decision}/refusal"), json!({"reason": "材料不足"})).await;
        assert_eq!(refused.expect(200)["state"], "refused");
        assert_eq!(world.state(&id).await, before);
        world.prepare(&id, "proposal").await;
    }

    async fn two_approvers_at_the_same_moment_do_it_once(app) {
        let world = World::new(app).await;
        let id = accepted(&world).await;
        let decision = world.prepare(&id, "proposal").await;
        let path = format!("/decisions/{decision}/approval");
        let deputy = app.user(&[Role::Approver]).await;
        let (one, two) = tokio::join!(world.approver.post(&path, json!({})), deputy.post(&path, json!({})));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", one.text, two.text);
        assert_eq!(world.state(&id).await, "proposed");
    }
}
