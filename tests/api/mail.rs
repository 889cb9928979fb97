//! The outbox against a mail server that has its moods.

use chrono::Duration;
use diesel::prelude::*;
use laoshan::platform::config::MailTransport;
use laoshan::platform::door::Cx;
use laoshan::platform::mail::{MailOrder, deliver_due, queue};
use laoshan::platform::text::Lang;
use laoshan::schema::mails;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::support::{Db, TestApp};

/// Speaks just enough SMTP (RFC 5321) to take, put off or refuse a mail by its address, and keeps what it was given.
fn mail_server() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let taken = Arc::new(Mutex::new(Vec::new()));
    let kept = taken.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let kept = kept.clone();
            std::thread::spawn(move || converse(stream, &kept));
        }
    });
    (url, taken)
}

fn converse(stream: TcpStream, kept: &Mutex<Vec<String>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut say = |words: &str| out.write_all(format!("{words}\r\n").as_bytes()).ok();
    say("220 test")?;
    while let Some(Ok(line)) = lines.next() {
        match line.to_ascii_uppercase() {
            l if l.starts_with("RCPT TO:<REFUSED") => say("550 no such person")?,
            l if l.starts_with("RCPT TO:<LATER") => say("451 come back")?,
            l if l.starts_with("RCPT TO:<UNSIGNED") => say("530 authentication required")?,
            l if l == "DATA" => {
                say("354 go on")?;
                let text: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                kept.lock().expect("nobody panicked").push(text.join("\n"));
                say("250 taken")?;
            }
            _ => say("250 fine")?,
        }
    }
    Some(())
}

async fn send(app: &TestApp, to: &'static str) {
    let order = move |cx: &mut Cx| {
        let values = json!({ "name": "韩梅梅", "code": "12345678", "minutes": 30, "site": "http://laoshan.example" });
        queue(cx, &MailOrder { to, template: "password_reset", lang: Lang::Zh, values })
    };
    app.app.door.system("test", order).await.expect("queued");
}

/// State, attempts, whether the text is still kept, and seconds until the next attempt.
async fn outbox(app: &TestApp) -> Vec<(String, String, i32, bool, i64)> {
    type Row = (String, String, i32, String, laoshan::platform::types::Stamp);
    let read = |cx: &mut Cx| {
        let columns = (mails::to_address, mails::state, mails::attempts, mails::body, mails::next_attempt_at);
        let rows: Vec<Row> = mails::table.select(columns).order(mails::id).load(cx.conn)?;
        let view = |(to, state, attempts, body, next): Row| {
            (to, state, attempts, !body.is_empty(), (next.utc() - cx.now.utc()).num_seconds().max(0))
        };
        Ok(rows.into_iter().map(view).collect())
    };
    app.app.door.peek("test", read).await.expect("rows")
}

fn row(to: &str, state: &str, attempts: i32, kept: bool, wait: i64) -> (String, String, i32, bool, i64) {
    (to.to_owned(), state.to_owned(), attempts, kept, wait)
}

async fn story(db: Db) {
    let (url, taken) = mail_server();
    let app = TestApp::start_with(db, |config| {
        config.mail.transport = MailTransport::Smtp;
        config.mail.smtp_url = url;
        config.mail.max_attempts = 3;
    })
    .await;
    for to in ["fine@firm.example", "refused@firm.example", "later@firm.example", "unsigned@firm.example"] {
        send(&app, to).await;
    }
    assert_eq!(deliver_due(&app.app).await.expect("delivers"), 4);
    assert_eq!(
        outbox(&app).await,
        [
            row("fine@firm.example", "sent", 1, false, 0),
            row("refused@firm.example", "dead", 1, true, 90),
            row("later@firm.example", "queued", 1, true, 90),
            // A reply about our own account at the server buries nobody's mail.
            row("unsigned@firm.example", "queued", 1, true, 90),
        ]
    );
    assert_eq!(deliver_due(&app.app).await.expect("delivers"), 0);
    app.advance(Duration::seconds(90));
    assert_eq!(deliver_due(&app.app).await.expect("delivers"), 2);
    assert_eq!(outbox(&app).await[2], row("later@firm.example", "queued", 2, true, 180));
    app.advance(Duration::seconds(180));
    assert_eq!(deliver_due(&app.app).await.expect("delivers"), 2);
    assert_eq!(outbox(&app).await[2].1, "dead");

    let taken = taken.lock().expect("nobody panicked").clone();
    assert_eq!(taken.len(), 1);
    for part in ["To: fine@firm.example", "From: \"Laoshan Pipeline\" <noreply@laoshan.example>", "@laoshan.example>"] {
        assert!(taken[0].contains(part), "{}", taken[0]);
    }
    app.finish().await;
}

#[actix_web::test]
async fn mail_is_sent_put_off_or_given_up_as_the_server_says_on_sqlite() {
    story(Db::Sqlite).await;
}

#[actix_web::test]
async fn mail_is_sent_put_off_or_given_up_as_the_server_says_on_postgres() {
    story(Db::Postgres).await;
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
        queue(cx, &MailOrder { to, template: "password_changed", lang: Lang::En, values: json!({}) })
    };
    let refused = app.app.door.system("test", bad).await.expect_err("refused");
    assert_eq!(refused.fields[0].pointer, "/email");
    let gap = |cx: &mut Cx| {
        let order = MailOrder { to: "a@b.cn", template: "password_changed", lang: Lang::En, values: json!({}) };
        queue(cx, &order)
    };
    assert!(app.app.door.system("test", gap).await.is_err());
    app.finish().await;
}
