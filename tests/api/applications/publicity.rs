//! Publicity, objections and conclusion.

use serde_json::{Value, json};

use super::world::{World, text};
use crate::both;

/// `n` applications accepted in a round that deliberates.
async fn accepted(world: &World<'_>, n: usize) -> (String, Vec<String>) {
    let round = world.round(json!({})).await;
    let mut ids = Vec::new();
    for _ in 0..n {
        ids.push(world.application(&round).await.1);
    }
    world.formal_review(&round).await;
    for id in &ids {
        world.accept(id).await;
    }
    world.deliberation(&round).await;
    (round, ids)
}

async fn publicise(world: &World<'_>, round: &str) -> Value {
    let body = json!({"starts_on": "2026-04-01", "ends_on": "2026-04-10", "title": "公示"});
    world.officer.post(&format!("/rounds/{round}/publicity"), body).await.expect(200)
}

both! {
    async fn a_publicity_needs_something_proposed_and_nothing_pending(app) {
        let world = World::new(app).await;
        let (round, ids) = accepted(&world, 2).await;
        let path = format!("/rounds/{round}/publicity");
        world.officer.post(&path, json!({})).await.faults(&[("/starts_on", "required")]);
        world.officer.post(&path, json!({"starts_on": "2026-04-01"})).await.refused(409, "nothing_proposed");
        world.decide(&ids[0], "proposal").await;
        let pending = world.prepare(&ids[1], "non-selection").await;
        world.officer.post(&path, json!({"starts_on": "2026-04-01"})).await.refused(409, "decision_pending");
        let before = world.officer.get(&format!("/rounds/{round}")).await.expect(200);
        world.officer.post(&format!("/decisions/{pending}/voiding"), json!({"reason": "再议"})).await.expect(200);
        world.officer.post(&path, json!({"starts_on": "2026-03-31", "ends_on": "2026-03-30"})).await
            .faults(&[("/starts_on", "out_of_range"), ("/ends_on", "date_order")]);
        assert_eq!(world.officer.get(&format!("/rounds/{round}")).await.expect(200), before);
        assert_eq!(world.state(&ids[0]).await, "proposed", "a refused publicity changes nothing");
        let view = publicise(&world, &round).await;
        assert_eq!((&view["publicity_starts_on"], &view["publicity_ends_on"]), (&json!("2026-04-01"), &json!("2026-04-10")));

        app.advance_to("2026-04-10T16:00:00Z");
        let undecided = world.officer.post(&format!("/rounds/{round}/conclusion"), json!({})).await
            .refused(409, "applications_undecided");
        assert_eq!(undecided["undecided"], 1);
        assert_eq!(world.state(&ids[0]).await, "in_publicity");
        world.decide(&ids[1], "non-selection").await;
        world.step(&round, "conclusion").await;
        assert_eq!((world.state(&ids[0]).await, world.state(&ids[1]).await), ("recognised".into(), "not_selected".into()));
    }

    async fn an_objection_holds_its_application_and_the_round_until_it_is_resolved(app) {
        let world = World::new(app).await;
        let (round, ids) = accepted(&world, 3).await;
        for id in &ids {
            world.decide(id, "proposal").await;
        }
        let notice = text(&publicise(&world, &round).await["notice_id"]);
        let shown = app.anonymous().get(&format!("/public/notices/{notice}")).await.expect(200);
        let object = |position: usize| {
            let body = json!({
                "subject_id": shown["subjects"][position]["id"], "name": "王芳", "contact": "13900000000",
                "content": "该企业的合作协议并不存在。", "evidence": "见附函。",
            });
            let (anyone, notice) = (app.anonymous(), notice.clone());
            async move { anyone.post(&format!("/public/notices/{notice}/objections"), body).await.expect(201) }
        };
        object(0).await;
        object(1).await;
        let list = world.officer.get("/objections").await.expect(200);
        let by_id = |id: &Value| {
            let item = list["items"].as_array().unwrap().iter().find(|item| item["subject_id"] == *id).unwrap();
            text(&item["id"])
        };
        let (denied, cleared) = (by_id(&json!(ids[0])), by_id(&json!(ids[1])));
        for objection in [&denied, &cleared] {
            world.officer.post(&format!("/objections/{objection}/admission"), json!({})).await.expect(200);
        }
        assert_eq!((world.state(&ids[0]).await, world.state(&ids[1]).await), ("objected".into(), "objected".into()));
        app.advance_to("2026-04-10T16:00:00Z");
        world.officer.post(&format!("/rounds/{round}/conclusion"), json!({})).await.refused(409, "objection_open");
        for (objection, outcome) in [(&denied, "upheld"), (&cleared, "dismissed")] {
            let body = json!({"outcome": outcome, "answer": "已核查。"});
            world.officer.post(&format!("/objections/{objection}/investigation"), json!({})).await.expect(200);
            world.officer.post(&format!("/objections/{objection}/resolution"), body).await.expect(200);
        }
        assert_eq!((world.state(&ids[0]).await, world.state(&ids[1]).await), ("denied".into(), "in_publicity".into()));
        world.step(&round, "conclusion").await;
        let mut states = Vec::new();
        for id in &ids {
            states.push(world.state(id).await);
        }
        assert_eq!(states, ["denied", "recognised", "recognised"]);
        for (number, status) in [(1, 200), (2, 200), (3, 404)] {
            let path = format!("/public/certificates/LS-WLZX-2026-{number:04}");
            assert_eq!(app.anonymous().get(&path).await.status, status, "{path}");
        }
    }
}
