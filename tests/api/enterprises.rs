//! The enterprise record, who acts for it, its figures and facts.

use laoshan::enterprises::rules::credit_code::CreditCode;
use laoshan::enterprises::service::registration::{Attachment, attach_applicant};
use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::both;
use crate::support::{TestApp, TestUser};

const CODE: &str = "91370212MAQJWYLF5K";
const OTHER: &str = "91370212MA55TH2H71";
const THIRD: &str = "91370212MAUCCP508W";

/// An applicant who registered for this code, as registration does once the e-mail address is confirmed.
async fn registered(app: &TestApp, code: &'static str, name: &'static str) -> (TestUser, Attachment) {
    let person = app.user(&[Role::Applicant]).await;
    let id = person.id.clone();
    let work = move |cx: &mut laoshan::platform::door::Cx| {
        attach_applicant(cx, &id, &CreditCode::parse(code).expect("a valid code"), name)
    };
    let attachment = app.app.door.system("test", work).await.expect("a registration");
    (person, attachment)
}

async fn owner(app: &TestApp, code: &'static str, name: &'static str) -> (TestUser, String) {
    match registered(app, code, name).await {
        (person, Attachment::Owner(id)) => (person, id.to_string()),
        other => panic!("no owner: {:?}", other.1),
    }
}

async fn entered(officer: &TestUser, body: Value) -> Value {
    officer.post("/enterprises", body).await.expect(201)
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().expect("items").iter().filter_map(|item| item["name"].as_str()).collect()
}

fn action<'a>(view: &'a Value, name: &str) -> &'a Value {
    let actions = view["actions"].as_array().expect("actions");
    actions.iter().find(|action| action["action"] == name).unwrap_or(&Value::Null)
}

