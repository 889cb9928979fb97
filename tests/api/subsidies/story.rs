//! One claim all the way, and what each step keeps.

use serde_json::json;

use super::*;
use crate::both;
use crate::support::seeds::{events, trail};

both! {
    async fn a_claim_goes_from_its_window_to_the_archive_and_is_exact_to_the_fen(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        let draft = w.drafted(&[&w.loan]).await;
        assert_eq!(
            (&draft["claim_year"], &draft["budget_year"], &draft["interest_from"], &draft["interest_to"]),
            (&json!(2026), &json!(2027), &json!("2025-12-21"), &json!("2026-12-21"))
        );
        assert_eq!((&draft["window_from"], &draft["window_to"]), (&json!("2027-01-01"), &json!("2027-03-31")));
        // A draft is the enterprise's own affair.
        w.stage.clerk.get(&path(&draft, "")).await.refused(404, "not_found");
        let filed = w.owner.post_at(&path(&draft, "/submission"), 1, json!({})).await.expect(200);
        assert_eq!((&filed["state"], &filed["computed_fen"], &filed["granted_fen"]), (&json!("filed"), &json!(SUBSIDY), &json!(0)));
        assert_eq!(filed["calculation"]["excluded"], json!([]));

        let seen = w.stage.clerk.get(&path(&filed, "")).await.expect(200);
        assert_eq!((&seen["form"], &seen["calculation"], seen["loans"].as_array().map(Vec::len)), (&Value::Null, &Value::Null, Some(1)));
        w.stage.other_clerk.get(&path(&filed, "")).await.refused(404, "not_found");
        let claim = w.confirm(&filed, &w.loan, receipts()).await;
        assert_eq!(claim["state"], "confirmed");
        let result = &claim["calculation"]["result"];
        assert_eq!(
            (&result["total_fen"], &result["bound_by"], &result["loans"][0]["interest_fen"], &result["loans"][0]["eligible_days"]),
            (&json!(SUBSIDY), &json!(["ceiling"]), &json!(INTEREST), &json!(294))
        );
        assert_eq!(result["loans"][0]["flags"], json!([]));
        // Anybody can reckon it again, here and elsewhere.
        let replay = w.owner.get(&path(&claim, "/replay")).await.expect(200);
        assert_eq!(replay["same"], true);
        let elsewhere = w.owner.post("/subsidy-quotes", claim["calculation"]["request"].clone()).await.expect(200);
        assert_eq!(&elsewhere, result);

        let pending = w.reviewed(&claim).await;
        assert_eq!((&pending["state"], &pending["granted_fen"]), (&json!("pending_approval"), &json!(SUBSIDY)));
        assert_eq!(w.money().await, [100_000_000, 0, 0, 0, 100_000_000]);
        let decision = &pending["decisions"][0];
        assert_eq!((&decision["action"], &decision["approvals_needed"]), (&json!("subsidy_claim.approve"), &json!(1)));
        w.approve(&claim).await.expect(200);
        assert_eq!(w.money().await, [100_000_000, SUBSIDY, 0, 0, 100_000_000 - SUBSIDY]);

        let notice = w.announce(&claim).await;
        // 4 January 2027 is a Monday: five working days after it end on the 11th.
        assert_eq!((&notice["ends_on"], &notice["total_fen"]), (&json!("2027-01-11"), &json!(SUBSIDY)));
        let shown = app.anonymous().get(&format!("/public/notices/{}", text(&notice["notice_id"]))).await.expect(200);
        assert_eq!(shown["kind"], "subsidy_list");
        assert_eq!(shown["subjects"][0]["fields"]["amount_text"], "61,250.00");
        assert!(!shown.to_string().contains("3802"), "no account on a public notice");
        let early = json!({"claim_ids": [claim["id"]]});
        w.cashier.post("/payment-batches", early.clone()).await.refused(409, "invalid_transition");
        app.advance_to("2027-01-11T15:59:00Z");
        laoshan::jobs::run_due(&app.app).await.expect("jobs run");
        assert_eq!(w.read(&claim).await["state"], "in_publicity");
        app.advance_to("2027-01-11T16:10:00Z");
        laoshan::jobs::run_due(&app.app).await.expect("jobs run");
        assert_eq!(w.read(&claim).await["state"], "payable");

        let batch = w.cashier.post("/payment-batches", early).await.expect(201);
        assert_eq!((&batch["total_fen"], &batch["total_capital"]), (&json!(SUBSIDY), &json!("人民币陆万壹仟贰佰伍拾元整")));
        let payment = &batch["items"][0];
        assert_eq!(
            (&payment["payee"]["number"], &payment["amount_text"], &payment["state"]),
            (&json!("3802000012345678"), &json!("61,250.00"), &json!("pending"))
        );
        let outcome = format!("/subsidy-payments/{}/outcome", text(&payment["id"]));
        let paid = json!({"outcome": "paid", "voucher_no": "V-1"});
        w.cashier.post_at(&outcome, 1, paid.clone()).await.expect(200);
        assert_eq!(w.money().await, [100_000_000, 0, SUBSIDY, 0, 100_000_000 - SUBSIDY]);
        w.cashier.post_at(&outcome, 1, paid).await.refused(409, "voucher_used");
        w.cashier.post_at(&outcome, 2, json!({"outcome": "paid", "voucher_no": "V-2"})).await.refused(409, "invalid_transition");
        assert_eq!(w.money().await, [100_000_000, 0, SUBSIDY, 0, 100_000_000 - SUBSIDY]);

        let done = w.read(&claim).await;
        assert_eq!((&done["state"], &done["paid_fen"], &done["payments"][0]["voucher_no"]), (&json!("paid"), &json!(SUBSIDY), &json!("V-1")));
        let done = w.first.post_at(&path(&claim, "/archival"), version(&done), json!({})).await.expect(200);
        assert_eq!(done["state"], "archived");
        let moves: Vec<_> = trail(app, "subsidy_claim", &text(&claim["id"])).await.into_iter().filter(|e| e.1 != e.2).collect();
        let opinion = "材料齐全，测算无误";
        assert_eq!(moves, events(&[
            ("subsidy_claim.create", "", "draft", ""),
            ("subsidy_claim.submit", "draft", "filed", ""),
            ("subsidy_claim.confirm", "filed", "confirmed", ""),
            ("subsidy_claim.review", "confirmed", "reviewed", opinion),
            ("subsidy_claim.review_again", "reviewed", "pending_approval", opinion),
            ("decision.approve", "pending_approval", "approved", opinion),
            ("subsidy.announce", "approved", "in_publicity", ""),
            ("subsidies.release", "in_publicity", "payable", ""),
            ("payment_batch.create", "payable", "in_payment", ""),
            ("subsidy_payment.record", "in_payment", "paid", ""),
            ("subsidy_claim.archive", "paid", "archived", ""),
        ]));
    }

    async fn overdue_days_and_days_beyond_the_scheme_earn_nothing_and_are_shown(app) {
        let w = world(app).await;
        let entries = format!("/loans/{}/entries", w.loan);
        for (kind, on) in [("overdue_start", "2026-06-21"), ("overdue_end", "2026-07-01")] {
            w.stage.clerk.post(&entries, json!({"kind": kind, "effective_on": on})).await.expect(201);
        }
        let claim = w.filed(&[&w.loan]).await;
        let result = &claim["calculation"]["result"]["loans"][0];
        assert_eq!((&result["eligible_days"], &result["subsidy_fen"]), (&json!(284), &json!(5_916_667)));
        assert_eq!(claim["calculation"]["excluded"], json!([
            {"loan_id": w.loan, "from": "2026-06-21", "to": "2026-07-01", "reason": "overdue"},
        ]));
        // Receipts that differ by more than a fen each are flagged, and the lower counts.
        let short = json!([{"settled_on": "2026-12-21", "amount_fen": 1_000_000}]);
        let claim = w.confirm(&claim, &w.loan, short).await;
        let result = &claim["calculation"]["result"]["loans"][0];
        assert_eq!((&result["flags"], &result["subsidy_fen"]), (&json!(["receipt_difference"]), &json!(500_000)));
        assert_eq!(w.owner.get(&path(&claim, "/replay")).await.expect(200)["same"], true);
    }

    async fn what_is_beyond_the_caps_of_a_talent_earns_nothing(app) {
        let w = world(app).await;
        // 5 of the talent's 20 million are taken: of 25 more, 15 are covered.
        let big = drawn(&w.stage.clerk, "A-2", 25).await;
        let claim = w.filed(&[&big]).await;
        let result = &claim["calculation"]["result"]["loans"][0];
        assert_eq!((&result["interest_fen"], &result["subsidy_fen"]), (&json!(3 * INTEREST), &json!(3 * SUBSIDY)));
        assert_eq!(claim["calculation"]["request"]["loans"][0]["principal_cap_fen"], 15 * MILLION);
    }

    async fn two_loans_of_one_claim_share_the_yearly_cap_by_largest_remainder(app) {
        let w = world(app).await;
        w.budget(1_000_000_000).await;
        // 15 million more: 6,125,000 and 18,375,000 fen are 24,500,000; a budget of 20,000,001 fen binds.
        let second = drawn(&w.stage.clerk, "A-2", 15).await;
        let claim = w.filed(&[&w.loan, &second]).await;
        assert_eq!(claim["computed_fen"], 24_500_000);
        let full = |amounts: [i64; 4]| {
            let days = ["2026-03-21", "2026-06-21", "2026-09-21", "2026-12-21"];
            json!(days.iter().zip(amounts).map(|(d, fen)| json!({"settled_on": d, "amount_fen": fen})).collect::<Vec<_>>())
        };
        let half = w.confirm(&claim, &w.loan, receipts()).await;
        assert_eq!(half["state"], "filed", "the other loan is not confirmed yet");
        let claim = w.confirm(&claim, &second, full([2_731_250, 13_225_000, 13_225_000, 13_081_250])).await;
        assert_eq!((&claim["state"], &claim["computed_fen"]), (&json!("confirmed"), &json!(24_500_000)));
        let set = json!({"year": 2027, "total_fen": 20_000_001, "reason": "调减"});
        let decision = text(&w.first.post("/subsidy-budgets", set).await.expect(201)["id"]);
        w.leader.post(&format!("/decisions/{decision}/approval"), json!({})).await.expect(200);
        let reviewed = w.first.post_at(&path(&claim, "/review"), version(&claim), json!({"opinion": "预算不足，按比例"})).await.expect(200);
        let granted: Vec<_> = reviewed["loans"].as_array().expect("loans").iter().map(|l| l["granted_fen"].as_i64().expect("fen")).collect();
        // 5,000,000.25 and 15,000,000.75: the odd fen goes to the larger remainder.
        assert_eq!(granted, [5_000_000, 15_000_001]);
        assert_eq!(reviewed["calculation"]["result"]["bound_by"], json!(["ceiling", "budget"]));
    }
}
