//! Members report once a year, explain what jumped, and are watched when they do not.

use chrono::NaiveDate;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::library::model::Recognition;
use laoshan::library::service::recognise;
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::programme::model::{Lane, Tier};
use serde_json::{Value, json};

use crate::both;
use crate::support::seeds::{enterprise, events, owner, trail};
use crate::support::{TestApp, TestUser};

/// A member since 2025, with figures of 2024 and somebody who acts for it.
async fn member(app: &TestApp, name: &'static str) -> (EnterpriseId, TestUser) {
    let firm = enterprise(app, name).await;
    let recognition = Recognition {
        enterprise_id: firm.clone(),
        tier: Tier::FutureStar,
        lane: Lane::Ladder,
        application_id: None,
        round_id: None,
        because: String::new(),
        valid_from: NaiveDate::from_ymd_opt(2025, 6, 1).expect("a date"),
        valid_to: NaiveDate::from_ymd_opt(2028, 5, 31).expect("a date"),
    };
    let work = move |cx: &mut Cx| recognise(cx, recognition.clone(), "LS-WLZX");
    app.app.door.system("test", work).await.expect("recognised");
    let officer = app.user(&[Role::Officer]).await;
    let figures = json!({"revenue": 1_000_000, "rd_expense": 100_000, "staff": 50, "tax_paid": 0});
    officer.put(&format!("/enterprises/{firm}/metrics/2024"), figures).await.expect(200);
    let applicant = app.user(&[Role::Applicant]).await;
    owner(app, &applicant, &firm).await;
    (firm, applicant)
}

async fn window(app: &TestApp) -> TestUser {
    let officer = app.user(&[Role::Officer]).await;
    let body = json!({"year": 2026, "opens_on": "2026-03-01", "due_on": "2026-05-31"});
    officer.post("/update-windows", body).await.expect(201);
    officer
}

async fn state_of(officer: &TestUser, firm: &EnterpriseId) -> (Value, Value) {
    let list = officer.get(&format!("/memberships?enterprise_id={firm}")).await.expect(200);
    let id = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let view = officer.get(&format!("/memberships/{id}")).await.expect(200);
    (view["state"].clone(), view["watch_trigger"].clone())
}

async fn swept(app: &TestApp) {
    app.app
        .door
        .system("annual_updates.sweep", laoshan::annual_updates::service::sweep_late)
        .await
        .expect("the job runs");
}

