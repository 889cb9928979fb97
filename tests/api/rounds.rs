//! A round from its draft to its review: by hand where officers act, by the clock where deadlines do.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::both;
use crate::support::seeds::{events, rule_set, trail};
use crate::support::{TestApp, TestUser};

/// 10 to 31 March 2026, an hour of grace.
async fn form(app: &TestApp) -> Value {
    json!({
        "name": "2026 年度筛选", "year": 2026, "tiers": ["leading", "ecosystem"], "grace_seconds": 3600,
        "rule_set_id": rule_set(app, "published").await,
        "opens_at": "2026-03-10T00:00:00Z", "closes_at": "2026-03-31T10:00:00Z",
    })
}

/// A draft, as its path.
async fn drafted(officer: &TestUser, form: Value) -> String {
    let made = officer.post("/rounds", form).await.expect(201);
    format!("/rounds/{}", made["id"].as_str().expect("an id"))
}

async fn step(person: &TestUser, round: &str, noun: &str) -> Value {
    person.post(&format!("{round}/{noun}"), json!({})).await.expect(200)
}

async fn work(app: &TestApp) {
    laoshan::jobs::run_due(&app.app).await.expect("the worker runs");
}

fn allowed(view: &Value) -> Vec<&str> {
    let actions = view["actions"].as_array().expect("actions").iter();
    let now = actions.filter(|action| action["allowed"] == true);
    now.map(|action| action["href"].as_str().and_then(|href| href.rsplit('/').next()).unwrap_or_default()).collect()
}

