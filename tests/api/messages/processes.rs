//! Several processes on one PostgreSQL, and one of them killed in the middle of its work.

use laoshan::platform::door::Cx;
use laoshan::platform::mail::{MailOrder, queue};
use laoshan::platform::text::Lang;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::server::MailServer;
use crate::support::{Db, TestApp};

const MAILS: usize = 2_000;

/// Killed when the test ends, however it ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(app: &TestApp, server: &MailServer, data_dir: &std::path::Path) -> Process {
    let child = Command::new(env!("CARGO_BIN_EXE_laoshan"))
        .args(["serve", "--bind", "127.0.0.1:0", "--data-dir"])
        .arg(data_dir)
        .env("LAOSHAN__DATABASE__URL", &app.app.config.database.url)
        .env("LAOSHAN__DATABASE__MIGRATE", "false")
        .env("LAOSHAN__DATABASE__POOL_SIZE", "3")
        .env("LAOSHAN__SECURITY__MASTER_KEY_FILE", &app.app.config.security.master_key_file)
        .env("LAOSHAN__MAIL__TRANSPORT", "smtp")
        .env("LAOSHAN__MAIL__SMTP_URL", &server.url)
        .env("LAOSHAN__JOBS__POLL_MILLIS", "100")
        .env("LAOSHAN__JOBS__LEASE_SECONDS", "4")
        .env("LAOSHAN__LOG__FILTER", "error")
        .stdout(Stdio::null())
        .spawn()
        .expect("the server starts");
    Process(child)
}

/// Waits until so many different mails have come in; answers with how often each did.
fn wait_for(server: &MailServer, mails: usize, processes: &mut [&mut Process]) -> BTreeMap<String, usize> {
    let begun = Instant::now();
    loop {
        let mut count = BTreeMap::new();
        for arrival in server.taken() {
            *count.entry(arrival.message_id).or_insert(0) += 1;
        }
        if count.len() >= mails {
            return count;
        }
        for process in processes.iter_mut() {
            assert!(process.0.try_wait().expect("a status").is_none(), "a process ended by itself");
        }
        assert!(begun.elapsed() < Duration::from_secs(600), "{} of {mails} have come in", count.len());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[actix_web::test]
async fn two_processes_deliver_two_thousand_mails_and_killing_one_repeats_at_most_the_mail_in_its_hands() {
    let server = MailServer::start();
    let app = TestApp::start(Db::Postgres).await;
    let order = |cx: &mut Cx| {
        for n in 0..MAILS {
            let to = format!("person-{n}@firm.example");
            queue(
                cx,
                &MailOrder { to: &to, template: "password_changed", lang: Lang::En, values: json!({ "name": "Li" }) },
            )?;
        }
        Ok(())
    };
    app.app.door.system("test", order).await.expect("queued");
    let folders = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    let mut first = serve(&app, &server, folders[0].path());
    let mut second = serve(&app, &server, folders[1].path());

    wait_for(&server, MAILS / 2, &mut [&mut first, &mut second]);
    // SIGKILL: nothing is finished, nothing is said.
    first.0.kill().expect("killed");
    first.0.wait().expect("dead");
    let count = wait_for(&server, MAILS, &mut [&mut second]);

    let taken = server.taken();
    let addressees: BTreeSet<&str> = taken.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!((count.len(), addressees.len()), (MAILS, MAILS));
    let repeated: usize = count.values().map(|times| times - 1).sum();
    assert!(repeated <= 1, "one kill repeats at most one mail: {repeated}");
    assert!(server.connections() >= 2, "both took part");
    drop(second);
    app.finish().await;
}
