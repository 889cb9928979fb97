use laoshan::platform::policy::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::applications::world::{World, complete_form, text};
use crate::both;
use crate::reviews::stage::{POOL, stage, task};
use crate::support::seeds::trail;

const PDF: &[u8] = b"%PDF-1.7\n% a business licence";

both! {
    async fn a_file_comes_back_as_it_was_with_headers_that_run_nothing(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.empty_draft(&round, &firm).await;
        let path = format!("/applications/{id}/attachments");
        let reply = firm.owner.upload(&format!("{path}?name=营业执照.pdf&item=F01"), "application/pdf", PDF.to_vec()).await;
        assert_eq!(reply.header("location"), format!("/api/v1/attachments/{}", text(&reply.body["id"])));
        let made = reply.expect(201);
        let sha256 = hex::encode(Sha256::digest(PDF));
        assert_eq!(
            (&made["name"], &made["item"], &made["media_type"], &made["bytes"], &made["sha256"]),
            (&json!("营业执照.pdf"), &json!("F01"), &json!("application/pdf"), &json!(PDF.len()), &json!(sha256))
        );
        let file = format!("/attachments/{}", text(&made["id"]));
        for reader in [&firm.owner, &world.officer, &world.approver] {
            assert_eq!(reader.get(&file).await.expect(200)["sha256"], made["sha256"]);
            let content = reader.get(&format!("{file}/content")).await;
            assert_eq!((content.status, content.text.as_bytes()), (200, PDF));
            assert_eq!(content.header("content-disposition"), "attachment; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf");
            assert_eq!((content.header("content-type"), content.header("x-content-type-options")), ("application/pdf", "nosniff"));
            assert_eq!((content.header("content-security-policy"), content.header("cache-control")), ("sandbox; default-src 'none'", "private, no-store"));
        }
        let listed = world.officer.get(&path).await.expect(200);
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["id"]), (1, &made["id"]));
        assert_eq!(world.officer.get(&format!("{path}?item=F02")).await.expect(200)["items"], json!([]));
        let told = trail(app, "application", &id).await;
        assert_eq!(told.last().unwrap().0, "attachment.create");

        // Nobody else has it, with or without its address.
        let stranger = world.firm().await.owner;
        for path in [&path, &file, &format!("{file}/content")] {
            stranger.get(path).await.refused(404, "not_found");
            app.anonymous().get(path).await.refused(401, "unauthenticated");
        }
        stranger.upload(&format!("{path}?name=a.pdf"), "application/pdf", PDF.to_vec()).await.refused(404, "not_found");
        stranger.delete(&file).await.refused(404, "not_found");
        world.officer.upload(&format!("{path}?name=a.pdf"), "application/pdf", PDF.to_vec()).await.refused(403, "forbidden");

        firm.owner.delete(&file).await.expect(204);
        firm.owner.get(&path).await.expect(200);
        firm.owner.delete(&file).await.refused(404, "not_found");
        let stored = std::fs::read_dir(app.data_dir.path().join("files/attachments")).unwrap().count();
        assert_eq!(stored, 0, "what no submission refers to is deleted");
    }

    async fn what_no_record_refers_to_is_swept_after_a_day(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.empty_draft(&round, &firm).await;
        let path = format!("/applications/{id}/attachments?name=a.pdf");
        let kept = firm.owner.upload(&path, "application/pdf", PDF.to_vec()).await.expect(201);
        let folder = app.data_dir.path().join("files/attachments");
        // A process ended between the storage and the record.
        let orphan = folder.join(app.app.door.next_id().to_string());
        std::fs::write(&orphan, PDF).unwrap();
        std::fs::write(folder.join("readme.txt"), "not ours").unwrap();
        let incoming = std::fs::File::create(app.data_dir.path().join("incoming/left")).unwrap();
        incoming.set_modified(app.now().into()).unwrap();
        assert_eq!(laoshan::attachments::sweep::sweep(&app.app).await.unwrap(), 0, "it may still be on its way");
        app.advance(chrono::Duration::hours(25));
        assert_eq!(laoshan::attachments::sweep::sweep(&app.app).await.unwrap(), 1);
        assert!(!orphan.exists() && folder.join("readme.txt").exists());
        assert!(!app.data_dir.path().join("incoming/left").exists());
        assert_eq!(laoshan::attachments::sweep::sweep(&app.app).await.unwrap(), 0);
        let read = firm.owner.get(&format!("/attachments/{}/content", text(&kept["id"]))).await;
        assert_eq!((read.status, read.text.as_bytes()), (200, PDF));
    }

    async fn an_oversized_disguised_or_misnamed_file_is_refused_and_nothing_stays(app) {
        let world = World::new(app).await;
        let round = world.round(json!({})).await;
        let firm = world.firm().await;
        let id = world.empty_draft(&round, &firm).await;
        let path = format!("/applications/{id}/attachments");
        let html = b"<html><script>alert(1)</script>".to_vec();
        for (query, bytes, status, code) in [
            ("name=a.pdf", html, 415, "file_type"),
            ("name=a.png", PDF.to_vec(), 415, "file_type"),
            ("name=a.pdf", Vec::new(), 415, "file_type"),
            ("name=a.pdf.exe", PDF.to_vec(), 415, "file_type"),
            ("colour=red", PDF.to_vec(), 400, "malformed_request"),
        ] {
            firm.owner.upload(&format!("{path}?{query}"), "application/pdf", bytes).await.refused(status, code);
        }
        firm.owner.upload(&format!("{path}?name=..%2Fa.pdf&item=F99"), "application/pdf", PDF.to_vec()).await
            .faults(&[("name", "format"), ("item", "not_existing")]);
        let mut large = PDF.to_vec();
        large.resize(app.app.config.files.max_bytes as usize + 1, b' ');
        firm.owner.upload(&format!("{path}?name=a.pdf"), "application/pdf", large).await.refused(413, "body_too_large");
        assert_eq!(firm.owner.get(&path).await.expect(200)["items"], json!([]));
        let left = |folder: &str| std::fs::read_dir(app.data_dir.path().join(folder)).map_or(0, Iterator::count);
        assert_eq!((left("incoming"), left("files")), (0, 0));
    }

    async fn a_submission_keeps_its_files_and_says_what_changed_since(app) {
        let world = World::new(app).await;
        let round = world.round(json!({"evidence_required": true})).await;
        let firm = world.firm().await;
        let id = world.draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        let attach = |name: &'static str, item: &'static str| {
            let (owner, path) = (firm.owner.clone(), format!("{path}/attachments?name={name}&item={item}"));
            async move { text(&owner.upload(&path, "application/pdf", PDF.to_vec()).await.expect(201)["id"]) }
        };
        let refusal = firm.owner.post(&format!("{path}/submission"), json!({})).await;
        let missing: Vec<_> = refusal.body["errors"].as_array().unwrap().iter().map(|e| text(&e["pointer"])).collect();
        assert!(missing.iter().all(|pointer| pointer.starts_with("/attachments/")), "{missing:?}");
        let mut first = String::new();
        for item in &missing {
            let item: &'static str = item.trim_start_matches("/attachments/").to_owned().leak();
            first = attach("a.pdf", item).await;
        }
        let sections = |view: &Value| -> Vec<(String, String)> {
            view["sections"].as_array().unwrap().iter().map(|s| (text(&s["section"]), text(&s["state"]))).collect()
        };
        let ready = firm.owner.get(&path).await.expect(200);
        assert!(sections(&ready).iter().all(|(_, state)| state == "complete"), "{ready}");
        firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        firm.owner.upload(&format!("{path}/attachments?name=b.pdf"), "application/pdf", PDF.to_vec()).await
            .refused(409, "invalid_transition");

        world.formal_review(&round).await;
        let items = json!({"items": [
            {"section": "summary", "remark": "请写明产品"}, {"section": "attachments", "pointer": "/attachments/F01", "remark": "不清晰"},
        ]});
        world.officer.post(&format!("{path}/return"), items).await.expect(200);
        let returned = firm.owner.get(&path).await.expect(200);
        let open: Vec<_> = sections(&returned).into_iter().filter(|(_, state)| state == "to_correct").map(|(s, _)| s).collect();
        assert_eq!(open, ["summary", "attachments"]);
        assert_eq!(returned["sections"][1]["remarks"], json!(["请写明产品"]));

        let version = returned["version"].as_i64().unwrap();
        firm.owner.patch(&path, version, json!({"summary": "为海洋装备企业提供太赫兹无损检测设备。"})).await.expect(200);
        firm.owner.delete(&format!("/attachments/{first}")).await.expect(204);
        let item: &'static str = missing.last().unwrap().trim_start_matches("/attachments/").to_owned().leak();
        let second = attach("c.pdf", item).await;
        let corrected = firm.owner.get(&path).await.expect(200);
        let done: Vec<_> = sections(&corrected).into_iter().filter(|(_, state)| state == "corrected").map(|(s, _)| s).collect();
        assert_eq!(done, ["summary", "attachments"]);

        let since = world.officer.get(&format!("{path}/differences")).await.expect(200);
        let changed: Vec<_> = since["differences"].as_array().unwrap().iter().map(|d| text(&d["pointer"])).collect();
        let mut expected = vec![format!("/attachments/{first}"), format!("/attachments/{second}"), "/summary".to_owned()];
        expected.sort();
        assert_eq!((&since["from"], changed), (&json!(1), expected));
        firm.owner.post(&format!("{path}/submission"), json!({})).await.expect(200);
        let between = world.officer.get(&format!("{path}/differences?from=1&to=2")).await.expect(200);
        assert_eq!(between["differences"], since["differences"]);
        world.officer.get(&format!("{path}/differences?from=3")).await.faults(&[("from", "not_existing")]);

        // What was judged first is still there, file and all.
        let list = world.officer.get(&format!("{path}/submissions")).await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().iter().map(|s| s["number"].clone()).collect::<Vec<_>>(), [json!(1), json!(2)]);
        let before = world.officer.get(&format!("{path}/submissions/1")).await.expect(200);
        assert_eq!(before["form"]["summary"], complete_form()["summary"]);
        assert!(before["attachments"].as_array().unwrap().iter().any(|file| file["id"] == json!(first)));
        assert_eq!(world.officer.get(&format!("/attachments/{first}/content")).await.text.as_bytes(), PDF);
        for path in [format!("{path}/submissions/3"), format!("{path}/submissions/x")] {
            world.officer.get(&path).await.refused(404, "not_found");
        }
    }

    async fn what_the_round_wants_signed_is_signed_by_a_verified_owner_and_as_it_is(app) {
        let world = World::new(app).await;
        let round = world.round(json!({"certification": true})).await;
        let firm = world.firm().await;
        let colleague = app.user(&[Role::Applicant]).await;
        world.join(&firm.id, &colleague, "member").await;
        let id = world.empty_draft(&round, &firm).await;
        let path = format!("/applications/{id}");
        let sign = format!("{path}/certification");
        firm.owner.post_at(&sign, 1, json!({})).await.refused(422, "invalid_fields");
        colleague.patch(&path, 1, complete_form()).await.expect(200);
        colleague.post(&format!("{path}/submission"), json!({})).await.refused(409, "certification_required");
        colleague.post_at(&sign, 2, json!({})).await.refused(409, "not_certifier");
        firm.owner.post(&sign, json!({})).await.refused(428, "precondition_required");
        firm.owner.post_at(&sign, 1, json!({})).await.refused(412, "stale_version");
        let signed = firm.owner.post_at(&sign, 2, json!({})).await.expect(200);
        assert_eq!((&signed["certification"]["valid"], &signed["version"]), (&json!(true), &json!(3)));

        // Whatever changes afterwards takes another signature.
        colleague.patch(&path, 3, json!({"summary": "另一种说法，与签署时不同。"})).await.expect(200);
        colleague.post(&format!("{path}/submission"), json!({})).await.refused(409, "certification_required");
        firm.owner.post_at(&sign, 4, json!({})).await.expect(200);
        colleague.upload(&format!("{path}/attachments?name=a.pdf"), "application/pdf", PDF.to_vec()).await.expect(201);
        assert_eq!(colleague.get(&path).await.expect(200)["certification"]["valid"], false);
        let version = colleague.get(&path).await.expect(200)["version"].as_i64().unwrap();
        firm.owner.post_at(&sign, version, json!({})).await.expect(200);
        assert_eq!(colleague.post(&format!("{path}/submission"), json!({})).await.expect(200)["state"], "submitted");

        let plain = world.round(json!({})).await;
        let other = world.firm().await;
        let draft = world.draft(&plain, &other).await;
        other.owner.post_at(&format!("/applications/{draft}/certification"), 2, json!({})).await.refused(409, "invalid_transition");
    }

    async fn a_draft_begins_with_last_years_form_but_states_anew(app) {
        let world = World::new(app).await;
        let last = world.round(json!({})).await;
        let (firm, old) = world.application(&last).await;
        let next = world.round(json!({"name": "下一年度筛选", "year": 2027})).await;
        let copy = |from: String| json!({"round_id": next, "enterprise_id": firm.id, "tier": "ecosystem", "copy_from": from});
        let (stranger, strange) = world.application(&last).await;
        firm.owner.post("/applications", copy(strange)).await.faults(&[("/copy_from", "not_existing")]);
        firm.owner.post("/applications", copy("nothing".into())).await.faults(&[("/copy_from", "not_existing")]);
        let draft = firm.owner.post("/applications", copy(old)).await.expect(201);
        let mut expected = complete_form();
        expected["statements"] = json!({"truthful": false, "data_consent": false});
        assert_eq!((&draft["state"], &draft["form"]["summary"], &draft["form"]["statements"]), (&json!("draft"), &expected["summary"], &expected["statements"]));
        assert_eq!(draft["form"]["figures"]["partners"], expected["figures"]["partners"]);
        drop(stranger);
    }

    async fn an_expert_reads_the_files_of_a_case_they_declared_for_and_never_blind(app) {
        let stage = stage(app, 1, POOL).await;
        let panel = stage.draw().await;
        let (sitting, waiting) = stage.seated(&panel);
        let list = format!("/applications/{}/attachments", stage.cases[0].0);
        let me = sitting[0];
        me.get(&list).await.refused(404, "not_found");
        me.post(&format!("/reviews/{}/declaration", task(me).await), json!({"conflict": false})).await.expect(200);
        assert_eq!(me.get(&list).await.expect(200)["items"], json!([]));
        waiting[0].get(&list).await.refused(404, "not_found");
        let body = json!({ "user_id": me.id, "enterprise_id": stage.cases[0].1, "reason": "consulted for them" });
        stage.officer.post("/conflicts", body).await.expect(201);
        me.get(&list).await.refused(404, "not_found");
    }

    async fn a_blind_reviewer_gets_no_file(app) {
        let stage = stage(app, 1, POOL).await;
        stage.set_plan(json!({ "blind": true })).await;
        let panel = stage.draw().await;
        let me = stage.seated(&panel).0[0];
        me.post(&format!("/reviews/{}/declaration", task(me).await), json!({"conflict": false})).await.expect(200);
        me.get(&format!("/applications/{}/attachments", stage.cases[0].0)).await.refused(404, "not_found");
    }
}
