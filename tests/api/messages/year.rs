//! A year on a clock that moves, with nobody at the desk: everything that happens by itself does, once.

use chrono::Duration;
use diesel::prelude::*;
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::schema::{audit_checkpoints, key_ring, mails, messages};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::applications::world::World;
use crate::support::letters::Letters;
use crate::support::{Db, TestApp};

async fn run(app: &TestApp) {
    laoshan::jobs::run_due(&app.app).await.expect("the jobs run");
}

/// Name to number of runs, and nobody's run has failed.
async fn runs(app: &TestApp) -> BTreeMap<String, i64> {
    let admin = app.user(&[Role::SystemAdmin]).await;
    let list = admin.get("/jobs").await.expect(200);
    let row = |job: &Value| {
        assert_eq!(job["last_error"], Value::Null, "{job}");
        (job["name"].as_str().expect("a name").to_owned(), job["runs"].as_i64().expect("a number"))
    };
    list["items"].as_array().expect("items").iter().map(row).collect()
}

async fn a_year(db: Db, days_a_step: i64) {
    let app = TestApp::start_with(db, |config| config.audit.retention_days = 184).await;
    let world = World::new(&app).await;
    let colleague = app.user(&[Role::Officer]).await;
    let round = world.round(json!({})).await;
    let (lazy, busy, slow) = (world.firm().await, world.firm().await, world.firm().await);
    world.draft(&round, &lazy).await;
    world.submitted(&round, &busy).await;
    let returned = world.submitted(&round, &slow).await;
    let people = [&lazy.owner, &busy.owner, &slow.owner, &world.officer, &world.approver, &colleague];
    let mut letters = Letters::default();
    let steps = 365 / days_a_step;
    for step in 0..=steps {
        letters.run(&app).await;
        if app.now().date_naive().to_string() == "2026-04-02" {
            // The round has closed by itself; somebody begins the formal review and sends one back, then all are away again.
            world.step(&round, "formal-review").await;
            let items = json!({"items": [{"section": "summary", "remark": "请补充"}]});
            world.officer.post(&format!("/applications/{returned}/return"), items).await.expect(200);
        }
        if step < steps {
            app.advance(Duration::days(days_a_step));
        }
    }
    let of = |n: usize| letters.of(people[n]);
    if days_a_step == 1 {
        assert_eq!(of(0), [("2026-03-24", "draft_due"), ("2026-03-28", "draft_due"), ("2026-03-30", "draft_due")]);
        assert_eq!(of(1), [("2026-03-02", "application_received")]);
        // Returned on 2 April for five working days with Tomb-Sweeping Day among them: due on the 10th, rejected on the 11th.
        assert_eq!(
            of(2),
            [
                ("2026-03-02", "application_received"),
                ("2026-04-03", "application_returned"),
                ("2026-04-03", "return_due"),
                ("2026-04-07", "return_due"),
                ("2026-04-09", "return_due"),
                ("2026-04-11", "application_rejected"),
            ]
        );
        // What came in on 2 March was mailed that morning, the closing on the first working morning after it.
        assert_eq!(of(3), [("2026-03-02", "digest"), ("2026-04-01", "digest")]);
        assert_eq!(of(3), of(5));
        assert!(of(4).is_empty());
    }
    let first = runs(&app).await;
    assert!(first.values().all(|runs| *runs == steps + 1), "{first:?}");

    // Nothing runs for a month; then everything is caught up once.
    app.advance(Duration::days(30));
    run(&app).await;
    let caught_up = runs(&app).await;
    assert!(caught_up.iter().all(|(name, runs)| *runs == first[name] + 1), "{caught_up:?}");

    let (kept, told, keys, checkpoints) = app
        .app
        .door
        .peek("test", |cx: &mut Cx| {
            Ok((
                mails::table.count().get_result::<i64>(cx.conn)?,
                messages::table.count().get_result::<i64>(cx.conn)?,
                key_ring::table.filter(key_ring::purpose.eq("sign")).count().get_result::<i64>(cx.conn)?,
                audit_checkpoints::table.count().get_result::<i64>(cx.conn)?,
            ))
        })
        .await
        .expect("counted");
    assert_eq!((kept, told), (0, 0), "what is older than the retention is gone");
    assert_eq!(keys, 5, "a signing key lives 90 days");
    assert!(checkpoints > 0);
    app.finish().await;
}

#[actix_web::test]
async fn a_year_goes_by_with_every_job_on_its_day_and_a_pause_is_caught_up_once_on_sqlite() {
    a_year(Db::Sqlite, 1).await;
}

#[actix_web::test]
async fn a_year_goes_by_with_every_job_on_its_day_and_a_pause_is_caught_up_once_on_postgres() {
    a_year(Db::Postgres, 5).await;
}
