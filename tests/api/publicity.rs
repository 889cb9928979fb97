//! Public notices, and objections from receipt to reply.

use laoshan::platform::policy::Role;
use laoshan::publicity::model::{NewNoticeOrder, NewNoticeSubject, Notice, NoticeKind};
use laoshan::publicity::service::{open_objections, publish_notice, suggest_period};
use serde_json::{Value, json};

use crate::both;
use crate::support::seeds::{events, trail};
use crate::support::{Reply, TestApp};

/// Two claims; the second is called `claim-b`.
fn order(starts_on: &str, ends_on: &str) -> NewNoticeOrder {
    let subject = |id: &str, name: &str| NewNoticeSubject {
        kind: "enterprise",
        id: id.into(),
        public: json!({"enterprise": name}),
    };
    NewNoticeOrder {
        kind: NoticeKind::SubsidyList,
        title: "贴息名单公示".into(),
        body: "现予公示。".into(),
        round_id: None,
        starts_on: starts_on.parse().expect("a date"),
        ends_on: ends_on.parse().expect("a date"),
        subjects: vec![subject("claim-a", "甲公司"), subject("claim-b", "乙公司")],
    }
}

async fn publish(app: &TestApp, order: NewNoticeOrder) -> Notice {
    app.app.door.system("test", move |cx| publish_notice(cx, order.clone())).await.expect("a notice is published")
}

/// A running notice: its path, its id, and the public id of `claim-a`.
async fn running(app: &TestApp) -> (String, String, String) {
    let notice = publish(app, order("2026-03-02", "2026-03-09")).await;
    let path = format!("/public/notices/{}", notice.id);
    let view = app.anonymous().get(&path).await.expect(200);
    (path, notice.id.to_string(), view["subjects"][0]["id"].as_str().expect("an id").to_owned())
}

fn objection(subject: &str) -> Value {
    json!({"subject_id": subject, "name": "李明", "contact": "13800000000", "content": "数据不实", "evidence": "合同复印件"})
}

async fn open(app: &TestApp, id: &'static str) -> i64 {
    app.app.door.peek("test", move |cx| open_objections(cx, "enterprise", id)).await.expect("a count")
}

