use chrono::Duration;
use diesel::prelude::*;
use laoshan::schema::{audit_events, consents};
use serde_json::json;

use super::{PASSWORD, account, code_for, credit_code, mails, registration, seen, sign_in, try_sign_in};
use crate::both;

both! {
    async fn who_registers_for_a_new_code_becomes_its_owner_unverified(app) {
        let person = app.anonymous();
        let asked = person.post("/auth/registrations", registration("Lilei@Firm.example", &credit_code(1))).await;
        assert_eq!(asked.expect(202), json!({ "next": "email_confirmation" }));
        try_sign_in(&person, "lilei@firm.example", PASSWORD).await.refused(401, "invalid_credentials");

        let code = code_for(app, "lilei@firm.example").await;
        let done = person.post("/auth/email-confirmations", json!({ "email": "lilei@firm.example", "code": code })).await;
        assert_eq!(done.expect(200)["attachment"], "owner");

        let me = sign_in(app, "lilei@firm.example", PASSWORD).await.get("/me").await.expect(200);
        assert_eq!(me["roles"], json!(["applicant"]));
        assert_eq!(me["mobile"], "13812345678");
        let firm = &me["enterprises"][0];
        assert_eq!(
            (&firm["name"], &firm["role"], &firm["verified"]),
            (&json!("青岛未来产业示例有限公司"), &json!("owner"), &json!(false))
        );
        // Officers find where somebody waits for them.
        let officer = app.user(&[laoshan::platform::policy::Role::Officer]).await;
        let waiting = officer.get("/enterprises?unverified=true&count=true").await.expect(200);
        assert_eq!((&waiting["total"], &waiting["items"][0]["id"]), (&json!(1), &firm["id"]));
        let path = format!("/enterprises/{}", firm["id"].as_str().expect("an id"));
        let member = officer.get(&path).await.expect(200)["members"][0]["id"].clone();
        let seen = json!({ "member_id": member, "evidence": "营业执照原件" });
        officer.post(&format!("{path}/verification"), seen).await.expect(200);
        assert_eq!(officer.get("/enterprises?unverified=true&count=true").await.expect(200)["total"], 0);
    }

    async fn who_registers_for_a_code_on_record_waits_for_an_officer(app) {
        let person = app.anonymous();
        for (n, email) in ["first@firm.example", "second@firm.example"].into_iter().enumerate() {
            person.post("/auth/registrations", registration(email, &credit_code(2))).await.expect(202);
            let code = code_for(app, email).await;
            let done = person.post("/auth/email-confirmations", json!({ "email": email, "code": code })).await.expect(200);
            assert_eq!(done["attachment"], ["owner", "claim"][n]);
        }
        let second = sign_in(app, "second@firm.example", PASSWORD).await;
        assert_eq!(second.get("/me").await.expect(200)["enterprises"], json!([]));
    }

    async fn a_known_address_is_answered_like_a_new_one_and_its_owner_is_told(app) {
        account(app, "known@firm.example", &[]).await;
        let person = app.anonymous();
        let new = person.post("/auth/registrations", registration("new@firm.example", &credit_code(3))).await;
        let known = person.post("/auth/registrations", registration("known@firm.example", &credit_code(4))).await;
        assert_eq!(seen(new), seen(known));
        let told: Vec<_> = mails(app).await.into_iter().map(|mail| (mail.to, mail.template)).collect();
        let expected = [("new@firm.example", "confirm_email"), ("known@firm.example", "account_exists")];
        assert_eq!(told, expected.map(|(to, template)| (to.to_owned(), template.to_owned())));
        sign_in(app, "known@firm.example", PASSWORD).await;
    }

    async fn every_wrong_field_of_a_registration_is_named(app) {
        let wrong = json!({
            "credit_code": "91370212MA0000000X", "enterprise_name": "", "name": " ", "mobile": "110", "email": "nobody",
            "password": "short", "notice_version": "", "consent": false,
        });
        app.anonymous().post("/auth/registrations", wrong).await.faults(&[
            ("/credit_code", "credit_code_check"),
            ("/enterprise_name", "required"),
            ("/name", "required"),
            ("/mobile", "format"),
            ("/email", "format"),
            ("/password", "too_short"),
            ("/password", "weak_password"),
            ("/notice_version", "required"),
            ("/consent", "required"),
        ]);
        let extra = json!({ "email": "a@b.cn", "role": "officer" });
        app.anonymous().post("/auth/registrations", extra).await.refused(400, "malformed_json");
        assert_eq!(mails(app).await, []);
    }

    async fn five_wrong_guesses_use_a_code_up(app) {
        let person = app.anonymous();
        person.post("/auth/registrations", registration("lilei@firm.example", &credit_code(5))).await.expect(202);
        let code = code_for(app, "lilei@firm.example").await;
        for _ in 0..5 {
            let wrong = json!({ "email": "lilei@firm.example", "code": "000" });
            person.post("/auth/email-confirmations", wrong).await.refused(409, "code_rejected");
        }
        let right = json!({ "email": "lilei@firm.example", "code": code });
        person.post("/auth/email-confirmations", right).await.refused(409, "code_rejected");
    }

    async fn a_code_works_once_and_only_in_its_time(app) {
        let person = app.anonymous();
        let confirm = |code: &str| json!({ "email": "lilei@firm.example", "code": code });
        person.post("/auth/registrations", registration("lilei@firm.example", &credit_code(6))).await.expect(202);
        let late = code_for(app, "lilei@firm.example").await;
        app.advance(Duration::minutes(30));
        person.post("/auth/email-confirmations", confirm(&late)).await.refused(409, "code_rejected");

        person.post("/auth/registrations", registration("lilei@firm.example", &credit_code(6))).await.expect(202);
        let replaced = code_for(app, "lilei@firm.example").await;
        person.post("/auth/registrations", registration("lilei@firm.example", &credit_code(6))).await.expect(202);
        let newest = code_for(app, "lilei@firm.example").await;
        person.post("/auth/email-confirmations", confirm(&replaced)).await.refused(409, "code_rejected");
        person.post("/auth/email-confirmations", confirm(&newest)).await.expect(200);
        person.post("/auth/email-confirmations", confirm(&newest)).await.refused(409, "code_rejected");
        person.post("/auth/email-confirmations", json!({ "email": "x@y.cn", "code": "1" })).await.refused(409, "code_rejected");
    }

    async fn asking_again_and_again_fills_nobodys_mailbox(app) {
        let person = app.anonymous();
        for _ in 0..8 {
            person.post("/auth/registrations", registration("lilei@firm.example", &credit_code(7))).await.expect(202);
        }
        assert_eq!(mails(app).await.len(), 5);
        app.advance(Duration::hours(2));
        person.post("/auth/registrations", registration("lilei@firm.example", &credit_code(7))).await.expect(202);
        assert_eq!(mails(app).await.len(), 6);
    }

    async fn consent_is_kept_with_its_time_and_personal_values_are_not_in_the_trail(app) {
        app.anonymous().post("/auth/registrations", registration("lilei@firm.example", &credit_code(8))).await.expect(202);
        let now = app.app.door.clock().now();
        let (consent, trail) = app
            .app
            .door
            .peek("test", |cx| {
                let consent: (String, laoshan::platform::types::Stamp) =
                    consents::table.select((consents::notice_version, consents::given_at)).first(cx.conn)?;
                let trail: Vec<String> = audit_events::table
                    .filter(audit_events::subject_kind.eq("user"))
                    .select(audit_events::changes)
                    .load(cx.conn)?;
                Ok((consent, trail.concat()))
            })
            .await
            .expect("rows");
        assert_eq!(consent, ("2026-01".to_owned(), now));
        assert!(trail.contains("sha256:") && trail.contains(&credit_code(8)), "{trail}");
        for secret in ["lilei@firm.example", "13812345678", PASSWORD, "argon2"] {
            assert!(!trail.contains(secret), "{trail}");
        }
    }
}
