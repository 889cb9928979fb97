//! Who supplies whom, which links are missing, and the enterprises courted to fill them.

use diesel::prelude::*;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::library::model::Recognition;
use laoshan::library::service::recognise;
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use crate::both;
use crate::support::seeds::{enterprise, events, owner, trail};
use crate::support::{TestApp, TestUser};

/// An enterprise of the terahertz track, with a title if one is named.
async fn firm(app: &TestApp, name: &'static str, tier: Option<Tier>) -> EnterpriseId {
    use laoshan::schema::enterprises as e;
    let firm = enterprise(app, name).await;
    let (id, today) = (firm.clone(), app.now().date_naive());
    let work = move |cx: &mut Cx| {
        diesel::update(e::table.find(&id)).set(e::main_track.eq("terahertz")).execute(cx.conn)?;
        let Some(tier) = tier else { return Ok(()) };
        let recognition = Recognition {
            enterprise_id: id.clone(),
            tier,
            lane: tier.lane(),
            application_id: None,
            round_id: None,
            because: String::new(),
            valid_from: today,
            valid_to: today + chrono::Months::new(24),
        };
        recognise(cx, recognition, "LS-WLZX").map(drop)
    };
    app.app.door.system("test", work).await.expect("a firm");
    firm
}

fn link(firm: &EnterpriseId, kind: &str, counterpart: Option<&EnterpriseId>, terms: Value) -> Value {
    let mut body = json!({
        "track": "terahertz", "enterprise_id": firm, "kind": kind, "item": "太赫兹镜头", "counterpart_id": counterpart,
    });
    body.as_object_mut().expect("an object").extend(terms.as_object().expect("an object").clone());
    body
}

async fn cooperation(officer: &TestUser, membership: &str) -> Vec<(Value, Value)> {
    let path = officer.get(&format!("/memberships/{membership}/promotion-path")).await.expect(200);
    let leaves = path["leaves"].as_array().expect("leaves").iter();
    let of =
        leaves.filter(|leaf| ["ecosystem_partners", "ecosystem_contracts"].iter().any(|code| leaf["code"] == *code));
    let mut found: Vec<_> = of.map(|leaf| (leaf["code"].clone(), leaf["got"].clone())).collect();
    found.sort_by_key(|(code, _)| code.to_string());
    found
}

