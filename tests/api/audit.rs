//! The audit trail tells everything that happened, and shows when it was touched.

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use laoshan::platform::conn::Conn;
use laoshan::platform::policy::Role;
use laoshan::platform::trail::{Changes, Event, Subject};
use serde_json::Value;

use crate::both;
use crate::support::{TestApp, TestUser};

/// A history of three events each for four subjects, and a day's checkpoint over it.
async fn history(app: &TestApp) -> TestUser {
    for n in 1..=3 {
        app.app
            .door
            .system("test", move |cx| {
                for subject in ["a", "b", "c", "d"] {
                    let changes = Changes::default().field("n", n - 1, n);
                    cx.record(Event::on(Subject::new("thing", subject)).action("thing.change").changes(changes));
                }
                Ok(())
            })
            .await
            .expect("events are written");
    }
    app.advance(Duration::days(1));
    laoshan::jobs::run_due(&app.app).await.expect("jobs run");
    app.user(&[Role::Auditor]).await
}

async fn verify(auditor: &TestUser) -> (bool, Vec<(String, String, i64)>) {
    let view = auditor.post("/audit-verifications", Value::Null).await.expect(200);
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let faults = view["faults"].as_array().expect("a list").iter();
    let faults = faults.map(|f| (text(&f["fault"]), text(&f["subject_id"]), f["seq"].as_i64().unwrap_or_default()));
    (view["intact"].as_bool().expect("a verdict"), faults.collect())
}

/// What somebody with the database in hand could do.
async fn tamper(app: &TestApp, sql: &'static str) {
    app.app
        .door
        .system("test", move |cx| match &mut *cx.conn {
            Conn::Sqlite(c) => Ok(c.batch_execute(sql)?),
            Conn::Pg(c) => Ok(c.batch_execute(sql)?),
        })
        .await
        .expect("the database obeys");
}

fn found(fault: &str, subject: &str, seq: i64) -> (String, String, i64) {
    (fault.to_owned(), subject.to_owned(), seq)
}

both! {
    async fn an_untouched_trail_is_intact(app) {
        let auditor = history(app).await;
        assert_eq!(verify(&auditor).await, (true, vec![]));
    }

    async fn a_changed_event_is_found(app) {
        let auditor = history(app).await;
        tamper(app, "UPDATE audit_events SET reason = 'other' WHERE subject_id = 'b' AND seq = 2").await;
        assert_eq!(verify(&auditor).await, (false, vec![found("changed", "b", 2)]));
    }

    async fn a_removed_event_is_found(app) {
        let auditor = history(app).await;
        tamper(app, "DELETE FROM audit_events WHERE subject_id = 'b' AND seq = 2").await;
        assert_eq!(verify(&auditor).await, (false, vec![found("gap", "b", 3), found("chain", "b", 3)]));
    }

    async fn a_removed_last_event_is_found(app) {
        let auditor = history(app).await;
        tamper(app, "DELETE FROM audit_events WHERE subject_id = 'c' AND seq = 3").await;
        assert_eq!(verify(&auditor).await, (false, vec![found("missing_end", "c", 3)]));
    }

    async fn a_wholly_removed_history_is_found(app) {
        let auditor = history(app).await;
        tamper(app, "DELETE FROM audit_events WHERE subject_id = 'd'").await;
        assert_eq!(verify(&auditor).await, (false, vec![found("missing_history", "d", 3)]));
    }

    async fn a_history_removed_with_its_checkpoints_is_found_by_the_files_outside(app) {
        let auditor = history(app).await;
        tamper(app, "DELETE FROM audit_events WHERE subject_id = 'd'; DELETE FROM audit_checkpoints").await;
        let (intact, faults) = verify(&auditor).await;
        assert!(!intact && faults.contains(&found("missing_history", "d", 3)), "{faults:?}");
        assert!(faults.contains(&found("checkpoint_gap", "1", 1)), "{faults:?}");
    }

    async fn a_forged_checkpoint_is_found(app) {
        let auditor = history(app).await;
        tamper(app, "UPDATE audit_checkpoints SET document = replace(document, '\"seq\":3', '\"seq\":2')").await;
        let (intact, faults) = verify(&auditor).await;
        assert!(!intact && faults.contains(&found("signature", "1", 1)), "{faults:?}");
    }

    async fn a_day_without_events_makes_no_checkpoint_and_missed_days_are_caught_up_once(app) {
        let _auditor = history(app).await;
        app.advance(Duration::days(30));
        assert!(laoshan::jobs::run_due(&app.app).await.expect("jobs run") > 0);
        assert_eq!(laoshan::jobs::run_due(&app.app).await.expect("jobs run"), 0, "each job once, however long the pause");
        let runs = app.app.door.peek("test", |cx| {
            use laoshan::schema::jobs::dsl::{jobs, name, runs};
            Ok(jobs.filter(name.eq("audit.checkpoint")).select(runs).first::<i64>(cx.conn)?)
        }).await.expect("a row");
        assert_eq!(runs, 2);
    }
}
