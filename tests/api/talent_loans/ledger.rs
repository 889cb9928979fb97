//! What happens to a loan after it was filed.

use laoshan::platform::policy::Role;
use serde_json::json;

use super::*;
use crate::both;

fn segment(principal_fen: i64, rate_ppm: i64, from: &str, to: &str) -> Value {
    json!({"principal_fen": principal_fen, "rate_ppm": rate_ppm, "from": from, "to": to})
}

fn amount(kind: &str, on: &str, fen: i64) -> Value {
    json!({"kind": kind, "effective_on": on, "amount_fen": fen})
}

both! {
    async fn the_balance_follows_the_ledger_and_a_reversal_restores_it(app) {
        let stage = stage(app).await;
        let id = file(&stage.clerk, filing("A-1")).await;
        let (path, entries) = (format!("/loans/{id}"), format!("/loans/{id}/entries"));
        app.advance_to("2026-06-30T01:00:00Z");
        let view = stage.clerk.post(&entries, amount("drawdown", "2026-03-10", 5 * MILLION)).await.expect(201);
        assert_eq!((&view["state"], &view["balance_fen"], &view["drawn_fen"]), (&json!("active"), &json!(5 * MILLION), &json!(5 * MILLION)));
        let view = stage.clerk.post(&entries, amount("prepayment", "2026-06-15", 2 * MILLION)).await.expect(201);
        assert_eq!(view["balance_fen"], 3 * MILLION);
        assert_eq!(
            view["history"]["segments"],
            json!([segment(5 * MILLION, 34_500, "2026-03-10", "2026-06-15"), segment(3 * MILLION, 34_500, "2026-06-15", "2026-06-30")])
        );
        let refusal = stage.clerk.post(&entries, amount("repayment", "2026-06-01", 4 * MILLION)).await.refused(409, "ledger_refused");
        assert_eq!(refusal["detail"], "entry 2 of 2026-06-15: is more than the balance of that day, 1,000,000.00 yuan");
        stage.clerk.post(&entries, amount("drawdown", "2026-06-20", 1)).await.refused(409, "ledger_refused");
        let list = stage.clerk.get(&entries).await.expect(200);
        let prepayment = text(&list["items"][0]["id"]);
        let drawdown = text(&list["items"][1]["id"]);
        let undo = |entry: &str| format!("{entries}/{entry}/reversal");
        // The drawdown cannot go while the prepayment leans on it.
        stage.clerk.post(&undo(&drawdown), json!({"reason": "错账"})).await.refused(409, "ledger_refused");
        stage.clerk.post(&undo(&prepayment), json!({})).await.refused(400, "malformed_json");
        let view = stage.clerk.post(&undo(&prepayment), json!({"reason": "错账"})).await.expect(201);
        assert_eq!((&view["balance_fen"], &view["version"]), (&json!(5 * MILLION), &json!(4)));
        assert_eq!(view["history"]["segments"], json!([segment(5 * MILLION, 34_500, "2026-03-10", "2026-06-30")]));
        stage.clerk.post(&undo(&prepayment), json!({"reason": "错账"})).await.refused(409, "ledger_refused");
        stage.clerk.post(&undo("nowhere"), json!({"reason": "错账"})).await.refused(404, "not_found");
        let list = stage.clerk.get(&entries).await.expect(200);
        let reversal = &list["items"][0];
        assert_eq!((&reversal["kind"], &reversal["seq"], &reversal["reverses_id"], &reversal["note"]), (&json!("reversal"), &json!(3), &json!(prepayment), &json!("错账")));
        stage.clerk.post(&undo(&text(&reversal["id"])), json!({"reason": "x"})).await.refused(409, "ledger_refused");
        // Nothing drawn any more: only now may the loan be taken back.
        stage.clerk.post_at(&format!("{path}/cancellation"), 4, json!({"reason": "x"})).await.refused(409, "invalid_transition");
        stage.clerk.post(&undo(&drawdown), json!({"reason": "错账"})).await.expect(201);
        let view = stage.clerk.post_at(&format!("{path}/cancellation"), 5, json!({"reason": "重复登记"})).await.expect(200);
        assert_eq!(view["state"], "cancelled");
        stage.clerk.post(&entries, amount("drawdown", "2026-03-10", 1)).await.refused(409, "invalid_transition");
        let trail = app.user(&[Role::Auditor]).await.get(&format!("/audit-events?subject_id={id}&limit=200")).await.expect(200);
        let moves: Vec<_> = trail["items"].as_array().expect("events").iter().rev()
            .filter(|e| e["to"].is_string()).map(|e| (text(&e["action"]), text(&e["to"]))).collect();
        let expected = [
            ("loan.create", "registered"), ("loan_entry.create", "active"), ("loan_entry.reverse", "registered"), ("loan.cancel", "cancelled"),
        ];
        assert_eq!(moves, expected.map(|(action, to)| (action.to_owned(), to.to_owned())));
    }

    async fn an_entry_has_the_figure_of_its_kind_and_no_other(app) {
        let stage = stage(app).await;
        let entries = format!("/loans/{}/entries", file(&stage.clerk, filing("A-1")).await);
        for (body, faults) in [
            (json!({"kind": "drawdown", "effective_on": "2026-03-03"}), vec![("/effective_on", "in_the_future"), ("/amount_fen", "required")]),
            (amount("repayment", "2026-03-02", 0), vec![("/amount_fen", "out_of_range")]),
            (amount("repayment", "2026-03-02", -5), vec![("/amount_fen", "out_of_range")]),
            (amount("rate_reset", "2026-03-02", 5), vec![("/amount_fen", "not_allowed"), ("/rate_ppm", "required")]),
            (json!({"kind": "rate_reset", "effective_on": "2026-03-02", "rate_ppm": 3_450_000}), vec![("/rate_ppm", "out_of_range")]),
            (json!({"kind": "class_change", "effective_on": "2026-03-02"}), vec![("/class", "required")]),
            (json!({"kind": "extension", "effective_on": "2026-03-02"}), vec![("/matures_on", "required")]),
            (json!({"kind": "reversal", "effective_on": "2026-03-02"}), vec![("/kind", "not_allowed")]),
            (amount("overdue_start", "2026-03-02", 5), vec![("/amount_fen", "not_allowed")]),
        ] {
            stage.clerk.post(&entries, body).await.faults(&faults);
        }
        stage.clerk.post(&entries, json!({"kind": "drawdown", "effective_on": "2026-02-30", "amount_fen": 1})).await.refused(400, "malformed_json");
        stage.clerk.post(&entries, json!({"kind": "overdue_start", "effective_on": "2026-03-02"})).await.refused(409, "ledger_refused");
        let extension = json!({"kind": "extension", "effective_on": "2026-03-02", "matures_on": "2027-03-02"});
        stage.clerk.post(&entries, extension).await.refused(409, "ledger_refused");
        assert_eq!(stage.clerk.get(&entries).await.expect(200)["items"], json!([]));
    }

    async fn the_same_entry_sent_twice_under_one_key_is_written_once(app) {
        let stage = stage(app).await;
        let entries = format!("/loans/{}/entries", file(&stage.clerk, filing("A-1")).await);
        for _ in 0..2 {
            let view = stage.clerk.post_once(&entries, "draw-1", amount("drawdown", "2026-03-02", MILLION)).await.expect(201);
            assert_eq!(view["balance_fen"], MILLION);
        }
        assert_eq!(stage.clerk.get(&format!("{entries}?count=true")).await.expect(200)["total"], 1);
    }

    async fn a_floating_rate_is_set_anew_on_its_repricing_dates(app) {
        let stage = stage(app).await;
        let mut body = filing("A-1");
        body["pricing"] = json!({"kind": "lpr", "tenor": "1y", "spread_bp": 35, "repricing": "quarterly"});
        let id = file(&stage.clerk, body).await;
        let path = format!("/loans/{id}");
        stage.clerk.post(&format!("{path}/entries"), amount("drawdown", "2026-03-02", 5 * MILLION)).await.expect(201);
        app.advance_to("2026-09-10T01:00:00Z");
        // Published in between, a rate moves nothing until the date comes.
        rates(&stage.manager, "日期,1年期\n2026-05-20,2.90\n2026-06-22,2.80\n").await;
        let view = stage.clerk.get(&path).await.expect(200);
        let reset = |on: &str, published: &str, lpr: i64| json!({"on": on, "published_on": published, "lpr_ppm": lpr, "rate_ppm": lpr + 3_500});
        assert_eq!(view["rate_ppm"], 33_500);
        assert_eq!(view["resets_due"], json!([reset("2026-06-02", "2026-05-20", 29_000), reset("2026-09-02", "2026-06-22", 28_000)]));
        let view = stage.clerk.post(&format!("{path}/repricing"), json!({})).await.expect(200);
        assert_eq!((&view["rate_ppm"], &view["resets_due"]), (&json!(31_500), &json!([])));
        assert_eq!(
            view["history"]["segments"],
            json!([
                segment(5 * MILLION, 33_500, "2026-03-02", "2026-06-02"),
                segment(5 * MILLION, 32_500, "2026-06-02", "2026-09-02"),
                segment(5 * MILLION, 31_500, "2026-09-02", "2026-09-10"),
            ])
        );
        let again = stage.clerk.post(&format!("{path}/repricing"), json!({})).await.expect(200);
        assert_eq!(again["history"], view["history"]);
        // What the segments say goes straight into a quote.
        let window = stage.clerk.get(&format!("{path}/segments?from=2026-06-01&to=2026-09-03")).await.expect(200);
        let quote = json!({
            "day_basis": view["day_basis"], "base": {"kind": "share_of_interest", "share_ppm": 500_000},
            "loans": [{"id": id, "principal_cap_fen": view["covered_fen"], "segments": window["segments"], "overdue": window["overdue"]}],
        });
        let quoted = stage.clerk.post("/subsidy-quotes", quote).await.expect(200);
        assert_eq!(quoted["loans"][0]["eligible_days"], 94);
    }

    async fn more_than_ninety_days_overdue_suggest_substandard(app) {
        let stage = stage(app).await;
        let id = file(&stage.clerk, filing("A-1")).await;
        let (path, entries) = (format!("/loans/{id}"), format!("/loans/{id}/entries"));
        stage.clerk.post(&entries, amount("drawdown", "2026-03-02", 5 * MILLION)).await.expect(201);
        app.advance_to("2026-04-01T01:00:00Z");
        let view = stage.clerk.post(&entries, json!({"kind": "overdue_start", "effective_on": "2026-04-01"})).await.expect(201);
        assert_eq!((&view["state"], &view["overdue_since"]), (&json!("overdue"), &json!("2026-04-01")));
        app.advance_to("2026-06-30T01:00:00Z");
        let view = stage.clerk.get(&path).await.expect(200);
        assert_eq!((&view["overdue_days"], &view["suggested_class"]), (&json!(90), &Value::Null));
        app.advance_to("2026-07-01T01:00:00Z");
        let view = stage.clerk.get(&path).await.expect(200);
        assert_eq!((&view["overdue_days"], &view["suggested_class"]), (&json!(91), &json!("substandard")));
        assert_eq!(view["history"]["overdue"], json!([{"from": "2026-04-01", "to": "2026-07-01"}]));
        let change = json!({"kind": "class_change", "effective_on": "2026-07-01", "class": "substandard"});
        let view = stage.clerk.post(&entries, change).await.expect(201);
        assert_eq!((&view["class"], &view["suggested_class"]), (&json!("substandard"), &Value::Null));
        assert_eq!(stage.manager.get("/loans?class=substandard&state=overdue&count=true").await.expect(200)["total"], 1);
        let view = stage.clerk.post(&entries, amount("repayment", "2026-07-01", 5 * MILLION)).await.expect(201);
        assert_eq!((&view["state"], &view["overdue_since"], &view["overdue_days"]), (&json!("settled"), &Value::Null, &json!(0)));
    }

    async fn an_extension_moves_maturity_and_its_days_are_told_apart(app) {
        let stage = stage(app).await;
        let mut body = filing("A-1");
        body["matures_on"] = json!("2026-06-02");
        let id = file(&stage.clerk, body).await;
        let entries = format!("/loans/{id}/entries");
        stage.clerk.post(&entries, amount("drawdown", "2026-03-02", MILLION)).await.expect(201);
        app.advance_to("2026-07-02T01:00:00Z");
        let view = stage.clerk.get(&format!("/loans/{id}")).await.expect(200);
        assert_eq!(view["history"]["segments"], json!([segment(MILLION, 34_500, "2026-03-02", "2026-06-02")]), "no life after maturity");
        let extension = json!({"kind": "extension", "effective_on": "2026-06-01", "matures_on": "2026-09-02", "note": "展期协议"});
        let view = stage.clerk.post(&entries, extension).await.expect(201);
        assert_eq!((&view["matures_on"], &view["due_on"]), (&json!("2026-06-02"), &json!("2026-09-02")));
        assert_eq!(view["history"]["segments"], json!([segment(MILLION, 34_500, "2026-03-02", "2026-07-02")]));
        assert_eq!(view["history"]["extended"], json!([{"from": "2026-06-02", "to": "2026-07-02"}]));
    }
}