both! {
    async fn an_officer_enters_an_enterprise_and_reads_back_what_was_meant(app) {
        let officer = app.user(&[Role::Officer]).await;
        let reply = officer.post("/enterprises", json!({
            "credit_code": " 91370212maqj wylf5k ",
            "name": " 青岛示例海洋科技有限公司 ",
            "registered_on": "2021-05-20",
            "capital": "500(万元人民币)",
            "address": "青岛市崂山区松岭路1号",
            "park": "示例园",
            "tracks": ["marine_electronics", "deep_sea"],
        })).await;
        let location = reply.header("location").to_owned();
        assert_eq!(reply.header("etag"), "\"1\"");
        let view = reply.expect(201);
        let id = view["id"].as_str().expect("an id");
        assert_eq!(location, format!("/api/v1/enterprises/{id}"));
        assert_eq!(officer.get(&format!("/enterprises/{id}")).await.expect(200), json!({
            "id": id,
            "credit_code": CODE,
            "name": "青岛示例海洋科技有限公司",
            "english_name": null,
            "kind": null,
            "registered_on": "2021-05-20",
            "capital": {"state": "known", "amount_fen": 500_000_000, "currency": "CNY"},
            "capital_text": "500(万元人民币)",
            "business_scope": null,
            "province": null,
            "city": null,
            "address": "青岛市崂山区松岭路1号",
            "registered_in_laoshan": true,
            "registered_in_laoshan_stated": false,
            "park": "示例园",
            "status": "active",
            "main_track": "marine_electronics",
            "tracks": ["deep_sea", "marine_electronics"],
            "tiers": [],
            "source": "officer",
            "created_at": "2026-03-02T01:00:00.000000Z",
            "updated_at": "2026-03-02T01:00:00.000000Z",
            "version": 1,
            "members": [],
            "actions": view["actions"],
        }));
        officer.post("/enterprises", json!({"credit_code": CODE, "name": "又一个"})).await.refused(409, "already_exists");
    }

    async fn every_fault_of_a_record_is_told_at_once(app) {
        let officer = app.user(&[Role::Officer]).await;
        officer.post("/enterprises", json!({
            "credit_code": "91370212MAQJWYLF5F",
            "name": "  ",
            "registered_on": "2026-03-03",
            "address": "长".repeat(501),
            "tracks": ["terahertz", "alchemy", "terahertz"],
            "main_track": "deep_sea",
        })).await.faults(&[
            ("/credit_code", "check_digit"),
            ("/name", "required"),
            ("/registered_on", "in_the_future"),
            ("/address", "too_long"),
            ("/tracks/1", "not_existing"),
            ("/tracks/2", "duplicate"),
            ("/main_track", "not_allowed"),
        ]);
        officer.post("/enterprises", json!({"credit_code": CODE})).await.refused(400, "malformed_json");
        officer.post("/enterprises", json!({"credit_code": CODE, "name": "甲", "owner": "x"})).await
            .refused(400, "malformed_json");
        assert_eq!(officer.get("/enterprises?count=true").await.expect(200)["total"], 0);
    }

    async fn an_applicant_reaches_their_own_enterprise_only(app) {
        let (mine, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let (theirs, other) = owner(app, OTHER, "青岛乙科技有限公司").await;
        assert_eq!(names(&mine.get("/enterprises").await.expect(200)), ["青岛甲科技有限公司"]);
        mine.get(&format!("/enterprises/{id}")).await.expect(200);
        for path in ["", "/members", "/metrics", "/facts", "/figures"] {
            mine.get(&format!("/enterprises/{other}{path}")).await.refused(404, "not_found");
        }
        mine.patch(&format!("/enterprises/{other}"), 1, json!({"park": "x"})).await.refused(404, "not_found");
        mine.put(&format!("/enterprises/{other}/metrics/2025"), json!({"revenue": 1})).await.refused(404, "not_found");
        mine.post(&format!("/enterprises/{other}/facts"), json!({"kind": "ip", "detail": {}})).await
            .refused(404, "not_found");
        mine.post("/enterprises", json!({})).await.refused(403, "forbidden");
        assert_eq!(names(&theirs.get("/enterprises?q=甲").await.expect(200)), [""; 0]);
        let bank = app.user(&[Role::Bank]).await;
        bank.get("/enterprises").await.refused(403, "forbidden");
        app.anonymous().get("/enterprises").await.refused(401, "unauthenticated");
    }

    async fn a_name_is_found_by_any_part_of_it_however_it_is_typed(app) {
        let officer = app.user(&[Role::Officer]).await;
        for (code, name) in [
            (CODE, "青岛海尔智家（崂山）有限公司"),
            (OTHER, "青岛海信ＡＢＣ电子有限公司"),
            (THIRD, "山东100%_纯净\\水有限公司"),
        ] {
            entered(&officer, json!({"credit_code": code, "name": name})).await;
        }
        for (q, found) in [
            ("海尔", &["青岛海尔智家（崂山）有限公司"][..]),
            ("尔", &["青岛海尔智家（崂山）有限公司"]),
            ("智家(崂山)", &["青岛海尔智家（崂山）有限公司"]),
            ("abc", &["青岛海信ＡＢＣ电子有限公司"]),
            ("ＡＢＣ 电子", &["青岛海信ＡＢＣ电子有限公司"]),
            ("青岛", &["青岛海信ＡＢＣ电子有限公司", "青岛海尔智家（崂山）有限公司"]),
            ("%", &["山东100%_纯净\\水有限公司"]),
            ("0%_", &["山东100%_纯净\\水有限公司"]),
            ("净\\水", &["山东100%_纯净\\水有限公司"]),
            ("海智", &[]),
            ("尔海", &[]),
            ("_", &["山东100%_纯净\\水有限公司"]),
            ("无此", &[]),
        ] {
            let encoded: String = q.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let page = officer.get(&format!("/enterprises?q={encoded}")).await.expect(200);
            assert_eq!(names(&page), found, "{q}");
        }
        officer.get(&format!("/enterprises?q={}", "x".repeat(101))).await.faults(&[("q", "too_long")]);
        // A new name is found, the old one is not.
        let page = officer.get("/enterprises?q=海尔").await.expect(200);
        let id = page["items"][0]["id"].as_str().expect("an id").to_owned();
        officer.patch(&format!("/enterprises/{id}"), 1, json!({"name": "青岛卡奥斯有限公司"})).await.expect(200);
        assert_eq!(names(&officer.get("/enterprises?q=海尔").await.expect(200)), [""; 0]);
        assert_eq!(names(&officer.get("/enterprises?q=奥斯").await.expect(200)), ["青岛卡奥斯有限公司"]);
    }

    async fn a_list_is_filtered_sorted_and_paged_without_a_gap(app) {
        let officer = app.user(&[Role::Officer]).await;
        for (code, name, park, track) in [
            (CODE, "丙", "一园", "terahertz"),
            (OTHER, "甲", "一园", "deep_sea"),
            (THIRD, "乙", "二园", "deep_sea"),
        ] {
            entered(&officer, json!({"credit_code": code, "name": name, "park": park, "tracks": [track]})).await;
        }
        for (query, found) in [
            ("", &["乙", "甲", "丙"][..]),
            ("?sort=name", &["丙", "乙", "甲"]),
            ("?park=一园", &["甲", "丙"]),
            ("?track=deep_sea", &["乙", "甲"]),
            ("?track=deep_sea&park=一园", &["甲"]),
            ("?status=active&sort=name", &["丙", "乙", "甲"]),
            ("?status=deregistered", &[]),
            ("?tier=seed", &[]),
            ("?credit_code=91370212-ma55th2h71", &["甲"]),
        ] {
            let page = officer.get(&format!("/enterprises{query}")).await.expect(200);
            assert_eq!(names(&page), found, "{query}");
        }
        for sort in ["newest", "name"] {
            let whole = officer.get(&format!("/enterprises?sort={sort}")).await.expect(200);
            let mut seen = Vec::new();
            let mut cursor = String::new();
            loop {
                let page = officer.get(&format!("/enterprises?sort={sort}&limit=1{cursor}")).await.expect(200);
                seen.extend(names(&page).into_iter().map(str::to_owned));
                match page["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(seen, names(&whole), "{sort}");
        }
        officer.get("/enterprises?credit_code=123").await.faults(&[("credit_code", "format")]);
        officer.get("/enterprises?status=asleep").await.refused(400, "malformed_request");
    }

    async fn a_list_costs_the_same_statements_for_one_row_and_for_three(app) {
        let officer = app.user(&[Role::Officer]).await;
        for (code, name) in [(CODE, "甲"), (OTHER, "乙"), (THIRD, "丙")] {
            entered(&officer, json!({"credit_code": code, "name": name, "tracks": ["terahertz"]})).await;
        }
        let one = app.statements(officer.get("/enterprises?limit=1")).await;
        let three = app.statements(officer.get("/enterprises?limit=3")).await;
        assert_eq!(one, three);
    }

    async fn an_owner_changes_what_is_theirs_to_change_and_an_officer_the_rest(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let path = format!("/enterprises/{id}");
        applicant.patch(&path, 1, json!({
            "name": "乙", "kind": "x", "registered_on": "2020-01-01", "capital": "1元", "province": "x", "city": "x",
            "registered_in_laoshan": true, "status": "moved_out",
        })).await.faults(&[
            ("/name", "not_allowed"), ("/kind", "not_allowed"), ("/registered_on", "not_allowed"),
            ("/capital", "not_allowed"), ("/province", "not_allowed"), ("/city", "not_allowed"),
            ("/registered_in_laoshan", "not_allowed"), ("/status", "not_allowed"),
        ]);
        let view = applicant.patch(&path, 1, json!({
            "english_name": "Jia", "address": "青岛市崂山区1号", "tracks": ["terahertz", "deep_sea"],
        })).await.expect(200);
        assert_eq!(
            (&view["english_name"], &view["registered_in_laoshan"], &view["main_track"], &view["version"]),
            (&json!("Jia"), &json!(true), &json!("terahertz"), &json!(2))
        );
        applicant.patch(&path, 1, json!({"park": "x"})).await.refused(412, "stale_version");
        crate::support::Reply::of(applicant.request("PATCH", &path).json(&json!({"park": "x"}))).await
            .refused(428, "precondition_required");
        applicant.patch(&path, 2, json!({"credit_code": OTHER})).await.refused(400, "malformed_json");
        // Merge patch: null clears, what is left out stays; a main track that is gone is replaced.
        let view = applicant.patch(&path, 2, json!({"english_name": null, "tracks": ["deep_sea"]})).await.expect(200);
        assert_eq!(
            (&view["english_name"], &view["address"], &view["main_track"]),
            (&Value::Null, &json!("青岛市崂山区1号"), &json!("deep_sea"))
        );
        // An officer's word stands against the address until it is taken back.
        let view = officer.patch(&path, 3, json!({"registered_in_laoshan": false})).await.expect(200);
        assert_eq!((&view["registered_in_laoshan"], &view["registered_in_laoshan_stated"]), (&json!(false), &json!(true)));
        let view = officer.patch(&path, 4, json!({"address": "青岛市崂山区2号"})).await.expect(200);
        assert_eq!(view["registered_in_laoshan"], false);
        let view = officer.patch(&path, 5, json!({"registered_in_laoshan": null, "status": "moved_out"})).await.expect(200);
        assert_eq!((&view["registered_in_laoshan"], &view["status"]), (&json!(true), &json!("moved_out")));
        let auditor = app.user(&[Role::Auditor]).await;
        let trail = auditor.get(&format!("/audit-events?subject_kind=enterprise&subject_id={id}&limit=1")).await.expect(200);
        let last = &trail["items"][0];
        assert_eq!((&last["from"], &last["to"]), (&json!("active"), &json!("moved_out")));
        assert_eq!(last["changes"]["laoshan_stated"], json!({"old": false}));
    }

    async fn who_registers_first_owns_the_record_and_who_comes_later_claims_it(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (first, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let (second, attachment) = registered(app, CODE, "甲").await;
        assert!(matches!(attachment, Attachment::Claim(claimed) if claimed.as_str() == id));
        second.get(&format!("/enterprises/{id}")).await.refused(404, "not_found");
        let members = first.get(&format!("/enterprises/{id}/members")).await.expect(200);
        assert_eq!((&members[0]["role"], &members[0]["verified"]), (&json!("owner"), &json!(false)));

        let own = second.get("/claims").await.expect(200);
        let claim = own["items"][0]["id"].as_str().expect("a claim").to_owned();
        assert_eq!((&own["items"][0]["state"], &own["items"][0]["enterprise_name"]), (&json!("pending"), &json!("青岛甲科技有限公司")));
        assert_eq!(first.get("/claims?count=true").await.expect(200)["total"], 0, "somebody else's claim is not shown");
        first.get(&format!("/claims/{claim}")).await.refused(404, "not_found");
        second.post(&format!("/claims/{claim}/approval"), json!({"evidence": "x"})).await.refused(403, "forbidden");
        officer.post(&format!("/claims/{claim}/approval"), json!({"evidence": " "})).await.faults(&[("/evidence", "required")]);
        let view = officer.post(&format!("/claims/{claim}/approval"), json!({"evidence": "授权书"})).await.expect(200);
        assert_eq!(view["state"], "approved");
        assert_eq!(action(&view, "claim.decide")["reason_code"], "invalid_transition");
        officer.post(&format!("/claims/{claim}/refusal"), json!({"reason": "x"})).await.refused(409, "invalid_transition");
        second.get(&format!("/enterprises/{id}")).await.expect(200);
        let members = second.get(&format!("/enterprises/{id}/members")).await.expect(200);
        assert_eq!((&members[1]["role"], &members[1]["verified"], &members[1]["evidence"]), (&json!("member"), &json!(true), &json!("授权书")));
        second.post("/claims", json!({"credit_code": CODE, "role": "owner"})).await.refused(409, "already_exists");
    }

    async fn a_signed_in_applicant_claims_a_further_enterprise(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (_, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let (person, _) = owner(app, OTHER, "青岛乙科技有限公司").await;
        person.post("/claims", json!({"credit_code": "1", "role": "owner", "message": "长".repeat(1001)})).await
            .faults(&[("/credit_code", "format"), ("/message", "too_long")]);
        person.post("/claims", json!({"credit_code": THIRD, "role": "owner"})).await.faults(&[("/name", "required")]);
        let answer = person.post("/claims", json!({"credit_code": THIRD, "name": "丙", "role": "owner"})).await.expect(201);
        assert_eq!((&answer["outcome"], &answer["claim"]), (&json!("owner"), &Value::Null), "nobody was on record");
        let answer = person.post("/claims", json!({"credit_code": CODE, "role": "owner", "message": "我是股东"})).await.expect(201);
        assert_eq!((&answer["outcome"], &answer["enterprise_id"]), (&json!("claim"), &json!(id)));
        person.post("/claims", json!({"credit_code": CODE, "role": "member"})).await.refused(409, "already_exists");
        let claim = answer["claim"]["id"].as_str().expect("a claim");
        let view = officer.post(&format!("/claims/{claim}/refusal"), json!({"reason": "材料不符"})).await.expect(200);
        assert_eq!((&view["state"], &view["reason"]), (&json!("refused"), &json!("材料不符")));
        assert_eq!(names(&person.get("/enterprises?sort=name").await.expect(200)), ["丙", "青岛乙科技有限公司"]);
        let again = person.post("/claims", json!({"credit_code": CODE, "role": "member"})).await.expect(201);
        assert_eq!(again["outcome"], "claim", "a refused claim does not bar another");
        let pending = officer.get("/claims?state=pending&count=true").await.expect(200);
        assert_eq!(pending["total"], 1);
    }

    async fn nobody_decides_or_verifies_themselves(app) {
        let both = app.user(&[Role::Applicant, Role::Officer]).await;
        let (_, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let answer = both.post("/claims", json!({"credit_code": CODE, "role": "member"})).await.expect(201);
        let claim = answer["claim"]["id"].as_str().expect("a claim");
        both.post(&format!("/claims/{claim}/approval"), json!({"evidence": "x"})).await.refused(409, "two_person_rule");
        let answer = both.post("/claims", json!({"credit_code": OTHER, "name": "乙", "role": "owner"})).await.expect(201);
        let own = answer["enterprise_id"].as_str().expect("an id");
        let members = both.get(&format!("/enterprises/{own}/members")).await.expect(200);
        let body = json!({"member_id": members[0]["id"], "evidence": "x"});
        both.post(&format!("/enterprises/{own}/verification"), body).await.refused(404, "not_found");
        both.put(&format!("/enterprises/{own}/metrics/2025"), json!({"revenue": 1})).await.expect(200);
        let verify = json!({"indicators": ["revenue"]});
        both.post(&format!("/enterprises/{own}/metrics/2025/verification"), verify).await.refused(404, "not_found");
        assert_eq!(both.get(&format!("/enterprises/{id}")).await.expect(200)["name"], "青岛甲科技有限公司");
    }

    async fn an_officer_verifies_the_owner_once(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let view = officer.get(&format!("/enterprises/{id}")).await.expect(200);
        assert_eq!(action(&view, "member.verify")["allowed"], true);
        let body = json!({"member_id": view["members"][0]["id"], "evidence": "营业执照、授权书"});
        let path = format!("/enterprises/{id}/verification");
        applicant.post(&path, body.clone()).await.refused(403, "forbidden");
        officer.post(&path, json!({"member_id": view["members"][0]["id"], "evidence": ""})).await
            .faults(&[("/evidence", "required")]);
        officer.post(&path, json!({"member_id": "nobody", "evidence": "x"})).await.refused(404, "not_found");
        let member = officer.post(&path, body.clone()).await.expect(200);
        assert_eq!((&member["verified"], &member["verified_by"]), (&json!(true), &json!(officer.id)));
        officer.post(&path, body).await.refused(409, "invalid_transition");
        let view = officer.get(&format!("/enterprises/{id}")).await.expect(200);
        assert_eq!(action(&view, "member.verify")["allowed"], false);
    }

    async fn members_leave_but_the_last_owner_stays(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (owner, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let (other, _) = registered(app, CODE, "甲").await;
        let claims = officer.get("/claims?state=pending").await.expect(200);
        let claim = claims["items"][0]["id"].as_str().expect("a claim").to_owned();
        officer.post(&format!("/claims/{claim}/approval"), json!({"evidence": "x"})).await.expect(200);
        let members = owner.get(&format!("/enterprises/{id}/members")).await.expect(200);
        let [first, second] = [0, 1].map(|i| format!("/enterprises/{id}/members/{}", members[i]["id"].as_str().expect("an id")));
        other.delete(&first).await.refused(403, "forbidden");
        owner.delete(&first).await.refused(409, "invalid_transition");
        owner.delete(&second).await.expect(204);
        owner.delete(&second).await.refused(404, "not_found");
        other.get(&format!("/enterprises/{id}")).await.refused(404, "not_found");
        officer.delete(&first).await.expect(204);
        // With nobody left the next who comes owns the record again; a former member takes the old place.
        let answer = other.post("/claims", json!({"credit_code": CODE, "role": "member"})).await.expect(201);
        assert_eq!(answer["outcome"], "owner");
        let members = other.get(&format!("/enterprises/{id}/members")).await.expect(200);
        assert_eq!(members.as_array().map(Vec::len), Some(1));
        assert_eq!((&members[0]["role"], &members[0]["verified"]), (&json!("owner"), &json!(false)));
    }

    async fn a_changed_figure_loses_its_verification_and_an_unchanged_one_keeps_it(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let path = format!("/enterprises/{id}/metrics/2025");
        let view = applicant.put(&path, json!({"revenue": 900_000_000, "staff": 42, "net_profit": -5})).await.expect(200);
        assert_eq!(view["years"]["2025"]["revenue"], json!({
            "value": 900_000_000, "unit": "fen", "source": "enterprise", "written_by": applicant.id,
            "written_at": "2026-03-02T01:00:00.000000Z", "verified": false, "verified_by": null, "verified_at": null,
        }));
        officer.post(&format!("{path}/verification"), json!({"indicators": ["revenue", "tax_paid", "revenue"]})).await
            .faults(&[("/indicators/1", "not_existing"), ("/indicators/2", "duplicate")]);
        officer.post(&format!("{path}/verification"), json!({"indicators": []})).await
            .faults(&[("/indicators", "required")]);
        applicant.post(&format!("{path}/verification"), json!({"indicators": ["revenue"]})).await.refused(403, "forbidden");
        let view = officer.post(&format!("{path}/verification"), json!({"indicators": ["revenue", "staff"]})).await.expect(200);
        assert_eq!(view["years"]["2025"]["staff"]["verified_by"], json!(officer.id));
        let view = applicant.put(&path, json!({"revenue": 900_000_000, "staff": 43, "net_profit": null})).await.expect(200);
        let year = &view["years"]["2025"];
        assert_eq!(
            (&year["revenue"]["verified"], &year["staff"]["verified"], &year["net_profit"]),
            (&json!(true), &json!(false), &Value::Null)
        );
        let view = officer.put(&format!("/enterprises/{id}/metrics/2024"), json!({"revenue": 1})).await.expect(200);
        assert_eq!(view["years"]["2024"]["revenue"]["source"], "officer");
    }

    async fn figures_that_make_no_sense_are_refused_all_at_once(app) {
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let put = |year: &str, body| {
            let (applicant, path) = (applicant.clone(), format!("/enterprises/{id}/metrics/{year}"));
            async move { applicant.put(&path, body).await }
        };
        put("2027", json!({"revenue": -1, "turnover": 1, "niche_share": 1_000_001})).await.faults(&[
            ("year", "out_of_range"), ("/revenue", "out_of_range"), ("/turnover", "unknown"), ("/niche_share", "out_of_range"),
        ]);
        put("2025", json!({"revenue": 1.5})).await.refused(400, "malformed_json");
        put("2025", json!({"revenue": "12"})).await.refused(400, "malformed_json");
        put("x", json!({"revenue": 12})).await.refused(404, "not_found");
        assert_eq!(applicant.get(&format!("/enterprises/{id}/metrics")).await.expect(200)["years"], json!({}));
    }

    async fn a_fact_is_recorded_corrected_verified_and_ended(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let facts = format!("/enterprises/{id}/facts");
        let detail = json!({"kind": "high_tech", "number": "GR2024", "valid_from": "2024-11-01", "valid_to": "2027-10-31"});
        let body = json!({"kind": "title", "detail": detail, "evidence": "证书"});
        let fact = applicant.post(&facts, body).await.expect(201);
        assert_eq!(
            (&fact["kind"], &fact["detail"], &fact["occurred_on"], &fact["source"], &fact["verified"], &fact["version"]),
            (&json!("title"), &detail, &json!("2024-11-01"), &json!("enterprise"), &json!(false), &json!(1))
        );
        let one = format!("{facts}/{}", fact["id"].as_str().expect("an id"));
        applicant.post(&format!("{one}/verification"), json!({})).await.refused(403, "forbidden");
        let verified = officer.post(&format!("{one}/verification"), json!({})).await.expect(200);
        assert_eq!((&verified["verified"], &verified["version"]), (&json!(true), &json!(2)));
        let patch = json!({"detail": {"valid_to": "2026-10-31", "number": null}});
        applicant.patch(&one, 1, patch.clone()).await.refused(412, "stale_version");
        let changed = applicant.patch(&one, 2, patch).await.expect(200);
        assert_eq!(changed["detail"], json!({"kind": "high_tech", "valid_from": "2024-11-01", "valid_to": "2026-10-31"}));
        assert_eq!((&changed["verified"], &changed["evidence"]), (&json!(false), &json!("证书")));
        assert_eq!(officer.get(&format!("{facts}?kind=ip&count=true")).await.expect(200)["total"], 0);
        applicant.delete(&one).await.expect(204);
        applicant.delete(&one).await.refused(409, "invalid_transition");
        assert_eq!(officer.get(&facts).await.expect(200)["items"], json!([]));
        assert_eq!(officer.get(&format!("{facts}?ended=true")).await.expect(200)["items"][0]["id"], fact["id"]);
    }

    async fn what_an_officer_recorded_the_enterprise_cannot_change(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let facts = format!("/enterprises/{id}/facts");
        let body = json!({"kind": "incident", "detail": {"veto": "major_accident", "on": "2025-06-01"}});
        let fact = officer.post(&facts, body).await.expect(201);
        let one = format!("{facts}/{}", fact["id"].as_str().expect("an id"));
        applicant.delete(&one).await.refused(409, "invalid_transition");
        applicant.patch(&one, 1, json!({"detail": {"on": "2015-06-01"}})).await.refused(409, "invalid_transition");
        let seen = applicant.get(&one).await.expect(200);
        assert_eq!(action(&seen, "fact.write")["allowed"], false);
        let veto = json!({"kind": "veto", "detail": {"veto": "dishonest_list", "applies": false}});
        applicant.post(&facts, veto.clone()).await.faults(&[("/kind", "not_allowed")]);
        officer.post(&facts, veto).await.expect(201);
    }

    async fn a_fact_that_makes_no_sense_is_refused_with_its_place(app) {
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        let facts = format!("/enterprises/{id}/facts");
        for (kind, detail, faults) in [
            ("title", json!({"kind": "champion", "valid_from": "2025-01-02", "valid_to": "2025-01-01"}),
                &[("/detail/kind", "not_existing"), ("/detail/valid_to", "date_order")][..]),
            ("ip", json!({"class1_granted": -1, "class2": -1}),
                &[("/detail/class1_granted", "out_of_range"), ("/detail/class2", "out_of_range")]),
            ("partner", json!({"name": " ", "amount_fen": -1}),
                &[("/detail/name", "required"), ("/detail/amount_fen", "out_of_range")]),
            ("equity_round", json!({"on": "2026-03-03", "amount_fen": 1}), &[("/detail/on", "in_the_future")]),
            ("incident", json!({"veto": "bad_luck", "on": "2025-01-02", "resolved_on": "2025-01-01"}),
                &[("/detail/veto", "not_existing"), ("/detail/resolved_on", "date_order")]),
            ("landing_agreement", json!({"signed_on": "2025-01-02", "ends_on": "2025-01-01"}),
                &[("/detail/ends_on", "date_order")]),
            ("industry", json!({"class": "制造"}), &[("/detail/class", "format")]),
        ] {
            applicant.post(&facts, json!({"kind": kind, "detail": detail})).await.faults(faults);
        }
        for (kind, detail, pointer) in [
            ("title", json!({"kind": 7}), "/detail/kind"),
            ("equity_round", json!({"on": "2025-02-30", "amount_fen": 1}), "/detail/on"),
            ("ip", json!({"class9": 1}), "/detail/class9"),
            ("talent", json!({"grade": "E"}), "/detail/grade"),
            ("ip", json!(7), "/detail"),
        ] {
            let problem = applicant.post(&facts, json!({"kind": kind, "detail": detail})).await.refused(400, "malformed_json");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
        applicant.post(&facts, json!({"kind": "rumour", "detail": {}})).await.refused(400, "malformed_json");
        assert_eq!(applicant.get(&facts).await.expect(200)["items"], json!([]));
    }

    async fn the_figures_gather_record_metrics_and_facts_with_their_sources(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (applicant, id) = owner(app, CODE, "青岛甲科技有限公司").await;
        officer.patch(&format!("/enterprises/{id}"), 1, json!({
            "registered_on": "2021-05-20", "address": "青岛市崂山区1号", "tracks": ["terahertz", "deep_sea"],
        })).await.expect(200);
        for (year, revenue) in [("2025", 900), ("2022", 600), ("2021", 500)] {
            applicant.put(&format!("/enterprises/{id}/metrics/{year}"), json!({"revenue": revenue})).await.expect(200);
        }
        let verify = json!({"indicators": ["revenue"]});
        officer.post(&format!("/enterprises/{id}/metrics/2025/verification"), verify).await.expect(200);
        for (kind, detail) in [
            ("ip", json!({"class1_granted": 1})),
            ("ip", json!({"class1_granted": 2})),
            ("title", json!({"kind": "high_tech"})),
            ("landing_agreement", json!({"signed_on": "2024-01-01", "ends_on": "2025-01-01"})),
            ("data_consent", json!({"given": true, "on": "2026-03-01"})),
        ] {
            applicant.post(&format!("/enterprises/{id}/facts"), json!({"kind": kind, "detail": detail})).await.expect(201);
        }
        assert_eq!(applicant.get(&format!("/enterprises/{id}/figures?year=2026")).await.expect(200), json!({
            "track": "terahertz",
            "tracks": ["deep_sea"],
            "registered_on": "2021-05-20",
            "registered_in_laoshan": true,
            "legal_person": true,
            "landing_agreement": false,
            "data_consent": true,
            "years": {
                "2025": {"revenue": {"value": 900, "source": "enterprise", "verified": true}},
                "2022": {"revenue": {"value": 600, "source": "enterprise"}},
            },
            "titles": [{"kind": "high_tech"}],
            "ip": {"class1_granted": 2},
        }));
    }
}
