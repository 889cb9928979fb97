//! What holds for every request, whatever it is about.

use laoshan::platform::policy::Role;

use crate::both;
use crate::support::{Db, TestApp};

both! {
    async fn a_refusal_is_a_problem_in_the_readers_language(app) {
        let nobody = app.anonymous();
        let body = nobody.get("/audit-events").await.refused(401, "unauthenticated");
        assert_eq!(body["title"], "sign in first");
        assert_eq!(body["type"], "/problems/unauthenticated");
        let zh = crate::support::Reply::of(
            nobody.http.get(format!("{}/audit-events", nobody.base)),
        ).await;
        assert_eq!(zh.header("content-type"), "application/problem+json");
        assert_eq!(zh.header("x-request-id"), zh.body["request_id"].as_str().unwrap_or("-"));
        zh.refused(401, "unauthenticated");
    }

    async fn errors_that_actix_makes_are_problems_too(app) {
        let officer = app.user(&[Role::Officer]).await;
        officer.get("/nowhere").await.refused(404, "not_found");
        officer.post("/health/live", serde_json::json!({})).await.refused(404, "not_found");
    }

    async fn a_role_that_may_never_is_403_and_an_auditor_reads_the_trail(app) {
        app.user(&[Role::Officer]).await.get("/audit-events").await.refused(403, "forbidden");
        let auditor = app.user(&[Role::Auditor]).await;
        let page = auditor.get("/audit-events?limit=1&count=true&subject_kind=key").await.expect(200);
        assert_eq!(page["total"], 2, "the two first keys of the ring");
        assert_eq!(page["items"][0]["action"], "key.make");
        let next = page["next"].as_str().expect("a second page");
        let rest = auditor.get(&format!("/audit-events?limit=1&subject_kind=key&cursor={next}")).await.expect(200);
        assert!(rest["next"].is_null() && rest["items"][0]["id"] != page["items"][0]["id"]);
        auditor.get("/audit-events?limit=0&cursor=%21").await.faults(&[("limit", "out_of_range"), ("cursor", "format")]);
        auditor.get("/audit-events?colour=red").await.refused(400, "malformed_request");
    }

    async fn a_list_costs_the_same_statements_for_one_row_and_for_three(app) {
        let auditor = app.user(&[Role::Auditor]).await;
        let one = app.statements(auditor.get("/audit-events?limit=1")).await;
        let more = app.statements(auditor.get("/audit-events?limit=200")).await;
        assert_eq!(one, more);
    }

    async fn the_api_document_and_its_viewer_are_served_and_a_missing_calendar_is_warned_about(app) {
        let nobody = app.anonymous();
        assert_eq!(nobody.get("/openapi.json").await.expect(200)["openapi"], "3.1.0");
        assert_eq!(nobody.get("/health/ready").await.expect(200)["warnings"], serde_json::json!([]));
        nobody.get("/demo/clock").await.refused(404, "not_found");
        app.advance_to("2026-11-10T01:00:00Z");
        let warned = nobody.get("/health/ready").await.expect(200);
        assert_eq!(warned["warnings"][0], "no holiday calendar for 2027: working days count weekends only and are provisional");
    }
}

#[actix_web::test]
async fn a_body_that_never_ends_is_cut_off_with_a_problem() {
    use std::io::{Read, Write};
    let app = TestApp::start_with(Db::Sqlite, |config| config.limits.request_seconds = 1).await;
    let host = app.base.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
    let talk = move || {
        let mut line = std::net::TcpStream::connect(&host).expect("connects");
        let head = "POST /api/v1/public/self-checks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";
        line.write_all(head.as_bytes()).and_then(|()| line.write_all(b"{")).expect("sends");
        let mut answer = String::new();
        line.read_to_string(&mut answer).expect("an answer, and the line is closed after it");
        answer
    };
    let answer = tokio::task::spawn_blocking(talk).await.expect("the client ends");
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("\"request_timeout\""), "{answer}");
    app.finish().await;
}
