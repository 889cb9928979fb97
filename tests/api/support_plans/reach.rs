//! Who sees what, and who keeps the units.

use laoshan::platform::policy::Role;
use laoshan::programme::model::Tier;
use serde_json::{Value, json};

use super::world::{member, one, path, step, unit, version, world};
use crate::both;

both! {
    async fn a_unit_sees_the_confirmed_plans_that_name_it_and_the_items_it_has(app) {
        let w = world(app).await;
        let stranger = app.user(&[Role::Department]).await;
        unit(app, &w.officer, "rensheju", "人社局", &[&stranger]).await;
        let plan = w.written().await;
        w.clerk.get(&path(&plan, "")).await.refused(404, "not_found");
        w.owner.get(&path(&plan, "")).await.refused(404, "not_found");
        w.officer.post(&path(&plan, "/consultation"), json!({})).await.expect(200);
        w.owner.get(&path(&plan, "")).await.expect(200);
        w.clerk.get(&path(&plan, "")).await.refused(404, "not_found");
        let plan = w.officer.get(&path(&plan, "")).await.expect(200);
        let read = version(&plan);
        let plan = w.officer.post_at(&path(&plan, "/confirmation"), read, json!({})).await.expect(200);
        let read = version(&plan);
        w.owner.post_at(&path(&plan, "/confirmation"), read, json!({})).await.expect(200);
        w.clerk.get(&path(&plan, "")).await.expect(200);
        stranger.get(&path(&plan, "")).await.refused(404, "not_found");
        assert_eq!(stranger.get("/support-plans").await.expect(200)["items"], json!([]));
        assert_eq!(w.clerk.get("/support-plans?count=true").await.expect(200)["total"], 1);
        let item = w.assigned().await;
        stranger.get(&one(&item)).await.refused(404, "not_found");
        assert_eq!(stranger.get("/support-items").await.expect(200)["items"], json!([]));
        assert_eq!(w.clerk.get("/support-items?count=true").await.expect(200)["total"], 2);
    }

    async fn enterprises_see_only_what_is_theirs(app) {
        let w = world(app).await;
        let plan = w.confirmed().await;
        let item = w.raised().await;
        let (other, _) = member(app, "别家公司", Tier::Seed).await;
        let rival = app.user(&[Role::Applicant]).await;
        crate::support::seeds::owner(app, &rival, &other).await;
        for place in [path(&plan, ""), one(&item)] {
            rival.get(&place).await.refused(404, "not_found");
        }
        for list in ["/support-plans", "/support-items", "/support-deliveries"] {
            assert_eq!(rival.get(list).await.expect(200)["items"], json!([]), "{list}");
        }
        rival.get("/support-figures/effects").await.refused(403, "forbidden");
    }

    async fn somebody_with_two_roles_sees_what_either_shows(app) {
        let w = world(app).await;
        let both = app.user(&[Role::Applicant, Role::Department]).await;
        let (own, _) = member(app, "自家公司", Tier::Seed).await;
        crate::support::seeds::owner(app, &both, &own).await;
        let unit = unit(app, &w.officer, "gongxin", "工信局", &[&both]).await;
        let need = json!({"enterprise_id": own, "kind": "need", "category": "FIN", "title": "流动资金贷款"});
        let mine = both.post("/support-items", need).await.expect(201);
        let item = w.raised().await;
        w.officer.post(&step(&item, "acceptance"), json!({})).await.expect(200);
        w.officer.post(&step(&item, "assignment"), json!({"department_id": unit})).await.expect(200);
        let list = both.get("/support-items").await.expect(200);
        let mut seen: Vec<_> = list["items"].as_array().unwrap().iter().map(|i| i["id"].clone()).collect();
        let mut expected = vec![mine["id"].clone(), item["id"].clone()];
        seen.sort_by_key(ToString::to_string);
        expected.sort_by_key(ToString::to_string);
        assert_eq!(seen, expected);
    }

    async fn officers_keep_the_units_and_the_security_administrator_says_who_acts_for_them(app) {
        let officer = app.user(&[Role::Officer]).await;
        let security = app.user(&[Role::SecurityAdmin]).await;
        officer
            .post("/departments", json!({"code": "A B", "name": "x"}))
            .await
            .faults(&[("/code", "format"), ("/name", "too_short")]);
        let made = officer.post("/departments", json!({"code": "kjj", "name": "科技局"})).await.expect(201);
        assert_eq!(made, json!({
            "id": made["id"], "code": "kjj", "name": "科技局", "open": true, "created_at": "2026-03-02T01:00:00.000000Z",
            "closed_at": null, "version": 1, "actions": [{
                "action": "department.update", "allowed": true, "method": "PATCH",
                "href": format!("/api/v1/departments/{}", made["id"].as_str().unwrap()),
            }],
        }));
        officer.post("/departments", json!({"code": "kjj", "name": "科技二局"})).await.refused(409, "already_exists");
        let clerk = app.user(&[Role::Department]).await;
        let members = format!("/departments/{}/members", made["id"].as_str().unwrap());
        officer.put(&members, json!({"members": [clerk.id]})).await.refused(403, "forbidden");
        security
            .put(&members, json!({"members": [clerk.id, clerk.id, officer.id]}))
            .await
            .faults(&[("/members/1", "duplicate"), ("/members/2", "not_allowed")]);
        let seen = security.put(&members, json!({"members": [clerk.id]})).await.expect(200);
        assert_eq!(seen["members"][0]["id"], json!(clerk.id));
        security.put(&members, json!({"members": []})).await.expect(200);
        assert_eq!(officer.get(&members).await.expect(200)["members"], json!([]));
        let place = format!("/departments/{}", made["id"].as_str().unwrap());
        let closed = officer.patch(&place, 1, json!({"open": false, "name": "科学技术局"})).await.expect(200);
        assert_eq!((&closed["name"], &closed["closed_at"]), (&json!("科学技术局"), &json!("2026-03-02T01:00:00.000000Z")));
        let open = officer.patch(&place, 2, json!({"open": true})).await.expect(200);
        assert_eq!(open["closed_at"], Value::Null);
        for (filter, rows) in [("open=true", 1), ("open=false", 0)] {
            assert_eq!(officer.get(&format!("/departments?count=true&{filter}")).await.expect(200)["total"], rows);
        }
    }
}