both! {
    async fn the_ecosystem_gate_reads_links_from_either_side(app) {
        let officer = app.user(&[Role::Officer]).await;
        let supplier = firm(app, "配套公司", None).await;
        let body = json!({"enterprise_id": supplier, "lane": "ecosystem", "source": "import"});
        let candidate = officer.post("/memberships", body).await.expect(201)["id"].as_str().expect("an id").to_owned();
        let code = |code: &str, got: i64| (json!(code), json!(got));
        let (star, seed) = (firm(app, "未来之星", Some(Tier::FutureStar)).await, firm(app, "种子", Some(Tier::Seed)).await);
        let terms = json!({"contract_number": "HT-1", "amount_fen": 300_000_000, "starts_on": "2025-04-01", "ends_on": "2026-12-31"});
        let first = officer.post("/enterprise-links", link(&supplier, "supplies", Some(&star), terms)).await.expect(201);
        assert_eq!((&first["counterpart_name"], &first["missing"], &first["version"]), (&json!("未来之星"), &json!(false), &json!(1)));
        assert_eq!(cooperation(&officer, &candidate).await, [code("ecosystem_contracts", 300_000_000), code("ecosystem_partners", 1)]);
        // Noted from the other side.
        let terms = json!({"contract_number": "HT-2", "amount_fen": 200_000_000, "starts_on": "2025-06-01"});
        let second = officer.post("/enterprise-links", link(&seed, "buys_from", Some(&supplier), terms)).await.expect(201);
        assert_eq!(cooperation(&officer, &candidate).await, [code("ecosystem_contracts", 500_000_000), code("ecosystem_partners", 2)]);
        // What was stated about the same partner is not counted twice.
        let stated = json!({"kind": "partner", "detail": {
            "name": "未来之星", "library_member": true, "local": true, "contract": true, "amount_fen": 1, "year": 2025,
        }});
        officer.post(&format!("/enterprises/{supplier}/facts"), stated).await.expect(201);
        assert_eq!(cooperation(&officer, &candidate).await, [code("ecosystem_contracts", 500_000_000), code("ecosystem_partners", 2)]);
        let path = format!("/enterprise-links/{}", second["id"].as_str().expect("an id"));
        officer.post(&format!("{path}/ending"), json!({})).await.expect(200);
        assert_eq!(cooperation(&officer, &candidate).await, [code("ecosystem_contracts", 300_000_000), code("ecosystem_partners", 1)]);
        officer.post(&format!("{path}/ending"), json!({})).await.refused(409, "invalid_transition");
        officer.patch(&path, 2, json!({"amount_fen": 1})).await.refused(409, "invalid_transition");
    }

    async fn a_track_shows_its_chain_and_what_it_lacks(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (star, seed) = (firm(app, "甲未来之星", Some(Tier::FutureStar)).await, firm(app, "乙种子", Some(Tier::Seed)).await);
        let alone = firm(app, "丙孤立", Some(Tier::Seed)).await;
        officer.post("/enterprise-links", link(&seed, "supplies", Some(&star), json!({}))).await.expect(201);
        let gap = officer.post("/enterprise-links", link(&star, "buys_from", None, json!({}))).await.expect(201);
        let view = officer.get("/tracks/terahertz/supply").await.expect(200);
        let names = |list: &Value| -> Vec<Value> {
            list.as_array().expect("a list").iter().map(|row| row["enterprise_name"].clone()).collect()
        };
        assert_eq!(names(&view["members"]).len(), 3);
        assert_eq!((names(&view["links"]), names(&view["missing"])), (vec![json!("乙种子")], vec![json!("甲未来之星")]));
        assert_eq!((&view["unlinked"], &view["complete"], &view["name"]["en"]), (&json!([alone]), &json!(true), &json!("Terahertz")));
        officer.get("/tracks/astrology/supply").await.refused(404, "not_found");

        // A missing link is filled by whoever is found for it.
        let path = format!("/enterprise-links/{}", gap["id"].as_str().expect("an id"));
        officer.patch(&path, 7, json!({})).await.refused(412, "stale_version");
        officer.patch(&path, 1, json!({"counterpart_id": star})).await.faults(&[("/counterpart_id", "not_allowed")]);
        officer.patch(&path, 1, json!({"amount_fen": 5})).await.faults(&[("/counterpart_id", "required")]);
        let filled = officer.patch(&path, 1, json!({"counterpart_id": alone, "amount_fen": 5})).await.expect(200);
        assert_eq!((&filled["missing"], &filled["counterpart_name"]), (&json!(false), &json!("丙孤立")));
        let view = officer.get("/tracks/terahertz/supply").await.expect(200);
        assert_eq!((&view["missing"], &view["unlinked"]), (&json!([]), &json!([])));
        let missing = officer.get("/enterprise-links?missing=true&track=terahertz").await.expect(200);
        assert_eq!(missing["items"], json!([]));
    }

    async fn a_lead_is_courted_signed_and_landed_and_fills_the_link(app) {
        let officer = app.user(&[Role::Officer]).await;
        let star = firm(app, "链主", Some(Tier::FutureStar)).await;
        let gap = officer.post("/enterprise-links", link(&star, "buys_from", None, json!({}))).await.expect(201);
        let lead = json!({
            "name": "外地镜头厂", "track": "terahertz", "link_id": gap["id"], "contact": "张三", "contact_phone": "13800000000",
            "promised": "厂房租金减半", "investment_fen": 2_000_000_000_i64,
        });
        let made = officer.post("/recruitment-leads", lead).await.expect(201);
        let path = format!("/recruitment-leads/{}", made["id"].as_str().expect("an id"));
        let progress = format!("{path}/progress");
        officer.post(&progress, json!({"to": "negotiating"})).await.refused(428, "precondition_required");
        officer.post_at(&progress, 1, json!({"to": "signed"})).await.refused(409, "invalid_transition");
        officer.post_at(&progress, 1, json!({})).await.faults(&[("/to", "required")]);
        officer.post_at(&progress, 1, json!({"to": "negotiating"})).await.expect(200);
        officer.post_at(&progress, 2, json!({"to": "signed", "landed_on": "2026-03-01"})).await.faults(&[
            ("/enterprise_id", "required"), ("/agreement_number", "required"), ("/signed_on", "required"),
            ("/landed_on", "not_allowed"),
        ]);
        let record = enterprise(app, "外地镜头厂").await;
        let mut signature = json!({
            "to": "signed", "enterprise_id": "nobody", "agreement_number": "LD-1", "signed_on": "2026-03-01",
            "agreement_ends_on": "2029-02-28",
        });
        officer.post_at(&progress, 2, signature.clone()).await.faults(&[("/enterprise_id", "not_existing")]);
        signature["enterprise_id"] = json!(record);
        let signed = officer.post_at(&progress, 2, signature).await.expect(200);
        assert_eq!((&signed["stage"], &signed["agreement_number"]), (&json!("signed"), &json!("LD-1")));
        let figures = officer.get(&format!("/enterprises/{record}/figures?year=2026")).await.expect(200);
        assert_eq!(figures["landing_agreement"], true, "the gate reads the agreement");
        let kept = officer.get(&format!("/memberships?enterprise_id={record}")).await.expect(200);
        assert_eq!((&kept["items"][0]["state"], &kept["items"][0]["lane"]), (&json!("candidate"), &json!("ecosystem")));
        officer.post_at(&progress, 3, json!({"to": "landed"})).await.faults(&[("/landed_on", "required")]);
        officer.post_at(&progress, 3, json!({"to": "landed", "landed_on": "2026-03-02"})).await.expect(200);
        officer.post_at(&progress, 4, json!({"to": "lost", "reason": "x"})).await.refused(409, "invalid_transition");
        let filled = officer.get(&format!("/enterprise-links/{}", gap["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!((&filled["counterpart_id"], &filled["missing"]), (&json!(record), &json!(false)));
        let id = made["id"].as_str().expect("an id");
        assert_eq!(trail(app, "recruitment_lead", id).await, events(&[
            ("recruitment_lead.write", "", "lead", ""),
            ("recruitment_lead.advance", "lead", "negotiating", ""),
            ("recruitment_lead.advance", "negotiating", "signed", ""),
            ("recruitment_lead.advance", "signed", "landed", ""),
        ]));
        assert_eq!(officer.get("/recruitment-leads?stage=landed").await.expect(200)["items"][0]["id"], json!(id));
    }

    async fn a_lead_that_is_lost_can_be_taken_up_again(app) {
        let officer = app.user(&[Role::Officer]).await;
        let made = officer.post("/recruitment-leads", json!({"name": "某厂", "track": "terahertz"})).await.expect(201);
        let path = format!("/recruitment-leads/{}", made["id"].as_str().expect("an id"));
        let progress = format!("{path}/progress");
        let edited = officer.patch(&path, 1, json!({"contact": "李四", "promised": null})).await.expect(200);
        assert_eq!((&edited["contact"], &edited["version"]), (&json!("李四"), &json!(2)));
        let lost = officer.post_at(&progress, 2, json!({"to": "lost", "reason": "选址外地"})).await.expect(200);
        assert_eq!((&lost["stage"], &lost["lost_reason"]), (&json!("lost"), &json!("选址外地")));
        let again = officer.post_at(&progress, 3, json!({"to": "negotiating"})).await.expect(200);
        assert_eq!((&again["stage"], &again["lost_reason"]), (&json!("negotiating"), &json!(null)));
    }

    async fn links_and_leads_that_cannot_be_are_named_and_seen_by_their_own(app) {
        let officer = app.user(&[Role::Officer]).await;
        officer.post("/enterprise-links", json!({})).await.faults(&[
            ("/track", "required"), ("/enterprise_id", "required"), ("/kind", "required"), ("/item", "required"),
        ]);
        let (own, other) = (firm(app, "自己的", Some(Tier::Seed)).await, firm(app, "别人的", Some(Tier::Seed)).await);
        let mut wrong = link(&own, "supplies", Some(&EnterpriseId("nobody".into())), json!({}));
        officer.post("/enterprise-links", wrong.clone()).await.faults(&[("/counterpart_id", "not_existing")]);
        wrong["track"] = json!("astrology");
        wrong["ends_on"] = json!("2026-01-01");
        wrong["starts_on"] = json!("2026-01-02");
        officer.post("/enterprise-links", wrong).await.faults(&[("/track", "unknown_track"), ("/ends_on", "date_order")]);
        officer.post("/recruitment-leads", json!({"link_id": "nobody"})).await
            .faults(&[("/name", "required"), ("/track", "required"), ("/link_id", "not_existing")]);
        for from in [&own, &other] {
            officer.post("/enterprise-links", link(from, "co_develops", None, json!({}))).await.expect(201);
        }
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &own).await;
        let seen = applicant.get("/enterprise-links").await.expect(200);
        assert_eq!(seen["items"].as_array().expect("items").len(), 1);
        applicant.get("/recruitment-leads").await.refused(403, "forbidden");
        applicant.get("/tracks/terahertz/supply").await.refused(403, "forbidden");
    }

    async fn a_link_is_hidden_from_an_office_in_conflict_with_either_side(app) {
        let officer = app.user(&[Role::Officer]).await;
        let (own, other) = (firm(app, "供方公司", Some(Tier::Seed)).await, firm(app, "需方公司", Some(Tier::Seed)).await);
        let made = officer.post("/enterprise-links", link(&own, "supplies", Some(&other), json!({}))).await.expect(201);
        let path = format!("/enterprise-links/{}", made["id"].as_str().expect("an id"));
        // It is found from either side.
        for side in [&own, &other] {
            let found = officer.get(&format!("/enterprise-links?enterprise_id={side}")).await.expect(200);
            assert_eq!(found["items"][0]["id"], made["id"]);
        }
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &own).await;
        assert_eq!(applicant.get(&path).await.expect(200)["counterpart_name"], json!("需方公司"));
        for side in [&own, &other] {
            let colleague = app.user(&[Role::Officer]).await;
            let pinned = json!({"user_id": colleague.id, "enterprise_id": side, "reason": "配偶任职"});
            officer.post("/conflicts", pinned).await.expect(201);
            let insider = app.user(&[Role::Officer]).await;
            owner(app, &insider, side).await;
            for one in [colleague, insider] {
                one.get(&path).await.refused(404, "not_found");
                one.patch(&path, 1, json!({"amount_fen": 5})).await.refused(404, "not_found");
                assert_eq!(one.get("/enterprise-links").await.expect(200)["items"], json!([]));
                assert_eq!(one.get("/tracks/terahertz/supply").await.expect(200)["links"], json!([]));
            }
        }
    }
}
