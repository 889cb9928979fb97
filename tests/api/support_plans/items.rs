//! Items, one behaviour each.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use super::world::{allowed, document, one, step, tick, unit, version, world};
use crate::both;

both! {
    async fn an_item_is_raised_assigned_answered_done_confirmed_and_closed(app) {
        let w = world(app).await;
        let item = w.raised().await;
        assert_eq!(
            (&item["state"], &item["source"], &item["deadline_on"], &item["department_id"]),
            (&json!("raised"), &json!("enterprise"), &Value::Null, &Value::Null)
        );
        w.clerk.get(&one(&item)).await.refused(404, "not_found");
        let item = w.officer.post(&step(&item, "acceptance"), json!({})).await.expect(200);
        let order = json!({"department_id": w.unit, "note": "请环保专班牵头"});
        let item = w.officer.post(&step(&item, "assignment"), order).await.expect(200);
        // Seven working days after Monday 2 March 2026.
        assert_eq!((&item["state"], &item["deadline_on"]), (&json!("assigned"), &json!("2026-03-11")));
        let answer = json!({"note": "一周内现场核查", "due_on": "2026-03-20"});
        let item = w.clerk.post(&step(&item, "answer"), answer).await.expect(200);
        assert_eq!((&item["due_on"], &item["deadline_on"]), (&json!("2026-03-20"), &json!("2026-03-20")));
        w.clerk.post(&step(&item, "progress"), json!({"note": "已现场核查"})).await.expect(200);
        let done = json!({"note": "环评批复已出具", "documents": [document("环评批复")]});
        let item = w.clerk.post(&step(&item, "completion"), done).await.expect(200);
        assert_eq!(allowed(&item), [""; 0], "the unit waits");
        let item = w.owner.get(&one(&item)).await.expect(200);
        assert_eq!(allowed(&item), ["support_item.confirm", "support_item.reject"]);
        w.owner.post(&step(&item, "confirmation"), json!({"rating": 5, "note": "很快"})).await.expect(200);
        let item = w.officer.post(&step(&item, "closing"), json!({})).await.expect(200);
        assert_eq!(
            (&item["state"], &item["on_time"], &item["rating"], &item["deadline_on"]),
            (&json!("closed"), &json!(true), &json!(5), &Value::Null)
        );
        let steps: Vec<_> = item["entries"].as_array().unwrap().iter().map(|e| e["step"].clone()).collect();
        assert_eq!(steps, ["raise", "accept", "assign", "answer", "progress", "complete", "confirm", "close"]);
        // The enterprise reads what was done, not by whom.
        let seen = w.owner.get(&one(&item)).await.expect(200);
        assert!(seen["entries"].as_array().unwrap().iter().all(|e| e["by"].is_null()), "{seen}");
        assert!(item["entries"].as_array().unwrap().iter().all(|e| e["by"].is_string()), "{item}");
    }

    async fn a_unit_returns_what_is_not_its_remit_and_another_gets_it(app) {
        let w = world(app).await;
        let item = w.assigned().await;
        w.clerk.post(&step(&item, "return"), json!({})).await.faults(&[("/note", "required")]);
        let seen = w.clerk.post(&step(&item, "return"), json!({"note": "属生态环境分局职责"})).await.expect(200);
        assert_eq!((&seen["state"], &seen["department_id"]), (&json!("returned"), &Value::Null));
        w.clerk.get(&one(&item)).await.refused(404, "not_found");
        let other = app.user(&[Role::Department]).await;
        let unit = unit(app, &w.officer, "shengtai", "生态环境分局", &[&other]).await;
        w.officer.post(&step(&item, "assignment"), json!({"department_id": unit})).await.expect(200);
        let answer = json!({"note": "两周内答复", "due_on": "2026-03-16"});
        other.post(&step(&item, "answer"), answer).await.expect(200);
    }

    async fn nothing_is_done_without_evidence_and_nothing_changes_when_refused(app) {
        let w = world(app).await;
        let item = w.in_progress().await;
        w.clerk.post(&step(&item, "completion"), json!({"note": "办好了"})).await.refused(409, "evidence_missing");
        let bad = json!({"note": "办好了", "documents": [{"title": "", "sha256": "xyz"}]});
        w.clerk
            .post(&step(&item, "completion"), bad)
            .await
            .faults(&[("/documents/0/title", "required"), ("/documents/0/sha256", "format")]);
        assert_eq!(w.clerk.get(&one(&item)).await.expect(200), item);
        w.officer.post(&step(&item, "closing"), json!({})).await.refused(409, "invalid_transition");
    }

    async fn nobody_ends_an_item_they_handled(app) {
        let w = world(app).await;
        let both = app.user(&[Role::Officer, Role::Department]).await;
        let unit = unit(app, &w.officer, "both", "双岗单位", &[&both]).await;
        let item = w.raised().await;
        w.officer.post(&step(&item, "acceptance"), json!({})).await.expect(200);
        w.officer.post(&step(&item, "assignment"), json!({"department_id": unit})).await.expect(200);
        both.post(&step(&item, "answer"), json!({"note": "办", "due_on": "2026-03-20"})).await.expect(200);
        let reason = json!({"note": "无法办理", "legal_basis": "《行政许可法》第十二条"});
        both.post(&step(&item, "explanation"), reason).await.refused(409, "two_person_rule");
        let done = json!({"note": "办结", "documents": [document("办结单")]});
        both.post(&step(&item, "completion"), done).await.expect(200);
        w.owner.post(&step(&item, "confirmation"), json!({"rating": 3})).await.expect(200);
        let before = both.get(&one(&item)).await.expect(200);
        both.post(&step(&item, "closing"), json!({})).await.refused(409, "two_person_rule");
        assert_eq!(both.get(&one(&item)).await.expect(200), before);
        w.officer.post(&step(&item, "closing"), json!({})).await.expect(200);
    }

    async fn one_extension_is_granted_by_an_approver_and_no_second(app) {
        let w = world(app).await;
        let item = w.in_progress().await;
        let ask = |day: &str| json!({"due_on": day, "reason": "专家评审延期"});
        w.clerk.post(&step(&item, "extension"), ask("2026-03-20")).await.faults(&[("/due_on", "date_order")]);
        let seen = w.clerk.post(&step(&item, "extension"), ask("2026-04-10")).await.expect(200);
        assert_eq!((&seen["due_on"], &seen["extended"]), (&json!("2026-03-20"), &json!(false)), "nothing yet");
        w.clerk.post(&step(&item, "extension"), ask("2026-04-11")).await.refused(409, "decision_pending");
        let decision = seen["decisions"][0]["id"].as_str().unwrap();
        let approval = format!("/decisions/{decision}/approval");
        w.officer.post(&approval, json!({})).await.refused(403, "forbidden");
        w.approver.post(&approval, json!({})).await.expect(200);
        let seen = w.clerk.get(&one(&item)).await.expect(200);
        assert_eq!(
            (&seen["due_on"], &seen["deadline_on"], &seen["extended"]),
            (&json!("2026-04-10"), &json!("2026-04-10"), &json!(true))
        );
        w.clerk.post(&step(&item, "extension"), ask("2026-05-10")).await.refused(409, "extension_used");
    }

    async fn an_extension_asked_for_falls_with_the_step_it_was_about(app) {
        let w = world(app).await;
        let item = w.in_progress().await;
        let ask = json!({"due_on": "2026-04-10", "reason": "专家评审延期"});
        let seen = w.clerk.post(&step(&item, "extension"), ask).await.expect(200);
        let done = json!({"note": "提前办结", "documents": [document("批复")]});
        let after = w.clerk.post(&step(&item, "completion"), done).await.expect(200);
        assert_eq!(after["decisions"][0]["state"], "voided");
        let decision = seen["decisions"][0]["id"].as_str().unwrap();
        w.approver.post(&format!("/decisions/{decision}/approval"), json!({})).await.refused(409, "invalid_transition");
    }

    async fn no_deadline_runs_while_an_item_is_suspended(app) {
        let w = world(app).await;
        let item = w.in_progress().await;
        let seen = w.officer.post(&step(&item, "suspension"), json!({"note": "待市级批复"})).await.expect(200);
        assert_eq!((&seen["state"], &seen["deadline_on"]), (&json!("suspended"), &Value::Null));
        app.advance(chrono::Duration::days(40));
        tick(app).await;
        assert_eq!(w.officer.get(&one(&item)).await.expect(200)["escalation"], "none");
        let seen = w.officer.post(&step(&item, "resumption"), json!({"note": "批复已到"})).await.expect(200);
        assert_eq!((&seen["state"], &seen["due_on"]), (&json!("in_progress"), &json!("2026-04-29")));
    }

    async fn what_cannot_be_done_is_explained_and_may_come_back_within_thirty_days(app) {
        let w = world(app).await;
        let item = w.raised().await;
        w.officer
            .post(&step(&item, "explanation"), json!({"note": "无此政策"}))
            .await
            .faults(&[("/legal_basis", "required")]);
        let reason = json!({"note": "无此政策", "legal_basis": "《预算法》第十三条"});
        let seen = w.officer.post(&step(&item, "explanation"), reason).await.expect(200);
        assert_eq!(seen["entries"][1]["note"], "无此政策（依据：《预算法》第十三条）");
        app.advance(chrono::Duration::days(30));
        let again = json!({"note": "政策已出台"});
        w.owner.post(&step(&item, "reopening"), again.clone()).await.expect(200);
        let reason = json!({"note": "仍不适用", "legal_basis": "《预算法》第十三条"});
        w.officer.post(&step(&item, "explanation"), reason).await.expect(200);
        app.advance(chrono::Duration::days(31));
        w.owner.post(&step(&item, "reopening"), again).await.refused(409, "deadline_passed");
    }

    async fn a_bad_rating_opens_a_ticket_with_a_deadline(app) {
        let w = world(app).await;
        let item = w.completed().await;
        w.owner.post(&step(&item, "confirmation"), json!({"rating": 0})).await.faults(&[("/rating", "out_of_range")]);
        w.owner.post(&step(&item, "confirmation"), json!({"rating": 2, "note": "态度差"})).await.expect(200);
        let open = w.officer.get("/support-items").await.expect(200);
        let tickets: Vec<_> =
            open["items"].as_array().unwrap().iter().filter(|i| i["source"] == "rating").cloned().collect();
        assert_eq!(tickets.len(), 1);
        let ticket = w.officer.get(&one(&tickets[0])).await.expect(200);
        assert_eq!(
            (&ticket["refers_to"], &ticket["state"], &ticket["deadline_on"], &ticket["description"]),
            (&item["id"], &json!("accepted"), &json!("2026-03-11"), &json!("态度差"))
        );
        app.advance_to("2026-03-12T01:00:00Z");
        tick(app).await;
        assert_eq!(w.officer.get(&one(&ticket)).await.expect(200)["escalation"], "yellow");
        w.closed(3).await;
        assert_eq!(w.officer.get("/support-items?count=true").await.expect(200)["total"], 2, "three is no bad rating");
    }

    async fn a_closed_unit_gets_nothing_new(app) {
        let w = world(app).await;
        let item = w.raised().await;
        w.officer.post(&step(&item, "acceptance"), json!({})).await.expect(200);
        let unit = format!("/departments/{}", w.unit);
        w.officer.patch(&unit, 1, json!({"open": false})).await.expect(200);
        let before = w.officer.get(&one(&item)).await.expect(200);
        let order = json!({"department_id": w.unit});
        w.officer.post(&step(&item, "assignment"), order).await.faults(&[("/department_id", "closed_unit")]);
        w.officer
            .post(&step(&item, "assignment"), json!({"department_id": "nobody"}))
            .await
            .faults(&[("/department_id", "not_existing")]);
        assert_eq!(w.officer.get(&one(&item)).await.expect(200), before);
    }

    async fn the_four_lists_are_views_of_one_set(app) {
        let w = world(app).await;
        let plan = w.confirmed().await;
        let problem = w.in_progress().await;
        let need = json!({
            "enterprise_id": w.enterprise, "kind": "need", "category": "TAL", "title": "子女入学", "plan_id": plan["id"],
        });
        w.officer.post("/support-items", need).await.expect(201);
        for (list, kinds) in [
            ("problems", vec!["problem"]),
            ("needs", vec!["need"]),
            ("measures", vec!["problem", "measure"]),
            ("responsibilities", vec!["measure", "problem"]),
        ] {
            let page = w.officer.get(&format!("/support-items?list={list}")).await.expect(200);
            let mut seen: Vec<_> = page["items"].as_array().unwrap().iter().map(|i| i["kind"].clone()).collect();
            seen.sort_by_key(ToString::to_string);
            let mut kinds = kinds;
            kinds.sort_unstable();
            assert_eq!(seen, kinds, "{list}");
        }
        let row = w.owner.get("/support-items?list=problems").await.expect(200)["items"][0].clone();
        assert_eq!(row, json!({
            "id": problem["id"], "enterprise_id": w.enterprise, "enterprise_name": "量子崂山有限公司", "plan_id": null,
            "kind": "problem", "source": "enterprise", "category": "COM", "title": "环评手续办理缓慢",
            "state": "in_progress", "department_id": w.unit, "department_name": "区科技局", "due_on": "2026-03-20",
            "deadline_on": "2026-03-20", "escalation": "none", "rating": null,
            "raised_at": "2026-03-02T01:00:00.000000Z", "version": version(&problem),
        }));
    }

    async fn the_board_is_paged_in_either_order_and_costs_the_same_however_many_rows(app) {
        let w = world(app).await;
        w.in_progress().await;
        let cost = app.statements(w.officer.get("/support-items")).await;
        for _ in 0..2 {
            w.assigned().await;
            w.raised().await;
        }
        assert_eq!(app.statements(w.officer.get("/support-items")).await, cost);
        for (sort, all) in [("deadline", 5), ("unit", 3)] {
            let whole = w.officer.get(&format!("/support-items?sort={sort}")).await.expect(200);
            let whole: Vec<_> = whole["items"].as_array().unwrap().iter().map(|i| i["id"].clone()).collect();
            assert_eq!(whole.len(), all);
            let (mut seen, mut next) = (Vec::new(), Some(String::new()));
            while let Some(cursor) = next {
                let page = w.officer.get(&format!("/support-items?sort={sort}&limit=2{cursor}")).await.expect(200);
                seen.extend(page["items"].as_array().unwrap().iter().map(|i| i["id"].clone()));
                next = page["next"].as_str().map(|cursor| format!("&cursor={cursor}"));
            }
            assert_eq!(seen, whole, "{sort}");
        }
        let by_unit = w.officer.get("/support-items?sort=unit").await.expect(200);
        let states: Vec<_> = by_unit["items"].as_array().unwrap().iter().map(|i| i["state"].clone()).collect();
        assert_eq!(states, ["assigned", "assigned", "in_progress"]);
        for (filter, rows) in [
            ("state=assigned", 2), ("state=closed", 0), ("open=false", 0), ("escalation=none", 5),
            ("department_id=nobody", 0),
        ] {
            let page = w.officer.get(&format!("/support-items?count=true&{filter}")).await.expect(200);
            assert_eq!(page["total"], rows, "{filter}");
        }
    }

    async fn what_is_wrong_with_a_request_is_said_at_once(app) {
        let w = world(app).await;
        w.owner.post("/support-items", json!({})).await.faults(&[
            ("/enterprise_id", "required"), ("/kind", "required"), ("/category", "required"), ("/title", "required"),
        ]);
        let measure = json!({"enterprise_id": w.enterprise, "kind": "measure", "category": "FIN", "title": "贷款对接"});
        w.owner.post("/support-items", measure).await.faults(&[("/kind", "not_allowed")]);
        let foreign = json!({"enterprise_id": "other", "kind": "need", "category": "FIN", "title": "贷款对接"});
        w.owner.post("/support-items", foreign).await.faults(&[("/enterprise_id", "not_existing")]);
        let item = w.assigned().await;
        w.clerk
            .post(&step(&item, "answer"), json!({"due_on": "2026-03-01"}))
            .await
            .faults(&[("/note", "required"), ("/due_on", "out_of_range")]);
        w.clerk.post(&step(&item, "answer"), json!({"note": "办"})).await.faults(&[("/due_on", "required")]);
    }

    async fn a_measure_is_promised_within_the_plan_and_its_year(app) {
        let w = world(app).await;
        w.confirmed().await;
        let page = w.clerk.get("/support-items").await.expect(200);
        let item = page["items"][0].clone();
        let answer = |day: &str| json!({"note": "办", "due_on": day});
        w.clerk.post(&step(&item, "answer"), answer("2026-07-01")).await.faults(&[("/due_on", "out_of_range")]);
        w.clerk
            .post(&step(&item, "answer"), answer("2027-01-01"))
            .await
            .faults(&[("/due_on", "outside_year"), ("/due_on", "out_of_range")]);
        w.clerk.post(&step(&item, "answer"), answer("2026-06-30")).await.expect(200);
        let ask = json!({"due_on": "2027-01-01", "reason": "工期延后"});
        w.clerk.post(&step(&item, "extension"), ask).await.faults(&[("/due_on", "outside_year")]);
    }
}
