//! A running application per test: its own database, a real socket on a free port, a clock that stands until it is moved, mail in
//! memory, cheap password hashes.
//!
//! ```ignore
//! both! {
//!     async fn an_officer_sees_every_enterprise(app) {
//!         let officer = app.user(&[Role::Officer]).await;
//!         officer.get("/enterprises").await.expect(200);
//!     }
//! }
//! ```

pub mod letters;
pub mod postgres;
pub mod seeds;

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use laoshan::app::App;
use laoshan::platform::actor::{SessionId, UserId};
use laoshan::platform::clock::Clock;
use laoshan::platform::config::{Config, MailTransport};
use laoshan::platform::conn::Target;
use laoshan::platform::policy::Role;
use laoshan::schema::{role_grants, sessions, users};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Both databases, one story: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$meta])*
            async fn story($app: &$crate::support::TestApp) $body

            #[actix_web::test]
            async fn sqlite() {
                let app = $crate::support::TestApp::start($crate::support::Db::Sqlite).await;
                story(&app).await;
                app.finish().await;
            }

            #[actix_web::test]
            async fn postgres() {
                let app = $crate::support::TestApp::start($crate::support::Db::Postgres).await;
                story(&app).await;
                app.finish().await;
            }
        }
    )*};
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Db {
    Sqlite,
    Postgres,
}

/// Where the clock stands when a test begins: Monday 2 March 2026, 09:00 in Shanghai.
pub fn beginning() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().expect("a date")
}

#[allow(dead_code, reason = "a vocabulary for stories; not every story uses every word")]
pub struct TestApp {
    pub app: App,
    pub db: Db,
    pub base: String,
    pub data_dir: tempfile::TempDir,
    server: actix_web::dev::ServerHandle,
    people: AtomicU32,
    /// Last: the database goes after everything that uses it.
    _postgres: Option<postgres::TestDatabase>,
}

#[allow(dead_code, reason = "a vocabulary for stories; not every story uses every word")]
impl TestApp {
    pub async fn start(db: Db) -> Self {
        Self::start_with(db, |_| {}).await
    }

    /// With the clock standing elsewhere than at the [`beginning`].
    pub async fn start_at(db: Db, moment: &str) -> Self {
        Self::start_as(db, Clock::standing_at(moment.parse().expect("an RFC 3339 moment")), false, |_| {}).await
    }

    pub async fn start_with(db: Db, adjust: impl FnOnce(&mut Config)) -> Self {
        Self::start_as(db, Clock::standing_at(beginning()), false, adjust).await
    }

    /// With the demo's data and its routes, on a clock that runs; letters are files in `mail/` of the data folder.
    pub async fn start_demo(db: Db) -> Self {
        let adjust = |config: &mut Config| {
            config.password.max_age_days = 0;
            config.mail.transport = MailTransport::File;
        };
        let test = Self::start_as(db, Clock::default(), true, adjust).await;
        laoshan::demo::folder::mark(test.data_dir.path(), Duration::zero(), true).expect("a marker");
        laoshan::demo::seed::seed(test.app.clone()).await.expect("demo data");
        test
    }

