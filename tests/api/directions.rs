//! Tracks with their maturity and members, and new directions under observation.

use diesel::prelude::*;
use laoshan::library::model::{Recognition, Source};
use laoshan::library::service::{keep_candidate, recognise};
use laoshan::platform::door::Cx;
use laoshan::platform::policy::Role;
use laoshan::programme::model::{Lane, Tier};
use serde_json::{Value, json};

use crate::both;
use crate::support::TestApp;
use crate::support::seeds::{enterprise, events, trail};

/// In the library as candidate or with a tier, in a track.
async fn stands(app: &TestApp, name: &'static str, track: &'static str, tier: Option<Tier>) {
    use laoshan::schema::enterprises as e;
    let firm = enterprise(app, name).await;
    let today = app.now().date_naive();
    let work = move |cx: &mut Cx| {
        diesel::update(e::table.find(&firm)).set(e::main_track.eq(track)).execute(cx.conn)?;
        let Some(tier) = tier else {
            return keep_candidate(cx, &firm, Lane::Ladder, Source::Import).map(drop);
        };
        let recognition = Recognition {
            enterprise_id: firm.clone(),
            tier,
            lane: tier.lane(),
            application_id: None,
            round_id: None,
            because: String::new(),
            valid_from: today,
            valid_to: today + chrono::Months::new(24),
        };
        recognise(cx, recognition, "LS-WLZX").map(drop)
    };
    app.app.door.system("test", work).await.expect("it stands");
}

