use laoshan::platform::policy::Role;
use laoshan::platform::text::Lang;
use serde_json::{Value, json};

use super::{PASSWORD, account, mails, sign_in};
use crate::both;
use crate::support::{Reply, TestUser};

async fn set_roles(admin: &TestUser, person: &TestUser, version: i64, roles: Value) -> Reply {
    let request = admin.request("PUT", &format!("/users/{}/roles", person.id));
    Reply::of(request.header("if-match", format!("\"{version}\"")).json(&json!({ "roles": roles }))).await
}

fn action<'a>(view: &'a Value, name: &str) -> &'a Value {
    let actions = view["actions"].as_array().expect("actions");
    actions.iter().find(|a| a["action"] == name).expect("the action is listed")
}

both! {
    async fn a_security_administrator_grants_roles_that_count_at_once(app) {
        let admin = app.user(&[Role::SecurityAdmin]).await;
        let person = app.user(&[]).await;
        person.get("/users").await.refused(403, "forbidden");
        let view = set_roles(&admin, &person, 1, json!(["system_admin"])).await.expect(200);
        assert_eq!((&view["roles"], &view["version"]), (&json!(["system_admin"]), &json!(2)));
        person.get("/users").await.expect(200);
        set_roles(&admin, &person, 2, json!(["officer", "approver"])).await.expect(200);
        person.get("/users").await.refused(403, "forbidden");
        let auditor = app.user(&[Role::Auditor]).await;
        let events = auditor.get(&format!("/audit-events?action=role.grant&subject_id={}", person.id)).await.expect(200);
        assert_eq!(
            events["items"][0]["changes"]["roles"],
            json!({ "old": ["system_admin"], "new": ["approver", "officer"] })
        );
    }

    async fn the_three_administrators_exclude_one_another_and_every_business_role(app) {
        let admin = app.user(&[Role::SecurityAdmin]).await;
        let person = app.user(&[Role::Officer]).await;
        for roles in [
            json!(["system_admin", "auditor"]),
            json!(["security_admin", "system_admin"]),
            json!(["auditor", "security_admin", "system_admin"]),
            json!(["system_admin", "officer"]),
            json!(["auditor", "applicant"]),
        ] {
            set_roles(&admin, &person, 1, roles).await.refused(409, "role_conflict");
        }
        let view = admin.get(&format!("/users/{}", person.id)).await.expect(200);
        assert_eq!((&view["roles"], &view["version"]), (&json!(["officer"]), &json!(1)));
    }

    async fn nobody_changes_their_own_roles(app) {
        let admin = app.user(&[Role::SecurityAdmin]).await;
        app.user(&[Role::SecurityAdmin]).await;
        set_roles(&admin, &admin, 1, json!(["officer"])).await.refused(409, "own_account");
        let view = admin.get(&format!("/users/{}", admin.id)).await.expect(200);
        assert_eq!(action(&view, "role.grant")["reason_code"], "own_account");
    }

    async fn wrong_roles_stale_versions_and_strangers_are_refused(app) {
        let admin = app.user(&[Role::SecurityAdmin]).await;
        let person = app.user(&[]).await;
        set_roles(&admin, &person, 1, json!(["officer", "officer"])).await.faults(&[("/roles/1", "duplicate")]);
        set_roles(&admin, &person, 1, json!(["king"])).await.refused(400, "malformed_json");
        set_roles(&admin, &person, 7, json!(["officer"])).await.refused(412, "stale_version");
        let path = format!("/users/{}/roles", person.id);
        admin.put(&path, json!({ "roles": [] })).await.refused(428, "precondition_required");
        admin.get("/users/no-such-person").await.refused(404, "not_found");
        let system = app.user(&[Role::SystemAdmin]).await;
        set_roles(&system, &person, 1, json!(["officer"])).await.refused(403, "forbidden");
    }

    async fn a_suspended_person_is_out_at_once_and_comes_back_when_reinstated(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let person = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let id = person.get("/me").await.expect(200)["id"].as_str().expect("an id").to_owned();
        let path = format!("/users/{id}/suspension");
        admin.post(&path, json!({ "reason": "" })).await.faults(&[("/reason", "required")]);
        admin.delete(&path).await.refused(409, "invalid_transition");
        let view = admin.post(&path, json!({ "reason": "left the firm" })).await.expect(200);
        assert_eq!(view["state"], "suspended");
        assert_eq!(action(&view, "user.suspend")["reason_code"], "invalid_transition");
        assert_eq!(action(&view, "user.reinstate")["allowed"], true);
        person.get("/me").await.refused(401, "session_ended");
        admin.post(&path, json!({ "reason": "again" })).await.refused(409, "invalid_transition");
        assert_eq!(admin.delete(&path).await.expect(200)["state"], "active");
        sign_in(app, "lilei@firm.example", PASSWORD).await;
    }

    async fn the_last_security_administrator_cannot_be_suspended_nor_anybody_suspend_themselves(app) {
        let system = app.user(&[Role::SystemAdmin]).await;
        let security = app.user(&[Role::SecurityAdmin]).await;
        let path = |person: &TestUser| format!("/users/{}/suspension", person.id);
        let reason = || json!({ "reason": "x" });
        system.post(&path(&security), reason()).await.refused(409, "last_administrator");
        system.post(&path(&system), reason()).await.refused(409, "own_account");
        let second = app.user(&[Role::SecurityAdmin]).await;
        system.post(&path(&security), reason()).await.expect(200);
        system.post(&path(&second), reason()).await.refused(409, "last_administrator");
    }

    async fn an_invitation_names_every_wrong_field_and_no_address_twice(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let wrong = json!({ "email": "x", "name": "" });
        admin.post("/users", wrong).await.faults(&[("/email", "format"), ("/name", "required")]);
        let body = json!({ "email": "a@laoshan.example", "name": "A" });
        let made = admin.post("/users", body.clone()).await;
        let place = made.header("location").to_owned();
        assert_eq!(place, format!("/api/v1/users/{}", made.expect(201)["id"].as_str().expect("an id")));
        admin.post("/users", body).await.refused(409, "already_exists");
        let sent = mails(app).await;
        assert_eq!(sent.len(), 1);
        assert!(sent[0].body.contains("Code: "), "the request was in English: {}", sent[0].body);
        assert!(sent[0].message_id.ends_with("@laoshan.example>"), "{}", sent[0].message_id);
    }

    async fn the_same_idempotency_key_invites_once(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let body = json!({ "email": "a@laoshan.example", "name": "A" });
        let first = admin.post_once("/users", "k1", body.clone()).await.expect(201);
        let again = admin.post_once("/users", "k1", body).await.expect(201);
        assert_eq!(first, again);
        assert_eq!(mails(app).await.len(), 1);
    }

    async fn people_are_listed_newest_first_by_state_role_and_address(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let officer = app.user(&[Role::Officer, Role::Approver]).await;
        let applicant = app.user(&[Role::Applicant]).await;
        admin.post("/users", json!({ "email": "new@laoshan.example", "name": "A" })).await.expect(201);
        let emails = |page: &Value| -> Vec<String> {
            let items = page["items"].as_array().expect("a list");
            items.iter().map(|u| u["email"].as_str().unwrap_or_default().to_owned()).collect()
        };
        for (filter, expected) in [
            ("", vec!["new@laoshan.example", &applicant.email, &officer.email, &admin.email]),
            ("?state=invited", vec!["new@laoshan.example"]),
            ("?role=officer", vec![&officer.email]),
            ("?role=bank", vec![]),
            ("?email=NEW@laoshan.example", vec!["new@laoshan.example"]),
            ("?state=active&role=applicant", vec![&applicant.email]),
        ] {
            assert_eq!(emails(&admin.get(&format!("/users{filter}")).await.expect(200)), expected, "{filter}");
        }
        let one = admin.get("/users?role=officer").await.expect(200);
        assert_eq!(one["items"][0]["roles"], json!(["approver", "officer"]));
        let first = admin.get("/users?limit=3&count=true").await.expect(200);
        assert_eq!(first["total"], 4);
        let next = first["next"].as_str().expect("a cursor");
        let second = admin.get(&format!("/users?limit=3&cursor={next}")).await.expect(200);
        assert_eq!(emails(&second), [admin.email.as_str()]);
        admin.get("/users?limit=0").await.faults(&[("limit", "out_of_range")]);
    }

    async fn a_longer_list_asks_the_database_no_oftener(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let one = app.statements(admin.get("/users")).await;
        for _ in 0..3 {
            app.user(&[Role::Officer, Role::Approver]).await;
        }
        assert_eq!(app.statements(admin.get("/users")).await, one);
    }

    async fn people_keep_their_own_name_number_and_language(app) {
        let person = app.user(&[Role::Officer]).await;
        let body = json!({ "name": " 李雷 ", "mobile": "+86 138 1234 5678", "lang": "en" });
        let me = person.patch("/me", 1, body).await.expect(200);
        assert_eq!(
            (&me["name"], &me["mobile"], &me["lang"], &me["version"]),
            (&json!("李雷"), &json!("13812345678"), &json!(Lang::En), &json!(2))
        );
        person.patch("/me", 1, json!({ "name": "x" })).await.refused(412, "stale_version");
        let wrong = json!({ "name": "", "mobile": "110" });
        person.patch("/me", 2, wrong).await.faults(&[("/name", "required"), ("/mobile", "format")]);
        person.patch("/me", 2, json!({ "email": "other@x.cn" })).await.refused(400, "malformed_json");
        assert_eq!(person.patch("/me", 2, json!({ "mobile": null })).await.expect(200)["mobile"], Value::Null);
        let applicant = app.user(&[Role::Applicant]).await;
        applicant.patch("/me", 1, json!({ "mobile": null })).await.faults(&[("/mobile", "required")]);
    }
}
