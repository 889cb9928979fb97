//! Enterprises report what changed about them; the title is kept or looked at again.

use diesel::prelude::*;
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

/// A future star, with somebody who acts for it.
async fn member(app: &TestApp, name: &'static str) -> (EnterpriseId, String, TestUser) {
    let firm = enterprise(app, name).await;
    let recognition = Recognition {
        enterprise_id: firm.clone(),
        tier: Tier::FutureStar,
        lane: Lane::Ladder,
        application_id: None,
        round_id: None,
        because: String::new(),
        valid_from: app.now().date_naive(),
        valid_to: app.now().date_naive() + chrono::Months::new(12),
    };
    let work = move |cx: &mut Cx| recognise(cx, recognition.clone(), "LS-WLZX");
    let id = app.app.door.system("test", work).await.expect("recognised").id.to_string();
    let applicant = app.user(&[Role::Applicant]).await;
    owner(app, &applicant, &firm).await;
    (firm, id, applicant)
}

fn reported(firm: &EnterpriseId, kind: &str, occurred_on: &str, detail: Value) -> Value {
    json!({"enterprise_id": firm, "kind": kind, "occurred_on": occurred_on, "detail": detail})
}

async fn state_of(officer: &TestUser, membership: &str) -> (Value, Value) {
    let view = officer.get(&format!("/memberships/{membership}")).await.expect(200);
    (view["state"].clone(), view["watch_trigger"].clone())
}

fn resolution(change: &Value) -> (String, i64) {
    (
        format!("/major-changes/{}/resolution", change["id"].as_str().expect("an id")),
        change["version"].as_i64().expect("a version"),
    )
}

