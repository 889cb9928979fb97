//! Who hears what: inboxes, mail, digests, choices.

use chrono::Duration;
use diesel::prelude::*;
use laoshan::messages::service::mailing;
use laoshan::platform::door::Cx;
use laoshan::platform::mail::{SentMail, deliver_due};
use laoshan::platform::policy::Role;
use laoshan::schema::users;
use serde_json::{Value, json};

use super::reminders::remind;
use crate::applications::world::World;
use crate::both;
use crate::reviews::stage::{POOL, stage};
use crate::support::{TestApp, TestUser};
use crate::support_plans::world::{show_cards, world};

/// Posts and delivers what is due now; all mail so far.
pub async fn mail(app: &TestApp) -> Vec<SentMail> {
    mailing::post(&app.app).await.expect("posted");
    while deliver_due(&app.app).await.expect("delivers") > 0 {}
    app.app.mailer.sent()
}

pub async fn digests(app: &TestApp) -> usize {
    app.app.door.system("messages.digest", mailing::send_digests).await.expect("the job runs")
}

/// Notices of the person's inbox, oldest first.
pub async fn inbox(person: &TestUser) -> Vec<String> {
    let page = person.get("/messages?limit=200").await.expect(200);
    let notices = page["items"].as_array().expect("items").iter().rev();
    notices.map(|m| m["notice"].as_str().expect("a notice").to_owned()).collect()
}

fn to(mail: &[SentMail], person: &TestUser) -> Vec<String> {
    mail.iter().filter(|m| m.to == person.email).map(|m| m.template.clone()).collect()
}

