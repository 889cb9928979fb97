//! Members are watched, suspended, leave and lose their title.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use super::{decided, kept, recognised, round, terms_end};
use crate::both;
use crate::support::seeds::{enterprise, events, owner, trail};
use laoshan::programme::model::Tier;

both! {
    async fn a_watched_member_keeps_its_title_and_a_clearance_ends_the_watch(app) {
        let (round, firm) = (round(app).await, enterprise(app, "崂山太赫兹有限公司").await);
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        let officer = app.user(&[Role::Officer]).await;
        let path = format!("/memberships/{}", member.id);
        let step = |noun: &str| format!("{path}/{noun}");
        officer.post(&step("watch"), json!({})).await.faults(&[("/reason", "required"), ("/trigger", "required")]);
        officer.post(&step("clearance"), json!({"reason": "已核实"})).await.refused(409, "invalid_transition");
        let watched =
            officer.post(&step("watch"), json!({"trigger": "credit_event", "reason": "列入经营异常名录"})).await.expect(200);
        assert_eq!(
            (&watched["state"], &watched["watch_trigger"], &watched["watched_since"]),
            (&json!("watch"), &json!("credit_event"), &json!("2026-03-02T01:00:00.000000Z"))
        );
        let check = app.anonymous().get("/public/certificates/LS-WLZX-2026-0001").await.expect(200);
        assert_eq!((&check["state"], &check["valid"]), (&json!("watch"), &json!(true)));
        let cleared = officer.post(&step("clearance"), json!({"reason": "已移出名录"})).await.expect(200);
        assert_eq!((&cleared["state"], &cleared["watch_trigger"]), (&json!("active"), &json!(null)));
        assert_eq!(trail(app, "membership", member.id.as_str()).await, events(&[
            ("membership.recognise", "", "active", ""),
            ("membership.watch", "active", "watch", "列入经营异常名录"),
            ("membership.clear", "watch", "active", "已移出名录"),
        ]));
        // The enterprise reads what happened and why; who did it is the office's business.
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &firm).await;
        let told = applicant.get(&step("timeline")).await.expect(200);
        let steps: Vec<_> = told["items"].as_array().expect("items").iter().map(|item| (&item["action"], &item["reason"])).collect();
        assert_eq!(steps, [
            (&json!("membership.recognise"), &json!(null)),
            (&json!("membership.watch"), &json!("列入经营异常名录")),
            (&json!("membership.clear"), &json!("已移出名录")),
        ]);
        assert!(told["items"].as_array().expect("items").iter().all(|item| item["by"].is_null()), "{told}");
        let staff = officer.get(&format!("{}?limit=2", step("timeline"))).await.expect(200);
        assert!(staff["items"][1]["by"].is_string() && staff["next"].is_string(), "{staff}");
        let stranger = app.user(&[Role::Applicant]).await;
        stranger.get(&step("timeline")).await.refused(404, "not_found");
    }

    async fn what_takes_a_right_away_needs_grounds_and_a_second_person(app) {
        let (round, firm) = (round(app).await, enterprise(app, "海洋电子有限公司").await);
        let member = recognised(app, &round, &firm, Tier::FutureStar).await;
        let officer = app.user(&[Role::Officer, Role::Approver]).await;
        let path = format!("/memberships/{}", member.id);
        for noun in ["suspension", "exit", "revocation"] {
            officer.post(&format!("{path}/{noun}"), json!({})).await.faults(&[("/reason", "required"), ("/basis", "required")]);
        }
        let grounds = json!({"reason": "环保处罚", "basis": "管理办法第二十条"});
        let decision = officer.post(&format!("{path}/suspension"), grounds.clone()).await.expect(201);
        assert_eq!(
            (&decision["proposal"]["state"], &decision["proposal"]["basis"]),
            (&json!({"from": "active", "to": "suspended"}), &json!("管理办法第二十条"))
        );
        officer.post(&format!("{path}/suspension"), grounds.clone()).await.refused(409, "decision_pending");
        let approval = format!("/decisions/{}/approval", decision["id"].as_str().expect("an id"));
        officer.post(&approval, json!({})).await.refused(409, "two_person_rule");
        assert_eq!(officer.get(&path).await.expect(200)["state"], "active");
        app.user(&[Role::Approver]).await.post(&approval, json!({})).await.expect(200);
        assert_eq!(officer.get(&path).await.expect(200)["state"], "suspended");
        let check = app.anonymous().get("/public/certificates/LS-WLZX-2026-0001").await.expect(200);
        assert_eq!((&check["state"], &check["valid"]), (&json!("suspended"), &json!(false)));
        officer.post(&format!("{path}/suspension"), grounds).await.refused(409, "invalid_transition");
    }

    async fn a_decision_on_a_title_is_hidden_from_whoever_is_tied_to_the_enterprise(app) {
        let (round, firm) = (round(app).await, enterprise(app, "崂山太赫兹有限公司").await);
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        let officer = app.user(&[Role::Officer]).await;
        let (tied, free) = (app.user(&[Role::Approver]).await, app.user(&[Role::Approver]).await);
        let pinned = json!({"user_id": tied.id, "enterprise_id": firm, "reason": "配偶任职"});
        officer.post("/conflicts", pinned).await.expect(201);
        let path = format!("/memberships/{}", member.id);
        let recheck = officer.post("/rechecks", json!({"membership_id": member.id, "cause": "other"})).await.expect(201);
        let conclusion = json!({"reason": "经核查", "basis": "管理办法第十八条", "outcome": "keep"});
        let conclude = format!("/rechecks/{}/conclusion", recheck["id"].as_str().expect("an id"));
        let first = officer.post(&conclude, conclusion).await.expect(201);
        let hidden = |decision: &Value| format!("/decisions/{}", decision["id"].as_str().expect("an id"));
        assert_eq!(tied.get("/decisions?count=true").await.expect(200)["total"], 0);
        tied.get(&hidden(&first)).await.refused(404, "not_found");
        tied.post(&format!("{}/approval", hidden(&first)), json!({})).await.refused(404, "not_found");
        assert_eq!(free.get("/decisions").await.expect(200)["items"][0]["subject_name"], "崂山太赫兹有限公司");
        free.post(&format!("{}/approval", hidden(&first)), json!({})).await.expect(200);
        let grounds = json!({"reason": "提供虚假材料", "basis": "管理办法第二十二条"});
        let second = officer.post(&format!("{path}/revocation"), grounds).await.expect(201);
        tied.get(&hidden(&second)).await.refused(404, "not_found");
        free.get(&hidden(&second)).await.expect(200);
    }

    async fn an_enterprise_asks_for_its_own_exit_and_may_come_back_at_once(app) {
        let (round, firm) = (round(app).await, enterprise(app, "量子公司").await);
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &firm).await;
        let path = format!("/memberships/{}", member.id);
        applicant.post(&format!("{path}/revocation"), json!({})).await.refused(403, "forbidden");
        decided(app, &applicant, &format!("{path}/exit"), json!({"reason": "主业调整", "basis": "自愿退出"})).await;
        assert_eq!(applicant.get(&path).await.expect(200)["state"], "exited");
        let back = json!({"enterprise_id": firm, "lane": "ladder", "source": "self_check", "consent": true});
        let candidate = applicant.post("/memberships", back.clone()).await.expect(201);
        assert_eq!((&candidate["state"], &candidate["source"]), (&json!("candidate"), &json!("self_check")));
        applicant.post("/memberships", back).await.refused(409, "membership_overlap");
    }

    async fn a_revocation_bars_the_enterprise_from_applying_for_three_years(app) {
        let firm = enterprise(app, "脑智能公司").await;
        let rule_set_round = round(app).await;
        let member = recognised(app, &rule_set_round, &firm, Tier::Seed).await;
        let officer = app.user(&[Role::Officer]).await;
        let path = format!("/memberships/{}", member.id);
        let revocation = format!("{path}/revocation");
        let grounds = json!({"reason": "提供虚假材料", "basis": "管理办法第二十二条"});
        let mut far = grounds.clone();
        far["bar_years"] = json!(11);
        officer.post(&revocation, far).await.faults(&[("/bar_years", "out_of_range")]);
        let record = format!("/enterprises/{firm}");
        assert_eq!(officer.get(&record).await.expect(200)["barred_until"], json!(null));
        decided(app, &officer, &revocation, grounds).await;
        assert_eq!(officer.get(&record).await.expect(200)["barred_until"], json!("2029-03-01"));
        let check = app.anonymous().get("/public/certificates/LS-WLZX-2026-0001").await.expect(200);
        assert_eq!((&check["state"], &check["valid"]), (&json!("revoked"), &json!(false)));

        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &firm).await;
        for step in ["publication", "opening"] {
            app.advance_to(if step == "opening" { "2026-03-10T00:00:00Z" } else { "2026-03-02T01:00:00Z" });
            officer.post(&format!("/rounds/{rule_set_round}/{step}"), json!({})).await.expect(200);
        }
        let draft = json!({"round_id": rule_set_round, "enterprise_id": firm, "tier": "seed"});
        let refused = applicant.post("/applications", draft).await.refused(409, "reentry_barred");
        assert_eq!((&refused["until_on"], &refused["basis"]), (&json!("2029-03-01"), &json!("管理办法第二十二条")));
    }

    async fn a_term_that_is_over_ends_by_itself_and_leaves_a_candidate(app) {
        let (round, firm) = (round(app).await, enterprise(app, "卫星公司").await);
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        app.advance_to("2029-03-01T15:59:59Z");
        terms_end(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let path = format!("/memberships/{}", member.id);
        assert_eq!(officer.get(&path).await.expect(200)["state"], "active", "its last day");
        app.advance_to("2029-03-01T17:00:00Z");
        terms_end(app).await;
        assert_eq!(officer.get(&path).await.expect(200)["state"], "expired");
        let list = officer.get(&format!("/memberships?enterprise_id={firm}&count=true")).await.expect(200);
        assert_eq!((&list["total"], &list["items"][0]["state"]), (&json!(2), &json!("candidate")));
    }

    async fn officers_enter_candidates_with_their_story_and_nobody_twice(app) {
        let firm = enterprise(app, "深海公司").await;
        let officer = app.user(&[Role::Officer]).await;
        officer.post("/memberships", json!({})).await.faults(&[
            ("/enterprise_id", "required"), ("/lane", "required"), ("/source", "required"),
        ]);
        let entry = json!({
            "enterprise_id": firm, "lane": "ecosystem", "source": "competition",
            "detail": {"event": "海洋创新创业大赛", "place": "一等奖", "track": "海洋仪器"},
        });
        let made = officer.post("/memberships", entry.clone()).await.expect(201);
        assert_eq!((&made["state"], &made["source_detail"]), (&json!("candidate"), &entry["detail"]));
        officer.post("/memberships", entry).await.refused(409, "membership_overlap");
        let elsewhere = json!({"enterprise_id": "nobody", "lane": "ladder", "source": "import"});
        officer.post("/memberships", elsewhere).await.refused(404, "not_found");
        assert_eq!(kept(app, &firm).await.lane.as_str(), "ladder", "another lane is another membership");
    }

    async fn who_acts_for_the_enterprise_does_not_decide_on_it(app) {
        let (round, firm) = (round(app).await, enterprise(app, "自家公司").await);
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        let officer = app.user(&[Role::Officer]).await;
        owner(app, &officer, &firm).await;
        let path = format!("/memberships/{}", member.id);
        let refused = officer.post(&format!("{path}/watch"), json!({"trigger": "other", "reason": "x"})).await;
        refused.refused(404, "not_found");
    }

    async fn a_lost_title_and_an_incident_put_members_on_watch_and_a_clearance_stays(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let mut members = Vec::new();
        for (name, kind, detail) in [
            ("资质到期", "title", json!({"kind": "high_tech", "valid_to": "2026-03-05"})),
            ("列入名录", "incident", json!({"veto": "abnormal_list", "on": "2026-03-02"})),
            ("一切正常", "title", json!({"kind": "high_tech", "valid_to": "2029-03-05"})),
        ] {
            let firm = enterprise(app, name).await;
            officer.post(&format!("/enterprises/{firm}/facts"), json!({"kind": kind, "detail": detail})).await.expect(201);
            members.push(format!("/memberships/{}", recognised(app, &round, &firm, Tier::Seed).await.id));
        }
        app.advance_to("2026-03-06T01:00:00Z");
        laoshan::jobs::run_due(&app.app).await.expect("the worker runs");
        for (path, state, trigger) in [
            (&members[0], "watch", json!("lost_title")), (&members[1], "watch", json!("credit_event")),
            (&members[2], "active", json!(null)),
        ] {
            let view = officer.get(path).await.expect(200);
            assert_eq!((&view["state"], &view["watch_trigger"]), (&json!(state), &trigger));
        }
        // In the words of the rules, for the enterprise reads them too, and in the language of the reader.
        let told = officer.get(&format!("{}/timeline", members[0])).await.expect(200);
        assert_eq!(told["items"][1]["reason"], json!("High-tech enterprise: valid to 2026-03-05"));
        let clearance = format!("{}/clearance", members[0]);
        officer.post(&clearance, json!({"reason": "已重新认定"})).await.expect(200);
        app.advance_to("2026-03-08T01:00:00Z");
        laoshan::jobs::run_due(&app.app).await.expect("the worker runs");
        assert_eq!(officer.get(&members[0]).await.expect(200)["state"], "active");
    }
}
