//! Rule sets are written, published by a second person and then stand; anybody may try themselves against them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use laoshan::platform::conn::Conn;
use laoshan::platform::policy::Role;
use laoshan::programme::document::LAOSHAN_2026;
use laoshan::programme::service::{current, ensure_shipped, rule_set};
use laoshan::programme::{RuleSetId, laoshan_2026};
use laoshan::schema::rule_sets;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::both;
use crate::support::{Reply, TestApp, TestUser};

const TOML: &str = "application/toml";

/// The shipped text with one passage changed, and the line that passage stands on.
fn edited(from: &str, to: &str) -> (String, usize) {
    let at = LAOSHAN_2026.find(from).expect("the passage is in the text");
    (LAOSHAN_2026.replacen(from, to, 1), LAOSHAN_2026[..at].matches('\n').count() + 1)
}

async fn put(person: &TestUser, id: &str, version: i64, text: &str) -> Reply {
    let request = person.request("PUT", &format!("/rule-sets/{id}")).header("if-match", format!("\"{version}\""));
    Reply::of(request.header("content-type", TOML).body(text.to_owned())).await
}

async fn publish(person: &TestUser, id: &str, version: i64) -> Reply {
    person.post_at(&format!("/rule-sets/{id}/publication"), version, json!({})).await
}

/// Hands in a text and gives the id of the draft.
async fn draft(officer: &TestUser, text: &str) -> String {
    let view = officer.upload("/rule-sets", TOML, text.into()).await.expect(201);
    view["id"].as_str().expect("an id").to_owned()
}

/// Rows per table, so that a request that claims to store nothing can be held to it.
async fn rows(app: &TestApp) -> Vec<(String, i64)> {
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = Text)]
        name: String,
    }
    #[derive(QueryableByName)]
    struct Rows {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let count = |cx: &mut laoshan::platform::door::Cx| {
        let tables: Vec<Table> = match &mut *cx.conn {
            Conn::Sqlite(c) => {
                sql_query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").load(c)?
            }
            Conn::Pg(c) => {
                sql_query("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                    .load(c)?
            }
        };
        let mut counted = Vec::new();
        for Table { name } in tables {
            let Rows { n } = sql_query(format!("SELECT count(*) AS n FROM {name}")).get_result(cx.conn)?;
            counted.push((name, n));
        }
        Ok(counted)
    };
    app.app.door.peek("test", count).await.expect("rows are counted")
}

/// A young firm of a promoted track that grew by a third a year.
fn promising_star() -> Value {
    json!({
        "track": "marine_electronics",
        "registered_on": "2021-05-20",
        "registered_in_laoshan": true, "legal_person": true, "data_consent": true,
        "years": {"2025": {"revenue": 900_000_000, "rd_expense": 81_000_000}, "2023": {"revenue": 500_000_000}},
        "titles": [{"kind": "high_tech", "valid_from": "2024-11-01", "valid_to": "2027-10-31"}],
        "ip": {"class1_granted": 2},
        "vetoes": {
            "abnormal_list": false, "dishonest_list": false, "major_accident": false, "tax_evasion": false,
            "research_misconduct": false, "false_material": false, "title_revoked": false,
            "prohibited_industry": false, "green_threshold": false
        }
    })
}

fn with(mut figures: Value, key: &str, value: Value) -> Value {
    figures[key] = value;
    figures
}

fn leaf<'a>(checked: &'a Value, tier: &str, code: &str) -> &'a Value {
    let of = |list: &'a Value, key: &str, wanted: &str| {
        list.as_array().expect("a list").iter().find(|it| it[key] == wanted).expect("it is in the list")
    };
    of(&of(&checked["tiers"], "tier", tier)["leaves"], "code", code)
}

