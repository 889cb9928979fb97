//! Budget, payments that fail, objections and claw-back.

use serde_json::json;

use super::*;
use crate::both;

both! {
    async fn a_budget_is_set_by_two_people_and_never_below_what_it_owes(app) {
        let w = world(app).await;
        let set = |total: i64| json!({"year": 2027, "total_fen": total, "reason": "预算批复"});
        w.first.post("/subsidy-budgets", json!({"year": 1999, "total_fen": 0})).await
            .faults(&[("/year", "out_of_range"), ("/total_fen", "out_of_range"), ("/reason", "required")]);
        let both = app.user(&[Role::FundManager, Role::Approver]).await;
        let decision = both.post("/subsidy-budgets", set(SUBSIDY)).await.expect(201);
        both.post(&format!("/decisions/{}/approval", text(&decision["id"])), json!({})).await.refused(409, "two_person_rule");
        w.leader.get("/subsidy-budgets/2027").await.refused(404, "not_found");
        w.leader.get("/subsidy-budgets/soon").await.refused(404, "not_found");
        w.leader.post(&format!("/decisions/{}/approval", text(&decision["id"])), json!({})).await.expect(200);
        w.approved(&[&w.loan]).await;
        assert_eq!(w.money().await, [SUBSIDY, SUBSIDY, 0, 0, 0]);
        let refusal = w.first.post("/subsidy-budgets", set(SUBSIDY - 1)).await;
        refusal.refused(409, "budget_short");
        w.first.post("/subsidy-budgets", set(SUBSIDY)).await.expect(201);
        let list = w.first.get("/subsidy-budgets").await.expect(200);
        assert_eq!((&list["items"][0]["year"], list["items"].as_array().map(Vec::len)), (&json!(2027), Some(1)));
    }

    async fn a_claim_that_fits_when_reviewed_is_not_approved_once_the_budget_is_gone(app) {
        let w = world(app).await;
        w.budget(SUBSIDY + 1).await;
        let other = drawn(&w.stage.clerk, "A-2", 5).await;
        let first = w.confirmed(&[&w.loan]).await;
        let second = w.confirmed(&[&other]).await;
        let (first, second) = (w.reviewed(&first).await, w.reviewed(&second).await);
        w.approve(&first).await.expect(200);
        w.approve(&second).await.refused(409, "budget_short");
        assert_eq!(w.read(&second).await["state"], "pending_approval");
        assert_eq!(w.money().await, [SUBSIDY + 1, SUBSIDY, 0, 0, 1]);
        // Reckoned anew, it gets the fen that is left.
        let decision = format!("/decisions/{}/refusal", text(&second["decisions"][0]["id"]));
        w.leader.post(&decision, json!({"reason": "预算不足，重新测算"})).await.expect(200);
        let again = w.read(&second).await;
        let again = w.reviewed(&again).await;
        assert_eq!((&again["granted_fen"], &again["calculation"]["result"]["bound_by"]), (&json!(1), &json!(["ceiling", "budget"])));
        w.approve(&again).await.expect(200);
        assert_eq!(w.money().await, [SUBSIDY + 1, SUBSIDY + 1, 0, 0, 0]);
    }

    async fn the_yearly_cap_of_an_enterprise_counts_in_the_budget_year_of_the_claim(app) {
        let w = world(app).await;
        w.budget(1_000_000_000).await;
        // 500,000 yuan a year: 15 million covered make 18,375,000 fen, and so do all further loans of other talents.
        let mut granted = Vec::new();
        for (n, contract) in [(2, "B-1"), (3, "B-2"), (4, "B-3")] {
            loans::talent(&w.stage.manager, n, &[&w.stage.firm]).await;
            let mut body = filing_of(contract, 15);
            body["id_number"] = json!(loans::id_number(n));
            let loan = file(&w.stage.clerk, body).await;
            let entry = json!({"kind": "drawdown", "effective_on": "2026-03-02", "amount_fen": 15 * MILLION});
            w.stage.clerk.post(&format!("/loans/{loan}/entries"), entry).await.expect(201);
            let claim = w.filed(&[&loan]).await;
            let three = json!([{"settled_on": "2026-12-21", "amount_fen": 3 * INTEREST}]);
            let claim = w.confirm(&claim, &loan, three).await;
            let claim = w.reviewed(&claim).await;
            w.approve(&claim).await.expect(200);
            granted.push((claim["granted_fen"].as_i64().expect("fen"), claim["calculation"]["result"]["bound_by"].clone()));
        }
        let ceiling = json!(["ceiling"]);
        assert_eq!(granted, [
            (18_375_000, ceiling.clone()), (18_375_000, ceiling), (13_250_000, json!(["ceiling", "enterprise_year_cap"])),
        ]);
    }

    async fn a_failed_payment_is_reopened_and_paid_to_the_right_account(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        let claim = w.payable(app, &[&w.loan]).await;
        w.first.post("/payment-batches", json!({"claim_ids": [claim["id"]]})).await.refused(409, "two_person_rule");
        w.cashier.post("/payment-batches", json!({"claim_ids": [claim["id"], claim["id"], "nowhere"]})).await
            .faults(&[("/claim_ids/1", "duplicate"), ("/claim_ids/2", "not_existing")]);
        let payment = w.ordered(&claim).await;
        w.cashier.post("/payment-batches", json!({"claim_ids": [claim["id"]]})).await.refused(409, "invalid_transition");
        let at = format!("/subsidy-payments/{}", text(&payment["id"]));
        w.cashier.post_at(&format!("{at}/outcome"), 1, json!({"outcome": "failed", "paid_on": "2028-01-01"})).await
            .faults(&[("/failure", "required"), ("/paid_on", "in_the_future")]);
        let failed = json!({"outcome": "failed", "failure": "账号与户名不符"});
        w.cashier.post_at(&format!("{at}/outcome"), 1, failed).await.expect(200);
        assert_eq!(w.read(&claim).await["state"], "payment_failed");
        assert_eq!(w.money().await, [100_000_000, SUBSIDY, 0, 0, 100_000_000 - SUBSIDY]);
        let mut account = form()["account"].clone();
        account["number"] = json!("38020000-9999");
        w.cashier.post(&format!("{at}/reopening"), json!({"account": {"number": "x"}, "reason": "更正"})).await.faults(&[
            ("/account/holder", "required"), ("/account/bank_name", "required"), ("/account/number", "format"), ("/account/cnaps_code", "format"),
        ]);
        w.cashier.post(&format!("{at}/reopening"), json!({"account": account, "reason": "更正账号"})).await.expect(200);
        w.cashier.post(&format!("{at}/reopening"), json!({"reason": "再来"})).await.refused(409, "invalid_transition");
        let again = w.ordered(&claim).await;
        assert_eq!(again["payee"]["number"], "380200009999");
        let body = json!({"outcome": "paid", "voucher_no": "V-1"});
        let url = format!("/subsidy-payments/{}/outcome", text(&again["id"]));
        let reply = w.cashier.request("POST", &url).header("if-match", "\"1\"").header("idempotency-key", "k-1").json(&body);
        let same = w.cashier.request("POST", &url).header("if-match", "\"1\"").header("idempotency-key", "k-1").json(&body);
        let first = crate::support::Reply::of(reply).await.expect(200);
        assert_eq!(crate::support::Reply::of(same).await.expect(200), first, "a repeat under its key gets the same answer");
        assert_eq!(w.money().await, [100_000_000, 0, SUBSIDY, 0, 100_000_000 - SUBSIDY]);
        let shown = w.owner.get(&path(&claim, "")).await.expect(200);
        let states: Vec<_> = shown["payments"].as_array().expect("payments").iter().map(|p| text(&p["state"])).collect();
        assert_eq!(states, ["paid", "failed"]);
    }

    async fn an_upheld_objection_ends_the_claim_and_gives_the_budget_its_money_back(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        let claim = w.approved(&[&w.loan]).await;
        let notice = text(&w.announce(&claim).await["notice_id"]);
        let officer = app.user(&[Role::Officer]).await;
        let subject = app.anonymous().get(&format!("/public/notices/{notice}")).await.expect(200)["subjects"][0]["id"].clone();
        let objection = json!({
            "subject_id": subject, "name": "李明", "contact": "13900139000", "content": "贷款未用于研发", "evidence": "合同复印件",
        });
        let mut receipts = Vec::new();
        for _ in 0..2 {
            let receipt = app.anonymous().post(&format!("/public/notices/{notice}/objections"), objection.clone()).await.expect(201);
            receipts.push(text(&receipt["receipt"]));
        }
        officer.post(&format!("/objections/{}/admission", receipts[0]), json!({})).await.expect(200);
        assert_eq!(w.read(&claim).await["state"], "objected");
        let resolve = |outcome: &str| json!({"outcome": outcome, "answer": "经核查，已作处理。"});
        officer.post(&format!("/objections/{}/resolution", receipts[0]), resolve("dismissed")).await.expect(200);
        assert_eq!(w.read(&claim).await["state"], "in_publicity");
        app.advance(chrono::Duration::days(12));
        laoshan::jobs::run_due(&app.app).await.expect("jobs run");
        assert_eq!(w.read(&claim).await["state"], "in_publicity", "another objection is open");
        officer.post(&format!("/objections/{}/admission", receipts[1]), json!({})).await.expect(200);
        officer.post(&format!("/objections/{}/resolution", receipts[1]), resolve("upheld")).await.expect(200);
        assert_eq!(w.read(&claim).await["state"], "rejected");
        assert_eq!(w.money().await, [100_000_000, 0, 0, 0, 100_000_000]);
        // The loan may be claimed for again.
        w.filed(&[&w.loan]).await;
    }

    async fn a_subsidy_is_clawed_back_by_two_people_and_received_in_parts(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        let claim = w.paid(app, &[&w.loan], "V-1").await;
        let at = path(&claim, "/claw-backs");
        w.first.post(&at, json!({})).await
            .faults(&[("/cause", "required"), ("/extent", "required"), ("/since", "required"), ("/reason", "required")]);
        // Paid on 16 January 2027, moved out after one of three years: 731 of 1,096 days are left.
        app.advance_to("2028-01-20T01:00:00Z");
        let body = json!({"cause": "moved_out", "extent": "pro_rata", "since": "2028-01-16", "reason": "迁出本区"});
        let demand = w.first.post(&at, body.clone()).await.expect(201);
        assert_eq!((&demand["state"], &demand["amount_fen"]), (&json!("proposed"), &json!(4_085_196)));
        let refusal = w.first.post(&at, body).await.refused(409, "already_exists");
        assert_eq!(refusal["claw_back_id"], demand["id"]);
        let repay = format!("/claw-backs/{}/repayments", text(&demand["id"]));
        let receive = |fen: i64, voucher: &str| json!({"amount_fen": fen, "voucher_no": voucher});
        w.cashier.post(&repay, receive(1, "R-1")).await.refused(409, "invalid_transition");
        let decisions = w.leader.get("/decisions?state=pending&action=subsidy_claim.claw_back").await.expect(200);
        let decision = format!("/decisions/{}/approval", text(&decisions["items"][0]["id"]));
        w.leader.post(&decision, json!({})).await.expect(200);
        w.cashier.post(&repay, receive(4_085_197, "R-1")).await.faults(&[("/amount_fen", "out_of_range")]);
        let part = w.cashier.post(&repay, receive(4_000_000, "R-1")).await.expect(200);
        assert_eq!((&part["state"], &part["received_fen"]), (&json!("demanded"), &json!(4_000_000)));
        w.cashier.post(&repay, receive(85_196, "R-1")).await.refused(409, "voucher_used");
        let rest = w.cashier.post(&repay, receive(85_196, "R-2")).await.expect(200);
        assert_eq!((&rest["state"], rest["repayments"].as_array().map(Vec::len)), (&json!("settled"), Some(2)));
        assert_eq!(w.money().await, [100_000_000, 0, SUBSIDY, 4_085_196, 100_000_000 - SUBSIDY]);
        assert_eq!(w.read(&claim).await["returned_fen"], 4_085_196);
        // What is asked back in full is what is not returned yet.
        let body = json!({"cause": "false_material", "extent": "full", "since": "2027-01-04", "reason": "结息单不实"});
        let full = w.first.post(&at, body).await.expect(201);
        assert_eq!(full["amount_fen"], SUBSIDY - 4_085_196);
        let decisions = w.leader.get("/decisions?state=pending&action=subsidy_claim.claw_back").await.expect(200);
        let refusal = format!("/decisions/{}/refusal", text(&decisions["items"][0]["id"]));
        w.leader.post(&refusal, json!({"reason": "证据不足"})).await.expect(200);
        let list = w.owner.get(&at).await.expect(200);
        let states: Vec<_> = list["items"].as_array().expect("items").iter().map(|i| text(&i["state"])).collect();
        assert_eq!(states, ["dropped", "settled"]);
    }
}
