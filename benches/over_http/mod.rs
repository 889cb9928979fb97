//! What the benchmarks over HTTP have in common: a server of their own, people who are signed in, and answers that are waited for.
#![allow(dead_code, reason = "each benchmark takes what it needs")]

use diesel::prelude::*;
use laoshan::app::App;
use laoshan::platform::actor::{SessionId, UserId};
use laoshan::platform::clock::Clock;
use laoshan::platform::config::Config;
use laoshan::platform::door::Cx;
use laoshan::schema::{role_grants, sessions, users};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs a benchmark; `cargo bench` passes --bench, while `cargo test --benches` passes --test and must stay quick.
pub fn main(run: impl Future<Output = ()>) {
    if !std::env::args().any(|a| a == "--test") {
        actix_web::rt::System::new().block_on(run);
    }
}

/// The application on SQLite in this folder, without its jobs.
pub async fn start(folder: &Path) -> App {
    let mut config = Config::load(None, []).expect("defaults");
    config.data_dir = folder.to_owned();
    config.jobs.enabled = false;
    App::start(config, Clock::default()).await.expect("the application starts")
}

pub fn listen(app: &App) -> SocketAddr {
    let server = laoshan::server::listen(app, "127.0.0.1:0".parse().expect("an address"), false).expect("a port");
    actix_web::rt::spawn(server.server);
    server.address
}

pub fn insert_person(cx: &mut Cx, role: &str) -> QueryResult<UserId> {
    let user: UserId = cx.id();
    diesel::insert_into(users::table)
        .values((
            users::id.eq(&user),
            users::email.eq(format!("{role}@bench.example")),
            users::name.eq(role),
            users::state.eq("active"),
            users::failed_sign_ins.eq(0),
            users::lang.eq("zh-CN"),
            users::created_at.eq(cx.now),
            users::version.eq(1_i64),
        ))
        .execute(cx.conn)?;
    diesel::insert_into(role_grants::table)
        .values((
            role_grants::user_id.eq(&user),
            role_grants::role.eq(role),
            role_grants::granted_by.eq("bench"),
            role_grants::granted_at.eq(cx.now),
        ))
        .execute(cx.conn)?;
    Ok(user)
}

/// The access token of somebody on record.
pub async fn sign_in(app: &App, user: UserId) -> String {
    let whose = user.clone();
    let made = app.door.system("bench", move |cx| {
        let session: SessionId = cx.id();
        diesel::insert_into(sessions::table)
            .values((
                sessions::id.eq(&session),
                sessions::user_id.eq(&whose),
                sessions::address.eq(""),
                sessions::user_agent.eq(""),
                sessions::created_at.eq(cx.now),
                sessions::last_used_at.eq(cx.now),
                sessions::expires_at.eq(cx.now.plus(chrono::Duration::days(1))),
            ))
            .execute(cx.conn)?;
        Ok(session)
    });
    let session = made.await.expect("a session");
    app.keys.issue_access(&user, &session, app.door.clock().now(), 600).expect("a token")
}

pub fn get(path: &str, token: &str) -> String {
    format!("GET /api/v1{path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n")
}

/// A connection that is kept.
pub struct Line {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Line {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("connects");
        stream.set_nodelay(true).expect("a socket option");
        Self { stream, answer: Vec::with_capacity(256 * 1024) }
    }

    /// Sends the request and reads the whole answer, which has to be 200.
    pub fn ask(&mut self, request: &str) {
        self.stream.write_all(request.as_bytes()).expect("sends");
        self.answer.clear();
        let mut piece = [0u8; 64 * 1024];
        loop {
            let n = self.stream.read(&mut piece).expect("an answer");
            assert!(n > 0, "the server closed the line");
            self.answer.extend_from_slice(&piece[..n]);
            let Some(head) = self.answer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&self.answer[..head]).expect("a head");
            assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            let length = |line: &str| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok();
            if self.answer.len() >= head + 4 + text.lines().find_map(length).expect("a length") {
                return;
            }
        }
    }
}

/// How long each of the requests took, over one connection and off the threads of the server.
pub async fn time(address: SocketAddr, request: &str, count: usize) -> Vec<Duration> {
    let request = request.to_owned();
    let work = move || {
        let mut line = Line::open(address);
        let one = |_| {
            let begun = Instant::now();
            line.ask(&request);
            begun.elapsed()
        };
        (0..count).map(one).collect()
    };
    tokio::task::spawn_blocking(work).await.expect("an end")
}

/// In microseconds.
pub fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}
