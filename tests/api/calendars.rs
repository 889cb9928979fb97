//! Calendars of later years are imported, and periods are counted by them.

use laoshan::platform::policy::Role;
use serde_json::json;

use crate::both;
use crate::support::{Reply, TestUser};

async fn put_toml(person: &TestUser, year: &str, toml: &str) -> Reply {
    let request = person.request("PUT", &format!("/calendars/{year}"));
    Reply::of(request.header("content-type", "application/toml").body(toml.to_owned())).await
}

const YEAR_2027: &str = r#"
year = 2027
source = "made up"
workdays = ["2027-01-09"]
[[holidays]]
name = { zh = "元旦", en = "New Year" }
on = "2027-01-01"
[[holidays]]
name = { zh = "假期", en = "A week off" }
from = "2027-01-04"
to = "2027-01-06"
"#;

both! {
    async fn an_imported_year_is_counted_by_and_no_longer_provisional(app) {
        let officer = app.user(&[Role::Officer]).await;
        let path = "/calendars/period?starts_on=2026-12-31&working_days=3";
        let before = officer.get(path).await.expect(200);
        assert_eq!(before, json!({"starts_on": "2026-12-31", "ends_on": "2027-01-05", "provisional": true}));
        officer.get("/calendars/2027").await.refused(404, "not_found");

        let put = put_toml(&officer, "2027", YEAR_2027).await;
        assert_eq!(put.header("etag"), "\"1\"");
        let new_year = json!({"name": {"zh": "元旦", "en": "New Year"}, "from": "2027-01-01", "to": "2027-01-01"});
        let week = json!({"name": {"zh": "假期", "en": "A week off"}, "from": "2027-01-04", "to": "2027-01-06"});
        let expected = json!({
            "year": 2027, "source": "made up", "workdays": ["2027-01-09"], "holidays": [new_year, week],
            "imported_at": "2026-03-02T01:00:00.000000Z", "version": 1,
        });
        assert_eq!(put.expect(200), expected);
        assert_eq!(officer.get("/calendars/2027").await.expect(200), expected);
        let after = officer.get(path).await.expect(200);
        assert_eq!(after, json!({"starts_on": "2026-12-31", "ends_on": "2027-01-09", "provisional": false}));
    }

    async fn replacing_a_year_takes_the_version_that_was_read(app) {
        let admin = app.user(&[Role::SystemAdmin]).await;
        let shipped = admin.get("/calendars/2026").await.expect(200);
        assert_eq!((&shipped["version"], &shipped["imported_at"]), (&json!(0), &json!(null)));
        let file = json!({"year": 2026, "source": "made up", "holidays": [], "workdays": []});
        admin.put("/calendars/2026", file.clone()).await.refused(428, "precondition_required");
        let put = |version: &'static str| {
            Reply::of(admin.request("PUT", "/calendars/2026").header("if-match", version).json(&file))
        };
        put("\"3\"").await.refused(412, "stale_version");
        assert_eq!(put("\"0\"").await.expect(200)["version"], 1);
        assert_eq!(put("\"1\"").await.expect(200)["version"], 2);
        let first_of_january = admin.get("/calendars/period?starts_on=2025-12-31&working_days=1").await.expect(200);
        assert_eq!(first_of_january["ends_on"], "2026-01-01");
    }

    async fn the_first_day_counts_when_it_is_asked_for(app) {
        let applicant = app.user(&[Role::Applicant]).await;
        let path = "/calendars/period?starts_on=2026-09-29&working_days=5";
        assert_eq!(applicant.get(path).await.expect(200)["ends_on"], "2026-10-12");
        let counted = applicant.get(&format!("{path}&first_day_counts=true")).await.expect(200);
        assert_eq!(counted["ends_on"], "2026-10-10");
    }

    async fn a_wrong_year_file_is_refused_with_its_faults_and_changes_nothing(app) {
        let officer = app.user(&[Role::Officer]).await;
        let holiday = |from: &str, to: &str| json!({"name": {"zh": "甲", "en": "a"}, "from": from, "to": to});
        let file = json!({"year": 2027, "source": "x y", "workdays": ["2027-03-01"], "holidays": [
            holiday("2027-05-02", "2027-05-01"), holiday("2026-01-01", "2026-01-02"),
        ]});
        officer.put("/calendars/2027", file).await.faults(&[
            ("/holidays/0", "date_order"),
            ("/holidays/1", "out_of_range"),
            ("/workdays/0", "not_allowed"),
        ]);
        let other = json!({"year": 2028, "source": ""});
        officer.put("/calendars/2027", other).await.faults(&[("/year", "not_allowed"), ("/source", "required")]);
        put_toml(&officer, "2027", "year = ").await.refused(400, "malformed_request");
        officer.put("/calendars/next", json!({})).await.refused(400, "malformed_request");
        officer.get("/calendars/2027").await.refused(404, "not_found");
        officer.get("/calendars/period?starts_on=2026-01-01&working_days=0").await.faults(&[
            ("working_days", "out_of_range"),
        ]);
        officer.get("/calendars/period?starts_on=tomorrow&working_days=1").await.refused(400, "malformed_request");
    }

    async fn applicants_read_calendars_and_import_none(app) {
        let applicant = app.user(&[Role::Applicant]).await;
        applicant.get("/calendars/2025").await.expect(200);
        put_toml(&applicant, "2027", YEAR_2027).await.refused(403, "forbidden");
        app.anonymous().get("/calendars/2025").await.refused(401, "unauthenticated");
    }
}
