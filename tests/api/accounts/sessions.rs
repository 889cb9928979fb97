use chrono::Duration;
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use super::{OTHER, PASSWORD, account, credit_code, mails, registration, seen, sign_in, try_sign_in};
use crate::both;
use crate::support::{Db, Reply, TestApp, TestUser};

/// The refresh token an answer sets.
fn refresh_token(reply: &Reply) -> String {
    let cookie = reply.header("set-cookie");
    let value = cookie.strip_prefix("laoshan_refresh=").and_then(|rest| rest.split(';').next());
    value.expect("a refresh cookie").to_owned()
}

/// Refreshes with this very token, whatever the jar holds.
async fn refresh_with(person: &TestUser, token: &str) -> Reply {
    Reply::of(person.request("POST", "/auth/refresh").header("cookie", format!("laoshan_refresh={token}"))).await
}

/// Actions and reasons of the trail on one kind of subject, oldest first.
async fn trail(app: &TestApp, action: &str) -> Vec<Value> {
    let auditor = app.user(&[Role::Auditor]).await;
    let page = auditor.get(&format!("/audit-events?action={action}")).await.expect(200);
    page["items"].as_array().expect("a list").clone()
}

async fn sweep(app: &TestApp) {
    laoshan::jobs::run_due(&app.app).await.expect("the worker runs");
}

/// Sessions of people who signed in: those the harness made last for years.
async fn kept_sessions(app: &TestApp) -> i64 {
    use diesel::prelude::*;
    use laoshan::schema::sessions::dsl::{sessions, user_agent};
    let count = |cx: &mut Cx| Ok(sessions.filter(user_agent.ne("test")).count().get_result(cx.conn)?);
    app.app.door.peek("test", count).await.expect("a count")
}

