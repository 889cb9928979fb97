//! Talents, banks, schemes and prime rates.

use diesel::prelude::*;
use laoshan::platform::policy::Role;
use laoshan::schema::talents;
use serde_json::json;

use super::*;
use crate::both;

both! {
    async fn a_talent_is_registered_once_and_shown_masked(app) {
        let manager = app.user(&[Role::FundManager]).await;
        let id = talent(&manager, 1, &[]).await;
        let view = manager.get(&format!("/talents/{id}")).await.expect(200);
        let number = id_number(1);
        let masked = format!("{}**********{}", &number[..4], &number[14..]);
        assert_eq!(view["id_number_masked"], masked);
        assert!(!view.to_string().contains(&number));
        // The same number in another spelling is the same person.
        let spelled = format!("{} {}", &number[..6], number[6..].to_lowercase());
        let again = json!({"name": "别名", "grade": "A", "programme": "p", "valid_to": "2027-01-01", "id_number": spelled});
        let refusal = manager.post("/talents", again.clone()).await.refused(409, "already_exists");
        assert_eq!(refusal["talent_id"], json!(id));
        let other = talent(&manager, 2, &[]).await;
        manager.patch(&format!("/talents/{other}"), 1, json!({"id_number": number})).await.refused(409, "already_exists");
        manager.patch(&format!("/talents/{other}"), 9, json!({"grade": "C"})).await.refused(412, "stale_version");
        let changed = manager.patch(&format!("/talents/{other}"), 1, json!({"grade": "C"})).await.expect(200);
        assert_eq!((&changed["grade"], &changed["version"]), (&json!("C"), &json!(2)));
        let page = manager.get("/talents?grade=C&count=true").await.expect(200);
        assert_eq!((&page["total"], &page["items"][0]["id"]), (&json!(1), &json!(other)));
        app.user(&[Role::Officer]).await.get("/talents").await.refused(403, "forbidden");
    }

    async fn everything_wrong_with_a_talent_is_named(app) {
        let manager = app.user(&[Role::FundManager]).await;
        let body = json!({
            "name": " ", "grade": "B", "programme": "", "valid_to": "2027-01-01", "id_number": "110105194912310021",
        });
        manager.post("/talents", body).await.faults(&[
            ("/name", "required"), ("/programme", "required"), ("/id_number", "check_digit"),
        ]);
        let id = talent(&manager, 1, &[]).await;
        let body = json!({"enterprise_id": "nowhere", "link": "founder", "since": "2026-03-03", "until": "2026-03-01", "evidence": ""});
        manager.post(&format!("/talents/{id}/employments"), body).await.faults(&[
            ("/enterprise_id", "not_existing"), ("/since", "in_the_future"), ("/until", "date_order"), ("/evidence", "required"),
        ]);
        manager.patch(&format!("/talents/{id}"), 1, json!({"id_document": "passport"})).await
            .faults(&[("/id_number", "required")]);
    }

    async fn an_identity_number_is_sealed_and_revealed_only_for_a_reason_that_stays(app) {
        let manager = app.user(&[Role::FundManager]).await;
        let id = talent(&manager, 1, &[]).await;
        let kept: (String, String) = app.app.door
            .peek("test", |cx| Ok(talents::table.select((talents::id_sealed, talents::id_index)).first(cx.conn)?))
            .await.expect("a row");
        assert!(kept.0.starts_with("aes256gcm:") && !format!("{kept:?}").contains(&id_number(1)[6..14]), "{kept:?}");
        let path = format!("/talents/{id}/id-number-reveals");
        manager.post(&path, json!({"reason": " "})).await.faults(&[("/reason", "required")]);
        let reply = manager.post_once(&path, "k1", json!({"reason": "核对贷款申请"})).await;
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.expect(200), json!({"id_document": "resident_id", "id_number": id_number(1)}));
        app.user(&[Role::Bank]).await.post(&path, json!({"reason": "x"})).await.refused(403, "forbidden");
        let auditor = app.user(&[Role::Auditor]).await;
        let trail = auditor.get(&format!("/audit-events?subject_id={id}&action=talent.reveal")).await.expect(200);
        assert_eq!(trail["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(trail["items"][0]["reason"], "核对贷款申请");
        assert_eq!(trail["items"][0]["actor"], manager.id.as_str());
        let all = auditor.get("/audit-events?limit=200").await.text;
        assert!(!all.contains(&id_number(1)), "the trail never holds the number");
    }

    async fn a_link_to_an_enterprise_ends_once_and_stays_on_record(app) {
        let manager = app.user(&[Role::FundManager]).await;
        let firm = enterprise(app, FIRM).await;
        let id = talent(&manager, 1, &[&firm]).await;
        let view = manager.get(&format!("/talents/{id}")).await.expect(200);
        assert_eq!(view["employments"][0]["enterprise_name"], FIRM.1);
        let path = format!("/talents/{id}/employments/{}/ending", text(&view["employments"][0]["id"]));
        let body = json!({"until": "2026-02-28", "reason": "离职"});
        manager.post_at(&path, 1, json!({"until": "2019-01-01", "reason": "离职"})).await.faults(&[("/until", "date_order")]);
        let view = manager.post_at(&path, 1, body.clone()).await.expect(200);
        assert_eq!(view["employments"][0]["until"], "2026-02-28");
        manager.post_at(&path, 2, body).await.refused(409, "invalid_transition");
    }

    async fn an_enterprise_sees_the_talents_linked_to_it_once_its_owner_is_verified(app) {
        let stage = stage(app).await;
        let (owner, pretender) = (member(app, &stage.firm, true).await, member(app, &stage.firm, false).await);
        let path = format!("/talents/{}", stage.talent);
        let view = owner.get(&path).await.expect(200);
        let firms: Vec<_> = view["employments"].as_array().expect("links").iter().map(|e| text(&e["enterprise_id"])).collect();
        assert_eq!(firms, std::slice::from_ref(&stage.firm), "not the other enterprise the talent works for");
        assert_eq!(view["actions"], json!([]));
        pretender.get(&path).await.refused(404, "not_found");
        stage.clerk.get(&path).await.refused(404, "not_found");
        file(&stage.clerk, filing("A-1")).await;
        stage.clerk.get(&path).await.expect(200);
        stage.other_clerk.get(&path).await.refused(404, "not_found");
        assert_eq!(stage.other_clerk.get("/talents").await.expect(200)["items"], json!([]));
    }

    async fn a_bank_is_filed_and_a_suspended_one_files_no_loan(app) {
        let stage = stage(app).await;
        let manager = &stage.manager;
        manager.post("/banks", json!({"name": "x", "cnaps_code": "31345", "contact": "", "filed_on": "2026-03-03"})).await
            .faults(&[("/name", "too_short"), ("/cnaps_code", "format"), ("/contact", "required"), ("/filed_on", "in_the_future")]);
        manager.post("/banks", json!({"name": "第三银行", "cnaps_code": "3134 5206 0150", "contact": "c"})).await
            .refused(409, "already_exists");
        let path = format!("/banks/{}", stage.bank);
        manager.post(&format!("{path}/suspension"), json!({"reason": "不良率超标"})).await.refused(428, "precondition_required");
        let view = manager.post_at(&format!("{path}/suspension"), 1, json!({"reason": "不良率超标"})).await.expect(200);
        assert_eq!((&view["state"], &view["suspended_reason"]), (&json!("suspended"), &json!("不良率超标")));
        let may = |name: &str| view["actions"].as_array().expect("actions").iter().find(|a| a["action"] == name).cloned();
        assert_eq!(may("bank.suspend").expect("told")["reason_code"], "invalid_transition");
        assert_eq!(may("loan.create").expect("told")["reason_code"], "bank_suspended");
        stage.clerk.post("/loans", filing("A-1")).await.refused(409, "bank_suspended");
        stage.other_clerk.post("/loans", filing("A-1")).await.expect(201);
        manager.post_at(&format!("{path}/resumption"), 2, json!({"reason": "整改完成"})).await.expect(200);
        stage.clerk.post("/loans", filing("A-1")).await.expect(201);
    }

    async fn a_clerk_belongs_to_one_bank_and_sees_that_one_only(app) {
        let stage = stage(app).await;
        let guard = app.user(&[Role::SecurityAdmin]).await;
        let page = stage.clerk.get("/banks").await.expect(200);
        assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
        stage.clerk.get(&format!("/banks/{}", stage.other_bank)).await.refused(404, "not_found");
        let users = format!("/banks/{}/users", stage.other_bank);
        let officer = app.user(&[Role::Officer]).await;
        guard.post(&users, json!({"user_id": officer.id})).await.faults(&[("/user_id", "not_existing")]);
        let list = guard.post(&users, json!({"user_id": stage.clerk.id})).await.expect(200);
        assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
        stage.clerk.get(&format!("/banks/{}", stage.other_bank)).await.expect(200);
        stage.clerk.get(&format!("/banks/{}", stage.bank)).await.refused(404, "not_found");
        assert_eq!(guard.delete(&format!("{users}/{}", stage.clerk.id)).await.status, 204);
        assert_eq!(stage.clerk.get("/banks").await.expect(200)["items"], json!([]));
        stage.clerk.post("/loans", filing("A-1")).await.faults(&[("/bank_id", "not_existing")]);
    }

    async fn a_scheme_ships_published_and_a_version_is_written_by_one_and_published_by_another(app) {
        let (manager, approver) = (app.user(&[Role::FundManager]).await, app.user(&[Role::Approver]).await);
        let both = app.user(&[Role::FundManager, Role::Approver]).await;
        let page = manager.get("/loan-schemes?state=published").await.expect(200);
        assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
        assert_eq!((&page["items"][0]["code"], &page["items"][0]["revision"]), (&json!("laoshan-talent-loan"), &json!(1)));
        let shipped = laoshan::talent_loans::scheme::SHIPPED;
        manager.post("/loan-schemes", json!({"toml": shipped})).await.refused(409, "already_exists");
        let faulty = shipped.replace("ratio_ppm = 800_000", "ratio_ppm = 8_000_000").replace("version = 1", "version = 0");
        manager.post("/loan-schemes", json!({"toml": faulty})).await.faults(&[("/toml", "format"), ("/toml", "format")]);
        let next = shipped.replace("version = 1", "version = 2");
        let draft = both.post("/loan-schemes", json!({"toml": next})).await.expect(201);
        let path = format!("/loan-schemes/{}", text(&draft["id"]));
        let publication = format!("{path}/publication");
        manager.post_at(&publication, 1, json!({})).await.refused(403, "forbidden");
        both.post_at(&publication, 1, json!({})).await.refused(409, "two_person_rule");
        let cheaper = next.replace("talent_fen = 2_000_000_000", "talent_fen = 1_000_000_000");
        let draft = manager.patch(&path, 1, json!({"toml": cheaper})).await.expect(200);
        assert_eq!(draft["document"]["caps"]["talent_fen"], 1_000_000_000);
        let published = approver.post_at(&publication, 2, json!({})).await.expect(200);
        assert_eq!((&published["state"], &published["version"]), (&json!("published"), &json!(3)));
        manager.patch(&path, 3, json!({"toml": next})).await.refused(409, "scheme_published");
    }

    async fn prime_rates_come_from_a_table_and_a_dry_run_changes_nothing(app) {
        let manager = app.user(&[Role::FundManager]).await;
        let csv = "Date,1Y,5Y+\n2026-01-20,3.00%,3.50%\n2026-02-20,2.95,\n".as_bytes().to_vec();
        let dry = manager.upload("/lpr-rates/imports?dry_run=true", "text/csv", csv.clone()).await.expect(200);
        assert_eq!(dry, json!({"read": 2, "created": 2, "updated": 0, "unchanged": 0, "rejected": []}));
        assert_eq!(manager.get("/lpr-rates").await.expect(200)["items"], json!([]));
        assert_eq!(manager.upload("/lpr-rates/imports", "text/csv", csv).await.expect(200), dry);
        let csv = "日期,1年期,5年期以上\n2026-01-20,3.00,3.50\n2026-02-20,2.90,3.40\n";
        let summary = rates(&manager, csv).await;
        assert_eq!(summary, json!({"read": 2, "created": 0, "updated": 1, "unchanged": 1, "rejected": []}));
        let page = manager.get("/lpr-rates?limit=3&count=true").await.expect(200);
        let row = |on: &str, tenor: &str, ppm: i64| json!({"published_on": on, "tenor": tenor, "rate_ppm": ppm});
        assert_eq!(page["total"], 4);
        assert_eq!(page["items"], json!([row("2026-02-20", "5y", 34_000), row("2026-02-20", "1y", 29_000), row("2026-01-20", "5y", 35_000)]));
        let rest = manager.get(&format!("/lpr-rates?limit=3&cursor={}", text(&page["next"]))).await.expect(200);
        assert_eq!(rest["items"], json!([row("2026-01-20", "1y", 30_000)]));
        let trail = app.user(&[Role::Auditor]).await.get("/audit-events?subject_id=1y%402026-02-20&limit=1").await.expect(200);
        assert_eq!(trail["items"][0]["changes"]["rate_ppm"], json!({"old": 29_500, "new": 29_000}));
    }

    async fn a_table_of_rates_with_any_wrong_row_is_refused_as_a_whole(app) {
        let manager = app.user(&[Role::FundManager]).await;
        let csv = "日期,1年期\n2026-01-20,3.00\n2026-03-03,0.03\n2026-01-20,x\n2026-02-30,\n";
        let body = manager.upload("/lpr-rates/imports", "text/csv", csv.into()).await.expect(422);
        let rejected: Vec<_> = body["rejected"].as_array().expect("rows").iter()
            .map(|r| (r["row"].as_i64().expect("a number"), text(&r["column"]), text(&r["code"]))).collect();
        let expected = [
            (3, "日期", "in_the_future"), (3, "1年期", "out_of_range"),
            (4, "日期", "duplicate"), (4, "1年期", "format"), (5, "日期", "format"),
        ];
        assert_eq!(rejected, expected.map(|(row, column, code)| (row, column.to_owned(), code.to_owned())));
        assert_eq!((&body["read"], &body["created"]), (&json!(4), &json!(0)));
        assert_eq!(manager.get("/lpr-rates").await.expect(200)["items"], json!([]));
        let body = manager.upload("/lpr-rates/imports", "text/csv", "日,月\n1,2\n".into()).await.expect(422);
        assert_eq!(body["rejected"][0]["code"], "column_missing");
        app.user(&[Role::Bank]).await.upload("/lpr-rates/imports", "text/csv", csv.into()).await.refused(403, "forbidden");
    }
}
