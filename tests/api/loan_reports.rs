//! Figures for the fund manager, and the quarterly look at the banks.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::both;
use crate::subsidies::{SUBSIDY, drawn, world};
use crate::talent_loans::{self as loans, MILLION, text};

both! {
    async fn claims_payments_loans_and_what_is_late_in_one_report(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        w.paid(app, &[&w.loan], "V-1").await;
        let other = drawn(&w.stage.clerk, "A-2", 1).await;
        let late = w.filed(&[&other]).await;
        app.advance_to("2027-02-20T01:00:00Z");
        let report = w.leader.get("/reports/talent-loans").await.expect(200);
        assert_eq!(report["as_of"], "2027-02-20");
        let claims: Vec<_> = report["claims"].as_array().expect("claims").iter()
            .map(|c| (text(&c["state"]), c["claims"].as_i64().expect("a count"), c["up_to_60_days"].as_i64().expect("a count"))).collect();
        assert_eq!(claims, [("filed".to_owned(), 1, 1), ("paid".to_owned(), 1, 1)]);
        assert_eq!(
            (&report["paid_by_enterprise"][0]["name"], &report["paid_by_enterprise"][0]["paid_fen"]),
            (&json!(loans::FIRM.1), &json!(SUBSIDY))
        );
        assert_eq!(report["paid_by_tier"], json!([{"tier": null, "paid_fen": SUBSIDY}]));
        assert_eq!(report["paid_by_bank"], json!([{"bank_id": w.stage.bank, "name": "示例银行", "paid_fen": SUBSIDY}]));
        assert_eq!(report["loans"], json!([{"class": "normal", "loans": 2, "balance_fen": 6 * MILLION, "covered_fen": 6 * MILLION}]));
        assert_eq!(report["breaches"].as_array().map(Vec::len), Some(1));
        assert_eq!((&report["breaches"][0]["kind"], &report["breaches"][0]["id"]), (&json!("subsidy_review"), &late["id"]));
        let empty = w.leader.get("/reports/talent-loans?year=2030").await.expect(200);
        assert_eq!((&empty["claims"], &empty["paid_by_bank"]), (&json!([]), &json!([])));
        for role in [Role::Officer, Role::Bank, Role::Applicant] {
            app.user(&[role]).await.get("/reports/talent-loans").await.refused(403, "forbidden");
        }
    }

    async fn exposure_and_forecast_follow_from_the_loans_and_the_pool(app) {
        let stage = loans::stage(app).await;
        let leader = app.user(&[Role::Approver]).await;
        drawn(&stage.clerk, "A-1", 5).await;
        drawn(&stage.other_clerk, "B-1", 25).await;
        let empty = leader.get("/reports/pool-exposure").await.expect(200);
        // 20 million are covered in all, 80 % of them by the district.
        assert_eq!(
            (&empty["total"]["loans"], &empty["total"]["covered_fen"], &empty["total"]["exposure_fen"], &empty["total"]["leverage_ppm"]),
            (&json!(2), &json!(20 * MILLION), &json!(16 * MILLION), &Value::Null)
        );
        let body = json!({"level": "district", "amount_fen": 4 * MILLION, "reason": "注资", "voucher_no": "A-1"});
        let decision = stage.manager.post("/pool/allocations", body).await.expect(201);
        leader.post(&format!("/decisions/{}/approval", text(&decision["id"])), json!({})).await.expect(200);
        let view = leader.get("/reports/pool-exposure").await.expect(200);
        assert_eq!((&view["total"]["leverage_ppm"], &view["balance_fen"]), (&json!(4_000_000), &json!(4 * MILLION)));
        let of = |list: &str| -> Vec<(String, i64)> {
            view[list].as_array().expect("lines").iter().map(|l| (text(&l["name"]), l["exposure_fen"].as_i64().expect("fen"))).collect()
        };
        assert_eq!(of("by_bank"), [("另一示例银行".to_owned(), 12 * MILLION), ("示例银行".to_owned(), 4 * MILLION)]);
        assert_eq!((of("by_tier"), of("by_track")), (vec![("none".to_owned(), 16 * MILLION)], vec![("none".to_owned(), 16 * MILLION)]));

        // Both fall due on 2 March 2027: within the twelve months from May on, claims for them only after those.
        app.advance_to("2026-05-04T01:00:00Z");
        let forecast = leader.get("/reports/pool-forecast").await.expect(200);
        let months = forecast["months"].as_array().expect("months");
        assert_eq!((months.len(), &months[0]["month"], &months[11]["month"]), (12, &json!("2026-05"), &json!("2027-04")));
        assert_eq!((&months[10]["due_fen"], &months[10]["due_covered_fen"]), (&json!(30 * MILLION), &json!(20 * MILLION)));
        assert_eq!(months[11]["left_after_worst_fen"], 4 * MILLION);
        app.advance_to("2026-10-04T01:00:00Z");
        let forecast = leader.get("/reports/pool-forecast").await.expect(200);
        // 90 days and twelve weeks after 2 March are 23 August.
        let august = forecast["months"].as_array().expect("months").iter().find(|m| m["month"] == "2027-08").expect("August");
        assert_eq!((&august["worst_fen"], &august["left_after_worst_fen"]), (&json!(16 * MILLION), &json!(-12 * MILLION)));
    }

    async fn a_loan_in_instalments_is_forecast_by_what_is_left_of_them(app) {
        let stage = loans::stage(app).await;
        let instalments = json!([{"due_on": "2026-06-02", "amount_fen": MILLION}, {"due_on": "2026-09-02", "amount_fen": 2 * MILLION}]);
        let mut filing = loans::filing_of("A-1", 5);
        filing["instalments"] = json!([{"due_on": "2026-03-02", "amount_fen": 6 * MILLION}]);
        stage.clerk.post("/loans", filing.clone()).await
            .faults(&[("/instalments/0/due_on", "date_order"), ("/instalments/0/amount_fen", "out_of_range")]);
        filing["instalments"] = instalments.clone();
        let loan = stage.clerk.post("/loans", filing).await.expect(201);
        assert_eq!(loan["instalments"], instalments);
        let entries = format!("/loans/{}/entries", text(&loan["id"]));
        let drawdown = json!({"kind": "drawdown", "effective_on": "2026-03-02", "amount_fen": 5 * MILLION});
        stage.clerk.post(&entries, drawdown).await.expect(201);
        let due = async || -> Vec<(String, i64)> {
            let forecast = stage.manager.get("/reports/pool-forecast").await.expect(200);
            let months = forecast["months"].as_array().expect("months").iter();
            months.map(|m| (text(&m["month"]), m["due_fen"].as_i64().expect("fen"))).filter(|(_, fen)| *fen != 0).collect()
        };
        let month = |month: &str, millions: i64| (month.to_owned(), millions * MILLION);
        app.advance_to("2026-05-04T01:00:00Z");
        assert_eq!(due().await, [month("2026-06", 1), month("2026-09", 2), month("2027-03", 2)]);
        // The first part and half of the second are repaid.
        let repayment = json!({"kind": "repayment", "effective_on": "2026-05-04", "amount_fen": 2 * MILLION});
        stage.clerk.post(&entries, repayment).await.expect(201);
        assert_eq!(due().await, [month("2026-09", 1), month("2027-03", 2)]);
    }

    async fn a_bank_whose_bad_loans_pass_the_line_at_quarter_end_files_no_more(app) {
        let stage = loans::stage(app).await;
        for n in 1..=5 {
            let loan = drawn(&stage.clerk, &format!("A-{n}"), 1).await;
            if n == 1 {
                let class = json!({"kind": "class_change", "effective_on": "2026-03-02", "class": "substandard"});
                stage.clerk.post(&format!("/loans/{loan}/entries"), class).await.expect(201);
            }
        }
        drawn(&stage.other_clerk, "B-1", 1).await;
        let path = format!("/banks/{}", stage.bank);
        app.advance_to("2026-03-31T15:00:00Z");
        laoshan::jobs::run_due(&app.app).await.expect("jobs run");
        assert_eq!(stage.manager.get(&path).await.expect(200)["state"], "filed");
        app.advance_to("2026-04-01T16:30:00Z");
        laoshan::jobs::run_due(&app.app).await.expect("jobs run");
        let bank = stage.manager.get(&path).await.expect(200);
        assert_eq!(bank["state"], "suspended");
        let page = stage.clerk.get(&format!("{path}/assessments")).await.expect(200);
        let latest = &page["items"][0];
        assert_eq!(
            (&latest["quarter_end"], &latest["loans"], &latest["bad_ppm"], &latest["line_ppm"], &latest["suspended"]),
            (&json!("2026-03-31"), &json!(5), &json!(200_000), &json!(50_000), &json!(true))
        );
        stage.clerk.post("/loans", loans::filing("A-9")).await.refused(409, "bank_suspended");
        // One loan is too few to be judged by.
        let other = stage.manager.get(&format!("/banks/{}/assessments", stage.other_bank)).await.expect(200);
        assert_eq!((&other["items"][0]["loans"], &other["items"][0]["suspended"]), (&json!(1), &json!(false)));
        stage.other_clerk.get(&format!("{path}/assessments")).await.refused(404, "not_found");
        // Once a quarter.
        app.advance_to("2026-04-03T16:30:00Z");
        laoshan::jobs::run_due(&app.app).await.expect("jobs run");
        assert_eq!(stage.manager.get(&format!("{path}/assessments")).await.expect(200)["items"].as_array().map(Vec::len), page["items"].as_array().map(Vec::len));
    }
}