both! {
    async fn anybody_reads_a_notice_from_its_first_day_and_caches_may_keep_it(app) {
        let nobody = app.anonymous();
        let notice = publish(app, order("2026-03-03", "2026-03-10")).await;
        let path = format!("/public/notices/{}", notice.id);
        nobody.get(&path).await.refused(404, "not_found");
        assert_eq!(nobody.get("/public/notices").await.expect(200)["items"], json!([]));

        app.advance_to("2026-03-02T16:00:00Z");
        let reply = nobody.get(&path).await;
        assert_eq!(reply.header("cache-control"), "public, max-age=60");
        let etag = reply.header("etag").to_owned();
        let mut view = reply.expect(200);
        let ids: Vec<Value> = view["subjects"].as_array_mut().expect("subjects").iter_mut()
            .map(|subject| subject["id"].take()).collect();
        assert!(ids[0].is_string() && ids[0] != "claim-a", "the public id is not the claim's own");
        assert_eq!(view, json!({
            "id": notice.id, "kind": "subsidy_list", "title": "贴息名单公示", "body": "现予公示。",
            "starts_on": "2026-03-03", "ends_on": "2026-03-10", "running": true,
            "published_at": "2026-03-02T01:00:00.000000Z",
            "subjects": [
                {"id": null, "fields": {"enterprise": "甲公司"}}, {"id": null, "fields": {"enterprise": "乙公司"}},
            ],
        }));
        let again = || Reply::of(nobody.request("GET", &path).header("if-none-match", etag.clone()));
        let unchanged = again().await;
        assert_eq!((unchanged.status, unchanged.text.as_str(), unchanged.header("etag")), (304, "", etag.as_str()));
        // The notice ends, and with it what the answer says.
        app.advance_to("2026-03-10T16:00:00Z");
        assert_eq!(again().await.expect(200)["running"], false);

        let list = nobody.get("/public/notices?kind=subsidy_list&count=true").await;
        assert_eq!(list.header("cache-control"), "public, max-age=60");
        assert_eq!(list.expect(200), json!({"total": 1, "items": [{
            "id": notice.id, "kind": "subsidy_list", "title": "贴息名单公示", "starts_on": "2026-03-03",
            "ends_on": "2026-03-10", "running": false, "published_at": "2026-03-02T01:00:00.000000Z",
        }]}));
        assert_eq!(nobody.get("/public/notices?kind=recognition_list").await.expect(200)["items"], json!([]));
    }

    async fn a_notice_with_impossible_dates_is_refused(app) {
        for (starts_on, ends_on, fault) in
            [("2026-03-01", "2026-03-09", "/starts_on out_of_range"), ("2026-03-05", "2026-03-04", "/ends_on date_order")]
        {
            let order = order(starts_on, ends_on);
            let refused = app.app.door.system("test", move |cx| publish_notice(cx, order.clone())).await;
            let said: Vec<String> =
                refused.expect_err("refused").fields.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect();
            assert_eq!(said, [fault]);
        }
        let period = app.app.door.peek("test", |cx| {
            suggest_period(cx, "2026-09-29".parse().expect("a date"), 5, false)
        });
        assert_eq!(period.await.expect("a period").ends_on.to_string(), "2026-10-12");
    }

    async fn an_objection_is_taken_until_the_last_second_and_answered_with_a_receipt_only(app) {
        let (path, _, subject) = running(app).await;
        let filing = format!("{path}/objections");
        let nobody = app.anonymous();
        app.advance_to("2026-03-09T15:59:59.999999Z");
        let receipt = nobody.post(&filing, objection(&subject)).await.expect(201);
        assert_eq!(receipt.as_object().map(|members| members.keys().map(String::as_str).collect()), Some(vec!["receipt"]));
        app.advance_to("2026-03-09T16:00:00Z");
        let late = nobody.post(&filing, objection(&subject)).await.refused(409, "deadline_passed");
        assert_eq!(late["detail"], "objections were taken until 24:00 on 2026-03-09 (Shanghai)");

        let officer = app.user(&[Role::Officer]).await;
        let view = officer.get("/objections?state=received").await.expect(200)["items"][0].clone();
        assert_eq!((&view["filed_at"], &view["due_on"]), (&json!("2026-03-09T15:59:59.999999Z"), &json!("2026-03-30")));
        assert_eq!(open(app, "claim-a").await, 1);
    }

    async fn an_anonymous_or_empty_objection_is_refused_with_every_fault(app) {
        let (path, _, subject) = running(app).await;
        let filing = format!("{path}/objections");
        let nobody = app.anonymous();
        nobody.post(&filing, json!({})).await.faults(&[
            ("/subject_id", "required"), ("/name", "required"), ("/contact", "required"), ("/content", "required"),
            ("/evidence", "required"),
        ]);
        let mut anonymous = objection(&subject);
        anonymous["name"] = json!("匿名");
        anonymous["contact"] = json!("不便透露姓名");
        nobody.post(&filing, anonymous).await.faults(&[("/name", "not_allowed"), ("/contact", "format")]);
        nobody.post(&filing, objection("claim-a")).await.faults(&[("/subject_id", "not_existing")]);
        nobody.post("/public/notices/nowhere/objections", objection(&subject)).await.refused(404, "not_found");
        assert_eq!(open(app, "claim-a").await, 0);
    }

    async fn only_the_handling_officer_reads_who_objected(app) {
        let (path, _, subject) = running(app).await;
        let receipt = app.anonymous().post(&format!("{path}/objections"), objection(&subject)).await.expect(201);
        let id = receipt["receipt"].as_str().expect("a receipt").to_owned();
        let one = format!("/objections/{id}");
        let (handler, other) = (app.user(&[Role::Officer]).await, app.user(&[Role::Officer]).await);
        let approver = app.user(&[Role::Approver]).await;
        assert_eq!(handler.get(&one).await.expect(200)["objector_name"], "***");
        let admitted = handler.post(&format!("{one}/admission"), json!({})).await.expect(200);
        assert_eq!(
            (&admitted["objector_name"], &admitted["contact"], &admitted["handler"]),
            (&json!("李明"), &json!("13800000000"), &json!(handler.id))
        );
        for person in [&other, &approver] {
            let seen = person.get(&one).await;
            assert!(!seen.text.contains("李明") && !seen.text.contains("13800000000"));
            let seen = seen.expect(200);
            assert_eq!((&seen["objector_name"], &seen["contact"]), (&json!("***"), &json!("***")));
            assert!(!person.get("/objections").await.text.contains("李明"));
        }
        app.user(&[Role::Applicant]).await.get(&one).await.refused(403, "forbidden");
        // Nor does the trail know.
        let auditor = app.user(&[Role::Auditor]).await;
        let events = auditor.get(&format!("/audit-events?subject_kind=objection&subject_id={id}")).await;
        assert!(!events.text.contains("李明") && !events.text.contains("13800000000") && !events.text.contains("数据不实"));
    }

    async fn an_objection_is_admitted_investigated_resolved_and_replied_to(app) {
        let (path, notice, subject) = running(app).await;
        let receipt = app.anonymous().post(&format!("{path}/objections"), objection(&subject)).await.expect(201);
        let id = receipt["receipt"].as_str().expect("a receipt").to_owned();
        let step = |noun: &str| format!("/objections/{id}/{noun}");
        let officer = app.user(&[Role::Officer]).await;
        for noun in ["investigation", "resolution", "reply"] {
            officer.post(&step(noun), json!({"outcome": "upheld", "answer": "属实"})).await
                .refused(409, "invalid_transition");
        }
        officer.post(&step("admission"), json!({})).await.expect(200);
        officer.post(&step("inadmissibility"), json!({"reason": "无证据"})).await.refused(409, "invalid_transition");
        officer.post(&step("investigation"), json!({})).await.expect(200);
        officer.post(&step("resolution"), json!({})).await.faults(&[("/outcome", "required"), ("/answer", "required")]);
        app.advance_to("2026-03-23T16:00:00Z");
        assert_eq!(officer.get(&format!("/objections/{id}")).await.expect(200)["overdue"], true);
        let resolution = json!({"outcome": "dismissed", "answer": "经核查不属实"});
        officer.post(&step("resolution"), resolution).await.expect(200);
        assert_eq!(open(app, "claim-a").await, 0);
        let mut replied = officer.post(&step("reply"), json!({})).await.expect(200);
        let actions = replied["actions"].take();
        assert!(actions.as_array().expect("actions").iter().all(|action| action["allowed"] == false));
        assert_eq!(replied, json!({
            "id": id, "notice_id": notice, "notice_title": "贴息名单公示", "subject_kind": "enterprise", "subject_id": "claim-a", "state": "replied",
            "objector_name": "李明", "contact": "13800000000", "content": "数据不实", "evidence": "合同复印件",
            "filed_at": "2026-03-02T01:00:00.000000Z", "due_on": "2026-03-23", "overdue": false,
            "handler": officer.id, "outcome": "dismissed", "answer": "经核查不属实",
            "closed_at": "2026-03-23T16:00:00.000000Z", "version": 5, "actions": null,
        }));
        assert_eq!(trail(app, "objection", &id).await, events(&[
            ("objection.file", "", "received", ""),
            ("objection.admit", "received", "admitted", ""),
            ("objection.investigate", "admitted", "investigating", ""),
            ("objection.resolve", "investigating", "dismissed", ""),
            ("objection.reply", "dismissed", "replied", ""),
        ]));
    }

    async fn a_paper_objection_is_entered_with_the_day_it_came(app) {
        let (_, notice, subject) = running(app).await;
        let officer = app.user(&[Role::Officer]).await;
        app.advance_to("2026-03-12T01:00:00Z");
        let mut paper = objection(&subject);
        paper["notice_id"] = json!(notice);
        paper["contact"] = json!("崂山区某路 1 号");
        for (day, code) in [("2026-03-10", "out_of_range"), ("2026-03-13", "in_the_future")] {
            paper["received_on"] = json!(day);
            officer.post("/objections", paper.clone()).await.faults(&[("/received_on", code)]);
        }
        paper["received_on"] = json!("2026-03-09");
        let reply = officer.post("/objections", paper.clone()).await;
        assert!(reply.header("location").starts_with("/api/v1/objections/"));
        let made = reply.expect(201);
        assert_eq!(
            (&made["objector_name"], &made["due_on"], &made["handler"], &made["filed_at"]),
            (&json!("李明"), &json!("2026-03-30"), &json!(officer.id), &json!("2026-03-08T16:00:00.000000Z"))
        );
        let reason = json!({"reason": "与公示事项无关"});
        let refuse = format!("/objections/{}/inadmissibility", made["id"].as_str().expect("an id"));
        officer.post(&refuse, json!({})).await.faults(&[("/reason", "required")]);
        assert_eq!(officer.post(&refuse, reason).await.expect(200)["state"], "inadmissible");
        assert_eq!(open(app, "claim-a").await, 0);

        officer.post("/objections", json!({})).await.faults(&[
            ("/notice_id", "required"), ("/received_on", "required"), ("/subject_id", "required"),
            ("/name", "required"), ("/contact", "required"), ("/content", "required"), ("/evidence", "required"),
        ]);
        paper["notice_id"] = json!("nowhere");
        officer.post("/objections", paper.clone()).await.faults(&[("/notice_id", "not_existing")]);
        app.user(&[Role::Approver]).await.post("/objections", paper).await.refused(403, "forbidden");
    }
}
