//! The way to the next tier, who is closest to it, and who is asked to apply in a new round.

use diesel::prelude::*;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use laoshan::rounds::model::RoundId;
use serde_json::{Value, json};

use super::{decided, kept, recognised, round};
use crate::both;
use crate::messages::notices::mail;
use crate::support::seeds::{enterprise, events, owner, trail};
use crate::support::{TestApp, TestUser};

const WAN: i64 = 1_000_000;

/// An enterprise that fulfils what the future star asks for, with research of so many ten thousand yuan on 9 million of revenue.
async fn strong(app: &TestApp, officer: &TestUser, name: &'static str, research: i64) -> EnterpriseId {
    use laoshan::schema::enterprises as e;
    let firm = enterprise(app, name).await;
    let id = firm.clone();
    let known = move |cx: &mut laoshan::platform::door::Cx| {
        let since: chrono::NaiveDate = "2021-05-20".parse().expect("a date");
        diesel::update(e::table.find(&id))
            .set((e::main_track.eq("terahertz"), e::registered_on.eq(since)))
            .execute(cx.conn)?;
        Ok(())
    };
    app.app.door.system("test", known).await.expect("the record is known");
    for (year, revenue, research) in [(2025, 900, research), (2024, 700, 70), (2023, 500, 50)] {
        let figures = json!({"revenue": revenue * WAN, "rd_expense": research * WAN, "equity_new": 0});
        officer.put(&format!("/enterprises/{firm}/metrics/{year}"), figures).await.expect(200);
    }
    for (kind, detail) in [("title", json!({"kind": "high_tech"})), ("ip", json!({"class1_granted": 1}))] {
        fact(officer, &firm, kind, detail).await;
    }
    firm
}

async fn fact(officer: &TestUser, firm: &EnterpriseId, kind: &str, detail: Value) -> String {
    let made = officer.post(&format!("/enterprises/{firm}/facts"), json!({"kind": kind, "detail": detail})).await;
    made.expect(201)["id"].as_str().expect("an id").to_owned()
}

/// (enterprise, unmet rules, largest gap) in the order of the list.
async fn closest(officer: &TestUser, filter: &str) -> Vec<(String, Value, Value)> {
    let page = officer.get(&format!("/promotions?limit=200{filter}")).await.expect(200);
    let rows = page["items"].as_array().expect("items").iter();
    let text = |row: &Value| row["enterprise_name"].as_str().expect("a name").to_owned();
    rows.map(|row| (text(row), row["unmet"].clone(), row["largest_gap_ppm"].clone())).collect()
}

/// A round for seeds and stars that has been announced.
async fn announced(officer: &TestUser) -> RoundId {
    let shipped = officer.get("/rule-sets?state=published").await.expect(200)["items"][0]["id"].clone();
    let made = officer.post(
        "/rounds",
        json!({
            "name": "2026 年度筛选", "year": 2026, "tiers": ["seed", "future_star"], "rule_set_id": shipped,
            "opens_at": "2026-03-10T00:00:00Z", "closes_at": "2026-03-31T10:00:00Z",
        }),
    );
    let id = made.await.expect(201)["id"].as_str().expect("an id").to_owned();
    officer.post(&format!("/rounds/{id}/publication"), json!({})).await.expect(200);
    RoundId(id)
}