both! {
    async fn what_becomes_of_an_application_is_told_to_its_people_and_to_the_office(app) {
        let world = World::new(app).await;
        let colleague = app.user(&[Role::Officer]).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        let second = app.user(&[Role::Applicant]).await;
        world.join(&firm.id, &second, "member").await;
        let stranger = world.firm().await;
        world.formal_review(&round).await;
        let items = json!({"items": [{"section": "summary", "remark": "请补充合同\r\nBcc: x@y.cn"}]});
        world.officer.post(&format!("/applications/{id}/return"), items).await.expect(200);

        assert_eq!(inbox(&firm.owner).await, ["application_received", "application_returned"]);
        assert_eq!(inbox(&second).await, ["application_returned"]);
        assert_eq!(inbox(&stranger.owner).await, Vec::<String>::new());
        // Whoever closed the round is not told of it; the other officer is.
        assert_eq!(inbox(&world.officer).await, ["application_arrived"]);
        assert_eq!(inbox(&colleague).await, ["application_arrived", "round_closed"]);

        let page = second.get("/messages?unread=true&count=true").await.expect(200);
        let message = &page["items"][0];
        assert_eq!(
            (&message["title"], &message["path"], &message["due_on"], &page["total"]),
            (
                &json!(format!("To be corrected: the application of {} in 2026 年度筛选", firm.name)),
                &json!(format!("/applications/{id}")),
                &json!("2026-04-09"),
                &json!(1),
            )
        );
        let one = format!("/messages/{}", message["id"].as_str().expect("an id"));
        let view = second.get(&one).await.expect(200);
        let text = view["text"].as_str().expect("a text");
        assert!(text.contains("Reason: 请补充合同") && text.contains("Due: 2026-04-09"), "{text}");
        assert!(text.contains(&format!("/applications/{id}")), "{text}");
        firm.owner.get(&one).await.refused(404, "not_found");
        firm.owner.post(&format!("{one}/reading"), json!({})).await.refused(404, "not_found");

        assert_eq!(second.get("/messages/unread-count").await.expect(200), json!({ "unread": 1 }));
        let read = second.post(&format!("{one}/reading"), json!({})).await.expect(200);
        assert_eq!((&read["read_at"], &read["actions"][0]["allowed"]), (&json!("2026-04-01T01:00:00.000000Z"), &json!(false)));
        second.post(&format!("{one}/reading"), json!({})).await.expect(200);
        assert_eq!(second.get("/messages/unread-count").await.expect(200), json!({ "unread": 0 }));
        let first = firm.owner.get("/messages").await.expect(200)["items"][1]["id"].clone();
        assert_eq!(firm.owner.post("/messages/readings", json!({ "up_to": first })).await.expect(200), json!({ "unread": 1 }));
        assert_eq!(firm.owner.post("/messages/readings", json!({})).await.expect(200), json!({ "unread": 0 }));

        let sent = mail(app).await;
        assert_eq!(to(&sent, &firm.owner), ["application_received", "application_returned"]);
        assert_eq!(to(&sent, &second), ["application_returned"]);
        assert_eq!(to(&sent, &colleague), Vec::<String>::new());
        let letter = sent.iter().find(|m| m.to == second.email).expect("mailed");
        assert_eq!(letter.subject, format!("请补正 {} 的申报：2026 年度筛选", firm.name));
        assert!(letter.html.contains("<a href="), "{}", letter.html);
        assert_eq!(mail(app).await.len(), sent.len(), "a message is mailed once");

        // One letter a day for what can wait.
        assert_eq!(digests(app).await, 2);
        let sent = mail(app).await;
        let digest = sent.iter().find(|m| m.to == colleague.email).expect("a digest");
        assert_eq!(digest.subject, "2 条新通知");
        assert!(digest.body.contains(&format!("- 新申报待受理：{}", firm.name)) && digest.body.contains("- 申报截止："), "{}", digest.body);
        assert_eq!(digests(app).await, 0);
    }

    async fn a_person_chooses_what_is_mailed_but_not_to_miss_what_is_mandatory(app) {
        let world = World::new(app).await;
        let preferences = "/me/message-preferences";
        let shown = world.officer.get(preferences).await.expect(200);
        let of = |view: &Value, notice: &str| {
            view["items"].as_array().expect("items").iter().find(|item| item["notice"] == notice).cloned()
        };
        assert_eq!(shown["version"], 0);
        assert_eq!(
            of(&shown, "application_arrived"),
            Some(json!({
                "notice": "application_arrived", "label": "an application has come in", "mandatory": false,
                "default": "digest", "mailing": "digest",
            }))
        );
        assert_eq!(of(&shown, "application_returned"), None, "an officer is never told this");
        world.officer.patch(preferences, 0, json!({ "choices": { "objection_filed": "never", "nonsense": "now" } })).await
            .faults(&[("/choices/objection_filed", "not_allowed"), ("/choices/nonsense", "unknown")]);
        world.officer.patch(preferences, 0, json!({ "choices": { "application_arrived": "weekly" } })).await.refused(400, "malformed_json");
        let chosen = json!({ "choices": { "application_arrived": "now", "round_closed": "never" } });
        let shown = world.officer.patch(preferences, 0, chosen.clone()).await.expect(200);
        assert_eq!((&shown["version"], of(&shown, "round_closed").expect("there")["mailing"].clone()), (&json!(1), json!("never")));
        world.officer.patch(preferences, 0, chosen).await.refused(412, "stale_version");

        let colleague = app.user(&[Role::Officer]).await;
        let round = world.round(json!({})).await;
        world.application(&round).await;
        app.advance_to("2026-04-01T01:00:00Z");
        colleague.post(&format!("/rounds/{round}/closing"), json!({})).await.expect(200);
        let sent = mail(app).await;
        assert_eq!(to(&sent, &world.officer), ["application_arrived"]);
        assert_eq!(inbox(&world.officer).await, ["application_arrived", "round_closed"], "the inbox has it in any case");
        let back = json!({ "choices": { "application_arrived": null } });
        let shown = world.officer.patch(preferences, 1, back).await.expect(200);
        assert_eq!(of(&shown, "application_arrived").expect("there")["mailing"], "digest");
    }

    async fn whoever_is_in_conflict_with_an_enterprise_hears_nothing_of_its_case(app) {
        let world = World::new(app).await;
        let (friend, owner) = (app.user(&[Role::Officer]).await, app.user(&[Role::Officer, Role::Applicant]).await);
        let (deputy, late) = (app.user(&[Role::Approver]).await, app.user(&[Role::Officer]).await);
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        world.join(&firm.id, &owner, "member").await;
        for person in [&friend, &deputy] {
            let body = json!({ "user_id": person.id, "enterprise_id": firm.id, "reason": "亲属任职" });
            world.officer.post("/conflicts", body).await.expect(201);
        }
        let id = world.submitted(&round, &firm).await;
        world.formal_review(&round).await;
        world.accept(&id).await;
        world.deliberation(&round).await;
        let decision = world.prepare(&id, "proposal").await;
        world.approve(&decision).await;

        assert_eq!(inbox(&friend).await, ["round_closed"]);
        assert_eq!(inbox(&deputy).await, Vec::<String>::new());
        assert_eq!(inbox(&world.approver).await, ["decision_waiting"]);
        assert_eq!(inbox(&world.officer).await, ["application_arrived", "decision_approved"]);
        // As somebody of the firm they hear what the firm hears, and nothing of what the office hears.
        assert_eq!(inbox(&owner).await, ["application_received", "round_closed", "application_accepted"]);

        // A conflict that comes up later hides what was told before, from the digest as well.
        assert_eq!(inbox(&late).await, ["application_arrived", "round_closed"]);
        let body = json!({ "user_id": late.id, "enterprise_id": firm.id, "reason": "刚刚得知" });
        world.officer.post("/conflicts", body).await.expect(201);
        assert_eq!(inbox(&late).await, ["round_closed"]);
        assert_eq!(late.get("/messages/unread-count").await.expect(200), json!({ "unread": 1 }));
        digests(app).await;
        let sent = mail(app).await;
        let digest = sent.iter().find(|m| m.to == late.email).expect("a digest");
        assert!(digest.subject.starts_with("1 ") && !digest.body.contains(&firm.name), "{}", digest.body);
        assert!(sent.iter().all(|m| m.to != friend.email || !m.body.contains(&firm.name)));
        assert!(sent.iter().all(|m| m.to != deputy.email));
    }

    async fn experts_are_told_of_their_tasks_without_a_name_and_late_reviews_are_told_to_the_office(app) {
        let stage = stage(app, 2, POOL).await;
        stage.set_plan(json!({ "due_at": "2026-03-20T15:59:59Z" })).await;
        let panel = stage.draw().await;
        let (seated, waiting) = stage.seated(&panel);
        for expert in &seated {
            assert_eq!(inbox(expert).await, ["review_assigned"]);
        }
        assert_eq!(inbox(waiting[0]).await, Vec::<String>::new());
        let sent = mail(app).await;
        assert_eq!(sent.len(), seated.len());
        assert!(sent.iter().all(|m| !m.body.contains("Enterprise") && m.body.contains("/reviews")));

        remind(app).await;
        assert_eq!(inbox(seated[0]).await, ["review_assigned"]);
        app.advance_to("2026-03-17T00:00:00Z");
        remind(app).await;
        assert_eq!(inbox(seated[0]).await, ["review_assigned", "review_due"]);
        assert_eq!(inbox(&stage.officer).await, Vec::<String>::new());
        app.advance_to("2026-03-21T00:00:00Z");
        remind(app).await;
        assert_eq!(inbox(&stage.officer).await, ["review_overdue"]);
    }

    async fn a_support_item_goes_back_and_forth_and_its_cards_come_in_one_letter_a_day(app) {
        let w = world(app).await;
        let item = w.in_progress().await;
        assert_eq!(inbox(&w.officer).await, ["support_item_raised"]);
        assert_eq!(inbox(&w.clerk).await, ["support_item_assigned"]);
        assert_eq!(inbox(&w.owner).await, ["support_item_answered"]);
        mail(app).await;
        app.advance_to("2026-03-20T16:00:00Z");
        show_cards(app).await;
        assert_eq!(inbox(&w.clerk).await, ["support_item_assigned", "support_item_yellow"]);
        assert_eq!(inbox(&w.approver).await, Vec::<String>::new());
        // Saturday and Sunday pass without mail.
        assert_eq!(digests(app).await, 0);
        app.advance_to("2026-03-23T00:00:00Z");
        assert_eq!(digests(app).await, 2);
        let sent = mail(app).await;
        assert_eq!(to(&sent, &w.clerk), ["support_item_assigned", "digest"]);
        app.advance(Duration::days(18));
        show_cards(app).await;
        assert_eq!(inbox(&w.approver).await, ["support_item_red"]);
        let done = json!({"note": "环评批复已出具", "documents": [crate::support_plans::world::document("环评批复")]});
        w.clerk.post(&crate::support_plans::world::step(&item, "completion"), done).await.expect(200);
        assert_eq!(inbox(&w.owner).await, ["support_item_answered", "support_item_done"]);
    }

    async fn an_address_that_no_server_takes_and_a_person_who_left_hold_up_nobody(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let (bad, gone) = (app.user(&[Role::Applicant]).await, app.user(&[Role::Applicant]).await);
        world.join(&firm.id, &bad, "member").await;
        world.join(&firm.id, &gone, "member").await;
        let (bad_id, gone_id) = (bad.id.clone(), gone.id.clone());
        let spoil = move |cx: &mut Cx| {
            diesel::update(users::table.find(&bad_id))
                .set((users::email.eq("not an address"), users::name.eq("张三\r\nBcc: a@b.cn")))
                .execute(cx.conn)?;
            diesel::update(users::table.find(&gone_id)).set(users::state.eq("suspended")).execute(cx.conn)?;
            Ok(())
        };
        app.app.door.system("test", spoil).await.expect("spoiled");
        world.submitted(&round, &firm).await;
        let sent = mail(app).await;
        assert_eq!(sent.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(), [firm.owner.email.as_str()]);
        let admin = app.user(&[Role::SystemAdmin]).await;
        let dead = admin.get("/mails?state=dead").await.expect(200);
        assert_eq!(dead["items"].as_array().expect("items").len(), 1);
        assert_eq!(dead["items"][0]["template"], "application_received");
    }

    async fn a_list_of_messages_costs_the_same_whatever_its_length(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        world.application(&round).await;
        let one = app.statements(async { world.officer.get("/messages").await.expect(200); }).await;
        for _ in 0..2 {
            world.application(&round).await;
        }
        let three = app.statements(async { world.officer.get("/messages").await.expect(200); }).await;
        assert_eq!((one, inbox(&world.officer).await.len()), (three, 3));
    }
}
