//! The outbox against a mail server that has its moods.

use chrono::Duration;
use diesel::prelude::*;
use laoshan::platform::config::{Config, MailTransport};
use laoshan::platform::door::Cx;
use laoshan::platform::mail::{MailOrder, deliver_due, queue, queue_or_bury};
use laoshan::platform::policy::Role;
use laoshan::platform::text::Lang;
use laoshan::schema::mails;
use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::server::{AUTHORITY, MailServer, Security};
use crate::both;
use crate::support::{Db, TestApp};

fn values() -> Value {
    json!({ "name": "韩梅梅", "code": "12345678", "minutes": 30, "site": "http://laoshan.example" })
}

async fn send(app: &TestApp, to: &str) {
    let to = to.to_owned();
    let order = move |cx: &mut Cx| {
        queue_or_bury(cx, &MailOrder { to: &to, template: "password_reset", lang: Lang::Zh, values: values() })
    };
    app.app.door.system("test", order).await.expect("queued");
}

/// Until nothing is due.
async fn deliver(app: &TestApp) -> usize {
    let mut tried = 0;
    loop {
        match deliver_due(&app.app).await.expect("delivers") {
            0 => return tried,
            more => tried += more,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    to: String,
    state: String,
    attempts: i32,
    /// Whether text and HTML are still kept.
    kept: (bool, bool),
    /// Seconds until the next attempt.
    wait: i64,
}

async fn outbox(app: &TestApp) -> Vec<Row> {
    type Columns = (String, String, i32, String, String, laoshan::platform::types::Stamp);
    let read = |cx: &mut Cx| {
        let columns =
            (mails::to_address, mails::state, mails::attempts, mails::body, mails::html, mails::next_attempt_at);
        let rows: Vec<Columns> = mails::table.select(columns).order(mails::id).load(cx.conn)?;
        let view = |(to, state, attempts, body, html, next): Columns| {
            let wait = (next.utc() - cx.now.utc()).num_seconds().max(0);
            Row { to, state, attempts, kept: (!body.is_empty(), !html.is_empty()), wait }
        };
        Ok(rows.into_iter().map(view).collect())
    };
    app.app.door.peek("test", read).await.expect("rows")
}

/// The rows by address: state, attempts, whether the words are kept, and whether the pause is the given one with up to a quarter more.
#[track_caller]
fn assert_rows(rows: &[Row], expected: &[(&str, &str, i32, bool, i64)]) {
    let seen: Vec<_> = rows
        .iter()
        .zip(expected)
        .map(|(row, (.., pause))| {
            let wait = if (*pause..=pause + pause / 4).contains(&row.wait) { *pause } else { row.wait };
            assert_eq!(row.kept.0, row.kept.1);
            (row.to.split('@').next().unwrap_or_default(), row.state.as_str(), row.attempts, row.kept.0, wait)
        })
        .collect();
    assert_eq!(seen, expected);
    assert_eq!(rows.len(), expected.len());
}

fn through(server: &MailServer) -> impl FnOnce(&mut Config) + use<> {
    let url = server.url.clone();
    move |config| {
        config.mail.transport = MailTransport::Smtp;
        config.mail.smtp_url = url;
        config.mail.max_attempts = 3;
        config.mail.timeout_seconds = 2;
    }
}

async fn moods(db: Db) {
    let server = MailServer::start();
    let app = TestApp::start_with(db, through(&server)).await;
    let people = ["fine", "refused", "later", "grey", "unsigned", "slow", "stuck", "dropped", "unanswered"];
    for name in people {
        send(&app, &format!("{name}@firm.example")).await;
    }
    assert_eq!(deliver(&app).await, 9);
    assert_rows(
        &outbox(&app).await,
        &[
            ("fine", "sent", 1, false, 0),
            ("refused", "dead", 1, true, 90),
            ("later", "queued", 1, true, 90),
            ("grey", "queued", 1, true, 90),
            // A reply about our own account at the server buries nobody's mail.
            ("unsigned", "queued", 1, true, 90),
            ("slow", "sent", 1, false, 0),
            ("stuck", "queued", 1, true, 90),
            ("dropped", "queued", 1, true, 90),
            ("unanswered", "queued", 1, true, 90),
        ],
    );
    assert_eq!(deliver(&app).await, 0);
    app.advance(Duration::seconds(113));
    assert_eq!(deliver(&app).await, 6);
    let rows = outbox(&app).await;
    assert_rows(&rows[2..3], &[("later", "queued", 2, true, 180)]);
    for row in [&rows[3], &rows[6], &rows[7], &rows[8]] {
        assert_eq!((row.state.as_str(), row.attempts, row.kept), ("sent", 2, (false, false)), "{row:?}");
    }
    app.advance(Duration::seconds(226));
    assert_eq!(deliver(&app).await, 2);
    assert_eq!(outbox(&app).await[2].state, "dead");

    // Counted at the other end: everybody once, except where the answer was lost, and that pair carries one Message-ID.
    let taken = server.taken();
    let mut to: Vec<&str> = taken.iter().filter_map(|mail| mail.to.split('@').next()).collect();
    to.sort_unstable();
    assert_eq!(to, ["dropped", "fine", "grey", "slow", "stuck", "unanswered", "unanswered"]);
    let different: BTreeSet<&str> = taken.iter().map(|mail| mail.message_id.as_str()).collect();
    assert_eq!(different.len(), 6);
    let fine = taken.iter().find(|mail| mail.to.starts_with("fine")).expect("arrived");
    for part in [
        "To: fine@firm.example",
        "From: \"Laoshan Pipeline\" <noreply@laoshan.example>",
        "@laoshan.example>",
        "Auto-Submitted: auto-generated",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
    ] {
        assert!(fine.text.contains(part), "{part}: {}", fine.text);
    }
    // Connections are kept: one to begin with, one after each that broke, and one for each that was given up as stuck or unsigned.
    assert!(server.connections() < 12, "{}", server.connections());
    app.finish().await;
}

#[actix_web::test]
async fn mail_is_sent_put_off_or_given_up_as_the_server_says_on_sqlite() {
    moods(Db::Sqlite).await;
}

#[actix_web::test]
async fn mail_is_sent_put_off_or_given_up_as_the_server_says_on_postgres() {
    moods(Db::Postgres).await;
}

#[actix_web::test]
async fn the_mail_server_is_told_who_we_are_and_a_wrong_password_there_buries_no_mail() {
    for (password, state) in [("right", "sent"), ("wrong", "queued")] {
        let server = MailServer::start();
        let url = server.url.replace("smtp://", &format!("smtp://post:{password}@"));
        let app = TestApp::start_with(Db::Sqlite, |config| {
            through(&server)(config);
            config.mail.smtp_url = url;
        })
        .await;
        send(&app, "fine@firm.example").await;
        assert_eq!(deliver(&app).await, 1);
        assert_eq!(outbox(&app).await[0].state, state, "{password}");
        app.finish().await;
    }
}

#[actix_web::test]
async fn mail_travels_encrypted_and_a_server_that_nobody_vouches_for_is_not_spoken_to() {
    for security in [Security::Wrapped, Security::StartTls] {
        for (trusted, state) in [(true, "sent"), (false, "queued")] {
            let server = MailServer::start_with(security);
            let app = TestApp::start_with(Db::Sqlite, |config| {
                through(&server)(config);
                if trusted {
                    config.mail.ca_file = AUTHORITY.into();
                }
            })
            .await;
            send(&app, "fine@firm.example").await;
            assert_eq!(deliver(&app).await, 1);
            assert_eq!((outbox(&app).await[0].state.as_str(), server.taken().len()), (state, usize::from(trusted)));
            app.finish().await;
        }
    }
    let mut config = TestApp::start(Db::Sqlite).await.app.config.clone();
    through(&MailServer::start_with(Security::Wrapped))(&mut config);
    config.mail.ca_file = "/nowhere/ca.pem".into();
    let refused = laoshan::platform::mail::Mailer::new(&config).err().expect("refused");
    assert!(refused.starts_with("mail.ca_file: "), "{refused}");
}

#[actix_web::test]
async fn a_server_that_cannot_be_reached_costs_one_attempt_of_one_mail_a_look() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("smtp://{}", nobody.local_addr().expect("an address"));
    drop(nobody);
    let app = TestApp::start_with(Db::Sqlite, |config| {
        config.mail.transport = MailTransport::Smtp;
        config.mail.smtp_url = url;
    })
    .await;
    for n in 0..3 {
        send(&app, &format!("fine-{n}@firm.example")).await;
    }
    assert_eq!(laoshan::platform::mail::deliver_until(&app.app, || false).await.expect("delivers"), 1);
    let attempts: i32 = outbox(&app).await.iter().map(|row| row.attempts).sum();
    assert_eq!(attempts, 1);
    app.finish().await;
}

#[actix_web::test]
async fn processes_that_deliver_at_once_send_every_mail_once() {
    for db in [Db::Sqlite, Db::Postgres] {
        let app = TestApp::start(db).await;
        for _ in 0..10 {
            send(&app, "fine@firm.example").await;
        }
        let tries = tokio::join!(deliver_due(&app.app), deliver_due(&app.app), deliver_due(&app.app));
        let tried = tries.0.expect("delivers") + tries.1.expect("delivers") + tries.2.expect("delivers");
        assert_eq!((tried, app.app.mailer.sent().len()), (10, 10));
        app.finish().await;
    }
}

#[actix_web::test]
async fn a_mail_whose_sender_died_is_taken_over_after_its_lease_and_a_bad_address_is_not_queued() {
    let app = TestApp::start(Db::Sqlite).await;
    send(&app, "fine@firm.example").await;
    let lease = |cx: &mut Cx| {
        let until = cx.now.plus(Duration::seconds(120));
        Ok(diesel::update(mails::table).set((mails::leased_until.eq(until), mails::attempts.eq(1))).execute(cx.conn)?)
    };
    app.app.door.system("test", lease).await.expect("leased");
    assert_eq!(deliver_due(&app.app).await.expect("delivers"), 0);
    app.advance(Duration::seconds(120));
    assert_eq!(deliver_due(&app.app).await.expect("delivers"), 1);

    let bad = |cx: &mut Cx| {
        let to = "a@b.cn\r\nBcc: c@d.cn";
        queue(cx, &MailOrder { to, template: "password_changed", lang: Lang::En, values: values() })
    };
    let refused = app.app.door.system("test", bad).await.expect_err("refused");
    assert_eq!(refused.fields[0].pointer, "/email");
    app.finish().await;
}

both! {
    async fn dead_letters_are_listed_and_sent_again_and_an_unusable_address_holds_up_nobody(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        send(app, "nobody at all").await;
        send(app, "fine@firm.example").await;
        let bury = |cx: &mut Cx| {
            let mine = mails::table.filter(mails::to_address.eq("fine@firm.example"));
            Ok(diesel::update(mine).set((mails::state.eq("dead"), mails::attempts.eq(12))).execute(cx.conn)?)
        };
        app.app.door.system("test", bury).await.expect("buried");
        send(app, "other@firm.example").await;
        assert_eq!(deliver(app).await, 1);

        let dead = admin.get("/mails?state=dead&count=true").await.expect(200);
        let shown: Vec<_> = dead["items"].as_array().expect("items").iter().map(|mail| &mail["to"]).collect();
        assert_eq!((shown, &dead["total"]), (vec![&json!("f***@firm.example"), &json!("***")], &json!(2)));
        let [fine, bad] = [0, 1].map(|n| dead["items"][n]["id"].as_str().expect("an id").to_owned());
        assert_eq!(dead["items"][1]["last_error"], "the address on record is no valid e-mail address");
        let warnings = admin.get("/health/ready").await.expect(200)["warnings"].clone();
        assert_eq!(warnings, json!(["2 dead letters wait for a person"]));

        let view = admin.get(&format!("/mails/{fine}")).await.expect(200);
        let href = format!("/api/v1/mails/{fine}/retry");
        let action = json!([{ "action": "mail.retry", "allowed": true, "method": "POST", "href": href }]);
        assert_eq!((&view["actions"], view.get("body")), (&action, None));
        let view = admin.get(&format!("/mails/{bad}")).await.expect(200);
        assert_eq!(view["actions"][0]["reason_code"], "invalid_transition");
        admin.post(&format!("/mails/{bad}/retry"), json!({})).await.refused(409, "invalid_transition");

        assert_eq!(admin.post("/mail-retries", json!({})).await.expect(200), json!({ "queued": 1 }));
        assert_eq!(deliver(app).await, 1);
        admin.post(&format!("/mails/{fine}/retry"), json!({})).await.refused(409, "invalid_transition");
        let sent: Vec<_> = app.app.mailer.sent().into_iter().map(|mail| mail.to).collect();
        assert_eq!(sent, ["other@firm.example", "fine@firm.example"]);
    }
}
