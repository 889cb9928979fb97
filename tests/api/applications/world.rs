//! A small district: a rule set, rounds, firms and the people who act for them.

use diesel::prelude::*;
use laoshan::enterprises::model::{EnterpriseId, MemberId};
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::programme::laoshan_2026;
use laoshan::programme::service::current;
use laoshan::schema::{enterprise_members, enterprises};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::support::{TestApp, TestUser, beginning};

/// The last second of March in Shanghai.
pub const CLOSES_AT: &str = "2026-03-31T15:59:59Z";
pub const GRACE_SECONDS: i64 = 30;

pub struct World<'a> {
    pub app: &'a TestApp,
    pub officer: TestUser,
    pub approver: TestUser,
    rule_set: String,
    firms: AtomicU32,
}

pub struct Firm {
    pub id: String,
    pub name: String,
    pub credit_code: String,
    pub owner: TestUser,
}

impl<'a> World<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let officer = app.user(&[Role::Officer]).await;
        let approver = app.user(&[Role::Approver]).await;
        let shipped = |cx: &mut Cx| Ok(current(cx, beginning().date_naive())?.0.to_string());
        let rule_set = app.app.door.peek("test", shipped).await.expect("the shipped rule set");
        Self { app, officer, approver, rule_set, firms: AtomicU32::new(0) }
    }

    /// The same district with other people in its office.
    pub async fn with_new_staff(&self) -> Self {
        let officer = self.app.user(&[Role::Officer]).await;
        let approver = self.app.user(&[Role::Approver]).await;
        let firms = AtomicU32::new(self.firms.load(Ordering::SeqCst));
        Self { app: self.app, officer, approver, rule_set: self.rule_set.clone(), firms }
    }

    /// An open round for the ecosystem and leading tiers until the end of March; `adjust` changes its settings.
    pub async fn round(&self, adjust: Value) -> String {
        let mut body = json!({
            "name": "2026 年度筛选", "year": 2026, "tiers": ["leading", "ecosystem"], "rule_set_id": self.rule_set,
            "opens_at": self.app.now(), "closes_at": CLOSES_AT, "grace_seconds": GRACE_SECONDS,
        });
        for (key, value) in adjust.as_object().into_iter().flatten() {
            body[key] = value.clone();
        }
        let round = self.officer.post("/rounds", body).await.expect(201);
        let id = text(&round["id"]);
        self.step(&id, "publication").await;
        self.step(&id, "opening").await;
        id
    }

    /// Moves a round on; returns it.
    pub async fn step(&self, round: &str, noun: &str) -> Value {
        self.officer.post(&format!("/rounds/{round}/{noun}"), json!({})).await.expect(200)
    }

    /// Past the deadline and into formal review.
    pub async fn formal_review(&self, round: &str) {
        self.app.advance_to("2026-04-01T01:00:00Z");
        self.step(round, "closing").await;
        self.step(round, "formal-review").await;
    }

    pub async fn deliberation(&self, round: &str) {
        self.step(round, "deliberation").await;
    }

    /// A firm on record with a verified owner.
    pub async fn firm(&self) -> Firm {
        let firm = self.unverified_firm().await;
        let id = EnterpriseId(firm.id.clone());
        let work = move |cx: &mut laoshan::platform::door::Cx| {
            diesel::update(enterprise_members::table.filter(enterprise_members::enterprise_id.eq(&id)))
                .set(enterprise_members::verified.eq(true))
                .execute(cx.conn)?;
            Ok(())
        };
        self.app.app.door.system("test", work).await.expect("verified");
        firm
    }

    pub async fn unverified_firm(&self) -> Firm {
        let n = self.firms.fetch_add(1, Ordering::SeqCst) + 1;
        let owner = self.app.user(&[Role::Applicant]).await;
        let (name, credit_code) = (format!("崂山配套企业{n:03}"), format!("91370212MA3C{n:06}"));
        let (row_name, row_code) = (name.clone(), credit_code.clone());
        let id = self
            .app
            .app
            .door
            .system("test", move |cx| {
                let id: EnterpriseId = cx.id();
                diesel::insert_into(enterprises::table)
                    .values((
                        enterprises::id.eq(&id),
                        enterprises::credit_code.eq(&row_code),
                        enterprises::name.eq(&row_name),
                        enterprises::name_search.eq(&row_name),
                        enterprises::registered_in_laoshan.eq(true),
                        enterprises::status.eq("active"),
                        enterprises::source.eq("import"),
                        enterprises::created_at.eq(cx.now),
                        enterprises::updated_at.eq(cx.now),
                        enterprises::version.eq(1_i64),
                    ))
                    .execute(cx.conn)?;
                Ok(id)
            })
            .await
            .expect("an enterprise");
        self.join(&id.0, &owner, "owner").await;
        Firm { id: id.to_string(), name, credit_code, owner }
    }

    /// Lets a person act for an enterprise.
    pub async fn join(&self, enterprise: &str, person: &TestUser, role: &'static str) {
        let (enterprise, user) = (EnterpriseId(enterprise.to_owned()), person.id.clone());
        let work = move |cx: &mut laoshan::platform::door::Cx| {
            let id: MemberId = cx.id();
            diesel::insert_into(enterprise_members::table)
                .values((
                    enterprise_members::id.eq(&id),
                    enterprise_members::enterprise_id.eq(&enterprise),
                    enterprise_members::user_id.eq(&user),
                    enterprise_members::role.eq(role),
                    enterprise_members::verified.eq(false),
                    enterprise_members::created_at.eq(cx.now),
                ))
                .execute(cx.conn)?;
            Ok(())
        };
        self.app.app.door.system("test", work).await.expect("a member");
    }

    /// A draft of the ecosystem tier with everything filled in.
    pub async fn draft(&self, round: &str, firm: &Firm) -> String {
        let id = self.empty_draft(round, firm).await;
        firm.owner.patch(&format!("/applications/{id}"), 1, complete_form()).await.expect(200);
        id
    }

    pub async fn empty_draft(&self, round: &str, firm: &Firm) -> String {
        let body = json!({"round_id": round, "enterprise_id": firm.id, "tier": "ecosystem"});
        text(&firm.owner.post("/applications", body).await.expect(201)["id"])
    }

    pub async fn submitted(&self, round: &str, firm: &Firm) -> String {
        let id = self.draft(round, firm).await;
        firm.owner.post(&format!("/applications/{id}/submission"), json!({})).await.expect(200);
        id
    }

    /// A firm's application that will be accepted: submitted while the round is open.
    pub async fn application(&self, round: &str) -> (Firm, String) {
        let firm = self.firm().await;
        let id = self.submitted(round, &firm).await;
        (firm, id)
    }

    pub async fn accept(&self, id: &str) -> Value {
        self.officer.post(&format!("/applications/{id}/acceptance"), json!({})).await.expect(200)
    }

    /// Prepares a step as the officer; returns the decision's id.
    pub async fn prepare(&self, id: &str, noun: &str) -> String {
        let body = json!({"reason": "经联席会议审议"});
        text(&self.officer.post(&format!("/applications/{id}/{noun}"), body).await.expect(201)["id"])
    }

    pub async fn approve(&self, decision: &str) -> Value {
        self.approver.post(&format!("/decisions/{decision}/approval"), json!({})).await.expect(200)
    }

    /// Prepared by the officer and approved by the approver.
    pub async fn decide(&self, id: &str, noun: &str) {
        let decision = self.prepare(id, noun).await;
        assert_eq!(self.approve(&decision).await["state"], "approved");
    }

    pub async fn state(&self, id: &str) -> String {
        text(&self.officer.get(&format!("/applications/{id}")).await.expect(200)["state"])
    }

    /// What the officer reads, without what every edit changes.
    pub async fn record(&self, id: &str) -> Value {
        let mut view = self.officer.get(&format!("/applications/{id}")).await.expect(200);
        view["actions"] = Value::Null;
        view
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Everything an ecosystem firm is asked for.
pub fn complete_form() -> Value {
    let vetoes: serde_json::Map<String, Value> =
        laoshan_2026().vetoes.iter().map(|veto| (veto.code.clone(), false.into())).collect();
    json!({
        "contact": {"name": "李伟", "mobile": "13800000000", "email": "li.wei@firm.example"},
        "summary": "为海洋装备企业提供太赫兹检测配套服务。",
        "track": "terahertz",
        "figures": {
            "registered_in_laoshan": true,
            "partners": [
                {"name": "甲", "library_member": true, "contract": true},
                {"name": "乙", "library_member": true, "contract": true},
            ],
            "vetoes": vetoes,
        },
        "statements": {"truthful": true, "data_consent": true},
    })
}
