//! Formal review: acceptance and its gate, returns, rejection, overdue corrections, many at once.

use diesel::prelude::*;
use laoshan::enterprises::db::names::insert_grams;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::enterprises::rules::search_name::pieces;
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::schema::enterprises;
use serde_json::{Value, json};

use super::world::{World, text};
use crate::both;
use crate::support::TestApp;

async fn lapse(world: &World<'_>) -> usize {
    let work = laoshan::applications::service::overdue::reject_overdue_returns;
    world.app.app.door.system("applications.lapse", work).await.expect("the job runs")
}

/// Writes down the pieces of all names, as entering a record does, and gives the first record a code with its check digit.
async fn listed(app: &TestApp) {
    let work = |cx: &mut Cx| {
        let rows: Vec<(EnterpriseId, String)> =
            enterprises::table.order(enterprises::id).select((enterprises::id, enterprises::name)).load(cx.conn)?;
        let grams: Vec<_> =
            rows.iter().flat_map(|(id, name)| pieces(name).into_iter().map(|piece| (piece, id.clone()))).collect();
        insert_grams(cx.conn, &grams)?;
        let first = enterprises::table.find(&rows[0].0);
        diesel::update(first).set(enterprises::credit_code.eq("91370212MA3C000013")).execute(cx.conn)?;
        Ok(())
    };
    app.app.door.system("test", work).await.expect("written");
}

