//! Eight years in the life of one enterprise, and what its past was on any day of them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::platform::calendar::end_of_day_utc;
use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use super::{decided, recognised, round};
use crate::both;
use crate::support::TestApp;
use crate::support::seeds::{enterprise, events, owner, trail};

/// What happened to the memberships of an enterprise, oldest first: moment, membership, state reached, tier set.
type Happened = (DateTime<Utc>, String, String, Option<Value>);

async fn happened(app: &TestApp, firm: &EnterpriseId) -> Vec<Happened> {
    use laoshan::schema::{audit_events as e, memberships as m};
    let firm = firm.clone();
    let rows: Vec<(laoshan::platform::types::Stamp, String, Option<String>, String)> = app
        .app
        .door
        .peek("test", move |cx| {
            let ids: Vec<String> = m::table.filter(m::enterprise_id.eq(&firm)).select(m::id).load(cx.conn)?;
            let of = e::table.filter(e::subject_kind.eq("membership")).filter(e::subject_id.eq_any(ids));
            Ok(of.order((e::at, e::seq)).select((e::at, e::subject_id, e::to_state, e::changes)).load(cx.conn)?)
        })
        .await
        .expect("the trail is read");
    let rows = rows.into_iter().filter_map(|(at, id, to, changes)| {
        let changes: Value = serde_json::from_str(&changes).expect("changes are JSON");
        Some((at.utc(), id, to?, changes.get("tier").map(|tier| tier["new"].clone())))
    });
    rows.collect()
}

/// State and tier of every membership at the end of a day, by walking through all events.
fn replayed(events: &[Happened], day: NaiveDate) -> Vec<(String, String, Value)> {
    let mut seen: Vec<(String, String, Value)> = Vec::new();
    for (_, id, to, tier) in events.iter().filter(|(at, ..)| *at < end_of_day_utc(day)) {
        match seen.iter_mut().find(|(known, ..)| known == id) {
            Some(row) => {
                row.1.clone_from(to);
                row.2 = tier.clone().unwrap_or(row.2.take());
            }
            None => seen.push((id.clone(), to.clone(), tier.clone().unwrap_or(Value::Null))),
        }
    }
    seen.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    seen
}

async fn work(app: &TestApp, at: &str) {
    app.advance_to(at);
    laoshan::jobs::run_due(&app.app).await.expect("the worker runs");
}

both! {
    async fn seed_star_renewed_watched_leading_revoked_barred_and_back(app) {
        let (round, firm) = (round(app).await, enterprise(app, "崂山八年有限公司").await);
        let officer = app.user(&[Role::Officer]).await;
        let applicant = app.user(&[Role::Applicant]).await;
        owner(app, &applicant, &firm).await;
        let seed = recognised(app, &round, &firm, Tier::Seed).await.id.to_string();

        work(app, "2028-02-01T01:00:00Z").await;
        let star = recognised(app, &round, &firm, Tier::FutureStar).await.id.to_string();
        work(app, "2029-01-10T01:00:00Z").await;
        let recheck = officer.post("/rechecks", json!({"membership_id": star, "cause": "expiry"})).await.expect(201);
        work(app, "2029-01-20T01:00:00Z").await;
        let conclusion = format!("/rechecks/{}/conclusion", recheck["id"].as_str().expect("an id"));
        let kept = json!({"outcome": "watch", "reason": "收入下降", "basis": "管理办法第十七条"});
        decided(app, &officer, &conclusion, kept).await;
        let path = format!("/memberships/{star}");
        officer.post(&format!("{path}/clearance"), json!({"reason": "已恢复"})).await.expect(200);
        work(app, "2030-03-01T01:00:00Z").await;
        let leading = recognised(app, &round, &firm, Tier::Leading).await.id.to_string();
        work(app, "2030-09-01T01:00:00Z").await;
        let fault = json!({"reason": "重大安全事故", "basis": "管理办法第二十二条"});
        decided(app, &officer, &format!("/memberships/{leading}/revocation"), fault).await;
        work(app, "2032-01-05T01:00:00Z").await;
        let opening = json!({
            "name": "2032 年度筛选", "year": 2032, "tiers": ["seed"],
            "rule_set_id": officer.get("/rule-sets?state=published").await.expect(200)["items"][0]["id"],
            "opens_at": "2032-01-05T00:00:00Z", "closes_at": "2034-12-31T10:00:00Z",
        });
        let later = officer.post("/rounds", opening).await.expect(201)["id"].as_str().expect("an id").to_owned();
        for step in ["publication", "opening"] {
            officer.post(&format!("/rounds/{later}/{step}"), json!({})).await.expect(200);
        }
        let draft = json!({"round_id": later, "enterprise_id": firm, "tier": "seed"});
        let refused = applicant.post("/applications", draft.clone()).await.refused(409, "reentry_barred");
        assert_eq!(refused["until_on"], "2033-08-31");
        work(app, "2033-08-31T15:59:59Z").await;
        applicant.post("/applications", draft.clone()).await.refused(409, "reentry_barred");
        work(app, "2033-08-31T16:00:00Z").await;
        applicant.post("/applications", draft).await.expect(201);
        work(app, "2034-02-01T01:00:00Z").await;
        let back = recognised(app, &round, &firm, Tier::Seed).await.id.to_string();

        assert_eq!(trail(app, "membership", &seed).await, events(&[
            ("membership.recognise", "", "active", ""),
            ("membership.promote", "active", "promoted", "recognised"),
        ]));
        assert_eq!(trail(app, "membership", &star).await, events(&[
            ("membership.recognise", "", "active", ""),
            ("membership.re_review", "active", "re_review", ""),
            ("membership.watch", "re_review", "watch", "收入下降"),
            ("membership.clear", "watch", "active", "已恢复"),
            ("membership.promote", "active", "promoted", "recognised"),
        ]));
        assert_eq!(trail(app, "membership", &leading).await, events(&[
            ("membership.recognise", "", "active", ""),
            ("membership.revoke", "active", "revoked", "重大安全事故"),
        ]));
        assert_eq!(trail(app, "membership", &back).await, events(&[("membership.recognise", "", "active", "")]));

        let told = happened(app, &firm).await;
        let mut day: NaiveDate = "2026-02-28".parse().expect("a date");
        while day < app.now().date_naive() {
            let page = officer.get(&format!("/memberships?enterprise_id={firm}&as_of={day}&count=true")).await.expect(200);
            let items = page["items"].as_array().expect("items");
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            let mut held: Vec<_> =
                items.iter().map(|m| (text(&m["id"]), text(&m["state"]), m["tier"].clone())).collect();
            held.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
            assert_eq!(held, replayed(&told, day), "{day}");
            assert_eq!(page["total"], held.len(), "{day}");
            day = day + chrono::Days::new(23);
        }
        officer.get("/memberships?as_of=2034-02-02").await.faults(&[("as_of", "in_the_future")]);
        let watched = officer.get("/memberships?as_of=2029-01-15&state=re_review&tier=future_star").await.expect(200);
        assert_eq!(watched["items"].as_array().expect("items").len(), 1);
    }
}
