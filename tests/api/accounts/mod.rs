//! Accounts: registration, sign-in, sessions, passwords, roles.

mod command;
mod passwords;
mod registration;
mod sessions;
mod users;

use laoshan::accounts::service::users::{Credential, NewAccount, create_user};
use laoshan::enterprises::rules::credit_code::check_digit_of;
use laoshan::platform::door::Cx;
use laoshan::platform::mail::{SentMail, deliver_due};
use laoshan::platform::policy::Role;
use laoshan::platform::text::Lang;
use serde_json::{Value, json};

use crate::support::{Reply, TestApp, TestUser};

const PASSWORD: &str = "Laoshan-demo-2026";
const OTHER: &str = "Fushan-bay-2027!";

/// A person with a password, as the command line makes them.
async fn account(app: &TestApp, email: &str, roles: &[Role]) {
    let hash = app.app.hasher.hash(PASSWORD).await.expect("hashes");
    let (inner, roles, email) = (app.app.clone(), roles.to_vec(), email.to_owned());
    let make = move |cx: &mut Cx| {
        let account = NewAccount {
            email: email.clone(),
            name: "Han Meimei".into(),
            mobile: None,
            lang: Lang::En,
            roles: roles.clone(),
        };
        create_user(cx, &inner, &account, Credential::Password(&hash))
    };
    app.app.door.system("test", make).await.expect("an account");
}

async fn try_sign_in(person: &TestUser, email: &str, password: &str) -> Reply {
    person.post("/auth/sessions", json!({ "email": email, "password": password })).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> TestUser {
    let mut person = app.anonymous();
    let answer = try_sign_in(&person, email, password).await.expect(200);
    person.token = answer["access_token"].as_str().map(str::to_owned);
    person
}

/// Every mail so far, once the outbox is empty.
async fn mails(app: &TestApp) -> Vec<SentMail> {
    deliver_due(&app.app).await.expect("mail is delivered");
    app.app.mailer.sent()
}

/// The code in the newest mail to this address.
async fn code_for(app: &TestApp, email: &str) -> String {
    let mails = mails(app).await;
    let mail = mails.iter().rev().find(|mail| mail.to == email).expect("a mail");
    let code = mail.body.lines().find_map(|line| line.strip_prefix("Code: "));
    code.expect("a code in the mail").to_owned()
}

/// A valid unified social credit code of a company in Laoshan.
fn credit_code(n: u32) -> String {
    let first17 = format!("91370212MA{n:07}");
    let check = check_digit_of(&first17).expect("letters of the code's alphabet");
    format!("{first17}{check}")
}

fn registration(email: &str, code: &str) -> Value {
    json!({
        "credit_code": code,
        "enterprise_name": "青岛未来产业示例有限公司",
        "name": "韩梅梅",
        "mobile": "13812345678",
        "email": email,
        "password": PASSWORD,
        "notice_version": "2026-01",
        "consent": true,
        "lang": "en",
    })
}

/// What a caller can tell answers apart by.
fn seen(reply: Reply) -> (u16, Value) {
    let mut body = reply.body;
    if let Some(members) = body.as_object_mut() {
        members.remove("request_id");
    }
    (reply.status, body)
}
