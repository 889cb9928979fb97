//! What was given, whether it came twice, and what it adds up to.

use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use super::world::{World, document, member, path, version, world};
use crate::both;
use crate::support::TestUser;

/// A line of the first budget line of the plan.
fn line(w: &World, plan: &Value, fen: i64) -> Value {
    json!({
        "enterprise_id": w.enterprise, "plan_id": plan["id"], "budget_line": "b1", "kind": "money", "category": "LAND",
        "programme": "中试场地租金补助", "source": "district", "budget_year": 2026, "planned_fen": fen,
        "document": document("拨款批复"),
    })
}

fn with(mut value: Value, more: Value) -> Value {
    for (name, field) in more.as_object().expect("an object") {
        value[name] = field.clone();
    }
    value
}

async fn record(user: &TestUser, body: Value) -> Value {
    user.post("/support-deliveries", body).await.expect(201)
}

both! {
    async fn money_moves_from_planned_to_paid_and_never_beyond_its_budget_line(app) {
        let w = world(app).await;
        let plan = w.executing().await;
        let first = record(&w.officer, line(&w, &plan, 30_000_000)).await;
        let one = format!("/support-deliveries/{}", first["id"].as_str().unwrap());
        // The line holds 50,000,000 fen.
        w.officer.post("/support-deliveries", line(&w, &plan, 20_000_001)).await.refused(409, "budget_exceeded");
        w.officer.patch(&one, 1, json!({"planned_fen": 50_000_001})).await.refused(409, "budget_exceeded");
        assert_eq!(w.officer.get("/support-deliveries?count=true").await.expect(200)["total"], 1);
        record(&w.officer, line(&w, &plan, 20_000_000)).await;
        w.officer
            .patch(&one, 1, json!({"approved_fen": 30_000_001, "paid_fen": 30_000_002}))
            .await
            .faults(&[("/approved_fen", "out_of_range"), ("/paid_fen", "out_of_range")]);
        let seen = w.officer.patch(&one, 1, json!({"approved_fen": 30_000_000})).await.expect(200);
        w.officer.patch(&one, 1, json!({"paid_fen": 1})).await.refused(412, "stale_version");
        let seen = w.officer.patch(&one, version(&seen), json!({"paid_fen": 12_000_000})).await.expect(200);
        assert_eq!(
            (&seen["planned_fen"], &seen["approved_fen"], &seen["paid_fen"]),
            (&json!(30_000_000), &json!(30_000_000), &json!(12_000_000))
        );
        // What is spoken for cannot be taken out of the plan.
        let less = json!({"reason": "压减预算", "budget": [
            {"key": "b1", "source": "district", "purpose": "中试场地租金补助", "amount_fen": 49_999_999},
        ]});
        w.officer.post(&path(&plan, "/change-requests"), less).await.faults(&[("/budget", "not_allowed")]);
    }

    async fn a_line_that_does_not_fit_is_told_everything_that_is_wrong(app) {
        let w = world(app).await;
        let plan = w.executing().await;
        w.officer.post("/support-deliveries", json!({})).await.faults(&[
            ("/enterprise_id", "required"), ("/kind", "required"), ("/category", "required"), ("/source", "required"),
            ("/budget_year", "required"), ("/document", "required"), ("/planned_fen", "out_of_range"),
            ("/programme", "required"),
        ]);
        let wrong = with(line(&w, &plan, 100), json!({
            "source": "municipal", "budget_year": 2027, "quantity": 5, "period_from": "2026-05-01",
            "period_to": "2026-04-01",
        }));
        w.officer.post("/support-deliveries", wrong).await.faults(&[
            ("/source", "mismatch"), ("/budget_year", "outside_year"), ("/quantity", "not_allowed"),
            ("/period_to", "date_order"),
        ]);
        let nowhere = with(line(&w, &plan, 100), json!({"budget_line": "b7", "item_id": "nothing"}));
        w.officer
            .post("/support-deliveries", nowhere)
            .await
            .faults(&[("/budget_line", "not_existing"), ("/item_id", "not_existing")]);
        let (other, _) = member(app, "另一企业", Tier::Seed).await;
        let foreign = with(line(&w, &plan, 100), json!({"enterprise_id": other}));
        w.officer.post("/support-deliveries", foreign).await.faults(&[("/plan_id", "not_existing")]);
        let space = with(line(&w, &plan, 100), json!({"kind": "space", "quantity": 500, "budget_line": null}));
        w.officer.post("/support-deliveries", space).await.faults(&[("/planned_fen", "not_allowed")]);
    }

    async fn money_that_seems_to_come_twice_is_flagged_until_somebody_else_clears_it(app) {
        let w = world(app).await;
        let plan = w.executing().await;
        let (other, _) = member(app, "关联企业", Tier::Seed).await;
        let manager = app.user(&[Role::FundManager]).await;
        let first = record(&w.officer, with(line(&w, &plan, 100), json!({"invoice": " 2026 ab01 "}))).await;
        assert_eq!((&first["invoice"], &first["flagged"]), (&json!("2026AB01"), &json!(false)));
        let elsewhere = json!({
            "enterprise_id": other, "kind": "money", "category": "SUB", "programme": "设备更新贴息", "source": "municipal",
            "budget_year": 2026, "planned_fen": 70, "invoice": "2026AB01", "document": document("贴息批复"),
        });
        let second = record(&manager, elsewhere).await;
        assert_eq!(second["flagged"], true);
        let flag = &second["flags"][0];
        assert_eq!((&flag["other_id"], &flag["ground"], &flag["cleared_at"]), (&first["id"], &json!("invoice"), &Value::Null));
        // The same rent in overlapping months.
        let rent = |from: &str, to: &str| json!({"cost_item": "场地租金", "period_from": from, "period_to": to});
        record(&w.officer, with(line(&w, &plan, 10), rent("2026-01-01", "2026-06-30"))).await;
        let apart = record(&w.officer, with(line(&w, &plan, 10), rent("2026-07-01", "2026-12-31"))).await;
        assert_eq!(apart["flagged"], false);
        let over = record(&w.officer, with(line(&w, &plan, 10), rent("2026-06-30", "2026-07-01"))).await;
        let grounds: Vec<_> = over["flags"].as_array().unwrap().iter().map(|f| f["ground"].clone()).collect();
        assert_eq!(grounds, ["cost_item", "cost_item"]);
        assert_eq!(w.officer.get("/support-deliveries?flagged=true&count=true").await.expect(200)["total"], 5);

        let clearance = format!(
            "/support-deliveries/{}/flags/{}/clearance", second["id"].as_str().unwrap(), flag["id"].as_str().unwrap()
        );
        let reason = json!({"reason": "同一发票分摊两家关联企业，金额不重复"});
        w.officer.post(&clearance, reason.clone()).await.refused(409, "two_person_rule");
        w.approver.post(&clearance, json!({})).await.faults(&[("/reason", "required")]);
        let cleared = w.approver.post(&clearance, reason.clone()).await.expect(200);
        assert_eq!((&cleared["flagged"], &cleared["flags"][0]["reason"]), (&json!(false), &reason["reason"]));
        w.approver.post(&clearance, reason).await.refused(409, "invalid_transition");
        let one = format!("/support-deliveries/{}", first["id"].as_str().unwrap());
        assert_eq!(w.officer.get(&one).await.expect(200)["flagged"], false);
        let own = w.owner.get(&one).await.expect(200);
        assert_eq!(own["flags"], json!([]), "flags are the office's");
    }

    async fn totals_are_by_year_source_and_kind_and_only_of_what_is_within_reach(app) {
        let w = world(app).await;
        let plan = w.executing().await;
        record(&w.officer, with(line(&w, &plan, 300), json!({"approved_fen": 200, "paid_fen": 100}))).await;
        record(&w.officer, line(&w, &plan, 40)).await;
        let given = |kind: &str, quantity: i64, enterprise: Value| json!({
            "enterprise_id": enterprise, "kind": kind, "category": "LAND", "programme": "加速园入驻", "source": "park",
            "budget_year": 2026, "quantity": quantity, "document": document("入驻协议"),
        });
        record(&w.officer, given("space", 500, json!(w.enterprise))).await;
        let (other, _) = member(app, "另一企业", Tier::Seed).await;
        record(&w.officer, given("talent", 3, json!(other))).await;
        let total = |source: &str, kind: &str, lines: i64, [planned, approved, paid]: [i64; 3], quantity: i64| json!({
            "budget_year": 2026, "source": source, "kind": kind, "lines": lines, "planned_fen": planned,
            "approved_fen": approved, "paid_fen": paid, "quantity": quantity,
        });
        let own = [total("district", "money", 2, [340, 200, 100], 0), total("park", "space", 1, [0, 0, 0], 500)];
        assert_eq!(w.owner.get("/support-deliveries/totals").await.expect(200), json!({"totals": own}));
        let all = w.officer.get("/support-deliveries/totals?budget_year=2026").await.expect(200);
        assert_eq!(all["totals"].as_array().map(Vec::len), Some(3));
        let of = format!("/support-deliveries/totals?enterprise_id={}", w.enterprise);
        assert_eq!(w.officer.get(&of).await.expect(200), json!({"totals": own}));
        let of = format!("/support-deliveries/totals?plan_id={}", plan["id"].as_str().unwrap());
        assert_eq!(w.officer.get(&of).await.expect(200), json!({"totals": own[..1]}));
        assert_eq!(w.owner.get("/support-deliveries?count=true").await.expect(200)["total"], 3);
    }

    async fn the_effect_of_support_is_shown_with_the_number_of_enterprises_behind_it(app) {
        let w = world(app).await;
        w.confirmed().await;
        for (year, figures) in [
            (2025, json!({"revenue": 100_000_000, "staff": 20})),
            (2026, json!({"revenue": 130_000_000, "rd_expense": 9_000_000})),
        ] {
            w.officer.put(&format!("/enterprises/{}/metrics/{year}", w.enterprise), figures).await.expect(200);
        }
        let figure = |indicator: &str, n: i64, before: i64, after: i64, growth: Value| json!({
            "indicator": indicator, "enterprises": n, "before": before, "after": after, "growth_ppm": growth,
        });
        assert_eq!(w.approver.get("/support-figures/effects?year=2026").await.expect(200), json!({"year": 2026, "rows": [{
            "tier": "seed", "track": "quantum", "enterprises": 1, "figures": [
                figure("revenue", 1, 100_000_000, 130_000_000, json!(300_000)),
                figure("rd_expense", 0, 0, 0, Value::Null), figure("staff", 0, 0, 0, Value::Null),
                figure("equity_new", 0, 0, 0, Value::Null),
            ],
        }]}));
        assert_eq!(w.officer.get("/support-figures/effects?year=2025").await.expect(200)["rows"], json!([]));
    }

    async fn service_is_measured_by_unit_and_by_officer(app) {
        let w = world(app).await;
        w.closed(5).await;
        w.closed(2).await;
        let row = |id: &str, name: &str| json!({
            "id": id, "name": name, "closed": 2, "explained": 0, "on_time_ppm": 1_000_000, "first_response_hours": 0,
            "days_to_close": 0, "ratings": [0, 1, 0, 0, 1], "satisfied_ppm": 500_000,
        });
        let seen = w.officer.get("/support-figures/service").await.expect(200);
        assert_eq!(seen, json!({
            "from": "2026-01-01", "to": "2026-03-02", "by": "unit", "rows": [row(&w.unit, "区科技局")],
        }));
        let seen = w.officer.get("/support-figures/service?by=officer").await.expect(200);
        assert_eq!(seen["rows"][0]["id"], json!(w.officer.id));
        let none = w.officer.get("/support-figures/service?from=2026-02-01&to=2026-03-01").await.expect(200);
        assert_eq!(none["rows"], json!([]));
        for (range, code) in [("from=2026-03-02&to=2026-03-01", "date_order"), ("from=2025-01-01&to=2026-03-01", "out_of_range")] {
            w.officer.get(&format!("/support-figures/service?{range}")).await.faults(&[("to", code)]);
        }
    }
}