both! {
    async fn the_shipped_rule_set_is_published_when_the_house_opens_and_everybody_signed_in_reads_it(app) {
        let applicant = app.user(&[Role::Applicant]).await;
        let page = applicant.get("/rule-sets?count=true").await.expect(200);
        let id = page["items"][0]["id"].as_str().expect("an id").to_owned();
        assert_eq!(page, json!({"total": 1, "items": [{
            "id": id, "code": "laoshan-2026", "revision": 1, "state": "published", "effective_from": "2026-01-01",
            "name": {"zh": "崂山区未来产业企业梯度培育规则（2026）",
                     "en": "Laoshan rules for cultivating future-industry enterprises, 2026"},
            "published_at": "2026-03-02T01:00:00.000000Z",
        }]}));
        let view = applicant.get(&format!("/rule-sets/{id}")).await;
        assert_eq!(view.header("etag"), "\"1\"");
        let view = view.expect(200);
        assert_eq!(view["document"], serde_json::to_value(laoshan_2026()).expect("plain data"));
        assert_eq!((&view["source"], &view["created_by"], &view["actions"]), (&Value::Null, &Value::Null, &json!([])));

        let officer = app.user(&[Role::Officer]).await;
        let view = officer.get(&format!("/rule-sets/{id}")).await.expect(200);
        assert_eq!((view["source"].as_str(), view["created_by"].as_str()), (Some(LAOSHAN_2026), Some("system")));
        assert_eq!(view["actions"], json!([{
            "action": "rule_set.update", "allowed": false, "method": "PUT", "href": format!("/api/v1/rule-sets/{id}"),
            "reason_code": "rule_set_published",
            "reason": "a published rule set version never changes: hand in the edited text as a new draft",
        }]));
        app.anonymous().get("/rule-sets").await.refused(401, "unauthenticated");
        app.user(&[Role::Bank]).await.get("/rule-sets").await.refused(403, "forbidden");
        officer.get("/rule-sets/nowhere").await.refused(404, "not_found");
    }

    async fn two_processes_that_start_at_once_publish_the_shipped_rule_set_once(app) {
        let wipe = |cx: &mut laoshan::platform::door::Cx| Ok(diesel::delete(rule_sets::table).execute(cx.conn)?);
        app.app.door.system("test", wipe).await.expect("no rule set is left");
        let starts = (0..4).map(|_| {
            let door = app.app.door.clone();
            actix_web::rt::spawn(async move { door.system("start", ensure_shipped).await })
        });
        for start in starts.collect::<Vec<_>>() {
            start.await.expect("it runs").expect("a race harms nobody");
        }
        let page = app.user(&[Role::Officer]).await.get("/rule-sets").await.expect(200);
        assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    }

    async fn a_draft_is_written_by_an_officer_replaced_and_published_by_an_approver(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (approver, applicant) = (app.user(&[Role::Approver]).await, app.user(&[Role::Applicant]).await);
        let (text, _) = edited("value = 500_000_000 }", "value = 600_000_000 }");

        let created = officer.upload("/rule-sets", TOML, text.clone().into()).await;
        let (location, etag) = (created.header("location").to_owned(), created.header("etag").to_owned());
        let created = created.expect(201);
        let id = created["id"].as_str().expect("an id");
        assert_eq!((location, etag), (format!("/api/v1/rule-sets/{id}"), "\"1\"".to_owned()));
        assert_eq!((&created["state"], &created["revision"]), (&json!("draft"), &json!(2)));
        assert_eq!(created["document"]["version"], 2, "the document carries its revision, whatever the text says");
        assert_eq!(created["created_by"], officer.id.as_str());

        applicant.get(&format!("/rule-sets/{id}")).await.refused(404, "not_found");
        assert_eq!(applicant.get("/rule-sets?count=true").await.expect(200)["total"], 1);
        assert_eq!(applicant.get("/rule-sets?state=draft").await.expect(200)["items"], json!([]));
        assert_eq!(officer.get("/rule-sets?state=draft").await.expect(200)["items"][0]["id"], id);

        let text = format!("\u{feff}{}", text.replacen("实缴股权融资不低于", "到账股权融资不低于", 1));
        let blind = officer.request("PUT", &format!("/rule-sets/{id}")).json(&json!({"source": text}));
        Reply::of(blind).await.refused(428, "precondition_required");
        assert_eq!(put(&officer, id, 7, &text).await.refused(412, "stale_version")["current_version"], 1);
        put(&officer, id, 1, &text.replace("code = \"laoshan-2026\"", "code = \"other\"")).await.faults(&[("code", "not_allowed")]);
        put(&approver, id, 1, &text).await.refused(403, "forbidden");
        let replaced = put(&officer, id, 1, &text).await.expect(200);
        assert_eq!((&replaced["version"], &replaced["revision"]), (&json!(2), &json!(2)));
        assert_eq!(replaced["source"].as_str(), Some(text.trim_start_matches('\u{feff}')));

        publish(&officer, id, 2).await.refused(403, "forbidden");
        publish(&approver, id, 1).await.refused(412, "stale_version");
        let published = publish(&approver, id, 2).await.expect(200);
        assert_eq!((&published["state"], &published["version"]), (&json!("published"), &json!(3)));
        assert_eq!(applicant.get(&format!("/rule-sets/{id}")).await.expect(200)["document"], replaced["document"]);

        put(&officer, id, 3, LAOSHAN_2026).await.refused(409, "rule_set_published");
        publish(&approver, id, 3).await.refused(409, "rule_set_published");
        let kept = officer.get(&format!("/rule-sets/{id}")).await.expect(200);
        assert_eq!((&kept["source"], &kept["version"]), (&replaced["source"], &json!(3)));

        let checked = app.anonymous().post("/public/self-checks", promising_star()).await.expect(200);
        assert_eq!((&checked["rule_set"], &checked["version"]), (&json!("laoshan-2026"), &json!(2)));
        assert_eq!(leaf(&checked, "future_star", "star_scale_revenue")["needs"]["value"], 600_000_000);

        let auditor = app.user(&[Role::Auditor]).await;
        let trail = auditor.get(&format!("/audit-events?subject_kind=rule_set&subject_id={id}")).await.expect(200);
        let told: Vec<_> = trail["items"].as_array().expect("a list").iter()
            .map(|e| json!([e["action"], e["from"], e["to"], e["actor"]])).collect();
        assert_eq!(told, [
            json!(["rule_set.publish", "draft", "published", approver.id]),
            json!(["rule_set.update", null, null, officer.id]),
            json!(["rule_set.create", null, "draft", officer.id]),
        ]);
    }

    async fn a_text_that_is_sent_twice_under_one_key_makes_one_draft(app) {
        let officer = app.user(&[Role::Officer]).await;
        let first = officer.post_once("/rule-sets", "once", json!({"source": LAOSHAN_2026})).await.expect(201);
        let again = officer.post_once("/rule-sets", "once", json!({"source": LAOSHAN_2026})).await.expect(201);
        assert_eq!((&first, &first["revision"]), (&again, &json!(2)));
    }

    async fn nobody_publishes_what_they_wrote_themselves(app) {
        let both = [Role::Officer, Role::Approver];
        let (author, editor, third) = (app.user(&both).await, app.user(&both).await, app.user(&both).await);
        let id = draft(&author, LAOSHAN_2026).await;
        publish(&author, &id, 1).await.refused(409, "two_person_rule");
        put(&editor, &id, 1, LAOSHAN_2026).await.expect(200);
        publish(&author, &id, 2).await.refused(409, "two_person_rule");
        publish(&editor, &id, 2).await.refused(409, "two_person_rule");
        let actions = editor.get(&format!("/rule-sets/{id}")).await.expect(200)["actions"].clone();
        assert_eq!((&actions[1]["action"], &actions[1]["reason_code"]), (&json!("rule_set.publish"), &json!("two_person_rule")));
        publish(&third, &id, 2).await.expect(200);
    }

    async fn every_fault_of_a_text_is_told_with_its_line_and_path_and_nothing_is_kept(app) {
        let officer = app.user(&[Role::Officer]).await;
        let before = rows(app).await;

        let (text, line) = edited("age_lte = { years = 10 }", "age_lte = { yeers = 10 }");
        let refused = officer.upload("/rule-sets", TOML, text.into()).await;
        let told = refused.faults(&[("tiers.future_star.gate.all[1].age_lte.yeers", "invalid_rule")]);
        let detail = told["errors"][0]["detail"].as_str().expect("words");
        assert!(detail.starts_with(&format!("line {line}: cannot be read: unknown field `yeers`")), "{detail}");

        let (text, _) = edited("age_lte = { years = 10 }", "age_lte = { years = 10, days = 3 }");
        let text = text.replacen("kinds = [\"tech_sme\", \"high_tech\"", "kinds = [\"tech_sme\", \"hightech\"", 1);
        let told = officer.post("/rule-sets", json!({"source": text})).await.faults(&[
            ("tiers.future_star.gate.all[1].age_lte", "invalid_rule"),
            ("tiers.future_star.gate.all[6].holds_title.kinds[1]", "invalid_rule"),
        ]);
        let details: Vec<_> = told["errors"].as_array().expect("a list").iter().map(|e| e["detail"].clone()).collect();
        let (_, second) = edited("kinds = [\"tech_sme\", \"high_tech\"", "");
        assert_eq!(details, [
            format!("line {line}: needs either years or days"), format!("line {second}: there is no \"hightech\""),
        ]);

        let deep = format!("not = {}1{}", "{ not = ".repeat(70), " }".repeat(70));
        let (text, _) = edited("age_lte = { years = 10 }", &deep);
        officer.upload("/rule-sets", TOML, text.into()).await.faults(&[("", "invalid_rule")]);
        officer.upload("/rule-sets", TOML, "version = = 1".into()).await.faults(&[("", "invalid_rule")]);
        let (text, _) = edited("code = \"laoshan-2026\"", "code = \"\\u0000\"");
        officer.upload("/rule-sets", TOML, text.into()).await.faults(&[("code", "invalid_rule")]);
        officer.upload("/rule-sets", TOML, vec![b'#'; 300_000]).await.refused(413, "body_too_large");
        officer.upload("/rule-sets", TOML, vec![0xb1, 0xbe]).await.refused(400, "malformed_request");
        officer.upload("/rule-sets", "text/csv", LAOSHAN_2026.into()).await.refused(415, "unsupported_media_type");
        officer.post("/rule-sets", json!({"text": ""})).await.refused(400, "malformed_json");
        app.user(&[Role::Applicant]).await.upload("/rule-sets", TOML, "=".into()).await.refused(403, "forbidden");

        let id = draft(&officer, LAOSHAN_2026).await;
        put(&officer, &id, 1, "version = = 1").await.faults(&[("", "invalid_rule")]);
        let kept = officer.get(&format!("/rule-sets/{id}")).await.expect(200);
        assert_eq!((kept["source"].as_str(), &kept["version"]), (Some(LAOSHAN_2026), &json!(1)));
        let rule_sets = |rows: &[(String, i64)]| rows.iter().find(|(name, _)| name == "rule_sets").map(|(_, n)| *n);
        assert_eq!(rule_sets(&rows(app).await), rule_sets(&before).map(|n| n + 1), "the one good draft");
    }

    async fn the_rule_set_in_force_is_the_published_one_that_took_effect_last(app) {
        let approver = app.user(&[Role::Approver]).await;
        let officer = app.user(&[Role::Officer]).await;
        let next = |from: &str, to: &str| {
            let dates = format!("effective_from = \"{from}\"\neffective_to = \"{to}\"");
            edited("effective_from = \"2026-01-01\"", &dates).0
        };
        let summer = draft(&officer, &next("2026-07-01", "2026-08-31")).await;
        let never = draft(&officer, &next("2026-07-15", "2026-08-31")).await;
        publish(&approver, &summer, 1).await.expect(200);
        let on = |date: &str| {
            let (door, date): (_, NaiveDate) = (app.app.door.clone(), date.parse().expect("a date"));
            async move { door.peek("test", move |cx| Ok(current(cx, date)?.1.version)).await.map_err(|e| e.code.as_str()) }
        };
        assert_eq!(on("2025-12-31").await, Err("not_found"));
        for (date, version) in [("2026-01-01", 1), ("2026-06-30", 1), ("2026-07-01", 2), ("2026-08-31", 2), ("2026-09-01", 1)] {
            assert_eq!(on(date).await, Ok(version), "{date}");
        }

        let find = |id: &str| {
            let (door, id) = (app.app.door.clone(), RuleSetId(id.to_owned()));
            async move { door.peek("test", move |cx| rule_set(cx, &id)).await.map_err(|e| e.code.as_str()) }
        };
        assert_eq!(find(&never).await.err(), Some("not_found"), "nothing stands on a draft");
        assert!(Arc::ptr_eq(&find(&summer).await.expect("found"), &find(&summer).await.expect("found")), "read once");
    }

    async fn a_promising_star_finds_out_where_it_stands_and_leaves_no_trace(app) {
        let before = rows(app).await;
        let nobody = app.anonymous();
        let checked = nobody.post("/public/self-checks", promising_star()).await.expect(200);
        assert_eq!((&checked["rule_set"], &checked["version"]), (&json!("laoshan-2026"), &json!(1)));
        let told: Vec<_> = checked["tiers"].as_array().expect("tiers").iter().map(|t| json!([t["tier"], t["outcome"]])).collect();
        assert_eq!(told, [
            json!(["seed", "unknown"]), json!(["future_star", "met"]), json!(["leading", "unmet"]), json!(["ecosystem", "unknown"]),
        ]);
        assert_eq!(leaf(&checked, "future_star", "star_growth"), &json!({
            "code": "star_growth", "outcome": "met", "text": "Revenue CAGR over two years at least 20 %",
            "basis": "Proposed default, to be confirmed by the district office",
            "needs": {"op": "gte", "value": 200_000, "unit": "ppm"}, "got": 341_641, "blocking": false, "evidence": ["F03"],
            "used": [
                {"what": "revenue", "name": "Revenue", "year": 2025, "value": 900_000_000, "unit": "fen", "pointer": "/years/2025/revenue"},
                {"what": "revenue", "name": "Revenue", "year": 2023, "value": 500_000_000, "unit": "fen", "pointer": "/years/2023/revenue"},
            ],
        }));

        let scale = &checked["tiers"][1]["tree"]["children"][1]["children"][2];
        assert_eq!(scale, &json!({"code": "star_scale", "rule": "any", "outcome": "met", "children": [
            {"code": "star_scale_revenue", "rule": "gte", "outcome": "met"},
            {"code": "star_scale_equity", "rule": "sum_gte", "outcome": "unknown"},
        ]}), "how the rules stand together");

        let star = with(promising_star(), "tiers", json!(["future_star"]));
        let zh = nobody.http.post(format!("{}/public/self-checks", nobody.base)).json(&star);
        let zh = Reply::of(zh.header("accept-language", "zh-CN")).await.expect(200);
        assert_eq!(zh["tiers"].as_array().map(Vec::len), Some(1));
        assert_eq!(leaf(&zh, "future_star", "star_growth")["text"], "近两年营业收入复合增长率不低于 20 %");

        // One fen below the growth that is asked for: exact, not rounded.
        let slow = json!({"2025": {"revenue": 719_999_999, "rd_expense": 81_000_000}, "2023": {"revenue": 500_000_000}});
        let checked = nobody.post("/public/self-checks", with(promising_star(), "years", slow)).await.expect(200);
        assert_eq!(leaf(&checked, "future_star", "star_growth")["outcome"], "unmet");
        let officers = with(promising_star(), "human", json!({"deep_tech": true}));
        let checked = nobody.post("/public/self-checks", officers).await.expect(200);
        assert_eq!(leaf(&checked, "seed", "seed_deep_tech")["outcome"], "manual_review", "nobody answers for the officer");

        assert_eq!(nobody.post("/public/self-checks", json!({})).await.expect(200)["tiers"][1]["outcome"], "unknown");
        assert_eq!(rows(app).await, before);
    }

    async fn last_year_of_a_self_check_turns_at_midnight_in_shanghai(app) {
        let nobody = app.anonymous();
        let year = || async {
            let checked = nobody.post("/public/self-checks", promising_star()).await.expect(200);
            leaf(&checked, "future_star", "star_scale_revenue")["used"][0]["year"].clone()
        };
        app.advance_to("2026-12-31T15:59:59Z");
        assert_eq!(year().await, 2025);
        app.advance_to("2026-12-31T16:00:00Z");
        assert_eq!(year().await, 2026);
    }

    async fn wrong_figures_are_all_told_at_once_with_their_places(app) {
        let nobody = app.anonymous();
        nobody.post("/public/self-checks", json!({
            "tiers": [], "track": "alchemy", "ip": {"class2": -3},
            "years": {"2025": {"turnover": 5, "revenue": -1}, "25": {}},
            "titles": [{"kind": "high_tech", "valid_from": "2025-01-01", "valid_to": "2024-01-01"}],
        })).await.faults(&[
            ("/tiers", "too_short"), ("/track", "unknown_track"), ("/years/2025/turnover", "unknown_indicator"),
            ("/years/2025/revenue", "out_of_range"), ("/years/25", "invalid_year"), ("/ip/class2", "out_of_range"),
            ("/titles/0/valid_to", "dates_reversed"),
        ]);
        for (body, pointer, code) in [
            (json!({"turnover": 5}), "/turnover", "unknown"),
            (json!({"years": {"2025": {"revenue": 1.5}}}), "/years/2025/revenue", "wrong_type"),
            (json!({"years": {"2025": {"revenue": {"value": 1, "sauce": "x"}}}}), "/years/2025/revenue/sauce", "unknown"),
            (json!({"tiers": ["seed", "star"]}), "/tiers/1", "unknown"),
            (json!({"tiers": "seed"}), "/tiers", "wrong_type"),
            (json!([]), "", "wrong_type"),
        ] {
            let refused = nobody.post("/public/self-checks", body.clone()).await.refused(400, "malformed_json");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!(pointer), &json!(code)), "{body}");
        }
    }

    async fn tracks_and_indicators_are_public_in_both_languages(app) {
        let nobody = app.anonymous();
        let tracks = nobody.get("/public/tracks").await.expect(200);
        assert_eq!(tracks["tracks"][0], json!({
            "code": "terahertz", "name": {"zh": "太赫兹", "en": "Terahertz"}, "maturity": "base",
            "maturity_name": {"zh": "具有基础", "en": "Established base"},
        }));
        assert_eq!(tracks["tracks"].as_array().map(Vec::len), Some(8));
        assert_eq!(tracks["watch_list"][0], json!({"code": "hydrogen", "name": {"zh": "氢能", "en": "Hydrogen energy"}}));
        assert_eq!(tracks["titles"][3], json!({"code": "high_tech", "name": {"zh": "高新技术企业", "en": "High-tech enterprise"}}));
        assert_eq!(tracks["vetoes"][3], json!({"code": "tax_evasion", "name": {"zh": "存在偷税、骗税行为", "en": "Tax evasion"}}));
        assert_eq!(tracks["parks"], json!([]), "to be filled in by the district");
        let dictionary = nobody.get("/public/indicators").await.expect(200);
        let share = dictionary["indicators"].as_array().expect("a list").iter().find(|i| i["code"] == "niche_share");
        assert_eq!(share, Some(&json!({
            "code": "niche_share", "name": {"zh": "细分市场占有率", "en": "Share of the niche market"}, "unit": "ppm",
            "min": 0, "max": 1_000_000,
        })));
        assert_eq!(dictionary["indicators"][6], json!({
            "code": "net_profit", "name": {"zh": "净利润", "en": "Net profit"}, "unit": "fen",
        }), "a loss is a figure too");
        assert_eq!(dictionary["derived"][0]["code"], "rd_ratio");
    }

    async fn a_list_of_rule_sets_costs_the_same_statements_for_one_and_for_three_and_is_paged(app) {
        let officer = app.user(&[Role::Officer]).await;
        let one = app.statements(officer.get("/rule-sets")).await;
        draft(&officer, LAOSHAN_2026).await;
        draft(&officer, LAOSHAN_2026).await;
        assert_eq!(app.statements(officer.get("/rule-sets")).await, one);
        let page = officer.get("/rule-sets?limit=2").await.expect(200);
        let next = page["next"].as_str().expect("a second page");
        let rest = officer.get(&format!("/rule-sets?limit=2&cursor={next}")).await.expect(200);
        let revisions: Vec<_> = [&page, &rest].iter().flat_map(|p| p["items"].as_array().expect("a list")).map(|i| &i["revision"]).collect();
        assert_eq!(revisions, [3, 2, 1]);
        officer.get("/rule-sets?state=old").await.refused(400, "malformed_request");
    }
}
