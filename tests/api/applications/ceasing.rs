use diesel::prelude::*;
use laoshan::applications::service::ceasing::cease_due;
use laoshan::schema::applications;
use serde_json::{Value, json};

use super::world::World;
use crate::both;
use crate::messages::notices::mail;

both! {
    async fn a_cancelled_round_takes_its_applications_with_it_and_tells_why(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (applicant, handed_in) = world.application(&round).await;
        let drafting = world.firm().await;
        let draft = world.empty_draft(&round, &drafting).await;
        let (leaver, withdrawn) = world.application(&round).await;
        leaver.owner.post(&format!("/applications/{withdrawn}/withdrawal"), json!({"reason": "明年再报"})).await.expect(200);
        let elsewhere = world.round(json!({})).await;
        let untouched = world.empty_draft(&elsewhere, &drafting).await;

        let path = format!("/rounds/{round}/cancellation");
        world.officer.post(&path, json!({"reason": ""})).await.faults(&[("/reason", "required")]);
        assert_eq!(world.state(&handed_in).await, "submitted");
        world.officer.post(&path, json!({"reason": "政策调整，另行组织"})).await.expect(200);
        for (id, state) in [(&handed_in, "void"), (&draft, "void"), (&withdrawn, "withdrawn"), (&untouched, "draft")] {
            assert_eq!(world.state(id).await, state);
        }
        let timeline = applicant.owner.get(&format!("/applications/{handed_in}/timeline")).await.expect(200);
        let last = timeline["items"].as_array().unwrap().last().unwrap();
        assert_eq!(
            (&last["action"], &last["from"], &last["to"], &last["reason"]),
            (&json!("application.cease"), &json!("submitted"), &json!("void"), &json!("政策调整，另行组织"))
        );
        let told: Vec<_> = mail(app).await.into_iter().filter(|mail| mail.body.contains("政策调整")).map(|mail| mail.to).collect();
        let mut expected = vec![applicant.owner.email.clone(), drafting.owner.email.clone()];
        let mut told_sorted = told.clone();
        expected.sort();
        told_sorted.sort();
        assert_eq!(told_sorted, expected, "whoever had withdrawn is not told");
        applicant.owner.post(&format!("/applications/{handed_in}/submission"), json!({})).await.refused(409, "invalid_transition");

        // What one transaction did not take, the worker takes; and it takes nothing twice.
        let id = laoshan::applications::model::ApplicationId(handed_in.clone());
        let back = move |cx: &mut laoshan::platform::door::Cx| {
            diesel::update(applications::table.find(&id))
                .set((applications::state.eq("returned"), applications::live.eq(true)))
                .execute(cx.conn)?;
            Ok(())
        };
        app.app.door.system("test", back).await.unwrap();
        applicant.owner.post(&format!("/applications/{handed_in}/submission"), json!({})).await.refused(409, "invalid_transition");
        assert_eq!(app.app.door.system("test", cease_due).await.unwrap(), 1);
        assert_eq!(app.app.door.system("test", cease_due).await.unwrap(), 0);
        let timeline = applicant.owner.get(&format!("/applications/{handed_in}/timeline")).await.expect(200);
        let last: &Value = timeline["items"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["from"], &last["to"], &last["reason"]), (&json!("returned"), &json!("void"), &json!("政策调整，另行组织")));
    }
}