both! {
    async fn a_returned_application_comes_back_after_closing_until_midnight_of_its_due_date(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        let path = format!("/applications/{id}");
        world.officer.post(&format!("{path}/return"), json!({"items": [{"section": "summary", "remark": "太短"}]})).await
            .refused(409, "invalid_transition");
        world.formal_review(&round).await;
        world.officer.post(&format!("{path}/return"), json!({})).await.faults(&[("/items", "required")]);
        let wrong = json!({"items": [{"section": "summary", "pointer": "summary", "remark": " "}]});
        world.officer.post(&format!("{path}/return"), wrong).await
            .faults(&[("/items/0/pointer", "format"), ("/items/0/remark", "required")]);
        let items = json!({"items": [{"section": "figures", "pointer": "/figures/partners", "remark": "请补充合同"}]});
        let returned = world.officer.post(&format!("{path}/return"), items.clone()).await.expect(200);
        // Five working days after Wednesday 1 April 2026, with Tomb-Sweeping Day from the 4th to the 6th.
        assert_eq!((&returned["state"], &returned["return_due_on"]), (&json!("returned"), &json!("2026-04-09")));
        let seen = firm.owner.get(&path).await.expect(200);
        assert_eq!(seen["returns"][0]["items"], items["items"]);
        let version = seen["version"].as_i64().unwrap();
        firm.owner.patch(&path, version, json!({"summary": "为海洋装备企业提供太赫兹检测与标定服务。"})).await.expect(200);

        app.advance_to("2026-04-09T15:59:59Z");
        assert_eq!(lapse(&world).await, 0);
        let again = firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        assert_eq!((&again["state"], &again["snapshot"]["number"]), (&json!("submitted"), &json!(2)));
        assert!(again["returns"][0]["resubmitted_at"].is_string());

        world.officer.post(&format!("{path}/return"), items.clone()).await.expect(200);
        firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        let limit = world.officer.post(&format!("{path}/return"), items).await.refused(409, "return_limit");
        assert!(limit["detail"].is_string());
    }

    async fn an_officer_finds_what_is_overdue_and_what_they_had_a_hand_in(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (_, mine) = world.application(&round).await;
        let (_, late) = world.application(&round).await;
        world.formal_review(&round).await;
        let items = json!({"items": [{"section": "contact", "remark": "电话打不通"}]});
        world.officer.post(&format!("/applications/{mine}/return"), items).await.expect(200);
        let ids = |page: Value| page["items"].as_array().unwrap().iter().map(|row| text(&row["id"])).collect::<Vec<_>>();
        let colleague = app.user(&[Role::Officer]).await;
        assert_eq!(ids(world.officer.get("/applications?mine=true&count=true").await.expect(200)), std::slice::from_ref(&mine));
        assert_eq!(ids(colleague.get("/applications?mine=true").await.expect(200)), Vec::<String>::new());
        assert_eq!(ids(colleague.get("/applications?mine=false").await.expect(200)), [late.clone(), mine]);
        // The fifteenth working day after 31 March 2026 is 22 April: the 4th to the 6th are Tomb-Sweeping Day.
        let waiting = colleague.get("/applications?state=submitted").await.expect(200);
        assert_eq!(waiting["items"][0]["review_due_on"], "2026-04-22");
        let returned = colleague.get("/applications?state=returned").await.expect(200);
        assert_eq!(returned["items"][0]["review_due_on"], json!(null));
        app.advance_to("2026-04-22T15:59:59Z");
        assert_eq!(ids(colleague.get("/applications?overdue=true").await.expect(200)), Vec::<String>::new());
        app.advance_to("2026-04-22T16:00:00Z");
        let found = colleague.get("/applications?overdue=true&count=true").await.expect(200);
        assert_eq!((&found["total"], ids(found.clone())), (&json!(1), vec![late.clone()]));
        // What the rules of its tier want to see is told with its names.
        let seen = colleague.get(&format!("/applications/{late}")).await.expect(200);
        assert!(seen["evidence"].as_array().unwrap().iter().all(|item| item["name"].is_string() && item["required"].is_boolean()));
        assert_eq!(seen["evidence"][0]["code"], "F01");
    }

    async fn a_case_is_found_by_part_of_the_name_by_its_code_and_by_its_year(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (first, one) = world.application(&round).await;
        let (_, two) = world.application(&round).await;
        listed(app).await;
        let ids = |page: Value| page["items"].as_array().unwrap().iter().map(|row| text(&row["id"])).collect::<Vec<_>>();
        let find = async |query: &str| ids(world.officer.get(&format!("/applications?{query}")).await.expect(200));
        let seen = world.officer.get(&format!("/applications/{one}")).await.expect(200)["enterprise"].clone();
        let (name, code) = (text(&seen["name"]), text(&seen["credit_code"]));
        assert_eq!(find(&format!("q={name}")).await, std::slice::from_ref(&one));
        assert_eq!(find(&format!("q={}", code.to_lowercase())).await, std::slice::from_ref(&one));
        assert_eq!(find(&format!("q={}", name.chars().next().unwrap())).await, [two.clone(), one.clone()]);
        assert_eq!(find("q=%25").await, Vec::<String>::new());
        assert_eq!(find("year=2026").await, [two, one.clone()]);
        assert_eq!(find("year=2025").await, Vec::<String>::new());
        let page = world.officer.get(&format!("/applications?q={name}&year=2026&count=true")).await.expect(200);
        assert_eq!(page["total"], 1);
        assert_eq!(ids(first.owner.get(&format!("/applications?q={name}")).await.expect(200)), [one]);
        let long = "长".repeat(101);
        world.officer.get(&format!("/applications?q={long}")).await.faults(&[("q", "too_long")]);
    }

    async fn a_return_that_nobody_answers_is_rejected_as_overdue(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        let (_, other) = world.application(&round).await;
        world.formal_review(&round).await;
        let items = json!({"items": [{"section": "contact", "remark": "电话打不通"}]});
        world.officer.post(&format!("/applications/{id}/return"), items).await.expect(200);
        app.advance_to("2026-04-09T16:00:00Z");
        firm.owner.post(&format!("/applications/{id}/submission"), json!({})).await.refused(409, "deadline_passed");
        firm.owner.patch(&format!("/applications/{id}"), 4, json!({"summary": "x"})).await.refused(409, "deadline_passed");
        app.advance_to("2026-04-09T16:20:00Z");
        assert_eq!(lapse(&world).await, 1);
        assert_eq!(lapse(&world).await, 0);
        assert_eq!((world.state(&id).await, world.state(&other).await), ("rejected_formal".into(), "submitted".into()));
        let timeline = firm.owner.get(&format!("/applications/{id}/timeline")).await.expect(200);
        let last = timeline["items"].as_array().unwrap().last().unwrap();
        assert_eq!(
            (&last["action"], &last["from"], &last["to"], &last["reason"]),
            (&json!("application.lapse"), &json!("returned"), &json!("rejected_formal"), &json!("overdue"))
        );
    }

    async fn an_unmet_gate_takes_an_override_that_another_person_approves(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        firm.owner.patch(&path, 2, json!({"figures": {"partners": []}})).await.expect(200);
        let submitted = firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        assert_eq!(submitted["snapshot"]["outcome"], "unmet", "an unmet gate does not bar a submission");
        world.formal_review(&round).await;
        let refused = world.officer.post(&format!("{path}/acceptance"), json!({})).await.refused(409, "gate_unmet");
        let codes: Vec<_> = refused["leaves"].as_array().unwrap().iter().map(|l| (&l["code"], &l["outcome"])).collect();
        assert_eq!(
            codes,
            [(&json!("ecosystem_partners"), &json!("unmet")), (&json!("ecosystem_contracts"), &json!("unmet"))]
        );
        let body = json!({"leaves": ["ecosystem_partners"], "reason": "已与三家企业签订意向书"});
        let wrong = json!({"leaves": ["track", "dishonest_list", "nothing"]});
        world.officer.post(&format!("{path}/overrides"), wrong).await.faults(&[
            ("/reason", "required"),
            ("/leaves/0", "not_allowed"),
            ("/leaves/1", "not_allowed"),
            ("/leaves/2", "unknown"),
        ]);
        let decision = world.officer.post(&format!("{path}/overrides"), body).await.expect(201);
        assert_eq!(decision["proposal"]["leaves"][0]["code"], "ecosystem_partners");
        world.officer.post(&format!("{path}/acceptance"), json!({})).await.refused(409, "gate_unmet");
        world.approve(&text(&decision["id"])).await;
        assert_eq!(world.record(&id).await["overrides"][0]["leaf_code"], "ecosystem_partners");
        assert_eq!(world.accept(&id).await["state"], "accepted");
    }

    async fn an_override_is_for_the_submission_it_was_approved_for(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        firm.owner.patch(&path, 2, json!({"figures": {"partners": []}})).await.expect(200);
        firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        world.formal_review(&round).await;
        let body = json!({"leaves": ["ecosystem_partners"], "reason": "已签意向书"});
        let approved = text(&world.officer.post(&format!("{path}/overrides"), body.clone()).await.expect(201)["id"]);
        world.approve(&approved).await;
        let pending = text(&world.officer.post(&format!("{path}/overrides"), body).await.expect(201)["id"]);
        let items = json!({"items": [{"section": "figures", "remark": "请核对"}]});
        world.officer.post(&format!("{path}/return"), items).await.expect(200);
        let voided = world.officer.get(&format!("/decisions/{pending}")).await.expect(200);
        assert_eq!(voided["state"], "voided", "nobody approves what is no longer so");
        firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        world.officer.post(&format!("{path}/acceptance"), json!({})).await.refused(409, "gate_unmet");
    }

    async fn what_only_a_person_can_judge_is_judged_at_acceptance_and_recorded(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        let patch = json!({"statements": {"data_consent": false}, "figures": {"vetoes": {"tax_evasion": null}}});
        firm.owner.patch(&path, 2, patch).await.expect(200);
        firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        world.formal_review(&round).await;
        let refused = world.officer.post(&format!("{path}/acceptance"), json!({})).await.refused(409, "gate_unmet");
        let codes: Vec<_> = refused["leaves"].as_array().unwrap().iter().map(|l| (&l["code"], &l["outcome"])).collect();
        assert_eq!(
            codes,
            [(&json!("data_consent"), &json!("manual_review")), (&json!("tax_evasion"), &json!("manual_review"))]
        );
        let judged = json!({"human": {"data_consent": true}, "vetoes": {"tax_evasion": true}, "reason": "已核对"});
        world.officer.post(&format!("{path}/acceptance"), judged).await.refused(409, "veto_hit");
        let wrong = json!({"human": {"track": true}, "vetoes": {"nothing": false}});
        world.officer.post(&format!("{path}/acceptance"), wrong).await
            .faults(&[("/human/track", "not_allowed"), ("/vetoes/nothing", "unknown"), ("/reason", "required")]);
        let judged = json!({"human": {"data_consent": true}, "vetoes": {"tax_evasion": false}, "reason": "已核对税务证明"});
        let accepted = world.officer.post(&format!("{path}/acceptance"), judged).await.expect(200);
        assert_eq!(accepted["judgement"]["human"], json!({"data_consent": true}));
        assert_eq!(accepted["judgement"]["reason"], "已核对税务证明");
        assert_eq!(firm.owner.get(&path).await.expect(200).get("judgement"), None, "for staff only");
    }

    async fn a_veto_cannot_be_overridden(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        firm.owner.patch(&path, 2, json!({"figures": {"vetoes": {"dishonest_list": true}}})).await.expect(200);
        firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        world.formal_review(&round).await;
        let refused = world.officer.post(&format!("{path}/acceptance"), json!({})).await.refused(409, "veto_hit");
        assert_eq!(refused["leaves"][0]["code"], "dishonest_list");
        let body = json!({"leaves": ["dishonest_list"], "reason": "请放行"});
        world.officer.post(&format!("{path}/overrides"), body).await.faults(&[("/leaves/0", "not_allowed")]);
        world.officer.post(&format!("{path}/rejection"), json!({})).await.faults(&[("/reason", "required")]);
        let rejected = world.officer.post(&format!("{path}/rejection"), json!({"reason": "失信"})).await.expect(200);
        assert_eq!(rejected["state"], "rejected_formal");
    }

    async fn for_an_officer_with_a_stake_there_is_no_such_case(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, id) = world.application(&round).await;
        let insider = app.user(&[Role::Officer]).await;
        world.join(&firm.id, &insider, "member").await;
        world.formal_review(&round).await;
        let before = world.record(&id).await;
        let items = json!({"items": [{"section": "summary", "remark": "x"}]});
        for (noun, body) in
            [("acceptance", json!({})), ("return", items), ("rejection", json!({"reason": "x"})), ("voiding", json!({"reason": "x"}))]
        {
            insider.post(&format!("/applications/{id}/{noun}"), body).await.refused(404, "not_found");
        }
        assert_eq!(world.record(&id).await, before);
    }

    async fn what_the_table_does_not_know_is_refused_and_changes_nothing(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (firm, submitted) = world.application(&round).await;
        let other = world.firm().await;
        let draft = world.draft(&round, &other).await;
        let reason = json!({"reason": "x"});
        let items = json!({"items": [{"section": "summary", "remark": "x"}]});
        let staff = [
            ("acceptance", json!({})), ("return", items), ("rejection", reason.clone()), ("proposal", reason.clone()),
            ("non-selection", reason.clone()), ("overrides", json!({"leaves": ["track"], "reason": "x"})),
        ];
        for id in [&draft, &submitted] {
            let before = world.record(id).await;
            for (noun, body) in &staff {
                let refused = world.officer.post(&format!("/applications/{id}/{noun}"), body.clone()).await;
                let refused = refused.refused(409, "invalid_transition");
                assert!(!refused["detail"].as_str().unwrap_or_default().is_empty(), "says why");
            }
            assert_eq!(world.record(id).await, before);
        }
        firm.owner.patch(&format!("/applications/{submitted}"), 3, json!({"summary": "x"})).await
            .refused(409, "invalid_transition");
        firm.owner.post(&format!("/applications/{submitted}/submission"), json!({})).await
            .refused(409, "invalid_transition");
        firm.owner.post(&format!("/applications/{submitted}/withdrawal"), json!({})).await.expect(200);
        firm.owner.post(&format!("/applications/{submitted}/withdrawal"), json!({})).await
            .refused(409, "invalid_transition");
        world.officer.post(&format!("/applications/{draft}/voiding"), reason).await.refused(409, "invalid_transition");
    }

    async fn many_are_handled_at_once_or_none(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let (_, good) = world.application(&round).await;
        let (_, better) = world.application(&round).await;
        let firm = world.firm().await;
        let draft = world.draft(&round, &firm).await;
        world.formal_review(&round).await;
        let batch = |action: &str, ids: Value, input: Value, dry_run: bool| {
            let body = json!({"action": action, "ids": ids, "input": input, "dry_run": dry_run});
            let officer = world.officer.clone();
            async move { officer.post("/applications/batches", body).await }
        };
        batch("acceptance", json!([]), json!({}), false).await.faults(&[("/ids", "required")]);
        batch("acceptance", json!([good, good]), json!({}), false).await.faults(&[("/ids/1", "duplicate")]);
        world.officer.post("/applications/batches", json!({})).await
            .faults(&[("/action", "required"), ("/ids", "required")]);
        let refused = batch("rejection", json!([good]), json!({"reason": 5}), false).await.refused(400, "malformed_json");
        assert_eq!(refused["errors"][0]["pointer"], "/input/reason");

        let mixed = batch("acceptance", json!([good, draft, "nowhere", better]), json!({}), false).await.expect(200);
        let told: Vec<_> = mixed["results"].as_array().unwrap().iter().map(|r| (&r["ok"], &r["code"])).collect();
        assert_eq!(mixed["applied"], false);
        assert_eq!(
            told,
            [
                (&json!(true), &Value::Null),
                (&json!(false), &json!("invalid_transition")),
                (&json!(false), &json!("not_found")),
                (&json!(true), &Value::Null),
            ]
        );
        let dry = batch("acceptance", json!([good, better]), json!({}), true).await.expect(200);
        assert_eq!(
            dry,
            json!({"applied": false, "results": [{"id": good, "ok": true}, {"id": better, "ok": true}]})
        );
        assert_eq!((world.state(&good).await, world.state(&better).await), ("submitted".into(), "submitted".into()));
        let timeline = world.officer.get(&format!("/applications/{good}/timeline")).await.expect(200);
        assert_eq!(timeline["items"].as_array().unwrap().len(), 2, "what did not happen left no trace");
        assert_eq!(batch("acceptance", json!([good, better]), json!({}), false).await.expect(200)["applied"], true);
        assert_eq!((world.state(&good).await, world.state(&better).await), ("accepted".into(), "accepted".into()));
        firm.owner.post("/applications/batches", json!({"action": "return", "ids": [good]})).await
            .refused(403, "forbidden");
    }
}
