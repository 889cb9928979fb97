//! The risk-compensation pool: its books, and the claims of banks on it.

use actix_web::rt::spawn;
use diesel::prelude::*;
use laoshan::enterprises::model::EnterpriseId;
use laoshan::platform::policy::Role;
use laoshan::schema::loans;
use laoshan::talent_loans::model::{
    BankId, DayBasis, Loan, LoanClass, LoanId, LoanPurpose, LoanSchemeId, LoanState, LprTenor, TalentId,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::both;
use crate::support::{Db, Reply, TestApp, TestUser, seeds};
use crate::talent_loans::{self, text};

/// Fund managers and a leader: nobody prepares, admits, pays and approves all by themselves.
struct People {
    clerk: TestUser,
    manager: TestUser,
    cashier: TestUser,
    leader: TestUser,
    enterprise: String,
    bank: String,
    talent: String,
    scheme: String,
}

async fn people(app: &TestApp) -> People {
    let manager = app.user(&[Role::FundManager]).await;
    let leader = app.user(&[Role::Approver]).await;
    let enterprise = seeds::enterprise(app, "Made-up Laser Co.").await.to_string();
    People {
        clerk: app.user(&[Role::FundManager]).await,
        cashier: app.user(&[Role::FundManager]).await,
        bank: talent_loans::bank(&manager, "示例银行", "313452060150").await,
        talent: talent_loans::talent(&manager, 1, &[&enterprise]).await,
        scheme: scheme(&manager, &leader, 2, 800_000).await,
        enterprise,
        manager,
        leader,
    }
}

/// A version of the scheme that ships, at this ratio and shared 6 : 4 by city and district.
async fn scheme(author: &TestUser, publisher: &TestUser, version: i32, ratio_ppm: i64) -> String {
    let toml = laoshan::talent_loans::scheme::SHIPPED
        .replace("version = 1", &format!("version = {version}"))
        .replace("ratio_ppm = 800_000", &format!("ratio_ppm = {ratio_ppm}"))
        .replace(
            "[{ code = \"district\", weight = 1 }]",
            "[{ code = \"city\", weight = 6 }, { code = \"district\", weight = 4 }]",
        );
    let draft = author.post("/loan-schemes", json!({"toml": toml})).await.expect(201);
    let id = text(&draft["id"]);
    publisher.post_at(&format!("/loan-schemes/{id}/publication"), 1, json!({})).await.expect(200);
    id
}

impl People {
    /// A loan on record, found again by its contract number: 200 million yuan covered and owed, 120 days overdue, doubtful.
    async fn loan(&self, app: &TestApp, contract: &str) -> String {
        self.loan_like(app, contract, &self.scheme, "2025-11-02", LoanClass::Doubtful).await
    }

    async fn loan_like(&self, app: &TestApp, contract: &str, scheme: &str, since: &str, class: LoanClass) -> String {
        const OWED: i64 = 20_000_000_000;
        let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
        let (contract, since, signed) = (contract.to_owned(), day(since), day("2025-03-02"));
        let (bank, enterprise, talent) = (self.bank.clone(), self.enterprise.clone(), self.talent.clone());
        let scheme = scheme.to_owned();
        app.app
            .door
            .system("test", move |cx| {
                let known: Option<LoanId> = loans::table
                    .filter(loans::contract_no.eq(&contract))
                    .select(loans::id)
                    .first(cx.conn)
                    .optional()?;
                if let Some(known) = known {
                    return Ok(known.0);
                }
                let loan = Loan {
                    id: cx.id(),
                    bank_id: BankId(bank.clone()),
                    contract_no: contract.clone(),
                    enterprise_id: EnterpriseId(enterprise.clone()),
                    talent_id: TalentId(talent.clone()),
                    scheme_id: LoanSchemeId(scheme.clone()),
                    principal_fen: OWED,
                    covered_fen: 10_000_000_000,
                    day_basis: DayBasis::Act360,
                    rate_ppm: 34_500,
                    lpr_tenor: LprTenor::OneYear,
                    lpr_ppm: 30_000,
                    spread_bp: None,
                    repricing: None,
                    signed_on: signed,
                    instalments: laoshan::platform::types::Doc::of(&Vec::new()),
                    matures_on: since,
                    purpose: LoanPurpose::Research,
                    purpose_note: None,
                    state: LoanState::Overdue,
                    balance_fen: OWED,
                    class,
                    due_on: since,
                    overdue_since: Some(since),
                    first_drawdown_on: Some(signed),
                    last_seq: 0,
                    created_by: "test".into(),
                    created_at: cx.now,
                    updated_at: cx.now,
                    version: 1,
                };
                diesel::insert_into(loans::table).values(&loan).execute(cx.conn)?;
                Ok(loan.id.0)
            })
            .await
            .expect("a loan is on record")
    }

    fn body(&self, loan: &str, loss_fen: i64) -> Value {
        json!({
            "loan_id": loan, "principal_loss_fen": loss_fen, "recovery_started_on": "2026-01-15",
            "collateral_proceeds_fen": 0, "evidence": "judgment of the district court, file 12",
        })
    }

    async fn filed(&self, app: &TestApp, contract: &str, loss_fen: i64) -> Value {
        let loan = self.loan(app, contract).await;
        self.clerk.post("/compensation-claims", self.body(&loan, loss_fen)).await.expect(201)
    }

    async fn admitted(&self, app: &TestApp, loan: &str, loss_fen: i64) -> Value {
        let claim = self.filed(app, loan, loss_fen).await;
        self.manager.post_at(&step(&claim, "admission"), 1, json!({})).await.expect(200)
    }

    async fn pay(&self, claim: &Value, amount_fen: i64, voucher: &str) -> Reply {
        self.cashier.post(&step(claim, "payouts"), json!({"amount_fen": amount_fen, "voucher_no": voucher})).await
    }

    /// Money put in by the district, approved by the leader.
    async fn fill(&self, amount_fen: i64, voucher: &str) {
        let body =
            json!({"level": "district", "amount_fen": amount_fen, "reason": "yearly budget", "voucher_no": voucher});
        let decision = self.manager.post("/pool/allocations", body).await.expect(201);
        self.leader.post(&step(&decision, "approval"), json!({})).await.expect(200);
    }

    async fn pool(&self) -> Value {
        self.leader.get("/pool").await.expect(200)
    }

    async fn balanced(&self) {
        let check = self.leader.post("/pool/checks", json!({})).await.expect(200);
        assert_eq!((&check["balanced"], &check["faults"]), (&json!(true), &json!([])));
    }

    async fn claim(&self, claim: &Value) -> Value {
        self.clerk.get(&step(claim, "")).await.expect(200)
    }
}

fn step(record: &Value, step: &str) -> String {
    let id = record["id"].as_str().expect("an id");
    let place = if record["proposal"].is_null() { "compensation-claims" } else { "decisions" };
    format!("/{place}/{id}/{step}").trim_end_matches('/').to_owned()
}

/// `[balance, committed, available, queued]`
fn money(pool: &Value) -> [i64; 4] {
    ["balance_fen", "committed_fen", "available_fen", "queued_fen"].map(|key| pool[key].as_i64().expect("an amount"))
}

/// `[entitled, committed, paid, queued, returned]`
fn of_claim(claim: &Value) -> [i64; 5] {
    let keys = ["entitled_fen", "committed_fen", "paid_fen", "queued_fen", "returned_fen"];
    keys.map(|key| claim[key].as_i64().expect("an amount"))
}

/// The accounts that are not at zero.
fn accounts(pool: &Value) -> BTreeMap<String, i64> {
    let all = pool["accounts"].as_array().expect("accounts").iter();
    let of = |row: &Value| {
        (row["account"].as_str().unwrap_or_default().to_owned(), row["balance_fen"].as_i64().unwrap_or(0))
    };
    all.map(of).filter(|(_, fen)| *fen != 0).collect()
}

both! {
    async fn an_allocation_is_booked_when_somebody_else_approves_it(app) {
        let p = people(app).await;
        let body = json!({"level": "city", "amount_fen": 7_000, "reason": "budget 2026", "voucher_no": "A-1"});
        let decision = p.manager.post("/pool/allocations", body.clone()).await.expect(201);
        assert_eq!(decision["state"], "pending");
        assert_eq!(money(&p.pool().await), [0, 0, 0, 0]);
        assert_eq!(p.manager.get(&step(&decision, "")).await.expect(200)["id"], decision["id"], "the preparer sees it");
        p.clerk.get(&step(&decision, "")).await.refused(404, "not_found");
        p.manager.post(&step(&decision, "approval"), json!({})).await.refused(403, "forbidden");
        p.leader.post(&step(&decision, "approval"), json!({})).await.expect(200);
        let pool = p.pool().await;
        assert_eq!(money(&pool), [7_000, 0, 7_000, 0]);
        assert_eq!(accounts(&pool), BTreeMap::from([("available".into(), 7_000), ("source.city".into(), -7_000)]));
        let listed = p.manager.get("/pool/transactions?count=true").await.expect(200);
        assert_eq!((&listed["total"], &listed["items"][0]["decision_id"]), (&json!(1), &decision["id"]));
        let id = listed["items"][0]["id"].as_str().expect("an id");
        let shown = p.manager.get(&format!("/pool/transactions/{id}")).await.expect(200);
        assert_eq!(shown["lines"], json!([
            {"account": "source.city", "amount_fen": -7_000}, {"account": "available", "amount_fen": 7_000},
        ]));
        p.manager.post("/pool/allocations", body).await.refused(409, "voucher_used");
        p.balanced().await;
    }

    async fn who_is_both_preparer_and_approver_still_does_not_approve_their_own(app) {
        let both = app.user(&[Role::FundManager, Role::Approver]).await;
        let body = json!({"level": "city", "amount_fen": 1, "reason": "x", "voucher_no": "A-1"});
        let decision = both.post("/pool/allocations", body).await.expect(201);
        both.post(&step(&decision, "approval"), json!({})).await.refused(409, "two_person_rule");
    }

    async fn interest_refunds_and_adjustments_move_the_books_and_never_below_zero(app) {
        let p = people(app).await;
        p.fill(10_000, "A-1").await;
        let interest = json!({"amount_fen": 500, "reason": "first quarter", "voucher_no": "I-1", "booked_on": "2026-03-01"});
        let booked = p.clerk.post("/pool/interest", interest.clone()).await.expect(201);
        assert_eq!((&booked["kind"], &booked["booked_on"]), (&json!("interest"), &json!("2026-03-01")));
        p.clerk.post("/pool/interest", interest).await.refused(409, "voucher_used");
        let refund = |fen: i64, voucher: &str| json!({"level": "district", "amount_fen": fen, "reason": "surplus", "voucher_no": voucher});
        p.clerk.post("/pool/refunds", refund(10_501, "R-1")).await.refused(409, "pool_short");
        // Two proposals that each fit and together do not: the second is refused when it would be booked.
        let first = p.clerk.post("/pool/refunds", refund(8_000, "R-1")).await.expect(201);
        let second = p.clerk.post("/pool/refunds", refund(3_000, "R-2")).await.expect(201);
        p.leader.post(&step(&first, "approval"), json!({})).await.expect(200);
        p.leader.post(&step(&second, "approval"), json!({})).await.refused(409, "pool_short");
        assert_eq!(p.leader.get(&step(&second, "")).await.expect(200)["state"], "pending");
        let adjust = json!({"reason": "booked on the wrong level", "lines": [
            {"account": "source.district", "amount_fen": 4_000}, {"account": "source.city", "amount_fen": -4_000},
        ]});
        let decision = p.clerk.post("/pool/adjustments", adjust).await.expect(201);
        p.leader.post(&step(&decision, "approval"), json!({"reason": "seen"})).await.expect(200);
        let expected = [("available", 2_500), ("interest", -500), ("refunds.district", 8_000), ("source.city", -4_000), ("source.district", -6_000)];
        assert_eq!(accounts(&p.pool().await), expected.map(|(a, fen)| (a.to_owned(), fen)).into());
        p.balanced().await;
    }

    async fn a_claim_is_filed_returned_completed_admitted_paid_and_recovered(app) {
        let p = people(app).await;
        p.fill(1_000_000_000, "A-1").await;
        let seventy = scheme(&p.manager, &p.leader, 3, 700_000).await;
        let loan = p.loan_like(app, "loan-1", &seventy, "2025-11-02", LoanClass::Doubtful).await;
        let claim = p.clerk.post("/compensation-claims", p.body(&loan, 630_000_000)).await.expect(201);
        assert_eq!(
            (&claim["bank_id"], &claim["covered_fen"], &claim["ratio_ppm"], &claim["overdue_days"], &claim["class"]),
            (&json!(p.bank), &json!(10_000_000_000_i64), &json!(700_000), &json!(120), &json!("doubtful"))
        );
        assert_eq!((&claim["due_on"], &claim["due_provisional"]), (&json!("2026-05-28"), &json!(false)));
        let listed = p.manager.get("/compensation-claims").await.expect(200)["items"][0].clone();
        for told in ["enterprise_name", "bank_name", "contract_no"] {
            assert!(listed[told] == claim[told] && listed[told].as_str().is_some_and(|name| !name.is_empty()), "{listed}");
        }
        assert_eq!(claim["levels"], json!([
            {"level": "city", "weight": 6, "entitled_fen": 264_600_000, "paid_fen": 0, "returned_fen": 0},
            {"level": "district", "weight": 4, "entitled_fen": 176_400_000, "paid_fen": 0, "returned_fen": 0},
        ]));
        let returned = p.manager.post_at(&step(&claim, "return"), 1, json!({"reason": "dunning record missing"})).await.expect(200);
        assert_eq!((&returned["state"], &returned["complete_on"]), (&json!("returned"), &Value::Null));
        p.clerk.patch(&step(&claim, ""), 2, json!({"evidence": "judgment and dunning record"})).await.expect(200);
        p.clerk.patch(&step(&claim, ""), 2, json!({"evidence": "x"})).await.refused(412, "stale_version");
        app.advance(chrono::Duration::days(7));
        let again = p.clerk.post_at(&step(&claim, "submission"), 3, json!({})).await.expect(200);
        assert_eq!((&again["complete_on"], &again["due_on"]), (&json!("2026-03-09"), &json!("2026-06-04")));
        p.clerk.post_at(&step(&claim, "admission"), 4, json!({})).await.refused(409, "two_person_rule");
        let admitted = p.manager.post_at(&step(&claim, "admission"), 4, json!({})).await.expect(200);
        assert_eq!((&admitted["state"], of_claim(&admitted)), (&json!("admitted"), [441_000_000, 441_000_000, 0, 0, 0]));
        let pool = p.pool().await;
        assert_eq!((money(&pool), &pool["light"]), ([1_000_000_000, 441_000_000, 559_000_000, 0], &json!("green")));
        let pay = json!({"amount_fen": 441_000_000, "voucher_no": "P-1"});
        p.manager.post(&step(&claim, "payouts"), pay).await.refused(409, "two_person_rule");
        let paid = p.pay(&claim, 441_000_000, "P-1").await.expect(200);
        assert_eq!((&paid["state"], of_claim(&paid)), (&json!("paid"), [441_000_000, 0, 441_000_000, 0, 0]));
        p.pay(&claim, 441_000_000, "P-1").await.refused(409, "voucher_used");
        p.pay(&claim, 441_000_000, "P-2").await.refused(409, "invalid_transition");

        // Cost comes off first, then 70 : 30, then 6 : 4.
        let recovery = |gross: i64, cost: i64, voucher: &str| json!({"gross_fen": gross, "cost_fen": cost, "voucher_no": voucher});
        let recovered = p.clerk.post(&step(&claim, "recoveries"), recovery(110_000_000, 10_000_000, "V-1")).await.expect(200);
        let one = &recovered["recoveries"][0];
        assert_eq!((&one["returned_fen"], &one["bank_fen"]), (&json!(70_000_000), &json!(30_000_000)));
        p.clerk.post(&step(&claim, "recoveries"), recovery(1, 0, "V-1")).await.refused(409, "voucher_used");

        // Neither write-off nor closing ends the duty.
        let version = recovered["version"].as_i64().expect("a version");
        let off = json!({"written_off_on": "2026-03-09", "reason": "bank's own book"});
        p.clerk.post_at(&step(&claim, "write-off"), version, off.clone()).await.expect(200);
        p.clerk.post_at(&step(&claim, "write-off"), version + 1, off).await.refused(409, "invalid_transition");
        p.clerk.post_at(&step(&claim, "closure"), version + 1, json!({})).await.expect(200);
        let last = p.clerk.post(&step(&claim, "recoveries"), recovery(900_000_000, 0, "V-2")).await.expect(200);
        assert_eq!((&last["state"], of_claim(&last)), (&json!("closed"), [441_000_000, 0, 441_000_000, 0, 441_000_000]));
        assert_eq!(last["recoveries"][1]["returned_fen"], 371_000_000, "no more than was paid");
        let nothing = p.clerk.post(&step(&claim, "recoveries"), recovery(5, 0, "V-3")).await.expect(200);
        assert_eq!((&nothing["recoveries"][2]["bank_fen"], &nothing["recoveries"][2]["transaction_id"]), (&json!(5), &Value::Null));
        let expected = [
            ("available", 1_000_000_000), ("source.district", -1_000_000_000), ("payouts.city", 264_600_000),
            ("payouts.district", 176_400_000), ("recoveries.city", -264_600_000), ("recoveries.district", -176_400_000),
        ];
        assert_eq!(accounts(&p.pool().await), expected.map(|(a, fen)| (a.to_owned(), fen)).into());
        let id = claim["id"].as_str().expect("an id");
        let about = p.clerk.get(&format!("/pool/transactions?claim_id={id}")).await.expect(200);
        let kinds: Vec<&str> = about["items"].as_array().expect("items").iter().filter_map(|t| t["kind"].as_str()).collect();
        assert_eq!(kinds, ["recovery", "recovery", "payout", "commit"]);
        p.balanced().await;
    }

    async fn a_pool_that_is_short_pays_what_it_has_and_the_rest_waits_in_order(app) {
        let p = people(app).await;
        p.fill(500_000_000, "A-1").await;
        let first = p.admitted(app, "loan-1", 1_000_000_000).await;
        assert_eq!((&first["state"], of_claim(&first)), (&json!("queued"), [800_000_000, 500_000_000, 0, 300_000_000, 0]));
        let second = p.admitted(app, "loan-2", 125_000_000).await;
        assert_eq!((&second["state"], of_claim(&second)), (&json!("queued"), [100_000_000, 0, 0, 100_000_000, 0]));
        let pool = p.pool().await;
        assert_eq!((money(&pool), &pool["light"]), ([500_000_000, 500_000_000, 0, 400_000_000], &json!("red")));
        p.pay(&first, 0, "").await.faults(&[("/amount_fen", "out_of_range"), ("/voucher_no", "required")]);
        let short = p.pay(&first, 800_000_000, "P-1").await.refused(409, "pool_short");
        assert_eq!(short["payable_fen"], 500_000_000);
        p.pay(&second, 100_000_000, "P-1").await.refused(409, "pool_short");
        let part = p.pay(&first, 500_000_000, "P-1").await.expect(200);
        assert_eq!((&part["state"], of_claim(&part)), (&json!("queued"), [800_000_000, 0, 500_000_000, 300_000_000, 0]));
        let recovery = json!({"gross_fen": 1, "cost_fen": 2, "voucher_no": "V", "received_on": "2026-03-03"});
        p.clerk.post(&step(&first, "recoveries"), recovery).await
            .faults(&[("/cost_fen", "out_of_range"), ("/received_on", "in_the_future")]);
        // Whoever came first is served first, to the last fen.
        let interest = json!({"amount_fen": 300_000_001, "reason": "a good year", "voucher_no": "I-1"});
        p.clerk.post("/pool/interest", interest).await.expect(201);
        assert_eq!(of_claim(&p.claim(&first).await), [800_000_000, 300_000_000, 500_000_000, 0, 0]);
        assert_eq!(of_claim(&p.claim(&second).await), [100_000_000, 1, 0, 99_999_999, 0]);
        let paid = p.pay(&first, 300_000_000, "P-2").await.expect(200);
        assert_eq!(paid["state"], "paid");
        let by_level: Vec<i64> = paid["levels"].as_array().expect("levels").iter().filter_map(|l| l["paid_fen"].as_i64()).collect();
        assert_eq!(by_level, [480_000_000, 320_000_000]);
        p.balanced().await;
    }

    async fn refusing_an_admitted_claim_frees_its_money_for_those_who_wait(app) {
        let p = people(app).await;
        p.fill(800, "A-1").await;
        let first = p.admitted(app, "loan-1", 1_000).await;
        let second = p.admitted(app, "loan-2", 500).await;
        assert_eq!((&first["state"], &second["state"]), (&json!("admitted"), &json!("queued")));
        let version = first["version"].as_i64().expect("a version");
        p.manager.post_at(&step(&first, "refusal"), version, json!({"reason": " "})).await.faults(&[("/reason", "required")]);
        let refused = p.manager.post_at(&step(&first, "refusal"), version, json!({"reason": "forged judgment"})).await.expect(200);
        assert_eq!((&refused["state"], of_claim(&refused)), (&json!("refused"), [800, 0, 0, 0, 0]));
        let second = p.claim(&second).await;
        assert_eq!((&second["state"], of_claim(&second)), (&json!("admitted"), [400, 400, 0, 0, 0]));
        assert_eq!(money(&p.pool().await), [800, 400, 400, 0]);
        p.filed(app, "loan-1", 1_000).await;
        p.pay(&second, 300, "P-1").await.expect(200);
        let begun = p.claim(&second).await["version"].as_i64().expect("a version");
        p.manager.post_at(&step(&second, "refusal"), begun, json!({"reason": "late"})).await.refused(409, "invalid_transition");
        p.balanced().await;
    }

    async fn what_is_wrong_is_named_at_once_and_nothing_changes(app) {
        let p = people(app).await;
        let loan = p.loan(app, "loan-1").await;
        let bad = json!({
            "loan_id": "nowhere", "principal_loss_fen": -1, "recovery_started_on": "2026-03-03",
            "collateral_proceeds_fen": -5, "evidence": " ",
        });
        p.clerk.post("/compensation-claims", bad).await.faults(&[
            ("/loan_id", "not_existing"), ("/principal_loss_fen", "out_of_range"), ("/recovery_started_on", "in_the_future"),
            ("/collateral_proceeds_fen", "out_of_range"), ("/evidence", "required"),
        ]);
        p.clerk.post("/compensation-claims", json!({})).await.faults(&[
            ("/loan_id", "required"), ("/principal_loss_fen", "out_of_range"), ("/evidence", "required"),
        ]);
        p.clerk.post("/compensation-claims", p.body(&loan, 20_000_000_001)).await.faults(&[("/principal_loss_fen", "out_of_range")]);
        let mut february = p.body(&loan, 1_000);
        february["recovery_started_on"] = json!("2026-02-30");
        let said = p.clerk.post("/compensation-claims", february).await.refused(400, "malformed_json");
        assert_eq!(said["errors"][0]["pointer"], "/recovery_started_on");
        // Cover, class and currency are facts of the loan, not of the claim.
        for (key, value) in [("currency", json!("USD")), ("covered_fen", json!(1)), ("class", json!("loss"))] {
            let mut body = p.body(&loan, 1_000);
            body[key] = value;
            let said = p.clerk.post("/compensation-claims", body).await.refused(400, "malformed_json");
            assert_eq!(said["errors"][0]["code"], "unknown");
        }
        let mean = scheme(&p.manager, &p.leader, 3, 1).await;
        let crumbs = p.loan_like(app, "loan-2", &mean, "2025-11-02", LoanClass::Loss).await;
        p.clerk.post("/compensation-claims", p.body(&crumbs, 1)).await.faults(&[("/principal_loss_fen", "out_of_range")]);

        let young = p.loan_like(app, "loan-3", &p.scheme, "2025-12-03", LoanClass::SpecialMention).await;
        let mut early = p.body(&young, 1_000);
        early["recovery_started_on"] = Value::Null;
        let claim = p.clerk.post("/compensation-claims", early).await.expect(201);
        let twice = p.clerk.post("/compensation-claims", p.body(&young, 1_000)).await.refused(409, "already_exists");
        assert_eq!(twice["claim_id"], claim["id"]);
        p.manager.post(&step(&claim, "admission"), json!({})).await.refused(428, "precondition_required");
        let unmet = p.manager.post_at(&step(&claim, "admission"), 1, json!({})).await.refused(409, "trigger_unmet");
        let named: Vec<&str> = unmet["errors"].as_array().expect("errors").iter().filter_map(|e| e["pointer"].as_str()).collect();
        assert_eq!(named, ["/overdue_days", "/class", "/recovery_started_on"]);
        p.pay(&claim, 1, "P-1").await.refused(409, "invalid_transition");
        let recovery = json!({"gross_fen": 2, "voucher_no": "V"});
        p.clerk.post(&step(&claim, "recoveries"), recovery).await.refused(409, "invalid_transition");

        let level = |fen: i64| json!({"level": "city", "amount_fen": fen, "reason": "", "voucher_no": "A"});
        for fen in [0, -1, i64::MIN, i64::MAX] {
            p.clerk.post("/pool/allocations", level(fen)).await
                .faults(&[("/amount_fen", "out_of_range"), ("/reason", "required")]);
        }
        p.clerk.post("/pool/refunds", json!({})).await.faults(&[
            ("/level", "required"), ("/amount_fen", "out_of_range"), ("/reason", "required"), ("/voucher_no", "required"),
        ]);
        let lines = |lines: Value| json!({"reason": "x", "lines": lines});
        p.clerk.post("/pool/adjustments", lines(json!([]))).await.faults(&[("/lines", "out_of_range")]);
        let uneven = json!([{"account": "committed", "amount_fen": 5}, {"account": "interest", "amount_fen": 0}]);
        p.clerk.post("/pool/adjustments", lines(uneven)).await.faults(&[
            ("/lines/0/account", "not_allowed"), ("/lines/1/amount_fen", "required"), ("/lines", "out_of_range"),
        ]);
        assert_eq!(p.leader.get("/pool/transactions?count=true").await.expect(200)["total"], 0);
        assert_eq!(accounts(&p.pool().await), BTreeMap::new());
    }

    async fn others_stay_out_and_leaders_only_look(app) {
        let p = people(app).await;
        let claim = p.filed(app, "loan-1", 1_000).await;
        let own = talent_loans::clerk(app, &p.manager, &p.bank).await;
        let other_bank = talent_loans::bank(&p.manager, "另一示例银行", "313452060151").await;
        let other = talent_loans::clerk(app, &p.manager, &other_bank).await;
        own.get(&step(&claim, "")).await.expect(200);
        other.get(&step(&claim, "")).await.refused(404, "not_found");
        assert_eq!(other.get("/compensation-claims?count=true").await.expect(200), json!({"items": [], "total": 0}));
        // A bank claims for its own loans and decides nothing.
        let loan = p.loan(app, "loan-9").await;
        other.post("/compensation-claims", p.body(&loan, 1_000)).await.faults(&[("/loan_id", "not_existing")]);
        let filed = own.post("/compensation-claims", p.body(&loan, 1_000)).await.expect(201);
        own.post_at(&step(&filed, "admission"), 1, json!({})).await.refused(403, "forbidden");
        p.manager.post_at(&step(&filed, "refusal"), 1, json!({"reason": "not due"})).await.expect(200);
        for role in [Role::Applicant, Role::Officer, Role::Bank, Role::Auditor] {
            app.user(&[role]).await.get("/pool").await.refused(403, "forbidden");
        }
        p.leader.get(&step(&claim, "")).await.expect(200);
        p.leader.post_at(&step(&claim, "admission"), 1, json!({})).await.refused(403, "forbidden");
        p.clerk.get("/compensation-claims/nowhere").await.refused(404, "not_found");
        p.clerk.get("/pool/transactions/nowhere").await.refused(404, "not_found");
        let one = app.statements(p.clerk.get("/compensation-claims?limit=1")).await;
        p.filed(app, "loan-2", 1_000).await;
        p.filed(app, "loan-3", 1_000).await;
        assert_eq!(app.statements(p.clerk.get("/compensation-claims?state=filed")).await, one);
        let page = p.clerk.get(&format!("/compensation-claims?limit=2&count=true&state=filed&bank_id={}", p.bank)).await.expect(200);
        assert_eq!((page["items"].as_array().map(Vec::len), &page["total"]), (Some(2), &json!(3)));
        let next = page["next"].as_str().expect("a second page");
        let rest = p.clerk.get(&format!("/compensation-claims?limit=2&state=filed&cursor={next}")).await.expect(200);
        assert_eq!((rest["items"][0]["loan_id"].as_str(), &rest["next"]), (claim["loan_id"].as_str(), &Value::Null));
    }

    async fn the_books_cannot_be_changed_behind_the_programs_back_unseen(app) {
        let p = people(app).await;
        p.fill(1_000, "A-1").await;
        let chart = app.app.door.peek("test", |cx| Ok(laoshan::risk_pool::db::ledger::list_accounts(cx.conn)?)).await;
        let mut expected = laoshan::risk_pool::model::Account::ALL.to_vec();
        expected.sort_by_key(|account| account.as_str());
        assert_eq!(chart.expect("the chart of accounts"), expected);
        for statement in ["UPDATE pool_postings SET amount_fen = amount_fen + 1", "DELETE FROM pool_transactions"] {
            let tried = app.app.door.system("test", move |cx| Ok(diesel::sql_query(statement).execute(cx.conn)?));
            let said = tried.await.expect_err("append-only").to_string();
            assert!(said.contains("append-only"), "{said}");
        }
        let below = "UPDATE pool_balances SET balance_fen = -1 WHERE account = 'available'";
        app.app.door.system("test", move |cx| Ok(diesel::sql_query(below).execute(cx.conn)?)).await.expect_err("never below zero");
        let skewed = "UPDATE pool_balances SET balance_fen = 999 WHERE account = 'available'";
        app.app.door.system("test", move |cx| Ok(diesel::sql_query(skewed).execute(cx.conn)?)).await.expect("skewed");
        let found = p.leader.post("/pool/checks", json!({})).await.expect(200);
        assert_eq!(found["faults"], json!([
            {"fault": "balance", "account": "available", "balance_fen": 999, "postings_fen": 1_000},
        ]));
    }
}

mod two_hundred_payouts_at_once_against_a_pool_that_covers_120_pay_exactly_120 {
    use super::*;

    /// A busy machine may take long to read the head of the two hundredth request; that is not what this is about.
    async fn run(db: Db) {
        let app = TestApp::start_with(db, |config| config.limits.head_seconds = 120).await;
        two_hundred_payouts_at_once(&app).await;
        app.finish().await;
    }

    #[actix_web::test]
    async fn sqlite() {
        run(Db::Sqlite).await;
    }

    #[actix_web::test]
    async fn postgres() {
        run(Db::Postgres).await;
    }
}

async fn two_hundred_payouts_at_once(app: &TestApp) {
    const EACH: i64 = 800_000;
    let p = std::rc::Rc::new(people(app).await);
    p.fill(120 * EACH, "A-1").await;
    let mut claims = Vec::new();
    for n in 0..200 {
        claims.push(p.filed(app, &format!("loan-{n}"), 1_000_000).await);
    }
    // A line each, made beforehand: a shared client opens more than it uses, and the server hangs up on those that stay silent.
    let client = |_| reqwest::Client::builder().no_proxy().build().expect("a client");
    let lines: Vec<reqwest::Client> = claims.iter().map(client).collect();
    let done = std::rc::Rc::new(std::cell::Cell::new(false));
    let watch = spawn({
        let (p, done) = (p.clone(), done.clone());
        async move {
            let mut looks = 0;
            while !done.get() {
                let [balance, committed, available, queued] = money(&p.pool().await);
                assert!(committed >= 0 && available >= 0 && balance == committed + available && balance <= 120 * EACH);
                assert!(available == 0 || queued == 0, "nobody waits while there is money");
                looks += 1;
            }
            looks
        }
    });
    let admit = |(at, claim): (usize, Value)| {
        let manager = TestUser { http: lines[at].clone(), ..p.manager.clone() };
        async move { manager.post_at(&step(&claim, "admission"), 1, json!({})).await.expect(200) }
    };
    all_at_once(claims.iter().cloned().enumerate().map(admit)).await;
    let pay = |(at, claim): (usize, Value)| {
        let cashier = TestUser { http: lines[at].clone(), ..p.cashier.clone() };
        let body = json!({"amount_fen": EACH, "voucher_no": format!("P-{}", claim["loan_id"])});
        async move { cashier.post(&step(&claim, "payouts"), body).await }
    };
    let answers = all_at_once(claims.iter().cloned().enumerate().map(pay)).await;
    done.set(true);
    assert!(watch.await.expect("the watch held") > 0);

    let paid = answers.iter().filter(|answer| answer.status == 200).count();
    let short = answers.iter().filter(|answer| answer.body["code"] == "pool_short").count();
    assert_eq!((paid, short), (120, 80));
    let pool = p.pool().await;
    assert_eq!((money(&pool), &pool["queued_claims"]), ([0, 0, 0, 80 * EACH], &json!(80)));
    assert_eq!(accounts(&pool).values().sum::<i64>(), 0);
    assert_eq!(accounts(&pool)["payouts.city"] + accounts(&pool)["payouts.district"], 120 * EACH);
    p.balanced().await;
    // Those who were admitted first were paid, whoever asked first.
    let listed = |state: &str| format!("/compensation-claims?state={state}&limit=200");
    let numbers = |page: &Value| -> Vec<i64> {
        let mut n: Vec<i64> =
            page["items"].as_array().expect("items").iter().filter_map(|c| c["queue_no"].as_i64()).collect();
        n.sort_unstable();
        n
    };
    assert_eq!(numbers(&p.clerk.get(&listed("paid")).await.expect(200)), (1..=120).collect::<Vec<_>>());
    assert_eq!(numbers(&p.clerk.get(&listed("queued")).await.expect(200)), (121..=200).collect::<Vec<_>>());

    // The same voucher at the same moment pays once.
    p.fill(80 * EACH, "A-2").await;
    let waiting = p.clerk.get(&listed("admitted")).await.expect(200)["items"].as_array().expect("items").clone();
    assert_eq!(waiting.len(), 80);
    let same = |(at, claim): (usize, Value)| {
        let cashier = TestUser { http: lines[at].clone(), ..p.cashier.clone() };
        let body = json!({"amount_fen": EACH, "voucher_no": "THE-SAME"});
        async move { cashier.post(&step(&claim, "payouts"), body).await }
    };
    let answers = all_at_once(waiting.into_iter().take(20).enumerate().map(same)).await;
    let codes = |code: &str| answers.iter().filter(|answer| answer.body["code"] == code).count();
    assert_eq!((answers.iter().filter(|a| a.status == 200).count(), codes("voucher_used")), (1, 19));
    p.balanced().await;
}

/// Starts everything before anything is awaited.
async fn all_at_once<T: 'static>(work: impl Iterator<Item = impl Future<Output = T> + 'static>) -> Vec<T> {
    let started: Vec<_> = work.map(spawn).collect();
    let mut answers = Vec::new();
    for one in started {
        answers.push(one.await.expect("no panic"));
    }
    answers
}
