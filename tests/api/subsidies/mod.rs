//! Claims on the interest subsidy, from the window to the archive, and the money behind them.

mod concurrency;
mod money;
mod refusals;
mod story;

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::support::{TestApp, TestUser};
use crate::talent_loans::{self as loans, MILLION, Stage, file, filing_of, member, text};

/// Interest of 5 million yuan at 3.45 % from 2 March to 21 December 2026, act/360: 294 days.
pub const INTEREST: i64 = 14_087_500;
/// Half of what it would be at the prime rate of 3 %: the ceiling binds.
pub const SUBSIDY: i64 = 6_125_000;

/// The people a claim passes, and a loan of 5 million yuan drawn on 2 March 2026; the clock stands in the window of 2027.
pub struct World {
    pub stage: Stage,
    pub owner: TestUser,
    pub first: TestUser,
    pub second: TestUser,
    pub cashier: TestUser,
    pub leader: TestUser,
    pub loan: String,
}

pub async fn world(app: &TestApp) -> World {
    let stage = loans::stage(app).await;
    let loan = drawn(&stage.clerk, "A-1", 5).await;
    let world = World {
        owner: member(app, &stage.firm, true).await,
        first: app.user(&[Role::FundManager]).await,
        second: app.user(&[Role::FundManager]).await,
        cashier: app.user(&[Role::FundManager]).await,
        leader: app.user(&[Role::Approver]).await,
        loan,
        stage,
    };
    app.advance_to("2027-01-04T01:00:00Z");
    world
}

/// So many million yuan, filed and drawn in one piece on the day of signing.
pub async fn drawn(clerk: &TestUser, contract: &str, millions: i64) -> String {
    let id = file(clerk, filing_of(contract, millions)).await;
    let entry = json!({"kind": "drawdown", "effective_on": "2026-03-02", "amount_fen": millions * MILLION});
    clerk.post(&format!("/loans/{id}/entries"), entry).await.expect(201);
    id
}

