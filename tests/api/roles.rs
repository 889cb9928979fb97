//! Every operation driven as every role, compared with the committed matrix: a permission that changes shows up in review.
//!
//! Paths get an id that exists nowhere and bodies are empty, so nothing changes: what is seen is who gets past the policy (404,
//! 400, 422, 2xx ..) and who does not (401, 403). `make matrix` rewrites the file after an intended change.

use laoshan::platform::policy::Role;
use serde_json::Value;
use std::path::Path;

use crate::support::{Db, Reply, TestApp, TestUser};

const FILE: &str = "tests/api/role-matrix.txt";
const NOWHERE: &str = "00000000-0000-7000-8000-000000000000";

async fn caller(app: &TestApp, role: Option<Role>) -> TestUser {
    match role {
        None => app.anonymous(),
        Some(role) => app.user(&[role]).await,
    }
}

async fn matrix(db: Db) -> String {
    let app = TestApp::start(db).await;
    let document: Value = serde_json::to_value(laoshan::server::openapi()).expect("plain data");
    let columns: Vec<Option<Role>> = std::iter::once(None).chain(Role::ALL.iter().copied().map(Some)).collect();
    let mut out = String::from("# operation: status without sign-in, then as");
    for role in Role::ALL {
        out += &format!(" {role}");
    }
    out.push('\n');
    let mut people = Vec::new();
    for column in &columns {
        people.push(caller(&app, *column).await);
    }
    for (path, item) in document["paths"].as_object().expect("paths") {
        let place = path.trim_start_matches("/api/v1");
        let place = place
            .split('/')
            .map(|part| if part.starts_with('{') { NOWHERE } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for (method, operation) in item.as_object().expect("operations") {
            out += &format!("{}:", operation["operationId"].as_str().expect("a name"));
            for (column, person) in columns.iter().zip(&mut people) {
                // What works on the caller's own account may end their session: a fresh person for each.
                if ["/auth", "/me", "/users"].iter().any(|p| place.starts_with(p)) {
                    *person = caller(&app, *column).await;
                }
                let mut request = person.request(&method.to_uppercase(), &place);
                if method != "get" {
                    request = request.header("if-match", "\"1\"").json(&serde_json::json!({}));
                }
                out += &format!(" {}", Reply::of(request).await.status);
            }
            out.push('\n');
        }
    }
    app.finish().await;
    out
}

fn compare(now: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("LAOSHAN_UPDATE_MATRIX").is_some() {
        std::fs::write(&file, now).expect("the matrix is written");
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let changed: Vec<_> = now.lines().filter(|line| !committed.lines().any(|c| c == *line)).collect();
    assert!(
        committed == now,
        "{FILE} differs; if this is intended run `make matrix` and commit it:\n{}",
        changed.join("\n")
    );
}

#[actix_web::test]
async fn every_role_meets_the_committed_answers_on_sqlite() {
    compare(&matrix(Db::Sqlite).await);
}

#[actix_web::test]
async fn every_role_meets_the_committed_answers_on_postgres() {
    compare(&matrix(Db::Postgres).await);
}
