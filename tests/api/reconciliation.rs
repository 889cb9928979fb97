//! Bank statements against the books, explained differences, and months that are closed.

use laoshan::platform::policy::Role;
use serde_json::{Value, json};

use crate::both;
use crate::subsidies::{self, SUBSIDY, World, world};
use crate::support::{TestApp, TestUser};
use crate::talent_loans::text;

const HEADER: &str = "交易日期,流水号,借贷方向,金额（元）,对方户名,对方账号,摘要\n";
const PAYEE: &str = "3802000012345678";

fn row(day: &str, voucher: &str, direction: &str, yuan: &str, account: &str) -> String {
    format!("{day},{voucher},{direction},{yuan},青岛示例公司,{account},贴息\n")
}

async fn import(manager: &TestUser, account: &str, rows: &[String]) -> crate::support::Reply {
    let csv = format!("{HEADER}{}", rows.concat());
    manager.upload(&format!("/bank-statements/imports?account={account}"), "text/csv", csv.into_bytes()).await
}

async fn compared(manager: &TestUser, account: &str, from: &str, to: &str) -> Value {
    manager.get(&format!("/reconciliations?account={account}&from={from}&to={to}")).await.expect(200)
}

fn kinds(view: &Value) -> Vec<(String, String)> {
    let rows = view["differences"].as_array().expect("differences").iter();
    rows.map(|d| (text(&d["kind"]), text(&d["voucher_no"]))).collect()
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect()
}

/// One subsidy paid on 16 January 2027 with voucher V-1.
async fn paid(app: &TestApp) -> World {
    let w = world(app).await;
    w.budget(100_000_000).await;
    w.paid(app, &[&w.loan], "V-1").await;
    w
}

