//! The board of support items with 500 and with 50,000 items, over HTTP on SQLite: a page has to cost the same however much lies
//! behind it. Every view of the board, as an officer and as the clerk of one of twenty units.
//!
//! Prints the median of each and their ratio (1.30 is the most that is wanted); asserts nothing, for a time is no fact about the
//! code.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use laoshan::app::App;
use laoshan::platform::actor::{SessionId, UserId};
use laoshan::platform::clock::Clock;
use laoshan::platform::config::Config;
use laoshan::platform::conn::Conn;
use laoshan::schema::{role_grants, sessions, users};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

const SIZES: [u32; 2] = [500, 50_000];
const REQUESTS: usize = 400;

const VIEWS: [(&str, &str, &str); 6] = [
    ("what is due first", "officer", "limit=50"),
    ("by unit and state", "officer", "limit=50&sort=unit"),
    ("red cards", "officer", "limit=50&escalation=red"),
    ("one unit, in progress", "officer", "limit=50&department_id=d01&state=in_progress"),
    ("problems", "officer", "limit=50&list=problems"),
    ("own unit, as its clerk", "department", "limit=50"),
];

fn main() {
    // `cargo bench` passes --bench; `cargo test --benches` would pass --test and must stay quick.
    if std::env::args().any(|a| a == "--test") {
        return;
    }
    actix_web::rt::System::new().block_on(run());
}

async fn run() {
    let mut boards = Vec::new();
    for size in SIZES {
        let dir = tempfile::tempdir().expect("a temporary folder");
        boards.push((start(dir.path(), size).await, dir));
    }
    println!("board of support items, one page of 50, {REQUESTS} requests each, median, SQLite");
    println!("{:<24} {:>12} {:>12} {:>6}", "view", "500 items", "50,000", "ratio");
    for (name, role, query) in VIEWS {
        // In turns, so that whatever else the machine does falls on both alike.
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..4 {
            for (n, ((address, tokens), _)) in boards.iter().enumerate() {
                let token = &tokens[usize::from(role == "department")];
                let request = format!(
                    "GET /api/v1/support-items?{query} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n"
                );
                let address = *address;
                let taken = tokio::task::spawn_blocking(move || time(address, &request)).await.expect("an end");
                times[n].extend(taken);
            }
        }
        let [small, large] = times.map(|mut times: Vec<Duration>| {
            times.sort_unstable();
            times[times.len() / 2].as_secs_f64() * 1e6
        });
        println!("{name:<24} {small:>9.0} us {large:>9.0} us {:>6.2}", large / small);
    }
    std::process::exit(0);
}

/// A server over `size` items of 100 enterprises and 20 units, with an officer and a clerk signed in.
async fn start(dir: &Path, size: u32) -> (SocketAddr, [String; 2]) {
    let mut config = Config::load(None, []).expect("defaults");
    config.data_dir = dir.to_owned();
    config.jobs.enabled = false;
    let app = App::start(config, Clock::default()).await.expect("the application starts");
    let fill = app.door.system("bench", move |cx| {
        let Conn::Sqlite(c) = &mut *cx.conn else { unreachable!("the benchmark runs on SQLite") };
        c.batch_execute(&rows(size))?;
        Ok(())
    });
    fill.await.expect("the database is filled");
    let officer = person(&app, "officer").await;
    let clerk = person(&app, "department").await;
    let server = laoshan::server::listen(&app, "127.0.0.1:0".parse().expect("an address"), false).expect("a port");
    actix_web::rt::spawn(server.server);
    (server.address, [officer, clerk])
}

fn rows(size: u32) -> String {
    format!(
        "INSERT INTO enterprises (id, credit_code, name, name_search, registered_in_laoshan, status, source, created_at, updated_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
         SELECT printf('e%02d', i), printf('code%02d', i), printf('青岛测试企业%02d有限公司', i), printf('青岛测试企业%02d有限公司', i),
                1, 'active', 'bench', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1 FROM n;
         INSERT INTO departments (id, code, name, open, created_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19)
         SELECT printf('d%02d', i), printf('unit%02d', i), printf('责任单位%02d', i), 1, '2026-01-01 00:00:00', 1 FROM n;
         INSERT INTO support_items (id, enterprise_id, kind, source, category, title, description, state, open, department_id,
                raised_by, raised_at, due_on, deadline_on, escalation, extended, evidence_count, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})
         SELECT printf('i%06d', i), printf('e%02d', i % 100), CASE i % 3 WHEN 0 THEN 'problem' WHEN 1 THEN 'need' ELSE 'measure' END,
                'officer', 'OTH', printf('事项%06d', i), '', CASE i / 20 % 4 WHEN 0 THEN 'assigned' WHEN 1 THEN 'in_progress'
                WHEN 2 THEN 'pending_confirm' ELSE 'closed' END, i / 20 % 4 < 3, printf('d%02d', i % 20), 'bench',
                '2026-01-01 00:00:00', date('2026-03-01', (i * 37 % 300) || ' days'), date('2026-03-01', (i * 37 % 300) || ' days'),
                CASE i % 5 WHEN 0 THEN 'red' WHEN 1 THEN 'yellow' ELSE 'none' END, 0, 0, 1 FROM n;
         ANALYZE;",
        last = size - 1
    )
}

async fn person(app: &App, role: &'static str) -> String {
    let made = app.door.system("bench", move |cx| {
        let (user, session): (UserId, SessionId) = (cx.id(), cx.id());
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
        diesel::insert_into(sessions::table)
            .values((
                sessions::id.eq(&session),
                sessions::user_id.eq(&user),
                sessions::address.eq(""),
                sessions::user_agent.eq(""),
                sessions::created_at.eq(cx.now),
                sessions::last_used_at.eq(cx.now),
                sessions::expires_at.eq(cx.now.plus(chrono::Duration::days(1))),
            ))
            .execute(cx.conn)?;
        if role == "department" {
            use laoshan::schema::department_members as members;
            diesel::insert_into(members::table)
                .values((members::department_id.eq("d07"), members::user_id.eq(&user), members::added_at.eq(cx.now)))
                .execute(cx.conn)?;
        }
        Ok((user, session))
    });
    let (user, session) = made.await.expect("a person is made");
    app.keys.issue_access(&user, &session, app.door.clock().now(), 600).expect("a token")
}

/// How long each of the requests took, over one connection.
fn time(address: SocketAddr, request: &str) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).expect("connects");
    stream.set_nodelay(true).expect("a socket option");
    let mut buffer = Vec::with_capacity(64 * 1024);
    let one = |_| {
        let begun = Instant::now();
        stream.write_all(request.as_bytes()).expect("sends");
        read_answer(&mut stream, &mut buffer);
        begun.elapsed()
    };
    (0..REQUESTS / 4).map(one).collect()
}

fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    let mut piece = [0u8; 32 * 1024];
    loop {
        let n = stream.read(&mut piece).expect("an answer");
        assert!(n > 0, "the server closed the line");
        buffer.extend_from_slice(&piece[..n]);
        let Some(head) = buffer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(&buffer[..head]).expect("a head");
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        let length =
            text.lines().find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
        if buffer.len() >= head + 4 + length.expect("a length") {
            return;
        }
    }
}
