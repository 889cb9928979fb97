//! The officer's application list against a bare actix-web + diesel handler that runs the same query and writes the same JSON,
//! beside it in the same process, on SQLite with 100,000 applications: what the policy, the sign-in, the snapshot and the edge cost.
//!
//! Prints requests per second of both and their ratio; asserts nothing, for a time is no fact about the code.

mod over_http;

use actix_web::web::{self, Data};
use actix_web::{App as ActixApp, HttpResponse, HttpServer};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use laoshan::app::App;
use laoshan::platform::conn::Conn;
use laoshan::schema::{applications, enterprises};
use over_http::{Line, get, insert_person, listen, sign_in};
use serde::Serialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const APPLICATIONS: u32 = 100_000;
const CLIENTS: usize = 8;
const TURN: Duration = Duration::from_secs(3);
const TURNS: usize = 4;

fn main() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    over_http::main(run(dir.path()));
}

async fn run(dir: &Path) {
    let app = over_http::start(dir).await;
    let token = fill(&app).await;
    let ours = listen(&app);
    let bare = bare_server(dir.join("laoshan.sqlite"));

    let ours_request = get("/applications?state=submitted&limit=50", &token);
    let bare_request = "GET /applications HTTP/1.1\r\nhost: x\r\n\r\n".to_owned();
    let mut totals = [0.0; 2];
    for _ in 0..TURNS {
        for (n, (address, request)) in [(ours, &ours_request), (bare, &bare_request)].into_iter().enumerate() {
            let request = request.clone();
            let rate = tokio::task::spawn_blocking(move || load(address, &request)).await.expect("the clients end");
            totals[n] += rate / TURNS as f64;
        }
    }
    println!("application list, 50 of {APPLICATIONS} rows, filter by state, newest first, {CLIENTS} clients, SQLite");
    println!("  laoshan, signed in as officer   {:>8.0} requests/s", totals[0]);
    println!("  bare actix-web + diesel handler {:>8.0} requests/s", totals[1]);
    println!("  ratio {:.2} (0.50 is the least that is wanted)", totals[0] / totals[1]);
    std::process::exit(0);
}

/// An officer who is signed in, 10,000 enterprises, ten rounds with an application of each.
async fn fill(app: &App) -> String {
    let officer = app
        .door
        .system("bench", |cx| {
            let Conn::Sqlite(c) = &mut *cx.conn else { unreachable!("the benchmark runs on SQLite") };
            use diesel::connection::SimpleConnection;
            c.batch_execute(&format!(
                "INSERT INTO enterprises (id, credit_code, name, name_search, registered_in_laoshan, status, source, created_at, updated_at, version)
                 WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
                 SELECT printf('e%05d', i), printf('code%05d', i), printf('青岛测试企业%05d有限公司', i),
                        printf('青岛测试企业%05d有限公司', i), 1, 'active', 'bench',
                        '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1 FROM n;
                 INSERT INTO rounds (id, name, year, tiers, rule_set_id, state, opens_at, closes_at, grace_seconds, expert_review,
                        site_check, quotas, approvals_needed, max_returns, return_days, publicity_days, first_day_counts,
                        created_by, created_at, updated_at, version)
                 WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9)
                 SELECT 'r' || i, 'round ' || i, 2026, '[]', (SELECT id FROM rule_sets LIMIT 1), 'open', '2026-01-01 00:00:00',
                        '2026-12-01 00:00:00', 0, 0, 0, '{{}}', 1, 2, 5, 5, 0, 'bench', '2026-01-01 00:00:00',
                        '2026-01-01 00:00:00', 1 FROM n;
                 INSERT INTO applications (id, round_id, enterprise_id, tier, lane, state, live, form, submitted_at, returns_used,
                        created_by, created_at, updated_at, version)
                 WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})
                 SELECT printf('a%06d', i), 'r' || (i / 10000), printf('e%05d', i % 10000), 'seed', 'ladder',
                        CASE i % 4 WHEN 0 THEN 'submitted' WHEN 1 THEN 'accepted' WHEN 2 THEN 'draft' ELSE 'returned' END,
                        1, '{{}}', '2026-02-01 00:00:00', 0, 'bench', '2026-01-01 00:00:00', '2026-02-01 00:00:00', 1 FROM n;
                 ANALYZE;",
                last = APPLICATIONS - 1
            ))?;
            Ok(insert_person(cx, "officer")?)
        })
        .await
        .expect("the database is filled");
    sign_in(app, officer).await
}

/// Requests per second that eight clients with kept-alive connections get.
fn load(address: SocketAddr, request: &str) -> f64 {
    let done = AtomicU64::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let mut line = Line::open(address);
                while begun.elapsed() < TURN {
                    line.ask(request);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64()
}

#[derive(Queryable, Serialize)]
struct BareRow {
    id: String,
    round_id: String,
    enterprise_id: String,
    enterprise_name: String,
    credit_code: String,
    tier: String,
    lane: String,
    state: String,
    submitted_at: Option<NaiveDateTime>,
    return_due_on: Option<chrono::NaiveDate>,
    updated_at: NaiveDateTime,
    version: i64,
}

#[derive(Serialize)]
struct BarePage {
    items: Vec<BareRow>,
    next: Option<String>,
}

type BarePool = Pool<ConnectionManager<SqliteConnection>>;

#[derive(Debug)]
struct Pragmas;

impl CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for Pragmas {
    fn on_acquire(&self, c: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        use diesel::connection::SimpleConnection;
        c.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA cache_size = -16000;")
            .map_err(diesel::r2d2::Error::QueryError)
    }
}

/// What the examples of both libraries show: a pool, a blocking closure, a query, JSON.
async fn bare_list(pool: Data<BarePool>) -> HttpResponse {
    let rows = web::block(move || {
        let mut conn = pool.get().expect("a connection");
        applications::table
            .inner_join(enterprises::table)
            .filter(applications::state.eq("submitted"))
            .order(applications::id.desc())
            .limit(51)
            .select((
                applications::id,
                applications::round_id,
                applications::enterprise_id,
                enterprises::name,
                enterprises::credit_code,
                applications::tier,
                applications::lane,
                applications::state,
                applications::submitted_at,
                applications::return_due_on,
                applications::updated_at,
                applications::version,
            ))
            .load::<BareRow>(&mut conn)
            .expect("rows")
    })
    .await;
    let mut items = rows.expect("the closure ends");
    let more = items.len() > 50;
    items.truncate(50);
    let next = items.last().filter(|_| more).map(|row| row.id.clone());
    HttpResponse::Ok().json(BarePage { items, next })
}

fn bare_server(path: PathBuf) -> SocketAddr {
    let manager = ConnectionManager::<SqliteConnection>::new(path.to_string_lossy());
    let pool = Pool::builder().max_size(8).connection_customizer(Box::new(Pragmas)).build(manager).expect("a pool");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = HttpServer::new(move || {
        ActixApp::new().app_data(Data::new(pool.clone())).route("/applications", web::get().to(bare_list))
    })
    .listen(listener)
    .expect("listens")
    .disable_signals()
    .run();
    actix_web::rt::spawn(server);
    address
}