both! {
    async fn a_statement_is_matched_by_voucher_and_every_difference_is_listed(app) {
        let w = paid(app).await;
        let manager = &w.cashier;
        let lines = [
            row("2027-01-16", "V-1", "借", "61250.00", PAYEE),
            row("2027-01-16", "B-7", "贷", "12.34", ""),
        ];
        let dry = manager.upload("/bank-statements/imports?account=subsidy&dry_run=true", "text/csv", format!("{HEADER}{}", lines.concat()).into()).await.expect(200);
        assert_eq!(dry, json!({"read": 2, "created": 2, "updated": 0, "unchanged": 0, "rejected": []}));
        assert_eq!(compared(manager, "subsidy", "2027-01-01", "2027-01-31").await["lines"], 0);
        assert_eq!(import(manager, "subsidy", &lines).await.expect(200), dry);
        let again = import(manager, "subsidy", &lines).await.expect(200);
        assert_eq!((&again["unchanged"], &again["created"]), (&json!(2), &json!(0)));
        let other = import(manager, "subsidy", &[row("2027-01-16", "V-1", "借", "61250.01", PAYEE)]).await.expect(422);
        assert_eq!((&other["rejected"][0]["row"], &other["rejected"][0]["code"]), (&json!(2), &json!("duplicate")));

        let view = compared(manager, "subsidy", "2027-01-01", "2027-01-31").await;
        assert_eq!((&view["lines"], &view["entries"], &view["matched"], &view["open"]), (&json!(2), &json!(1), &json!(1), &json!(1)));
        assert_eq!((&view["bank_out_fen"], &view["books_out_fen"], &view["bank_in_fen"]), (&json!(SUBSIDY), &json!(SUBSIDY), &json!(1_234)));
        assert_eq!(kinds(&view), pairs(&[("not_in_books", "B-7")]));
        // The pool's account is another account.
        let pool = compared(manager, "pool", "2027-01-01", "2027-01-31").await;
        assert_eq!((&pool["lines"], &pool["entries"]), (&json!(0), &json!(0)));

        let key = view["differences"][0]["key"].clone();
        let explain = |key: &Value, reason: &str| json!({"account": "subsidy", "from": "2027-01-01", "to": "2027-01-31", "key": key, "reason": reason});
        manager.post("/reconciliations/explanations", explain(&key, "")).await.faults(&[("/reason", "required")]);
        manager.post("/reconciliations/explanations", explain(&json!("x"), "存款利息")).await.faults(&[("/key", "not_existing")]);
        let done = manager.post("/reconciliations/explanations", explain(&key, "账户存款利息，已上缴")).await.expect(200);
        assert_eq!((&done["open"], &done["differences"][0]["explained"]["reason"]), (&json!(0), &json!("账户存款利息，已上缴")));
        manager.post("/reconciliations/explanations", explain(&key, "再说一遍")).await.refused(409, "already_exists");
    }

    async fn what_differs_is_named_figure_by_figure_and_an_open_payment_is_pointed_at(app) {
        let w = paid(app).await;
        let second = subsidies::drawn(&w.stage.clerk, "A-2", 5).await;
        let claim = w.payable(app, &[&second]).await;
        let payment = w.ordered(&claim).await;
        let lines = [
            row("2027-01-17", "V-1", "借", "61250.10", "999"),
            row("2027-01-28", "V-2", "借", "61250.00", PAYEE),
        ];
        import(&w.cashier, "subsidy", &lines).await.expect(200);
        let view = compared(&w.cashier, "subsidy", "2027-01-01", "2027-01-31").await;
        assert_eq!(kinds(&view), pairs(&[("amount", "V-1"), ("day", "V-1"), ("counterparty", "V-1"), ("not_in_books", "V-2")]));
        assert_eq!((&view["matched"], &view["differences"][3]["candidate"]), (&json!(0), &payment["id"]));
        // Recorded with that voucher on that day, it matches.
        let body = json!({"outcome": "paid", "voucher_no": "V-2", "paid_on": "2027-01-28"});
        w.cashier.post_at(&format!("/subsidy-payments/{}/outcome", text(&payment["id"])), 1, body).await.expect(200);
        let view = compared(&w.cashier, "subsidy", "2027-01-01", "2027-01-31").await;
        assert_eq!((&view["matched"], view["differences"].as_array().map(Vec::len)), (&json!(1), Some(3)));
        // A month border between bank and books does not tear a pair apart.
        let february = compared(&w.cashier, "subsidy", "2027-02-01", "2027-02-28").await;
        assert_eq!(kinds(&february), pairs(&[]));
        w.cashier.get("/reconciliations?account=subsidy&from=2027-02-01&to=2027-01-01").await.faults(&[("to", "date_order")]);
        w.cashier.get("/reconciliations?account=subsidy&from=2020-01-01&to=2027-01-01").await.faults(&[("to", "out_of_range")]);
        app.user(&[Role::Officer]).await.get("/reconciliations?account=subsidy&from=2027-01-01&to=2027-01-31").await.refused(403, "forbidden");
    }

    async fn a_month_is_closed_in_order_without_riddles_and_then_takes_nothing_more(app) {
        let w = paid(app).await;
        let close = |period: &str| json!({"account": "subsidy", "period": period});
        w.cashier.post("/period-closings", close("2027-13")).await.faults(&[("/period", "format")]);
        w.cashier.post("/period-closings", close("2027-01")).await.refused(409, "not_yet_due");
        app.advance_to("2027-03-02T01:00:00Z");
        w.cashier.post("/period-closings", close("2027-02")).await.refused(409, "invalid_transition");
        // The payment is in the books and not at the bank.
        w.cashier.post("/period-closings", close("2027-01")).await.refused(409, "differences_open");
        import(&w.cashier, "subsidy", &[row("2027-01-16", "V-1", "借", "61250.00", PAYEE)]).await.expect(200);
        let closed = w.cashier.post("/period-closings", close("2027-01")).await.expect(201);
        assert_eq!(
            (&closed["entries"], &closed["out_fen"], &closed["in_fen"], &closed["starts_on"], &closed["ends_on"]),
            (&json!(1), &json!(SUBSIDY), &json!(0), &json!("2027-01-01"), &json!("2027-01-31"))
        );
        w.cashier.post("/period-closings", close("2027-01")).await.refused(409, "period_closed");
        let late = import(&w.cashier, "subsidy", &[row("2027-01-31", "V-9", "借", "1.00", "")]).await.expect(422);
        assert_eq!(late["rejected"][0]["code"], "period_closed");
        // A payment of another claim cannot be dated into it, and the one after it can.
        let second = subsidies::drawn(&w.stage.clerk, "A-2", 5).await;
        let claim = w.payable(app, &[&second]).await;
        let payment = w.ordered(&claim).await;
        let at = format!("/subsidy-payments/{}/outcome", text(&payment["id"]));
        let on = |day: &str| json!({"outcome": "paid", "voucher_no": "V-2", "paid_on": day});
        w.cashier.post_at(&at, 1, on("2027-01-31")).await.refused(409, "period_closed");
        w.cashier.post_at(&at, 1, on("2027-02-01")).await.expect(200);
        w.cashier.post("/period-closings", close("2027-02")).await.refused(409, "differences_open");
        w.cashier.post("/period-closings", close("2027")).await.refused(409, "not_yet_due");
        let list = w.leader.get("/period-closings?account=subsidy").await.expect(200);
        assert_eq!(list["items"].as_array().expect("items").iter().map(|p| text(&p["period"])).collect::<Vec<_>>(), ["2027-01"]);
    }

    async fn a_year_is_closed_after_its_months_and_the_pools_books_freeze_with_it(app) {
        let manager = app.user(&[Role::FundManager]).await;
        let leader = app.user(&[Role::Approver]).await;
        let body = json!({"level": "district", "amount_fen": 500_000, "reason": "年度注资", "voucher_no": "A-1", "booked_on": "2026-03-02"});
        let decision = manager.post("/pool/allocations", body).await.expect(201);
        leader.post(&format!("/decisions/{}/approval", text(&decision["id"])), json!({})).await.expect(200);
        import(&manager, "pool", &[row("2026-03-02", "A-1", "贷", "5000.00", "")]).await.expect(200);
        app.advance_to("2027-01-02T01:00:00Z");
        let close = |period: String| json!({"account": "pool", "period": period});
        manager.post("/period-closings", close("2026".into())).await.refused(409, "invalid_transition");
        for month in 3..=12 {
            manager.post("/period-closings", close(format!("2026-{month:02}"))).await.expect(201);
        }
        let year = manager.post("/period-closings", close("2026".into())).await.expect(201);
        assert_eq!((&year["entries"], &year["in_fen"]), (&json!(1), &json!(500_000)));
        let interest = |day: &str, voucher: &str| json!({"amount_fen": 5, "reason": "利息", "voucher_no": voucher, "booked_on": day});
        manager.post("/pool/interest", interest("2026-12-31", "I-1")).await.refused(409, "period_closed");
        manager.post("/pool/interest", interest("2026-01-31", "I-1")).await.refused(409, "period_closed");
        manager.post("/pool/interest", interest("2027-01-01", "I-1")).await.expect(201);
        let page = manager.get("/period-closings?limit=5").await.expect(200);
        let rest = manager.get(&format!("/period-closings?limit=200&cursor={}", text(&page["next"]))).await.expect(200);
        let count = |p: &Value| p["items"].as_array().map_or(0, Vec::len);
        assert_eq!((count(&page), count(&rest)), (5, 6));
    }
}