both! {
    async fn the_path_names_every_rule_with_what_is_asked_and_what_was_reached(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let firm = strong(app, &officer, "崂山太赫兹有限公司", 27).await;
        let member = recognised(app, &round, &firm, Tier::Seed).await;
        let path = format!("/memberships/{}/promotion-path", member.id);
        let view = officer.get(&path).await.expect(200);
        assert_eq!(
            (&view["tier"], &view["next_tier"], &view["outcome"], &view["unmet"], &view["largest_gap_ppm"], &view["as_of"]),
            (&json!("seed"), &json!("future_star"), &json!("unmet"), &json!(1), &json!(500_000), &json!("2026-03-02"))
        );
        let leaf = |view: &Value, code: &str| {
            view["leaves"].as_array().expect("leaves").iter().find(|leaf| leaf["code"] == code).cloned().expect("a leaf")
        };
        let basis = json!({"zh": "建议默认值，待主管部门核定", "en": "Proposed default, to be confirmed by the district office"});
        assert_eq!(leaf(&view, "star_rd_ratio"), json!({
            "code": "star_rd_ratio", "outcome": "unmet", "blocking": true,
            "told": {
                "zh": "上年度研发费用占营业收入不低于 6 %：现为 3 %",
                "en": "R&D at least 6 % of revenue last year: now 3 %",
            },
            "needs": {"op": "gte", "value": 60_000, "unit": "ppm"}, "got": 30_000, "gap": 30_000,
            "relative_gap_ppm": 500_000, "basis": basis,
        }));
        assert_eq!(view["leaves"][0]["blocking"], true, "what stands in the way comes first");
        assert_eq!(leaf(&view, "star_growth")["blocking"], false);

        officer.put(&format!("/enterprises/{firm}/metrics/2025"), json!({"rd_expense": 54 * WAN})).await.expect(200);
        let view = officer.get(&path).await.expect(200);
        assert_eq!((&view["unmet"], &view["largest_gap_ppm"], &view["outcome"]), (&json!(0), &json!(null), &json!("manual_review")));

        let applicant = app.user(&[Role::Applicant]).await;
        applicant.get(&path).await.refused(404, "not_found");
        owner(app, &applicant, &firm).await;
        assert_eq!(applicant.get(&path).await.expect(200), view);
        applicant.get("/promotions").await.refused(403, "forbidden");
    }

    async fn candidates_aim_at_the_first_tier_and_the_top_aims_at_nothing(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let candidate = kept(app, &enterprise(app, "储备公司").await).await;
        let view = officer.get(&format!("/memberships/{}/promotion-path", candidate.id)).await.expect(200);
        assert_eq!((&view["tier"], &view["next_tier"]), (&json!(null), &json!("seed")));
        for tier in [Tier::Leading, Tier::Ecosystem] {
            let member = recognised(app, &round, &enterprise(app, "顶层公司").await, tier).await;
            let view = officer.get(&format!("/memberships/{}/promotion-path", member.id)).await.expect(200);
            assert_eq!((&view["next_tier"], &view["leaves"]), (&json!(null), &json!([])), "{tier}");
        }
    }

    async fn the_closest_come_first_and_every_change_of_a_figure_is_felt_at_once(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let mut firms = Vec::new();
        for (name, research) in [("差一半", 27), ("差三成", 54), ("已达到", 54), ("差两条", 27)] {
            let firm = strong(app, &officer, name, research).await;
            recognised(app, &round, &firm, Tier::Seed).await;
            firms.push(firm);
        }
        let [half, third, fulfilled, two] = &firms[..] else { panic!("four enterprises") };
        let set = |firm: &EnterpriseId, year: i32| format!("/enterprises/{firm}/metrics/{year}");
        officer.put(&set(third, 2025), json!({"rd_expense": 378 * WAN / 10})).await.expect(200);
        officer.put(&set(two, 2023), json!({"revenue": 800 * WAN})).await.expect(200);
        let row = |name: &str, unmet: i32, gap: Value| (name.to_owned(), json!(unmet), gap);
        let growth = officer.get(&format!("/enterprises/{two}/figures?year=2026")).await.expect(200);
        assert_eq!(growth["years"]["2023"]["revenue"]["value"], 800 * WAN);
        let list = closest(&officer, "").await;
        let gap_of_two = list[3].2.clone();
        assert_eq!(list, [
            row("已达到", 0, json!(null)), row("差三成", 1, json!(300_000)), row("差一半", 1, json!(500_000)),
            row("差两条", 2, gap_of_two.clone()),
        ]);
        assert!(gap_of_two.as_i64().expect("measured") > 500_000, "the larger of both gaps");

        for firm in [half, fulfilled] {
            let held = officer.get(&format!("/enterprises/{firm}/facts?kind=title")).await.expect(200);
            let title = held["items"][0]["id"].as_str().expect("an id").to_owned();
            officer.delete(&format!("/enterprises/{firm}/facts/{title}")).await.expect(204);
        }
        let list = closest(&officer, "").await;
        assert_eq!(list, [
            row("差三成", 1, json!(300_000)), row("已达到", 1, json!(null)), row("差一半", 2, json!(500_000)), row("差两条", 2, gap_of_two),
        ], "a title is counted and not measured; where nothing can be measured it comes last");
        let named: Vec<String> = list.into_iter().map(|row| row.0).collect();

        // Page by page in the same order, and nothing twice.
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = officer.get(&format!("/promotions?limit=1&count=true{cursor}")).await.expect(200);
            assert_eq!(page["total"], 4);
            seen.push(page["items"][0]["enterprise_name"].as_str().expect("a name").to_owned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, named);

        // A promotion takes the member to the next rung; who leaves is on no list.
        recognised(app, &round, third, Tier::FutureStar).await;
        assert_eq!(closest(&officer, "&next_tier=leading").await.len(), 1);
        let left = officer.get(&format!("/memberships?enterprise_id={half}")).await.expect(200);
        let exit = format!("/memberships/{}/exit", left["items"][0]["id"].as_str().expect("an id"));
        decided(app, &officer, &exit, json!({"reason": "迁出", "basis": "自愿退出"})).await;
        assert!(closest(&officer, "").await.iter().all(|row| row.0 != "差一半"));
        let insider = app.user(&[Role::Officer]).await;
        owner(app, &insider, two).await;
        assert!(closest(&insider, "").await.iter().all(|row| row.0 != "差两条"), "kept from who acts for it");
    }

    async fn the_daily_run_finds_what_time_alone_has_changed(app) {
        let round = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let firm = strong(app, &officer, "资质将到期", 54).await;
        let held = officer.get(&format!("/enterprises/{firm}/facts?kind=title")).await.expect(200);
        let title = format!("/enterprises/{firm}/facts/{}", held["items"][0]["id"].as_str().expect("an id"));
        officer.patch(&title, 1, json!({"detail": {"valid_to": "2026-03-05"}})).await.expect(200);
        recognised(app, &round, &firm, Tier::Seed).await;
        assert_eq!(closest(&officer, "").await[0].1, 0);
        app.advance_to("2026-03-06T01:00:00Z");
        assert_eq!(closest(&officer, "").await[0].1, 0, "as of the last run");
        laoshan::jobs::run_due(&app.app).await.expect("the worker runs");
        assert_eq!(closest(&officer, "").await[0].1, 1);
    }

    async fn a_new_round_lists_who_is_eligible_and_invites_them_in_one_action(app) {
        let old = round(app).await;
        let officer = app.user(&[Role::Officer]).await;
        let candidate = strong(app, &officer, "储备公司", 54).await;
        kept(app, &candidate).await;
        let seed = strong(app, &officer, "种子公司", 54).await;
        recognised(app, &old, &seed, Tier::Seed).await;
        let star = strong(app, &officer, "已是未来之星", 54).await;
        recognised(app, &old, &star, Tier::FutureStar).await;
        let weak = enterprise(app, "数据不全").await;
        kept(app, &weak).await;
        let barred = strong(app, &officer, "曾被撤销", 54).await;
        let member = recognised(app, &old, &barred, Tier::Seed).await;
        let fault = json!({"reason": "提供虚假材料", "basis": "管理办法第二十二条"});
        decided(app, &officer, &format!("/memberships/{}/revocation", member.id), fault).await;
        kept(app, &barred).await;

        let round = announced(&officer).await;
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &candidate).await;
        let prospects = format!("/rounds/{round}/prospects");
        let listed = |page: &Value| -> Vec<(Value, Value, Value)> {
            let rows = page["items"].as_array().expect("items").iter();
            rows.map(|row| (row["enterprise_name"].clone(), row["tier"].clone(), row["invited"].clone())).collect()
        };
        let row = |name: &str, tier: &str, invited: bool| (json!(name), json!(tier), json!(invited));
        let page = officer.get(&prospects).await.expect(200);
        assert_eq!(listed(&page), [row("储备公司", "future_star", false), row("种子公司", "future_star", false)]);
        let first = officer.get(&format!("{prospects}?limit=1")).await.expect(200);
        let next = officer.get(&format!("{prospects}?limit=1&cursor={}", first["next"].as_str().expect("a cursor"))).await;
        assert_eq!(listed(&next.expect(200)), [row("种子公司", "future_star", false)]);

        let invitations = format!("/rounds/{round}/invitations");
        applicant.post(&invitations, json!({})).await.refused(403, "forbidden");
        let stranger = json!({"membership_ids": [member.id]});
        officer.post(&invitations, stranger).await.faults(&[("/membership_ids/0", "not_allowed")]);
        let sent = officer.post(&invitations, json!({})).await.expect(200);
        assert_eq!(sent["invited"], 2);
        let again = officer.post(&invitations, json!({})).await.expect(200);
        assert_eq!(again, json!({"invited": 0, "items": []}), "nobody is asked twice");
        assert_eq!(listed(&officer.get(&prospects).await.expect(200))[0], row("储备公司", "future_star", true));
        let mine = applicant.get("/round-invitations").await.expect(200);
        assert_eq!(mine["items"].as_array().expect("items").len(), 1);
        assert_eq!((&mine["items"][0]["enterprise_name"], &mine["items"][0]["tier"]), (&json!("储备公司"), &json!("future_star")));
        let mails = mail(app).await;
        let told = mails.iter().filter(|mail| mail.template == "round_invitation").map(|mail| mail.to.as_str());
        assert_eq!(told.collect::<Vec<_>>(), [applicant.email.as_str()], "one person acts for one of the two");
        assert_eq!(trail(app, "round", round.as_str()).await, events(&[
            ("round.create", "", "draft", ""),
            ("round.publish", "draft", "published", ""),
            ("round_invitation.create", "", "", ""),
            ("round_invitation.create", "", "", ""),
        ]));

        app.advance_to("2026-03-10T00:00:00Z");
        officer.post(&format!("/rounds/{round}/opening"), json!({})).await.expect(200);
        let draft = json!({"round_id": round, "enterprise_id": candidate, "tier": "future_star"});
        applicant.post("/applications", draft).await.expect(201);
        assert_eq!(listed(&officer.get(&prospects).await.expect(200)), [row("种子公司", "future_star", true)]);
        app.advance_to("2026-03-31T10:00:00Z");
        officer.post(&invitations, json!({})).await.refused(409, "deadline_passed");
    }

    async fn prospects_cost_the_same_for_one_member_and_for_three(app) {
        let officer = app.user(&[Role::Officer]).await;
        let round = announced(&officer).await;
        let path = format!("/rounds/{round}/prospects");
        kept(app, &strong(app, &officer, "一", 54).await).await;
        let one = app.statements(officer.get(&path)).await;
        for name in ["二", "三"] {
            kept(app, &strong(app, &officer, name, 54).await).await;
        }
        assert_eq!(app.statements(officer.get(&path)).await, one);
    }
}
