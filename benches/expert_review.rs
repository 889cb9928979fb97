//! Expert review over HTTP on SQLite: an expert's task list beside the officer's list of applications, with 100,000 applications
//! and 500 experts; and the ranking of 2,000 applications that seven experts each have scored, as it is and tried out with other
//! weights.
//!
//! Prints medians and the ratio (1.20 is the most that is wanted); asserts nothing, for a time is no fact about the code.

mod over_http;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use laoshan::app::App;
use laoshan::platform::actor::UserId;
use laoshan::platform::conn::Conn;
use laoshan::reviews::model::{ExpertId, Method};
use laoshan::reviews::rules::score::{Dimension, ScoreInput, ScoreRules, Sheet, score};
use laoshan::schema::scores;
use over_http::{get, insert_person, listen, median, sign_in, time};

const APPLICATIONS: u32 = 100_000;
const EXPERTS: u32 = 500;
const RANKED: u32 = 2_000;
const REQUESTS: usize = 400;

fn main() {
    over_http::main(run());
}

async fn run() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let app = over_http::start(dir.path()).await;
    fill(&app).await;
    let made = app.door.system("bench", |cx| Ok(insert_person(cx, "officer")?)).await.expect("an officer");
    let officer = sign_in(&app, made).await;
    let expert = sign_in(&app, UserId("u007".into())).await;
    let address = listen(&app);

    // In turns, so that whatever else the machine does falls on both alike.
    let lists = [get("/applications?state=submitted&limit=50", &officer), get("/reviews?limit=50", &expert)];
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..4 {
        for (n, request) in lists.iter().enumerate() {
            times[n].extend(time(address, request, REQUESTS / 4).await);
        }
    }
    let [office, tasks] = times.map(median);
    println!(
        "one page of 50, {APPLICATIONS} applications, {EXPERTS} experts with five reviews of each, SQLite, median"
    );
    println!("  an officer's applications  {office:>9.0} us");
    println!("  an expert's tasks          {tasks:>9.0} us");
    println!("  ratio {:.2} (1.20 is the most that is wanted)", tasks / office);
    println!("ranking of {RANKED} applications with seven experts each, one request, median of 10");
    for (name, query) in
        [("as it is", ""), ("other weights", "&weights=technology:60,team:40"), ("other quota", "&quota=100")]
    {
        let request = get(&format!("/rounds/ranked/ranking?tier=seed{query}"), &officer);
        let taken = time(address, &request, 10).await;
        println!("  {name:<26} {:>9.1} ms", median(taken) / 1_000.0);
    }
    std::process::exit(0);
}

async fn fill(app: &App) {
    let work = |cx: &mut laoshan::platform::door::Cx| {
        let Conn::Sqlite(c) = &mut *cx.conn else { unreachable!("the benchmark runs on SQLite") };
        c.batch_execute(&rows())?;
        let frozen = (0..RANKED).map(|n| {
            let input = input(n);
            let result = score(&input).expect("seven scores are enough");
            (
                scores::id.eq(format!("s{n:04}")),
                scores::application_id.eq(format!("k{n:04}")),
                scores::round_id.eq("ranked"),
                scores::tier.eq("seed"),
                scores::total.eq(result.total),
                scores::passed.eq(result.passed),
                scores::input.eq(serde_json::to_string(&input).expect("plain data")),
                scores::result.eq(serde_json::to_string(&result).expect("plain data")),
                scores::frozen_by.eq("bench"),
                scores::frozen_at.eq(cx.now),
            )
        });
        let frozen: Vec<_> = frozen.collect();
        diesel::insert_into(scores::table).values(&frozen).execute(c)?;
        c.batch_execute("ANALYZE;")?;
        Ok(())
    };
    app.door.system("bench", work).await.expect("the database is filled");
}

