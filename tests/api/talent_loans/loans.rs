//! Filing loans: who sees them, what is covered, what is refused.

use laoshan::platform::policy::Role;
use laoshan::platform::table_file::{read_table, write_xlsx};
use serde_json::json;

use super::*;
use crate::both;

const HEADER: &str = "合同编号,统一社会信用代码,人才证件号码,贷款金额（元）,定价方式,年利率（%）,LPR期限,加点（BP）,重定价周期,签约日期,到期日期,贷款用途\n";

fn row(contract_no: &str, yuan: &str) -> String {
    format!("{contract_no},{},{},{yuan},固定利率,3.45,,,,2026-03-02,2027-03-02,研发\n", FIRM.0, id_number(1))
}

both! {
    async fn a_loan_is_filed_under_the_scheme_of_its_day(app) {
        let stage = stage(app).await;
        let view = stage.clerk.post("/loans", filing("A-1")).await.expect(201);
        let scheme = stage.manager.get("/loan-schemes").await.expect(200)["items"][0]["id"].clone();
        assert_eq!(
            (&view["bank_id"], &view["bank_name"], &view["enterprise_name"], &view["talent_id"], &view["scheme_id"]),
            (&json!(stage.bank), &json!("示例银行"), &json!(FIRM.1), &json!(stage.talent), &scheme)
        );
        assert_eq!(
            (&view["state"], &view["class"], &view["principal_fen"], &view["covered_fen"], &view["uncovered_fen"], &view["balance_fen"]),
            (&json!("registered"), &json!("normal"), &json!(500_000_000), &json!(500_000_000), &json!(0), &json!(0))
        );
        assert_eq!((&view["signed_rate_ppm"], &view["signed_lpr_ppm"], &view["lpr_tenor"]), (&json!(34_500), &json!(30_000), &json!("1y")));
        assert_eq!(view["day_basis"], "act/360");
        stage.clerk.post("/loans", filing("A-1")).await.refused(409, "already_exists");
        // Another bank counts its contracts by itself.
        stage.other_clerk.post("/loans", filing("A-1")).await.expect(201);
    }

    async fn a_bank_an_enterprise_and_the_fund_manager_see_what_is_theirs(app) {
        let stage = stage(app).await;
        let id = file(&stage.clerk, filing("A-1")).await;
        let path = format!("/loans/{id}");
        let (owner, pretender) = (member(app, &stage.firm, true).await, member(app, &stage.firm, false).await);
        let stranger = app.user(&[Role::Applicant]).await;
        for reader in [&stage.clerk, &stage.manager, &owner] {
            reader.get(&path).await.expect(200);
            reader.get(&format!("{path}/segments")).await.expect(200);
            assert_eq!(reader.get("/loans?count=true").await.expect(200)["total"], 1);
        }
        for reader in [&stage.other_clerk, &pretender, &stranger] {
            reader.get(&path).await.refused(404, "not_found");
            reader.get(&format!("{path}/entries")).await.refused(404, "not_found");
            reader.get(&format!("{path}/segments")).await.refused(404, "not_found");
            assert_eq!(reader.get("/loans?count=true").await.expect(200), json!({"items": [], "total": 0}));
        }
        let entry = json!({"kind": "drawdown", "effective_on": "2026-03-02", "amount_fen": 1});
        stage.other_clerk.post(&format!("{path}/entries"), entry.clone()).await.refused(404, "not_found");
        stage.other_clerk.post_at(&format!("{path}/cancellation"), 1, json!({"reason": "x"})).await.refused(404, "not_found");
        owner.post(&format!("{path}/entries"), entry).await.refused(403, "forbidden");
        for role in [Role::Officer, Role::Expert, Role::SystemAdmin, Role::Auditor] {
            app.user(&[role]).await.get(&path).await.refused(403, "forbidden");
        }
        // A clerk files for no bank but their own, and names no talent by an id they cannot see.
        let mut foreign = filing("A-2");
        foreign["bank_id"] = json!(stage.bank);
        stage.other_clerk.post("/loans", foreign.clone()).await.faults(&[("/bank_id", "not_existing")]);
        stage.manager.post("/loans", foreign).await.expect(201);
        let mut by_id = filing("B-1");
        by_id["id_number"] = json!(null);
        by_id["talent_id"] = json!(stage.talent);
        stage.other_clerk.post("/loans", by_id).await.faults(&[("/talent_id", "not_existing")]);
        stage.manager.post("/loans", filing("A-3")).await.faults(&[("/bank_id", "required")]);
    }

    async fn the_caps_of_a_talent_hold_over_all_banks_and_what_is_beyond_is_uncovered(app) {
        let stage = stage(app).await;
        // 20 million per talent: 15 at one bank leave 5 at the other, whichever enterprise borrows.
        let first = file(&stage.clerk, filing_of("A-1", 15)).await;
        let mut body = filing_of("B-1", 10);
        body["credit_code"] = json!(OTHER_FIRM.0);
        let second = stage.other_clerk.post("/loans", body).await.expect(201);
        assert_eq!((&second["covered_fen"], &second["uncovered_fen"]), (&json!(5 * MILLION), &json!(5 * MILLION)));
        let third = stage.clerk.post("/loans", filing_of("A-2", 1)).await.expect(201);
        assert_eq!((&third["covered_fen"], &third["uncovered_fen"]), (&json!(0), &json!(MILLION)));
        // Taken back, the first gives its cover free; those filed before it keep what they have.
        stage.clerk.post_at(&format!("/loans/{first}/cancellation"), 1, json!({"reason": "录入错误"})).await.expect(200);
        let again = stage.clerk.post("/loans", filing_of("A-1", 16)).await.expect(201);
        assert_eq!((&again["covered_fen"], &again["uncovered_fen"]), (&json!(15 * MILLION), &json!(MILLION)));
        let kept = stage.manager.get(&format!("/loans/{}", text(&third["id"]))).await.expect(200);
        assert_eq!(kept["covered_fen"], 0);
    }

    async fn the_cap_of_an_enterprise_holds_over_its_talents(app) {
        let stage = stage(app).await;
        for n in 2..=4 {
            talent(&stage.manager, n, &[&stage.firm]).await;
        }
        let mut covered = Vec::new();
        for n in 1..=4_u32 {
            let mut body = filing_of(&format!("A-{n}"), 18);
            body["id_number"] = json!(id_number(n));
            covered.push(stage.clerk.post("/loans", body).await.expect(201)["covered_fen"].as_i64().expect("fen") / MILLION);
        }
        assert_eq!(covered, [18, 18, 18, 6], "60 million in all");
    }

    async fn a_cap_holds_when_two_banks_file_at_the_same_moment(app) {
        let stage = stage(app).await;
        let (a, b, c, d) = tokio::join!(
            stage.clerk.post("/loans", filing_of("A-1", 8)),
            stage.other_clerk.post("/loans", filing_of("B-1", 8)),
            stage.clerk.post("/loans", filing_of("A-2", 8)),
            stage.other_clerk.post("/loans", filing_of("B-2", 8)),
        );
        let mut covered = [a, b, c, d].map(|reply| reply.expect(201)["covered_fen"].as_i64().expect("fen") / MILLION);
        covered.sort_unstable();
        assert_eq!(covered, [0, 4, 8, 8]);
    }

    async fn a_settled_loan_that_comes_back_takes_only_the_cover_that_is_left(app) {
        let stage = stage(app).await;
        let id = file(&stage.clerk, filing_of("A-1", 15)).await;
        let entries = format!("/loans/{id}/entries");
        let entry = |kind: &str| json!({"kind": kind, "effective_on": "2026-03-02", "amount_fen": 15 * MILLION});
        stage.clerk.post(&entries, entry("drawdown")).await.expect(201);
        let settled = stage.clerk.post(&entries, entry("repayment")).await.expect(201);
        assert_eq!(settled["state"], "settled");
        let second = stage.other_clerk.post("/loans", filing_of("B-1", 18)).await.expect(201);
        assert_eq!(second["covered_fen"], 18 * MILLION);
        let wrong = stage.clerk.get(&entries).await.expect(200)["items"][0]["id"].clone();
        let path = format!("{entries}/{}/reversal", text(&wrong));
        let back = stage.clerk.post(&path, json!({"reason": "错账"})).await.expect(201);
        assert_eq!((&back["state"], &back["covered_fen"], &back["covered_balance_fen"]), (&json!("active"), &json!(2 * MILLION), &json!(2 * MILLION)));
    }

    async fn everything_wrong_with_a_loan_is_named_and_nothing_is_written(app) {
        let stage = stage(app).await;
        let wrong = json!({
            "contract_no": "", "credit_code": "91370212MAQJWYLF5F", "id_number": "37021219850310001", "principal_fen": -1, "currency": "USD",
            "pricing": {"kind": "fixed", "rate_ppm": 3_450_000}, "signed_on": "2026-03-03", "matures_on": "2026-03-03", "purpose": "research",
        });
        stage.clerk.post("/loans", wrong).await.faults(&[
            ("/contract_no", "required"), ("/credit_code", "format"), ("/id_number", "format"), ("/principal_fen", "out_of_range"),
            ("/currency", "unknown"), ("/pricing/rate_ppm", "out_of_range"), ("/pricing/rate_ppm", "above_ceiling"),
            ("/signed_on", "in_the_future"), ("/matures_on", "date_order"),
        ]);
        let mut wrong = filing("A-1");
        wrong["credit_code"] = json!("91370212MAUCCP508W");
        wrong["id_number"] = json!(id_number(9));
        wrong["scheme_id"] = json!("nowhere");
        wrong["pricing"] = json!({"kind": "lpr", "tenor": "1y", "spread_bp": 81, "repricing": "yearly"});
        stage.clerk.post("/loans", wrong).await.faults(&[
            ("/credit_code", "not_existing"), ("/id_number", "not_existing"), ("/scheme_id", "not_existing"),
        ]);
        for (key, value, pointer) in [
            ("signed_on", json!("2026-02-30"), "/signed_on"),
            ("purpose", json!("speculation"), "/purpose"),
            ("colour", json!("red"), "/colour"),
        ] {
            let mut body = filing("A-1");
            body[key] = value;
            let refusal = stage.clerk.post("/loans", body).await.refused(400, "malformed_json");
            assert_eq!(refusal["errors"][0]["pointer"], pointer);
        }
        assert_eq!(stage.manager.get("/loans").await.expect(200)["items"], json!([]));
    }

    async fn a_talent_must_be_valid_and_linked_and_the_rate_below_the_ceiling_on_the_day_of_signing(app) {
        let stage = stage(app).await;
        let mut body = filing("A-1");
        body["pricing"]["rate_ppm"] = json!(38_001);
        stage.clerk.post("/loans", body).await.faults(&[("/pricing/rate_ppm", "above_ceiling")]);
        let mut body = filing("A-1");
        body["pricing"] = json!({"kind": "lpr", "tenor": "5y", "spread_bp": 81, "repricing": "january"});
        stage.clerk.post("/loans", body).await.faults(&[("/pricing/spread_bp", "above_ceiling")]);
        // The scheme began in 2026; the rates in October 2025.
        let mut body = filing("A-1");
        body["signed_on"] = json!("2025-10-01");
        stage.clerk.post("/loans", body).await.faults(&[("/signed_on", "not_existing"), ("/signed_on", "no_lpr")]);
        let unlinked = talent(&stage.manager, 2, &[]).await;
        stage.manager.patch(&format!("/talents/{unlinked}"), 1, json!({"valid_to": "2026-03-01"})).await.expect(200);
        let mut body = filing("A-1");
        body["id_number"] = json!(id_number(2));
        stage.clerk.post("/loans", body).await.faults(&[("/id_number", "not_qualified"), ("/id_number", "not_linked")]);
        assert_eq!(stage.manager.get("/loans").await.expect(200)["items"], json!([]));
    }

    async fn a_list_of_loans_is_imported_all_or_nothing_and_a_dry_run_changes_nothing(app) {
        let stage = stage(app).await;
        let good = format!("{HEADER}{}{}", row("A-1", "15000000"), row("A-2", "\"10,000,000.00\""));
        let upload = |path: &'static str, text: String| stage.clerk.upload(path, "text/csv", text.into_bytes());
        let dry = upload("/loans/imports?dry_run=true", good.clone()).await.expect(200);
        assert_eq!(dry, json!({"read": 2, "created": 2, "updated": 0, "unchanged": 0, "rejected": []}));
        assert_eq!(stage.clerk.get("/loans").await.expect(200)["items"], json!([]));
        // One wrong row, and nothing is written.
        let bad = format!("{good}{}{}", row("A-3", "0").replace("研发", "炒股"), row("A-4", "-5").replace("3.45", "3.9"));
        let refusal = upload("/loans/imports", bad).await.expect(422);
        let rejected: Vec<_> = refusal["rejected"].as_array().expect("rows").iter()
            .map(|r| (r["row"].as_i64().expect("a number"), text(&r["column"]), text(&r["code"]))).collect();
        let expected = [(4, "贷款用途", "unknown"), (5, "贷款金额（元）", "out_of_range"), (5, "年利率（%）", "above_ceiling")];
        assert_eq!(rejected, expected.map(|(row, column, code)| (row, column.to_owned(), code.to_owned())));
        assert_eq!((&refusal["read"], &refusal["created"]), (&json!(4), &json!(0)));
        assert_eq!(stage.clerk.get("/loans").await.expect(200)["items"], json!([]));
        // The same table as a workbook.
        let table = read_table(good.as_bytes(), 10).expect("a table");
        let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
        let rows: Vec<_> = table.rows.into_iter().map(|row| row.cells).collect();
        let book = write_xlsx(&header, &rows).expect("a workbook");
        assert_eq!(stage.clerk.upload("/loans/imports", "application/octet-stream", book).await.expect(200), dry);
        let page = stage.clerk.get("/loans").await.expect(200);
        let covered: Vec<_> = page["items"].as_array().expect("loans").iter()
            .map(|l| (text(&l["contract_no"]), l["covered_fen"].as_i64().expect("fen") / MILLION)).collect();
        assert_eq!(covered, [("A-2".to_owned(), 5), ("A-1".to_owned(), 15)]);
        let again = upload("/loans/imports", good.clone()).await.expect(200);
        assert_eq!(again, json!({"read": 2, "created": 0, "updated": 0, "unchanged": 2, "rejected": []}));
        let refusal = upload("/loans/imports", good.replace("15000000", "14000000")).await.expect(422);
        assert_eq!((&refusal["rejected"][0]["row"], &refusal["rejected"][0]["code"]), (&json!(2), &json!("duplicate")));
        stage.manager.upload("/loans/imports", "text/csv", good.into_bytes()).await.faults(&[("/bank_id", "required")]);
    }

    async fn lists_cost_the_same_statements_for_one_loan_and_for_three(app) {
        let stage = stage(app).await;
        for n in 1..=3 {
            file(&stage.clerk, filing_of(&format!("A-{n}"), 1)).await;
        }
        for reader in [&stage.clerk, &stage.manager] {
            let one = app.statements(reader.get("/loans?limit=1")).await;
            let three = app.statements(reader.get("/loans?limit=3")).await;
            assert_eq!(one, three);
        }
        let first = stage.clerk.get("/loans?limit=2").await.expect(200);
        let rest = stage.clerk.get(&format!("/loans?limit=2&cursor={}", text(&first["next"]))).await.expect(200);
        let numbers = |page: &Value| page["items"].as_array().expect("loans").iter().map(|l| text(&l["contract_no"])).collect::<Vec<_>>();
        assert_eq!((numbers(&first), numbers(&rest)), (vec!["A-3".into(), "A-2".into()], vec!["A-1".into()]));
    }

    async fn a_subsidy_is_quoted_to_the_fen(app) {
        let quote = json!({
            "day_basis": "act/360", "base": {"kind": "share_of_interest", "share_ppm": 500_000},
            "loans": [{"id": "L1", "segments": [{"principal_fen": 500_000_000, "rate_ppm": 34_500, "from": "2025-03-10", "to": "2026-03-10"}]}],
        });
        for role in [Role::FundManager, Role::Bank, Role::Applicant] {
            let answer = app.user(&[role]).await.post("/subsidy-quotes", quote.clone()).await.expect(200);
            assert_eq!((&answer["total_fen"], &answer["loans"][0]["interest_fen"]), (&json!(8_744_792), &json!(17_489_583)));
        }
        app.user(&[Role::Officer]).await.post("/subsidy-quotes", quote.clone()).await.refused(403, "forbidden");
        let mut wrong = quote;
        wrong["currency"] = json!("USD");
        wrong["loans"][0]["segments"][0]["rate_ppm"] = json!(3_450_000);
        app.user(&[Role::Bank]).await.post("/subsidy-quotes", wrong).await
            .faults(&[("/currency", "unknown"), ("/loans/0/segments/0/rate_ppm", "out_of_range")]);
    }
}
