//! Days that come near and days that have passed.

use serde_json::json;

use super::notices::{inbox, mail};
use crate::applications::world::World;
use crate::both;
use crate::support::TestApp;
use crate::support_plans::world::world;

/// The job's own work: the others would, over months, replace the key that signed the callers' tokens.
pub async fn remind(app: &TestApp) -> usize {
    laoshan::jobs::remind(&app.app).await.expect("the job runs")
}

both! {
    async fn a_draft_is_reminded_of_seven_three_and_one_days_before_its_round_closes_and_each_time_once(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (lazy, busy) = (world.firm().await, world.firm().await);
        world.draft(&round, &lazy).await;
        world.submitted(&round, &busy).await;
        let mut told = Vec::new();
        for day in 20..=31 {
            app.advance_to(&format!("2026-03-{day}T00:00:00Z"));
            let now = remind(app).await;
            assert_eq!(remind(app).await, 0, "twice on {day} March");
            if now > 0 {
                told.push((day, now));
            }
        }
        assert_eq!(told, [(24, 1), (28, 1), (30, 1)]);
        assert_eq!(inbox(&lazy.owner).await, ["draft_due", "draft_due", "draft_due"]);
        assert_eq!(inbox(&busy.owner).await, ["application_received"]);
        let sent = mail(app).await;
        let subjects: Vec<_> = sent.iter().filter(|m| m.to == lazy.owner.email).map(|m| m.subject.clone()).collect();
        let expected: Vec<_> = [7, 3, 1].map(|n| format!("还有 {n} 天截止：{} 的申报尚未提交", lazy.name)).into();
        assert_eq!(subjects, expected);
    }

    async fn a_run_that_was_missed_is_made_up_for_by_one_reminder(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (lazy, late) = (world.firm().await, world.firm().await);
        world.draft(&round, &lazy).await;
        app.advance_to("2026-03-29T00:00:00Z");
        world.draft(&round, &late).await;
        assert_eq!(remind(app).await, 1);
        assert_eq!(inbox(&lazy.owner).await, ["draft_due"]);
        assert_eq!(inbox(&late.owner).await, Vec::<String>::new(), "begun two days before: the next reminder is for the last day");
        app.advance_to("2026-03-30T00:00:00Z");
        assert_eq!(remind(app).await, 2);
        // An extension is a new deadline with reminders of its own.
        let body = json!({ "closes_at": "2026-04-20T15:59:59Z", "reason": "应企业要求" });
        world.officer.post(&format!("/rounds/{round}/extension"), body).await.expect(200);
        assert_eq!(inbox(&lazy.owner).await, ["draft_due", "draft_due", "round_extended"]);
        app.advance_to("2026-04-13T00:00:00Z");
        assert_eq!(remind(app).await, 2);
    }

    async fn a_returned_application_is_reminded_of_before_it_lapses(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        world.formal_review(&round).await;
        let items = json!({"items": [{"section": "summary", "remark": "请补充"}]});
        world.officer.post(&format!("/applications/{id}/return"), items).await.expect(200);
        app.advance_to("2026-04-06T00:00:00Z");
        assert_eq!(remind(app).await, 1);
        app.advance_to("2026-04-09T16:20:00Z");
        assert_eq!(remind(app).await, 0);
        let lapse = laoshan::applications::service::overdue::reject_overdue_returns;
        app.app.door.system("applications.lapse", lapse).await.expect("the job runs");
        assert_eq!(
            inbox(&firm.owner).await,
            ["application_received", "application_returned", "return_due", "application_rejected"]
        );
        let view = firm.owner.get("/messages").await.expect(200)["items"][0].clone();
        let one = firm.owner.get(&format!("/messages/{}", view["id"].as_str().expect("an id"))).await.expect(200);
        assert!(one["text"].as_str().expect("a text").contains("it did not come back in time"));
    }

    async fn a_unit_is_reminded_of_what_it_has_promised(app) {
        let w = world(app).await;
        w.in_progress().await;
        app.advance_to("2026-03-17T00:00:00Z");
        assert_eq!(remind(app).await, 1);
        assert_eq!(inbox(&w.clerk).await, ["support_item_assigned", "support_item_due"]);
    }
}