    async fn start_as(db: Db, clock: Clock, demo: bool, adjust: impl FnOnce(&mut Config)) -> Self {
        let data_dir = tempfile::tempdir().expect("a temporary folder");
        let (url, database) = match db {
            Db::Sqlite => {
                let path = data_dir.path().join("test.sqlite");
                std::fs::copy(sqlite_template(), &path).expect("the template is copied");
                (format!("sqlite:{}", path.display()), None)
            }
            Db::Postgres => {
                let cluster = postgres::cluster();
                let template = cluster.template("laoshan", |url| {
                    laoshan::platform::migrate::run(&Target::parse(url).expect("a URL")).expect("migrations run");
                });
                let database = cluster.create_database_from(&template);
                (database.url.clone(), Some(database))
            }
        };
        let mut config = Config::load(None, test_settings(&url)).expect("test configuration");
        config.data_dir = data_dir.path().to_owned();
        config.security.master_key_file = data_dir.path().join("master.key");
        std::fs::write(&config.security.master_key_file, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")
            .expect("a key file");
        adjust(&mut config);
        let app = if demo { App::start_demo(config, clock).await } else { App::start(config, clock).await }
            .expect("the application starts");
        let running =
            laoshan::server::listen(&app, "127.0.0.1:0".parse().expect("an address"), false).expect("a free port");
        let server = running.server.handle();
        actix_web::rt::spawn(running.server);
        let base = format!("http://{}/api/v1", running.address);
        Self { app, db, base, data_dir, server, people: AtomicU32::new(0), _postgres: database }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.door.clock().now().utc()
    }

    pub fn advance(&self, by: Duration) {
        self.app.door.clock().advance(by);
    }

    /// Moves the clock to a moment that must lie ahead.
    pub fn advance_to(&self, at: &str) {
        let at: DateTime<Utc> = at.parse().expect("an RFC 3339 moment");
        assert!(at >= self.now(), "the clock does not run backwards");
        self.advance(at - self.now());
    }

    /// A person with these roles, signed in. Made directly: sign-in itself is tested where it belongs.
    pub async fn user(&self, roles: &[Role]) -> TestUser {
        let n = self.people.fetch_add(1, Ordering::SeqCst) + 1;
        let roles = roles.to_vec();
        let (user_id, session_id) = self
            .app
            .door
            .system("test", move |cx| {
                let (user_id, session_id): (UserId, SessionId) = (cx.id(), cx.id());
                diesel::insert_into(users::table)
                    .values((
                        users::id.eq(&user_id),
                        users::email.eq(format!("person{n}@test.example")),
                        users::name.eq(format!("Person {n}")),
                        users::state.eq("active"),
                        users::failed_sign_ins.eq(0),
                        users::lang.eq("zh-CN"),
                        users::created_at.eq(cx.now),
                        users::version.eq(1_i64),
                    ))
                    .execute(cx.conn)?;
                for role in &roles {
                    diesel::insert_into(role_grants::table)
                        .values((
                            role_grants::user_id.eq(&user_id),
                            role_grants::role.eq(role),
                            role_grants::granted_by.eq("test"),
                            role_grants::granted_at.eq(cx.now),
                        ))
                        .execute(cx.conn)?;
                }
                diesel::insert_into(sessions::table)
                    .values((
                        sessions::id.eq(&session_id),
                        sessions::user_id.eq(&user_id),
                        sessions::address.eq("127.0.0.1"),
                        sessions::user_agent.eq("test"),
                        sessions::created_at.eq(cx.now),
                        sessions::last_used_at.eq(cx.now),
                        sessions::expires_at.eq(cx.now.plus(Duration::days(3650))),
                    ))
                    .execute(cx.conn)?;
                Ok((user_id, session_id))
            })
            .await
            .expect("a person is made");
        const TEN_YEARS: i64 = 10 * 366 * 24 * 60;
        let token = self
            .app
            .keys
            .issue_access(&user_id, &session_id, self.app.door.clock().now(), TEN_YEARS)
            .expect("a token is signed");
        TestUser { id: user_id, email: format!("person{n}@test.example"), ..self.client(Some(token)) }
    }

    /// Somebody who has not signed in, with a cookie jar of their own.
    pub fn anonymous(&self) -> TestUser {
        self.client(None)
    }

    fn client(&self, token: Option<String>) -> TestUser {
        TestUser {
            id: UserId(String::new()),
            email: String::new(),
            base: self.base.clone(),
            token,
            http: reqwest::Client::builder()
                .cookie_store(true)
                .no_proxy()
                // Plain HTTP only: reading the machine's certificates for every person would cost more than the stories.
                .tls_certs_only(std::iter::empty())
                .build()
                .expect("a client"),
        }
    }

    /// Statements that `work` sends to the database.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> u64 {
        let before = self.app.door.statements();
        work.await;
        self.app.door.statements() - before
    }