both! {
    async fn an_officer_drafts_a_round_and_gets_the_defaults(app) {
        let officer = app.user(&[Role::Officer]).await;
        let form = form(app).await;
        let reply = officer.post("/rounds", form.clone()).await;
        assert_eq!(reply.header("etag"), "\"1\"");
        let location = reply.header("location").to_owned();
        let mut view = reply.expect(201);
        assert_eq!(location, format!("/api/v1/rounds/{}", view["id"].as_str().expect("an id")));
        assert_eq!(allowed(&view), [view["id"].as_str().expect("an id"), "publication", "cancellation"]);
        let read = officer.get(location.trim_start_matches("/api/v1")).await.expect(200);
        assert_eq!(read, view);
        for field in ["id", "actions"] {
            view.as_object_mut().expect("a record").remove(field);
        }
        assert_eq!(view, json!({
            "state": "draft", "name": "2026 年度筛选", "year": 2026, "tiers": ["leading", "ecosystem"],
            "rule_set_id": form["rule_set_id"], "opens_at": "2026-03-10T00:00:00.000000Z",
            "closes_at": "2026-03-31T10:00:00.000000Z", "grace_seconds": 3600, "expert_review": false,
            "site_check": false, "certification": false, "evidence_required": false, "quotas": {}, "approvals_needed": 1, "max_returns": 2, "return_days": 5,
            "publicity_days": 5, "first_day_counts": false, "guide": null, "publicity_starts_on": null,
            "publicity_ends_on": null, "notice_id": null, "extensions": [],
            "created_at": "2026-03-02T01:00:00.000000Z", "published_at": null,
            "updated_at": "2026-03-02T01:00:00.000000Z", "version": 1,
        }));
    }

    async fn the_worker_opens_and_closes_a_round_and_the_trail_says_so(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = drafted(&officer, form(app).await).await;
        step(&officer, &round, "publication").await;
        let early = officer.post(&format!("{round}/opening"), json!({})).await.refused(409, "not_yet_due");
        assert_eq!(early["detail"], "opens at 2026-03-10T00:00:00.000000Z; to open earlier, change that first");
        work(app).await;
        assert_eq!(officer.get(&round).await.expect(200)["state"], "published");
        app.advance_to("2026-03-10T00:00:00Z");
        work(app).await;
        assert_eq!(officer.get(&round).await.expect(200)["state"], "open");

        app.advance_to("2026-03-31T11:00:00Z");
        work(app).await;
        officer.post(&format!("{round}/closing"), json!({})).await.refused(409, "not_yet_due");
        app.advance_to("2026-03-31T11:00:31Z");
        work(app).await;
        let closed = officer.get(&round).await.expect(200);
        assert_eq!((&closed["state"], &closed["version"]), (&json!("closed"), &json!(4)));
        assert_eq!(allowed(&closed), ["extension", "formal-review", "cancellation"]);
        assert_eq!(trail(app, "round", closed["id"].as_str().expect("an id")).await, events(&[
            ("round.create", "", "draft", ""),
            ("round.publish", "draft", "published", ""),
            ("round.open", "published", "open", ""),
            ("round.close", "open", "closed", ""),
        ]));
    }

    async fn a_window_that_went_by_unseen_is_opened_and_closed_at_once(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = drafted(&officer, form(app).await).await;
        step(&officer, &round, "publication").await;
        app.advance_to("2026-05-01T00:00:00Z");
        work(app).await;
        assert_eq!(officer.get(&round).await.expect(200)["state"], "closed");
    }

    async fn an_extension_moves_the_deadline_and_reopens_a_closed_round(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = drafted(&officer, form(app).await).await;
        let extension = format!("{round}/extension");
        step(&officer, &round, "publication").await;
        let later = |at: &str, reason: &str| json!({"closes_at": at, "reason": reason});
        officer.post(&extension, later("2026-04-02T00:00:00Z", "早了")).await.refused(409, "invalid_transition");
        app.advance_to("2026-03-10T00:00:00Z");
        step(&officer, &round, "opening").await;
        officer.post(&extension, json!({})).await.faults(&[("/closes_at", "required"), ("/reason", "required")]);
        officer.post(&extension, later("2026-03-31T10:00:00Z", "同一时间")).await.faults(&[
            ("/closes_at", "date_order"),
        ]);
        let open = officer.post(&extension, later("2026-04-02T00:00:00Z", " 企业反映时间紧 ")).await.expect(200);
        assert_eq!((&open["state"], &open["closes_at"]), (&json!("open"), &json!("2026-04-02T00:00:00.000000Z")));

        app.advance_to("2026-04-02T01:00:00.000001Z");
        step(&officer, &round, "closing").await;
        officer.post(&extension, later("2026-04-02T01:00:00Z", "已过去")).await.faults(&[
            ("/closes_at", "out_of_range"),
        ]);
        let again = officer.post(&extension, later("2026-04-05T00:00:00Z", "系统故障")).await.expect(200);
        assert_eq!(again["state"], "open");
        assert_eq!(again["extensions"], json!([
            {"old_closes_at": "2026-03-31T10:00:00.000000Z", "new_closes_at": "2026-04-02T00:00:00.000000Z",
             "reason": "企业反映时间紧", "at": "2026-03-10T00:00:00.000000Z"},
            {"old_closes_at": "2026-04-02T00:00:00.000000Z", "new_closes_at": "2026-04-05T00:00:00.000000Z",
             "reason": "系统故障", "at": "2026-04-02T01:00:00.000001Z"},
        ]));
        app.advance_to("2026-04-05T01:00:00.000001Z");
        step(&officer, &round, "closing").await;
        step(&officer, &round, "formal-review").await;
        let body = later("2026-05-01T00:00:00Z", "太晚");
        officer.post(&extension, body).await.refused(409, "invalid_transition");
        let id = round.trim_start_matches("/rounds/");
        assert_eq!(trail(app, "round", id).await[3..], events(&[
            ("round.extend", "", "", "企业反映时间紧"),
            ("round.close", "open", "closed", ""),
            ("round.extend", "closed", "open", "系统故障"),
            ("round.close", "open", "closed", ""),
            ("round.advance", "closed", "formal_review", ""),
        ]));
    }

    async fn optional_phases_come_in_their_order_or_not_at_all(app) {
        let officer = app.user(&[Role::Officer]).await;
        let mut both_phases = form(app).await;
        both_phases["expert_review"] = json!(true);
        both_phases["site_check"] = json!(true);
        let (plain, full) = (drafted(&officer, form(app).await).await, drafted(&officer, both_phases).await);
        for round in [&plain, &full] {
            step(&officer, round, "publication").await;
        }
        app.advance_to("2026-04-01T00:00:00Z");
        work(app).await;
        for round in [&plain, &full] {
            step(&officer, round, "formal-review").await;
        }
        let refused = officer.post(&format!("{plain}/expert-review"), json!({})).await;
        assert_eq!(refused.refused(409, "invalid_transition")["detail"], "this round has no expert review");
        let refused = officer.post(&format!("{full}/deliberation"), json!({})).await;
        assert_eq!(refused.refused(409, "invalid_transition")["detail"], "expert review comes first in this round");
        assert_eq!(step(&officer, &plain, "deliberation").await["state"], "deliberation");
        for (noun, state) in
            [("expert-review", "expert_review"), ("site-check", "site_check"), ("deliberation", "deliberation")]
        {
            assert_eq!(step(&officer, &full, noun).await["state"], state);
        }
    }

    async fn a_draft_is_hidden_from_applicants_and_so_is_one_that_was_cancelled(app) {
        let (officer, approver) = (app.user(&[Role::Officer]).await, app.user(&[Role::Approver]).await);
        let applicant = app.user(&[Role::Applicant]).await;
        let (draft, public) = (drafted(&officer, form(app).await).await, drafted(&officer, form(app).await).await);
        step(&officer, &public, "publication").await;
        let cancel = |round: &str| format!("{round}/cancellation");
        officer.post(&cancel(&draft), json!({"reason": " "})).await.faults(&[("/reason", "required")]);
        applicant.get(&draft).await.refused(404, "not_found");
        for round in [&draft, &public] {
            let cancelled = officer.post(&cancel(round), json!({"reason": "计划调整"})).await.expect(200);
            assert_eq!(cancelled["state"], "cancelled");
        }
        applicant.get(&draft).await.refused(404, "not_found");
        assert_eq!(applicant.get(&public).await.expect(200)["actions"], json!([]));
        for (person, seen) in [(&applicant, 1), (&approver, 2), (&officer, 2)] {
            let page = person.get("/rounds?count=true&state=cancelled&year=2026").await.expect(200);
            assert_eq!((&page["total"], page["items"].as_array().map(Vec::len)), (&json!(seen), Some(seen)));
        }
    }

    async fn rounds_are_listed_newest_first_page_by_page(app) {
        let officer = app.user(&[Role::Officer]).await;
        let form = form(app).await;
        let mut made = Vec::new();
        for _ in 0..3 {
            made.push(drafted(&officer, form.clone()).await.trim_start_matches("/rounds/").to_owned());
        }
        let first = officer.get("/rounds?limit=2").await.expect(200);
        let next = first["next"].as_str().expect("a next page");
        let second = officer.get(&format!("/rounds?limit=2&cursor={next}")).await.expect(200);
        assert!(second["next"].is_null());
        let pages = [&first, &second].map(|page| page["items"].as_array().expect("items").clone()).concat();
        let ids: Vec<&str> = pages.iter().map(|round| round["id"].as_str().expect("an id")).collect();
        made.reverse();
        assert_eq!(ids, made);
        assert_eq!(pages[0], json!({
            "id": made[0], "name": "2026 年度筛选", "year": 2026, "tiers": ["leading", "ecosystem"], "state": "draft",
            "opens_at": "2026-03-10T00:00:00.000000Z", "closes_at": "2026-03-31T10:00:00.000000Z",
            "publicity_ends_on": null, "version": 1,
        }));
        officer.get("/rounds?limit=0").await.faults(&[("limit", "out_of_range")]);
        officer.get("/rounds?state=lost").await.refused(400, "malformed_request");
    }

    async fn an_edit_takes_the_version_that_was_read_and_ends_when_the_round_opens(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = drafted(&officer, form(app).await).await;
        let quota = json!({"quotas": {"leading": 3}, "guide": "指南", "max_returns": null});
        crate::support::Reply::of(officer.request("PATCH", &round).json(&quota)).await
            .refused(428, "precondition_required");
        let edited = officer.patch(&round, 1, quota).await.expect(200);
        assert_eq!(
            (&edited["quotas"], &edited["guide"], &edited["max_returns"], &edited["version"]),
            (&json!({"leading": 3}), &json!("指南"), &json!(2), &json!(2))
        );
        officer.patch(&round, 1, json!({"name": "旧版本"})).await.refused(412, "stale_version");
        officer.patch(&round, 2, json!({"name": null, "quotas": {"seed": 1}})).await.faults(&[
            ("/name", "required"),
            ("/quotas/seed", "not_allowed"),
        ]);
        step(&officer, &round, "publication").await;
        officer.patch(&round, 3, json!({"opens_at": "2026-03-01T00:00:00Z", "closes_at": "2026-03-02T00:00:00Z"})).await
            .refused(409, "deadline_passed");
        officer.patch(&round, 3, json!({"opens_at": "2026-03-02T01:00:00Z", "guide": null})).await.expect(200);
        step(&officer, &round, "opening").await;
        officer.patch(&round, 5, json!({"name": "太晚了"})).await.refused(409, "invalid_transition");
        let after = officer.get(&round).await.expect(200);
        assert_eq!((&after["name"], &after["version"], &after["guide"]), (&json!("2026 年度筛选"), &json!(5), &json!(null)));
    }

    async fn bad_input_names_every_field_and_leaves_no_round(app) {
        let officer = app.user(&[Role::Officer]).await;
        officer.post("/rounds", json!({})).await.faults(&[
            ("/name", "required"), ("/year", "required"), ("/tiers", "required"), ("/rule_set_id", "required"),
            ("/opens_at", "required"), ("/closes_at", "required"),
        ]);
        let draft_rules = rule_set(app, "draft").await;
        let wrong = json!({
            "name": "x", "year": 3000, "tiers": ["seed", "seed"], "rule_set_id": draft_rules,
            "opens_at": "2026-03-31T10:00:00Z", "closes_at": "2026-03-31T10:00:00Z", "grace_seconds": -1,
            "quotas": {"seed": 0, "leading": 1}, "approvals_needed": 0, "max_returns": 3, "return_days": 0,
            "publicity_days": 0,
        });
        officer.post("/rounds", wrong).await.faults(&[
            ("/name", "too_short"), ("/year", "out_of_range"), ("/tiers/1", "duplicate"),
            ("/rule_set_id", "not_allowed"), ("/closes_at", "date_order"), ("/grace_seconds", "out_of_range"),
            ("/quotas/seed", "out_of_range"), ("/quotas/leading", "not_allowed"),
            ("/approvals_needed", "out_of_range"), ("/max_returns", "out_of_range"),
            ("/return_days", "out_of_range"), ("/publicity_days", "out_of_range"),
        ]);
        let mut form = form(app).await;
        form["rule_set_id"] = json!("nowhere");
        officer.post("/rounds", form.clone()).await.faults(&[("/rule_set_id", "not_existing")]);
        form["tiers"] = json!(["comet"]);
        let shape = officer.post("/rounds", form.clone()).await.refused(400, "malformed_json");
        assert_eq!(shape["errors"][0]["pointer"], "/tiers/0");
        form["surprise"] = json!(1);
        officer.post("/rounds", form).await.refused(400, "malformed_json");
        assert_eq!(officer.get("/rounds?count=true").await.expect(200)["total"], 0);
    }

    async fn what_the_state_does_not_allow_is_refused_and_changes_nothing(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = drafted(&officer, form(app).await).await;
        let before = officer.get(&round).await.expect(200);
        for noun in ["opening", "extension", "closing", "formal-review", "expert-review", "site-check", "deliberation",
            "archival"]
        {
            officer.post(&format!("{round}/{noun}"), json!({})).await.refused(409, "invalid_transition");
        }
        assert_eq!(officer.get(&round).await.expect(200), before);
        app.advance_to("2026-04-01T00:00:00Z");
        officer.post(&format!("{round}/publication"), json!({})).await.refused(409, "deadline_passed");
    }

    async fn only_officers_move_rounds(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = drafted(&officer, form(app).await).await;
        for role in [Role::Applicant, Role::Approver, Role::SystemAdmin] {
            let other = app.user(&[role]).await;
            other.post("/rounds", json!({})).await.refused(403, "forbidden");
            other.post(&format!("{round}/publication"), json!({})).await.refused(403, "forbidden");
        }
        app.anonymous().get("/rounds").await.refused(401, "unauthenticated");
        officer.post("/rounds/nowhere/publication", json!({})).await.refused(404, "not_found");
    }

    async fn a_repeated_publication_with_the_same_key_gets_the_same_answer(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = drafted(&officer, form(app).await).await;
        let publication = format!("{round}/publication");
        let first = officer.post_once(&publication, "once", json!({})).await.expect(200);
        assert_eq!(officer.post_once(&publication, "once", json!({})).await.expect(200), first);
        officer.post(&publication, json!({})).await.refused(409, "invalid_transition");
    }
}
