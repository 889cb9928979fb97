//! A plan through its year.

use serde_json::{Value, json};

use super::world::{document, one, path, show_cards, step, version, world};
use crate::both;
use crate::support::seeds::{events, trail};

both! {
    async fn a_plan_runs_through_its_year_from_a_draft_to_its_closing(app) {
        let w = world(app).await;

        // The enterprise sends the first draft back, and both sides sign the second.
        let plan = w.written().await;
        let plan = w.officer.post(&path(&plan, "/consultation"), json!({})).await.expect(200);
        let reason = json!({"reason": "希望增加订单对接"});
        let plan = w.owner.post(&path(&plan, "/return"), reason).await.expect(200);
        assert_eq!(plan["state"], "draft");
        let better = json!({"diagnosis": "缺少中试场地；订单集中于两家客户，需要对接新客户"});
        let plan = w.officer.patch(&path(&plan, ""), version(&plan), better).await.expect(200);
        let plan = w.officer.post(&path(&plan, "/consultation"), json!({})).await.expect(200);
        let plan = w.officer.post_at(&path(&plan, "/confirmation"), version(&plan), json!({})).await.expect(200);
        assert_eq!((&plan["state"], plan["signatures"].as_array().map(Vec::len)), (&json!("consulting"), Some(1)));
        let plan = w.owner.post_at(&path(&plan, "/confirmation"), version(&plan), json!({})).await.expect(200);
        assert_eq!((&plan["state"], plan["signatures"].as_array().map(Vec::len)), (&json!("confirmed"), Some(2)));

        // Its measure is an item of the unit, which has seven working days to answer.
        let items = w.clerk.get(&format!("/support-items?plan_id={}", plan["id"].as_str().unwrap())).await.expect(200);
        let item = items["items"][0].clone();
        assert_eq!(
            (&item["state"], &item["kind"], &item["due_on"], &item["deadline_on"]),
            (&json!("assigned"), &json!("measure"), &json!("2026-06-30"), &json!("2026-03-11"))
        );
        let plan = w.officer.post(&path(&plan, "/execution"), json!({})).await.expect(200);
        assert_eq!(plan["state"], "executing");
        let answer = json!({"note": "五月底前完成选址和签约", "due_on": "2026-05-29"});
        w.clerk.post(&step(&item, "answer"), answer).await.expect(200);

        // Done, says the unit; not so, says the enterprise.
        app.advance_to("2026-05-28T02:00:00Z");
        let done = json!({"note": "场地已签约", "documents": [document("租赁合同")]});
        let seen = w.clerk.post(&step(&item, "completion"), done).await.expect(200);
        assert_eq!((&seen["state"], &seen["on_time"]), (&json!("pending_confirm"), &json!(true)));
        w.officer.post(&step(&item, "closing"), json!({})).await.refused(409, "not_confirmed");
        let no = json!({"note": "场地层高不足，设备无法安装"});
        let seen = w.owner.post(&step(&item, "rejection"), no).await.expect(200);
        assert_eq!((&seen["state"], &seen["on_time"]), (&json!("reopened"), &Value::Null));
        w.clerk.post(&step(&item, "answer"), json!({"note": "更换场地", "due_on": "2026-06-30"})).await.expect(200);

        // The new promise is not kept: a yellow card, then a red one, which the approver sees.
        app.advance_to("2026-06-30T15:00:00Z");
        show_cards(app).await;
        assert_eq!(w.clerk.get(&one(&item)).await.expect(200)["escalation"], "none");
        app.advance_to("2026-07-01T01:00:00Z");
        show_cards(app).await;
        assert_eq!(w.clerk.get(&one(&item)).await.expect(200)["escalation"], "yellow");
        app.advance_to("2026-07-15T01:00:00Z");
        show_cards(app).await;
        let red = w.approver.get("/support-items?escalation=red&count=true").await.expect(200);
        assert_eq!((&red["total"], &red["items"][0]["id"]), (&json!(1), &item["id"]));
        let seen = w.approver.get(&one(&item)).await.expect(200);
        let levels: Vec<_> = seen["escalations"].as_array().unwrap().iter().map(|e| e["level"].clone()).collect();
        assert_eq!(levels, ["yellow", "red"]);

        // Done in the end, confirmed, rated, and closed by somebody else.
        let done = json!({"note": "新场地已交付", "documents": [document("场地交接单")]});
        let seen = w.clerk.post(&step(&item, "completion"), done).await.expect(200);
        assert_eq!((&seen["on_time"], &seen["escalation"]), (&json!(false), &json!("none")));
        w.owner.post(&step(&item, "confirmation"), json!({"rating": 4, "note": "满意"})).await.expect(200);
        let seen = w.officer.post(&step(&item, "closing"), json!({})).await.expect(200);
        assert_eq!((&seen["state"], &seen["rating"]), (&json!("closed"), &json!(4)));

        // A mid-term review leads to a change request, which the enterprise accepts.
        let plan = w.officer.post(&path(&plan, "/mid-review"), json!({"findings": "订单对接不足"})).await.expect(200);
        let mut measures = plan["content"]["measures"].as_array().unwrap().clone();
        measures.push(json!({
            "key": "m2", "category": "SCN", "title": "对接两个应用场景", "lead": w.unit, "due_on": "2026-11-30",
        }));
        let change = json!({"reason": "中期评估结论", "measures": measures});
        let plan = w.officer.post(&path(&plan, "/change-requests"), change).await.expect(200);
        assert_eq!((&plan["state"], &plan["revision"], &plan["open_request"]), (&json!("mid_review"), &json!(1), &json!(2)));
        w.officer
            .post_at(&path(&plan, "/change-requests/2/acceptance"), version(&plan), json!({}))
            .await
            .refused(409, "own_side");
        let accept = path(&plan, "/change-requests/2/acceptance");
        let plan = w.owner.post_at(&accept, version(&plan), json!({})).await.expect(200);
        assert_eq!((&plan["state"], &plan["revision"]), (&json!("adjusted"), &json!(2)));
        let revisions = w.owner.get(&path(&plan, "/revisions")).await.expect(200);
        let diff = revisions["items"][1]["diff"].as_array().unwrap();
        assert_eq!((diff.len(), &diff[0]["pointer"], &diff[0]["old"]), (1, &json!("/measures/m2"), &Value::Null));
        assert_eq!(revisions["items"][0]["state"], "superseded");

        // The year is evaluated once its goal is due, by the figures of the year.
        let score = json!({"score": 88, "summary": "目标达成"});
        w.officer.post(&path(&plan, "/evaluation"), score.clone()).await.refused(409, "not_yet_due");
        app.advance_to("2026-12-31T01:00:00Z");
        w.officer
            .put(&format!("/enterprises/{}/metrics/2026", w.enterprise), json!({"revenue": 151_000_000}))
            .await
            .expect(200);
        let plan = w.officer.post(&path(&plan, "/evaluation"), score).await.expect(200);
        assert_eq!(plan["state"], "evaluated");
        assert_eq!(plan["evaluation"], json!({
            "evaluated_on": "2026-12-31", "score": 88, "summary": "目标达成", "attained_ppm": 1_000_000,
            "by": w.officer.id,
            "goals": [{
                "indicator": "revenue", "year": 2026, "base": 100_000_000, "target": 150_000_000,
                "actual": 151_000_000, "progress_ppm": 1_000_000, "reached": true, "verified": false,
            }],
        }));

        // What it opened is brought to an end before it is closed.
        w.officer.post(&path(&plan, "/closing"), json!({})).await.refused(409, "items_open");
        let open = w.officer.get(&format!("/support-items?plan_id={}", plan["id"].as_str().unwrap())).await.expect(200);
        let second = open["items"][0].clone();
        let explained = json!({"note": "场景开放须经市级遴选", "legal_basis": "《青岛市应用场景管理办法》第八条"});
        w.officer.post(&step(&second, "explanation"), explained).await.expect(200);
        let plan = w.officer.post(&path(&plan, "/closing"), json!({})).await.expect(200);
        assert_eq!((&plan["state"], &plan["closed_at"]), (&json!("closed"), &json!("2026-12-31T01:00:00.000000Z")));

        assert_eq!(trail(app, "support_plan", plan["id"].as_str().unwrap()).await, events(&[
            ("support_plan.create", "", "draft", ""),
            ("support_plan.update", "", "", ""),
            ("support_plan.consult", "draft", "consulting", ""),
            ("support_plan.send_back", "consulting", "draft", "希望增加订单对接"),
            ("support_plan.update", "", "", ""),
            ("support_plan.consult", "draft", "consulting", ""),
            ("support_plan.confirm", "", "", ""),
            ("support_plan.confirm", "consulting", "confirmed", ""),
            ("support_plan.execute", "confirmed", "executing", ""),
            ("support_plan.review", "executing", "mid_review", ""),
            ("support_plan.request_change", "", "", "中期评估结论"),
            ("support_plan.accept_change", "mid_review", "adjusted", ""),
            ("support_plan.evaluate", "adjusted", "evaluated", ""),
            ("support_plan.close", "evaluated", "closed", ""),
        ]));
        assert_eq!(trail(app, "support_item", item["id"].as_str().unwrap()).await, events(&[
            ("support_item.raise", "", "assigned", ""),
            ("support_item.answer", "assigned", "in_progress", "五月底前完成选址和签约"),
            ("support_item.complete", "in_progress", "pending_confirm", "场地已签约"),
            ("support_item.reject", "pending_confirm", "reopened", "场地层高不足，设备无法安装"),
            ("support_item.answer", "reopened", "in_progress", "更换场地"),
            ("support_item.escalate", "", "", ""),
            ("support_item.escalate", "", "", ""),
            ("support_item.complete", "in_progress", "pending_confirm", "新场地已交付"),
            ("support_item.confirm", "", "", "满意"),
            ("support_item.close", "pending_confirm", "closed", ""),
        ]));
    }
}