    /// Ends the test: whatever it was about, no request may have ended in an internal error.
    pub async fn finish(self) {
        self.server.stop(true).await;
        assert_eq!(self.app.metrics.internal_errors(), 0, "a request was answered with 500");
        assert_eq!(laoshan::platform::mail::gaps(), 0, "a letter was given fewer values than its words need");
    }
}

fn test_settings(url: &str) -> Vec<(String, String)> {
    [
        ("DATABASE__URL", url),
        ("DATABASE__MIGRATE", "false"),
        ("DATABASE__POOL_SIZE", "4"),
        ("DATABASE__WAIT_MILLIS", "30000"),
        ("SERVER__WORKERS", "1"),
        ("SERVER__SHUTDOWN_SECONDS", "1"),
        ("MAIL__TRANSPORT", "memory"),
        ("JOBS__ENABLED", "false"),
        ("LIMITS__SIGN_IN_PER_MINUTE", "100000"),
        ("LIMITS__PUBLIC_PER_MINUTE", "100000"),
        ("PASSWORD__HASH_MEMORY_KIB", "8"),
        ("PASSWORD__HASH_ITERATIONS", "1"),
    ]
    .map(|(key, value)| (format!("LAOSHAN__{key}"), value.to_owned()))
    .to_vec()
}

/// Migrated once per process, then copied: two milliseconds instead of two hundred.
fn sqlite_template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("template-{}.sqlite", std::process::id()));
        let _ = std::fs::remove_file(&path);
        laoshan::platform::migrate::run(&Target::Sqlite(path.clone())).expect("migrations run");
        path
    })
}

#[derive(Clone)]
#[allow(dead_code, reason = "a vocabulary for stories; not every story uses every word")]
pub struct TestUser {
    pub id: UserId,
    pub email: String,
    pub base: String,
    pub token: Option<String>,
    pub http: reqwest::Client,
}

#[allow(dead_code, reason = "a vocabulary for stories; not every story uses every word")]
impl TestUser {
    /// A request below /api/v1, with the token and in English, for whatever the short words do not cover.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        let request = self.http.request(method, format!("{}{path}", self.base)).header("accept-language", "en");
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request("GET", path)).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        Reply::of(self.request("POST", path).json(&body)).await
    }
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Reply {
        Reply::of(self.request("POST", path).header("idempotency-key", key).json(&body)).await
    }
    /// A state change or edit of a record read at `version`.
    pub async fn post_at(&self, path: &str, version: i64, body: Value) -> Reply {
        Reply::of(self.request("POST", path).header("if-match", format!("\"{version}\"")).json(&body)).await
    }
    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Reply {
        Reply::of(self.request("PATCH", path).header("if-match", format!("\"{version}\"")).json(&body)).await
    }
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        Reply::of(self.request("PUT", path).json(&body)).await
    }
    pub async fn delete(&self, path: &str) -> Reply {
        Reply::of(self.request("DELETE", path)).await
    }
    pub async fn upload(&self, path: &str, content_type: &str, bytes: Vec<u8>) -> Reply {
        Reply::of(self.request("POST", path).header("content-type", content_type).body(bytes)).await
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
    pub text: String,
}

#[allow(dead_code, reason = "a vocabulary for stories; not every story uses every word")]
impl Reply {
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body");
        Self { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), text }
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// Refused with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str().unwrap_or_default()), (status, code), "{}", self.text);
        self.body
    }

    /// 422 with exactly these faults, as (pointer, code), in any order.
    #[track_caller]
    pub fn faults(self, expected: &[(&str, &str)]) -> Value {
        assert_eq!(self.status, 422, "{}", self.text);
        let mut seen: Vec<_> = self.body["errors"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(|e| (e["pointer"].as_str().unwrap_or_default(), e["code"].as_str().unwrap_or_default()))
            .collect();
        let mut expected = expected.to_vec();
        seen.sort_unstable();
        expected.sort_unstable();
        assert_eq!(seen, expected, "{}", self.text);
        self.body.clone()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}
