use chrono::Duration;
use laoshan::platform::config::Password;
use laoshan::platform::passwords::Hasher;
use laoshan::platform::policy::Role;
use laoshan::schema::users;
use serde_json::{Value, json};

use diesel::prelude::*;

use super::{OTHER, PASSWORD, account, code_for, mails, seen, sign_in, try_sign_in};
use crate::both;
use crate::support::{Db, TestApp};

fn reset(email: &str, code: &str, password: &str) -> Value {
    json!({ "email": email, "code": code, "password": password })
}

both! {
    async fn a_forgotten_password_is_reset_by_mail_and_every_session_ends(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let before = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let person = app.anonymous();
        person.post("/auth/password-resets", json!({ "email": "Lilei@firm.example" })).await.expect(202);
        let code = code_for(app, "lilei@firm.example").await;
        person.post("/auth/password-resets/confirmation", reset("lilei@firm.example", &code, OTHER)).await.expect(204);
        before.get("/me").await.refused(401, "session_ended");
        try_sign_in(&person, "lilei@firm.example", PASSWORD).await.refused(401, "invalid_credentials");
        sign_in(app, "lilei@firm.example", OTHER).await;
        let again = reset("lilei@firm.example", &code, "Third-pass-2028");
        person.post("/auth/password-resets/confirmation", again).await.refused(409, "code_rejected");
        let told: Vec<_> = mails(app).await.into_iter().map(|mail| mail.template).collect();
        assert_eq!(told, ["password_reset", "password_changed"]);
    }

    async fn a_reset_for_an_unknown_address_answers_the_same_and_mails_nobody(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let person = app.anonymous();
        let known = person.post("/auth/password-resets", json!({ "email": "lilei@firm.example" })).await;
        let unknown = person.post("/auth/password-resets", json!({ "email": "nobody@firm.example" })).await;
        assert_eq!(seen(known), seen(unknown));
        assert_eq!(mails(app).await.len(), 1);
        let wrong = person.post("/auth/password-resets/confirmation", reset("lilei@firm.example", "1", OTHER)).await;
        let nobody = person.post("/auth/password-resets/confirmation", reset("nobody@firm.example", "1", OTHER)).await;
        assert_eq!(seen(wrong), seen(nobody));
        person.post("/auth/password-resets", json!({ "email": "x" })).await.faults(&[("/email", "format")]);
    }

    async fn five_wrong_guesses_use_a_reset_code_up(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let person = app.anonymous();
        person.post("/auth/password-resets", json!({ "email": "lilei@firm.example" })).await.expect(202);
        let code = code_for(app, "lilei@firm.example").await;
        for _ in 0..5 {
            let guess = reset("lilei@firm.example", "00000000x", OTHER);
            person.post("/auth/password-resets/confirmation", guess).await.refused(409, "code_rejected");
        }
        let right = reset("lilei@firm.example", &code, OTHER);
        person.post("/auth/password-resets/confirmation", right).await.refused(409, "code_rejected");
        sign_in(app, "lilei@firm.example", PASSWORD).await;
    }

    async fn a_reset_lifts_a_lock(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let person = app.anonymous();
        for _ in 0..5 {
            try_sign_in(&person, "lilei@firm.example", OTHER).await.refused(401, "invalid_credentials");
        }
        person.post("/auth/password-resets", json!({ "email": "lilei@firm.example" })).await.expect(202);
        let code = code_for(app, "lilei@firm.example").await;
        person.post("/auth/password-resets/confirmation", reset("lilei@firm.example", &code, OTHER)).await.expect(204);
        sign_in(app, "lilei@firm.example", OTHER).await;
    }

    async fn a_new_password_keeps_the_rules_and_is_none_of_the_last_five(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let person = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let change = |current: &str, new: &str| json!({ "current": current, "new": new });
        person.post("/me/password", change(PASSWORD, "lilei")).await.faults(&[
            ("/new", "too_short"),
            ("/new", "weak_password"),
            ("/new", "weak_password"),
        ]);
        let mut current = PASSWORD.to_owned();
        for n in 1..=5 {
            let new = format!("Number-{n}-2026");
            person.post("/me/password", change(&current, &current)).await.faults(&[("/new", "reused_password")]);
            person.post("/me/password", change(&current, PASSWORD)).await.faults(&[("/new", "reused_password")]);
            person.post("/me/password", change(&current, &new)).await.expect(204);
            current = new;
        }
        // Five passwords later the first one may come back.
        person.post("/me/password", change(&current, PASSWORD)).await.expect(204);
    }

    async fn changing_a_password_ends_the_other_sessions_and_keeps_this_one(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let desk = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let phone = sign_in(app, "lilei@firm.example", PASSWORD).await;
        desk.post("/me/password", json!({ "current": PASSWORD, "new": OTHER })).await.expect(204);
        desk.get("/me").await.expect(200);
        desk.post("/auth/refresh", json!({})).await.expect(200);
        phone.get("/me").await.refused(401, "session_ended");
        sign_in(app, "lilei@firm.example", OTHER).await;
    }

    async fn guessing_the_present_password_locks_the_account_too(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let person = sign_in(app, "lilei@firm.example", PASSWORD).await;
        for _ in 0..5 {
            let guess = json!({ "current": "wrong", "new": OTHER });
            person.post("/me/password", guess).await.faults(&[("/current", "mismatch")]);
        }
        let right = json!({ "current": PASSWORD, "new": OTHER });
        person.post("/me/password", right).await.faults(&[("/current", "mismatch")]);
        app.advance(Duration::minutes(15));
        let person = sign_in(app, "lilei@firm.example", PASSWORD).await;
        person.post("/me/password", json!({ "current": PASSWORD, "new": OTHER })).await.expect(204);
    }

    async fn staff_change_their_password_every_ninety_days_before_they_do_anything_else(app) {
        account(app, "lilei@laoshan.example", &[Role::Officer]).await;
        app.advance(Duration::days(90));
        let mut person = app.anonymous();
        let answer = try_sign_in(&person, "lilei@laoshan.example", PASSWORD).await.expect(200);
        assert_eq!(answer["must_change_password"], true);
        person.token = answer["access_token"].as_str().map(str::to_owned);
        let me = person.get("/me").await;
        let etag = me.header("etag").trim_matches('"').parse().expect("a version");
        assert_eq!(me.expect(200)["must_change_password"], true);
        person.patch("/me", etag, json!({ "name": "Han" })).await.refused(403, "password_change_required");
        person.post("/me/password", json!({ "current": PASSWORD, "new": OTHER })).await.expect(204);
        person.patch("/me", etag, json!({ "name": "Han" })).await.expect(200);
    }

    async fn the_password_of_an_applicant_does_not_age(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        app.advance(Duration::days(400));
        let answer = try_sign_in(&app.anonymous(), "lilei@firm.example", PASSWORD).await.expect(200);
        assert_eq!(answer["must_change_password"], false);
    }

    async fn invited_staff_set_the_first_password_themselves(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let invited = admin.post("/users", json!({ "email": "New@laoshan.example", "name": "Li Lei", "lang": "en" })).await;
        let view = invited.expect(201);
        assert_eq!((&view["state"], &view["roles"]), (&json!("invited"), &json!([])));
        let person = app.anonymous();
        try_sign_in(&person, "new@laoshan.example", PASSWORD).await.refused(401, "invalid_credentials");

        let code = code_for(app, "new@laoshan.example").await;
        app.advance(Duration::days(6));
        person.post("/auth/password-resets/confirmation", reset("new@laoshan.example", &code, PASSWORD)).await.expect(204);
        let me = sign_in(app, "new@laoshan.example", PASSWORD).await.get("/me").await.expect(200);
        assert_eq!((&me["name"], &me["roles"]), (&json!("Li Lei"), &json!([])));
    }

    async fn who_lost_the_invitation_asks_for_a_reset(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        admin.post("/users", json!({ "email": "new@laoshan.example", "name": "Li Lei", "lang": "en" })).await.expect(201);
        app.advance(Duration::days(7));
        let person = app.anonymous();
        let late = code_for(app, "new@laoshan.example").await;
        let body = reset("new@laoshan.example", &late, PASSWORD);
        person.post("/auth/password-resets/confirmation", body).await.refused(409, "code_rejected");
        person.post("/auth/password-resets", json!({ "email": "new@laoshan.example" })).await.expect(202);
        let code = code_for(app, "new@laoshan.example").await;
        person.post("/auth/password-resets/confirmation", reset("new@laoshan.example", &code, PASSWORD)).await.expect(204);
        sign_in(app, "new@laoshan.example", PASSWORD).await;
    }
}

#[actix_web::test]
async fn a_good_sign_in_strengthens_an_outdated_hash() {
    let app = TestApp::start_with(Db::Sqlite, |config| config.password.hash_iterations = 2).await;
    account(&app, "lilei@firm.example", &[Role::Applicant]).await;
    let weak = Hasher::new(&Password { hash_iterations: 1, ..app.app.config.password.clone() }).expect("parameters");
    let hash = weak.hash(PASSWORD).await.expect("hashes");
    let set = move |cx: &mut laoshan::platform::door::Cx| {
        diesel::update(users::table).set(users::password_hash.eq(&hash)).execute(cx.conn)?;
        Ok(())
    };
    app.app.door.system("test", set).await.expect("set");
    sign_in(&app, "lilei@firm.example", PASSWORD).await;
    let stored: Option<String> = app
        .app
        .door
        .peek("test", |cx| Ok(users::table.select(users::password_hash).first(cx.conn)?))
        .await
        .expect("a row");
    assert!(stored.is_some_and(|hash| hash.contains("m=8,t=2,p=1")));
    sign_in(&app, "lilei@firm.example", PASSWORD).await;
    app.finish().await;
}
