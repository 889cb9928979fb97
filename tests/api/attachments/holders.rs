//! Files of records other than applications, each under its record's rules.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::both;
use crate::subsidies::{form, path, version, world as claims};
use crate::support::{Reply, TestUser};
use crate::support_plans::world::{one, step, world as plans};

const PDF: &[u8] = b"%PDF-1.7\n% a statement of interest";

async fn attach(who: &TestUser, to: &str, query: &str) -> Reply {
    who.upload(&format!("{to}/attachments?name=a.pdf{query}"), "application/pdf", PDF.to_vec()).await
}

fn file(made: &Value) -> String {
    format!("/attachments/{}", made["id"].as_str().expect("an id"))
}

both! {
    async fn a_file_of_the_unit_is_evidence_and_one_of_the_enterprise_is_not(app) {
        let w = plans(app).await;
        let item = w.in_progress().await;
        let photo = attach(&w.owner, &one(&item), "").await.expect(201);
        attach(&w.owner, &one(&item), "&item=evidence").await.faults(&[("item", "not_allowed")]);
        attach(&w.clerk, &one(&item), "&item=proof").await.faults(&[("item", "not_existing")]);
        let done = json!({"note": "环评批复已出具"});
        w.clerk.post(&step(&item, "completion"), done.clone()).await.refused(409, "evidence_missing");
        let permit = attach(&w.clerk, &one(&item), "&item=evidence").await.expect(201);
        // Each takes out what they put in, and nothing else.
        w.owner.delete(&file(&permit)).await.refused(409, "invalid_transition");
        w.owner.delete(&file(&photo)).await.expect(204);
        w.officer.delete(&file(&permit)).await.refused(404, "not_found");
        for reader in [&w.owner, &w.officer, &w.approver, &w.clerk] {
            let content = reader.get(&format!("{}/content", file(&permit))).await;
            assert_eq!((content.status, content.text.as_bytes()), (200, PDF));
        }
        let listed = w.officer.get(&format!("{}/attachments", one(&item))).await.expect(200);
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["id"]), (1, &permit["id"]));
        w.clerk.post(&step(&item, "completion"), done).await.expect(200);
        w.owner.post(&step(&item, "confirmation"), json!({"rating": 5})).await.expect(200);
        w.officer.post(&step(&item, "closing"), json!({})).await.expect(200);
        attach(&w.clerk, &one(&item), "").await.refused(409, "invalid_transition");
        w.clerk.delete(&file(&permit)).await.refused(409, "invalid_transition");

        let stranger = app.user(&[Role::Applicant]).await;
        for other in [stranger, app.user(&[Role::Department]).await, app.user(&[Role::FundManager]).await, app.user(&[Role::Expert]).await] {
            other.get(&file(&permit)).await.refused(404, "not_found");
        }
        app.user(&[Role::SystemAdmin]).await.get(&file(&permit)).await.refused(403, "forbidden");
    }

    async fn a_claim_is_proved_by_files_and_who_handles_it_reads_them(app) {
        let w = claims(app).await;
        let mut proved = form();
        proved["evidence"].as_object_mut().unwrap().remove("interest_statement");
        let body = json!({"enterprise_id": w.stage.firm, "loan_ids": [w.loan], "form": proved});
        let draft = w.owner.post("/subsidy-claims", body).await.expect(201);
        w.owner
            .post_at(&path(&draft, "/submission"), 1, json!({}))
            .await
            .faults(&[("/form/evidence/interest_statement", "required")]);
        attach(&w.owner, &path(&draft, ""), "&item=F01").await.faults(&[("item", "not_existing")]);
        let statement = attach(&w.owner, &path(&draft, ""), "&item=interest_statement").await.expect(201);
        let claim = w.owner.post_at(&path(&draft, "/submission"), version(&draft), json!({})).await.expect(200);
        for reader in [&w.owner, &w.stage.clerk, &w.first, &w.leader] {
            assert_eq!(reader.get(&file(&statement)).await.expect(200)["sha256"], statement["sha256"]);
            let listed = reader.get(&path(&claim, "/attachments")).await.expect(200);
            assert_eq!(listed["items"][0]["id"], statement["id"]);
        }
        // What was handed in stays as it was.
        attach(&w.owner, &path(&claim, ""), "").await.refused(409, "invalid_transition");
        w.owner.delete(&file(&statement)).await.refused(409, "invalid_transition");
        attach(&w.first, &path(&claim, ""), "").await.refused(403, "forbidden");
        let bank = app.user(&[Role::Bank]).await;
        bank.get(&file(&statement)).await.refused(404, "not_found");
        app.user(&[Role::Officer]).await.get(&file(&statement)).await.refused(404, "not_found");
        app.user(&[Role::Officer]).await.get(&path(&claim, "/attachments")).await.refused(403, "forbidden");
    }
}