fn rows() -> String {
    let now = "'2026-01-01 00:00:00'";
    format!(
        "INSERT INTO enterprises (id, credit_code, name, name_search, registered_in_laoshan, status, source, created_at, updated_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
         SELECT printf('e%05d', i), printf('code%05d', i), printf('青岛测试企业%05d有限公司', i), printf('青岛测试企业%05d有限公司', i),
                1, 'active', 'bench', {now}, {now}, 1 FROM n;
         INSERT INTO rounds (id, name, year, tiers, rule_set_id, state, opens_at, closes_at, grace_seconds, expert_review, site_check,
                quotas, approvals_needed, max_returns, return_days, publicity_days, first_day_counts, created_by, created_at, updated_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
         SELECT CASE i WHEN 10 THEN 'ranked' ELSE 'r' || i END, 'round ' || i, 2026, '[]', (SELECT id FROM rule_sets LIMIT 1),
                CASE i WHEN 10 THEN 'deliberation' ELSE 'expert_review' END, {now}, {now}, 0, 1, 0, '{{}}', 1, 2, 5, 5, 0, 'bench', {now}, {now}, 1 FROM n;
         INSERT INTO applications (id, round_id, enterprise_id, tier, lane, state, live, form, submitted_at, returns_used, created_by,
                created_at, updated_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})
         SELECT printf('a%06d', i), 'r' || (i / 10000), printf('e%05d', i % 10000), 'seed', 'ladder',
                CASE i % 4 WHEN 0 THEN 'submitted' WHEN 1 THEN 'accepted' WHEN 2 THEN 'draft' ELSE 'in_review' END,
                1, '{{}}', {now}, 0, 'bench', {now}, {now}, 1 FROM n;
         INSERT INTO applications (id, round_id, enterprise_id, tier, lane, state, live, form, submitted_at, returns_used, created_by,
                created_at, updated_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {ranked})
         SELECT printf('k%04d', i), 'ranked', printf('e%05d', i), 'seed', 'ladder', 'scored', 1, '{{}}', {now}, 0, 'bench', {now}, {now}, 1 FROM n;
         INSERT INTO users (id, email, name, state, failed_sign_ins, lang, created_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {experts})
         SELECT printf('u%03d', i), printf('expert%03d@bench.example', i), printf('专家%03d', i), 'active', 0, 'zh-CN', {now}, 1 FROM n;
         INSERT INTO role_grants (user_id, role, granted_by, granted_at) SELECT id, 'expert', 'bench', {now} FROM users WHERE id GLOB 'u[0-9]*';
         INSERT INTO experts (id, user_id, kind, employer, fields, load_cap, unavailable, past_service, state, created_at, updated_at, version)
         SELECT 'x' || id, id, 'technical', 'house of ' || id, '[]', 20, '[]', '[]', 'active', {now}, {now}, 1 FROM users WHERE id GLOB 'u[0-9]*';
         INSERT INTO draws (id, round_id, seed, procedure, rules, tasks, candidates, application_ids, result, drawn_by, drawn_at)
         VALUES ('d', 'r0', '', '', '{{}}', 0, '[]', '[]', '{{}}', 'bench', {now});
         INSERT INTO panels (id, round_id, draw_id, state, created_at, updated_at, version) VALUES ('p', 'r0', 'd', 'sitting', {now}, {now}, 1);
         INSERT INTO reviews (id, panel_id, round_id, application_id, enterprise_id, expert_id, user_id, arbiter, state, sheet, created_at, updated_at, version)
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {reviews})
         SELECT printf('v%07d', i), 'p', 'r' || (i / 5 / 10000), printf('a%06d', i / 5), printf('e%05d', i / 5 % 10000),
                printf('xu%03d', i * 7 % {pool}), printf('u%03d', i * 7 % {pool}), 0, CASE i % 3 WHEN 0 THEN 'submitted' WHEN 1 THEN 'open' ELSE 'assigned' END,
                '{{\"dimensions\":{{\"technology\":{{\"marks\":2800,\"justification\":\"more than twenty characters of reason\"}}}}}}', {now}, {now}, 1 FROM n;",
        last = APPLICATIONS - 1,
        ranked = RANKED - 1,
        experts = EXPERTS - 1,
        pool = EXPERTS,
        reviews = APPLICATIONS * 5 - 1,
    )
}

/// Seven sheets on the six dimensions of a tier.
fn input(n: u32) -> ScoreInput {
    let parts = [
        ("technology", 3_500),
        ("team", 2_500),
        ("growth", 1_000),
        ("chain", 1_000),
        ("local", 1_000),
        ("governance", 1_000),
    ];
    let dimension = |(code, full): (&str, i64)| Dimension { code: code.into(), full, weight: full, floor: full / 2 };
    let marks = |expert: u32| {
        let of =
            |(code, full): (&str, i64)| (code.to_owned(), full * i64::from(60 + (n * 31 + expert * 17) % 40) / 100);
        parts.into_iter().map(of).collect()
    };
    let sheet = |expert| Sheet { expert_id: ExpertId(format!("xu{expert:03}")), arbiter: false, marks: marks(expert) };
    ScoreInput {
        rules: ScoreRules {
            method: Method::Trimmed,
            spread_limit: 10_000,
            min_valid: 5,
            pass: 6_000,
            dimensions: parts.into_iter().map(dimension).collect(),
        },
        sheets: (0..7).map(sheet).collect(),
        computed: Default::default(),
        scales: None,
    }
}
