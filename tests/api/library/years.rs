//! Eight years in the life of one enterprise, told through the interface alone, and what its past was on any day of them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use diesel::prelude::*;
use laoshan::annual_updates::service::sweep_late;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::platform::calendar::end_of_day_utc;
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::platform::types::Stamp;
use laoshan::programme::laoshan_2026;
use serde_json::{Value, json};
use std::cell::RefCell;

use super::{decided, terms_end};
use crate::messages::reminders::remind;
use crate::support::letters::Letters;
use crate::support::seeds::{enterprise, owner};
use crate::support::{Db, Reply, TestApp, TestUser};

/// What happened to the memberships of an enterprise, oldest first: moment, membership, state reached, tier set.
type Happened = (DateTime<Utc>, String, String, Option<Value>);

async fn happened(app: &TestApp, firm: &EnterpriseId) -> Vec<Happened> {
    use laoshan::schema::{audit_events as e, memberships as m};
    let firm = firm.clone();
    let rows: Vec<(Stamp, String, Option<String>, String)> = app
        .app
        .door
        .peek("test", move |cx| {
            let ids: Vec<String> = m::table.filter(m::enterprise_id.eq(&firm)).select(m::id).load(cx.conn)?;
            let of = e::table.filter(e::subject_kind.eq("membership")).filter(e::subject_id.eq_any(ids));
            Ok(of.order((e::at, e::id)).select((e::at, e::subject_id, e::to_state, e::changes)).load(cx.conn)?)
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

type MailRow = (Stamp, String, String, Option<String>, Option<String>);

/// Everything the library recorded in all those years, oldest first: day in Shanghai, subject, action, from, to.
async fn recorded(app: &TestApp) -> Vec<String> {
    use laoshan::schema::audit_events as e;
    let rows: Vec<MailRow> = app
        .app
        .door
        .peek("test", |cx| {
            let of_library = e::table.filter(e::subject_kind.eq_any(["membership", "recheck", "update_window"]));
            let columns = (e::at, e::subject_kind, e::action, e::from_state, e::to_state);
            Ok(of_library.order((e::at, e::id)).select(columns).load(cx.conn)?)
        })
        .await
        .expect("the trail is read");
    let text = |state: Option<String>| state.unwrap_or_else(|| "-".to_owned());
    rows.into_iter()
        .map(|(at, _, action, from, to)| {
            let day = laoshan::platform::calendar::business_day(at.utc());
            format!("{day} {action} {} {}", text(from), text(to))
        })
        .collect()
}

/// The district, and the enterprise whose life it is.
struct Life<'a> {
    app: &'a TestApp,
    officer: TestUser,
    approver: TestUser,
    applicant: TestUser,
    rule_set: Value,
    firm: EnterpriseId,
    letters: RefCell<Letters>,
    /// Whether every day in between is lived through, with its reminders.
    daily: bool,
}

impl<'a> Life<'a> {
    async fn begin(app: &'a TestApp, daily: bool) -> Self {
        let officer = app.user(&[Role::Officer]).await;
        let applicant = app.user(&[Role::Applicant]).await;
        let firm = enterprise(app, "崂山八年有限公司").await;
        owner(app, &applicant, &firm).await;
        let id = firm.clone();
        let known = move |cx: &mut Cx| {
            use laoshan::schema::enterprises as e;
            let since: NaiveDate = "2023-09-01".parse().expect("a date");
            diesel::update(e::table.find(&id))
                .set((
                    e::credit_code.eq("91370212MA3C900001"),
                    e::main_track.eq("terahertz"),
                    e::registered_on.eq(since),
                ))
                .execute(cx.conn)?;
            Ok(())
        };
        app.app.door.system("test", known).await.expect("the record is known");
        let rule_set = officer.get("/rule-sets?state=published").await.expect(200)["items"][0]["id"].clone();
        let approver = app.user(&[Role::Approver]).await;
        let life = Self { app, approver, officer, applicant, rule_set, firm, letters: RefCell::default(), daily };
        life.fact("title", json!({"kind": "high_tech"})).await;
        life.fact("ip", json!({"class1_granted": 5, "class1_in_use": 4})).await;
        life
    }

    /// Goes on to a moment; what was to be mailed until then is mailed.
    async fn until(&self, moment: &str) {
        let end: DateTime<Utc> = moment.parse().expect("a moment");
        while self.daily && self.app.now() + chrono::Duration::days(1) < end {
            self.mailed().await;
            self.app.advance(chrono::Duration::days(1));
            remind(self.app).await;
        }
        self.mailed().await;
        self.app.advance_to(moment);
    }

    async fn mailed(&self) {
        let mut letters = self.letters.take();
        letters.collect(self.app).await;
        self.letters.replace(letters);
    }

    async fn fact(&self, kind: &str, detail: Value) {
        let path = format!("/enterprises/{}/facts", self.firm);
        self.officer.post(&path, json!({"kind": kind, "detail": detail})).await.expect(201);
    }

    /// Figures of a year in ten thousand yuan.
    async fn figures(&self, year: i32, revenue: i64, research: i64) {
        const WAN: i64 = 1_000_000;
        let body = json!({
            "revenue": revenue * WAN, "rd_expense": research * WAN, "equity_new": 0, "niche_share": 150_000,
        });
        self.officer.put(&format!("/enterprises/{}/metrics/{year}", self.firm), body).await.expect(200);
    }

    /// A year of holidays that nobody has announced.
    async fn calendar(&self, year: i32) {
        let toml = format!(
            "year = {year}\nsource = \"made up\"\nworkdays = []\n[[holidays]]\nname = {{ zh = \"元旦\", en = \"New Year\" }}\non = \"{year}-01-01\"\n"
        );
        let request = self.officer.request("PUT", &format!("/calendars/{year}"));
        Reply::of(request.header("content-type", "application/toml").body(toml)).await.expect(200);
    }

    /// A round of a tier that has just opened.
    async fn round(&self, tier: &str) -> String {
        let now = self.app.now();
        let closes_at = (now + chrono::Duration::days(14)).to_rfc3339();
        let settings = json!({
            "name": format!("{} 年度筛选", now.year()), "year": now.year(), "tiers": [tier], "rule_set_id": self.rule_set,
            "opens_at": now.to_rfc3339(), "closes_at": closes_at,
        });
        let round = self.officer.post("/rounds", settings).await.expect(201)["id"].as_str().expect("an id").to_owned();
        for step in ["publication", "opening"] {
            self.step(&round, step).await;
        }
        round
    }

    async fn step(&self, round: &str, noun: &str) -> Value {
        self.officer.post(&format!("/rounds/{round}/{noun}"), json!({})).await.expect(200)
    }

    async fn apply(&self, round: &str, tier: &str) -> Reply {
        let draft = json!({"round_id": round, "enterprise_id": self.firm, "tier": tier});
        self.applicant.post("/applications", draft).await
    }

    /// From the call to the certificate: the whole way of an application.
    async fn recognised(&self, tier: &str) {
        let round = self.round(tier).await;
        let id = self.apply(&round, tier).await.expect(201)["id"].as_str().expect("an id").to_owned();
        let path = format!("/applications/{id}");
        let vetoes: serde_json::Map<String, Value> =
            laoshan_2026().vetoes.iter().map(|veto| (veto.code.clone(), false.into())).collect();
        let form = json!({
            "contact": {"name": "李伟", "mobile": "13800000000", "email": "li.wei@firm.example"},
            "summary": "为半导体产线做太赫兹无损检测设备。", "track": "terahertz", "figures": {"vetoes": vetoes},
            "statements": {"truthful": true, "data_consent": true},
        });
        self.applicant.patch(&path, 1, form).await.expect(200);
        let sent = self.applicant.post(&format!("{path}/submission"), json!({})).await.expect(200);
        assert_eq!(sent["snapshot"]["outcome"], "met", "{tier}: {}", sent["snapshot"]["evaluation"]["leaves"]);
        self.until(&(self.app.now() + chrono::Duration::days(15)).to_rfc3339()).await;
        self.step(&round, "closing").await;
        self.step(&round, "formal-review").await;
        self.officer.post(&format!("{path}/acceptance"), json!({})).await.expect(200);
        self.step(&round, "deliberation").await;
        let proposal = json!({"reason": "经联席会议审议"});
        let decision = self.officer.post(&format!("{path}/proposal"), proposal).await.expect(201);
        let approval = format!("/decisions/{}/approval", decision["id"].as_str().expect("an id"));
        self.approver.post(&approval, json!({})).await.expect(200);
        let today = laoshan::platform::calendar::business_day(self.app.now());
        let shown =
            self.officer.post(&format!("/rounds/{round}/publicity"), json!({"starts_on": today})).await.expect(200);
        self.until(&format!("{}T16:00:00Z", shown["publicity_ends_on"].as_str().expect("a date"))).await;
        self.step(&round, "conclusion").await;
    }

    /// The membership of these days.
    async fn membership(&self) -> String {
        let list = self.officer.get(&format!("/memberships?enterprise_id={}", self.firm)).await.expect(200);
        list["items"][0]["id"].as_str().expect("an id").to_owned()
    }
}

async fn the_story(app: &TestApp, daily: bool) {
    let life = Life::begin(app, daily).await;
    let officer = &life.officer;

    life.figures(2023, 200, 40).await;
    life.recognised("seed").await;

    life.until("2026-01-05T01:00:00Z").await;
    terms_end(app).await;
    life.figures(2024, 450, 45).await;
    life.figures(2025, 900, 90).await;
    life.recognised("future_star").await;

    life.until("2027-01-11T01:00:00Z").await;
    life.calendar(2027).await;
    let window = json!({"year": 2027, "opens_on": "2027-03-01", "due_on": "2027-05-31"});
    officer.post("/update-windows", window).await.expect(201);
    let star = life.membership().await;
    let expiring = format!("/memberships?state=active&ends_by=2027-02-28&enterprise_id={}", life.firm);
    assert_eq!(officer.get(&expiring).await.expect(200)["items"][0]["id"], json!(star));
    let recheck = officer.post("/rechecks", json!({"membership_id": star, "cause": "expiry"})).await.expect(201);
    life.until("2027-02-20T01:00:00Z").await;
    let conclusion = format!("/rechecks/{}/conclusion", recheck["id"].as_str().expect("an id"));
    let keep = json!({"outcome": "keep", "reason": "仍符合条件", "basis": "管理办法第十七条"});
    decided(app, officer, &conclusion, keep).await;

    for (moment, swept) in [("2027-06-30T15:59:59Z", 0), ("2027-06-30T16:00:00Z", 1)] {
        life.until(moment).await;
        terms_end(app).await;
        assert_eq!(app.app.door.system("annual_updates.sweep", sweep_late).await.expect("the job runs"), swept);
    }

    life.until("2027-12-06T01:00:00Z").await;
    terms_end(app).await;
    life.calendar(2028).await;
    life.figures(2026, 5_000, 500).await;
    life.figures(2027, 20_000, 1_500).await;
    life.until("2028-01-01T16:00:00Z").await;
    life.recognised("leading").await;

    life.until("2028-09-01T01:00:00Z").await;
    terms_end(app).await;
    let leading = life.membership().await;
    let fault = json!({"reason": "重大安全事故", "basis": "管理办法第二十二条"});
    decided(app, officer, &format!("/memberships/{leading}/revocation"), fault).await;
    let certificate = app.anonymous().get("/public/certificates/LS-WLZX-2028-0001").await.expect(200);
    assert_eq!((&certificate["state"], &certificate["valid"]), (&json!("revoked"), &json!(false)));
    app.anonymous().get("/public/certificates/LS-WLZX-2028-0002").await.refused(404, "not_found");

    life.until("2031-08-25T01:00:00Z").await;
    terms_end(app).await;
    let round = life.round("future_star").await;
    let refused = life.apply(&round, "future_star").await.refused(409, "reentry_barred");
    assert_eq!((&refused["until_on"], &refused["basis"]), (&json!("2031-08-31"), &json!("管理办法第二十二条")));
    life.until("2031-08-31T15:59:59Z").await;
    life.apply(&round, "future_star").await.refused(409, "reentry_barred");
    life.until("2031-08-31T16:00:00Z").await;
    let free = life.apply(&round, "future_star").await.expect(201);
    let withdrawal = format!("/applications/{}/withdrawal", free["id"].as_str().expect("an id"));
    life.applicant.post(&withdrawal, json!({"reason": "来年再报"})).await.expect(200);

    life.until("2032-01-05T01:00:00Z").await;
    terms_end(app).await;
    life.calendar(2032).await;
    life.figures(2029, 10_000, 800).await;
    life.figures(2031, 30_000, 2_000).await;
    life.recognised("future_star").await;

    assert_eq!(
        recorded(app).await,
        [
            "2024-01-31 membership.recognise - active",
            "2026-01-28 membership.promote active promoted",
            "2026-01-28 membership.recognise - active",
            "2027-01-11 update_window.create - -",
            "2027-01-11 membership.re_review active re_review",
            "2027-01-11 recheck.create - open",
            "2027-02-20 recheck.conclude open concluded",
            "2027-02-20 membership.expire re_review expired",
            "2027-02-20 membership.recognise - active",
            "2027-07-01 membership.watch active watch",
            "2027-07-01 update_window.sweep - -",
            "2028-01-25 membership.promote watch promoted",
            "2028-01-25 membership.recognise - active",
            "2028-09-01 membership.revoke active revoked",
            "2032-01-28 membership.recognise - active",
        ]
    );
    every_day_is_what_the_events_say(app, &life).await;
    every_letter_was_expected(&life).await;
    let on = |day: &str| format!("/memberships?as_of={day}&enterprise_id={}&state=active", life.firm);
    for (day, tier) in
        [("2024-12-31", json!("seed")), ("2027-06-30", json!("future_star")), ("2028-06-30", json!("leading"))]
    {
        assert_eq!(officer.get(&on(day)).await.expect(200)["items"][0]["tier"], tier, "{day}");
    }
    let tomorrow = laoshan::platform::calendar::business_day(app.now()) + chrono::Days::new(1);
    officer.get(&format!("/memberships?as_of={tomorrow}")).await.faults(&[("as_of", "in_the_future")]);
}

/// What was mailed to the enterprise in all those years, and nothing else. Reminders come where every day was lived through.
async fn every_letter_was_expected(life: &Life<'_>) {
    life.mailed().await;
    let letters = life.letters.borrow();
    let of_a_round = |opened: &'static str, accepted: &'static str, recognised: &'static str| {
        [
            (opened, "round_opened"),
            (opened, "application_received"),
            (accepted, "application_accepted"),
            (accepted, "application_in_publicity"),
            (recognised, "application_recognised"),
        ]
    };
    let mut expected = of_a_round("2024-01-08", "2024-01-23", "2024-01-31").to_vec();
    expected.extend(of_a_round("2026-01-05", "2026-01-20", "2026-01-28"));
    expected.extend([
        ("2026-01-23", "membership_expiring"),
        ("2026-01-27", "membership_expiring"),
        ("2027-01-11", "annual_update_opened"),
        ("2027-01-11", "membership_reviewed"),
        ("2027-02-20", "recheck_passed"),
        ("2027-05-24", "annual_update_due"),
        ("2027-05-28", "annual_update_due"),
        ("2027-05-30", "annual_update_due"),
        ("2027-06-01", "annual_update_overdue"),
        ("2027-06-05", "annual_update_overdue"),
        ("2027-07-01", "membership_watched"),
    ]);
    expected.extend(of_a_round("2028-01-02", "2028-01-17", "2028-01-25"));
    expected.extend([("2028-09-01", "membership_ended"), ("2031-08-25", "round_opened")]);
    expected.extend(of_a_round("2032-01-05", "2032-01-20", "2032-01-28"));
    let reminder = |letter: &str| ["_due", "_overdue", "_expiring"].iter().any(|end| letter.ends_with(end));
    expected.retain(|(_, letter)| life.daily || !reminder(letter));
    expected.sort_unstable();
    let mut told = letters.of(&life.applicant);
    told.sort_unstable();
    assert_eq!(told, expected);
}

async fn every_day_is_what_the_events_say(app: &TestApp, life: &Life<'_>) {
    let told = happened(app, &life.firm).await;
    let turning: Vec<NaiveDate> = told.iter().map(|(at, ..)| laoshan::platform::calendar::business_day(*at)).collect();
    let mut days: Vec<NaiveDate> = turning.iter().flat_map(|day| [day.pred_opt(), Some(*day)]).flatten().collect();
    let mut day: NaiveDate = "2023-12-31".parse().expect("a date");
    while day < laoshan::platform::calendar::business_day(app.now()) {
        days.push(day);
        day = day + chrono::Days::new(71);
    }
    for day in days {
        let path = format!("/memberships?enterprise_id={}&as_of={day}&count=true", life.firm);
        let page = life.officer.get(&path).await.expect(200);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let items = page["items"].as_array().expect("items").iter();
        let mut held: Vec<_> = items.map(|m| (text(&m["id"]), text(&m["state"]), m["tier"].clone())).collect();
        held.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        assert_eq!(held, replayed(&told, day), "{day}");
        assert_eq!(page["total"], held.len(), "{day}");
    }
}

/// Told on either database; it begins two years before other stories do.
mod seed_star_renewed_watched_leading_revoked_barred_and_back {
    use super::*;

    async fn told(db: Db) {
        let app = TestApp::start_at(db, "2024-01-08T01:00:00Z").await;
        the_story(&app, db == Db::Sqlite).await;
        app.finish().await;
    }

    #[actix_web::test]
    async fn sqlite() {
        told(Db::Sqlite).await;
    }

    #[actix_web::test]
    async fn postgres() {
        told(Db::Postgres).await;
    }
}
