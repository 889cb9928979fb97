//! The main job: one firm from its draft to a certificate that anybody can check.

use serde_json::json;

use super::world::{World, complete_form, text};
use crate::both;

both! {
    async fn a_firm_applies_is_proposed_shown_to_the_public_and_holds_a_certificate(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;

        let draft = firm.owner
            .post("/applications", json!({"round_id": round, "enterprise_id": firm.id, "tier": "ecosystem"})).await;
        assert_eq!(draft.header("etag"), "\"1\"");
        let id = text(&draft.body["id"]);
        assert_eq!(draft.header("location"), format!("/api/v1/applications/{id}"));
        let saved = firm.owner
            .patch(&format!("/applications/{id}"), 1, complete_form()).await.expect(200);
        assert_eq!((&saved["version"], &saved["state"]), (&json!(2), &json!("draft")));

        app.advance_to("2026-03-20T02:00:00Z");
        let submitted = firm.owner.post(&format!("/applications/{id}/submission"), json!({})).await.expect(200);
        assert_eq!(submitted["state"], "submitted");
        assert_eq!(submitted["submitted_at"], "2026-03-20T02:00:00.000000Z");
        let snapshot = &submitted["snapshot"];
        assert_eq!(
            (&snapshot["number"], &snapshot["as_of"], &snapshot["base_year"], &snapshot["outcome"]),
            (&json!(1), &json!("2026-03-31"), &json!(2026), &json!("met"))
        );
        assert_eq!(snapshot["evaluation"]["gate"], "met");

        world.formal_review(&round).await;
        assert_eq!(world.accept(&id).await["state"], "accepted");
        world.deliberation(&round).await;

        let decision = world.prepare(&id, "proposal").await;
        assert_eq!(world.state(&id).await, "accepted", "nothing changes before the approval");
        let approved = world.approve(&decision).await;
        assert_eq!((&approved["state"], &approved["approvals_given"]), (&json!("approved"), &json!(1)));
        assert_eq!(world.state(&id).await, "proposed");

        let round_view = world.officer
            .post(&format!("/rounds/{round}/publicity"), json!({"starts_on": "2026-04-01"})).await.expect(200);
        // Five working days after Wednesday 1 April 2026, with Tomb-Sweeping Day from the 4th to the 6th.
        assert_eq!(
            (&round_view["state"], &round_view["publicity_ends_on"]),
            (&json!("publicity"), &json!("2026-04-09"))
        );
        assert_eq!(world.state(&id).await, "in_publicity");
        let notice = text(&round_view["notice_id"]);
        let shown = app.anonymous().get(&format!("/public/notices/{notice}")).await.expect(200);
        assert_eq!(shown["title"], "2026 年度筛选拟认定企业名单公示");
        let mut subject = shown["subjects"][0].clone();
        subject.as_object_mut().unwrap().remove("id");
        assert_eq!(
            subject,
            json!({"fields": {
                "enterprise_name": firm.name, "credit_code": firm.credit_code, "tier": "ecosystem", "track": "terahertz",
            }}),
            "nothing but the public fields"
        );

        app.advance_to("2026-04-09T15:59:59Z");
        world.officer.post(&format!("/rounds/{round}/conclusion"), json!({})).await.refused(409, "not_yet_due");
        app.advance_to("2026-04-09T16:00:00Z");
        let concluded = world.step(&round, "conclusion").await;
        assert_eq!(concluded["state"], "concluded");
        assert_eq!(world.state(&id).await, "recognised");

        let certificate = app.anonymous().get("/public/certificates/LS-WLZX-2026-0001").await.expect(200);
        assert_eq!(
            certificate,
            json!({
                "valid": true, "number": "LS-WLZX-2026-0001", "enterprise_name": firm.name, "tier": "ecosystem",
                "state": "active", "valid_from": "2026-04-10", "valid_to": "2028-04-09",
            })
        );
        let memberships = firm.owner.get("/memberships").await.expect(200);
        assert_eq!(memberships["items"][0]["certificate_number"], "LS-WLZX-2026-0001");

        let timeline = firm.owner.get(&format!("/applications/{id}/timeline")).await.expect(200);
        let told: Vec<_> = timeline["items"].as_array().unwrap().iter()
            .map(|item| (text(&item["action"]), item["to"].clone(), item.get("by").cloned())).collect();
        let expected = [
            ("application.create", "draft"),
            ("application.submit", "submitted"),
            ("application.accept", "accepted"),
            ("application.propose", "proposed"),
            ("application.publicise", "in_publicity"),
            ("application.recognise", "recognised"),
        ];
        assert_eq!(told, expected.map(|(action, to)| (action.to_owned(), json!(to), None)));
        let staff = world.officer.get(&format!("/applications/{id}/timeline?limit=1")).await.expect(200);
        assert!(staff["items"][0]["by"].is_string(), "{staff}");
        let next = format!("/applications/{id}/timeline?limit=1&cursor={}", text(&staff["next"]));
        assert_eq!(world.officer.get(&next).await.expect(200)["items"][0]["action"], "application.submit");
    }

    async fn a_round_with_experts_decides_after_their_phase_only(app) {
        let world = World::new(app).await;
        let round = world.round(json!({"expert_review": true, "approvals_needed": 2})).await;
        let (_, id) = world.application(&round).await;
        world.formal_review(&round).await;
        world.officer.post(&format!("/rounds/{round}/expert-review"), json!({})).await
            .refused(409, "applications_undecided");
        world.accept(&id).await;
        world.step(&round, "expert-review").await;
        assert_eq!(world.state(&id).await, "in_review");
        world.officer.post(&format!("/applications/{id}/proposal"), json!({"reason": "好"})).await
            .refused(409, "invalid_transition");
        // The round stays with the experts until every case has its result, or is set aside.
        let waiting = world.officer.post(&format!("/rounds/{round}/deliberation"), json!({})).await.refused(409, "scores_missing");
        assert_eq!(waiting["detail"], "applications without a frozen result: 1; freeze them or pass them over first");
        let decision = world.prepare(&id, "non-selection").await;
        assert_eq!(world.approve(&decision).await["state"], "pending", "two approvals are needed");
        assert_eq!(world.state(&id).await, "in_review");
        let second = app.user(&[laoshan::platform::policy::Role::Approver]).await;
        let approved = second.post(&format!("/decisions/{decision}/approval"), json!({"reason": "同意"})).await.expect(200);
        assert_eq!((&approved["state"], &approved["approvals_given"]), (&json!("approved"), &json!(2)));
        assert_eq!(world.state(&id).await, "not_selected");
        world.deliberation(&round).await;
    }
}
