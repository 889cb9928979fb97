//! The console: how its pages are served, and each role's day in a real browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::both;
use crate::support::{Db, Reply, TestApp, TestUser};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

async fn page(nobody: &TestUser, path: &str) -> Reply {
    let site = nobody.base.trim_end_matches("/api/v1");
    Reply::of(nobody.http.get(format!("{site}{path}"))).await
}

both! {
    async fn every_address_that_is_no_file_opens_the_console_and_the_api_keeps_its_own(app) {
        let nobody = app.anonymous();
        for path in ["/", "/queue?state=submitted", "/applications/some-id/form"] {
            let answer = page(&nobody, path).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
            assert_eq!(answer.header("cache-control"), "no-store");
            // Built or not, it is a page for people.
            assert!(answer.text.contains("<html"), "{path}");
        }
        for path in ["/api/nope", "/api/v1/nope", "/docs-not", "/assets/gone.js", "/app.css"] {
            let answer = page(&nobody, path).await;
            if path == "/docs-not" {
                assert_eq!(answer.status, 200, "a page of the console that will say it does not exist");
            } else {
                answer.refused(404, "not_found");
            }
        }
        let site = nobody.base.trim_end_matches("/api/v1").to_owned();
        Reply::of(nobody.http.post(format!("{site}/queue"))).await.refused(404, "not_found");
    }

    async fn a_built_page_runs_no_inline_script_and_its_files_are_kept_for_good(app) {
        if !root().join("web/dist/index.html").is_file() {
            eprintln!("SKIPPED: the console is not built (make console)");
            return;
        }
        let nobody = app.anonymous();
        let first = page(&nobody, "/").await;
        let second = page(&nobody, "/").await;
        let policy = first.header("content-security-policy").to_owned();
        assert_ne!(policy, second.header("content-security-policy"), "every page has a nonce of its own");
        assert!(policy.contains("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        assert!(first.text.contains(&format!("nonce=\"{nonce}\"")) && !first.text.contains("__"), "{}", first.text);
        assert!(first.text.contains("data-demo=\"false\""), "{}", first.text);

        let script = first.text.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a script");
        let plain = page(&nobody, script).await;
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!((plain.status, plain.header("content-type")), (200, "text/javascript; charset=utf-8"));
        let site = nobody.base.trim_end_matches("/api/v1").to_owned();
        let packed = nobody.http.get(format!("{site}{script}")).header("accept-encoding", "gzip, br;q=1.0").send().await;
        let packed = packed.expect("an answer");
        assert_eq!(packed.headers()["content-encoding"], "br");
        assert!(packed.bytes().await.expect("bytes").len() * 2 < plain.text.len());
    }
}

/// What a browser needs, or which part is missing. `make test` puts all of it in place and says so in LAOSHAN_BROWSER.
fn missing() -> Option<&'static str> {
    let found = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|out| out.status.success());
    let web = root().join("web");
    if !web.join("dist/index.html").is_file() || !web.join("node_modules/playwright-core").is_dir() {
        Some("the console is not built: make console")
    } else if !found("node") {
        Some("there is no Node")
    } else if !found("chromium") {
        Some("there is no Chromium: scripts/setup test")
    } else {
        None
    }
}

async fn every_role_has_its_day(db: Db, languages: &str) {
    if let Some(what) = missing() {
        assert!(std::env::var_os("LAOSHAN_BROWSER").is_none(), "{what}");
        eprintln!("SKIPPED, no browser was driven: {what}");
        return;
    }
    let test = TestApp::start_demo(db).await;
    // As in the demo itself the clock does its work, and a letter is a file.
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = actix_web::rt::spawn(laoshan::jobs::poll(test.app.clone(), stopped));
    let site = test.base.trim_end_matches("/api/v1").to_owned();
    let shots = root().join("target/console").join(format!("{db:?}").to_lowercase());
    let run = actix_web::web::block({
        let (languages, shots, mail) = (languages.to_owned(), shots.clone(), test.data_dir.path().join("mail"));
        move || {
            Command::new("node")
                .arg("e2e/run.mjs")
                .current_dir(root().join("web"))
                .env("LAOSHAN_URL", site)
                .env("LAOSHAN_LANGUAGES", languages)
                .env("LAOSHAN_SHOTS", shots)
                .env("LAOSHAN_MAIL", mail)
                .output()
        }
    });
    let output = run.await.expect("not cancelled").expect("node runs");
    stop.send(true).expect("the worker listens");
    worker.await.expect("the worker ends");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{complained}\nscreenshots: {}", shots.display());
    println!("{said}");
    test.finish().await;
}

#[actix_web::test]
async fn every_role_has_its_day_in_a_browser_on_sqlite() {
    every_role_has_its_day(Db::Sqlite, "zh-CN,en").await;
}

#[actix_web::test]
async fn every_role_has_its_day_in_a_browser_on_postgres() {
    every_role_has_its_day(Db::Postgres, "zh-CN").await;
}
