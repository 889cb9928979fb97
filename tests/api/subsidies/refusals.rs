//! What is refused, and that nothing changes then.

use serde_json::json;

use super::*;
use crate::both;

both! {
    async fn a_claim_is_handed_in_on_a_day_of_its_window(app) {
        let stage = loans::stage(app).await;
        let loan = drawn(&stage.clerk, "A-1", 5).await;
        let owner = member(app, &stage.firm, true).await;
        app.advance_to("2026-12-28T01:00:00Z");
        let body = json!({"enterprise_id": stage.firm, "loan_ids": [loan], "year": 2026, "form": form()});
        let draft = owner.post("/subsidy-claims", body.clone()).await.expect(201);
        let submit = path(&draft, "/submission");
        owner.post_at(&submit, 1, json!({})).await.refused(409, "not_yet_due");
        app.advance_to("2027-03-31T16:00:00Z");
        owner.post_at(&submit, 1, json!({})).await.refused(409, "deadline_passed");
        assert_eq!(owner.get(&path(&draft, "")).await.expect(200)["state"], "draft");
        let mut wrong = body;
        wrong["year"] = json!(1066);
        owner.post("/subsidy-claims", wrong).await.faults(&[("/year", "out_of_range")]);
    }

    async fn everything_missing_is_named_and_the_green_threshold_in_its_own_code(app) {
        let w = world(app).await;
        let body = json!({"enterprise_id": w.stage.firm, "loan_ids": [w.loan, w.loan, "nowhere"]});
        w.owner.post("/subsidy-claims", body).await.faults(&[("/loan_ids/1", "duplicate"), ("/loan_ids/2", "not_existing")]);
        let body = json!({"enterprise_id": w.stage.firm, "loan_ids": []});
        w.owner.post("/subsidy-claims", body).await.faults(&[("/loan_ids", "required")]);
        let body = json!({"enterprise_id": w.stage.firm, "loan_ids": [w.loan]});
        let draft = w.owner.post("/subsidy-claims", body).await.expect(201);
        let submit = path(&draft, "/submission");
        w.owner.post(&submit, json!({})).await.refused(428, "precondition_required");
        let refusal = w.owner.post_at(&submit, 1, json!({})).await;
        assert_eq!((refusal.status, refusal.body["errors"].as_array().map(Vec::len)), (422, Some(15)));
        let mut filled = form();
        filled["green"]["record"] = json!("no");
        filled["account"]["number"] = json!("38O2");
        let edit = w.owner.patch(&path(&draft, ""), 1, json!({"form": filled.clone()})).await.expect(200);
        w.owner.post_at(&submit, version(&edit), json!({})).await.faults(&[("/form/account/number", "format")]);
        filled["account"] = form()["account"].clone();
        let edit = w.owner.patch(&path(&draft, ""), version(&edit), json!({"form": filled})).await.expect(200);
        let refusal = w.owner.post_at(&submit, version(&edit), json!({})).await.refused(409, "green_threshold");
        assert_eq!(refusal["errors"][0]["pointer"], "/form/green/record");
        w.owner.patch(&path(&draft, ""), 1, json!({})).await.refused(412, "stale_version");
        let unknown = json!({"enterprise_id": w.stage.firm, "loan_ids": [w.loan], "currency": "USD"});
        w.owner.post("/subsidy-claims", unknown).await.refused(400, "malformed_json");
        let kept = w.owner.get(&path(&draft, "")).await.expect(200);
        assert_eq!((&kept["state"], &kept["computed_fen"]), (&json!("draft"), &json!(0)));
    }

    async fn a_loan_is_claimed_for_once_a_period(app) {
        let w = world(app).await;
        let first = w.filed(&[&w.loan]).await;
        let second = w.drafted(&[&w.loan]).await;
        let refusal = w.owner.post_at(&path(&second, "/submission"), 1, json!({})).await.refused(409, "already_claimed");
        assert_eq!((&refusal["claim_id"], &refusal["loan_id"]), (&first["id"], &json!(w.loan)));
        w.owner.post_at(&path(&first, "/withdrawal"), version(&first), json!({"reason": "重新整理材料"})).await.expect(200);
        let filed = w.owner.post_at(&path(&second, "/submission"), 1, json!({})).await.expect(200);
        assert_eq!(filed["state"], "filed");
        w.owner.post_at(&path(&first, "/submission"), version(&first) + 1, json!({})).await.refused(409, "invalid_transition");
    }

    async fn two_claims_on_one_loan_at_the_same_moment_leave_one(app) {
        let w = world(app).await;
        let (a, b) = (w.drafted(&[&w.loan]).await, w.drafted(&[&w.loan]).await);
        let (at, bt) = (path(&a, "/submission"), path(&b, "/submission"));
        let (x, y) = tokio::join!(w.owner.post_at(&at, 1, json!({})), w.owner.post_at(&bt, 1, json!({})));
        let mut codes = [x, y].map(|r| r.body["code"].as_str().unwrap_or("filed").to_owned());
        codes.sort();
        // Whether the rule or the index of the table was first to see it.
        assert!(codes[0].starts_with("already_") && codes[1] == "filed", "{codes:?}");
    }

    async fn an_enterprise_claims_for_its_own_loans_and_a_bank_confirms_its_own(app) {
        let w = world(app).await;
        let stranger = app.user(&[Role::Applicant]).await;
        let pretender = member(app, &w.stage.firm, false).await;
        let body = json!({"enterprise_id": w.stage.firm, "loan_ids": [w.loan]});
        for person in [&stranger, &pretender] {
            person.post("/subsidy-claims", body.clone()).await.faults(&[("/loan_ids/0", "not_existing")]);
        }
        let claim = w.filed(&[&w.loan]).await;
        stranger.get(&path(&claim, "")).await.refused(404, "not_found");
        w.owner.post(&path(&claim, "/confirmations"), json!({"loan_id": w.loan, "receipts": []})).await.refused(403, "forbidden");
        let confirm = |loan: &str, receipts: Value| json!({"loan_id": loan, "receipts": receipts});
        w.stage.other_clerk.post(&path(&claim, "/confirmations"), confirm(&w.loan, json!([]))).await.refused(404, "not_found");
        w.stage.clerk.post(&path(&claim, "/confirmations"), confirm("other", json!([]))).await.faults(&[("/loan_id", "not_existing")]);
        let bad = json!([{"settled_on": "2025-12-20", "amount_fen": 1}, {"settled_on": "2027-02-01", "amount_fen": -1}]);
        w.stage.clerk.post(&path(&claim, "/confirmations"), confirm(&w.loan, bad)).await.faults(&[
            ("/receipts/0/settled_on", "out_of_range"), ("/receipts/1/amount_fen", "out_of_range"),
            ("/receipts/1/settled_on", "in_the_future"),
        ]);
        let feb = json!([{"settled_on": "2026-02-30", "amount_fen": 1}]);
        w.stage.clerk.post(&path(&claim, "/confirmations"), confirm(&w.loan, feb)).await.refused(400, "malformed_json");
        assert_eq!(w.read(&claim).await["state"], "filed");
    }

    async fn first_reviewer_second_reviewer_and_approver_are_different_people(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        let claim = w.confirmed(&[&w.loan]).await;
        let opinion = json!({"opinion": "无误"});
        w.first.post_at(&path(&claim, "/second-review"), version(&claim), opinion.clone()).await.refused(409, "invalid_transition");
        let once = w.first.post_at(&path(&claim, "/review"), version(&claim), opinion.clone()).await.expect(200);
        w.first.post_at(&path(&claim, "/second-review"), version(&once), opinion.clone()).await.refused(409, "two_person_rule");
        let both = app.user(&[Role::FundManager, Role::Approver]).await;
        let twice = both.post_at(&path(&claim, "/second-review"), version(&once), opinion).await.expect(200);
        let decision = format!("/decisions/{}/approval", text(&twice["decisions"][0]["id"]));
        both.post(&decision, json!({})).await.refused(409, "two_person_rule");
        // Nobody approves the money of their own enterprise.
        let partner = app.user(&[Role::Approver]).await;
        join(app, &w.stage.firm, &partner).await;
        partner.post(&decision, json!({})).await.refused(404, "not_found");
        w.leader.post(&decision, json!({})).await.expect(200);
        assert_eq!(w.read(&claim).await["state"], "approved");
    }

    async fn a_first_reviewer_who_is_an_approver_too_leaves_the_approval_to_others(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        let claim = w.confirmed(&[&w.loan]).await;
        let both = app.user(&[Role::FundManager, Role::Approver]).await;
        let opinion = json!({"opinion": "无误"});
        let once = both.post_at(&path(&claim, "/review"), version(&claim), opinion.clone()).await.expect(200);
        let twice = w.second.post_at(&path(&claim, "/second-review"), version(&once), opinion).await.expect(200);
        let decision = format!("/decisions/{}/approval", text(&twice["decisions"][0]["id"]));
        both.post(&decision, json!({})).await.refused(409, "conflict_of_interest");
    }

    async fn what_is_returned_adjusted_refused_and_taken_back(app) {
        let w = world(app).await;
        let claim = w.confirmed(&[&w.loan]).await;
        let review = path(&claim, "/review");
        // Without a budget nothing is granted.
        w.first.post_at(&review, version(&claim), json!({"opinion": "无误"})).await.refused(409, "budget_short");
        w.budget(100_000_000).await;
        let returned = w.first.post_at(&path(&claim, "/return"), version(&claim), json!({"reason": "缺结息单"})).await.expect(200);
        assert_eq!((&returned["state"], &returned["reason"]), (&json!("returned"), &json!("缺结息单")));
        // Corrected after the window has closed, what was in time stays in time; the bank confirms anew.
        app.advance_to("2027-04-06T01:00:00Z");
        let again = w.owner.post_at(&path(&claim, "/submission"), version(&returned), json!({})).await.expect(200);
        assert_eq!((&again["state"], &again["loans"][0]["receipts"]), (&json!("filed"), &Value::Null));
        let claim = w.confirm(&again, &w.loan, receipts()).await;

        let adjust = |loan: &str, fen: i64, reason: &str| json!({"opinion": "核减", "adjustments": [{"loan_id": loan, "amount_fen": fen, "reason": reason}]});
        w.first.post_at(&review, version(&claim), adjust(&w.loan, SUBSIDY + 1, "")).await
            .faults(&[("/adjustments/0/amount_fen", "out_of_range"), ("/adjustments/0/reason", "required")]);
        w.first.post_at(&review, version(&claim), adjust("nowhere", 0, "无此贷款")).await.faults(&[("/adjustments/0/loan_id", "not_existing")]);
        w.first.post_at(&review, version(&claim), adjust(&w.loan, 0, "全部核减")).await.refused(409, "invalid_transition");
        let once = w.first.post_at(&review, version(&claim), adjust(&w.loan, 6_000_000, "部分资金用途不符")).await.expect(200);
        let line = &once["loans"][0];
        assert_eq!(
            (&line["computed_fen"], &line["granted_fen"], &line["adjust_reason"], &once["granted_fen"]),
            (&json!(SUBSIDY), &json!(6_000_000), &json!("部分资金用途不符"), &json!(6_000_000))
        );
        let twice = w.second.post_at(&path(&claim, "/second-review"), version(&once), json!({"opinion": "同意核减"})).await.expect(200);
        let decision = format!("/decisions/{}", text(&twice["decisions"][0]["id"]));
        w.leader.post(&format!("{decision}/refusal"), json!({"reason": "请再核用途"})).await.expect(200);
        let back = w.read(&claim).await;
        assert_eq!((&back["state"], &back["reason"]), (&json!("confirmed"), &json!("请再核用途")));
        // Withdrawn while it is decided on: the decision is void with it.
        let pending = w.reviewed(&back).await;
        w.owner.post_at(&path(&claim, "/withdrawal"), version(&pending), json!({"reason": "改申其他资金"})).await.expect(200);
        let gone = w.read(&claim).await;
        assert_eq!((&gone["state"], &gone["decisions"][0]["state"]), (&json!("withdrawn"), &json!("voided")));
        assert_eq!(w.money().await, [100_000_000, 0, 0, 0, 100_000_000]);
    }

    async fn the_review_has_a_day_it_is_due_and_the_list_tells_who_is_late(app) {
        let w = world(app).await;
        let claim = w.filed(&[&w.loan]).await;
        // Ten working days after Monday 4 January.
        assert_eq!((&claim["due_on"], &claim["due_provisional"], &claim["overdue"]), (&json!("2027-01-18"), &json!(true), &json!(false)));
        app.advance_to("2027-01-19T01:00:00Z");
        let page = w.first.get("/subsidy-claims?state=filed&count=true").await.expect(200);
        assert_eq!((&page["total"], &page["items"][0]["overdue"]), (&json!(1), &json!(true)));
        assert_eq!(page["items"][0]["window_to"], claim["window_to"]);
        for (role, status) in [(Role::Officer, 403), (Role::Auditor, 403), (Role::Bank, 200), (Role::Approver, 200)] {
            assert_eq!(app.user(&[role]).await.get("/subsidy-claims").await.status, status, "{role}");
        }
        let one = app.statements(w.first.get("/subsidy-claims?limit=1")).await;
        w.drafted(&[&w.loan]).await;
        w.drafted(&[&w.loan]).await;
        assert_eq!(app.statements(w.first.get("/subsidy-claims?limit=3")).await, one);
    }
}

/// Makes somebody with another role act for the enterprise as well.
async fn join(app: &TestApp, firm: &str, person: &TestUser) {
    crate::support::seeds::owner(app, person, &laoshan::enterprises::model::EnterpriseId(firm.to_owned())).await;
}
