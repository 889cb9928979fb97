//! The words of letters: what is in force, what is tried out, what is refused.

use laoshan::platform::policy::Role;
use serde_json::json;

use crate::both;
use crate::support::{Db, TestApp};

both! {
    async fn a_letter_is_shown_with_made_up_values_and_a_wording_is_tried_before_it_is_used(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let list = admin.get("/mail-templates").await.expect(200);
        let reset = list["items"].as_array().expect("items").iter().find(|t| t["name"] == "password_reset");
        let expected = json!({ "name": "password_reset", "title": "password reset", "values": ["name", "site", "code", "minutes"], "replaced_by": [] });
        assert_eq!((reset, &list["problems"]), (Some(&expected), &json!([])));

        let titles: Vec<_> = list["items"].as_array().expect("items").iter().filter(|t| t["title"] == t["name"]).collect();
        assert!(titles.is_empty(), "every letter is called something: {titles:?}");
        let preview = "/mail-templates/password_reset/preview";
        let shown = admin.post(preview, json!({ "lang": "zh-CN" })).await.expect(200);
        assert_eq!(shown["subject"], "https://laoshan.example 重置密码验证码");
        assert!(shown["text"].as_str().expect("text").contains("验证码：12345678"));
        assert!(shown["html"].as_str().expect("html").contains("<html lang=\"zh-CN\">"));

        let own = json!({ "text": "Subject: Hello {{ name }}\n\nCode {{ code }}", "html": "<p>{{ code }}</p>" });
        let shown = admin.post(preview, own).await.expect(200);
        assert_eq!(shown, json!({ "subject": "Hello Han Meimei", "text": "Code 12345678\n", "html": "<p>12345678</p>" }));

        for (body, pointer, words) in [
            (json!({ "text": "Hello" }), "/text", "begins with `Subject: ..`"),
            (json!({ "text": "Subject: x\n\n{% if %}" }), "/text", "line 1: "),
            (json!({ "text": "Subject: x\n\n{{ password }}" }), "/text", "speaks of password; it may speak of name, site, code, minutes"),
            (json!({ "html": "{{ code" }), "/html", "line 1: "),
        ] {
            let refused = admin.post(preview, body).await.faults(&[(pointer, "format")]);
            let said = refused["errors"][0]["detail"].as_str().expect("words").to_owned();
            assert!(said.contains(words), "{said}");
        }
        admin.post("/mail-templates/nothing/preview", json!({})).await.refused(404, "not_found");
        admin.post(preview, json!({ "txt": "x" })).await.refused(400, "malformed_json");
    }
}

#[actix_web::test]
async fn local_wording_that_does_not_compile_is_named_and_mail_goes_out_in_the_built_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("en")).expect("a folder");
    std::fs::write(folder.path().join("en/password_changed.txt"), "Subject: x\n\n{{ name").expect("a file");
    std::fs::write(folder.path().join("en/invitation.txt"), "Subject: Come in\n\n{{ code }}").expect("a file");
    let app = TestApp::start_with(Db::Sqlite, |config| config.mail.templates_dir = folder.path().to_owned()).await;
    let admin = app.user(&[Role::SystemAdmin]).await;
    let list = admin.get("/mail-templates").await.expect(200);
    assert_eq!(list["problems"][0]["file"], "en/password_changed.txt");
    let invitation = list["items"].as_array().expect("items").iter().find(|t| t["name"] == "invitation");
    assert_eq!(invitation.expect("listed")["replaced_by"], json!(["en/invitation.txt"]));
    let ready = admin.get("/health/ready").await.expect(200);
    assert_eq!(ready["warnings"], json!(["1 files of local wording cannot be used; the built-in words stand in"]));

    let body = json!({ "email": "li@test.example", "name": "Li", "lang": "en" });
    admin.post("/users", body).await.expect(201);
    laoshan::platform::mail::deliver_due(&app.app).await.expect("delivers");
    let sent = app.app.mailer.sent();
    assert_eq!((sent.len(), sent[0].subject.as_str()), (1, "Come in"));
    app.finish().await;
}
