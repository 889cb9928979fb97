//! The board of support items with 500 and with 50,000 items, over HTTP on SQLite: a page has to cost the same however much lies
//! behind it. Every view of the board, as an officer and as the clerk of one of twenty units.
//!
//! Prints the median of each and their ratio (1.30 is the most that is wanted); asserts nothing, for a time is no fact about the
//! code.

mod over_http;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use laoshan::platform::conn::Conn;
use laoshan::schema::department_members as members;
use over_http::{get, insert_person, median, sign_in, time};
use std::net::SocketAddr;
use std::path::Path;

const SIZES: [u32; 2] = [500, 50_000];
const REQUESTS: usize = 400;

/// Pages that are full with 500 items too: one unit has 25 of them, six in progress.
const VIEWS: [(&str, &str, &str); 6] = [
    ("what is due first", "officer", "limit=50"),
    ("by unit and state", "officer", "limit=50&sort=unit"),
    ("red cards", "officer", "limit=50&escalation=red"),
    ("one unit, in progress", "officer", "limit=5&department_id=d01&state=in_progress"),
    ("problems", "officer", "limit=50&list=problems"),
    ("own unit, as its clerk", "department", "limit=20"),
];

fn main() {
    over_http::main(run());
}

async fn run() {
    let mut boards = Vec::new();
    for size in SIZES {
        let dir = tempfile::tempdir().expect("a temporary folder");
        boards.push((start(dir.path(), size).await, dir));
    }
    println!("board of support items, one full page, {REQUESTS} requests each, median, SQLite");
    println!("{:<24} {:>12} {:>12} {:>6}", "view", "500 items", "50,000", "ratio");
    for (name, role, query) in VIEWS {
        // In turns, so that whatever else the machine does falls on both alike.
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..4 {
            for (n, ((address, tokens), _)) in boards.iter().enumerate() {
                let token = &tokens[usize::from(role == "department")];
                let request = get(&format!("/support-items?{query}"), token);
                times[n].extend(time(*address, &request, REQUESTS / 4).await);
            }
        }
        let [small, large] = times.map(median);
        println!("{name:<24} {small:>9.0} us {large:>9.0} us {:>6.2}", large / small);
    }
    std::process::exit(0);
}

/// A server over `size` items of 100 enterprises and 20 units, with an officer and a clerk signed in.
async fn start(dir: &Path, size: u32) -> (SocketAddr, [String; 2]) {
    let app = over_http::start(dir).await;
    let fill = app.door.system("bench", move |cx| {
        let Conn::Sqlite(c) = &mut *cx.conn else { unreachable!("the benchmark runs on SQLite") };
        c.batch_execute(&rows(size))?;
        let (officer, clerk) = (insert_person(cx, "officer")?, insert_person(cx, "department")?);
        diesel::insert_into(members::table)
            .values((members::department_id.eq("d07"), members::user_id.eq(&clerk), members::added_at.eq(cx.now)))
            .execute(cx.conn)?;
        Ok([officer, clerk])
    });
    let [officer, clerk] = fill.await.expect("the database is filled");
    let tokens = [sign_in(&app, officer).await, sign_in(&app, clerk).await];
    (over_http::listen(&app), tokens)
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
