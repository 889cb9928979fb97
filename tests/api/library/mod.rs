//! The library: candidates become members, members move up and down the ladder, and anybody may check a certificate.

mod moves;
mod promotion;
mod rechecks;
mod years;

use laoshan::enterprises::model::EnterpriseId;
use laoshan::library::model::{Membership, Recognition, Source};
use laoshan::library::service::watching::expire_members;
use laoshan::library::service::{keep_candidate, recognise};
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::programme::model::{Lane, Tier};
use laoshan::rounds::model::RoundId;
use serde_json::{Value, json};

use crate::both;
use crate::support::seeds::{application, enterprise, events, owner, trail};
use crate::support::{TestApp, TestUser};

/// A round for the applications to belong to.
async fn round(app: &TestApp) -> RoundId {
    let officer = app.user(&[Role::Officer]).await;
    let shipped = officer.get("/rule-sets?state=published").await.expect(200)["items"][0]["id"].clone();
    let made = officer.post(
        "/rounds",
        json!({
            "name": "2026 年度筛选", "year": 2026, "tiers": ["seed"], "rule_set_id": shipped,
            "opens_at": "2026-03-10T00:00:00Z", "closes_at": "2026-03-31T10:00:00Z",
        }),
    );
    RoundId(made.await.expect(201)["id"].as_str().expect("an id").to_owned())
}

/// Prepared by an officer, approved by an approver.
async fn decided(app: &TestApp, officer: &TestUser, path: &str, body: Value) -> Value {
    let decision = officer.post(path, body).await.expect(201);
    let approval = format!("/decisions/{}/approval", decision["id"].as_str().expect("an id"));
    app.user(&[Role::Approver]).await.post(&approval, json!({})).await.expect(200)
}

/// What ends by the clock, and nothing else of the worker: over years it would also retire the keys of everybody's tokens.
async fn terms_end(app: &TestApp) {
    app.app.door.system("memberships.expire", expire_members).await.expect("the job runs");
}

/// Recognised on the clock's day for three years.
async fn recognised(app: &TestApp, round: &RoundId, enterprise: &EnterpriseId, tier: Tier) -> Membership {
    let recognition = Recognition {
        enterprise_id: enterprise.clone(),
        tier,
        lane: tier.lane(),
        application_id: Some(application(app, round, enterprise, tier).await),
        round_id: Some(round.clone()),
        because: "recognised".to_owned(),
        valid_from: app.now().date_naive(),
        valid_to: app.now().date_naive() + chrono::Months::new(36) - chrono::Days::new(1),
    };
    let work = move |cx: &mut Cx| recognise(cx, recognition.clone(), "LS-WLZX");
    app.app.door.system("test", work).await.expect("recognised")
}

async fn kept(app: &TestApp, enterprise: &EnterpriseId) -> Membership {
    let enterprise = enterprise.clone();
    let work = move |cx: &mut Cx| keep_candidate(cx, &enterprise, Lane::Ladder, Source::NotSelected);
    app.app.door.system("test", work).await.expect("kept")
}

