//! A member with an owner, an office, and a unit with a clerk.

use diesel::prelude::*;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::library::model::MembershipId;
use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use laoshan::schema::{enterprises, memberships};
use serde_json::{Value, json};

use crate::support::seeds::{enterprise, owner};
use crate::support::{TestApp, TestUser};

pub struct World {
    pub officer: TestUser,
    pub approver: TestUser,
    pub clerk: TestUser,
    pub owner: TestUser,
    pub enterprise: EnterpriseId,
    pub membership: MembershipId,
    pub unit: String,
}

/// A seed enterprise on the quantum track, recognised on 1 January 2026 for three years.
pub async fn world(app: &TestApp) -> World {
    let officer = app.user(&[Role::Officer]).await;
    let approver = app.user(&[Role::Approver]).await;
    let clerk = app.user(&[Role::Department]).await;
    let (firm, membership) = member(app, "量子崂山有限公司", Tier::Seed).await;
    let person = app.user(&[Role::Applicant]).await;
    owner(app, &person, &firm).await;
    let unit = unit(app, &officer, "kejiju", "区科技局", &[&clerk]).await;
    World { officer, approver, clerk, owner: person, enterprise: firm, membership, unit }
}

pub async fn unit(app: &TestApp, officer: &TestUser, code: &str, name: &str, clerks: &[&TestUser]) -> String {
    let made = officer.post("/departments", json!({"code": code, "name": name})).await.expect(201);
    let id = made["id"].as_str().expect("an id").to_owned();
    let security = app.user(&[Role::SecurityAdmin]).await;
    let members: Vec<_> = clerks.iter().map(|clerk| clerk.id.as_str()).collect();
    security.put(&format!("/departments/{id}/members"), json!({"members": members})).await.expect(200);
    id
}

pub async fn member(app: &TestApp, name: &'static str, tier: Tier) -> (EnterpriseId, MembershipId) {
    let firm = enterprise(app, name).await;
    let of = firm.clone();
    let work = move |cx: &mut laoshan::platform::door::Cx| {
        let id: MembershipId = cx.id();
        let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a date");
        diesel::update(enterprises::table.find(&of)).set(enterprises::main_track.eq("quantum")).execute(cx.conn)?;
        diesel::insert_into(memberships::table)
            .values((
                memberships::id.eq(&id),
                memberships::enterprise_id.eq(&of),
                memberships::tier.eq(tier),
                memberships::lane.eq(tier.lane()),
                memberships::state.eq("active"),
                memberships::live.eq(true),
                memberships::certificate_number.eq(format!("LS-TEST-{id}")),
                memberships::source.eq("import"),
                memberships::valid_from.eq(day("2026-01-01")),
                memberships::valid_to.eq(day("2028-12-31")),
                memberships::created_at.eq(cx.now),
                memberships::version.eq(1_i64),
            ))
            .execute(cx.conn)?;
        Ok(id)
    };
    let membership = app.app.door.system("test", work).await.expect("a membership is made");
    (firm, membership)
}

/// A plan's content with one goal, one measure and one budget line.
pub fn content(unit: &str) -> Value {
    json!({
        "diagnosis": "缺少中试场地，订单集中于两家客户",
        "lead": unit,
        "goals": [{"indicator": "revenue", "base": 100_000_000, "target": 150_000_000, "due_on": "2026-12-31"}],
        "measures": [{
            "key": "m1", "category": "LAND", "title": "落实 500 平方米中试场地", "lead": unit, "due_on": "2026-06-30",
            "budget_line": "b1",
        }],
        "budget": [{"key": "b1", "source": "district", "purpose": "中试场地租金补助", "amount_fen": 50_000_000}],
        "commitments": ["三年内注册地不迁出崂山区"],
        "mid_review_on": "2026-07-15",
    })
}

pub fn document(title: &str) -> Value {
    json!({"title": title, "number": "崂科〔2026〕12号", "issued_by": "区科技局", "dated_on": "2026-03-01"})
}

impl World {
    pub async fn draft(&self) -> Value {
        let order = json!({"membership_id": self.membership, "year": 2026});
        self.officer.post("/support-plans", order).await.expect(201)
    }

    pub async fn written(&self) -> Value {
        let plan = self.draft().await;
        self.officer.patch(&path(&plan, ""), version(&plan), content(&self.unit)).await.expect(200)
    }

    /// Signed by both sides.
    pub async fn confirmed(&self) -> Value {
        let plan = self.written().await;
        let plan = self.officer.post(&path(&plan, "/consultation"), json!({})).await.expect(200);
        let plan = self.owner.post_at(&path(&plan, "/confirmation"), version(&plan), json!({})).await.expect(200);
        self.officer.post_at(&path(&plan, "/confirmation"), version(&plan), json!({})).await.expect(200)
    }

    pub async fn executing(&self) -> Value {
        let plan = self.confirmed().await;
        self.officer.post(&path(&plan, "/execution"), json!({})).await.expect(200)
    }

    /// Raised by the enterprise.
    pub async fn raised(&self) -> Value {
        let order = json!({
            "enterprise_id": self.enterprise, "kind": "problem", "category": "COM", "title": "环评手续办理缓慢",
            "description": "已提交三个月",
        });
        self.owner.post("/support-items", order).await.expect(201)
    }

    pub async fn assigned(&self) -> Value {
        let item = self.raised().await;
        self.officer.post(&step(&item, "acceptance"), json!({})).await.expect(200);
        let order = json!({"department_id": self.unit});
        self.officer.post(&step(&item, "assignment"), order).await.expect(200)
    }

    pub async fn in_progress(&self) -> Value {
        let item = self.assigned().await;
        let answer = json!({"note": "一周内现场核查并出具意见", "due_on": "2026-03-20"});
        self.clerk.post(&step(&item, "answer"), answer).await.expect(200)
    }

    pub async fn completed(&self) -> Value {
        let item = self.in_progress().await;
        let done = json!({"note": "环评批复已出具", "documents": [document("环评批复")]});
        self.clerk.post(&step(&item, "completion"), done).await.expect(200)
    }

    pub async fn closed(&self, rating: i64) -> Value {
        let item = self.completed().await;
        self.owner.post(&step(&item, "confirmation"), json!({"rating": rating})).await.expect(200);
        self.officer.post(&step(&item, "closing"), json!({})).await.expect(200)
    }
}

pub fn path(plan: &Value, step: &str) -> String {
    format!("/support-plans/{}{step}", plan["id"].as_str().expect("an id"))
}

pub fn step(item: &Value, step: &str) -> String {
    format!("/support-items/{}/{step}", item["id"].as_str().expect("an id"))
}

pub fn one(item: &Value) -> String {
    format!("/support-items/{}", item["id"].as_str().expect("an id"))
}

pub fn version(view: &Value) -> i64 {
    view["version"].as_i64().expect("a version")
}

/// What the caller may do now.
pub fn allowed(view: &Value) -> Vec<String> {
    let actions = view["actions"].as_array().expect("actions").iter();
    actions.filter(|a| a["allowed"] == true).map(|a| a["action"].as_str().expect("a name").to_owned()).collect()
}

/// What falls due by the clock is done.
pub async fn tick(app: &TestApp) {
    laoshan::jobs::run_due(&app.app).await.expect("the jobs run");
}

/// Cards only: over months the other jobs would replace the key that signed the callers' tokens.
pub async fn show_cards(app: &TestApp) {
    let work = laoshan::support::service::items::escalate_due;
    app.app.door.system("support.escalate", work).await.expect("the job runs");
}
