//! Many at once: the budget is never overdrawn, whoever comes first.

use actix_web::rt::spawn;
use serde_json::json;

use super::*;
use crate::both;

const CLAIMS: usize = 8;

both! {
    async fn approvals_at_the_same_moment_never_overdraw_the_budget(app) {
        let w = world(app).await;
        // One million each: 1,225,000 fen; the budget holds three of eight.
        let each = SUBSIDY / 5;
        w.budget(100_000_000).await;
        let mut decisions = Vec::new();
        for n in 0..CLAIMS {
            let loan = drawn(&w.stage.clerk, &format!("C-{n}"), 1).await;
            let claim = w.filed(&[&loan]).await;
            let all = json!([{"settled_on": "2026-12-21", "amount_fen": INTEREST / 5}]);
            let claim = w.confirm(&claim, &loan, all).await;
            let claim = w.reviewed(&claim).await;
            assert_eq!(claim["granted_fen"], each);
            decisions.push(format!("/decisions/{}/approval", text(&claim["decisions"][0]["id"])));
        }
        w.budget(3 * each + 7).await;
        let ask = |at: String| {
            let leader = w.leader.clone();
            spawn(async move {
                // A transaction that lost its race too often says so and may be sent again.
                loop {
                    let reply = leader.post(&at, json!({})).await;
                    if reply.status != 503 {
                        return (reply.status, reply.body["code"].as_str().unwrap_or_default().to_owned());
                    }
                }
            })
        };
        let started: Vec<_> = decisions.into_iter().map(ask).collect();
        let mut answers = Vec::new();
        for one in started {
            answers.push(one.await.expect("no panic"));
        }
        let approved = answers.iter().filter(|(status, _)| *status == 200).count();
        let short = answers.iter().filter(|(_, code)| code == "budget_short").count();
        assert_eq!((approved, short), (3, CLAIMS - 3));
        assert_eq!(w.money().await, [3 * each + 7, 3 * each, 0, 0, 7]);
    }

    async fn the_same_voucher_at_the_same_moment_pays_once(app) {
        let w = world(app).await;
        w.budget(100_000_000).await;
        let claim = w.payable(app, &[&w.loan]).await;
        let payment = w.ordered(&claim).await;
        let at = format!("/subsidy-payments/{}/outcome", text(&payment["id"]));
        let pay = |_| {
            let (cashier, at) = (w.cashier.clone(), at.clone());
            spawn(async move {
                loop {
                    let reply = cashier.post_at(&at, 1, json!({"outcome": "paid", "voucher_no": "V-1"})).await;
                    if reply.status != 503 {
                        return reply.status;
                    }
                }
            })
        };
        let started: Vec<_> = (0..6).map(pay).collect();
        let mut paid = 0;
        for one in started {
            paid += usize::from(one.await.expect("no panic") == 200);
        }
        assert_eq!(paid, 1);
        assert_eq!(w.money().await, [100_000_000, 0, SUBSIDY, 0, 100_000_000 - SUBSIDY]);
    }
}
