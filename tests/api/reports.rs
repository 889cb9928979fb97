//! The figures leaders look at, from a year as it happened.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::applications::world::World;
use crate::both;

fn counts(rows: &Value, name: &str) -> Vec<(String, i64)> {
    let rows = rows.as_array().expect("a list");
    rows.iter()
        .map(|row| (row[name].as_str().expect("a code").to_owned(), row["count"].as_i64().expect("a count")))
        .collect()
}

both! {
    async fn the_figures_tell_how_far_how_long_and_where(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let other = world.round(json!({"name": "另一批", "year": 2025})).await;
        let (_, id) = world.application(&round).await;
        let idle = world.firm().await;
        idle.owner.post("/applications", json!({"round_id": round, "enterprise_id": idle.id, "tier": "leading"})).await.expect(201);
        let elsewhere = world.firm().await;
        elsewhere.owner.post("/applications", json!({"round_id": other, "enterprise_id": elsewhere.id, "tier": "leading"})).await.expect(201);
        world.formal_review(&round).await;
        world.accept(&id).await;

        let funnel = world.approver.get("/reports/funnel?year=2026").await.expect(200);
        let expected = [("begun", 2), ("submitted", 1), ("accepted", 1), ("proposed", 0), ("recognised", 0)];
        assert_eq!(counts(&funnel["stages"], "stage"), expected.map(|(stage, n)| (stage.to_owned(), n)));
        assert_eq!(counts(&funnel["states"], "state"), [("accepted".to_owned(), 1), ("draft".to_owned(), 1)]);
        assert_eq!(world.officer.get("/reports/funnel").await.expect(200), funnel, "the present year");
        let one = world.officer.get(&format!("/reports/funnel?round_id={other}")).await.expect(200);
        assert_eq!(counts(&one["states"], "state"), [("draft".to_owned(), 1)]);

        // For whoever must not find a case, no figure counts it.
        let tied = app.user(&[Role::Officer]).await;
        world.join(&elsewhere.id, &tied, "member").await;
        let hidden = tied.get(&format!("/reports/funnel?round_id={other}")).await.expect(200);
        assert_eq!(hidden["states"], json!([]));
        let hidden = tied.get(&format!("/reports/stage-durations?round_id={other}")).await.expect(200);
        assert_eq!(hidden["states"], json!([]));

        // Drafted and submitted on 2 March at nine, accepted on 1 April at nine.
        let stays = world.approver.get("/reports/stage-durations?year=2026").await.expect(200);
        assert_eq!(stays["states"], json!([
            {"state": "draft", "count": 1, "median_seconds": 0},
            {"state": "submitted", "count": 1, "median_seconds": 30 * 86_400},
        ]));

        world.deliberation(&round).await;
        world.decide(&id, "proposal").await;
        world.officer.post(&format!("/rounds/{round}/publicity"), json!({"starts_on": "2026-04-02"})).await.expect(200);
        app.advance_to("2026-04-20T01:00:00Z");
        world.step(&round, "conclusion").await;
        let firm = world.record(&id).await["enterprise"]["id"].as_str().expect("an id").to_owned();
        let enterprise = world.officer.get(&format!("/enterprises/{firm}")).await;
        let version = enterprise.body["version"].as_i64().expect("a version");
        world.officer.patch(&format!("/enterprises/{firm}"), version, json!({"tracks": ["terahertz", "deep_sea"]})).await.expect(200);
        let heat = world.officer.get("/reports/track-heat-map").await.expect(200);
        assert_eq!(heat["cells"], json!([
            {"track": "deep_sea", "tier": "ecosystem", "count": 1}, {"track": "terahertz", "tier": "ecosystem", "count": 1},
        ]));
        assert_eq!(world.officer.get("/reports/cohort-flow").await.expect(200)["links"], json!([]), "the ecosystem is no rung of the ladder");
    }

    async fn figures_are_for_those_who_see_everything(app) {
        for role in [Role::Applicant, Role::Department, Role::Expert, Role::Bank, Role::SystemAdmin, Role::Auditor] {
            app.user(&[role]).await.get("/reports/funnel").await.refused(403, "forbidden");
        }
        let approver = app.user(&[Role::Approver]).await;
        approver.get("/reports/cohort-flow?from=1990").await.faults(&[("from", "out_of_range")]);
        approver.get("/reports/funnel?month=3").await.refused(400, "malformed_request");
        assert_eq!(approver.get("/reports/cohort-flow").await.expect(200), json!({"links": []}));
        assert_eq!(approver.get("/reports/track-heat-map").await.expect(200), json!({"cells": []}));
        assert_eq!(approver.get("/reports/stage-durations").await.expect(200), json!({"states": []}));
        assert_eq!(approver.get("/reports/funnel").await.expect(200)["states"], json!([]));
    }
}
