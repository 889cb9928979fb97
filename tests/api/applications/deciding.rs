//! Proposal, non-selection, voiding and the quota.

use serde_json::{Value, json};

use super::world::World;
use crate::both;

both! {
    async fn no_more_are_proposed_than_there_are_places(app) {
        let world = World::new(app).await;
        let round = world.round(json!({"quotas": {"ecosystem": 2}})).await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(world.application(&round).await.1);
        }
        world.formal_review(&round).await;
        for id in &ids {
            world.accept(id).await;
        }
        world.deliberation(&round).await;
        let body = json!({"action": "proposal", "ids": ids, "input": {"reason": "排名靠前"}});
        let refused = world.officer.post("/applications/batches", body).await.expect(200);
        let codes: Vec<_> = refused["results"].as_array().unwrap().iter().map(|r| r["code"].clone()).collect();
        assert_eq!(codes, [Value::Null, Value::Null, json!("quota_exceeded")]);
        let none = world.officer.get("/decisions?state=pending&count=true").await.expect(200);
        assert_eq!(none["total"], 0, "all or nothing");

        world.decide(&ids[0], "proposal").await;
        let second = world.prepare(&ids[1], "proposal").await;
        let reason = json!({"reason": "x"});
        world.officer.post(&format!("/applications/{}/proposal", ids[2]), reason.clone()).await
            .refused(409, "quota_exceeded");
        world.approver.post(&format!("/decisions/{second}/refusal"), reason).await.expect(200);
        let third = world.prepare(&ids[2], "proposal").await;
        world.approve(&third).await;
        assert_eq!(world.state(&ids[2]).await, "proposed");
        assert_eq!(world.state(&ids[1]).await, "accepted");
    }

    async fn who_is_not_selected_stays_in_the_library_as_a_candidate(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        world.formal_review(&round).await;
        world.accept(&id).await;
        world.deliberation(&round).await;
        world.decide(&id, "non-selection").await;
        assert_eq!(world.state(&id).await, "not_selected");
        let library = firm.owner.get("/memberships").await.expect(200);
        assert_eq!((&library["items"][0]["state"], &library["items"][0]["lane"]), (&json!("candidate"), &json!("ecosystem")));
    }

    async fn an_approval_that_no_longer_fits_is_refused_and_changes_nothing(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        world.formal_review(&round).await;
        world.accept(&id).await;
        world.deliberation(&round).await;
        // Two decisions of different kinds may wait; the first to be approved takes the other back.
        let propose = world.prepare(&id, "proposal").await;
        let pass_over = world.prepare(&id, "non-selection").await;
        world.approve(&propose).await;
        world.approver.post(&format!("/decisions/{pass_over}/approval"), json!({})).await.refused(409, "invalid_transition");
        assert_eq!(world.state(&id).await, "proposed");
        firm.owner.post(&format!("/applications/{id}/withdrawal"), json!({})).await.refused(409, "invalid_transition");
    }

    async fn a_withdrawn_application_takes_its_pending_decision_along(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        world.formal_review(&round).await;
        world.accept(&id).await;
        world.deliberation(&round).await;
        let decision = world.prepare(&id, "proposal").await;
        firm.owner.post(&format!("/applications/{id}/withdrawal"), json!({})).await.expect(200);
        let view = world.officer.get(&format!("/decisions/{decision}")).await.expect(200);
        assert_eq!(view["state"], "voided");
        let seen = world.officer.get(&format!("/applications/{id}")).await.expect(200);
        assert_eq!(seen["decisions"][0]["state"], "voided");
        assert_eq!(firm.owner.get(&format!("/applications/{id}")).await.expect(200).get("decisions"), None);
    }

    async fn fraud_makes_an_application_void(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        world.decide(&id, "voiding").await;
        assert_eq!(world.state(&id).await, "void");
        // Its place in the lane is free again.
        world.empty_draft(&round, &firm).await;
    }
}