both! {
    async fn a_rename_in_time_keeps_title_record_and_history(app) {
        let (firm, membership, applicant) = member(app, "崂山旧名有限公司").await;
        let officer = app.user(&[Role::Officer]).await;
        let body = reported(&firm, "rename", "2026-02-01", json!({"new_name": " 崂山新名有限公司 "}));
        let made = applicant.post("/major-changes", body).await.expect(201);
        assert_eq!(
            (&made["state"], &made["late"], &made["due_on"], &made["actions"]),
            (&json!("reported"), &json!(false), &json!("2026-05-01"), &json!([]))
        );
        let (path, version) = resolution(&made);
        let keep = json!({"outcome": "keep", "reason": "仅名称变更"});
        applicant.post_at(&path, version, keep.clone()).await.refused(403, "forbidden");
        officer.post(&path, keep.clone()).await.refused(428, "precondition_required");
        officer.post_at(&path, version, json!({})).await.faults(&[("/outcome", "required"), ("/reason", "required")]);
        let kept = officer.post_at(&path, version, keep.clone()).await.expect(200);
        assert_eq!(
            (&kept["state"], &kept["detail"], &kept["enterprise_name"], &kept["recheck_ids"]),
            (
                &json!("kept"), &json!({"new_name": "崂山新名有限公司", "old_name": "崂山旧名有限公司"}),
                &json!("崂山新名有限公司"), &json!([])
            )
        );
        officer.post_at(&path, version + 1, keep).await.refused(409, "invalid_transition");
        assert_eq!(state_of(&officer, &membership).await, (json!("active"), json!(null)));
        let certificate = app.anonymous().get("/public/certificates/LS-WLZX-2026-0001").await.expect(200);
        assert_eq!((&certificate["enterprise_name"], &certificate["valid"]), (&json!("崂山新名有限公司"), &json!(true)));
        assert_eq!(officer.get("/enterprises?q=新名").await.expect(200)["items"][0]["id"], json!(firm));
        assert_eq!(trail(app, "enterprise", firm.as_str()).await, events(&[("enterprise.update", "", "", "")]));
        assert_eq!(trail(app, "membership", &membership).await, events(&[("membership.recognise", "", "active", "")]));
    }

    async fn a_change_of_control_is_looked_at_again(app) {
        let (firm, membership, applicant) = member(app, "量子公司").await;
        let officer = app.user(&[Role::Officer]).await;
        let body = reported(&firm, "change_of_control", "2026-03-02", json!({"new_controller": "某集团"}));
        let made = applicant.post("/major-changes", body).await.expect(201);
        let (path, version) = resolution(&made);
        let again = json!({"outcome": "recheck", "reason": "实际控制人变更"});
        let settled = officer.post_at(&path, version, again.clone()).await.expect(200);
        let rechecks = settled["recheck_ids"].as_array().expect("re-checks");
        assert_eq!((&settled["state"], rechecks.len()), (&json!("rechecked"), 1));
        let recheck = officer.get(&format!("/rechecks/{}", rechecks[0].as_str().expect("an id"))).await.expect(200);
        assert_eq!(
            (&recheck["cause"], &recheck["note"], &recheck["membership_id"]),
            (&json!("major_change"), &json!("实际控制人变更"), &json!(membership))
        );
        assert_eq!(state_of(&officer, &membership).await.0, "re_review");

        let body = reported(&firm, "other", "2026-03-02", json!({}));
        let mut noted = body.clone();
        noted["note"] = json!("重组");
        applicant.post("/major-changes", body).await.faults(&[("/note", "required")]);
        let second = applicant.post("/major-changes", noted).await.expect(201);
        let (path, version) = resolution(&second);
        officer.post_at(&path, version, again).await.refused(409, "invalid_transition");
        let id = second["id"].as_str().expect("an id");
        assert_eq!(officer.get(&format!("/major-changes/{id}")).await.expect(200)["state"], "reported", "nothing changed");
    }

    async fn a_report_after_three_months_puts_the_title_on_watch(app) {
        let (firm, membership, applicant) = member(app, "迟报公司").await;
        let officer = app.user(&[Role::Officer]).await;
        let of = |day: &str| reported(&firm, "relocation", day, json!({"new_address": "青岛市市南区某路 1 号"}));
        let in_time = applicant.post("/major-changes", of("2025-12-02")).await.expect(201);
        assert_eq!((&in_time["due_on"], &in_time["late"]), (&json!("2026-03-02"), &json!(false)));
        assert_eq!(state_of(&officer, &membership).await.0, "active");
        let late = applicant.post("/major-changes", of("2025-12-01")).await.expect(201);
        assert_eq!(late["late"], true);
        assert_eq!(state_of(&officer, &membership).await, (json!("watch"), json!("major_change")));
        let (path, version) = resolution(&late);
        officer.post_at(&path, version, json!({"outcome": "recheck", "reason": "迁出本区"})).await.expect(200);
        let record = officer.get(&format!("/enterprises/{firm}")).await.expect(200);
        assert_eq!(
            (&record["address"], &record["registered_in_laoshan"]),
            (&json!("青岛市市南区某路 1 号"), &json!(false))
        );
        let list = officer.get("/major-changes?state=reported&count=true").await.expect(200);
        assert_eq!((&list["total"], &list["items"][0]["id"]), (&json!(1), &in_time["id"]));
    }

    async fn a_merger_links_both_records_and_keeps_both(app) {
        let (firm, _, applicant) = member(app, "被吸收公司").await;
        let successor = enterprise(app, "存续公司").await;
        let officer = app.user(&[Role::Officer]).await;
        let code = code_of(app, &successor).await;
        let own = code_of(app, &firm).await;
        let with = |code: &str| reported(&firm, "merger", "2026-03-01", json!({"counterpart_code": code, "absorbed": true}));
        applicant.post("/major-changes", with("91370212000000000X")).await
            .faults(&[("/detail/counterpart_code", "not_existing")]);
        applicant.post("/major-changes", with(&own)).await.faults(&[("/detail/counterpart_code", "not_allowed")]);
        let made = applicant.post("/major-changes", with(&code)).await.expect(201);
        let (path, version) = resolution(&made);
        officer.post_at(&path, version, json!({"outcome": "keep", "reason": "业务延续"})).await.expect(200);
        let expected = json!({"items": [{
            "change_id": made["id"], "predecessor_id": firm, "predecessor_name": "被吸收公司",
            "successor_id": successor, "successor_name": "存续公司", "merged_on": "2026-03-01",
        }]});
        for id in [&firm, &successor] {
            assert_eq!(officer.get(&format!("/enterprises/{id}/mergers")).await.expect(200), expected);
        }
        assert_eq!(applicant.get(&format!("/enterprises/{firm}/mergers")).await.expect(200), expected);
        applicant.get(&format!("/enterprises/{successor}/mergers")).await.refused(404, "not_found");
        let colleague = app.user(&[Role::Officer]).await;
        let pinned = json!({"user_id": colleague.id, "enterprise_id": successor, "reason": "配偶任职"});
        officer.post("/conflicts", pinned).await.expect(201);
        assert_eq!(colleague.get(&format!("/enterprises/{firm}/mergers")).await.expect(200), json!({"items": []}));
    }

    async fn reports_that_cannot_be_are_refused_and_seen_by_nobody_else(app) {
        let (firm, _, applicant) = member(app, "深海公司").await;
        let officer = app.user(&[Role::Officer]).await;
        applicant.post("/major-changes", json!({})).await.faults(&[
            ("/enterprise_id", "required"), ("/kind", "required"), ("/occurred_on", "required"),
        ]);
        let tomorrow = reported(&firm, "rename", "2026-03-03", json!({"new_name": "新", "old_name": "旧"}));
        applicant.post("/major-changes", tomorrow).await
            .faults(&[("/occurred_on", "in_the_future"), ("/detail/old_name", "not_allowed")]);
        let outside = enterprise(app, "库外公司").await;
        let body = reported(&outside, "rename", "2026-03-01", json!({"new_name": "新"}));
        officer.post("/major-changes", body.clone()).await.refused(409, "invalid_transition");
        applicant.post("/major-changes", body).await.refused(404, "not_found");
        let made = applicant.post("/major-changes", reported(&firm, "rename", "2026-03-01", json!({"new_name": "新"}))).await;
        let path = format!("/major-changes/{}", made.expect(201)["id"].as_str().expect("an id"));
        let stranger = app.user(&[Role::Applicant]).await;
        stranger.get(&path).await.refused(404, "not_found");
        assert_eq!(stranger.get("/major-changes").await.expect(200)["items"], json!([]));
        let insider = app.user(&[Role::Officer]).await;
        owner(app, &insider, &firm).await;
        let keep = json!({"outcome": "keep", "reason": "无碍"});
        insider.post_at(&format!("{path}/resolution"), 1, keep).await.refused(404, "not_found");
    }
}

/// A credit code for the record: stories make theirs without one.
async fn code_of(app: &TestApp, firm: &EnterpriseId) -> String {
    use laoshan::schema::enterprises as e;
    let firm = firm.clone();
    let code = format!("CODE{}", &firm.as_str()[22..].replace('-', "").to_uppercase());
    let written = code.clone();
    let work = move |cx: &mut Cx| {
        diesel::update(e::table.find(&firm)).set(e::credit_code.eq(&written)).execute(cx.conn)?;
        Ok(())
    };
    app.app.door.system("test", work).await.expect("a code");
    code
}