pub fn form() -> Value {
    let kinds = ["business_licence", "talent_certificate", "contract_and_note", "interest_statement", "use_of_funds"];
    let green = ["industry", "assessment", "discharge_permit", "record", "rectification", "energy"];
    let all = |keys: &[&str], value: &str| -> Value {
        keys.iter().map(|key| ((*key).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into()
    };
    json!({
        "evidence": all(&kinds, "档案室 3 号柜"),
        "promises": ["truthfulness", "no_other_subsidy", "use_as_agreed", "stay_in_district"],
        "green": all(&green, "yes"),
        "account": {
            "holder": loans::FIRM.1, "number": "3802 0000 1234 5678", "bank_name": "示例银行崂山支行", "cnaps_code": "313452060150",
        },
        "contact_name": "王敏", "contact_mobile": "13800000000",
    })
}

pub fn receipts() -> Value {
    json!([
        {"settled_on": "2026-03-21", "amount_fen": 910_417}, {"settled_on": "2026-06-21", "amount_fen": 4_408_333},
        {"settled_on": "2026-09-21", "amount_fen": 4_408_333}, {"settled_on": "2026-12-21", "amount_fen": 4_360_417},
    ])
}

pub fn version(record: &Value) -> i64 {
    record["version"].as_i64().expect("a version")
}

pub fn path(claim: &Value, step: &str) -> String {
    format!("/subsidy-claims/{}{step}", text(&claim["id"]))
}

impl World {
    pub async fn budget(&self, total_fen: i64) {
        let body = json!({"year": 2027, "total_fen": total_fen, "reason": "青财 2027 第 1 号"});
        let decision = self.first.post("/subsidy-budgets", body).await.expect(201);
        let id = text(&decision["id"]);
        self.leader.post(&format!("/decisions/{id}/approval"), json!({})).await.expect(200);
    }

    /// `[total, committed, paid, returned, available]` of 2027.
    pub async fn money(&self) -> [i64; 5] {
        let budget = self.leader.get("/subsidy-budgets/2027").await.expect(200);
        ["total_fen", "committed_fen", "paid_fen", "returned_fen", "available_fen"]
            .map(|key| budget[key].as_i64().expect("an amount"))
    }

    pub async fn drafted(&self, loans: &[&str]) -> Value {
        let body = json!({"enterprise_id": self.stage.firm, "loan_ids": loans, "form": form()});
        self.owner.post("/subsidy-claims", body).await.expect(201)
    }

    pub async fn filed(&self, loans: &[&str]) -> Value {
        let draft = self.drafted(loans).await;
        self.owner.post_at(&path(&draft, "/submission"), 1, json!({})).await.expect(200)
    }

    pub async fn confirmed(&self, loans: &[&str]) -> Value {
        let mut claim = self.filed(loans).await;
        for loan in loans {
            claim = self.confirm(&claim, loan, receipts()).await;
        }
        claim
    }

    pub async fn confirm(&self, claim: &Value, loan: &str, receipts: Value) -> Value {
        let body = json!({"loan_id": loan, "receipts": receipts});
        self.stage.clerk.post(&path(claim, "/confirmations"), body).await.expect(200);
        self.read(claim).await
    }

    pub async fn read(&self, claim: &Value) -> Value {
        self.first.get(&path(claim, "")).await.expect(200)
    }

    /// Reviewed by two; what is left is the leader's approval of the decision.
    pub async fn reviewed(&self, claim: &Value) -> Value {
        let opinion = json!({"opinion": "材料齐全，测算无误"});
        let once = self.first.post_at(&path(claim, "/review"), version(claim), opinion.clone()).await.expect(200);
        self.second.post_at(&path(claim, "/second-review"), version(&once), opinion).await.expect(200)
    }

    pub async fn approve(&self, claim: &Value) -> crate::support::Reply {
        let shown = self.read(claim).await;
        let decision = text(&shown["decisions"][0]["id"]);
        self.leader.post(&format!("/decisions/{decision}/approval"), json!({"reason": "同意"})).await
    }

    pub async fn approved(&self, loans: &[&str]) -> Value {
        let claim = self.confirmed(loans).await;
        let claim = self.reviewed(&claim).await;
        self.approve(&claim).await.expect(200);
        self.read(&claim).await
    }

    /// On notice, and the notice has ended.
    pub async fn payable(&self, app: &TestApp, loans: &[&str]) -> Value {
        let claim = self.approved(loans).await;
        self.announce(&claim).await;
        app.advance(chrono::Duration::days(12));
        // This job alone: the one that tends keys would retire the key that the people's tokens were signed with.
        let release = laoshan::subsidies::service::announcing::release_due;
        assert_eq!(app.app.door.system("subsidies.release", release).await.expect("the job runs"), 1);
        self.read(&claim).await
    }

    pub async fn announce(&self, claim: &Value) -> Value {
        let body = json!({"claim_ids": [claim["id"]], "title": "贷款贴息拟补贴名单公示", "body": "欢迎监督。"});
        self.first.post("/subsidy-notices", body).await.expect(201)
    }

    /// Ordered alone; answers the payment.
    pub async fn ordered(&self, claim: &Value) -> Value {
        let body = json!({"claim_ids": [claim["id"]], "note": "第一批"});
        self.cashier.post("/payment-batches", body).await.expect(201)["items"][0].clone()
    }

    pub async fn paid(&self, app: &TestApp, loans: &[&str], voucher: &str) -> Value {
        let claim = self.payable(app, loans).await;
        let payment = self.ordered(&claim).await;
        let body = json!({"outcome": "paid", "voucher_no": voucher});
        self.cashier.post_at(&format!("/subsidy-payments/{}/outcome", text(&payment["id"])), 1, body).await.expect(200);
        self.read(&claim).await
    }
}