both! {
    async fn tracks_tell_their_maturity_since_when_and_who_stands_in_them(app) {
        let officer = app.user(&[Role::Officer]).await;
        for (name, track, tier) in [
            ("甲", "terahertz", Some(Tier::Seed)), ("乙", "terahertz", Some(Tier::Seed)),
            ("丙", "terahertz", Some(Tier::Leading)), ("丁", "terahertz", None), ("戊", "deep_sea", Some(Tier::Ecosystem)),
        ] {
            stands(app, name, track, tier).await;
        }
        let shipped = officer.get("/rule-sets?state=published").await.expect(200)["items"][0]["id"].clone();
        let view = officer.get("/track-standings").await.expect(200);
        let tracks = view["tracks"].as_array().expect("tracks");
        assert_eq!(tracks.len(), 8);
        assert_eq!(tracks[0], json!({
            "code": "terahertz", "name": {"zh": "太赫兹", "en": "Terahertz"}, "maturity": "base",
            "history": [{"from": "2026-01-01", "maturity": "base", "rule_set_id": shipped}],
            "members": {"seed": 2, "leading": 1}, "candidates": 1,
        }));
        let of = |code: &str| tracks.iter().find(|track| track["code"] == code).cloned().expect("a track");
        assert_eq!((&of("deep_sea")["members"], &of("deep_sea")["candidates"]), (&json!({"ecosystem": 1}), &json!(0)));
        assert_eq!(of("quantum_information")["maturity"], "not_yet");
        app.user(&[Role::Applicant]).await.get("/track-standings").await.refused(403, "forbidden");
    }

    async fn a_direction_is_noticed_followed_reviewed_and_raised(app) {
        let officer = app.user(&[Role::Officer]).await;
        let body = json!({"code": "hydrogen", "name": {"zh": "氢能", "en": "Hydrogen"}, "review_on": "2026-06-01"});
        let made = officer.post("/directions", body.clone()).await.expect(201);
        officer.post("/directions", body).await.faults(&[("/code", "duplicate")]);
        let path = format!("/directions/{}", made["id"].as_str().expect("an id"));
        let signal = json!({"observed_on": "2026-03-01", "text": "两家企业拿到融资", "source": "行业周报"});
        let noted = officer.post(&format!("{path}/signals"), signal).await.expect(200);
        assert_eq!((&noted["signals"][0]["text"], &noted["due"]), (&json!("两家企业拿到融资"), &json!(false)));
        assert_eq!(officer.get("/directions?due=true").await.expect(200)["items"], json!([]));
        app.advance_to("2026-06-01T01:00:00Z");
        let due = officer.get("/directions?due=true").await.expect(200);
        assert_eq!((&due["items"][0]["code"], &due["items"][0]["due"]), (&json!("hydrogen"), &json!(true)));
        let reviews = format!("{path}/reviews");
        officer.post(&reviews, json!({})).await.refused(428, "precondition_required");
        officer.post_at(&reviews, 1, json!({})).await.faults(&[("/reason", "required"), ("/verdict", "required")]);
        let keep = json!({"verdict": "keep", "reason": "尚需观察", "next_review_on": "2026-12-01"});
        let kept = officer.post_at(&reviews, 1, keep).await.expect(200);
        assert_eq!((&kept["state"], &kept["review_on"], &kept["version"]), (&json!("watching"), &json!("2026-12-01"), &json!(2)));
        officer.patch(&path, 1, json!({"summary": "x"})).await.refused(412, "stale_version");
        officer.patch(&path, 2, json!({"summary": "重点关注储运"})).await.expect(200);
        let raise = json!({"verdict": "raise", "reason": "已有三家企业落地", "track": "hydrogen"});
        let raised = officer.post_at(&reviews, 3, raise).await.expect(200);
        assert_eq!(
            (&raised["state"], &raised["review_on"], &raised["reviews"][0]["track"], &raised["reviews"][1]["verdict"]),
            (&json!("raised"), &json!(null), &json!("hydrogen"), &json!("keep"))
        );
        let more = json!({"observed_on": "2026-05-01", "text": "x", "source": "y"});
        officer.post(&format!("{path}/signals"), more).await.refused(409, "invalid_transition");
        let allowed = raised["actions"].as_array().expect("actions").iter().any(|action| action["allowed"] == true);
        assert!(!allowed, "nothing is left to do: {}", raised["actions"]);
        assert_eq!(trail(app, "direction", made["id"].as_str().expect("an id")).await, events(&[
            ("direction.write", "", "watching", ""), ("direction.write", "", "", ""),
            ("direction.review", "", "", "尚需观察"), ("direction.write", "", "", ""),
            ("direction.review", "watching", "raised", "已有三家企业落地"),
        ]));
    }

    async fn directions_that_cannot_be_are_named(app) {
        let officer = app.user(&[Role::Officer]).await;
        officer.post("/directions", json!({})).await.faults(&[
            ("/code", "required"), ("/name/zh", "required"), ("/name/en", "required"), ("/review_on", "required"),
        ]);
        let wrong = json!({"code": "Wasser stoff", "name": {"zh": "氢", "en": "H"}, "review_on": "2026-03-02"});
        officer.post("/directions", wrong).await.faults(&[("/code", "format"), ("/review_on", "date_order")]);
        let made = officer
            .post("/directions", json!({"code": "biomass", "name": {"zh": "生物质", "en": "Biomass"}, "review_on": "2026-04-01"}))
            .await
            .expect(201);
        let path = format!("/directions/{}", made["id"].as_str().expect("an id"));
        officer.post(&format!("{path}/signals"), json!({"observed_on": "2026-03-03"})).await
            .faults(&[("/text", "required"), ("/source", "required"), ("/observed_on", "in_the_future")]);
        let drop = json!({"verdict": "drop", "reason": "产业基础不足"});
        assert_eq!(officer.post_at(&format!("{path}/reviews"), 1, drop).await.expect(200)["state"], "dropped");
        officer.patch(&path, 2, json!({"summary": "x"})).await.refused(409, "invalid_transition");
        let approver = app.user(&[Role::Approver]).await;
        let listed: Value = approver.get("/directions?state=dropped").await.expect(200);
        assert_eq!(listed["items"][0]["code"], "biomass");
        approver.post("/directions", json!({})).await.refused(403, "forbidden");
    }
}