both! {
    async fn a_report_is_filled_in_explained_submitted_questioned_and_verified(app) {
        let officer = window(app).await;
        let (firm, applicant) = member(app, "崂山太赫兹有限公司").await;
        let made = applicant.post("/annual-updates", json!({"enterprise_id": firm, "year": 2026})).await.expect(201);
        let id = made["id"].as_str().expect("an id").to_owned();
        let path = format!("/annual-updates/{id}");
        let entry = |view: &Value, code: &str| {
            let entries = view["entries"].as_array().expect("entries");
            entries.iter().find(|entry| entry["indicator"] == code).cloned().expect("an entry")
        };
        let revenue = entry(&made, "revenue");
        assert_eq!((&revenue["value"], &revenue["last"], &revenue["marked"]), (&json!(1_000_000), &json!(1_000_000), &json!(false)));
        applicant.post("/annual-updates", json!({"enterprise_id": firm, "year": 2026})).await.refused(409, "already_exists");

        let jump = json!({"revenue": {"value": 2_000_000}, "tax_paid": {"value": 7}, "staff": null});
        let edited = applicant.patch(&path, 1, jump).await.expect(200);
        let revenue = entry(&edited, "revenue");
        assert_eq!((&revenue["change_ppm"], &revenue["marked"]), (&json!(1_000_000), &json!(true)));
        applicant.patch(&path, 1, json!({})).await.refused(412, "stale_version");
        applicant.patch(&path, 2, json!({"staff": {"value": -1}, "moon": {"value": 1}})).await
            .faults(&[("/moon", "unknown"), ("/staff/value", "out_of_range")]);
        let submission = format!("{path}/submission");
        applicant.post(&submission, json!({})).await
            .faults(&[("/staff", "missing_figure"), ("/revenue/reason", "required"), ("/tax_paid/reason", "required")]);
        let reasons = json!({
            "revenue": {"value": 2_000_000, "reason": "新产品投产"}, "tax_paid": {"value": 7, "reason": "免税期结束"},
            "staff": {"value": 55},
        });
        applicant.patch(&path, 2, reasons).await.expect(200);
        let sent = applicant.post(&submission, json!({})).await.expect(200);
        assert_eq!((&sent["state"], &sent["late"]), (&json!("submitted"), &json!(false)));
        let metrics = officer.get(&format!("/enterprises/{firm}/metrics")).await.expect(200);
        let stated = &metrics["years"]["2025"]["revenue"];
        assert_eq!(
            (&stated["value"], &stated["source"], &stated["verified"]),
            (&json!(2_000_000), &json!("annual_update"), &json!(false))
        );

        let judgements = format!("{path}/judgements");
        officer.post(&judgements, json!({})).await.refused(428, "precondition_required");
        officer.post_at(&judgements, 4, json!({})).await.faults(&[("/verified", "required")]);
        officer.post_at(&judgements, 4, json!({"verified": ["revenue", "moon"], "questioned": {"staff": ""}})).await
            .faults(&[("/verified/1", "not_existing"), ("/questioned/staff", "required")]);
        let judged = json!({"verified": ["revenue", "rd_expense", "tax_paid"], "questioned": {"staff": "与社保人数不符"}});
        let asked = officer.post_at(&judgements, 4, judged).await.expect(200);
        assert_eq!((&asked["state"], &entry(&asked, "staff")["remark"]), (&json!("questioned"), &json!("与社保人数不符")));
        let version = asked["version"].as_i64().expect("a version");
        applicant.post(&submission, json!({})).await.faults(&[("/staff/reason", "required")]);
        let corrected = json!({"staff": {"value": 53, "reason": "扣除劳务派遣"}});
        applicant.patch(&path, version, corrected).await.expect(200);
        let again = applicant.post(&submission, json!({})).await.expect(200);
        assert_eq!(entry(&again, "revenue")["verdict"], "verified", "what stayed keeps its verdict");
        let done = officer.post_at(&judgements, 7, json!({"verified": ["staff"]})).await.expect(200);
        assert_eq!(done["state"], "verified");
        let metrics = officer.get(&format!("/enterprises/{firm}/metrics")).await.expect(200);
        for code in ["revenue", "rd_expense", "tax_paid", "staff"] {
            assert_eq!(metrics["years"]["2025"][code]["verified"], true, "{code}");
        }
        applicant.post(&submission, json!({})).await.refused(409, "invalid_transition");
        assert_eq!(trail(app, "annual_update", &id).await.last().map(|e| e.2.clone()), Some("verified".to_owned()));
    }

    async fn who_does_not_report_is_watched_once_the_grace_is_over(app) {
        let officer = window(app).await;
        let (silent, _) = member(app, "沉默公司").await;
        let (reporter, applicant) = member(app, "按时公司").await;
        let made = applicant.post("/annual-updates", json!({"enterprise_id": reporter, "year": 2026})).await.expect(201);
        applicant.post(&format!("/annual-updates/{}/submission", made["id"].as_str().expect("an id")), json!({})).await.expect(200);
        let missing = officer.get("/update-windows/2026/missing").await.expect(200);
        assert_eq!(missing["items"], json!([{"enterprise_id": silent, "enterprise_name": "沉默公司"}]));
        app.advance_to("2026-06-30T15:00:00Z");
        swept(app).await;
        assert_eq!(state_of(&officer, &silent).await, (json!("active"), json!(null)), "the last day of grace");
        app.advance_to("2026-06-30T17:00:00Z");
        swept(app).await;
        assert_eq!(state_of(&officer, &silent).await, (json!("watch"), json!("missed_update")));
        assert_eq!(state_of(&officer, &reporter).await, (json!("active"), json!(null)));
        assert_eq!(trail(app, "update_window", "2026").await, events(&[
            ("update_window.create", "", "", ""), ("update_window.sweep", "", "", ""),
        ]));
        let list = officer.get(&format!("/memberships?enterprise_id={silent}")).await.expect(200);
        let id = list["items"][0]["id"].as_str().expect("an id").to_owned();
        officer.post(&format!("/memberships/{id}/clearance"), json!({"reason": "已补报"})).await.expect(200);
        app.advance_to("2026-07-05T17:00:00Z");
        swept(app).await;
        assert_eq!(state_of(&officer, &silent).await.0, "active", "a clearance stays");
        officer.patch("/update-windows/2026", 2, json!({"due_on": "2026-12-31"})).await.refused(409, "invalid_transition");
    }

    async fn a_verified_revenue_that_fell_far_puts_the_member_on_watch(app) {
        let officer = window(app).await;
        for (name, revenue, expected) in [("跌了三成", 700_000, "watch"), ("跌得不多", 700_001, "active")] {
            let (firm, applicant) = member(app, name).await;
            let made = applicant.post("/annual-updates", json!({"enterprise_id": firm, "year": 2026})).await.expect(201);
            let path = format!("/annual-updates/{}", made["id"].as_str().expect("an id"));
            applicant.patch(&path, 1, json!({"revenue": {"value": revenue, "reason": "市场"}})).await.expect(200);
            applicant.post(&format!("{path}/submission"), json!({})).await.expect(200);
            officer.post_at(&format!("{path}/judgements"), 3, json!({"verified": ["revenue"]})).await.expect(200);
            assert_eq!(state_of(&officer, &firm).await.0, expected, "{name}");
        }
    }

    async fn windows_and_reports_that_cannot_be_are_named(app) {
        let officer = app.user(&[Role::Officer]).await;
        officer.post("/update-windows", json!({})).await.faults(&[
            ("/year", "required"), ("/opens_on", "required"), ("/due_on", "required"),
        ]);
        let wrong = json!({"year": 2026, "opens_on": "2025-12-31", "due_on": "2025-01-01", "change_ppm": 0});
        officer.post("/update-windows", wrong).await.faults(&[
            ("/change_ppm", "out_of_range"), ("/opens_on", "not_allowed"), ("/due_on", "date_order"),
        ]);
        let (firm, applicant) = member(app, "量子公司").await;
        let of = |year: i32| json!({"enterprise_id": firm, "year": year});
        applicant.post("/annual-updates", of(2025)).await.faults(&[("/year", "not_existing")]);
        window(app).await;
        officer.post("/update-windows", json!({"year": 2026, "opens_on": "2026-03-01", "due_on": "2026-05-31"})).await
            .refused(409, "already_exists");
        officer.post("/update-windows", json!({"year": 2027, "opens_on": "2027-03-01", "due_on": "2027-05-31"})).await.expect(201);
        applicant.post("/annual-updates", of(2027)).await.refused(409, "not_yet_due");
        applicant.post("/annual-updates", json!({})).await.faults(&[("/enterprise_id", "required"), ("/year", "required")]);
        let stranger = app.user(&[Role::Applicant]).await;
        stranger.post("/annual-updates", of(2026)).await.refused(404, "not_found");
        let candidate = enterprise(app, "储备公司").await;
        owner(app, &applicant, &candidate).await;
        applicant.post("/annual-updates", json!({"enterprise_id": candidate, "year": 2026})).await.refused(409, "invalid_transition");
        applicant.get("/update-windows/2026/missing").await.refused(403, "forbidden");
        officer.patch("/update-windows/2026", 1, json!({"due_on": "2026-04-01"})).await.faults(&[("/due_on", "date_order")]);
        let later = officer.patch("/update-windows/2026", 1, json!({"due_on": "2026-06-15"})).await.expect(200);
        assert_eq!((&later["due_on"], &later["version"]), (&json!("2026-06-15"), &json!(2)));
        let windows = officer.get("/update-windows").await.expect(200);
        assert_eq!(windows["items"].as_array().expect("items").len(), 2);
    }

    async fn an_officer_does_not_verify_the_figures_of_their_own_enterprise(app) {
        let _ = window(app).await;
        let (firm, applicant) = member(app, "自家公司").await;
        let made = applicant.post("/annual-updates", json!({"enterprise_id": firm, "year": 2026})).await.expect(201);
        let path = format!("/annual-updates/{}", made["id"].as_str().expect("an id"));
        applicant.post(&format!("{path}/submission"), json!({})).await.expect(200);
        let insider = app.user(&[Role::Officer]).await;
        owner(app, &insider, &firm).await;
        let refused = insider.post_at(&format!("{path}/judgements"), 2, json!({"verified": ["revenue"]})).await;
        refused.refused(404, "not_found");
    }
}
