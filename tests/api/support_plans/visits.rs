//! Visits, and who goes without.

use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use super::world::{member, world};
use crate::both;
use crate::support::TestUser;

async fn visit(officer: &TestUser, enterprise: impl serde::Serialize, day: &str) -> Value {
    let record = json!({
        "enterprise_id": enterprise, "visited_on": day, "way": "place", "visitors": ["王经办", "李副局长"],
        "met": ["张总经理"], "topics": "中试场地与用工", "next_on": "2026-12-15",
        "items": [{"kind": "need", "category": "TAL", "title": "解决 10 名技术工人住宿"}],
    });
    officer.post("/support-visits", record).await.expect(201)
}

both! {
    async fn what_is_heard_at_a_visit_becomes_items(app) {
        let w = world(app).await;
        let seen = visit(&w.officer, &w.enterprise, "2026-03-02").await;
        let row = &seen["items"][0];
        assert_eq!((&row["source"], &row["state"], &row["title"]), (&json!("visit"), &json!("raised"), &json!("解决 10 名技术工人住宿")));
        let path = format!("/support-visits/{}", seen["id"].as_str().unwrap());
        assert_eq!(w.approver.get(&path).await.expect(200), seen);
        let list = w.officer.get(&format!("/support-visits?enterprise_id={}", w.enterprise)).await.expect(200);
        assert_eq!(list["items"][0]["topics"], "中试场地与用工");
        // The enterprise reads the item, not the office's notes.
        assert_eq!(w.owner.get("/support-items").await.expect(200)["items"][0]["id"], row["id"]);
        w.owner.get(&path).await.refused(403, "forbidden");
    }

    async fn a_visit_that_cannot_have_been_is_refused_with_everything_that_is_wrong(app) {
        let w = world(app).await;
        let wrong = json!({
            "enterprise_id": "nobody", "visited_on": "2026-03-03", "visitors": [], "met": [""],
            "items": [{"kind": "measure", "category": "TAL", "title": ""}],
        });
        w.officer.post("/support-visits", wrong).await.faults(&[
            ("/enterprise_id", "not_existing"), ("/visited_on", "in_the_future"), ("/way", "required"),
            ("/visitors", "required"), ("/met/0", "required"), ("/topics", "required"),
            ("/items/0/kind", "not_allowed"), ("/items/0/title", "required"),
        ]);
        assert_eq!(w.officer.get("/support-visits").await.expect(200)["items"], json!([]));
    }

    async fn leading_and_star_members_are_overdue_after_a_whole_quarter_without_a_visit(app) {
        let w = world(app).await;
        let (star, star_membership) = member(app, "未来之星公司", Tier::FutureStar).await;
        let (leading, _) = member(app, "领军公司", Tier::Leading).await;
        let overdue = async |user: &TestUser| -> Vec<Value> {
            let page = user.get("/support-visits/overdue").await.expect(200);
            page["items"].as_array().unwrap().clone()
        };
        // Recognised on 1 January: the first quarter to be missed is the first of 2026.
        assert_eq!(overdue(&w.officer).await, Vec::<Value>::new());
        visit(&w.officer, &leading, "2026-03-02").await;
        app.advance_to("2026-03-31T10:00:00Z");
        assert_eq!(overdue(&w.officer).await, Vec::<Value>::new());
        app.advance_to("2026-04-01T01:00:00Z");
        let missed = json!({
            "membership_id": star_membership, "enterprise_id": star, "enterprise_name": "未来之星公司",
            "tier": "future_star", "last_visit_on": null, "missed_quarter": "2026-01-01",
        });
        assert_eq!(overdue(&w.approver).await, [missed]);
        visit(&w.officer, &star, "2026-04-01").await;
        assert_eq!(overdue(&w.officer).await, Vec::<Value>::new(), "made up for");
        app.advance_to("2026-07-01T01:00:00Z");
        let rows = overdue(&w.officer).await;
        let seen: Vec<_> = rows.iter().map(|r| (r["tier"].clone(), r["last_visit_on"].clone())).collect();
        assert_eq!(seen, [(json!("leading"), json!("2026-03-02"))]);
        let cost = app.statements(w.officer.get("/support-visits/overdue")).await;
        app.advance_to("2026-10-01T01:00:00Z");
        assert_eq!(overdue(&w.officer).await.len(), 2);
        assert_eq!(app.statements(w.officer.get("/support-visits/overdue")).await, cost);
        app.user(&[Role::Department]).await.get("/support-visits/overdue").await.refused(403, "forbidden");
    }
}