both! {
    async fn signing_in_gives_a_token_and_an_http_only_cookie(app) {
        account(app, "lilei@laoshan.example", &[Role::Officer]).await;
        let person = app.anonymous();
        let reply = try_sign_in(&person, " Lilei@laoshan.example ", PASSWORD).await;
        let cookie = reply.header("set-cookie").to_owned();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/api/v1/auth", "Max-Age=2592000"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "{cookie}");
        let answer = reply.expect(200);
        assert_eq!(
            (&answer["token_type"], &answer["expires_in"], &answer["must_change_password"]),
            (&json!("Bearer"), &json!(900), &json!(false))
        );
        let mut person = person;
        person.token = answer["access_token"].as_str().map(str::to_owned);
        let me = person.get("/me").await.expect(200);
        assert_eq!((&me["email"], &me["roles"]), (&json!("lilei@laoshan.example"), &json!(["officer"])));
        let permitted = me["permitted_actions"].as_array().expect("a list");
        assert!(permitted.contains(&json!("round.open")) && !permitted.contains(&json!("role.grant")));
        app.advance(Duration::minutes(16));
        person.get("/me").await.refused(401, "unauthenticated");
    }

    async fn unknown_wrong_locked_suspended_and_unconfirmed_look_the_same(app) {
        for who in ["wrong", "locked", "suspended"] {
            account(app, &format!("{who}@laoshan.example"), &[Role::Officer]).await;
        }
        let person = app.anonymous();
        for _ in 0..5 {
            try_sign_in(&person, "locked@laoshan.example", OTHER).await.refused(401, "invalid_credentials");
        }
        let admin = app.user(&[Role::SystemAdmin]).await;
        let found = admin.get("/users?email=suspended@laoshan.example").await.expect(200);
        let id = found["items"][0]["id"].as_str().expect("an id").to_owned();
        admin.post(&format!("/users/{id}/suspension"), json!({ "reason": "left" })).await.expect(200);
        let fresh = registration("fresh@firm.example", &credit_code(1));
        person.post("/auth/registrations", fresh).await.expect(202);

        let nobody = seen(try_sign_in(&person, "nobody@laoshan.example", PASSWORD).await);
        assert_eq!(nobody.0, 401);
        for (email, password) in [
            ("wrong@laoshan.example", OTHER),
            ("locked@laoshan.example", PASSWORD),
            ("suspended@laoshan.example", PASSWORD),
            ("fresh@firm.example", PASSWORD),
        ] {
            assert_eq!(seen(try_sign_in(&person, email, password).await), nobody, "{email}");
        }
    }

    async fn five_failures_in_a_row_lock_for_fifteen_minutes(app) {
        account(app, "lilei@laoshan.example", &[Role::Officer]).await;
        let person = app.anonymous();
        for _ in 0..4 {
            try_sign_in(&person, "lilei@laoshan.example", OTHER).await.refused(401, "invalid_credentials");
        }
        // A good one in between starts the row anew.
        sign_in(app, "lilei@laoshan.example", PASSWORD).await;
        for _ in 0..5 {
            try_sign_in(&person, "lilei@laoshan.example", OTHER).await.refused(401, "invalid_credentials");
        }
        app.advance(Duration::minutes(15) - Duration::seconds(1));
        try_sign_in(&person, "lilei@laoshan.example", PASSWORD).await.refused(401, "invalid_credentials");
        app.advance(Duration::seconds(1));
        sign_in(app, "lilei@laoshan.example", PASSWORD).await;
        let told: Vec<_> = mails(app).await.into_iter().map(|mail| mail.template).collect();
        assert_eq!(told, ["account_locked"]);
        let reasons: Vec<_> = trail(app, "session.refuse").await.iter().map(|e| e["reason"].clone()).collect();
        assert_eq!(reasons.iter().filter(|r| *r == "wrong_password").count(), 9);
        assert_eq!(reasons.iter().filter(|r| *r == "locked").count(), 1);
    }

    async fn missing_credentials_are_named(app) {
        let person = app.anonymous();
        try_sign_in(&person, "", "").await.faults(&[("/email", "required"), ("/password", "required")]);
    }

    async fn two_tabs_that_refresh_at_once_get_the_same_successor(app) {
        account(app, "lilei@laoshan.example", &[Role::Officer]).await;
        let person = app.anonymous();
        let first = refresh_token(&try_sign_in(&person, "lilei@laoshan.example", PASSWORD).await);
        let tabs = futures(&person, &first).await;
        assert_eq!(tabs[0], tabs[1]);
        assert_ne!(tabs[0], first);
        app.advance(Duration::seconds(10));
        assert_eq!(refresh_token(&refresh_with(&person, &first).await), tabs[0]);
        let next = refresh_token(&refresh_with(&person, &tabs[0]).await);
        assert_ne!(next, tabs[0]);
    }

    async fn a_replaced_refresh_token_that_comes_back_ends_the_session_for_both(app) {
        account(app, "lilei@laoshan.example", &[Role::Officer]).await;
        let person = app.anonymous();
        let stolen = refresh_token(&try_sign_in(&person, "lilei@laoshan.example", PASSWORD).await);
        let reply = refresh_with(&person, &stolen).await;
        let newest = refresh_token(&reply);
        let mut owner = app.anonymous();
        owner.token = reply.expect(200)["access_token"].as_str().map(str::to_owned);
        owner.get("/me").await.expect(200);
        app.advance(Duration::seconds(11));
        refresh_with(&person, &stolen).await.refused(401, "session_ended");
        refresh_with(&person, &newest).await.refused(401, "session_ended");
        owner.get("/me").await.refused(401, "session_ended");
        assert_eq!(trail(app, "session.token_reused").await.len(), 1);
        let other = sign_in(app, "lilei@laoshan.example", PASSWORD).await;
        other.get("/me").await.expect(200);
    }

    async fn a_refresh_without_or_with_a_made_up_token_is_refused(app) {
        let person = app.anonymous();
        person.post("/auth/refresh", json!({})).await.refused(401, "session_ended");
        refresh_with(&person, "00").await.refused(401, "session_ended");
    }

    async fn an_unused_session_ends_sooner_for_staff_than_for_an_applicant(app) {
        for (email, role, idle) in
            [("lilei@firm.example", Role::Applicant, 30), ("hanmeimei@laoshan.example", Role::Officer, 15)]
        {
            account(app, email, &[role]).await;
            let (used, unused) = (app.anonymous(), app.anonymous());
            for person in [&used, &unused] {
                try_sign_in(person, email, PASSWORD).await.expect(200);
            }
            // The access token lasts 15 minutes; from then on the session is idle.
            app.advance(Duration::minutes(15 + idle) - Duration::seconds(1));
            used.post("/auth/refresh", json!({})).await.expect(200);
            app.advance(Duration::seconds(1));
            used.post("/auth/refresh", json!({})).await.expect(200);
            unused.post("/auth/refresh", json!({})).await.refused(401, "session_ended");
        }
    }

    async fn ended_sessions_leave_the_database_when_their_time_of_keeping_is_over(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        try_sign_in(&app.anonymous(), "lilei@firm.example", PASSWORD).await.expect(200);
        let ended = app.now() + Duration::minutes(45);
        app.advance_to(&(ended + Duration::days(400)).to_rfc3339());
        sweep(app).await;
        assert_eq!(kept_sessions(app).await, 1);
        app.advance(Duration::hours(1) + Duration::seconds(1));
        sweep(app).await;
        assert_eq!(kept_sessions(app).await, 0);
    }

    async fn people_see_and_end_their_own_sessions_only(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let desk = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let phone = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let list = desk.get("/auth/sessions?count=true").await.expect(200);
        assert_eq!(list["total"], 2);
        let id = |at: usize| list["items"][at]["id"].as_str().expect("an id").to_owned();
        assert_eq!((&list["items"][0]["current"], &list["items"][1]["current"]), (&json!(false), &json!(true)));

        let stranger = app.user(&[Role::Applicant]).await;
        stranger.delete(&format!("/auth/sessions/{}", id(0))).await.refused(404, "not_found");
        desk.delete(&format!("/auth/sessions/{}", id(0))).await.expect(204);
        phone.get("/me").await.refused(401, "session_ended");
        phone.post("/auth/refresh", json!({})).await.refused(401, "session_ended");
        desk.delete(&format!("/auth/sessions/{}", id(0))).await.refused(404, "not_found");

        let out = desk.delete("/auth/sessions/current").await;
        assert!(out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
        out.expect(204);
        desk.get("/me").await.refused(401, "session_ended");
    }

    async fn administrators_see_and_end_the_sessions_of_others(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let desk = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let person = desk.get("/me").await.expect(200)["id"].as_str().expect("an id").to_owned();
        let phone = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let path = format!("/users/{person}/sessions");
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor] {
            let list = app.user(&[role]).await.get(&format!("{path}?count=true")).await.expect(200);
            assert_eq!((&list["total"], &list["items"][0]["current"]), (&json!(2), &json!(false)));
        }
        app.user(&[Role::Auditor]).await.delete(&path).await.refused(403, "forbidden");
        app.user(&[Role::Officer]).await.get(&path).await.refused(403, "forbidden");
        let admin = app.user(&[Role::SystemAdmin]).await;
        admin.get("/users/nobody/sessions").await.refused(404, "not_found");
        let list = admin.get(&path).await.expect(200);
        let newest = format!("{path}/{}", list["items"][0]["id"].as_str().expect("an id"));
        let other = app.user(&[Role::Applicant]).await;
        admin.delete(&newest.replace(person.as_str(), other.id.as_str())).await.refused(404, "not_found");
        admin.delete(&newest).await.expect(204);
        admin.delete(&newest).await.refused(404, "not_found");
        phone.get("/me").await.refused(401, "session_ended");
        desk.get("/me").await.expect(200);
        admin.delete(&path).await.expect(204);
        desk.get("/me").await.refused(401, "session_ended");
        let told = trail(app, "session.close").await;
        assert!(told.iter().all(|event| event["reason"] == "closed" && event["actor"] == json!(admin.id)), "{told:?}");
        assert_eq!(told.len(), 2);
    }

    async fn signing_out_everywhere_ends_every_session(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let desk = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let phone = sign_in(app, "lilei@firm.example", PASSWORD).await;
        desk.delete("/auth/sessions").await.expect(204);
        for person in [desk, phone] {
            person.get("/me").await.refused(401, "session_ended");
            person.post("/auth/refresh", json!({})).await.refused(401, "session_ended");
        }
    }

    async fn an_administrator_has_one_session_at_a_time(app) {
        account(app, "sys@laoshan.example", &[Role::SystemAdmin]).await;
        let before = sign_in(app, "sys@laoshan.example", PASSWORD).await;
        let now = sign_in(app, "sys@laoshan.example", PASSWORD).await;
        before.get("/me").await.refused(401, "session_ended");
        now.get("/me").await.expect(200);
    }

    async fn rotating_the_signing_key_leaves_older_tokens_valid(app) {
        account(app, "lilei@firm.example", &[Role::Applicant]).await;
        let before = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let keys = app.app.keys.clone();
        app.app.door.system("keys.rotate", move |cx| keys.make_signing_key(cx)).await.expect("a key");
        app.app.reload_keys().await.expect("the ring is read");
        let meanwhile = sign_in(app, "lilei@firm.example", PASSWORD).await;
        // Every process has read the ring again before the new key signs.
        app.advance(chrono::Duration::minutes(2));
        let after = sign_in(app, "lilei@firm.example", PASSWORD).await;
        let kid = |person: &TestUser| person.token.as_deref().map(|t| t.split('.').next().map(str::to_owned));
        assert_eq!(kid(&before), kid(&meanwhile));
        assert_ne!(kid(&before), kid(&after));
        before.get("/me").await.expect(200);
        after.get("/me").await.expect(200);
    }
}

async fn futures(person: &TestUser, token: &str) -> [String; 2] {
    let (a, b) = tokio::join!(refresh_with(person, token), refresh_with(person, token));
    [refresh_token(&a), refresh_token(&b)]
}

#[actix_web::test]
async fn behind_tls_the_cookie_is_secure() {
    let app = TestApp::start_with(Db::Sqlite, |config| config.server.secure_cookies = true).await;
    account(&app, "lilei@firm.example", &[Role::Applicant]).await;
    let reply = try_sign_in(&app.anonymous(), "lilei@firm.example", PASSWORD).await;
    assert!(reply.header("set-cookie").contains("Secure"), "{reply:?}");
    app.finish().await;
}
