//! `laoshan jobs`, run as a program on a fresh folder, and what it shares with the list of jobs over the API.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

use crate::both;

fn laoshan(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_laoshan"))
        .args(args)
        .arg("--data-dir")
        .arg(folder)
        .output()
        .expect("the program runs")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn jobs_are_listed_run_and_explained_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let listed = laoshan(folder.path(), &["jobs", "list"]);
    assert_eq!(listed.status.code(), Some(0), "{}", words(&listed.stderr));
    let list: Value = serde_json::from_slice(&listed.stdout).expect("JSON");
    let all = list.as_array().expect("jobs");
    let digest = all.iter().find(|job| job["name"] == "messages.digest").expect("listed");
    assert_eq!((&digest["runs"], &digest["schedule"]), (&json!(0), &json!("每天 08:00（北京时间）")));

    let ran = laoshan(folder.path(), &["jobs", "run", "pool.check"]);
    let job: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    assert_eq!((&job["name"], &job["runs"], &job["last_error"]), (&json!("pool.check"), &json!(1), &Value::Null));

    let explained = laoshan(folder.path(), &["jobs", "explain", "pool.check"]);
    let said = words(&explained.stdout);
    assert!(said.starts_with("pool.check\n") && said.contains("It last finished at "), "{said}");
    let everything = words(&laoshan(folder.path(), &["jobs", "explain"]).stdout);
    assert_eq!(everything.lines().filter(|line| !line.starts_with(' ')).count(), all.len());

    for (args, exit, word) in [
        (vec!["jobs", "run", "coffee.make"], 1, "there is no job coffee.make"),
        (vec!["jobs", "explain", "coffee.make"], 1, "there are "),
        (vec!["jobs"], 2, "Usage"),
    ] {
        let output = laoshan(folder.path(), &args);
        assert_eq!(output.status.code(), Some(exit), "{args:?}");
        assert!(words(&output.stderr).contains(word), "{}", words(&output.stderr));
    }
}

#[test]
fn local_wording_that_cannot_be_used_is_refused_when_the_configuration_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let wording = folder.path().join("words");
    std::fs::create_dir_all(wording.join("zh-CN")).expect("a folder");
    std::fs::write(wording.join("zh-CN/digest.txt"), "Subject: {{ nme }}\n\nx").expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_laoshan"))
        .arg("check-config")
        .env("LAOSHAN__MAIL__TEMPLATES_DIR", &wording)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    let said = words(&output.stderr);
    assert!(
        said.contains("zh-CN/digest.txt: 用到了没有提供的变量 nme")
            && said.contains("speaks of nme; it may speak of name, site, link, count, lines, more"),
        "{said}"
    );
    assert!(words(&output.stdout).contains("templates_dir"));
}

both! {
    async fn the_list_of_jobs_says_what_each_does_and_how_it_stands(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let list = admin.get("/jobs").await.expect(200);
        let of = |list: &Value, name: &str| {
            list["items"].as_array().expect("items").iter().find(|job| job["name"] == name).cloned().expect("listed")
        };
        let remind = of(&list, "messages.remind");
        assert_eq!(
            (&remind["about"], &remind["schedule"], &remind["explanation"]),
            (
                &json!("reminds of deadlines that come near, and tells those in charge of what is late"),
                &json!("daily at 07:00, China Standard Time"),
                &json!("has not run yet; the worker's next look runs it"),
            )
        );
        laoshan::jobs::run_due(&app.app).await.expect("the jobs run");
        let list = admin.get("/jobs").await.expect(200);
        let explained = of(&list, "messages.remind")["explanation"].clone();
        assert_eq!(explained, "last finished at 2026-03-02T01:00:00.000000Z; due again at 2026-03-02T23:00:00.000000Z");
        let asked = admin.post("/jobs/messages.remind/runs", json!({})).await.expect(200);
        assert_eq!(asked["next_run_at"], "2026-03-02T01:00:00.000000Z");
        assert_eq!(laoshan::jobs::run_due(&app.app).await.expect("the jobs run"), 1);
        admin.post("/jobs/coffee.make/runs", json!({})).await.refused(404, "not_found");
    }
}