both! {
    async fn a_candidate_becomes_the_member_and_keeps_its_history(app) {
        let (round, firm) = (round(app).await, enterprise(app, "崂山太赫兹有限公司").await);
        let candidate = kept(app, &firm).await;
        assert_eq!(kept(app, &firm).await.id, candidate.id, "kept once");
        app.advance_to("2026-06-01T01:00:00Z");
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        assert_eq!(member.id, candidate.id);
        assert_eq!(kept(app, &firm).await.certificate_number.as_deref(), Some("LS-WLZX-2026-0001"), "a member stays one");

        let officer = app.user(&[Role::Officer]).await;
        let path = format!("/memberships/{}", member.id);
        assert_eq!(officer.get(&path).await.expect(200), json!({
            "id": member.id, "enterprise_id": firm, "enterprise_name": "崂山太赫兹有限公司", "tier": "seed",
            "lane": "ladder", "state": "active", "certificate_number": "LS-WLZX-2026-0001",
            "application_id": member.application_id, "round_id": round, "source": "not_selected",
            "valid_from": "2026-06-01", "valid_to": "2029-05-31", "created_at": "2026-03-02T01:00:00.000000Z",
            "ended_at": null, "end_reason": null, "source_detail": null, "watch_trigger": null, "watched_since": null,
            "version": 2, "actions": officer.get(&path).await.expect(200)["actions"],
        }));
        assert_eq!(trail(app, "membership", member.id.as_str()).await, events(&[
            ("membership.keep", "", "candidate", ""),
            ("membership.recognise", "candidate", "active", ""),
        ]));
    }

    async fn an_older_membership_of_the_lane_ends_by_the_order_of_the_ladder(app) {
        let (round, firm) = (round(app).await, enterprise(app, "海洋电子有限公司").await);
        let mut ids = Vec::new();
        for tier in [Tier::Seed, Tier::Leading, Tier::FutureStar, Tier::FutureStar, Tier::Ecosystem] {
            ids.push(recognised(app, &round, &firm, tier).await.id.to_string());
        }
        let officer = app.user(&[Role::Officer]).await;
        let list = officer.get(&format!("/memberships?enterprise_id={firm}&count=true")).await.expect(200);
        assert_eq!(list["total"], 5);
        let rows = list["items"].as_array().expect("items").iter();
        let seen: Vec<_> = rows.map(|m| (m["tier"].clone(), m["state"].clone(), m["certificate_number"].clone())).collect();
        let row = |tier, state, number| (json!(tier), json!(state), json!(number));
        assert_eq!(seen, [
            row("ecosystem", "active", "LS-WLZX-2026-0005"),
            row("future_star", "active", "LS-WLZX-2026-0004"),
            row("future_star", "expired", "LS-WLZX-2026-0003"),
            row("leading", "demoted", "LS-WLZX-2026-0002"),
            row("seed", "promoted", "LS-WLZX-2026-0001"),
        ]);
        assert_eq!(trail(app, "membership", &ids[0]).await, events(&[
            ("membership.recognise", "", "active", ""),
            ("membership.promote", "active", "promoted", "recognised"),
        ]));
    }

    async fn numbers_run_without_gaps_and_begin_anew_each_year(app) {
        let round = round(app).await;
        let firms = [enterprise(app, "甲公司").await, enterprise(app, "乙公司").await, enterprise(app, "丙公司").await];
        let number = |m: Membership| m.certificate_number.expect("a number");
        assert_eq!(number(recognised(app, &round, &firms[0], Tier::Seed).await), "LS-WLZX-2026-0001");
        // What is rolled back takes no number with it.
        let (firm, of) = (firms[1].clone(), application(app, &round, &firms[1], Tier::Seed).await);
        let in_round = round.clone();
        let failed = app.app.door.system("test", move |cx| {
            let day = cx.now.utc().date_naive();
            let recognition = Recognition {
                enterprise_id: firm.clone(), tier: Tier::Seed, lane: Lane::Ladder, because: String::new(),
                application_id: Some(of.clone()), round_id: Some(in_round.clone()), valid_from: day, valid_to: day,
            };
            recognise(cx, recognition, "LS-WLZX")?;
            Err::<(), _>(laoshan::error::AppError::not_found())
        });
        failed.await.expect_err("rolled back");
        assert_eq!(number(recognised(app, &round, &firms[1], Tier::Seed).await), "LS-WLZX-2026-0002");
        app.advance_to("2027-02-01T01:00:00Z");
        assert_eq!(number(recognised(app, &round, &firms[2], Tier::Seed).await), "LS-WLZX-2027-0001");
    }

    async fn many_recognitions_at_once_share_no_number(app) {
        let round = round(app).await;
        let mut firms = Vec::new();
        for name in ["一", "二", "三", "四", "五", "六", "七", "八"] {
            firms.push(enterprise(app, name).await);
        }
        let work = firms.iter().map(|firm| recognised(app, &round, firm, Tier::Seed));
        let mut numbers: Vec<_> = futures(work).await.into_iter().filter_map(|m| m.certificate_number).collect();
        numbers.sort();
        let expected: Vec<String> = (1..=8).map(|n| format!("LS-WLZX-2026-{n:04}")).collect();
        assert_eq!(numbers, expected);
    }

    async fn applicants_see_the_memberships_of_their_own_enterprises_only(app) {
        let round = round(app).await;
        let (own, other) = (enterprise(app, "自己的").await, enterprise(app, "别人的").await);
        let (mine, theirs) = (
            recognised(app, &round, &own, Tier::Seed).await.id, recognised(app, &round, &other, Tier::Leading).await.id,
        );
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &own).await;
        let list = applicant.get("/memberships?count=true").await.expect(200);
        assert_eq!((&list["total"], &list["items"][0]["id"]), (&json!(1), &json!(mine)));
        applicant.get(&format!("/memberships/{mine}")).await.expect(200);
        applicant.get(&format!("/memberships/{theirs}")).await.refused(404, "not_found");
        let asked = applicant.get(&format!("/memberships?enterprise_id={other}")).await.expect(200);
        assert_eq!(asked["items"], json!([]));
        let officer = app.user(&[Role::Officer]).await;
        for (filter, seen) in [("tier=leading", 1), ("state=active", 2), ("state=watch", 0), ("lane=ecosystem", 0)] {
            let page = officer.get(&format!("/memberships?count=true&{filter}")).await.expect(200);
            assert_eq!(page["total"], seen, "{filter}");
        }
        officer.get("/memberships?tier=comet").await.refused(400, "malformed_request");
        app.user(&[Role::Bank]).await.get("/memberships").await.refused(403, "forbidden");
    }

    async fn anybody_checks_a_certificate_and_learns_nothing_personal(app) {
        let (round, firm) = (round(app).await, enterprise(app, "量子公司").await);
        recognised(app, &round, &firm, Tier::FutureStar).await;
        let nobody = app.anonymous();
        let path = "/public/certificates/LS-WLZX-2026-0001";
        let mut expected = json!({
            "number": "LS-WLZX-2026-0001", "enterprise_name": "量子公司", "tier": "future_star", "state": "active",
            "valid_from": "2026-03-02", "valid_to": "2029-03-01", "valid": true,
        });
        assert_eq!(nobody.get(path).await.expect(200), expected);
        nobody.get("/public/certificates/LS-WLZX-2026-0002").await.refused(404, "not_found");
        recognised(app, &round, &firm, Tier::Leading).await;
        expected["state"] = json!("promoted");
        expected["valid"] = json!(false);
        assert_eq!(nobody.get(path).await.expect(200), expected);
        app.advance_to("2029-03-01T16:00:00Z");
        assert_eq!(nobody.get("/public/certificates/LS-WLZX-2026-0002").await.expect(200)["valid"], false);
    }

    async fn the_list_costs_the_same_for_one_row_and_for_three(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        recognised(app, &round, &enterprise(app, "一").await, Tier::Seed).await;
        let one = app.statements(officer.get("/memberships")).await;
        for name in ["二", "三"] {
            recognised(app, &round, &enterprise(app, name).await, Tier::Seed).await;
        }
        assert_eq!(app.statements(officer.get("/memberships")).await, one);
    }
}

/// Runs them at the same time; there is no crate for it among the dependencies.
async fn futures<F: Future>(work: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = work.map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (one, done) in running.iter_mut().zip(&mut done) {
            if done.is_none()
                && let std::task::Poll::Ready(answer) = one.as_mut().poll(context)
            {
                *done = Some(answer);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}
